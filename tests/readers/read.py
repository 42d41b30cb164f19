"""Reads every export with the tools people use, and holds them to the counts of the release.

Usage: read.py FOLDER NODES RELATIONSHIPS, with the exports in FOLDER.
"""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import frictionless
import igraph
import networkx
import pandas
import rdflib
from openapi_spec_validator import validate

folder, counts = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))
EU = "canada-eu-raw-materials-partnership"


def agree(reader, nodes, relationships):
    assert (nodes, relationships) == counts, f"{reader} sees {nodes} nodes and {relationships} relationships, not {counts}"
    print(f"{reader}: {nodes} nodes, {relationships} relationships")


# pandas: the tables, and whether they fit together and their description
nodes = pandas.read_csv(folder / "nodes.csv", dtype=str, keep_default_na=False)
relationships = pandas.read_csv(folder / "relationships.csv", dtype=str, keep_default_na=False)
sources = pandas.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False)
agree("pandas", len(nodes), len(relationships))
assert nodes["id"].is_unique and relationships["id"].is_unique and sources["id"].is_unique
assert set(relationships["from"]) | set(relationships["to"]) <= set(nodes["id"])
cited = {id for row in relationships["sources"] for id in row.split()}
assert cited and cited <= set(sources["id"])
package = json.loads((folder / "datapackage.json").read_text("utf-8"))
assert {"version", "digest", "licenses"} <= package.keys()
for resource in package["resources"]:
    with open(folder / resource["path"], newline="", encoding="utf-8") as table:
        header = next(csv.reader(table))
    assert header == [field["name"] for field in resource["schema"]["fields"]], resource["name"]
report = frictionless.Package(folder / "datapackage.json").validate()
assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
rows = {task.name: task.stats["rows"] for task in report.tasks}
agree("frictionless", rows["nodes"], rows["relationships"])
assert rows["sources"] == len(sources)
degrees = Counter()
for row in relationships.itertuples():
    degrees[row[2]] += 1
    degrees[row[3]] += 1
degree_sequence = sorted(degrees[id] for id in nodes["id"])
triples = Counter(zip(relationships["from"], relationships["kind"], relationships["to"]))
french = dict(zip(nodes["id"], nodes["name_fr"]))


def check_networkx(reader, graph):
    assert isinstance(graph, networkx.MultiDiGraph), type(graph)
    agree(reader, graph.number_of_nodes(), graph.number_of_edges())
    assert sorted(degree for _, degree in graph.degree()) == degree_sequence, reader
    found = Counter((u, data["kind"], v) for u, v, data in graph.edges(data=True))
    assert found == triples, f"{reader}: kinds or parallel edges are lost"
    assert all(data["name_fr"] == french[id] for id, data in graph.nodes(data=True)), reader
    assert {type(data["hub"]) for _, data in graph.nodes(data=True)} == {bool}, reader


# networkx: GraphML, there and back
graph = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
check_networkx("networkx, GraphML", graph)
assert {"release", "digest", "license"} <= graph.graph.keys(), graph.graph
networkx.write_graphml(graph, folder / "again.graphml")
check_networkx("networkx, GraphML again", networkx.read_graphml(folder / "again.graphml", force_multigraph=True))

# networkx: GEXF with its timeline
graph = networkx.read_gexf(folder / "graph.gexf")
agree("networkx, GEXF", graph.number_of_nodes(), graph.number_of_edges())
assert sorted(degree for _, degree in graph.degree()) == degree_sequence
starts = [data["start"] for _, _, data in graph.edges(data=True) if data.get("start")]
assert starts and all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", start) for start in starts)
assert graph.nodes["canada"]["name_fr"] == french["canada"]

# igraph
graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
agree("igraph", graph.vcount(), graph.ecount())
assert graph.is_directed() and sorted(graph.degree()) == degree_sequence
assert set(graph.vs["name_fr"]) == set(french.values())

# rdflib: both files, the same triples
turtle = rdflib.Graph().parse(folder / "graph.ttl", format="turtle")
linked = rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")
assert set(turtle) == set(linked), "Turtle and JSON-LD differ"
count = """PREFIX pg: <urn:pactgraph:vocab:> SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE { ?it a pg:%s }"""
agree("rdflib", *(int(next(iter(turtle.query(count % kind)))[0]) for kind in ("Node", "Relationship")))
statements = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT (COUNT(*) AS ?n) WHERE { ?r a rdf:Statement; rdf:subject ?s; rdf:predicate ?p; rdf:object ?o. ?s ?p ?o }"""
assert int(next(iter(turtle.query(statements)))[0]) == counts[1], "a relationship has no direct triple"
provenance = """PREFIX pg: <urn:pactgraph:vocab:> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
    SELECT (COUNT(DISTINCT ?r) AS ?n) WHERE { ?r a pg:Relationship; prov:wasDerivedFrom ?s. ?s schema:url ?u }"""
assert int(next(iter(turtle.query(provenance)))[0]) == counts[1], "a relationship has no source"
path = """PREFIX pg: <urn:pactgraph:vocab:> SELECT DISTINCT ?it WHERE { ?it pg:buildsOn+ <urn:pactgraph:node:%s> }""" % EU
answer = {str(row[0]).removeprefix("urn:pactgraph:node:") for row in turtle.query(path)}
forward, reached = relationships[relationships["kind"] == "BUILDS_ON"], {EU}
while True:
    grown = reached | set(forward[forward["to"].isin(reached)]["from"])
    if grown == reached:
        break
    reached = grown
assert answer == reached - {EU} and answer, answer
print(f"rdflib: {len(answer)} build on the Canada–EU partnership: {', '.join(sorted(answer))}")

# Graphviz
run = subprocess.run(["dot", "-Tdot_json", folder / "graph.dot"], capture_output=True, check=False)
assert run.returncode == 0 and not run.stderr, run.stderr.decode()
drawn = json.loads(run.stdout)
agree("Graphviz", len(drawn["objects"]), len(drawn["edges"]))
assert drawn["release"] and drawn["digest"] and drawn["license"]

# The description of the addresses
description = json.loads((folder / "openapi.json").read_text("utf-8"))
validate(description)
print(f"openapi-spec-validator: {len(description['paths'])} paths")

# Mermaid is drawn by pages only: its lines are counted
lines = (folder / "graph.mmd").read_text("utf-8").splitlines()
agree("Mermaid", sum(":::" in line for line in lines), sum(" --> " in line for line in lines))
