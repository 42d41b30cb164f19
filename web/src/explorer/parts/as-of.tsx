import { useEffect, useState } from "preact/hooks";

import { usePage } from "../page";
import { ANY_TIME, go, isDate, TODAY } from "../place";

/** The time that every view obeys: today, any time, or a date. */
export function AsOf() {
  const { place, t } = usePage();
  const given = place.asOf ?? place.strangeDate ?? "";
  const [text, setText] = useState(given);
  const [wrong, setWrong] = useState<string | null>(place.strangeDate);
  useEffect(() => {
    setText(given);
    setWrong(place.strangeDate);
  }, [given]);

  const show = (date: string) => {
    if (date !== "" && !isDate(date)) return setWrong(date);
    setWrong(null);
    setText(date);
    go(place.here(date === "" ? TODAY : { asof: date }));
  };
  const now = new Date().getUTCFullYear();
  const shown = place.asOf === null ? null : Number(place.asOf.slice(0, 4));
  // Behind the last whole year lies today, and behind today nothing.
  const later = shown === null ? null : shown + 1 < now ? String(shown + 1) : "";
  return (
    <form
      class={place.asOf ? "as-of set" : "as-of"}
      aria-label={t.asOf.label}
      onSubmit={(event) => {
        event.preventDefault();
        show(text.trim());
      }}
    >
      <a class="button small" href={place.here(TODAY)} aria-current={place.time === null ? "true" : undefined}>
        {t.asOf.today}
      </a>
      <a class="button small" href={place.here(ANY_TIME)} aria-current={place.time === "ANY" ? "true" : undefined}>
        {t.asOf.clear}
      </a>
      <label for="as-of">{t.asOf.date}</label>
      <button type="button" class="small" aria-label={t.asOf.earlier} title={t.asOf.earlier} onClick={() => show(String((shown ?? now) - 1))}>
        ‹
      </button>
      <input
        id="as-of"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        size={10}
        placeholder={t.asOf.example}
        title={t.asOf.hint}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : "as-of-wrong"}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button
        type="button"
        class="small"
        aria-label={t.asOf.later}
        title={t.asOf.later}
        disabled={later === null}
        onClick={() => later !== null && show(later)}
      >
        ›
      </button>
      <button type="submit" class="small">
        {t.asOf.set}
      </button>
      {wrong !== null && (
        <p id="as-of-wrong" role="alert" class="wrong">
          {t.asOf.wrong(wrong)}
        </p>
      )}
    </form>
  );
}
