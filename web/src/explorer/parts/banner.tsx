import { Undated } from "../generated";
import { useAnswer, usePage } from "../page";
import { ANY_TIME, go, TODAY } from "../place";

/** What every view shows of time, and what it leaves out. It is as high whatever it says. */
export function Banner() {
  const { place, t, when } = usePage();
  const { moment } = place;
  const answer = useAnswer(Undated, moment === null || moment.undated ? null : {});
  const undated = answer.data?.undated;
  const count = undated === undefined ? 0 : undated.nodes + undated.relationships;
  if (moment === null) {
    const isAny = place.time === "ANY";
    return (
      <section class="banner" aria-label={t.asOf.label}>
        <p role="status">{isAny ? t.asOf.anyShown : t.asOf.todayShown}</p>
        <a href={place.here(isAny ? TODAY : ANY_TIME)}>{isAny ? t.asOf.backToToday : t.asOf.clear}</a>
      </section>
    );
  }
  return (
    <section class="banner set" aria-label={t.asOf.label}>
      <p role="status">
        {t.asOf.shown(when ?? moment.date)} {moment.undated ? t.asOf.undatedCounted : count > 0 && t.asOf.undatedLeftOut(count)}
      </p>
      {(moment.undated || count > 0) && (
        <a href={place.here({ undated: moment.undated ? null : "true" })}>{moment.undated ? t.asOf.leaveUndatedOut : t.asOf.countUndated}</a>
      )}
      <select
        class="small"
        aria-label={t.asOf.certainty}
        title={t.asOf.certaintyHelp}
        value={moment.certainty}
        onChange={(event) => go(place.here({ certainty: event.currentTarget.value === "CERTAIN" ? "certain" : null }))}
      >
        <option value="POSSIBLE">{t.asOf.possible}</option>
        <option value="CERTAIN">{t.asOf.certain}</option>
      </select>
      <a href={place.here(TODAY)}>{t.asOf.backToToday}</a>
    </section>
  );
}
