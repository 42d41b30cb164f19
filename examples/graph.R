# Fetches the graph from a running service, tabulates it and draws a part of it.
#
# Usage: Rscript graph.R [http://127.0.0.1:8080]     needs: igraph (Debian's r-cran-igraph)

suppressPackageStartupMessages(library(igraph))

arguments <- commandArgs(trailingOnly = TRUE)
service <- if (length(arguments) > 0) arguments[1] else "http://127.0.0.1:8080"

fetch <- function(path, to = tempfile()) {
  download.file(paste0(service, path), to, quiet = TRUE)
  to
}

nodes <- read.csv(fetch("/export/nodes.csv"), encoding = "UTF-8")
relationships <- read.csv(fetch("/export/relationships.csv"), encoding = "UTF-8")
cat(nrow(nodes), "nodes,", nrow(relationships), "relationships\n")
print(sort(table(nodes$kind), decreasing = TRUE))
newest <- read.csv(fetch("/q/agreements-newest-first.csv?first=5"), encoding = "UTF-8")
print(newest[c("date", "id")], row.names = FALSE)

graph <- read_graph(fetch("/export/graph.graphml"), format = "graphml")
stopifnot(vcount(graph) == nrow(nodes), ecount(graph) == nrow(relationships))
print(head(sort(setNames(degree(graph), V(graph)$name_en), decreasing = TRUE), 5))

part <- fetch("/export/graph.graphml?around=canada-eu-raw-materials-partnership")
part <- read_graph(part, format = "graphml")
svg("graph.svg", width = 14, height = 10)
set.seed(1)
plot(part, vertex.label = V(part)$name_en, vertex.size = 6, edge.label = E(part)$kind, edge.arrow.size = 0.4)
invisible(dev.off())
cat("drawn in graph.svg\n")
