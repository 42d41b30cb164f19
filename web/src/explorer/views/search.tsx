import { useEffect, useRef, useState } from "preact/hooks";

import { Listing, type NodeKind, type QuestionTopic, Search as SearchQuestion, type SearchQuery, Start } from "../generated";
import { Empty, Kind, kindLabel, KindMark, NodeLink, OtherDates, Section, Waiting, When } from "../parts/basics";
import { Title } from "../parts/title";
import { Tools } from "../parts/tools";
import { type Page, useAnswer, usePage, useRested } from "../page";
import { go, type Place } from "../place";

const PAGE = 20;
const EU_PARTNERSHIP = "canada-eu-raw-materials-partnership";

/** The view that answers a question typed in words; null where only a named query does. */
const ANSWERS: Record<QuestionTopic, (place: Place) => string | null> = {
  PARTNERS: (place) => place.to("matrix"),
  THEMES: (place) => place.to("matrix"),
  NEWEST: (place) => place.to("timeline", { kinds: "AGREEMENT" }),
  HISTORY: (place) => place.to("timeline"),
  FOUNDATIONS: (place) => `${place.to("node", { id: EU_PARTNERSHIP })}#built-on`,
  PATHS: (place) => place.to("trace", { from: EU_PARTNERSHIP, to: "japan", avoid: "canada" }),
  WITHOUT_AGREEMENT: () => null,
  DISPUTES: () => null,
};

export function Search() {
  const { place, t, language } = usePage();
  const text = place.get("q") ?? "";
  const [typed, setTyped] = useState(text);
  const box = useRef<HTMLInputElement>(null);
  const ours = useRef(text);
  const rested = useRested(typed, 150);
  /** Whether the search in the address is one that is being typed: its next letter makes no new step of the history. */
  const isBegun = useRef(false);
  // The address follows what is typed; what is typed follows the address when someone else changes it.
  const search = (wanted: string) => {
    if (wanted === ours.current) return;
    ours.current = wanted;
    go(place.here({ q: wanted, first: null }), { replace: isBegun.current });
    isBegun.current = true;
  };
  useEffect(() => search(rested.trim()), [rested]);
  useEffect(() => {
    if (text === ours.current) return;
    ours.current = text;
    isBegun.current = false;
    setTyped(text);
  }, [text]);

  const kinds = kindsOf(place.list("kinds"), t);
  const listed = kinds.length === 0 ? t.tagline : kinds.map((kind) => t.nodeKindsMany[kind]).join(", ");
  const title = text === "" ? listed : `${t.views.search}${t.colon}${text}`;

  return (
    <>
      <Title hidden={text !== ""} ofWindow={title}>
        {text === "" ? t.tagline : t.search.label}
      </Title>
      <form
        role="search"
        class="search-box"
        onSubmit={(event) => {
          event.preventDefault();
          search(typed.trim());
          box.current?.blur();
        }}
      >
        <label for="q">{t.search.label}</label>
        <div class="row">
          <input
            ref={box}
            id="q"
            type="search"
            autocomplete="off"
            placeholder={t.search.placeholder}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => (isBegun.current = false)}
          />
          <button type="submit" class="main-action">
            {t.search.button}
          </button>
        </div>
      </form>
      {text !== "" ? <Results text={text} language={language} /> : place.get("kinds") ? <Listed /> : <Beginning />}
    </>
  );
}

function kindsOf(names: string[], t: Page["t"]): NodeKind[] {
  return names.filter((kind): kind is NodeKind => kind in t.nodeKinds);
}

