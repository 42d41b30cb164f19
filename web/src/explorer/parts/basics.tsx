import type { ComponentChildren } from "preact";

import { Refusal, Unreachable } from "../client";
import type { CitedFragment, JurisdictionType, NodeKind } from "../generated";
import { dateText } from "../i18n/dates";
import { type Answer, type Page, usePage } from "../page";
import { ANY_TIME } from "../place";

export function When({ date }: { date: string }) {
  const { place } = usePage();
  return <time dateTime={date}>{dateText(date, place.lang)}</time>;
}

/** What the label of a node is made of. */
interface Labelled {
  kind: NodeKind;
  jurisdictionType?: JurisdictionType;
  country?: { id: string; name: string } | null;
}

/** What sort of thing a node is. A part of another state than Canada says of which. */
export function kindLabel(t: Page["t"], { kind, jurisdictionType, country }: Labelled): string {
  if (jurisdictionType === undefined) return t.nodeKinds[kind];
  const type = t.jurisdictionTypes[jurisdictionType];
  return country && country.id !== "canada" ? `${type} (${country.name})` : type;
}

export function Kind({ node }: { node: Labelled }) {
  const { t } = usePage();
  return (
    <span class="kind" data-kind={node.kind}>
      <KindMark kind={node.kind} />
      {kindLabel(t, node)}
    </span>
  );
}

/** The shape that a kind has in pictures, so that colour is never all. */
export function KindMark({ kind }: { kind: NodeKind }) {
  const shapes: Record<NodeKind, string> = {
    AGREEMENT: "M2 3h12v10H2z",
    COUNTRY: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z",
    FORUM: "M8 1 15 8 8 15 1 8z",
    INDIGENOUS_PEOPLE: "M8 1 10 6h5l-4 3.4L12.5 15 8 11.6 3.5 15 5 9.400 1 6h5z",
    INITIATIVE: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    JURISDICTION: "M8 1.5 14.5 6.300 12 14H4L1.5 6.300z",
    ORGANIZATION: "M8 2 15 14H1z",
    THEME: "M5 3h10l-4 10H1z",
  };
  return (
    <svg class="mark" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d={shapes[kind]} />
    </svg>
  );
}

interface Thing {
  id: string;
  name: string;
}

export function NodeLink({ node }: { node: Thing }) {
  const { place } = usePage();
  return <a href={place.to("node", { id: node.id })}>{node.name}</a>;
}

/** A sentence in which the names of its nodes are links. */
export function Sentence({ text, nodes }: { text: string; nodes: readonly Thing[] }) {
  const found = [...nodes]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce<{ at: number; node: Thing }[]>((taken, node) => {
      for (let at = text.indexOf(node.name); at >= 0; at = text.indexOf(node.name, at + 1)) {
        const isFree = taken.every((one) => at + node.name.length <= one.at || at >= one.at + one.node.name.length);
        if (isFree) return [...taken, { at, node }];
      }
      return taken;
    }, [])
    .sort((a, b) => a.at - b.at);
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { at, node } of found) {
    parts.push(text.slice(end, at), <NodeLink node={node} />);
    end = at + node.name.length;
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}

export function Sources({ citations }: { citations: readonly CitedFragment[] }) {
  const { t } = usePage();
  if (citations.length === 0) return null;
  return (
    <details class="sources">
      <summary>{t.node.sources(citations.length)}</summary>
      <SourceList citations={citations} />
    </details>
  );
}

export function SourceList({ citations }: { citations: readonly CitedFragment[] }) {
  return (
    <ul class="source-list">
      {citations.map(({ source, locator }) => (
        <li key={source.id + (locator ?? "")}>
          <a href={source.url} rel="noreferrer external" lang={source.language}>
            {source.title}
          </a>
          <span class="quiet">
            {" "}
            {source.publisher}
            {source.published && (
              <>
                , <When date={source.published} />
              </>
            )}
            {locator && (
              <>
                {" "}
                (<span lang="en">{locator}</span>)
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Grey bars where an answer will stand. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = usePage();
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{t.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="bar" />
      ))}
    </div>
  );
}

/** What stands where an answer does not: bars, or why there is none. */
export function Waiting<A>({ answer, lines }: { answer: Answer<A>; lines?: number }) {
  if (answer.error) return <Fault error={answer.error} again={answer.again} />;
  return answer.data === null && answer.waiting ? <Skeleton lines={lines ?? 4} /> : null;
}

function Fault({ error, again }: { error: Error; again: () => void }) {
  const { t } = usePage();
  return (
    <div class="notice" role="alert">
      <p>
        {error instanceof Unreachable ? t.errors.unreachable : t.errors.refused}{" "}
        {error instanceof Refusal && <span lang="en">{error.message}</span>}
      </p>
      <button type="button" onClick={again}>
        {t.errors.again}
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

/** Where a date hides something: the ways to see it. */
export function OtherDates() {
  const { place, t } = usePage();
  if (place.moment === null) return null;
  return (
    <>
      {place.moment.certainty === "CERTAIN" && (
        <a class="button" href={place.here({ certainty: null })}>
          {t.asOf.countPossible}
        </a>
      )}
      <a class="button" href={place.here(ANY_TIME)}>
        {t.asOf.clear}
      </a>
    </>
  );
}

/** A part of a view with its heading. */
export function Section({ id, title, children }: { id: string; title: ComponentChildren; children: ComponentChildren }) {
  return (
    <section aria-labelledby={id} class="panel">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
