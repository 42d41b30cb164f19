import { Relationships as RelationshipsQuestion, type StatementFragment } from "../../generated";
import type { Dictionary } from "../../i18n/en";
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
  // What has ended and what is planned stands apart from what holds today, and is not left out.
  const time = place.time ?? "ANY";
  const answer = useAnswer(RelationshipsQuestion, variables, time);
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
            {groups(list.nodes, (statement) => titled(t, statement, id)).map(
              ({ title, statements }) => (
                <div key={title} class={statements.every(({ isCurrent }) => isCurrent) ? "statements" : "statements former"}>
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
            time={time}
            name={`${id}-relationships`}
            rows={() => statementRows(t, list.nodes)}
          />
        </div>
      )}
    </Section>
  );
}

/** The title of the group that a relationship is listed under, seen from one of its ends. */
function titled(t: Dictionary, { kind, from, isCurrent, end }: StatementFragment, id: string): string {
  const title = (from.id === id ? t.relationshipKinds : t.relationshipKindsBack)[kind];
  if (isCurrent) return title;
  if (end === null) return t.node.planned(title);
  return kind === "MEMBER_OF" && from.id !== id ? t.node.formerMembers : t.node.former(title);
}

function groups(statements: readonly StatementFragment[], titled: (statement: StatementFragment) => string): Group[] {
  const found = new Map<string, StatementFragment[]>();
  for (const statement of statements) {
    const title = titled(statement);
    found.set(title, [...(found.get(title) ?? []), statement]);
  }
  return [...found].map(([title, statements]) => ({ title, statements }));
}
