import { useEffect, useState } from "preact/hooks";

import { usePage } from "../page";
import { go, isDate, NO_DATE } from "../place";

/** The date that every view obeys. */
export function AsOf() {
  const { place, t, when } = usePage();
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
    go(place.here(date === "" ? NO_DATE : { asof: date }));
  };
  const step = (years: number) => {
    const year = Number((isDate(text) ? text : String(new Date().getFullYear())).slice(0, 4)) + years;
    show(String(year));
  };
  return (
    <form
      class={place.asOf ? "as-of set" : "as-of"}
      aria-label={t.asOf.label}
      onSubmit={(event) => {
        event.preventDefault();
        show(text.trim());
      }}
    >
      <label for="as-of">{t.asOf.label}</label>
      <button type="button" class="small" aria-label={t.asOf.earlier} title={t.asOf.earlier} onClick={() => step(-1)}>
        ‹
      </button>
      <input
        id="as-of"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        size={10}
        maxLength={10}
        placeholder={t.asOf.clear}
        title={t.asOf.hint}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : "as-of-wrong"}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="button" class="small" aria-label={t.asOf.later} title={t.asOf.later} onClick={() => step(1)}>
        ›
      </button>
      <button type="submit" class="small">
        {t.asOf.set}
      </button>
      {place.moment && (
        <>
          <select
            class="small"
            aria-label={t.asOf.certainty}
            title={t.asOf.certaintyHelp}
            value={place.moment.certainty}
            onChange={(event) => go(place.here({ certainty: event.currentTarget.value === "CERTAIN" ? "certain" : null }))}
          >
            <option value="POSSIBLE">{t.asOf.possible}</option>
            <option value="CERTAIN">{t.asOf.certain}</option>
          </select>
          <button type="button" class="small" onClick={() => show("")}>
            {t.asOf.clear}
          </button>
        </>
      )}
      {wrong !== null && (
        <p id="as-of-wrong" role="alert" class="wrong">
          {t.asOf.wrong(wrong)}
        </p>
      )}
      <span role="status" class="visually-hidden">
        {when === null ? "" : t.asOf.shown(when)}
      </span>
    </form>
  );
}
