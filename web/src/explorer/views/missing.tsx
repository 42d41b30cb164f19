import { Named, Nearest } from "../generated";
import { Refusal } from "../client";
import { NodeLink, OtherDates, Skeleton } from "../parts/basics";
import { Title } from "../parts/title";
import { useAnswer, usePage } from "../page";

/** A kind word about an id that there is not, or not as of the date. */
export function Missing({ id }: { id: string }) {
  const { place, t, language, when } = usePage();
  const whole = useAnswer(Named, { ids: [id], language }, "ANY");
  const nearest = useAnswer(Nearest, { id }, "ANY");
  const ids = nearest.error instanceof Refusal ? nearest.error.nearest : [];
  const named = useAnswer(Named, ids.length > 0 ? { ids, language } : null, "ANY");
  const there = whole.data?.nodes[0];

  if (whole.data === null) return <Skeleton />;
  if (there && when !== null) {
    return (
      <>
        <Title>{t.missing.notYet(when)}</Title>
        <p>{t.missing.notYetHelp(there.name, when)}</p>
        <p class="actions">
          <OtherDates />
        </p>
      </>
    );
  }
  return (
    <>
      <Title>{t.missing.title(id)}</Title>
      <p>{t.missing.help}</p>
      {named.data && (
        <>
          <h2>{t.missing.nearest}</h2>
          <ul class="plain-list">
            {named.data.nodes.map(
              (node) =>
                node && (
                  <li key={node.id}>
                    <NodeLink node={node} /> <code>{node.id}</code>
                  </li>
                ),
            )}
          </ul>
        </>
      )}
      <p>
        <a class="button" href={place.to("search", { q: id.replaceAll("-", " ") })}>
          {t.missing.search}
        </a>
      </p>
    </>
  );
}
