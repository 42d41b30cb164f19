import { useState } from "preact/hooks";

import { usePage } from "../page";
import type { Question, Time } from "../question";
import { sent } from "../question";
import { type Cell, csv, type Drawing, save } from "./exports";
import { program, PROGRAMS } from "./programs";

interface Props<A, V> {
  /** The title of the panel, for those who hear it. */
  about: string;
  question: Question<A, V>;
  variables: V;
  /** The name of files, without their endings. */
  name: string;
  rows?: (() => Cell[][]) | undefined;
  drawing?: (() => Drawing | null) | undefined;
  /** When it is asked, where that is not the time of the page. */
  time?: Time;
  /** Files that the service writes itself. */
  files?: { name: string; href: string }[];
}

/** Under every panel: its question, ways to ask it elsewhere, and what it shows as files. */
export function Tools<A, V extends object>({ about, question, variables, name, rows, drawing, time, files = [] }: Props<A, V>) {
  const { place, t, say } = usePage();
  const [opened, setOpened] = useState(false);
  const asked = sent(question, variables, time === undefined ? place.time : time);
  const graphiql = new URLSearchParams({ query: asked.query, variables: JSON.stringify(asked.variables, null, 2) });
  const copy = (what: string, text: string) =>
    copied(text).then((done) => say(done ? t.tools.copied(what) : t.tools.notCopied));
  const download = (ending: string, blob: Blob | undefined) => {
    if (blob === undefined) return;
    save(`${name}.${ending}`, blob);
    say(t.tools.saved(`${name}.${ending}`));
  };
  return (
    <details class="tools" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        {t.tools.title}
        <span class="visually-hidden"> – {about}</span>
      </summary>
      {opened && (
        <div class="tool-row">
          <a class="button" href={`/graphiql#${graphiql}`}>
            {t.tools.query}
          </a>
          <button type="button" onClick={() => copy(t.tools.linkName, location.href)}>
            {t.tools.link}
          </button>
          <div role="group" aria-label={t.tools.copyAs} class="group">
            <span aria-hidden="true">{t.tools.copyAs}</span>
            {PROGRAMS.map((language) => (
              <button key={language} type="button" onClick={() => copy(language, program(language, asked))}>
                {language}
              </button>
            ))}
          </div>
          {(rows || drawing || files.length > 0) && (
            <div role="group" aria-label={t.tools.download} class="group">
              <span aria-hidden="true">{t.tools.download}</span>
              {rows && (
                <button type="button" onClick={() => download("csv", csv(rows()))}>
                  CSV
                </button>
              )}
              {drawing && (
                <>
                  <button type="button" onClick={async () => download("png", await drawing()?.png())}>
                    PNG
                  </button>
                  <button type="button" onClick={() => download("svg", drawing()?.svg())}>
                    SVG
                  </button>
                </>
              )}
              {files.map(({ name, href }) => (
                <a key={name} class="button" href={href} download>
                  {name}
                </a>
              ))}
            </div>
          )}
        </div>
      )}
    </details>
  );
}

export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // without https, or refused
  }
}
