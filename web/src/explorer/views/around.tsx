import { useRef } from "preact/hooks";

import { type Follow, Named, Neighbourhood, type NeighbourhoodQuery, type RelationshipKind } from "../generated";
import { dateText } from "../i18n/dates";
import { Empty, Kind, NodeLink, Section, Waiting } from "../parts/basics";
import { Picker } from "../parts/picker";
import { Picture } from "../parts/picture";
import { Title } from "../parts/title";
import { type Drawing, Tools } from "../parts/tools";
import { Refusal } from "../client";
import { useAnswer, usePage } from "../page";
import { go } from "../place";
import { Missing } from "./missing";
import { Statement, statementRow, Table } from "./node";

const DEPTHS = [1, 2, 3];
const LIMITS = [60, 150, 500];

export function Around() {
  const { place, t, language } = usePage();
  const id = place.get("id");
  const opened = place.list("open");
  const depth = DEPTHS.find((one) => String(one) === place.get("depth")) ?? 1;
  const limit = LIMITS.find((one) => String(one) === place.get("limit")) ?? 60;
  const kinds = place.list("kinds").filter((kind): kind is RelationshipKind => kind in t.relationshipKinds);
  const hubs = place.get("hubs") === "allow" ? ("ALLOW" as const) : ("AVOID" as const);
  const named = useAnswer(Named, id === null ? null : { ids: [id], language });
  const follow: Follow[] = kinds.map((kind) => ({ kind }));
  const variables = {
    around: id === null ? [] : [id, ...opened],
    depth,
    follow: follow.length > 0 ? follow : null,
    hubs,
    limit,
    language,
  };
  const isThere = Boolean(named.data?.nodes[0]);
  const answer = useAnswer(Neighbourhood, id !== null && isThere ? variables : null);
  const centre = named.data?.nodes[0];

  if (id !== null && named.data && !centre) return <Missing id={id} />;
  if (answer.error instanceof Refusal && opened.length > 0) {
    const strange = opened.find((one) => answer.error?.message.includes(`"${one}"`));
    if (strange) return <Missing id={strange} />;
  }
  return (
    <>
      <Title>{centre ? t.around.title(centre.name) : t.views.around}</Title>
      <div class="form-row controls">
        <Picker
          label={t.around.choose}
          chosen={centre?.name ?? ""}
          choose={(chosen) => go(place.here({ id: chosen, open: null, sel: null }))}
        />
        {id !== null && (
          <>
            <label>
              {t.around.depth}
              <select value={depth} onChange={(event) => go(place.here({ depth: event.currentTarget.value }))}>
                {DEPTHS.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            </label>
            <label class="check" title={t.around.hubsHelp}>
              <input
                type="checkbox"
                checked={hubs === "ALLOW"}
                onChange={(event) => go(place.here({ hubs: event.currentTarget.checked ? "allow" : null }))}
              />
              {t.around.hubs}
            </label>
            <KindFilter kinds={kinds} />
          </>
        )}
      </div>
      <Waiting answer={named} lines={2} />
      {isThere && <Waiting answer={answer} lines={10} />}
      {id !== null && answer.data && (
        <Selection
          id={id}
          opened={opened}
          subgraph={answer.data.subgraph}
          limit={limit}
          tools={(rows, drawing) => (
            <Tools question={Neighbourhood} variables={variables} name={`${id}-neighbourhood`} rows={rows} drawing={drawing} />
          )}
        />
      )}
    </>
  );
}

function KindFilter({ kinds }: { kinds: RelationshipKind[] }) {
  const { place, t } = usePage();
  const all = Object.keys(t.relationshipKinds) as RelationshipKind[];
  const toggle = (kind: RelationshipKind) =>
    go(place.here({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] }));
  return (
    <details class="kinds-filter">
      <summary>
        {t.around.kinds}: {kinds.length === 0 ? t.around.allKinds : kinds.map((kind) => t.relationshipKinds[kind]).join(", ")}
      </summary>
      <fieldset>
        <legend class="visually-hidden">{t.around.kinds}</legend>
        {all
          .sort((a, b) => t.relationshipKinds[a].localeCompare(t.relationshipKinds[b], place.lang))
          .map((kind) => (
            <label key={kind} class="check">
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
              {t.relationshipKinds[kind]}
            </label>
          ))}
        {kinds.length > 0 && (
          <button type="button" class="small" onClick={() => go(place.here({ kinds: null }))}>
            {t.around.allKinds}
          </button>
        )}
      </fieldset>
    </details>
  );
}

interface SelectionProps {
  id: string;
  opened: string[];
  subgraph: NeighbourhoodQuery["subgraph"];
  limit: number;
  tools(rows: () => (string | null)[][], drawing: () => Drawing | null): preact.JSX.Element;
}

