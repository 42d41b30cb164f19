# Fetches the graph from a running service, tabulates it and draws a part of it.
#
# Usage: Rscript graph.R [http://127.0.0.1:8080]     needs: igraph

library(igraph)

arguments <- commandArgs(trailingOnly = TRUE)
service <- if (length(arguments) > 0) arguments[1] else "http://127.0.0.1:8080"

fetch <- function(path, to) {
  download.file(paste0(service, path), to, quiet = TRUE)
  to
}

nodes <- read.csv(fetch("/export/nodes.csv", tempfile()), encoding = "UTF-8")
relationships <- read.csv(fetch("/export/relationships.csv", tempfile()), encoding = "UTF-8")
cat(nrow(nodes), "nodes,", nrow(relationships), "relationships\n")
print(sort(table(nodes$kind), decreasing = TRUE))
print(sort(table(relationships$kind), decreasing = TRUE))

graph <- read_graph(fetch("/export/graph.graphml", tempfile()), format = "graphml")
central <- head(sort(degree(graph), decreasing = TRUE), 5)
names(central) <- V(graph)$name_en[order(degree(graph), decreasing = TRUE)][1:5]
print(central)

part <- fetch("/export/graph.graphml?around=canada-eu-raw-materials-partnership", tempfile())
part <- read_graph(part, format = "graphml")
svg("graph.svg", width = 14, height = 10)
plot(part, vertex.label = V(part)$name_en, edge.label = E(part)$kind, edge.arrow.size = 0.4)
dev.off()
