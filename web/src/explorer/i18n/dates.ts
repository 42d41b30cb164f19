import type { Lang } from "../place";

/** A date as people write it, no more precise than it is. */
export function dateText(date: string, lang: Lang): string {
  const [year = 0, month, day] = date.split("-").map(Number);
  if (month === undefined) return String(year);
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC" };
  if (day !== undefined) options.day = "numeric";
  // Day, month, year in both languages, as the sentences of the service have it.
  const text = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "fr-CA", options).format(new Date(Date.UTC(year, month - 1, day ?? 1)));
  return lang === "fr" && day === 1 ? text.replace(/^1 /, "1er ") : text;
}
