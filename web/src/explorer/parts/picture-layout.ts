// Where the nodes of a picture lie. The same graph always lies the same.

import cytoscape, { type Core, type NodeSingular } from "cytoscape";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";

cytoscape.use(dagre);
cytoscape.use(fcose);

/** How many times the room is given that the nodes and their names take. */
const SPACE = 1.2;
/** How far a node is moved from its own place to an even one, 0 to 1. */
const EVEN = 0.65;
const SIZE = { nodeDimensionsIncludeLabels: true, animate: false, fit: false } as const;

/** In layers along the paths, from above downwards or from left to right. */
export function placeInLayers(cy: Core, isUpright: boolean): void {
  const way = isUpright ? { rankDir: "TB", nodeSep: 90, rankSep: 60 } : { rankDir: "LR", nodeSep: 18, rankSep: 70 };
  cy.layout({ name: "dagre", ...way, ...SIZE } as cytoscape.LayoutOptions).run();
}

/** Around what is in focus. The forces begin from circles, which the order of the nodes gives. */
export function placeAround(cy: Core): void {
  cy.layout({
    name: "concentric",
    concentric: (node: NodeSingular) => (node.hasClass("focus") ? 10 : node.edgesWith(cy.nodes(".focus")).length > 0 ? 5 : 1),
    levelWidth: () => 1,
    minNodeSpacing: 30,
    ...SIZE,
  } as cytoscape.LayoutOptions).run();
  cy.layout({
    name: "fcose",
    randomize: false,
    quality: "proof",
    idealEdgeLength: 110,
    nodeRepulsion: 6000,
    numIter: 3000,
    gravity: 0.5,
    packComponents: false,
    ...SIZE,
  } as cytoscape.LayoutOptions).run();
  fill(cy);
  part(cy);
  stretch(cy);
}

/** Brings far nodes nearer and gives crowded ones room, so that the picture fills the form of its frame. */
function fill(cy: Core): void {
  const area = cy.nodes().reduce((sum, node) => sum + node.boundingBox().w * node.boundingBox().h, 0);
  const width = Math.sqrt((SPACE * area * cy.width()) / cy.height());
  const [xs, ys] = [spread(cy, "x", width), spread(cy, "y", (width * cy.height()) / cy.width())];
  cy.nodes().positions((node) => ({ x: xs.get(node.id()) ?? 0, y: ys.get(node.id()) ?? 0 }));
}

/** In the same order along the axis, at places between those they have and even ones. */
function spread(cy: Core, axis: "x" | "y", length: number): Map<string, number> {
  const nodes = cy.nodes().toArray().sort((a, b) => a.position(axis) - b.position(axis));
  const [first, last] = [nodes.at(0)?.position(axis) ?? 0, nodes.at(-1)?.position(axis) ?? 0];
  const own = (node: NodeSingular) => (last > first ? (node.position(axis) - first) / (last - first) : 0.5);
  const even = (index: number) => (nodes.length > 1 ? index / (nodes.length - 1) : 0.5);
  return new Map(nodes.map((node, index) => [node.id(), length * ((1 - EVEN) * own(node) + EVEN * even(index))]));
}

/** Widens or heightens the whole to the form of its frame, which brings nothing nearer to anything. */
function stretch(cy: Core): void {
  const box = cy.elements().boundingBox();
  const wider = cy.width() / cy.height() / (box.w / box.h);
  const [wide, high] = [Math.min(Math.max(wider, 1), 1.6), Math.min(Math.max(1 / wider, 1), 1.6)];
  cy.nodes().positions((node) => ({ x: node.position("x") * wide, y: node.position("y") * high }));
}

/** Moves nodes whose shapes or names lie upon each other apart, each as little as it takes. */
function part(cy: Core): void {
  const gap = 8;
  const boxes = cy.nodes().map((node) => {
    const { x1, x2, y1, y2 } = node.boundingBox();
    return { node, x: (x1 + x2) / 2, y: (y1 + y2) / 2, w: x2 - x1 + gap, h: y2 - y1 + gap, fixed: node.hasClass("focus") };
  });
  const before = boxes.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 300; round += 1) {
    let isApart = true;
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const [over, above] = [(a.w + b.w) / 2 - Math.abs(dx), (a.h + b.h) / 2 - Math.abs(dy)];
        if (over <= 0 || above <= 0) continue;
        isApart = false;
        const share = a.fixed === b.fixed ? [0.5, 0.5] : a.fixed ? [0, 1] : [1, 0];
        const [left = 0, right = 0] = share;
        if (over < above) {
          const way = dx < 0 ? -over : over;
          a.x -= way * left;
          b.x += way * right;
        } else {
          const way = dy < 0 ? -above : above;
          a.y -= way * left;
          b.y += way * right;
        }
      }
    }
    if (isApart) break;
  }
  boxes.forEach(({ node, x, y }, index) => {
    const old = before[index];
    if (old) node.shift({ x: x - old.x, y: y - old.y });
  });
}

