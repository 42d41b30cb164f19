//! Format: the only list of formats.

/// Every format a selection can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// GraphML, for networkx, igraph, yEd and Gephi.
    Graphml,
    /// GEXF 1.3 with dynamics, for Gephi.
    Gexf,
    /// The language of Graphviz.
    Dot,
    /// Cytoscape JSON.
    Cytoscape,
    /// RDF as Turtle.
    Turtle,
    /// RDF as JSON-LD.
    JsonLd,
    /// A Mermaid flowchart, for notes.
    Mermaid,
    /// The nodes as a table.
    Nodes,
    /// The relationships as a table.
    Relationships,
    /// The sources as a table.
    Sources,
    /// The description of the tables, as a Frictionless data package.
    DataPackage,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Graphml,
        Self::Gexf,
        Self::Dot,
        Self::Cytoscape,
        Self::Turtle,
        Self::JsonLd,
        Self::Mermaid,
        Self::Nodes,
        Self::Relationships,
        Self::Sources,
        Self::DataPackage,
    ];

    /// The files that hold a graph whole, nodes and relationships.
    pub fn graphs() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| format.is_graph())
    }

    /// Whether one file of it holds nodes and relationships.
    pub fn is_graph(self) -> bool {
        !matches!(self, Self::Nodes | Self::Relationships | Self::Sources | Self::DataPackage)
    }

    /// Its name, which is also the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Graphml => "graphml",
            Self::Gexf => "gexf",
            Self::Dot => "dot",
            Self::Cytoscape => "cyjs",
            Self::Turtle => "ttl",
            Self::JsonLd => "jsonld",
            Self::Mermaid => "mmd",
            Self::Nodes => "nodes.csv",
            Self::Relationships => "relationships.csv",
            Self::Sources => "sources.csv",
            Self::DataPackage => "datapackage.json",
        }
    }

    /// The other names it is asked for by.
    pub fn other_names(self) -> &'static [&'static str] {
        match self {
            Self::Dot => &["gv", "graphviz"],
            Self::Cytoscape => &["cytoscape", "cytoscape-json"],
            Self::Turtle => &["turtle"],
            Self::JsonLd => &["json-ld"],
            Self::Mermaid => &["mermaid"],
            Self::DataPackage => &["datapackage"],
            Self::Graphml | Self::Gexf | Self::Nodes | Self::Relationships | Self::Sources => &[],
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.name() == name || format.other_names().contains(&name.as_str()))
    }

    /// The name of its file: `graph.ttl`, `nodes.csv`.
    pub fn file_name(self) -> String {
        if self.is_graph() { format!("graph.{}", self.name()) } else { self.name().to_owned() }
    }

    /// Its media type, with the character set where the type does not imply it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Graphml => "application/graphml+xml; charset=utf-8",
            Self::Gexf => "application/gexf+xml; charset=utf-8",
            Self::Dot => "text/vnd.graphviz; charset=utf-8",
            Self::Cytoscape => "application/vnd.cytoscape.cyjs+json",
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::JsonLd => "application/ld+json",
            Self::Mermaid => "text/vnd.mermaid; charset=utf-8",
            Self::Nodes | Self::Relationships | Self::Sources => "text/csv; charset=utf-8; header=present",
            Self::DataPackage => "application/json",
        }
    }

    /// What it is and who reads it, in a few words.
    pub fn says(self) -> &'static str {
        match self {
            Self::Graphml => "GraphML with typed keys: networkx, igraph, yEd, Gephi",
            Self::Gexf => "GEXF 1.3 with a timeline: Gephi, Gephi Lite",
            Self::Dot => "the language of Graphviz",
            Self::Cytoscape => "Cytoscape JSON: cytoscape.js, Cytoscape",
            Self::Turtle => "RDF as Turtle: schema.org, PROV-O, SKOS",
            Self::JsonLd => "the same RDF as JSON-LD",
            Self::Mermaid => "a Mermaid flowchart, for notes",
            Self::Nodes => "the nodes, one in each row",
            Self::Relationships => "the relationships, one in each row",
            Self::Sources => "the sources they cite, one in each row",
            Self::DataPackage => "the description of the three tables, a Frictionless data package",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for format in Format::ALL {
            for name in [&[format.name()], format.other_names()].concat() {
                assert_eq!(Format::named(&name.to_uppercase()), Some(format), "{name}");
            }
        }
        assert_eq!(Format::named("xlsx"), None);
    }
}
