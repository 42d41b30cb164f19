import { usePage } from "../page";

interface Props {
  dates: readonly string[];
  label: string;
}

const [WIDTH, HEIGHT, SIDE] = [720, 64, 24];
const FIRST_YEAR = 2010;

/** Where events lie in time: dots over years. The list beside it says the same in words. */
export function Strip({ dates, label }: Props) {
  const { place } = usePage();
  const years = dates.map((date) => Number(date.slice(0, 4)));
  const [first, last] = [Math.min(FIRST_YEAR, ...years), Math.max(new Date().getFullYear(), ...years)];
  const at = (time: number) => SIDE + ((time - first) / (last + 1 - first)) * (WIDTH - 2 * SIDE);
  const step = last - first > 16 ? 4 : 2;
  const marks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <svg class="strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path class="axis" d={`M${SIDE} 34H${WIDTH - SIDE}`} />
      {marks.map((year) => (
        <g key={year}>
          <path class="axis" d={`M${at(year)} 30v8`} />
          {(year - first) % step === 0 && (
            <text x={at(year)} y="56" text-anchor="middle">
              {year}
            </text>
          )}
        </g>
      ))}
      {place.asOf && <path class="as-of-line" d={`M${at(timeOf(place.asOf))} 6V44`} />}
      {dates.map((date, index) => {
        const length = date.length === 4 ? 1 : date.length === 7 ? 1 / 12 : 0;
        const [from, to] = [at(timeOf(date)), at(timeOf(date) + length)];
        return <rect key={index} class="dot" x={from - 6} y="16" width={to - from + 12} height="12" rx="6" />;
      })}
    </svg>
  );
}

function timeOf(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return year + (month - 1) / 12 + (day - 1) / 365;
}
