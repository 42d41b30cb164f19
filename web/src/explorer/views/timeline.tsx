import { useMemo, useRef } from "preact/hooks";

import {
  Named,
  type NodeFilter,
  type NodeKind,
  type RelationshipKind,
  Timeline as TimelineQuestion,
  type TimelineQuery,
} from "../generated";
import type { Dictionary } from "../i18n/en";
import { Empty, Kind, KindMark, NodeLink, OtherDates, Section, Sources, Waiting, When } from "../parts/basics";
import { figureDrawing } from "../parts/exports";
import { Picker } from "../parts/picker";
import { addresses } from "../parts/statement";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { go, isDate } from "../place";
import { Missing } from "./missing";

const FIRST = 500;
const KINDS: NodeKind[] = ["AGREEMENT", "INITIATIVE", "FORUM"];

/** An entry and all that is directly related to it, as a filter of nodes. */
export function around(id: string, { relationshipKinds }: Dictionary): NodeFilter[] {
  const kinds = Object.keys(relationshipKinds) as RelationshipKind[];
  return [{ ids: [id] }, ...kinds.map((kind) => ({ related: [{ kind, node: { ids: [id] } }] }))];
}

export function Timeline() {
  const { place, t, language, when } = usePage();
  const id = place.get("id");
  const named = useAnswer(Named, id === null ? null : { ids: [id], language });
  const about = named.data?.nodes[0];
  const kinds = KINDS.filter((kind) => place.list("kinds").includes(kind));
  const date = (name: string) => {
    const text = place.get(name);
    return text !== null && isDate(text) ? text : null;
  };
  const [from, to] = [date("from"), date("to")];
  const variables = {
    from,
    to,
    kinds: kinds.length > 0 ? kinds : null,
    about: id === null ? null : around(id, t),
    first: FIRST,
    language,
  };
  const answer = useAnswer(TimelineQuestion, variables);
  // The chart shows all years, whichever of them the list shows.
  const whole = { ...variables, from: null, to: null };
  const chart = useAnswer(TimelineQuestion, whole);
  const figure = useRef<SVGSVGElement>(null);
  const timeline = answer.data?.timeline;
  const entries = timeline?.nodes ?? [];
  const isYear = from !== null || to !== null;
  if (id !== null && named.data && !about) return <Missing id={id} />;
  return (
    <>
      <Title>{about ? t.timeline.title(about.name) : t.views.timeline}</Title>
      <div class="form-row">
        <Picker
          label={t.timeline.about}
          chosen={about?.name ?? ""}
          choose={(id) => go(place.here({ id, from: null, to: null }))}
          clear={() => go(place.here({ id: null }))}
        />
      </div>
      <fieldset class="form-row controls">
        <legend class="visually-hidden">{t.timeline.kinds}</legend>
        {KINDS.map((kind) => (
          <label key={kind} class="check" data-kind={kind}>
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={(event) =>
                go(place.here({ kinds: event.currentTarget.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind) }))
              }
            />
            <KindMark kind={kind} /> {t.nodeKindsMany[kind]}
          </label>
        ))}
        {isYear && (
          <a class="button" href={place.here({ from: null, to: null })}>
            {t.timeline.allYears}
          </a>
        )}
      </fieldset>
      {chart.data && chart.data.timeline.nodes.length > 0 && (
        <Section id="chart" title={t.timeline.chart}>
          <Chart entries={chart.data.timeline.nodes} figure={figure} from={from} to={to} />
          <ul class="legend only-print">
            {KINDS.map((kind) => (
              <li key={kind}>
                <Kind node={{ kind }} />
              </li>
            ))}
          </ul>
          {chart.data.timeline.nodes.length < chart.data.timeline.totalCount && (
            <p>{t.timeline.chartCut(chart.data.timeline.nodes.length, chart.data.timeline.totalCount)}</p>
          )}
          <Tools
            about={t.timeline.chart}
            question={TimelineQuestion}
            variables={whole}
            name="events-per-year"
            rows={() => [
              [t.timeline.yearColumn, ...KINDS.map((kind) => t.nodeKindsMany[kind])],
              ...[...byYear(chart.data!.timeline.nodes)].map(([year, events]) => [
                year,
                ...KINDS.map((kind) => events.filter(({ node }) => node.kind === kind).length),
              ]),
            ]}
            drawing={() => figureDrawing(figure.current)}
          />
        </Section>
      )}
      <Waiting answer={answer} lines={10} />
      {timeline && (
        <>
          <p role="status" class="said">
            {t.timeline.shown(entries.length, timeline.totalCount)}. {!isYear && t.timeline.undated(timeline.undatedCount)}
          </p>
          {entries.length === 0 && (
            <Empty>
              <p>{when === null ? t.timeline.none : t.timeline.empty(when)}</p>
              <p class="actions">
                {isYear && (
                  <a class="button" href={place.here({ from: null, to: null })}>
                    {t.timeline.allYears}
                  </a>
                )}
                <OtherDates />
              </p>
            </Empty>
          )}
          <Years entries={entries} />
          <Tools
            about={t.views.timeline}
            question={TimelineQuestion}
            variables={variables}
            name="timeline"
            rows={() => [
              [t.timeline.date, t.timeline.event, t.node.id, t.timeline.entry, t.timeline.where, t.timeline.sources],
              ...entries.map(({ date, event, node }) => [
                date,
                t.eventKinds[event.kind],
                node.id,
                node.name,
                [event.place, event.occasion].filter(Boolean).join("; "),
                addresses(event.citations),
              ]),
            ]}
          />
        </>
      )}
    </>
  );
}

