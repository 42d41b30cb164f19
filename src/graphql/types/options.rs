//! The closed lists of words in which questions are asked and their answers judged.

use async_graphql::Enum;

use crate::{graph, model};

/// Which way relationships are followed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Direction")]
pub enum Direction {
    /// As it is stated: from France to the dialogue that France SIGNED.
    Out,
    /// Against the way it is stated: from the dialogue to its signatories.
    In,
    /// Either way.
    Any,
}

/// How to answer when a date is vaguer than the question.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Certainty")]
pub enum Certainty {
    /// Only what must hold, whichever days the vague dates mean. As of a date, what is not dated is gone.
    Certain,
    /// What can hold, for some of the days the vague dates may mean. As of a date, what is not dated stands.
    Possible,
}

/// What lists of nodes are ordered by. Equal ones are ordered by id.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::NodeOrderField")]
pub enum NodeOrderField {
    /// By name, as a dictionary of the order's language has them: é next to e, numbers by value.
    Name,
    /// By the first life-cycle event; the vaguer date first, nodes without a date last in both directions.
    Date,
    /// By kind.
    Kind,
    /// By the number of relationships.
    Degree,
    /// By id.
    Id,
}

/// Which end of the order comes first.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

/// Whether some or none of the neighbours must fit.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Quantifier")]
pub enum Quantifier {
    /// At least one must.
    Some,
    /// None may.
    None,
}

/// What nodes can be counted by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::GroupKey")]
pub enum GroupKey {
    /// The kind of node.
    Kind,
    /// The form of an agreement.
    Instrument,
    /// The furthest stage an agreement has reached.
    Status,
    /// The year of the first dated life-cycle event; nodes without one are not counted.
    Year,
    /// Each party to an agreement, whether it signed or is party to it; of a theme, each party to an agreement that covers it.
    Party,
    /// Each theme that is covered.
    Theme,
    /// Each kind of relationship the node stands in, in either direction.
    RelationshipKind,
    /// Each source that the fact sheet cites.
    Source,
}

/// Which groups come first.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::GroupOrder")]
pub enum GroupOrder {
    /// By value of the first key, then of the second: years by time, nodes and sources by id, the rest by name.
    Value,
    /// The largest first; of equal size by value.
    Count,
}

/// Whether paths may pass through hubs. A hub touches so much that a path through it says little.
///
/// Hubs are the nodes declared so in their fact sheets (Canada); every theme, since to share a subject
/// is not to be connected; and every forum, initiative and organization with at least as many
/// neighbours as the square root of the number of all nodes, and at least twelve (the programmes of
/// which most agreements are a part, the IEA, the OECD). Which of them are avoided depends on this
/// policy alone: what a question is to `follow` makes no difference. `via` lets a path pass through a
/// hub that it names; `avoid` keeps out further nodes. `hidden` counts what was left out because of
/// hubs, and `avoidedHubs` names them.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::HubPolicy")]
pub enum HubPolicy {
    /// Hubs may be the ends of a path, and may be reached, but nothing goes through them.
    Avoid,
    /// Only the hubs that are declared so in their fact sheets are avoided; the others are like other nodes.
    AvoidDeclared,
    /// Hubs are like other nodes.
    Allow,
}

/// Which paths to list.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::PathMode")]
pub enum PathMode {
    /// One shortest path: of several the first.
    Shortest,
    /// All paths that are as short as the shortest.
    AllShortest,
    /// All paths that visit no node twice, the shortest first.
    Simple,
}

/// Why an enumeration ended before everything was listed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::StopReason")]
pub enum StopReason {
    /// Nothing is missing.
    None,
    /// More may lie further away than `maxDepth` or `maxLength` allows; ask for more.
    MaxDepth,
    /// More was found than is on this page; `totalCount` says how many. Ask for the next page, or for a larger one.
    Page,
    /// The work one question may cost (a million visited relationships) was used up; what is listed is right, and more may exist. Follow fewer kinds, or ask for less depth.
    WorkBudget,
}

/// A style of citations, ready to paste.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::CitationStyle")]
pub enum CitationStyle {
    /// A reference in the style of the American Psychological Association, 7th edition:
    /// `Government of Canada. (2026, January 22). Our critical minerals strategic partnerships. https://…`
    Apa,
    /// A note of The Chicago Manual of Style (notes and bibliography, not author-date):
    /// `Government of Canada, “Our critical minerals strategic partnerships,” January 22, 2026, https://….`
    Chicago,
    /// An entry for BibTeX and LaTeX, `@misc{goc-partnerships-2026-01-22, …}`; its key is the id of the source.
    Bibtex,
    /// An item of CSL JSON, which Zotero, Pandoc and others read: `{"id": "goc-partnerships-2026-01-22", "type": "webpage", …}`.
    CslJson,
}

/// What sort of text a search found a node by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::TextKind")]
pub enum TextKind {
    /// Its name, as `Germany` or `Allemagne`.
    Name,
    /// An acronym that a source states, as `EU`.
    Acronym,
    /// A shorter form of its name.
    Short,
    /// Another wording of its name, as `Métis Nation`.
    Variant,
    /// A name no longer in use.
    Former,
    /// What people say or type for it, though none of our sources does: an everyday name, an
    /// abbreviation, an adjective of nationality, as `UK` or `German`.
    Everyday,
    /// Its ISO 3166 code, as `DE`, `DEU` or `CA-QC`.
    Code,
    /// Its id, as `canada-eu-raw-materials-partnership`.
    Id,
    /// The initials of its name, which no source states as an acronym: `CMPA` for the Critical
    /// Minerals Production Alliance.
    Initials,
    /// A mineral that the agreement names, as `lithium`.
    Mineral,
    /// The place of an event of its life, as `Kananaskis, Alberta`.
    Place,
    /// The meeting or visit at which an event of its life took place.
    Occasion,
    /// Its summary, in our own words.
    Summary,
}

/// How a text fits what was searched for, the best first. Of several words the worst tells.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::MatchReason")]
pub enum MatchReason {
    /// It is what was typed; accents, case and punctuation apart: `etats unis` is `États-Unis`.
    Exact,
    /// It has the words as typed.
    Words,
    /// It has the words with other endings: `partners` for `partnership` does not count, `mineral` for
    /// `minerals` does.
    Stem,
    /// It has another name of what was typed: `Germany` for `German`, `United Kingdom` for `UK`.
    Synonym,
    /// It, or one of its words, begins with what was typed: `germ` for `Germany`.
    Prefix,
    /// Its words begin with the letters typed: `CMPA` for the Critical Minerals Production Alliance.
    Initials,
    /// It has words that differ by one or two letters: `Allemange` for `Allemagne`. A guess.
    Typo,
}

/// What a question typed in words is about.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Topic")]
pub enum QuestionTopic {
    /// Who has agreements with Canada.
    Partners,
    /// Who has none.
    WithoutAgreement,
    /// Which agreements are the newest.
    Newest,
    /// What happened when.
    History,
    /// Which themes are covered.
    Themes,
    /// What builds on something.
    Foundations,
    /// What links two things.
    Paths,
    /// On what sources differ.
    Disputes,
}
