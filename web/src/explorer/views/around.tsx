import { useRef } from "preact/hooks";

import { type Follow, Named, Neighbourhood, type NeighbourhoodQuery, type NeighbourhoodQueryVariables } from "../generated";
import { Empty, Kind, kindLabel, NodeLink, OtherDates, Section, Waiting } from "../parts/basics";
import type { Cell, Drawing } from "../parts/exports";
import { KindFilter, useFollowed } from "../parts/kind-filter";
import { Caveats, Hidden } from "../parts/left-out";
import { Picker } from "../parts/picker";
import { Picture } from "../parts/picture";
import { Statement, statementRows } from "../parts/statement";
import { Table } from "../parts/table";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { Refusal } from "../client";
import { useAnswer, usePage } from "../page";
import { go } from "../place";
import type { Time } from "../question";
import { Missing } from "./missing";

const EXAMPLE = "canada-eu-raw-materials-partnership";
const DEPTHS = [1, 2, 3];
const LIMITS = [60, 150, 500];

export function Around() {
  const { place, t, language } = usePage();
  const id = place.get("id");
  const opened = place.list("open");
  const depth = DEPTHS.find((one) => String(one) === place.get("depth")) ?? 1;
  const limit = LIMITS.find((one) => String(one) === place.get("limit")) ?? 60;
  const hubs = place.get("hubs") === "allow" ? ("ALLOW" as const) : ("AVOID" as const);
  const named = useAnswer(Named, id === null ? null : { ids: [id], language });
  const follow: Follow[] = useFollowed().map((kind) => ({ kind }));
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
            <KindFilter />
          </>
        )}
      </div>
      {id === null && (
        <Empty>
          <p>{t.around.start}</p>
          <p>
            <a href={place.here({ id: EXAMPLE })}>{t.around.example}</a>
          </p>
        </Empty>
      )}
      <Waiting answer={named} lines={2} />
      {isThere && <Waiting answer={answer} lines={10} />}
      {id !== null && answer.data && (
        <Selection
          id={id}
          opened={opened}
          subgraph={answer.data.subgraph}
          variables={variables}
        />
      )}
    </>
  );
}

interface SelectionProps {
  id: string;
  opened: string[];
  subgraph: NeighbourhoodQuery["subgraph"];
  variables: NeighbourhoodQueryVariables;
}

/** The same neighbourhood, whole, as files for programs that work with graphs. */
function graphFiles({ around, depth, hubs, follow }: NeighbourhoodQueryVariables, time: Time) {
  const fields = new URLSearchParams({ depth: String(depth), hubs });
  for (const id of [around].flat()) fields.append("around", id);
  for (const { kind } of [follow ?? []].flat()) fields.append("relationships", kind);
  if (time === "ANY") fields.set("allDates", "true");
  else if (time) {
    fields.set("as_of", time.date);
    fields.set("certainty", time.certainty);
    if (time.undated) fields.set("undated", "true");
  }
  return [
    { name: "GraphML", href: `/export/graph.graphml?${fields}` },
    { name: "GEXF", href: `/export/graph.gexf?${fields}` },
  ];
}

function Selection({ id, opened, subgraph, variables }: SelectionProps) {
  const { place, t, when } = usePage();
  const { nodes, relationships, hiddenNodes, hidden, avoidedHubs, caveats } = subgraph;
  const drawing = useRef<Drawing | null>(null);
  const selected = nodes.find((node) => node.id === place.get("sel"));
  const select = (one: string | null) => go(place.here({ sel: one }), { replace: true });
  const drawn = {
    nodes: nodes.map((node) => ({ id: node.id, name: node.name, kind: node.kind, isFocus: node.id === id || opened.includes(node.id) })),
    edges: relationships.map(({ id, kind, from, to, isCurrent }) => ({ id, kind, from: from.id, to: to.id, isCurrent })),
  };
  const tools = (about: string, name: string, rows?: () => Cell[][], picture?: () => Drawing | null) => (
    <Tools
      about={about}
      question={Neighbourhood}
      variables={variables}
      name={name}
      rows={rows}
      drawing={picture}
      files={picture ? graphFiles(variables, place.time) : []}
    />
  );
  const larger = LIMITS.find((one) => one > variables.limit);
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
        {hiddenNodes > 0
          ? t.around.hidden(nodes.length, nodes.length + hiddenNodes)
          : hidden.byHubs === 0 && !hidden.atLeast && caveats.length === 0 && t.around.nothingHidden}{" "}
        {hiddenNodes > 0 && larger && <a href={place.here({ limit: String(larger) })}>{t.around.limit(larger)}</a>}
      </p>
      <Hidden hidden={hidden} hubs={avoidedHubs} sentence={t.hidden.nodes(hidden.byHubs, hidden.atLeast)} />
      <Caveats caveats={caveats} />
      {nodes.length < 2 ? (
        <Empty>
          <p>{when === null ? t.around.empty : t.around.emptyAsOf(when)}</p>
          <p class="actions">
            <OtherDates />
            {place.get("kinds") && (
              <a class="button" href={place.here({ kinds: null })}>
                {t.around.allKinds}
              </a>
            )}
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
                  <Kind node={selected} /> <strong>{selected.name}</strong>{" "}
                  <a class="button" href={place.to("node", { id: selected.id })}>
                    {t.around.open}
                  </a>{" "}
                  {expand(selected.id)}
                </p>
              )}
            </div>
            {tools(t.around.picture, `${id}-neighbourhood`, undefined, () => drawing.current)}
          </Section>
          <Section id="things" title={t.around.things(nodes.length)}>
            <Table label={t.around.things(nodes.length)} tall>
              <thead>
                <tr>
                  <th scope="col">{t.around.entry}</th>
                  <th scope="col">{t.around.kind}</th>
                  <th scope="col">{t.around.degree}</th>
                  <th scope="col" class="no-print">{t.around.actions}</th>
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
                      <Kind node={node} />
                    </td>
                    <td class="figure">{node.degree}</td>
                    <td class="no-print">
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
            {tools(t.around.things(nodes.length), `${id}-entries`, () => [
              [t.node.id, t.around.entry, t.around.kind, t.around.degree],
              ...nodes.map((node) => [node.id, node.name, kindLabel(t, node), node.degree]),
            ])}
          </Section>
          <Section id="statements" title={t.around.statements(relationships.length)}>
            <ol class="plain-list scroll-list" tabIndex={0} aria-label={t.around.statements(relationships.length)}>
              {relationships.map((statement) => (
                <li key={statement.id} class={[
                    selected && [statement.from.id, statement.to.id].includes(selected.id) ? "is-selected" : "",
                    statement.isCurrent ? "" : "former",
                  ].join(" ")}>
                  <Statement statement={statement} />
                </li>
              ))}
            </ol>
            {tools(t.around.statements(relationships.length), `${id}-relationships`, () => statementRows(t, relationships))}
          </Section>
        </>
      )}
    </>
  );
}
