"""Fetches the graph from a running service, tabulates it and draws a part of it.

Usage: python graph.py [http://127.0.0.1:8080]     needs: pandas, networkx, and Graphviz's dot
"""

import io
import subprocess
import sys
import urllib.request

import networkx
import pandas

service = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"


def fetch(path):
    with urllib.request.urlopen(service + path) as response:
        return response.read()


nodes = pandas.read_csv(io.BytesIO(fetch("/export/nodes.csv")), index_col="id")
relationships = pandas.read_csv(io.BytesIO(fetch("/export/relationships.csv")))
print(f"{len(nodes)} nodes, {len(relationships)} relationships")
print(nodes.groupby("kind").size().sort_values(ascending=False).to_string())

graph = networkx.read_graphml(io.BytesIO(fetch("/export/graph.graphml")), force_multigraph=True)
central = sorted(networkx.degree_centrality(graph).items(), key=lambda item: -item[1])[:5]
for id, centrality in central:
    print(f"{centrality:.2f}  {nodes.name_en[id]}")

dot = fetch("/export/graph.dot?around=canada-eu-raw-materials-partnership")
subprocess.run(["dot", "-Tsvg", "-o", "graph.svg"], input=dot, check=True)
print("drawn in graph.svg")
