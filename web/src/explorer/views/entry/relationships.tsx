import { Relationships as RelationshipsQuestion, type StatementFragment } from "../../generated";
import { Section, Waiting } from "../../parts/basics";
import { Caveats } from "../../parts/left-out";
import { Statement, statementRows } from "../../parts/statement";
import { Tools } from "../../parts/tools";
import { useAnswer, usePage } from "../../page";

const STEP = 50;
/** The most that the API puts on a page. */
const MOST = 500;

interface Group {
  title: string;
  statements: StatementFragment[];
}

/** All relationships of an entry, by kind, as many at a time as the address says. */
export function Relationships({ id }: { id: string }) {
  const { place, t, language } = usePage();
  const first = Math.min(Math.max(Math.trunc(Number(place.get("first"))) || STEP, STEP), MOST);
  const variables = { id, first, language };
  const answer = useAnswer(RelationshipsQuestion, variables);
  const list = answer.data?.node?.relationships;
  const shown = list?.nodes.length ?? 0;
  const total = list?.totalCount ?? 0;
  return (
    <Section id="relationships" title={list ? t.node.relationships(total) : t.around.kinds}>
      <Waiting answer={answer} lines={6} />
      {list && (
        <div aria-busy={answer.waiting}>
          {total === 0 && <p class="quiet">{t.node.noRelationships}</p>}
          <Caveats caveats={list.caveats} />
          <div class="groups">
            {groups(list.nodes, (statement) => (statement.from.id === id ? t.relationshipKinds : t.relationshipKindsBack)[statement.kind]).map(
              ({ title, statements }) => (
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
              ),
            )}
          </div>
          {shown < total && (
            <div class="more">
              <p role="status">{t.node.relationshipsShown(shown, total)}</p>
              {first < MOST && (
                <p class="actions">
                  <a class="button" href={place.here({ first: String(Math.min(first + STEP, MOST)) })}>
                    {t.node.moreRelationships(Math.min(STEP, total - shown))}
                  </a>
                  {total - shown > STEP && (
                    <a class="button" href={place.here({ first: String(Math.min(total, MOST)) })}>
                      {t.node.allRelationships(Math.min(total, MOST))}
                    </a>
                  )}
                </p>
              )}
              {first >= MOST && <a href={place.to("around", { id })}>{t.node.around}</a>}
            </div>
          )}
          <Tools
            about={t.node.relationships(total)}
            question={RelationshipsQuestion}
            variables={variables}
            name={`${id}-relationships`}
            rows={() => statementRows(t, list.nodes)}
          />
        </div>
      )}
    </Section>
  );
}

function groups(statements: readonly StatementFragment[], titled: (statement: StatementFragment) => string): Group[] {
  const found = new Map<string, StatementFragment[]>();
  for (const statement of statements) {
    const title = titled(statement);
    found.set(title, [...(found.get(title) ?? []), statement]);
  }
  return [...found].map(([title, statements]) => ({ title, statements }));
}
