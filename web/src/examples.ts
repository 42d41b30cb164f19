// The worked examples of the release, in the order of their file names.

export interface Question {
  query: string;
  variables: string;
}

const documents = load(
  import.meta.glob<string>("../../graph-data/queries/*.graphql", { query: "?raw", import: "default", eager: true }),
);
const variables = load(
  import.meta.glob<string>("../../graph-data/queries/*.variables.json", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

export const examples: Question[] = Object.keys(documents)
  .sort()
  .map((name) => ({
    query: named(documents[name] ?? "", name),
    variables: variables[name]?.trim() ?? "",
  }));

function load(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.graphql$|\.variables\.json$/g, ""), text]),
  );
}

/** Tabs are titled by their operations, so an operation without a name gets that of its file. */
function named(document: string, file: string): string {
  const words = file.replace(/^\d+-/, "").split("-");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return document.replace(/^\{/m, `query ${name} {`);
}
