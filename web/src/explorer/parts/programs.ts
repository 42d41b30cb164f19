// Programs that ask the question of a panel elsewhere. They need nothing beyond what their language brings.

import type { Sent } from "../question";

export const PROGRAMS = ["curl", "Python", "R", "JavaScript"] as const;

export function program(language: (typeof PROGRAMS)[number], { query, variables }: Sent): string {
  const address = new URL("/graphql", location.href).href;
  const json = JSON.stringify(variables, null, 2);
  switch (language) {
    case "curl":
      return `curl -sS ${shell(address)} \\
  -H 'Content-Type: application/json' \\
  --data-raw ${shell(JSON.stringify({ query, variables }))}
`;
    case "Python":
      return `import json
from urllib.request import Request, urlopen

query = """
${query.replace(/\\|"""/g, "\\$&")}
"""
variables = json.loads(r"""
${json}
""")

request = Request(
    ${JSON.stringify(address)},
    data=json.dumps({"query": query, "variables": variables}).encode(),
    headers={"Content-Type": "application/json"},
)
with urlopen(request) as response:
    answer = json.load(response)
print(json.dumps(answer["data"], indent=2, ensure_ascii=False))
`;
    case "R":
      return `query <- r"---(
${query}
)---"
variables <- r"---(
${json.replaceAll(')---"', '\\u0029---"')}
)---"

escaped <- function(text) URLencode(enc2utf8(text), reserved = TRUE)
address <- paste0(${JSON.stringify(`${address}?query=`)}, escaped(query), "&variables=", escaped(variables))
answer <- paste(readLines(address, encoding = "UTF-8", warn = FALSE), collapse = "\\n")

# Plain R shows the answer; with the package jsonlite it becomes lists and data frames.
if (requireNamespace("jsonlite", quietly = TRUE)) {
  str(jsonlite::fromJSON(answer)$data)
} else {
  cat(answer, "\\n")
}
`;
    case "JavaScript":
      return `const query = \`
${query.replace(/[\\`]|\$\{/g, "\\$&")}
\`;
const variables = ${json};

const response = await fetch(${JSON.stringify(address)}, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query, variables }),
});
const { data } = await response.json();
console.log(JSON.stringify(data, null, 2));
`;
  }
}

function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