type Entries = TimelineQuery["timeline"]["nodes"];

function byYear(entries: Entries): Map<string, Entries> {
  const years = new Map<string, Entries>();
  for (const entry of entries) {
    const year = entry.date.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), entry]);
  }
  return years;
}

function Years({ entries }: { entries: Entries }) {
  const { t } = usePage();
  const years = useMemo(() => byYear(entries), [entries]);
  return (
    <>
      {[...years].map(([year, events]) => (
        <section key={year} class="year" aria-labelledby={`year-${year}`}>
          <h2 id={`year-${year}`}>{year}</h2>
          <ol class="life">
            {events.map(({ date, node, event }, index) => (
              <li key={index} data-kind={node.kind}>
                <span class="when">
                  <When date={date} />
                </span>
                <div>
                  <KindMark kind={node.kind} /> <strong>{t.eventKinds[event.kind]}</strong> · <NodeLink node={node} />
                  <span class="quiet">
                    {[event.occasion, event.place].filter((one) => one !== null).map((one) => ` · ${one}`)}
                  </span>
                  <Sources citations={event.citations} />
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

interface ChartProps {
  entries: Entries;
  figure: { current: SVGSVGElement | null };
  from: string | null;
  to: string | null;
}

const [WIDTH, HEIGHT, FOOT] = [960, 220, 24];

/** A column for each year, a link to its events; of stacked pieces, one for each kind. */
function Chart({ entries, figure, from, to }: ChartProps) {
  const { place, t } = usePage();
  const years = byYear(entries);
  const numbers = [...years.keys()].map(Number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const most = Math.max(...[...years.values()].map((one) => one.length));
  const column = WIDTH / (last - first + 1);
  const unit = (HEIGHT - FOOT - 22) / most;
  const isShown = (year: string) => (from === null || year >= from.slice(0, 4)) && (to === null || year <= to.slice(0, 4));
  return (
    <svg ref={figure} class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={t.timeline.chart}>
      <path class="axis" d={`M0 ${HEIGHT - FOOT}H${WIDTH}`} />
      {Array.from({ length: last - first + 1 }, (_, index) => {
        const year = String(first + index);
        const events = years.get(year) ?? [];
        const middle = index * column + column / 2;
        let top = HEIGHT - FOOT;
        const label = (
          <text x={middle} y={HEIGHT - 6} text-anchor="middle" class={index % 2 === 0 ? undefined : "every-other"}>
            {year}
          </text>
        );
        if (events.length === 0) return <g key={year}>{label}</g>;
        const name = t.timeline.year(year, events.length);
        return (
          <g key={year} class={isShown(year) ? "column" : "column unshown"}>
            <a href={place.here({ from: year, to: year })} aria-label={name}>
              <title>{name}</title>
              <rect class="reach" x={index * column} y="0" width={column} height={HEIGHT} />
              {KINDS.map((kind) => {
                const count = events.filter(({ node }) => node.kind === kind).length;
                top -= count * unit;
                return <rect key={kind} data-kind={kind} class="piece" x={index * column + column * 0.12} y={top} width={column * 0.76} height={count * unit} />;
              })}
            </a>
            <g class="labels" aria-hidden="true">
              <text x={middle} y={top - 5} text-anchor="middle">
                {events.length}
              </text>
              {label}
            </g>
          </g>
        );
      })}
    </svg>
  );
}