function Selection({ id, opened, subgraph, limit, tools }: SelectionProps) {
  const { place, t } = usePage();
  const { nodes, relationships, hiddenNodes, avoidedHubs } = subgraph;
  const drawing = useRef<Drawing | null>(null);
  const selected = nodes.find((node) => node.id === place.get("sel"));
  const select = (one: string | null) => go(place.here({ sel: one }), { replace: true });
  const drawn = {
    nodes: nodes.map((node) => ({ id: node.id, name: node.name, kind: node.kind, isFocus: node.id === id || opened.includes(node.id) })),
    edges: relationships.map(({ id, kind, from, to }) => ({ id, kind, from: from.id, to: to.id })),
  };
  const larger = LIMITS.find((one) => one > limit);
  const expand = (one: string) => {
    if (one === id) return null;
    return opened.includes(one) ? (
      <button type="button" class="small" aria-expanded="true" onClick={() => go(place.here({ open: opened.filter((other) => other !== one) }))}>
        {t.around.collapse}
      </button>
    ) : (
      <button type="button" class="small" aria-expanded="false" onClick={() => go(place.here({ open: [...opened, one] }))}>
        {t.around.expand}
      </button>
    );
  };

  return (
    <>
      <p role="status" class="said">
        {t.around.shown(nodes.length, relationships.length)}{" "}
        {hiddenNodes === 0 ? t.around.nothingHidden : t.around.hidden(hiddenNodes)}{" "}
        {hiddenNodes > 0 && larger && <a href={place.here({ limit: String(larger) })}>{t.around.limit(larger)}</a>}
      </p>
      {avoidedHubs.length > 0 && (
        <details class="said">
          <summary>{t.around.avoided(avoidedHubs.length)}</summary>
          <ul class="chips">
            {avoidedHubs.map((hub) => (
              <li key={hub.id}>
                <NodeLink node={hub} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {nodes.length < 2 ? (
        <Empty>
          <p>{place.asOf ? t.around.emptyAsOf(dateText(place.asOf, place.lang)) : t.around.empty}</p>
          <p>
            {place.asOf && <a href={place.here({ asof: null })}>{t.asOf.clear}</a>}{" "}
            {place.get("kinds") && <a href={place.here({ kinds: null })}>{t.around.allKinds}</a>}
          </p>
        </Empty>
      ) : (
        <>
          <Section id="picture" title={t.around.picture}>
            <Picture
              drawn={drawn}
              layout="around"
              label={t.around.pictureLabel(nodes.length, relationships.length)}
              selected={selected?.id ?? null}
              select={select}
              hold={(held) => {
                drawing.current = held;
              }}
            />
            <div class="selected" role="status">
              {selected && (
                <p>
                  <Kind kind={selected.kind} /> <strong>{selected.name}</strong>{" "}
                  <a class="button" href={place.to("node", { id: selected.id })}>
                    {t.around.open}
                  </a>{" "}
                  {expand(selected.id)}
                </p>
              )}
            </div>
          </Section>
          <Section id="things" title={t.around.things(nodes.length)}>
            <Table label={t.around.things(nodes.length)} tall>
              <thead>
                <tr>
                  <th scope="col">{t.around.entry}</th>
                  <th scope="col">{t.around.kind}</th>
                  <th scope="col">{t.around.degree}</th>
                  <th scope="col">{t.around.actions}</th>
                </tr>
              </thead>
              <tbody>
                {nodes.map((node) => (
                  <tr key={node.id} class={node.id === selected?.id ? "is-selected" : undefined}>
                    <th scope="row">
                      <NodeLink node={node} />
                      {node.id === id && <span class="tag">{t.around.middle}</span>}
                      {opened.includes(node.id) && <span class="tag">{t.around.expanded}</span>}
                    </th>
                    <td>
                      <Kind kind={node.kind} />
                    </td>
                    <td class="figure">{node.degree}</td>
                    <td>
                      <div class="row-actions">
                        {expand(node.id)}
                        {node.id !== id && (
                          <a class="button small" href={place.here({ id: node.id, open: null, sel: null })} aria-label={`${t.around.centre}: ${node.name}`}>
                            {t.around.centre}
                          </a>
                        )}
                        <button
                          type="button"
                          class="small"
                          aria-pressed={node.id === selected?.id}
                          aria-label={`${t.around.select}: ${node.name}`}
                          onClick={() => select(node.id === selected?.id ? null : node.id)}
                        >
                          {t.around.select}
                        </button>
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Section>
          <Section id="statements" title={t.around.statements(relationships.length)}>
            <ol class="plain-list scroll-list" tabIndex={0} aria-label={t.around.statements(relationships.length)}>
              {relationships.map((statement) => (
                <li key={statement.id} class={selected && [statement.from.id, statement.to.id].includes(selected.id) ? "is-selected" : undefined}>
                  <Statement statement={statement} />
                </li>
              ))}
            </ol>
          </Section>
        </>
      )}
      {tools(
        () => [
          [t.columns.from, t.columns.kind, t.columns.to, t.columns.start, t.columns.end, t.columns.sentence, t.columns.sources],
          ...relationships.map(statementRow),
        ],
        () => drawing.current,
      )}
    </>
  );
}
