import { cacheExchange, createClient, fetchExchange } from "@urql/core";

import { answered, type Question, sent, type Time } from "./question";

const client = createClient({
  url: "/graphql",
  preferGetMethod: false,
  exchanges: [cacheExchange, fetchExchange],
  // With this type a refused question is an answer like others, and no error of the network.
  fetchOptions: { headers: { Accept: "application/json" } },
});

/** The service says no; `nearest` are the ids it proposes instead of one it does not know. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly nearest: string[],
    readonly argument: string | null,
  ) {
    super(message);
  }
}

/** No answer came. */
export class Unreachable extends Error {}

export async function ask<A, V extends object>(question: Question<A, V>, variables: V, time: Time): Promise<A> {
  const { query, variables: given } = sent(question, variables, time);
  const { data, error } = await client.query(query, given).toPromise();
  if (error?.networkError) throw new Unreachable(error.networkError.message);
  const [first] = error?.graphQLErrors ?? [];
  if (first !== undefined) {
    const { nearest, argument } = first.extensions;
    throw new Refusal(
      first.message,
      Array.isArray(nearest) ? nearest.map(String) : [],
      typeof argument === "string" ? argument : null,
    );
  }
  return answered(question, data as Record<string, unknown>, time);
}
