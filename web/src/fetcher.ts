import type { Fetcher, FetcherParams } from "@graphiql/toolkit";

/** Asks the service that this page came from. */
export const fetcher: Fetcher = async (params, options) => {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json;q=0.9",
      ...options?.headers,
    },
    body: JSON.stringify({ ...params, operationName: ownOperationName(params) }),
  });
  // Refusals are GraphQL answers too, whatever their status; anything else comes from something between.
  if (!/json/.test(response.headers.get("Content-Type") ?? "")) {
    throw new Error(`The service answered ${response.status} ${response.statusText}: ${await response.text()}`);
  }
  return response.json();
};

/**
 * GraphiQL learns the name of a tab's operation a moment after the tab is opened: whoever is quicker
 * would ask for that of the tab before.
 */
function ownOperationName({ query, operationName }: FetcherParams): string | undefined {
  if (!operationName) return undefined;
  return new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(query) ? operationName : undefined;
}
