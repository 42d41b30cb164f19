// Where one is: all that a view shows is said by the address, and nothing else is.

import type { Moment, Time } from "./question";

export const VIEWS = ["search", "node", "around", "trace", "timeline", "matrix"] as const;
export type View = (typeof VIEWS)[number];
export const LANGUAGES = ["en", "fr"] as const;
export type Lang = (typeof LANGUAGES)[number];

export type Changes = Record<string, string | readonly string[] | null>;

export interface Place {
  /** Null where the address asks for a view that there is not. */
  view: View | null;
  lang: Lang;
  asOf: string | null;
  /** The date with how it is to be understood; null where no date is given. */
  moment: Moment | null;
  /** When the graph is looked at. */
  time: Time;
  /** What the address gives as a date and is none. */
  strangeDate: string | null;
  get(name: string): string | null;
  list(name: string): string[];
  /** Another view, in the same language and at the same time. */
  to(view: View, fields?: Changes): string;
  /** The same view, changed. */
  here(changes: Changes): string;
}

/** Changes an address to one that shows today. */
export const TODAY: Changes = { asof: null, certainty: null, undated: null };

/** What the address gives as a date for any time. */
const ANY = "any";

/** Changes an address to one that shows everything ever stated. */
export const ANY_TIME: Changes = { ...TODAY, asof: ANY };

const DATE = /^[1-9]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  return text.length < 10 || new Date(`${text}T00:00Z`).toISOString().startsWith(text);
}

export function read(search: string): Place {
  const fields = new URLSearchParams(search);
  const view = fields.get("view") ?? "search";
  const lang = LANGUAGES.find((one) => one === fields.get("lang")) ?? preferred();
  const date = fields.get("asof")?.trim() || null;
  const asOf = date !== null && isDate(date) ? date : null;
  const isAny = date === ANY;
  const certainty = fields.get("certainty") === "certain" ? "CERTAIN" : "POSSIBLE";
  const undated = fields.get("undated") === "true";
  const moment = asOf === null ? null : { date: asOf, certainty, undated } as const;
  const kept = {
    lang: fields.get("lang"),
    asof: isAny ? ANY : asOf,
    certainty: asOf && certainty === "CERTAIN" ? "certain" : null,
    undated: asOf && undated ? "true" : null,
  };
  return {
    view: VIEWS.find((one) => one === view) ?? null,
    lang,
    asOf,
    moment,
    time: isAny ? "ANY" : moment,
    strangeDate: asOf === null && !isAny ? date : null,
    get: (name) => fields.get(name)?.trim() || null,
    list: (name) => (fields.get(name) ?? "").split(",").map((one) => one.trim()).filter(Boolean),
    to: (to, more = {}) => address(new URLSearchParams(), { view: to === "search" ? null : to, ...more, ...kept }),
    here: (changes) => address(fields, changes),
  };
}

function address(from: URLSearchParams, changes: Changes): string {
  const fields = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    const text = typeof value === "string" || value === null ? value : value.join(",");
    if (text === null || text === "") fields.delete(name);
    else fields.set(name, text);
  }
  // Commas and colons may stand in a query as they are, and read better so.
  return `?${fields.toString().replaceAll("%2C", ",")}`;
}

function preferred(): Lang {
  return navigator.languages.find((tag) => /^(en|fr)\b/i.test(tag))?.toLowerCase().startsWith("fr") ? "fr" : "en";
}

type Listener = () => void;
const listeners = new Set<Listener>();

export function onMove(listener: Listener): Listener {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

/** Goes there; with `replace` without a step in the browser's history, as for each letter typed. */
export function go(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(history.state, "", href);
  else history.pushState(null, "", href);
  for (const listener of listeners) listener();
}

/** Writes the language into an address that does not say it, so that whoever gets the link sees the same. */
export function sayLanguage(): void {
  const place = read(location.search);
  if (place.get("lang") !== place.lang) history.replaceState(history.state, "", place.here({ lang: place.lang }) + location.hash);
}

/** Links within the page need no new page. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const href = link?.getAttribute("href");
  if (!link || !href?.startsWith("?") || link.getAttribute("target")) return;
  event.preventDefault();
  go(href);
}
