import { Cited, type CitationStyle, ReleaseNote } from "../../generated";
import { Section, Waiting } from "../../parts/basics";
import { copied, Tools } from "../../parts/tools";
import { useAnswer, usePage } from "../../page";
import { go } from "../../place";

const STYLES: Record<CitationStyle, string> = { APA: "APA", CHICAGO: "Chicago", BIBTEX: "BibTeX", CSL_JSON: "CSL JSON" };

interface Entry {
  id: string;
  name: string;
}

/** The entry and its sources, ready to paste in each style. */
export function Cite({ node }: { node: Entry }) {
  const { place, t, say } = usePage();
  const style = (Object.keys(STYLES) as CitationStyle[]).find((one) => one.toLowerCase() === place.get("style")) ?? "APA";
  const release = useAnswer(ReleaseNote, {});
  const variables = { id: node.id, style };
  const answer = useAnswer(Cited, variables);
  const address = new URL(place.to("node", { id: node.id }), location.origin + location.pathname).href;
  const own = release.data && entryCitation(style, node, release.data.release, address);
  const sources = [...new Set((answer.data?.node?.citations ?? []).map(({ text }) => text))];
  const all = [own, ...sources].filter((one) => one !== null);
  const text = style === "CSL_JSON" ? `[${all.join(",\n")}]` : all.join(style === "BIBTEX" ? "\n\n" : "\n");
  const copy = async (what: string) => say((await copied(what)) ? t.tools.copied(STYLES[style]) : t.tools.notCopied);
  return (
    <Section id="cite" title={t.node.cite}>
      <div class="form-row">
        <label>
          {t.node.style}
          <select value={style} onChange={(event) => go(place.here({ style: event.currentTarget.value.toLowerCase() }), { replace: true })}>
            {Object.entries(STYLES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={own === null} onClick={() => own !== null && copy(own)}>
          {t.node.copyEntry}
        </button>
        <button type="button" disabled={answer.data === null} onClick={() => copy(text)}>
          {t.node.copyAll}
        </button>
      </div>
      <Waiting answer={answer} lines={4} />
      {answer.data && own !== null && (
        <ul class="citations">
          {all.map((one) => (
            <li key={one} class={style === "BIBTEX" || style === "CSL_JSON" ? "citation code" : "citation"}>
              {one}
            </li>
          ))}
        </ul>
      )}
      <Tools about={t.node.cite} question={Cited} variables={variables} name={`${node.id}-citations`} rows={() => all.map((one) => [one])} />
    </Section>
  );
}

/** The entry in the style, as a part of the release that it was read in. */
function entryCitation(style: CitationStyle, { id, name }: Entry, release: { id: string; published: string }, url: string): string {
  const year = release.published.slice(0, 4);
  switch (style) {
    case "APA":
      return `Pactgraph. (${year}). ${name} (${release.id}) [Data set]. ${url}`;
    case "CHICAGO":
      return `Pactgraph, “${name},” release ${release.id}, ${url}.`;
    case "BIBTEX":
      return `@misc{pactgraph-${id},
  author = {{Pactgraph}},
  title = {{${name.replace(/[{}\\]/g, "").replace(/[&%$#_]/g, "\\$&")}}},
  year = {${year}},
  version = {${release.id}},
  url = {${url}}
}`;
    case "CSL_JSON":
      return JSON.stringify({
        id: `pactgraph-${id}`,
        type: "dataset",
        title: name,
        author: [{ literal: "Pactgraph" }],
        issued: { "date-parts": [release.published.split("-").map(Number)] },
        version: release.id,
        URL: url,
      });
  }
}
