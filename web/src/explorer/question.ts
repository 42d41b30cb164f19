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

/** When the graph is looked at, and whether what is dated vaguely or not at all counts. */
export interface Moment {
  date: string;
  certainty: "POSSIBLE" | "CERTAIN";
}

/** What is sent: the very text and variables, as shown, copied and shared. */
export interface Sent {
  query: string;
  variables: Record<string, unknown>;
}

export function sent<A, V extends object>(question: Question<A, V>, variables: V, moment: Moment | null): Sent {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== null));
  return moment !== null && question.dated !== undefined
    ? { query: question.dated, variables: { ...given, asOf: moment.date, certainty: moment.certainty } }
    : { query: question.plain, variables: given };
}
