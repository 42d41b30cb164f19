import cytoscape, { type Core, type NodeSingular, type StylesheetJson } from "cytoscape";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";

import type { NodeKind, RelationshipKind } from "../generated";
import type { Drawn } from "./picture";
import type { Drawing } from "./tools";

cytoscape.use(dagre);
cytoscape.use(fcose);

// Cytoscape would write a style element, which the content security policy forbids, unless there is
// one of this id. What it would say stands in our own style sheet.
const STYLE_ID = "__________cytoscape_stylesheet";
if (document.getElementById(STYLE_ID) === null) {
  const mark = document.createElement("meta");
  mark.id = STYLE_ID;
  document.head.append(mark);
}

export interface Engine extends Drawing {
  mark(id: string | null): void;
  zoom(factor: number): void;
  pan(x: number, y: number): void;
  fit(): void;
  end(): void;
}

const SHAPES: Record<NodeKind, cytoscape.Css.NodeShape> = {
  AGREEMENT: "round-rectangle",
  COUNTRY: "ellipse",
  FORUM: "diamond",
  INDIGENOUS_PEOPLE: "star",
  INITIATIVE: "hexagon",
  JURISDICTION: "pentagon",
  ORGANIZATION: "triangle",
  THEME: "rhomboid",
};
const FONT = "system-ui, sans-serif";
const WIDTH = 120;
const READABLE = 0.6;

interface Say {
  kindName(kind: RelationshipKind): string;
  select(id: string | null): void;
}

export function draw(frame: HTMLElement, drawn: Drawn, layout: "around" | "layers", say: Say): Engine {
  const paint = colours();
  const isNamed = drawn.edges.length <= 14;
  // A few layers stand below one another in readable print, words beside them; many need the width.
  const isUpright = layout === "layers" && (drawn.nodes.length <= 9 || frame.clientWidth <= 560);
  const cy = cytoscape({
    container: frame,
    elements: [
      ...drawn.nodes.map(({ id, name, kind, isFocus }) => ({
        group: "nodes" as const,
        data: { id, name: short(name), kind, size: isFocus ? 34 : 22 },
        classes: isFocus ? "focus" : "",
      })),
      ...drawn.edges.map(({ id, from, to, kind, backwards = false }) => ({
        group: "edges" as const,
        data: { id, source: backwards ? to : from, target: backwards ? from : to, name: say.kindName(kind) },
        classes: backwards ? "backwards" : "",
      })),
    ],
    style: sheet(paint, isNamed, isUpright),
    minZoom: 0.15,
    maxZoom: 3,
    // Scrolling the page over the picture is not zooming it.
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    autounselectify: true,
  });
  place(cy, drawn, layout, isUpright);
  const fit = () => {
    cy.resize();
    cy.fit(undefined, 24);
    if (cy.zoom() > 1.3) {
      cy.zoom(1.3);
      cy.center();
    }
  };
  const begin = () => {
    fit();
    // On a small screen what is in the middle is worth more than all of it in print too small to read.
    if (cy.zoom() < READABLE) {
      cy.zoom(READABLE);
      cy.center(cy.nodes(".focus").first());
    }
  };
  begin();
  cy.on("tap", (event) => say.select(event.target === cy ? null : event.target.isNode?.() ? event.target.id() : null));
  cy.on("mouseover", "node", (event) => emphasise(cy, event.target));
  cy.on("mouseout", "node", () => emphasise(cy, null));
  const sized = new ResizeObserver(begin);
  sized.observe(frame);

  return {
    mark(id) {
      cy.elements().removeClass("marked");
      if (id !== null) cy.getElementById(id).addClass("marked");
    },
    zoom: (factor) => {
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    pan: (x, y) => {
      cy.panBy({ x, y });
    },
    fit,
    end() {
      sized.disconnect();
      cy.destroy();
    },
    png: () => cy.png({ output: "blob-promise", full: true, scale: 2, bg: paint("--surface") }) as unknown as Promise<Blob>,
    svg: () => new Blob([svg(cy, paint, isUpright)], { type: "image/svg+xml" }),
  };
}

/** The colours of the page, which are light or dark. */
function colours(): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function short(name: string): string {
  return name.length <= 70 ? name : `${name.slice(0, 68).replace(/\s+\S*$/, "")} …`;
}

/** The same graph always lies the same: the layouts begin from places that its order gives. */
function place(cy: Core, { nodes }: Drawn, layout: "around" | "layers", isUpright: boolean): void {
  const size = { nodeDimensionsIncludeLabels: true, animate: false, fit: false } as const;
  if (layout === "layers") {
    const way = isUpright ? { rankDir: "TB", nodeSep: 90, rankSep: 60 } : { rankDir: "LR", nodeSep: 18, rankSep: 70 };
    cy.layout({ name: "dagre", ...way, ...size } as cytoscape.LayoutOptions).run();
    return;
  }
  const isFew = nodes.length <= 12;
  const focus = new Set(nodes.filter(({ isFocus }) => isFocus).map(({ id }) => id));
  cy.layout({
    name: "concentric",
    concentric: (node: NodeSingular) => (focus.has(node.id()) ? 10 : node.edgesWith(cy.nodes(".focus")).length > 0 ? 5 : 1),
    levelWidth: () => 1,
    minNodeSpacing: 30,
    ...size,
  } as cytoscape.LayoutOptions).run();
  cy.layout({
    name: "fcose",
    randomize: false,
    quality: "proof",
    idealEdgeLength: isFew ? 120 : 150,
    nodeRepulsion: 30000,
    nodeSeparation: 90,
    numIter: 3000,
    gravity: 0.2,
    packComponents: false,
    ...size,
  } as cytoscape.LayoutOptions).run();
  // Frames are wider than high, and words are too.
  const box = cy.elements().boundingBox();
  const stretch = Math.min(1.7, (cy.width() / cy.height()) * (box.h / box.w));
  if (stretch > 1) cy.nodes().positions((node) => ({ x: node.position("x") * stretch, y: node.position("y") }));
}

function emphasise(cy: Core, node: NodeSingular | null): void {
  cy.elements().removeClass("faint named");
  if (node === null) return;
  const near = node.closedNeighborhood();
  cy.elements().not(near).addClass("faint");
  near.edges().addClass("named");
}

function sheet(paint: (name: string) => string, isNamed: boolean, isUpright: boolean): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        label: "data(name)",
        width: "data(size)",
        height: "data(size)",
        "font-family": FONT,
        "font-size": 12,
        color: paint("--ink"),
        "text-wrap": "wrap",
        "text-max-width": `${WIDTH}px`,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-background-color": paint("--surface"),
        "text-background-opacity": 0.8,
        "text-background-padding": "1px",
        "border-width": 1.5,
        "border-color": paint("--surface"),
      },
    },
    ...(Object.keys(SHAPES) as NodeKind[]).map((kind) => ({
      selector: `node[kind = "${kind}"]`,
      style: { shape: SHAPES[kind], "background-color": paint(kindColour(kind)) },
    })),
    ...(isUpright
      ? [
          {
            selector: "node",
            style: { "text-halign": "right", "text-valign": "center", "text-margin-x": 6, "text-margin-y": 0, "text-max-width": "170px", "text-justification": "left" },
          },
        ]
      : []),
    { selector: "node.focus", style: { "font-weight": "bold", "font-size": 13, "border-width": 3, "border-color": paint("--ink") } },
    { selector: "node.marked", style: { "border-width": 4, "border-color": paint("--accent") } },
    {
      selector: "edge",
      style: {
        width: 1.4,
        "line-color": paint("--line-strong"),
        "target-arrow-color": paint("--line-strong"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        "curve-style": "bezier",
        "control-point-step-size": isUpright ? 76 : 40,
        "font-family": FONT,
        "font-size": 10,
        color: paint("--ink-quiet"),
        "text-rotation": isUpright ? "none" : "autorotate",
        "text-background-color": paint("--surface"),
        "text-background-opacity": 1,
        "text-background-padding": "2px",
        label: isNamed ? "data(name)" : "",
      },
    },
    {
      selector: "edge.backwards",
      style: { "source-arrow-shape": "triangle", "source-arrow-color": paint("--line-strong"), "target-arrow-shape": "none" },
    },
    { selector: "edge.named", style: { label: "data(name)", width: 2.4, "line-color": paint("--accent"), "target-arrow-color": paint("--accent") } },
    { selector: ".faint", style: { opacity: 0.25 } },
  ] as StylesheetJson;
}

