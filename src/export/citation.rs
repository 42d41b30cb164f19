//! The sources of one node, ready to cite.

use crate::graph::{CitationStyle, NodeRef};

/// A format of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationFormat {
    /// A BibTeX file.
    Bibtex,
    /// A CSL JSON file.
    CslJson,
    /// A reference list in the style of the APA, one in each line.
    Apa,
    /// Notes in the style of Chicago, one in each line.
    Chicago,
}

impl CitationFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Bibtex, Self::CslJson, Self::Apa, Self::Chicago];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
            Self::Apa => "apa",
            Self::Chicago => "chicago",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::Apa | Self::Chicago => "text/plain; charset=utf-8",
        }
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::CslJson => "json",
            Self::Apa | Self::Chicago => "txt",
        }
    }
}

/// The sources of a node's fact sheet, each once, in the order of the sheet.
pub fn citations(node: NodeRef<'_>, format: CitationFormat) -> String {
    let style = match format {
        CitationFormat::Bibtex => CitationStyle::Bibtex,
        CitationFormat::CslJson => CitationStyle::CslJson,
        CitationFormat::Apa => CitationStyle::Apa,
        CitationFormat::Chicago => CitationStyle::Chicago,
    };
    let mut seen = Vec::new();
    let mut cited = Vec::new();
    for citation in node.citations() {
        let source = citation.source();
        if !seen.contains(&source.number()) {
            seen.push(source.number());
            cited.push(source.citation(style));
        }
    }
    match format {
        CitationFormat::Bibtex => cited.join("\n\n") + "\n",
        CitationFormat::CslJson => format!("[{}]\n", cited.join(",\n ")),
        CitationFormat::Apa | CitationFormat::Chicago => cited.join("\n") + "\n",
    }
}
