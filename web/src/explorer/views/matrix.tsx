import { useEffect, useRef } from "preact/hooks";

import { Matrix as MatrixQuestion } from "../generated";
import { Empty, NodeLink, OtherDates, Waiting, When } from "../parts/basics";
import { heatmap } from "../parts/heatmap";
import { Table } from "../parts/table";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { go } from "../place";

/** Party to nearly everything: the table is about the others. */
const CANADA = "canada";

export function Matrix() {
  const { place, t, language, when } = usePage();
  const variables = { kinds: ["AGREEMENT" as const], language };
  const answer = useAnswer(MatrixQuestion, variables);
  // Ministries sign for their countries: as partners they would count twice.
  const isWithBodies = place.get("bodies") === "all";
  const bodies = new Set(isWithBodies ? [] : answer.data?.bodies.nodes.map(({ id }) => id));
  const groups = (answer.data?.groupBy ?? []).flatMap(({ count, keys, nodes }) => {
    const [party, theme] = [keys.find(({ key }) => key === "PARTY"), keys.find(({ key }) => key === "THEME")];
    return party && theme && party.value !== CANADA && !bodies.has(party.value) ? [{ party, theme, count, nodes: nodes.nodes }] : [];
  });
  const parties = totals(groups.map(({ party, count }) => ({ ...party, count })));
  const themes = totals(groups.map(({ theme, count }) => ({ ...theme, count })));
  const most = Math.max(1, ...groups.map(({ count }) => count));
  const cells = new Map(groups.map((group) => [`${group.party.value} ${group.theme.value}`, group]));
  const shown = cells.get(`${place.get("party")} ${place.get("theme")}`);
  const behind = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown) behind.current?.focus();
  }, [shown?.party.value, shown?.theme.value]);

  return (
    <>
      <Title>{t.matrix.caption}</Title>
      <p class="quiet measure">{t.matrix.help}</p>
      <p class="controls">
        <label class="check">
          <input
            type="checkbox"
            checked={isWithBodies}
            onChange={(event) => go(place.here({ bodies: event.currentTarget.checked ? "all" : null, party: null, theme: null }))}
          />
          {t.matrix.bodies}
        </label>
      </p>
      <Waiting answer={answer} lines={12} />
      {answer.data && groups.length === 0 && (
        <Empty>
          <p>{when === null ? t.matrix.empty : t.matrix.emptyAsOf(when)}</p>
          <p class="actions">
            <OtherDates />
          </p>
        </Empty>
      )}
      {answer.data && !answer.waiting && !shown && place.get("party") && place.get("theme") && (
        <Empty>
          <p>{when === null ? t.matrix.nothingBehind : t.matrix.nothingBehindAsOf(when)}</p>
          <p class="actions">
            <OtherDates />
            <a class="button" href={place.here({ party: null, theme: null })}>
              {t.matrix.close}
            </a>
          </p>
        </Empty>
      )}
      {groups.length > 0 && (
        <div class="matrix-frame">
          {shown && (
            <section ref={behind} class="panel behind" aria-labelledby="behind" tabIndex={-1}>
              <h2 id="behind">{t.matrix.behind(shown.party.label, shown.theme.label)}</h2>
              <ul class="plain-list">
                {shown.nodes.map((node) => (
                  <li key={node.id}>
                    <NodeLink node={node} /> {node.start && <span class="quiet"><When date={node.start} /></span>}
                  </li>
                ))}
              </ul>
              <p>
                <a class="button" href={place.here({ party: null, theme: null })}>
                  {t.matrix.close}
                </a>
              </p>
            </section>
          )}
          <Table label={t.matrix.caption} tall>
            <caption class="visually-hidden">{t.matrix.caption}</caption>
            <thead>
              <tr class="themes">
                <th scope="col">{t.matrix.partner}</th>
                {themes.map(({ value, label }) => (
                  <th key={value} scope="col">
                    <span class="upright"><a href={place.to("node", { id: value })}>{label}</a></span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {parties.map((party) => (
                <tr key={party.value}>
                  <th scope="row">
                    <a href={place.to("node", { id: party.value })}>{party.label}</a>
                  </th>
                  {themes.map((theme) => {
                    const cell = cells.get(`${party.value} ${theme.value}`);
                    if (cell === undefined) return <td key={theme.value} />;
                    return (
                      <td key={theme.value} class={`cell heat-${Math.ceil((cell.count / most) * 5)}`}>
                        <a
                          href={place.here({ party: party.value, theme: theme.value })}
                          aria-label={t.matrix.cell(party.label, theme.label, cell.count)}
                          aria-current={cell === shown ? "true" : undefined}
                        >
                          {cell.count}
                        </a>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {answer.data && (
        <Tools
          about={t.matrix.caption}
          question={MatrixQuestion}
          variables={variables}
          name="matrix"
          rows={() => [
            [t.matrix.partner, ...themes.map(({ label }) => label)],
            ...parties.map((party) => [
              party.label,
              ...themes.map((theme) => cells.get(`${party.value} ${theme.value}`)?.count ?? 0),
            ]),
          ]}
          drawing={
            groups.length > 0 ? () => heatmap(parties, themes, (party, theme) => cells.get(`${party} ${theme}`)?.count ?? 0) : undefined
          }
        />
      )}
    </>
  );
}

/** Each key once, those with most first. */
function totals<K extends { value: string; label: string; count: number }>(keys: K[]): K[] {
  const sums = new Map<string, K>();
  for (const key of keys) {
    sums.set(key.value, { ...key, count: key.count + (sums.get(key.value)?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
}
