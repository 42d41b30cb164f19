import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";

import { ask, Unreachable } from "./client";
import type { Language } from "./generated";
import type { Dictionary } from "./i18n/en";
import type { Place } from "./place";
import type { Question, Time } from "./question";

/** How long after an unreached service one asks again, in milliseconds. */
const RETRY = 5000;

export interface Page {
  place: Place;
  t: Dictionary;
  /** The language as the API says it. */
  language: Language;
  /** The date of the page in words, with what it leaves out; null where it shows today or any time. */
  when: string | null;
  /** Says something to those who listen, and shows it for a moment. */
  say(message: string): void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error("there is no page around this");
  return page;
}

export interface Answer<A> {
  data: A | null;
  error: Error | null;
  waiting: boolean;
  again(): void;
}

/** The answer to a question, at the time of the page or another; the last one stays while the next is waited for. */
export function useAnswer<A, V extends object>(question: Question<A, V>, variables: V | null, time?: Time): Answer<A> {
  const { place } = usePage();
  const asked = time === undefined ? place.time : time;
  const key = variables && JSON.stringify([question.name, variables, asked]);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ key: string | null; data: A | null; error: Error | null }>({
    key: null,
    data: null,
    error: null,
  });
  const latest = useRef(key);
  latest.current = key;
  useEffect(() => {
    if (key === null || variables === null) return;
    ask(question, variables, asked).then(
      (data) => latest.current === key && setState({ key, data, error: null }),
      (error: Error) => latest.current === key && setState(({ data }) => ({ key, data, error })),
    );
  }, [key, round]);
  useEffect(() => {
    if (state.error === null) return;
    const again = () => setRound((last) => last + 1);
    // A line is often said to be back a moment before it is, so one also asks again by and by.
    const timer = state.error instanceof Unreachable ? setTimeout(again, RETRY) : undefined;
    addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", again);
    };
  }, [state.error]);
  return {
    data: key === null ? null : state.data,
    error: state.key === key ? state.error : null,
    waiting: key !== null && state.key !== key,
    again: () => setRound((last) => last + 1),
  };
}

/** The value, once it has rested for so long. */
export function useRested<T>(value: T, milliseconds: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setMatches(list.matches);
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, [query]);
  return matches;
}
