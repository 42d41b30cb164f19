import { useEffect } from "preact/hooks";

import { Entry as EntryQuestion, type EntryQuery } from "../generated";
import { Kind, Waiting, When } from "../parts/basics";
import { Picker } from "../parts/picker";
import { Title } from "../parts/title";
import { useAnswer, usePage } from "../page";
import { go } from "../place";
import { Chains } from "./entry/chains";
import { Cite } from "./entry/cite";
import { EntrySources, Facts, Names } from "./entry/facts";
import { Life, PlaceInTime } from "./entry/life";
import { Relationships } from "./entry/relationships";
import { Missing } from "./missing";

export function Entry() {
  const { place, t, language } = usePage();
  const id = place.get("id");
  const answer = useAnswer(EntryQuestion, id === null ? null : { id, language });
  const isThere = Boolean(answer.data?.node);
  useEffect(() => {
    // The part that a link points at was not there when the browser looked for it.
    if (isThere && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isThere]);
  if (id === null) {
    return (
      <>
        <Title>{t.views.node}</Title>
        <Picker label={t.search.which} chosen="" choose={(chosen) => go(place.here({ id: chosen }))} />
      </>
    );
  }
  if (answer.data === null) {
    return (
      <>
        <Title hidden>{t.views.node}</Title>
        <Waiting answer={answer} lines={10} />
      </>
    );
  }
  return answer.data.node === null ? <Missing id={id} /> : <Card node={answer.data.node} busy={answer.waiting} />;
}

function Card({ node, busy }: { node: NonNullable<EntryQuery["node"]>; busy: boolean }) {
  const { place, t } = usePage();
  return (
    <article aria-busy={busy}>
      <p class="meta">
        <Kind node={node} />
        {"instrument" in node && node.instrument && <span class="tag">{t.instruments[node.instrument]}</span>}
        {"status" in node && <span class="tag strong">{t.statuses[node.status]}</span>}
      </p>
      <Title>{node.name}</Title>
      <p class="lead">{node.summary}</p>
      <dl class="facts-line">
        {node.start && (
          <div>
            <dt>{t.node.from}</dt>
            <dd>
              <When date={node.start} />
            </dd>
          </div>
        )}
        {node.knownFrom && (
          <div>
            <dt>{t.node.knownFrom}</dt>
            <dd>
              <When date={node.knownFrom} />
            </dd>
          </div>
        )}
        {node.end && (
          <div>
            <dt>{t.node.until}</dt>
            <dd>
              <When date={node.end} />
            </dd>
          </div>
        )}
        {node.code && (
          <div>
            <dt>{t.node.code}</dt>
            <dd>{node.code}</dd>
          </div>
        )}
        <div>
          <dt>{t.node.id}</dt>
          <dd>
            <code>{node.id}</code>
          </dd>
        </div>
      </dl>
      {node.listedByCanada && <p class="quiet">✓ {t.node.listed}</p>}
      <p class="actions">
        <a class="button main-action" href={place.to("around", { id: node.id })}>
          {t.node.around}
        </a>
        <a class="button" href={place.to("trace", { from: node.id })}>
          {t.node.traceFrom}
        </a>
        {node.url && (
          <a class="button" href={node.url} rel="noreferrer external">
            {t.node.official}
          </a>
        )}
      </p>

      {(node.kind === "AGREEMENT" || node.kind === "INITIATIVE") && <Chains id={node.id} />}
      <div class="columns">
        {"events" in node && <Life node={node} events={node.events} />}
        <PlaceInTime node={node} />
      </div>
      <Relationships id={node.id} />
      <Facts node={node} />
      <div class="columns">
        <Names node={node} />
        <EntrySources node={node} />
      </div>
      <Cite node={node} />
    </article>
  );
}
