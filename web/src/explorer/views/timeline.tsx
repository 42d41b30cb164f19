import { useMemo, useRef } from "preact/hooks";

import { type NodeKind, Timeline as TimelineQuestion, type TimelineQuery } from "../generated";
import { dateText } from "../i18n/dates";
import { Empty, KindMark, NodeLink, Section, Sources, Waiting, When } from "../parts/basics";
import { pngFile, svgFile } from "../parts/exports";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { go, isDate } from "../place";

const FIRST = 500;
const KINDS: NodeKind[] = ["AGREEMENT", "INITIATIVE", "FORUM"];

export function Timeline() {
  const { place, t, language } = usePage();
  const kinds = KINDS.filter((kind) => place.list("kinds").includes(kind));
  const date = (name: string) => {
    const text = place.get(name);
    return text !== null && isDate(text) ? text : null;
  };
  const [from, to] = [date("from"), date("to")];
  const variables = { from, to, kinds: kinds.length > 0 ? kinds : null, first: FIRST, language };
  const answer = useAnswer(TimelineQuestion, variables);
  // The chart shows all years, whichever of them the list shows.
  const chart = useAnswer(TimelineQuestion, { ...variables, from: null, to: null });
  const figure = useRef<SVGSVGElement>(null);
  const timeline = answer.data?.timeline;
  const entries = timeline?.nodes ?? [];
  const isYear = from !== null || to !== null;
  return (
    <>
      <Title>{t.views.timeline}</Title>
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
              <p>{place.asOf ? t.timeline.empty(dateText(place.asOf, place.lang)) : t.timeline.none}</p>
              <p>
                {isYear && <a href={place.here({ from: null, to: null })}>{t.timeline.allYears}</a>}{" "}
                {place.asOf && <a href={place.here({ asof: null })}>{t.asOf.clear}</a>}
              </p>
            </Empty>
          )}
          <Years entries={entries} />
          <Tools
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
                event.citations.map(({ source }) => source.url).join(" "),
              ]),
            ]}
            drawing={() => {
              const drawn = figure.current;
              if (drawn === null) return null;
              const { width, height } = drawn.viewBox.baseVal;
              return { svg: () => svgFile(drawn), png: () => pngFile(svgFile(drawn), width, height) };
            }}
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
