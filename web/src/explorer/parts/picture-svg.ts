// The picture as lines and words of a file, where the picture has them.

import type { Core } from "cytoscape";

import type { NodeKind } from "../generated";

export const FONT = "system-ui, sans-serif";

export type Paint = (name: string) => string;

export function kindColour(kind: NodeKind): string {
  return `--kind-${kind.toLowerCase().replace("_", "-")}`;
}

const OUTLINES: Partial<Record<NodeKind, [number, number][]>> = {
  FORUM: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  INITIATIVE: [[-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1], [-1, 0]],
  JURISDICTION: [[0, -1], [1, -0.2], [0.6, 1], [-0.6, 1], [-1, -0.2]],
  ORGANIZATION: [[0, -1], [1, 1], [-1, 1]],
  THEME: [[-0.4, -1], [1, -1], [0.4, 1], [-1, 1]],
  INDIGENOUS_PEOPLE: Array.from({ length: 10 }, (_, index) => {
    const radius = index % 2 === 0 ? 1 : 0.45;
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }),
};

export function svg(cy: Core, paint: Paint, room: number, isUpright: boolean): string {
  const box = cy.elements().boundingBox();
  const margin = 20;
  const lines = cy.edges().map((edge) => {
    const ends = [edge.sourceEndpoint(), edge.targetEndpoint()] as const;
    const [from, to] = edge.hasClass("backwards") ? [ends[1], ends[0]] : ends;
    const control = edge.controlPoints()?.[0];
    const way = control ? `Q${round(control.x)} ${round(control.y)} ` : "L";
    const label = edge.midpoint();
    const name = edge.style("label") === "" ? "" : text(label.x, label.y + 3, [edge.data("name")], 10, [paint("--ink-quiet"), paint("--surface")], false);
    return `<path d="M${round(from.x)} ${round(from.y)}${way}${round(to.x)} ${round(to.y)}" fill="none" stroke="${paint("--line-strong")}" stroke-width="1.4"${edge.hasClass("former") ? ' stroke-dasharray="5 4"' : ""} marker-end="url(#arrow)"/>${name}`;
  });
  const shapes = cy.nodes().map((node) => {
    const { x, y } = node.position();
    const [kind, half, isFocus] = [node.data("kind") as NodeKind, node.width() / 2, node.hasClass("focus")];
    const look = `fill="${paint(kindColour(kind))}" stroke="${paint(isFocus ? "--ink" : "--surface")}" stroke-width="${isFocus ? 3 : 1.5}"`;
    const outline = OUTLINES[kind];
    const shape = outline
      ? `<polygon points="${outline.map(([dx, dy]) => `${round(x + dx * half)},${round(y + dy * half)}`).join(" ")}" ${look}/>`
      : kind === "COUNTRY"
        ? `<circle cx="${round(x)}" cy="${round(y)}" r="${round(half)}" ${look}/>`
        : `<rect x="${round(x - half)}" y="${round(y - half)}" width="${round(half * 2)}" height="${round(half * 2)}" rx="4" ${look}/>`;
    const [lines, size] = [wrapped(node.data("name"), room), isFocus ? 13 : 12];
    const [left, top] = isUpright ? [x + half + 6, y + size * (0.35 - (lines.length - 1) * 0.575)] : [x, y + half + 15];
    return shape + text(left, top, lines, size, [paint("--ink"), paint("--surface")], isFocus, isUpright ? "start" : "middle");
  });
  const [width, height] = [box.w + 2 * margin, box.h + 2 * margin].map(round);
  const view = `${round(box.x1 - margin)} ${round(box.y1 - margin)} ${width} ${height}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${view}" font-family="${FONT}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${paint("--line-strong")}"/></marker></defs>
<rect x="${round(box.x1 - margin)}" y="${round(box.y1 - margin)}" width="${width}" height="${height}" fill="${paint("--surface")}"/>
${lines.join("\n")}
${shapes.join("\n")}
</svg>
`;
}

const round = (value: number) => Math.round(value * 10) / 10;

function text(x: number, y: number, lines: string[], size: number, [fill, halo]: [string, string], isBold: boolean, anchor = "middle"): string {
  const escaped = (line: string) => line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const spans = lines.map((line, index) => `<tspan x="${round(x)}" dy="${index === 0 ? 0 : size * 1.15}">${escaped(line)}</tspan>`);
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}" stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" text-anchor="${anchor}"${isBold ? ' font-weight="bold"' : ""}>${spans.join("")}</text>`;
}

function wrapped(name: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width / 6) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
