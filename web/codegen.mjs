// Writes src/explorer/generated.ts: the questions of the explorer and the types of their answers,
// from its GraphQL documents and the schema. A document that does not fit the schema ends the build.
//
// Each question gets a twin within `asOf` and one within `allDates`, so that every view can be seen as of a
// date and at any time.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildASTSchema, Kind, parse, print, validate, visit } from "graphql";

const web = path.dirname(fileURLToPath(import.meta.url));
const folder = path.join(web, "src/explorer/queries");
const filename = path.join(web, "src/explorer/generated.ts");

const schemaText = parse(await readFile(path.join(web, "../schema.graphql"), "utf8"));
const schema = buildASTSchema(schemaText);
const files = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
const documents = await Promise.all(
  files.map(async (name) => ({ location: name, document: parse(await readFile(path.join(folder, name), "utf8")) })),
);

const definitions = documents.flatMap(({ document }) => document.definitions);
const fragments = new Map(
  definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
);
const questions = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);

const types = await codegen({
  filename,
  schema: schemaText,
  schemaAst: schema,
  documents,
  config: {
    enumType: "string-literal",
    enumsAsTypes: true,
    useTypeImports: true,
    skipTypename: false,
    nonOptionalTypename: true,
    inputMaybeValue: "T | null | undefined",
    scalars: { ID: "string", PartialDate: "string" },
    strictScalars: true,
  },
  plugins: [{ operations: {} }],
  pluginMap: { operations },
});

const lines = questions.map((question) => {
  const name = question.name.value;
  const twins = isInGraph(question) ? { dated: text(asOf(question)), always: text(allDates(question)) } : undefined;
  const value = { name, plain: text(question), ...twins };
  const kind = twins ? "DatedQuestion" : "Question";
  return `export const ${name}: ${kind}<${name}Query, ${name}QueryVariables> = ${JSON.stringify(value)};\n`;
});

const head = `// Written by codegen.mjs from src/explorer/queries and schema.graphql: not to be edited.
import type { DatedQuestion, Question } from "./question";
`;
await writeFile(filename, [head, types, ...lines].join("\n"));

/** Whether all it asks of the whole is answered the same way at other times. */
function isInGraph(question) {
  const [whole, dated] = ["Query", "Graph"].map((name) => schema.getType(name).getFields());
  return question.selectionSet.selections.every(
    ({ name }) => String(dated[name.value]?.type) === String(whole[name.value]?.type),
  );
}

function asOf(question) {
  return within(
    question,
    "AsOf",
    "query ($asOf: PartialDate!, $certainty: Certainty!, $undated: Boolean!) { asOf(date: $asOf, certainty: $certainty, undated: $undated) { id } }",
  );
}

function allDates(question) {
  return within(question, "AllDates", "query { allDates { id } }");
}

/** The question within a field that gives all fields again. */
function within(question, suffix, around) {
  const twin = parse(around);
  const [operation] = twin.definitions;
  const [field] = operation.selectionSet.selections;
  return {
    ...question,
    name: { kind: Kind.NAME, value: `${question.name.value}${suffix}` },
    variableDefinitions: [...question.variableDefinitions, ...(operation.variableDefinitions ?? [])],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...field, selectionSet: question.selectionSet }] },
  };
}

/** The question with the fragments it needs, proven against the schema. */
function text(question) {
  const needed = new Set();
  const collect = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        if (needed.has(name.value)) return;
        needed.add(name.value);
        collect(fragments.get(name.value));
      },
    });
  collect(question);
  const document = { kind: Kind.DOCUMENT, definitions: [question, ...[...needed].map((name) => fragments.get(name))] };
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(`${question.name.value}: ${faults.map(({ message }) => message).join(" ")}`);
  return print(document);
}
