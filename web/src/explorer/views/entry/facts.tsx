import { type AgreementStatus, type EntryQuery, Entry as EntryQuestion, type EventKind } from "../../generated";
import { dateText } from "../../i18n/dates";
import { Section, SourceList, Sources } from "../../parts/basics";
import { addresses } from "../../parts/statement";
import { Table } from "../../parts/table";
import { Tools } from "../../parts/tools";
import { type Page, usePage } from "../../page";

interface Props {
  node: NonNullable<EntryQuery["node"]>;
}

/** A value as people say it; those that the API gives as words of its own are translated here. */
function said({ place, t }: Page, property: string, value: string): string {
  switch (property) {
    case "date":
      return dateText(value, place.lang);
    case "status":
      return t.statuses[value as AgreementStatus] ?? value;
    case "event": {
      const [kind = "", date] = value.split(" ");
      const name = t.eventKinds[kind as EventKind] ?? kind;
      return date === undefined ? name : `${name}, ${dateText(date, place.lang)}`;
    }
    default:
      return value;
  }
}

export function Facts({ node }: Props) {
  const page = usePage();
  const { t, language } = page;
  return (
    <Section id="facts" title={t.node.facts}>
      <Table label={t.node.facts}>
        <thead>
          <tr>
            <th scope="col">{t.node.fact}</th>
            <th scope="col">{t.node.value}</th>
          </tr>
        </thead>
        <tbody>
          {node.facts.map((fact) => (
            <tr key={fact.id} class={fact.status === "DISPUTED" ? "disputed" : undefined}>
              <th scope="row">{t.property(fact.property)}</th>
              <td>
                {said(page, fact.property, fact.value)}{" "}
                {fact.status !== "STATED" && <span class="tag">{t.factStatuses[fact.status]}</span>}
                {fact.status === "DISPUTED" && fact.chosen && <span class="quiet"> ({t.node.chosen})</span>}
                {[fact.why, fact.note].filter((one) => one !== null).map((one) => (
                  <p key={one} class="quiet">
                    {one}
                  </p>
                ))}
                <Sources citations={fact.citations} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Tools
        about={t.node.facts}
        question={EntryQuestion}
        variables={{ id: node.id, language }}
        name={`${node.id}-facts`}
        rows={() => [
          [t.node.fact, t.node.value, t.node.sort, t.node.chosen, t.timeline.sources],
          ...node.facts.map((fact) => [
            t.property(fact.property),
            fact.value,
            t.factStatuses[fact.status],
            fact.chosen ? 1 : 0,
            addresses(fact.citations),
          ]),
        ]}
      />
    </Section>
  );
}

export function Names({ node }: Props) {
  const { t, language } = usePage();
  // Everyday terms are for searching; no source states them.
  const stated = node.names.filter(({ kind }) => kind !== "EVERYDAY");
  return (
    <Section id="names" title={t.node.names}>
      <ul class="plain-list">
        {stated.map((name) => (
          <li key={name.text + name.kind + name.language}>
            <span lang={name.language ?? undefined}>{name.text}</span>
            <span class="quiet">
              {" "}
              {[name.language && (t.node.languages[name.language] ?? name.language), t.nameKinds[name.kind]]
                .filter(Boolean)
                .join(", ")}
            </span>
            <Sources citations={name.citations} />
          </li>
        ))}
      </ul>
      <Tools
        about={t.node.names}
        question={EntryQuestion}
        variables={{ id: node.id, language }}
        name={`${node.id}-names`}
        rows={() => [
          [t.node.name, t.node.language, t.node.sort, t.timeline.sources],
          ...stated.map(({ text, language, kind, citations }) => [text, language, t.nameKinds[kind], addresses(citations)]),
        ]}
      />
    </Section>
  );
}

export function EntrySources({ node }: Props) {
  const { t, language } = usePage();
  return (
    <Section id="sources" title={t.node.allSources}>
      <SourceList citations={node.citations} />
      <Tools
        about={t.node.allSources}
        question={EntryQuestion}
        variables={{ id: node.id, language }}
        name={`${node.id}-sources`}
        rows={() => [
          [t.node.id, t.node.title, t.node.publisher, t.timeline.date, t.node.language, t.node.locator, t.node.address],
          ...node.citations.map(({ source, locator }) => [
            source.id,
            source.title,
            source.publisher,
            source.published,
            source.language,
            locator,
            source.url,
          ]),
        ]}
      />
    </Section>
  );
}
