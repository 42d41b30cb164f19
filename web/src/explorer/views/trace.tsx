import { useRef } from "preact/hooks";

import { Refusal } from "../client";
import {
  type Follow,
  Named,
  type PathMode,
  type StatementFragment,
  Trace as TraceQuestion,
  type TraceQuery,
  type TraceQueryVariables,
} from "../generated";
import { dateText } from "../i18n/dates";
import { Empty, NodeLink, OtherDates, Section, Waiting } from "../parts/basics";
import type { Drawing } from "../parts/exports";
import { KindFilter, useFollowed } from "../parts/kind-filter";
import { Caveats, Hidden } from "../parts/left-out";
import { Picker } from "../parts/picker";
import { Picture } from "../parts/picture";
import { Statement, statementColumns, statementRow } from "../parts/statement";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { go } from "../place";
import { Missing } from "./missing";

const MODES: PathMode[] = ["ALL_SHORTEST", "SHORTEST", "SIMPLE"];
const LENGTHS = [2, 3, 4, 5, 6, 8, 10];
const FIRST = 20;
/** The most that the API lists. */
const MOST = 500;
/** So many paths stand open; of more, the first. */
const OPEN = 5;

export function Trace() {
  const { place, t, language } = usePage();
  const [from, to] = [place.get("from"), place.get("to")];
  const [via, avoid] = [place.list("via"), place.list("avoid")];
  const follow: Follow[] = useFollowed().map((kind) => ({ kind }));
  const hubs = place.get("hubs") === "allow" ? ("ALLOW" as const) : ("AVOID" as const);
  const mode = MODES.find((one) => one.toLowerCase() === place.get("mode")) ?? "ALL_SHORTEST";
  const maxLength = LENGTHS.find((one) => String(one) === place.get("max")) ?? 6;
  const first = Math.min(Math.max(Math.trunc(Number(place.get("first"))) || FIRST, FIRST), MOST);
  const ids = [from, to, ...via, ...avoid].filter((id) => id !== null);
  const named = useAnswer(Named, ids.length > 0 ? { ids, language } : null);
  const known = new Map((named.data?.nodes ?? []).flatMap((node) => (node ? [[node.id, node] as const] : [])));
  const missing = named.data && !named.waiting ? ids.find((id) => !known.has(id)) : undefined;
  const isReady = from !== null && to !== null && named.data !== null && !named.waiting && missing === undefined;
  const variables = {
    from: from ?? "",
    to: to ?? "",
    via: via.length > 0 ? via : null,
    avoid: avoid.length > 0 ? avoid : null,
    follow: follow.length > 0 ? follow : null,
    hubs,
    mode,
    maxLength,
    first,
    language,
  };
  const answer = useAnswer(TraceQuestion, isReady ? variables : null);

  if (missing !== undefined) return <Missing id={missing} />;
  if (answer.error instanceof Refusal && answer.error.nearest.length > 0) return <Missing id={from ?? ""} />;
  const name = (id: string | null) => (id === null ? "" : (known.get(id)?.name ?? ""));
  const title = from !== null && to !== null && known.size > 0 ? `${t.views.trace}${t.colon}${name(from)} → ${name(to)}` : t.views.trace;
  return (
    <>
      <Title>{title}</Title>
      <div class="controls">
        <div class="form-row">
          <Picker label={t.trace.from} chosen={name(from)} choose={(id) => go(place.here({ from: id }))} />
          <button
            type="button"
            class="swap"
            onClick={() => go(place.here({ from: to, to: from }))}
            disabled={from === null && to === null}
            aria-label={t.trace.swap}
            title={t.trace.swap}
          >
            ⇄
          </button>
          <Picker label={t.trace.to} chosen={name(to)} choose={(id) => go(place.here({ to: id }))} />
        </div>
        <div class="form-row">
          <Several field="via" ids={via} name={name} label={t.trace.via} help={t.trace.viaHelp} remove={t.trace.removeVia} />
          <Several field="avoid" ids={avoid} name={name} label={t.trace.avoid} help={t.trace.avoidHelp} remove={t.trace.remove} />
          <label>
            {t.trace.hubs}
            <select value={hubs} onChange={(event) => go(place.here({ hubs: event.currentTarget.value === "ALLOW" ? "allow" : null }))}>
              <option value="AVOID">{t.trace.hubsAvoid}</option>
              <option value="ALLOW">{t.trace.hubsAllow}</option>
            </select>
          </label>
          <label>
            {t.trace.mode}
            <select value={mode} onChange={(event) => go(place.here({ mode: event.currentTarget.value.toLowerCase() }))}>
              {MODES.map((one) => (
                <option key={one} value={one}>
                  {t.modes[one]}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.trace.max}
            <select value={maxLength} onChange={(event) => go(place.here({ max: event.currentTarget.value }))}>
              {LENGTHS.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        </div>
        <KindFilter />
      </div>
      {from === null || to === null ? (
        <Empty>
          <p>{t.trace.start}</p>
          <p>
            <a href={place.here({ from: "canada-eu-raw-materials-partnership", to: "japan", avoid: "canada" })}>{t.trace.example}</a>
          </p>
        </Empty>
      ) : (
        <>
          {isReady ? <Waiting answer={answer} lines={8} /> : <Waiting answer={named} lines={8} />}
          {answer.data && (
            <Paths paths={answer.data.paths} variables={variables} />
          )}
        </>
      )}
    </>
  );
}

interface SeveralProps {
  field: "via" | "avoid";
  ids: string[];
  name(id: string): string;
  label: string;
  help: string;
  remove(name: string): string;
}

/** A list of entries in the address: one is added by a picker, and taken away by its button. */
function Several({ field, ids, name, label, help, remove }: SeveralProps) {
  const { place } = usePage();
  return (
    <div class="several">
      <Picker label={label} chosen="" adds help={help} choose={(id) => go(place.here({ [field]: [...new Set([...ids, id])], first: null }))} />
      {ids.length > 0 && (
        <ul class="chips">
          {ids.map((id) => (
            <li key={id}>
              {name(id)}{" "}
              <button
                type="button"
                class="small"
                aria-label={remove(name(id))}
                onClick={() => go(place.here({ [field]: ids.filter((one) => one !== id), first: null }))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface PathsProps {
  paths: TraceQuery["paths"];
  variables: TraceQueryVariables;
}

function Paths({ paths, variables }: PathsProps) {
  const { place, t, when } = usePage();
  const { from, to, maxLength, first } = variables;
  const isHiding = paths.hidden.byHubs > 0 || paths.hidden.atLeast;
  const drawing = useRef<Drawing | null>(null);
  const statements = new Map<string, StatementFragment>();
  const backwards = new Set<string>();
  for (const { direction, relationship } of paths.nodes.flatMap(({ steps }) => steps)) {
    statements.set(relationship.id, relationship);
    if (direction === "IN") backwards.add(relationship.id);
  }
  const nodes = new Map([...statements.values()].flatMap(({ from, to }) => [[from.id, from] as const, [to.id, to] as const]));
  const drawn = {
    nodes: [...nodes.values()].map(({ id, name, kind }) => ({ id, name, kind, isFocus: id === from || id === to })),
    edges: [...statements.values()].map(({ id, from, to, kind }) => ({ id, from: from.id, to: to.id, kind, backwards: backwards.has(id) })),
  };
  const length = paths.nodes[0]?.length;
  const isShortest = variables.mode !== "SIMPLE" && length !== undefined;
  const compared = !isShortest ? null : paths.hidden.nearest === length ? "same" : "shorter";
  const longer = LENGTHS.find((one) => one > maxLength);
  return (
    <>
      <div role="status">
        <h2 class="count">{paths.totalCount === 0 ? t.trace.none : t.trace.found(paths.nodes.length, paths.totalCount)}</h2>
        <p class="said">
          {paths.totalCount === 0 && `${t.trace.noneHelp(maxLength)} `}
          {paths.complete ? paths.totalCount > 0 && t.trace.complete : t.stops[paths.stoppedBy] || t.trace.incomplete}
        </p>
      </div>
      {paths.totalCount === 0 && (
        <Empty>
          {when !== null && <p>{t.trace.noneAsOf(when)}</p>}
          <p class="actions">
            <OtherDates />
            {isHiding && (
              <a class="button" href={place.here({ hubs: "allow" })}>
                {t.trace.tryHubs}
              </a>
            )}
            {longer && (
              <a class="button" href={place.here({ max: String(longer) })}>
                {t.trace.tryLonger(longer)}
              </a>
            )}
          </p>
        </Empty>
      )}
      <Hidden
        hidden={paths.hidden}
        hubs={paths.avoidedHubs}
        sentence={t.hidden.paths(paths.hidden.byHubs, paths.hidden.atLeast, compared)}
        also={compared === "shorter" ? { mode: "simple", max: String(LENGTHS.find((one) => one >= (length ?? 0)) ?? maxLength) } : undefined}
      />
      <Caveats caveats={paths.caveats} />
      {paths.nodes.length > 0 && (
        <div class="halves">
          <ol class="paths">
            {paths.nodes.map((path, index) => (
              <PathItem
                key={path.steps.map(({ relationship }) => relationship.id).join(" ")}
                path={path}
                number={index + 1}
                isOpen={paths.nodes.length <= OPEN + 1 || index < OPEN}
              />
            ))}
            {paths.nodes.length < paths.totalCount && first < MOST && (
              <li>
                <a class="button" href={place.here({ first: String(Math.min(first + FIRST, MOST)) })}>
                  {t.search.more}
                </a>
              </li>
            )}
          </ol>
          <div class="sticky">
            <Section id="picture" title={t.trace.picture}>
              <Picture
                drawn={drawn}
                layout="layers"
                label={t.around.pictureLabel(drawn.nodes.length, drawn.edges.length)}
                selected={null}
                select={(id) => id !== null && go(place.to("node", { id }))}
                hold={(held) => {
                  drawing.current = held;
                }}
              />
            </Section>
          </div>
        </div>
      )}
      <Tools
        about={t.views.trace}
        question={TraceQuestion}
        variables={variables}
        name={`${from}-${to}`}
        rows={() => [
          [t.trace.pathColumn, t.trace.stepColumn, ...statementColumns(t)],
          ...paths.nodes.flatMap(({ steps }, path) =>
            steps.map(({ relationship }, step) => [path + 1, step + 1, ...statementRow(relationship)]),
          ),
        ]}
        drawing={paths.nodes.length > 0 ? () => drawing.current : undefined}
      />
    </>
  );
}

interface PathProps {
  path: TraceQuery["paths"]["nodes"][number];
  number: number;
  isOpen: boolean;
}

function PathItem({ path, number, isOpen }: PathProps) {
  const { place, t } = usePage();
  const during = path.validDuring;
  const text = (date: string | null) => (date === null ? "" : dateText(date, place.lang));
  const stops = path.steps.map(({ direction, relationship }) => (direction === "IN" ? relationship.from : relationship.to));
  const first = path.steps[0];
  const all = first ? [first.direction === "IN" ? first.relationship.to : first.relationship.from, ...stops] : stops;
  return (
    <li class="panel">
      <h3>
        {t.trace.path(number)} <span class="number">{t.trace.steps(path.length)}</span>
      </h3>
      <p class="route">
        {all.map((node, index) => (
          <span key={index}>
            {index > 0 && <span aria-hidden="true"> → </span>}
            <NodeLink node={node} />
          </span>
        ))}
      </p>
      <details open={isOpen}>
        <summary>{t.trace.sentences}</summary>
        <ol class="steps">
          {path.steps.map(({ relationship }) => (
            <li key={relationship.id}>
              <Statement statement={relationship} />
            </li>
          ))}
        </ol>
        <p class="quiet">
          {during === null
            ? path.undatedSteps > 0
              ? t.trace.undated(path.undatedSteps)
              : t.trace.neverAtOnce
            : during.start === null && during.end === null
              ? t.trace.validOpen
              : t.trace.valid(text(during.start), text(during.end))}
        </p>
      </details>
    </li>
  );
}