function kindColour(kind: NodeKind): string {
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

/** The picture as lines and words, where the picture has them. */
function svg(cy: Core, paint: (name: string) => string, isUpright: boolean): string {
  const box = cy.elements().boundingBox();
  const margin = 20;
  const lines = cy.edges().map((edge) => {
    const ends = [edge.sourceEndpoint(), edge.targetEndpoint()] as const;
    const [from, to] = edge.hasClass("backwards") ? [ends[1], ends[0]] : ends;
    const control = edge.controlPoints()?.[0];
    const way = control ? `Q${round(control.x)} ${round(control.y)} ` : "L";
    const label = edge.midpoint();
    const name = edge.style("label") === "" ? "" : text(label.x, label.y + 3, [edge.data("name")], 10, paint("--ink-quiet"), false);
    return `<path d="M${round(from.x)} ${round(from.y)}${way}${round(to.x)} ${round(to.y)}" fill="none" stroke="${paint("--line-strong")}" stroke-width="1.4" marker-end="url(#arrow)"/>${name}`;
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
    const [lines, size] = [wrapped(node.data("name"), isUpright ? 170 : WIDTH), isFocus ? 13 : 12];
    const [left, top] = isUpright ? [x + half + 6, y + size * (0.35 - (lines.length - 1) * 0.575)] : [x, y + half + 15];
    return shape + text(left, top, lines, size, paint("--ink"), isFocus, isUpright ? "start" : "middle");
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

function text(x: number, y: number, lines: string[], size: number, fill: string, isBold: boolean, anchor = "middle"): string {
  const escaped = (line: string) => line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const spans = lines.map((line, index) => `<tspan x="${round(x)}" dy="${index === 0 ? 0 : size * 1.15}">${escaped(line)}</tspan>`);
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${isBold ? ' font-weight="bold"' : ""}>${spans.join("")}</text>`;
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
