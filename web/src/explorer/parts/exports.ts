// What leaves the page as a file.

/** What a picture gives as files. */
export interface Drawing {
  png(): Promise<Blob>;
  svg(): Blob;
}

export type Cell = string | number | null;

/** RFC 4180, with a mark by which spreadsheets know UTF-8. */
export function csv(rows: Cell[][]): Blob {
  const field = (cell: Cell) => {
    const text = String(cell ?? "");
    // A spreadsheet would run what looks like a formula.
    const tame = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
  };
  const text = rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
  return new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" });
}

export function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A drawing of the page as a file of its own: what the style sheet says is written into it. */
function svgFile(drawn: SVGSVGElement): Blob {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = drawn.querySelectorAll<SVGElement>("*");
  copy.querySelectorAll<SVGElement>("*").forEach((element, index) => {
    const original = originals[index];
    if (original === undefined) return;
    const style = getComputedStyle(original);
    for (const name of ["fill", "stroke", "stroke-width", "font-size", "font-family", "font-weight", "text-anchor"]) {
      element.setAttribute(name, style.getPropertyValue(name));
    }
    element.removeAttribute("class");
  });
  const { width, height } = drawn.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS(copy.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ width, height, fill: surface() })) ground.setAttribute(name, String(value));
  copy.prepend(ground);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

/** A drawing of the page as files; null where it is not there yet. */
export function figureDrawing(drawn: SVGSVGElement | null): Drawing | null {
  if (drawn === null) return null;
  const { width, height } = drawn.viewBox.baseVal;
  return { svg: () => svgFile(drawn), png: () => pngFile(svgFile(drawn), width, height) };
}

/** What drawings stand on: print of a dark page could not be read on white. */
function surface(): string {
  return getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
}

/** A drawing as a picture of twice its size in pixels. */
export async function pngFile(svg: Blob, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * 2, height * 2];
    const pen = canvas.getContext("2d");
    if (pen === null) throw new Error("there is no canvas");
    pen.fillStyle = surface();
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is empty"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
