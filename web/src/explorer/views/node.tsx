import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import {
  BuiltOnBy,
  type ChainFragment,
  type EventFragment,
  NodePage,
  type NodePageQuery,
  ReleaseNote,
  type StatementFragment,
} from "../generated";
import { dateText } from "../i18n/dates";
import { Kind, NodeLink, Section, Sentence, SourceList, Sources, Waiting, When } from "../parts/basics";
import { Strip } from "../parts/strip";
import { Title } from "../parts/title";
import { copied, Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { Missing } from "./missing";

type Entry = NonNullable<NodePageQuery["node"]>;

export function Node() {
  const { place, t, language } = usePage();
  const id = place.get("id") ?? "";
  const answer = useAnswer(NodePage, { id, language });
  const isThere = Boolean(answer.data?.node);
  useEffect(() => {
    // The part that a link points at was not there when the browser looked for it.
    if (isThere && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);
  if (answer.data === null) {
    return (
      <>
        <Title hidden>{t.views.node}</Title>
        <Waiting answer={answer} lines={10} />
      </>
    );
  }
  return answer.data.node === null ? <Missing id={id} /> : <Card node={answer.data.node} busy={answer.waiting} />;
}

function Card({ node, busy }: { node: Entry; busy: boolean }) {
  const { place, t, language } = usePage();
  const variables = { id: node.id, language };
  const events = "events" in node ? node.events : null;
  return (
    <article aria-busy={busy}>
      <p class="meta">
        <Kind kind={node.kind} />
        {"instrument" in node && node.instrument && <span class="tag">{t.instruments[node.instrument]}</span>}
        {"status" in node && <span class="tag strong">{t.statuses[node.status]}</span>}
      </p>
      <Title>{node.name}</Title>
      <p class="lead">{node.summary}</p>
      <dl class="facts-line">
        {node.start && (
          <div>
            <dt>{t.node.from}</dt>
            <dd>
              <When date={node.start} />
            </dd>
          </div>
        )}
        {node.end && (
          <div>
            <dt>{t.node.until}</dt>
            <dd>
              <When date={node.end} />
            </dd>
          </div>
        )}
        {node.code && (
          <div>
            <dt>{t.node.code}</dt>
            <dd>{node.code}</dd>
          </div>
        )}
        <div>
          <dt>{t.node.id}</dt>
          <dd>
            <code>{node.id}</code>
          </dd>
        </div>
      </dl>
      {node.listedByCanada && <p class="quiet">✓ {t.node.listed}</p>}
      <p class="actions">
        <a class="button main-action" href={place.to("around", { id: node.id })}>
          {t.node.around}
        </a>
        <a class="button" href={place.to("trace", { from: node.id })}>
          {t.node.traceFrom}
        </a>
        {node.url && (
          <a class="button" href={node.url} rel="noreferrer external">
            {t.node.official}
          </a>
        )}
      </p>

      {"builtOnBy" in node && (
        <div class="columns">
          <BuiltOn id={node.id} chain={node.builtOnBy} />
          <Section id="builds-on" title={t.node.buildsOn}>
            {node.buildsOn.totalCount === 0 ? <p class="quiet">{t.node.buildsOnNothing}</p> : <Chain chain={node.buildsOn} />}
          </Section>
        </div>
      )}

      {events && <Life name={node.name} events={events} />}
      <Relationships node={node} />
      <Facts node={node} />
      <Names node={node} />
      <Section id="sources" title={t.node.allSources}>
        <SourceList citations={node.citations} />
      </Section>
      <Citation node={node} />
      <Tools
        question={NodePage}
        variables={variables}
        name={node.id}
        rows={() => [
          [t.columns.from, t.columns.kind, t.columns.to, t.columns.start, t.columns.end, t.columns.sentence, t.columns.sources],
          ...node.relationships.nodes.map(statementRow),
        ]}
      />
    </article>
  );
}

export function statementRow(statement: StatementFragment): (string | null)[] {
  const { from, kind, to, start, end, sentence, citations } = statement;
  return [from.id, kind, to.id, start, end, sentence, citations.map(({ source }) => source.url).join(" ")];
}

function BuiltOn({ id, chain }: { id: string; chain: ChainFragment }) {
  const { place, t } = usePage();
  const isEmptyAsOf = chain.totalCount === 0 && place.asOf !== null;
  const whole = useAnswer(BuiltOnBy, isEmptyAsOf ? { id } : null, true);
  const node = whole.data?.node;
  const later = node && "builtOnBy" in node ? node.builtOnBy.totalCount : 0;
  return (
    <Section id="built-on" title={t.node.builtOn}>
      {chain.totalCount > 0 ? (
        <Chain chain={chain} />
      ) : (
        <p class="quiet">
          {place.asOf ? t.node.nothingBuildsAsOf(dateText(place.asOf, place.lang)) : t.node.nothingBuilds}{" "}
          {isEmptyAsOf && later > 0 && <a href={place.here({ asof: null })}>{t.node.showLater(later)}</a>}
        </p>
      )}
    </Section>
  );
}

function Chain({ chain }: { chain: ChainFragment }) {
  const { t } = usePage();
  return (
    <>
      <ul class="plain-list">
        {chain.edges.map(({ node, depth, via }) => (
          <li key={node.id}>
            <NodeLink node={node} />
            <span class="quiet">
              {" "}
              {node.start && (
                <>
                  <When date={node.start} />,{" "}
                </>
              )}
              {depth === 1 ? (
                t.node.steps(depth)
              ) : (
                <details class="inline">
                  <summary>{t.node.steps(depth)}</summary>
                  {via.sentence}
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
      {!chain.complete && <p class="quiet">{t.trace.incomplete}</p>}
    </>
  );
}

function Life({ name, events }: { name: string; events: readonly EventFragment[] }) {
  const { t } = usePage();
  const dates = events.flatMap(({ date }) => (date === null ? [] : [date]));
  return (
    <Section id="life" title={t.node.life}>
      {events.length === 0 && <p class="quiet">{t.node.noEvents}</p>}
      {dates.length > 0 && <Strip dates={dates} label={t.node.strip(name)} />}
      <ol class="life">
        {events.map((event, index) => (
          <li key={index}>
            <span class="when">{event.date ? <When date={event.date} /> : <span class="quiet">{t.node.undated}</span>}</span>
            <div>
              <strong>{t.eventKinds[event.kind]}</strong>
              {[event.occasion, event.place].filter((one) => one !== null).map((one) => ` · ${one}`)}
              {event.note && <p class="quiet">{event.note}</p>}
              <Sources citations={event.citations} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Relationships({ node }: { node: Entry }) {
  const { t } = usePage();
  const { nodes, totalCount } = node.relationships;
  const groups = new Map<string, StatementFragment[]>();
  for (const statement of nodes) {
    const names = statement.from.id === node.id ? t.relationshipKinds : t.relationshipKindsBack;
    const title = names[statement.kind];
    groups.set(title, [...(groups.get(title) ?? []), statement]);
  }
  return (
    <Section id="relationships" title={t.node.relationships(totalCount)}>
      {totalCount === 0 && <p class="quiet">{t.node.noRelationships}</p>}
      {nodes.length < totalCount && <p class="quiet">{t.node.relationshipsMore(nodes.length, totalCount)}</p>}
      <div class="groups">
        {[...groups].map(([title, statements]) => (
          <div key={title} class="statements">
            <h3>
              {title} <span class="number">{statements.length}</span>
            </h3>
            <ul class="plain-list">
              {statements.map((statement) => (
                <li key={statement.id}>
                  <Statement statement={statement} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  );
}

/** A sentence with its sources; its dates stand in it. */
export function Statement({ statement }: { statement: StatementFragment }) {
  return (
    <>
      <Sentence text={statement.sentence} nodes={[statement.from, statement.to]} />
      {statement.note && <p class="quiet">{statement.note}</p>}
      <Sources citations={statement.citations} />
    </>
  );
}

function Facts({ node }: { node: Entry }) {
  const { t } = usePage();
  return (
    <Section id="facts" title={t.node.facts}>
      <Table label={t.node.facts}>
        <thead>
          <tr>
            <th scope="col">{t.node.fact}</th>
            <th scope="col">{t.node.value}</th>
          </tr>
        </thead>
        <tbody>
          {node.facts.map((fact) => (
            <tr key={fact.id} class={fact.status === "DISPUTED" ? "disputed" : undefined}>
              <th scope="row">{t.property(fact.property)}</th>
              <td>
                {fact.value} {fact.status !== "STATED" && <span class="tag">{t.factStatuses[fact.status]}</span>}
                {fact.status === "DISPUTED" && fact.chosen && <span class="quiet"> ({t.node.chosen})</span>}
                {[fact.why, fact.note].filter((one) => one !== null).map((one) => (
                  <p key={one} class="quiet">
                    {one}
                  </p>
                ))}
                <Sources citations={fact.citations} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Names({ node }: { node: Entry }) {
  const { t } = usePage();
  return (
    <Section id="names" title={t.node.names}>
      <ul class="plain-list">
        {node.names.map((name) => (
          <li key={name.text + name.kind + name.language}>
            <span lang={name.language ?? undefined}>{name.text}</span>
            <span class="quiet">
              {" "}
              {[name.language && (t.node.languages[name.language] ?? name.language), t.nameKinds[name.kind]]
                .filter(Boolean)
                .join(", ")}
            </span>
            <Sources citations={name.citations} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Citation({ node }: { node: Entry }) {
  const { place, t, say } = usePage();
  const release = useAnswer(ReleaseNote, {});
  const field = useRef<HTMLParagraphElement>(null);
  const address = new URL(place.to("node", { id: node.id }), location.origin + location.pathname).href;
  const text = release.data && t.node.citeText(node.name, release.data.release.id, address);
  return (
    <Section id="cite" title={t.node.cite}>
      {text && (
        <>
          <p ref={field} class="citation">
            {text}
          </p>
          <button
            type="button"
            onClick={async () => say((await copied(text)) ? t.tools.copied(t.node.cite) : t.tools.notCopied)}
          >
            {t.node.copy}
          </button>
        </>
      )}
    </Section>
  );
}

/** A table that scrolls within itself where the window is narrow. */
export function Table({ label, children, tall = false }: { label: string; children: ComponentChildren; tall?: boolean }) {
  return (
    <div class={tall ? "table tall" : "table"} role="group" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}