function Results({ text, language }: { text: string; language: "EN" | "FR" }) {
  const { place, t, when } = usePage();
  const kinds = kindsOf(place.list("kinds"), t);
  const first = Math.min(Math.max(Number(place.get("first")) || PAGE, 1), 100);
  const variables = { text, kinds: kinds.length > 0 ? kinds : null, first, language };
  const answer = useAnswer(SearchQuestion, variables);
  const search = answer.data?.search;
  const toggled = (kind: NodeKind) => (kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
  return (
    <div class="beside" aria-busy={answer.waiting}>
      <div>
        <div role="status">
          {search && (
            <h2 class="count">
              {search.totalCount === 0 ? t.search.none(text) : t.search.results(search.edges.length, search.totalCount, text)}
            </h2>
          )}
        </div>
        <Waiting answer={answer} lines={8} />
        {search?.answeredBy && <Answers {...search.answeredBy} />}
        {search?.edges[0]?.isGuess && <p class="quiet">{t.search.guesses(text)}</p>}
        {search?.suggestion && (
          <p>
            {t.search.didYouMean} <a href={place.here({ q: search.suggestion })}>{search.suggestion}</a>
            {place.lang === "fr" ? " ?" : "?"}
          </p>
        )}
        {search?.totalCount === 0 && (
          <Empty>
            <p>{t.search.noneHelp}</p>
            {when !== null && <p>{t.search.noneAsOf(when)}</p>}
            <p class="actions">
              <OtherDates />
              {kinds.length > 0 && (
                <a class="button" href={place.here({ kinds: null })}>
                  {t.search.anyKind}
                </a>
              )}
            </p>
          </Empty>
        )}
        {search && search.edges.length > 0 && (
          <ol class="results">
            {search.edges.map((edge) => (
              <Result key={edge.node.id} edge={edge} />
            ))}
          </ol>
        )}
        {search && search.edges.length < search.totalCount && first < 100 && (
          <p>
            <a class="button" href={place.here({ first: String(first + PAGE) })}>
              {t.search.more}
            </a>
          </p>
        )}
        {search && (
          <Tools
            about={t.views.search}
            question={SearchQuestion}
            variables={variables}
            name={`search-${text.replace(/[^\p{L}\p{N}]+/gu, "-")}`}
            rows={() => [
              [t.node.id, t.around.kind, t.node.name, t.node.from, t.node.summary],
              ...search.edges.map(({ node }) => [node.id, kindLabel(t, node), node.name, node.start, node.summary]),
            ]}
          />
        )}
      </div>
      {search && search.facets.length > 0 && (
        <aside aria-labelledby="facets">
          <h2 id="facets">{t.search.kinds}</h2>
          <ul class="facets">
            <li>
              <a href={place.here({ kinds: null, first: null })} aria-current={kinds.length === 0 ? "true" : undefined}>
                {t.search.anyKind}
              </a>
            </li>
            {search.facets.map(({ kind, count }) => (
              <li key={kind} data-kind={kind}>
                <a href={place.here({ kinds: toggled(kind), first: null })} aria-current={kinds.includes(kind) ? "true" : undefined}>
                  <KindMark kind={kind} /> {t.nodeKindsMany[kind]} <span class="number">{count}</span>
                </a>
              </li>
            ))}
          </ul>
        </aside>
      )}
    </div>
  );
}

/** Leads a question typed in words to what answers it. */
function Answers({ topic, namedQuery }: NonNullable<SearchQuery["search"]["answeredBy"]>) {
  const { place, t } = usePage();
  const view = ANSWERS[topic](place);
  const data = namedQuery && `/q/${namedQuery}`;
  return (
    <div class="answers">
      <p>{t.search.question}</p>
      <p class="actions">
        {view && (
          <a class="button" href={view}>
            {t.topics[topic]}
          </a>
        )}
        {data && <a href={data}>{view ? t.search.asData : t.topics[topic]}</a>}
      </p>
    </div>
  );
}

/** A hit: its name, what it is, and where the words stand in it, unless its name or summary shows that. */
function Result({ edge: { node, matched } }: { edge: SearchQuery["search"]["edges"][number] }) {
  const { place, t } = usePage();
  const [match] = matched;
  const isName = match !== undefined && !match.cutBefore && !match.cutAfter && match.parts.map(({ text }) => text).join("") === node.name;
  const isSummary = match?.textKind === "SUMMARY" && match.language === place.lang;
  const isGuess = match?.reason === "TYPO";
  const parts = match?.parts.map((part, index) => (part.matched ? <mark key={index}>{part.text}</mark> : part.text));
  const marked = match && (
    <span lang={match.language ?? undefined}>
      {match.cutBefore && "… "}
      {parts}
      {match.cutAfter && " …"}
    </span>
  );
  return (
    <li>
      <p class="result-name">{isName ? <a href={place.to("node", { id: node.id })}>{parts}</a> : <NodeLink node={node} />}</p>
      <p class="meta">
        <Kind node={node} />
        {node.start && (
          <>
            {" · "}
            <When date={node.start} />
          </>
        )}
      </p>
      {match && (isGuess || !(isName || isSummary)) && (
        <p class="match">
          <span class="quiet">
            {isGuess ? t.search.found(t.textKinds[match.textKind], t.matchReasons[match.reason]) : t.textKinds[match.textKind]}
            {!(isName || isSummary) && t.colon}
          </span>
          {!(isName || isSummary) && marked}
        </p>
      )}
      <p class="match">{isSummary ? marked : node.summary}</p>
    </li>
  );
}

/** All entries of some kinds, by name. */
function Listed() {
  const { place, t, language, when } = usePage();
  const kinds = kindsOf(place.list("kinds"), t);
  const variables = { kinds, language };
  const answer = useAnswer(Listing, variables);
  const groups = (answer.data?.groupBy ?? []).flatMap(({ count, keys: [key], nodes: { nodes } }) => {
    const kind = key?.value as NodeKind;
    const sorted = [...nodes].sort((a, b) => a.name.localeCompare(b.name, place.lang));
    if (kind !== "JURISDICTION" || nodes.length < count) return [{ id: `all-${kind}`, kind, title: t.nodeKindsMany[kind], count, nodes: sorted }];
    // Parts of other states are no provinces of Canada.
    const isOfCanada = (node: (typeof nodes)[number]) => "country" in node && node.country?.id === "canada";
    const [ofCanada, ofOthers] = [sorted.filter(isOfCanada), sorted.filter((node) => !isOfCanada(node))];
    return [
      { id: "all-provinces", kind, title: t.jurisdictionsMany.ofCanada, count: ofCanada.length, nodes: ofCanada },
      { id: "all-other-territories", kind, title: t.jurisdictionsMany.ofOthers, count: ofOthers.length, nodes: ofOthers },
    ].filter((group) => group.count > 0);
  });
  return (
    <>
      <p>
        <a class="button" href={place.here({ kinds: null })}>
          {t.search.whatIsHere}
        </a>
      </p>
      <Waiting answer={answer} lines={10} />
      {answer.data && groups.length === 0 && (
        <Empty>
          <p>{when === null ? t.search.noneOfKind : t.search.noneAsOf(when)}</p>
          <p class="actions">
            <OtherDates />
          </p>
        </Empty>
      )}
      {groups.map(({ id, kind, title, count, nodes }) => (
        <Section key={id} id={id} title={`${title} (${count.toLocaleString(`${place.lang}-CA`)})`}>
          {nodes.length < count && <p>{t.search.listed(nodes.length, count)}</p>}
          <ul class="plain-list listing">
            {nodes.map((node) => (
              <li key={node.id} data-kind={kind}>
                <KindMark kind={kind} /> <NodeLink node={node} />{" "}
                {node.start && (
                  <span class="quiet">
                    <When date={node.start} />
                  </span>
                )}
                {id === "all-other-territories" && <span class="quiet">{kindLabel(t, node)}</span>}
              </li>
            ))}
          </ul>
          <Tools
            about={title}
            question={Listing}
            variables={variables}
            name={id}
            rows={() => [[t.node.id, t.node.name, t.node.from], ...nodes.map(({ id, name, start }) => [id, name, start])]}
          />
        </Section>
      ))}
    </>
  );
}

interface Count {
  kind: NodeKind;
  title: string;
  count: number;
}

/** What stands here before anything is looked for. */
function Beginning() {
  const { place, t, language, when } = usePage();
  const answer = useAnswer(Start, { language });
  const counts = (answer.data?.groupBy ?? []).flatMap(({ count, keys: [key] }): Count[] => {
    const kind = key?.value as NodeKind;
    if (kind !== "JURISDICTION") return [{ kind, title: t.nodeKindsMany[kind], count }];
    const provinces = answer.data?.provinces.totalCount ?? 0;
    return [
      { kind, title: t.jurisdictionsMany.ofCanada, count: provinces },
      { kind, title: t.jurisdictionsMany.ofOthers, count: count - provinces },
    ].filter((row) => row.count > 0);
  });
  return (
    <div class="columns beginning">
      <div>
        <Section id="questions" title={t.search.questions}>
          <ul class="cards">
            <li>
              <a href={`${place.to("node", { id: EU_PARTNERSHIP })}#built-on`}>{t.search.questionBuilds}</a>
            </li>
            <li>
              <a href={place.to("trace", { from: EU_PARTNERSHIP, to: "japan", avoid: "canada" })}>{t.search.questionTrace}</a>
            </li>
            <li>
              <a href={place.to("matrix")}>{t.search.questionMatrix}</a>
            </li>
            <li>
              <a href={place.to("timeline")}>{t.search.questionTimeline}</a>
            </li>
          </ul>
        </Section>
        <Section id="what-is-here" title={t.search.whatIsHere}>
          <Waiting answer={answer} lines={8} />
          {answer.data && (
            <ul class="plain-list counts">
              {counts.map(({ kind, title, count }) => (
                <li key={title} data-kind={kind}>
                  <KindMark kind={kind} /> <a href={place.to("search", { kinds: kind })}>{title}</a> <span class="number">{count}</span>
                </li>
              ))}
            </ul>
          )}
          {answer.data && (
            <Tools
              about={t.search.whatIsHere}
              question={Start}
              variables={{ language }}
              name="what-is-here"
              rows={() => [[t.around.kind, t.search.count], ...counts.map(({ title, count }) => [title, count])]}
            />
          )}
        </Section>
      </div>
      <Section id="newest" title={when === null ? t.search.newest : t.search.newestAsOf(when)}>
        <Waiting answer={answer} lines={8} />
        {answer.data && (
          <ul class="plain-list">
            {answer.data.agreements.nodes.map((node) => (
              <li key={node.id}>
                <NodeLink node={node} />
                <p class="meta">
                  {node.start && <When date={node.start} />} <span>{t.statuses[node.status]}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
        <p>
          <a href={place.to("timeline", { kinds: "AGREEMENT" })}>{t.search.allAgreements}</a>
        </p>
        {answer.data && (
          <Tools
            about={t.search.newest}
            question={Start}
            variables={{ language }}
            name="newest-agreements"
            rows={() => [
              [t.node.id, t.node.name, t.node.from, t.node.status],
              ...answer.data!.agreements.nodes.map(({ id, name, start, status }) => [id, name, start, t.statuses[status]]),
            ]}
          />
        )}
      </Section>
    </div>
  );
}
