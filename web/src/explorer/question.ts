/** One question to the API; its types are those of its variables and its answer. */
export interface Question<Answer, Variables> {
  name: string;
  plain: string;
  /** The same within `asOf`, where that can be asked. */
  dated?: string;
  readonly types?: (variables: Variables) => Answer;
}

export interface DatedQuestion<Answer, Variables> extends Question<Answer, Variables> {
  dated: string;
}

/** What is sent: the very text and variables, as shown, copied and shared. */
export interface Sent {
  query: string;
  variables: Record<string, unknown>;
}

export function sent<A, V extends object>(question: Question<A, V>, variables: V, asOf: string | null): Sent {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== null));
  return asOf !== null && question.dated !== undefined
    ? { query: question.dated, variables: { ...given, asOf } }
    : { query: question.plain, variables: given };
}
