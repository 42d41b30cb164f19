//! Where in the files each part of a record stands, so that a fault between two records has a line
//! and a column too. Records made in memory have no places; they are named by the sheet they would
//! stand in.

use std::ops::Range;
use std::sync::Arc;

use super::folder::SOURCES;
use super::load::SourceFile;
use super::{Dataset, Location};
use crate::model::{Home, Language, Statement};

/// The bytes of a file.
pub(super) type Span = Range<usize>;

/// Where the parts of a node stand.
#[derive(Debug, Default)]
pub(super) struct NodePlace {
    pub(super) file: usize,
    /// The word the sheet begins with.
    pub(super) start: Span,
    /// The name in each of the two languages.
    pub(super) name: [Span; 2],
    pub(super) aliases: Vec<Span>,
    pub(super) events: Vec<EventPlace>,
    pub(super) disputes: Vec<DisputePlace>,
    pub(super) citations: Vec<Span>,
    /// The sources of what is said of its members.
    pub(super) membership: Vec<Span>,
    /// The sources of what is said of its binding force.
    pub(super) binding: Vec<Span>,
    /// Those who signed for its parties.
    pub(super) signers: Vec<SignerPlace>,
    /// Whether the sheet has a citation that was not understood, which the record is without.
    pub(super) lost_citation: bool,
    /// Whether what the sheet says of its members has a citation that was not understood.
    pub(super) lost_membership_citation: bool,
    /// Whether what the sheet says of its binding force has a citation that was not understood.
    pub(super) lost_binding_citation: bool,
    /// Whether the sheet has a relationship that was not understood.
    pub(super) lost_statement: bool,
}

/// Where the parts of a signer stand.
#[derive(Debug, Default)]
pub(super) struct SignerPlace {
    /// The party signed for.
    pub(super) party: Span,
    pub(super) citations: Vec<Span>,
    /// Whether it has a citation that was not understood.
    pub(super) lost_citation: bool,
}

/// Where the parts of an event stand.
#[derive(Debug, Default)]
pub(super) struct EventPlace {
    pub(super) date: Option<Span>,
    pub(super) citations: Vec<Span>,
}

/// Where the parts of a dispute stand.
#[derive(Debug, Default)]
pub(super) struct DisputePlace {
    pub(super) why: Span,
    pub(super) chosen: Option<Span>,
    /// The sources of the values.
    pub(super) citations: Vec<Span>,
    /// Whether the sheet has a value that was not understood.
    pub(super) lost_value: bool,
}

/// Where the parts of a statement stand.
#[derive(Debug, Default)]
pub(super) struct StatementPlace {
    pub(super) file: usize,
    /// The word that tells its kind.
    pub(super) verb: Span,
    /// The id of the other node.
    pub(super) id: Span,
    /// The date on which it began.
    pub(super) since: Option<Span>,
    /// The date on which it ended.
    pub(super) until: Option<Span>,
    pub(super) citations: Vec<Span>,
    /// Whether the sheet has a citation of it that was not understood.
    pub(super) lost_citation: bool,
    /// Whether the sheet has a date of it that was not understood.
    pub(super) lost_date: bool,
}

/// Where the parts of a source stand.
#[derive(Debug, Default)]
pub(super) struct SourcePlace {
    pub(super) file: usize,
    pub(super) start: Span,
    pub(super) copy_of: Option<Span>,
}

/// The places of all records, each list in the order of its records; all empty for records made in
/// memory.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) files: Vec<SourceFile>,
    pub(super) nodes: Vec<NodePlace>,
    pub(super) statements: Vec<StatementPlace>,
    pub(super) sources: Vec<SourcePlace>,
}

/// A part of a record that a fault can be about. The numbers are positions in the lists of the
/// dataset and of its records.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    /// The sheet of a node.
    Node(usize),
    /// The name of a node in a language.
    Name(usize, Language),
    /// An alias of a node.
    Alias(usize, usize),
    /// The date of an event of a node.
    EventDate(usize, usize),
    /// A citation of an event of a node.
    EventCitation(usize, usize, usize),
    /// A dispute of a node.
    Dispute(usize, usize),
    /// The value chosen in a dispute of a node.
    Chosen(usize, usize),
    /// The source of a value in a dispute of a node.
    ValueCitation(usize, usize, usize),
    /// A citation of a node.
    NodeCitation(usize, usize),
    /// A citation of what a node says of its members.
    MembershipCitation(usize, usize),
    /// A citation of what a node says of its binding force.
    BindingCitation(usize, usize),
    /// The party that somebody signed for.
    Signer(usize, usize),
    /// A citation of somebody who signed.
    SignerCitation(usize, usize, usize),
    /// A statement, at the id of the node that its sheet names.
    Statement(usize),
    /// The verb of a statement.
    Verb(usize),
    /// The beginning of a statement.
    Since(usize),
    /// The end of a statement.
    Until(usize),
    /// A citation of a statement.
    StatementCitation(usize, usize),
    /// The sheet of a source.
    Source(usize),
    /// The source that a source is a copy of.
    CopyOf(usize),
}

