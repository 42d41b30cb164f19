import type { RelationshipKind } from "../generated";
import { usePage } from "../page";
import { go } from "../place";

/** The kinds of relationships that the address asks for; all where it names none. */
export function useFollowed(): RelationshipKind[] {
  const { place, t } = usePage();
  return place.list("kinds").filter((kind): kind is RelationshipKind => kind in t.relationshipKinds);
}

/** Chooses the kinds of relationships that are followed. */
export function KindFilter() {
  const { place, t } = usePage();
  const kinds = useFollowed();
  const all = Object.keys(t.relationshipKinds) as RelationshipKind[];
  const toggle = (kind: RelationshipKind) =>
    go(place.here({ kinds: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind] }));
  return (
    <details class="kinds-filter">
      <summary>
        {t.around.kinds}
        {t.colon}
        {kinds.length === 0 ? t.around.allKinds : kinds.map((kind) => t.relationshipKinds[kind]).join(", ")}
      </summary>
      <fieldset>
        <legend class="visually-hidden">{t.around.kinds}</legend>
        {all
          .sort((a, b) => t.relationshipKinds[a].localeCompare(t.relationshipKinds[b], place.lang))
          .map((kind) => (
            <label key={kind} class="check">
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
              {t.relationshipKinds[kind]}
            </label>
          ))}
        {kinds.length > 0 && (
          <button type="button" class="small" onClick={() => go(place.here({ kinds: null }))}>
            {t.around.allKinds}
          </button>
        )}
      </fieldset>
    </details>
  );
}
