import cytoscape, { type Core, type NodeSingular, type StylesheetJson } from "cytoscape";

import type { NodeKind, RelationshipKind } from "../generated";
import type { Drawn } from "./picture";
import { placeAround, placeInLayers } from "./picture-layout";
import { shape, showAllNames, showNamesThatFit } from "./picture-names";
import { FONT, kindColour, type Paint, svg } from "./picture-svg";
import type { Drawing } from "./exports";

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

/** The width of a frame, in pixels, up to which it is one of a phone. */
const NARROW = 560;

interface Say {
  kindName(kind: RelationshipKind): string;
  select(id: string | null): void;
}

export function draw(frame: HTMLElement, drawn: Drawn, layout: "around" | "layers", say: Say): Engine {
  const paint = colours();
  frame.style.backgroundColor = paint("--surface");
  const isNamed = drawn.edges.length <= 14;
  const isNarrow = frame.clientWidth <= NARROW;
  // Long names would leave others without any.
  const isCrowded = isNarrow || drawn.nodes.length > 30;
  // A few layers stand below one another in readable print, words beside them; many need the width.
  const isUpright = layout === "layers" && (drawn.nodes.length <= 9 || isNarrow);
  // How wide a name may be before it is broken, in pixels.
  const room = isUpright ? 170 : 120;
  const focus = new Set(drawn.nodes.filter(({ isFocus }) => isFocus).map(({ id }) => id));
  const cy = cytoscape({
    container: frame,
    elements: [
      ...drawn.nodes.map(({ id, name, kind, isFocus }) => ({
        group: "nodes" as const,
        data: { id, name: short(name, isCrowded && !isFocus ? 40 : 70), kind, print: 12, room, size: shape(isFocus) },
        classes: isFocus ? "focus" : "",
      })),
      ...drawn.edges.map(({ id, from, to, kind, backwards = false, isCurrent = true }) => ({
        group: "edges" as const,
        data: { id, source: backwards ? to : from, target: backwards ? from : to, name: say.kindName(kind) },
        classes: [backwards ? "backwards" : "", isCurrent ? "" : "former", focus.has(from) || focus.has(to) ? "" : "side"].join(" "),
      })),
    ],
    style: sheet(paint, { isNamed, isUpright, isTangled: layout === "around" && drawn.edges.length > 20 }),
    minZoom: 0.15,
    maxZoom: 3,
    // Scrolling the page over the picture is not zooming it.
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    autounselectify: true,
    autoungrabify: true,
  });
  if (layout === "layers") placeInLayers(cy, isUpright);
  else placeAround(cy);
  const fit = () => {
    cy.resize();
    showAllNames(cy, room);
    cy.fit(undefined, 16);
    if (cy.zoom() > 1.3) {
      cy.zoom(1.3);
      cy.center();
    }
    showNamesThatFit(cy, room);
  };
  fit();
  cy.on("tap", (event) => say.select(event.target === cy ? null : event.target.isNode?.() ? event.target.id() : null));
  // Once for each picture that is shown, however many steps the zoom takes.
  let due = 0;
  cy.on("zoom", () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => showNamesThatFit(cy, room));
  });
  cy.on("mouseover", "node", (event) => emphasise(cy, event.target));
  cy.on("mouseout", "node", () => emphasise(cy, null));
  const sized = new ResizeObserver(fit);
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
      cancelAnimationFrame(due);
      cy.destroy();
    },
    async png() {
      showAllNames(cy, room);
      const blob = await (cy.png({ output: "blob-promise", full: true, scale: 2, bg: paint("--surface") }) as unknown as Promise<Blob>);
      showNamesThatFit(cy, room);
      return blob;
    },
    svg: () => new Blob([svg(cy, paint, room, isUpright)], { type: "image/svg+xml" }),
  };
}

/** The colours of the page, which are light or dark. */
function colours(): Paint {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function short(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 2).replace(/\s+\S*$/, "")} …`;
}

function emphasise(cy: Core, node: NodeSingular | null): void {
  cy.elements().removeClass("faint named near");
  if (node === null) return;
  const near = node.closedNeighborhood();
  near.nodes().addClass("near");
  cy.elements().not(near).addClass("faint");
  near.edges().addClass("named");
}

interface Look {
  isNamed: boolean;
  isUpright: boolean;
  isTangled: boolean;
}

function sheet(paint: Paint, { isNamed, isUpright, isTangled }: Look): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        label: "data(name)",
        width: "data(size)",
        height: "data(size)",
        "font-family": FONT,
        "font-size": "data(print)",
        color: paint("--ink"),
        "text-wrap": "wrap",
        "text-max-width": "data(room)",
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
            style: { "text-halign": "right", "text-valign": "center", "text-margin-x": 6, "text-margin-y": 0, "text-justification": "left" },
          },
        ]
      : []),
    { selector: "node.focus", style: { "font-weight": "bold", "border-width": 3, "border-color": paint("--ink") } },
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
        "control-point-step-size": isUpright ? 104 : 40,
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
    { selector: "edge.former", style: { "line-style": "dashed", opacity: 0.6 } },
    { selector: "edge.named", style: { label: "data(name)", width: 2.4, "line-color": paint("--accent"), "target-arrow-color": paint("--accent") } },
    ...(isTangled ? [{ selector: "edge.side", style: { width: 1, opacity: 0.45 } }] : []),
    { selector: "node.unnamed", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "node.near, node.marked", style: { "text-opacity": 1, "text-background-opacity": 0.9, "z-index": 2 } },
    { selector: ".faint", style: { opacity: 0.25 } },
  ] as StylesheetJson;
}

