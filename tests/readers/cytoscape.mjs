// Reads a Cytoscape JSON export with cytoscape.js, without a page.
//
// Usage: node cytoscape.mjs FILE NODES RELATIONSHIPS
import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";

import cytoscape from "cytoscape";

const [file, nodes, relationships] = process.argv.slice(2);
const document = JSON.parse(await readFile(file, "utf8"));
const graph = cytoscape({ headless: true });
graph.json(document);
assert.deepEqual([graph.nodes().length, graph.edges().length], [Number(nodes), Number(relationships)]);
assert.ok(graph.data("release") && graph.data("digest") && graph.data("license"), "it does not say which data it is");
const canada = graph.getElementById("canada");
assert.equal(canada.data("name_fr"), "Canada");
const degrees = graph.nodes().map((node) => node.degree(true));
assert.equal(degrees.reduce((sum, degree) => sum + degree, 0), 2 * Number(relationships));
console.log(`cytoscape.js: ${nodes} nodes, ${relationships} relationships; Canada has ${canada.degree(true)}`);
