import type { ComponentChildren } from "preact";

import type { CaveatFragment, HiddenFragment } from "../generated";
import { dateText } from "../i18n/dates";
import { usePage } from "../page";
import { NodeLink } from "./basics";

/** So many hubs stand in the sentence; of more, all stand in a list behind it. */
const NAMED = 4;

interface HiddenProps {
  hidden: HiddenFragment;
  hubs: readonly { id: string; name: string }[];
  /** What is hidden, up to the names of the hubs. */
  sentence: string;
  /** What the address must say besides, so that all of it is shown. */
  also?: Record<string, string> | undefined;
}

/** What was left out because it leads through hubs, and a link that shows it. */
export function Hidden({ hidden, hubs, sentence, also }: HiddenProps) {
  const { place, t } = usePage();
  if (hidden.byHubs === 0 && !hidden.atLeast) return null;
  const named = hubs.slice(0, NAMED);
  const others = hubs.length - named.length;
  return (
    <div class="said" id="hidden">
      <p>
        {hidden.byHubs === 0 || hubs.length === 0 ? (
          t.hidden.unknown
        ) : (
          <>
            {sentence}
            {named.map((hub, index) => (
              <span key={hub.id}>
                {index > 0 && (index === named.length - 1 && others === 0 ? t.hidden.and : ", ")}
                <NodeLink node={hub} />
              </span>
            ))}
            {others > 0 && t.hidden.others(others)}. {t.hidden.why(hubs.length)}
          </>
        )}{" "}
        <a href={place.here({ hubs: "allow", ...also })}>{t.hidden.show}</a>
      </p>
      {others > 0 && (
        <details>
          <summary>{t.hidden.all(hubs.length)}</summary>
          <ul class="chips">
            {hubs.map((hub) => (
              <li key={hub.id}>
                <NodeLink node={hub} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What an answer cannot know, since lists of members that it rests on are not known to be whole. */
export function Caveats({ caveats }: { caveats: readonly CaveatFragment[] }) {
  const { place, t } = usePage();
  const partial = caveats.filter(({ whole }) => whole === "PARTIAL");
  const unknown = caveats.filter(({ whole }) => whole === "UNKNOWN");
  if (partial.length + unknown.length === 0) return null;
  const join = (parts: ComponentChildren[]) => parts.flatMap((part, index) => (index > 0 ? [", ", part] : [part]));
  return (
    <ul class="said caveats" id="caveats">
      {partial.map(({ node, list, listed, declared, asOf }) => (
        <li key={node.id}>
          <NodeLink node={node} />
          {t.colon}
          {declared === null ? t.caveats.partial(list, listed) : t.caveats.declared(list, listed, declared, asOf && dateText(asOf, place.lang))}
        </li>
      ))}
      {unknown.length > 0 && (
        <li>
          {t.caveats.unknown}
          {t.colon}
          {join(unknown.map(({ node }) => <NodeLink key={node.id} node={node} />))}.
        </li>
      )}
    </ul>
  );
}
