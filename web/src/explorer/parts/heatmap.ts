// The matrix as a drawing, for papers and slides: on white, whatever the page looks like.

import { type Drawing, pngFile } from "./exports";

interface Label {
  value: string;
  label: string;
}

const [CELL, PRINT, LETTER] = [28, 12, 7.4];

/** Partners below each other, themes side by side, and the darker the more. */
export function heatmap(parties: readonly Label[], themes: readonly Label[], count: (party: string, theme: string) => number): Drawing {
  const longest = (labels: readonly Label[]) => Math.max(0, ...labels.map(({ label }) => label.length)) * LETTER + 16;
  const [left, top] = [longest(parties), longest(themes)];
  const [width, height] = [left + themes.length * CELL + 8, top + parties.length * CELL + 8];
  const most = Math.max(1, ...parties.flatMap((party) => themes.map((theme) => count(party.value, theme.value))));
  const heads = themes.map(({ label }, column) => {
    const x = left + column * CELL + CELL / 2 + 4;
    return `<text x="${x}" y="${top - 8}" transform="rotate(-90 ${x} ${top - 8})">${escaped(label)}</text>`;
  });
  const rows = parties.flatMap((party, row) => {
    const y = top + row * CELL;
    const cells = themes.flatMap((theme, column) => {
      const found = count(party.value, theme.value);
      const x = left + column * CELL;
      const frame = `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="#a3195b" fill-opacity="${((found / most) * 0.4).toFixed(2)}" stroke="#dcdcd6"/>`;
      return found === 0 ? [frame] : [frame, `<text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle">${found}</text>`];
    });
    return [`<text x="${left - 8}" y="${y + CELL / 2 + 4}" text-anchor="end">${escaped(party.label)}</text>`, ...cells];
  });
  const svg = new Blob(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="${PRINT}" fill="#1d2226">\n`,
      `<rect width="${width}" height="${height}" fill="#fff"/>\n`,
      [...heads, ...rows].join("\n"),
      "\n</svg>\n",
    ],
    { type: "image/svg+xml" },
  );
  return { svg: () => svg, png: () => pngFile(svg, width, height) };
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
