// A question in the address. It stands in the fragment, which browsers never send: no server logs
// it, and no limit on the length of addresses applies.

import type { Question } from "./examples";

export function sharedQuestion(): Question | null {
  const fields = new URLSearchParams(location.hash.slice(1));
  const query = fields.get("query");
  return query === null ? null : { query, variables: fields.get("variables") ?? "" };
}

/** Puts the question into the address and the address into the clipboard; false if the latter is barred. */
export async function share({ query, variables }: Question): Promise<boolean> {
  const fields = new URLSearchParams({ query });
  if (variables.trim() !== "") fields.set("variables", variables);
  history.replaceState(null, "", `#${fields}`);
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false; // without https, or refused
  }
}

/** An address that no longer says what the editor shows is cleared. */
export function forgetIfEdited(query: string): void {
  const shared = sharedQuestion();
  if (shared !== null && shared.query !== query) history.replaceState(null, "", location.pathname);
}
