import { useEffect, useRef } from "preact/hooks";

import { Matrix as MatrixQuestion } from "../generated";
import { dateText } from "../i18n/dates";
import { Empty, NodeLink, Waiting, When } from "../parts/basics";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { useAnswer, usePage } from "../page";
import { Table } from "./node";

/** Party to nearly everything: the table is about the others. */
const CANADA = "canada";

export function Matrix() {
  const { place, t, language } = usePage();
  const variables = { kinds: ["AGREEMENT" as const], language };
  const answer = useAnswer(MatrixQuestion, variables);
  const groups = (answer.data?.groupBy ?? []).flatMap(({ count, keys, nodes }) => {
    const [party, theme] = [keys.find(({ key }) => key === "PARTY"), keys.find(({ key }) => key === "THEME")];
    return party && theme && party.value !== CANADA ? [{ party, theme, count, nodes: nodes.nodes }] : [];
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
      <Waiting answer={answer} lines={12} />
      {answer.data && groups.length === 0 && (
        <Empty>
          <p>{place.asOf ? t.matrix.emptyAsOf(dateText(place.asOf, place.lang)) : t.matrix.empty}</p>
          {place.asOf && <a href={place.here({ asof: null })}>{t.asOf.clear}</a>}
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
                    {<a href={place.to("node", { id: party.value })}>{party.label}</a>}
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
