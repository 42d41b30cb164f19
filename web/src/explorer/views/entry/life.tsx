import { useRef } from "preact/hooks";

import { type EntryQuery, Entry as EntryQuestion, type EventFragment, Timeline } from "../../generated";
import { Section, Sources, Waiting, When } from "../../parts/basics";
import { figureDrawing } from "../../parts/exports";
import { addresses } from "../../parts/statement";
import { Strip } from "../../parts/strip";
import { Tools } from "../../parts/tools";
import { useAnswer, usePage } from "../../page";
import { around } from "../timeline";

type Node = NonNullable<EntryQuery["node"]>;

export function Life({ node, events }: { node: Node; events: readonly EventFragment[] }) {
  const { t, language } = usePage();
  return (
    <Section id="life" title={t.node.life}>
      {events.length === 0 && <p class="quiet">{t.node.noEvents}</p>}
      <ol class="life">
        {events.map((event, index) => (
          <li key={index}>
            <span class="when">{event.date ? <When date={event.date} /> : <span class="quiet">{t.node.undated}</span>}</span>
            <div>
              <strong>{t.eventKinds[event.kind]}</strong>
              {[event.occasion, event.place].filter((one) => one !== null).map((one) => ` · ${one}`)}
              {event.note && <p class="quiet">{event.note}</p>}
              <Sources citations={event.citations} />
            </div>
          </li>
        ))}
      </ol>
      <Tools
        about={t.node.life}
        question={EntryQuestion}
        variables={{ id: node.id, language }}
        name={`${node.id}-events`}
        rows={() => [
          [t.timeline.date, t.timeline.event, t.timeline.where, t.timeline.sources],
          ...events.map(({ date, kind, place, occasion, citations }) => [
            date,
            t.eventKinds[kind],
            [place, occasion].filter(Boolean).join("; "),
            addresses(citations),
          ]),
        ]}
      />
    </Section>
  );
}

/** Where an entry lies in time, among the events of what it is directly related to. */
export function PlaceInTime({ node }: { node: Node }) {
  const { place, t, language } = usePage();
  const figure = useRef<SVGSVGElement>(null);
  const variables = { about: around(node.id, t), first: 500, language };
  const answer = useAnswer(Timeline, variables);
  const entries = answer.data?.timeline.nodes ?? [];
  const dates = (isOwn: boolean) => entries.filter((entry) => (entry.node.id === node.id) === isOwn).map(({ date }) => date);
  const [own, others] = [dates(true), dates(false)];
  return (
    <Section id="in-time" title={t.node.inTime}>
      <Waiting answer={answer} lines={3} />
      {answer.data && entries.length === 0 && <p class="quiet">{t.node.notInTime}</p>}
      {entries.length > 0 && (
        <>
          <Strip dates={own} others={others} label={t.node.strip(node.name)} figure={figure} />
          <p>
            {t.node.inTimeCounts(own.length, others.length)}{" "}
            <a href={place.to("timeline", { id: node.id })}>{t.node.onTimeline}</a>
          </p>
          <Tools
            about={t.node.inTime}
            question={Timeline}
            variables={variables}
            name={`${node.id}-timeline`}
            rows={() => [
              [t.timeline.date, t.timeline.event, t.node.id, t.timeline.entry],
              ...entries.map(({ date, event, node }) => [date, t.eventKinds[event.kind], node.id, node.name]),
            ]}
            drawing={() => figureDrawing(figure.current)}
          />
        </>
      )}
    </Section>
  );
}
