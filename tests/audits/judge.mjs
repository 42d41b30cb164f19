// Prints what graphql-js says of documents: for each the place and the words of its first error, or null.
// Usage: node judge.mjs schema.graphql documents.json
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';

const [schemaFile, documentsFile] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

function firstError(document) {
  let ast;
  try {
    ast = parse(document);
  } catch (error) {
    return error;
  }
  const [error] = validate(schema, ast);
  if (error) return error;
  // What graphql-js finds out only when it executes.
  const operation = ast.definitions.find((node) => node.operation && !schema.getRootType(node.operation));
  if (!operation) return null;
  const { line, column } = operation.loc.startToken;
  const message = `Schema is not configured to execute ${operation.operation} operation.`;
  return { message, locations: [{ line, column }] };
}

const documents = JSON.parse(readFileSync(documentsFile, 'utf8'));
const verdicts = documents.map(({ document }) => {
  const error = firstError(document);
  if (!error) return null;
  const [place] = error.locations ?? [];
  return { line: place?.line ?? null, column: place?.column ?? null, message: error.message };
});
process.stdout.write(JSON.stringify(verdicts));
