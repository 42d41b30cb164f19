import { BuiltOnBy, type ChainFragment, Chains as ChainsQuestion } from "../../generated";
import { NodeLink, OtherDates, Section, Waiting, When } from "../../parts/basics";
import { Tools } from "../../parts/tools";
import { useAnswer, usePage } from "../../page";
import { ANY_TIME } from "../../place";

/** What builds on an agreement or initiative, and what it builds on itself. */
export function Chains({ id }: { id: string }) {
  const { t, language } = usePage();
  const variables = { id, language };
  const answer = useAnswer(ChainsQuestion, variables);
  const node = answer.data?.node;
  const chains = node && "builtOnBy" in node ? node : null;
  const tools = (about: string, name: string, chain: ChainFragment) => (
    <Tools
      about={about}
      question={ChainsQuestion}
      variables={variables}
      name={`${id}-${name}`}
      rows={() => [
        [t.node.id, t.node.name, t.node.from, t.node.distance, t.node.path],
        ...chain.edges.map(({ node, depth, via }) => [node.id, node.name, node.start, depth, via.sentence]),
      ]}
    />
  );
  return (
    <div class="columns">
      <Section id="built-on" title={t.node.builtOn}>
        <Waiting answer={answer} lines={3} />
        {chains && (
          <>
            {chains.builtOnBy.totalCount > 0 ? <Chain chain={chains.builtOnBy} /> : <NothingYet id={id} />}
            {tools(t.node.builtOn, "built-on-by", chains.builtOnBy)}
          </>
        )}
      </Section>
      <Section id="builds-on" title={t.node.buildsOn}>
        <Waiting answer={answer} lines={3} />
        {chains && (
          <>
            {chains.buildsOn.totalCount > 0 ? <Chain chain={chains.buildsOn} /> : <p class="quiet">{t.node.buildsOnNothing}</p>}
            {tools(t.node.buildsOn, "builds-on", chains.buildsOn)}
          </>
        )}
      </Section>
    </div>
  );
}

function NothingYet({ id }: { id: string }) {
  const { place, t, when } = usePage();
  const whole = useAnswer(BuiltOnBy, when === null ? null : { id }, "ANY");
  const node = whole.data?.node;
  const others = node && "builtOnBy" in node ? node.builtOnBy.totalCount : 0;
  return (
    <>
      <p class="quiet">{when === null ? t.node.nothingBuilds : t.node.nothingBuildsAsOf(when)}</p>
      {others > 0 && (
        <p class="actions">
          {place.moment?.certainty === "CERTAIN" ? (
            <OtherDates />
          ) : (
            <a class="button" href={place.here(ANY_TIME)}>
              {t.node.showOthers(others)}
            </a>
          )}
        </p>
      )}
    </>
  );
}

function Chain({ chain }: { chain: ChainFragment }) {
  const { t } = usePage();
  return (
    <>
      <ul class="plain-list">
        {chain.edges.map(({ node, depth, via }) => (
          <li key={node.id}>
            <NodeLink node={node} />
            <span class="quiet">
              {" "}
              {node.start && <When date={node.start} />}
              {node.start && depth > 1 && ", "}
              {depth > 1 && (
                <details class="inline">
                  <summary>{t.node.steps(depth)}</summary> {via.sentence}
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
      {chain.edges.length < chain.totalCount && <p>{t.search.listed(chain.edges.length, chain.totalCount)}</p>}
      {!chain.complete && <p class="quiet">{t.trace.incomplete}</p>}
    </>
  );
}
