// What leaves the page: files, and programs that ask the same question.

import type { Sent } from "../question";

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

export const LANGUAGES_OF_COPIES = ["curl", "Python", "R", "JavaScript"] as const;

export function program(language: (typeof LANGUAGES_OF_COPIES)[number], { query, variables }: Sent): string {
  const address = new URL("/graphql", location.href).href;
  const json = JSON.stringify(variables, null, 2);
  switch (language) {
    case "curl":
      return `curl ${shell(address)} \\
  -H 'Content-Type: application/json' \\
  --data-raw ${shell(JSON.stringify({ query, variables }))}
`;
    case "Python":
      return `import json
from urllib.request import Request, urlopen

query = ${JSON.stringify(query)}
variables = json.loads(${JSON.stringify(json)})

request = Request(
    ${JSON.stringify(address)},
    data=json.dumps({"query": query, "variables": variables}).encode(),
    headers={"Content-Type": "application/json"},
)
with urlopen(request) as response:
    print(json.dumps(json.load(response)["data"], indent=2, ensure_ascii=False))
`;
    case "R":
      return `library(httr2)

query <- ${JSON.stringify(query)}
variables <- jsonlite::fromJSON(${JSON.stringify(json)}, simplifyVector = FALSE)

answer <- request(${JSON.stringify(address)}) |>
  req_body_json(list(query = query, variables = variables)) |>
  req_perform() |>
  resp_body_json()
str(answer$data)
`;
    case "JavaScript":
      return `const query = ${JSON.stringify(query)};
const variables = ${json};

const response = await fetch(${JSON.stringify(address)}, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query, variables }),
});
const { data } = await response.json();
console.log(data);
`;
  }
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A drawing of the page as a file of its own: what the style sheet says is written into it. */
export function svgFile(drawn: SVGSVGElement): Blob {
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
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

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
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is empty"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
