// Names in a picture: never smaller than can be read, never upon one another.

import type { BoundingBox12, Core, NodeSingular } from "cytoscape";

/** Sizes in pixels: of print, of print in focus, of the least print and the least shape that can be made out. */
const [PRINT, FOCUS_PRINT, LEAST_PRINT, LEAST_SHAPE] = [12, 13, 11, 11];

/** Sizes names and shapes for the present zoom; of names that would lie upon others, those of the less connected wait for more room. */
export function showNamesThatFit(cy: Core, room: number): void {
  const scale = Math.max(1, LEAST_PRINT / PRINT / cy.zoom());
  size(cy, room, scale);
  if (scale === 1) return;
  const taken = new Map<string, BoundingBox12[]>(cy.nodes().map((node) => [node.id(), [node.boundingBox({ includeLabels: false })]]));
  const waiting = cy
    .nodes()
    .toArray()
    .sort((a, b) => rank(b) - rank(a))
    .filter((node) => {
      const box = node.boundingBox({ includeNodes: false, includeLabels: true });
      const isFree = node.hasClass("focus") || [...taken].every(([id, boxes]) => id === node.id() || boxes.every((other) => areApart(box, other)));
      if (isFree) taken.get(node.id())?.push(box);
      return !isFree;
    });
  cy.batch(() => waiting.forEach((node) => node.addClass("unnamed")));
}

/** As for a file, which can be looked at as closely as one likes. */
export function showAllNames(cy: Core, room: number): void {
  size(cy, room, 1);
}

function size(cy: Core, room: number, scale: number): void {
  const least = LEAST_SHAPE / cy.zoom();
  cy.batch(() =>
    cy.nodes().forEach((node) => {
      const isFocus = node.hasClass("focus");
      node.removeClass("unnamed");
      node.data({
        print: (isFocus ? FOCUS_PRINT : PRINT) * scale,
        room: room * scale,
        size: scale === 1 ? shape(isFocus) : Math.max(shape(isFocus), isFocus ? least * 1.5 : least),
      });
    }),
  );
}

export function shape(isFocus: boolean): number {
  return isFocus ? 34 : 22;
}

function rank(node: NodeSingular): number {
  return node.hasClass("focus") || node.hasClass("marked") ? Infinity : node.degree(false);
}

function areApart(a: BoundingBox12, b: BoundingBox12): boolean {
  return a.x2 < b.x1 || a.x1 > b.x2 || a.y2 < b.y1 || a.y1 > b.y2;
}
