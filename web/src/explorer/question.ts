/** One question to the API; its types are those of its variables and its answer. */
export interface Question<Answer, Variables> {
  name: string;
  plain: string;
  /** The same within `asOf`, where that can be asked. */
  dated?: string;
  /** The same within `allDates`, likewise. */
  always?: string;
  readonly types?: (variables: Variables) => Answer;
}

export interface DatedQuestion<Answer, Variables> extends Question<Answer, Variables> {
  dated: string;
  always: string;
}

/** The date as of which the graph is looked at, and whether what is dated vaguely or not at all counts. */
export interface Moment {
  date: string;
  certainty: "POSSIBLE" | "CERTAIN";
  undated: boolean;
}

/** When the graph is looked at: as of a date, at any time, or today (null). */
export type Time = Moment | "ANY" | null;

/** What is sent: the very text and variables, as shown, copied and shared. */
export interface Sent {
  query: string;
  variables: Record<string, unknown>;
}

export function sent<A, V extends object>(question: Question<A, V>, variables: V, time: Time): Sent {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== null));
  const { plain, dated, always } = question;
  if (time === null || dated === undefined || always === undefined) return { query: plain, variables: given };
  if (time === "ANY") return { query: always, variables: given };
  const { date, certainty, undated } = time;
  return { query: dated, variables: { ...given, asOf: date, certainty, undated } };
}

/** The answer within what was sent. */
export function answered<A, V extends object>({ dated, always }: Question<A, V>, data: Record<string, unknown>, time: Time): A {
  if (time === null || dated === undefined || always === undefined) return data as A;
  return data[time === "ANY" ? "allDates" : "asOf"] as A;
}