impl Dataset {
    /// The line and column of `spot`.
    pub(super) fn locate(&self, spot: Spot) -> Location {
        match self.places.find(spot) {
            Some((file, span)) => {
                let file = &self.places.files[file];
                Location::new(file.name.clone(), &file.text, span)
            }
            None => Location::whole(self.sheet_of(spot)),
        }
    }

    /// The sheet that a record made in memory would stand in.
    fn sheet_of(&self, spot: Spot) -> Arc<str> {
        match spot {
            Spot::Node(node)
            | Spot::Name(node, _)
            | Spot::Alias(node, _)
            | Spot::EventDate(node, _)
            | Spot::EventCitation(node, ..)
            | Spot::Dispute(node, _)
            | Spot::Chosen(node, _)
            | Spot::ValueCitation(node, ..)
            | Spot::NodeCitation(node, _)
            | Spot::MembershipCitation(node, _)
            | Spot::BindingCitation(node, _)
            | Spot::Signer(node, _)
            | Spot::SignerCitation(node, ..) => self.sheet_of_node(node),
            Spot::Statement(statement)
            | Spot::Verb(statement)
            | Spot::Since(statement)
            | Spot::Until(statement)
            | Spot::StatementCitation(statement, _) => {
                let id = self.home_id(&self.statements[statement]);
                match self.node_index(id) {
                    Some(node) => self.sheet_of_node(node),
                    None => format!("{id}.ron").into(),
                }
            }
            Spot::Source(source) | Spot::CopyOf(source) => format!("{SOURCES}/{}.ron", self.sources[source].id).into(),
        }
    }

    /// The id of the node whose sheet states `statement`.
    pub(super) fn home_id(&self, statement: &Statement<u32>) -> &str {
        let end = match statement.kind.home().0 {
            Home::Subject => statement.from,
            Home::Object => statement.to,
        };
        self.id(end).as_str()
    }

    fn sheet_of_node(&self, node: usize) -> Arc<str> {
        let node = &self.nodes[node];
        format!("{}/{}.ron", node.kind().folder(), node.id).into()
    }
}

impl Places {
    /// The file and the bytes of `spot`; where its own are not known, those of what it belongs to.
    fn find(&self, spot: Spot) -> Option<(usize, Span)> {
        let in_node = |node: usize, part: &dyn Fn(&NodePlace) -> Option<Span>| {
            let place = self.nodes.get(node)?;
            Some((place.file, part(place).unwrap_or_else(|| place.start.clone())))
        };
        let in_statement = |statement: usize, part: &dyn Fn(&StatementPlace) -> Option<Span>| {
            let place = self.statements.get(statement)?;
            Some((place.file, part(place).unwrap_or_else(|| place.id.clone())))
        };
        match spot {
            Spot::Node(node) => in_node(node, &|_| None),
            Spot::Name(node, Language::En) => in_node(node, &|place| Some(place.name[0].clone())),
            Spot::Name(node, Language::Fr) => in_node(node, &|place| Some(place.name[1].clone())),
            Spot::Alias(node, alias) => in_node(node, &|place| place.aliases.get(alias).cloned()),
            Spot::EventDate(node, event) => in_node(node, &|place| place.events.get(event)?.date.clone()),
            Spot::EventCitation(node, event, citation) => {
                in_node(node, &|place| place.events.get(event)?.citations.get(citation).cloned())
            }
            Spot::Dispute(node, dispute) => in_node(node, &|place| Some(place.disputes.get(dispute)?.why.clone())),
            Spot::Chosen(node, dispute) => in_node(node, &|place| place.disputes.get(dispute)?.chosen.clone()),
            Spot::ValueCitation(node, dispute, value) => {
                in_node(node, &|place| place.disputes.get(dispute)?.citations.get(value).cloned())
            }
            Spot::NodeCitation(node, citation) => in_node(node, &|place| place.citations.get(citation).cloned()),
            Spot::MembershipCitation(node, citation) => in_node(node, &|place| place.membership.get(citation).cloned()),
            Spot::BindingCitation(node, citation) => in_node(node, &|place| place.binding.get(citation).cloned()),
            Spot::Signer(node, signer) => in_node(node, &|place| Some(place.signers.get(signer)?.party.clone())),
            Spot::SignerCitation(node, signer, citation) => {
                in_node(node, &|place| place.signers.get(signer)?.citations.get(citation).cloned())
            }
            Spot::Statement(statement) => in_statement(statement, &|_| None),
            Spot::Verb(statement) => in_statement(statement, &|place| Some(place.verb.clone())),
            Spot::Since(statement) => in_statement(statement, &|place| place.since.clone()),
            Spot::Until(statement) => in_statement(statement, &|place| place.until.clone()),
            Spot::StatementCitation(statement, citation) => {
                in_statement(statement, &|place| place.citations.get(citation).cloned())
            }
            Spot::Source(source) => self.sources.get(source).map(|place| (place.file, place.start.clone())),
            Spot::CopyOf(source) => {
                let place = self.sources.get(source)?;
                Some((place.file, place.copy_of.clone().unwrap_or_else(|| place.start.clone())))
            }
        }
    }
}
