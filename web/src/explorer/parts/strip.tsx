import type { RefObject } from "preact";

import { usePage } from "../page";

interface Props {
  /** Dates of its own events. */
  dates: readonly string[];
  /** Dates of events of what it is related to. */
  others: readonly string[];
  label: string;
  figure: RefObject<SVGSVGElement | null>;
}

const [WIDTH, HEIGHT, SIDE] = [720, 112, 24];
const AXIS = 78;
const FIRST_YEAR = 2010;

/** A place in time: its own events above, those of its surroundings below, each in its year. The lists say the same in words. */
export function Strip({ dates, others, label, figure }: Props) {
  const { place } = usePage();
  const years = [...dates, ...others].map((date) => Number(date.slice(0, 4)));
  const [first, last] = [Math.min(FIRST_YEAR, ...years), Math.max(new Date().getFullYear(), ...years)];
  const at = (time: number) => SIDE + ((time - first) / (last + 1 - first)) * (WIDTH - 2 * SIDE);
  const step = last - first > 16 ? 4 : 2;
  const marks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const most = Math.max(1, ...marks.map((year) => inYear(others, year)));
  return (
    <svg ref={figure} class="strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {marks.map((year) => {
        const height = (inYear(others, year) / most) * 40;
        return (
          <rect key={year} class="others" x={at(year) + 2} y={AXIS - height} width={at(year + 1) - at(year) - 4} height={height} />
        );
      })}
      <path class="axis" d={`M${SIDE} ${AXIS}H${WIDTH - SIDE}`} />
      {marks.map((year) => (
        <g key={year}>
          <path class="axis" d={`M${at(year)} ${AXIS - 3}v6`} />
          {(year - first) % step === 0 && (
            <text x={(at(year) + at(year + 1)) / 2} y={AXIS + 24} text-anchor="middle">
              {year}
            </text>
          )}
        </g>
      ))}
      {place.asOf && <path class="as-of-line" d={`M${at(timeOf(place.asOf) + lengthOf(place.asOf))} 4V${AXIS + 4}`} />}
      {dates.map((date, index) => {
        const [from, to] = [at(timeOf(date)), at(timeOf(date) + lengthOf(date))];
        return <rect key={index} class="dot" x={from - 6} y="12" width={to - from + 12} height="12" rx="6" />;
      })}
    </svg>
  );
}

function inYear(dates: readonly string[], year: number): number {
  return dates.filter((date) => date.startsWith(String(year))).length;
}

function timeOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return year + (month - 1) / 12 + (day - 1) / 365;
}

/** How long a date lasts, in years: a vague one takes all the days it may mean. */
function lengthOf(date: string): number {
  return date.length === 4 ? 1 : date.length === 7 ? 1 / 12 : 0;
}
