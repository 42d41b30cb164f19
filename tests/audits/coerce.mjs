// Prints whether graphql-js takes values of variables: for each true or false.
// Usage: node coerce.mjs schema.graphql cases.json
import { readFileSync } from 'node:fs';
import { buildSchema, getVariableValues, parse } from 'graphql';

const [schemaFile, casesFile] = process.argv.slice(2);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const documents = new Map();

function definitions(document) {
  if (!documents.has(document)) documents.set(document, parse(document).definitions[0].variableDefinitions);
  return documents.get(document);
}

const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const verdicts = cases.map(({ document, variables }) => {
  const { errors } = getVariableValues(schema, definitions(document), variables);
  return errors === undefined;
});
process.stdout.write(JSON.stringify(verdicts));
