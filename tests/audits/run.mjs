// Judges a running service by the audits of the GraphQL-over-HTTP draft.
// Usage: node run.mjs http://127.0.0.1:8080/graphql
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('Usage: node run.mjs <address of the endpoint>');
  process.exit(2);
}

const results = [];
for (const audit of serverAudits({ url })) {
  results.push(await audit.fn());
}
const failed = results.filter((result) => result.status !== 'ok');
for (const result of failed) {
  console.log(`${result.status} ${result.id} ${result.name}: ${result.reason ?? ''}`);
}
console.log(`${results.length - failed.length} of ${results.length} audits pass`);
process.exit(failed.some((result) => /^(MUST|SHOULD)/.test(result.name)) || results.length === 0 ? 1 : 0);
