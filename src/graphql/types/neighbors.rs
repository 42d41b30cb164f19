//! Lists of nodes: of a kind, or next to one node.

use std::sync::Arc;

use async_graphql::{Context, OutputType};

use super::caveat::Notes;
use super::input::NodeFilter;
use super::{Agreement, Jurisdiction, Node, Party, Relationship, Theme};
use crate::graph::{self, Caveat, Direction, Found, NodeOrder, NodeRef, PageArgs, SharedNeighbors, View};
use crate::graphql::connection::{Connection, ConnectionName, Edge, edge_object, page};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, One, Written};
use crate::model::RelationshipKind;

/// A list of nodes of one kind.
pub type NodesConnection<'g, N> = Connection<N, Beside<'g>, Notes<'g>>;
/// A list of nodes of any kind.
pub type NodeConnection<'g> = NodesConnection<'g, Node<'g>>;
/// A list of agreements.
pub type AgreementConnection<'g> = NodesConnection<'g, Agreement<'g>>;
/// A list of jurisdictions.
pub type JurisdictionConnection<'g> = NodesConnection<'g, Jurisdiction<'g>>;
/// A list of themes.
pub type ThemeConnection<'g> = NodesConnection<'g, Theme<'g>>;
/// The parties of an agreement, one item for each relationship.
pub type PartyConnection<'g> = Connection<Party<'g>, Signature<'g>, Notes<'g>>;

/// The relationships that put a node on a list of neighbours.
pub struct Beside<'g> {
    list: List<'g>,
    node: NodeRef<'g>,
}

/// What a list of nodes is about.
#[derive(Clone)]
enum List<'g> {
    /// No other node.
    Plain,
    /// The neighbours of one node.
    Neighbors(Neighbors<'g>),
    /// The neighbours that several nodes share.
    Shared(Arc<SharedNeighbors<'g>>),
}

impl<'g> Beside<'g> {
    fn relationships(&self) -> Vec<Relationship<'g>> {
        match &self.list {
            List::Plain => Vec::new(),
            List::Neighbors(neighbors) => neighbors.with(self.node),
            List::Shared(shared) => shared.relationships_with(self.node).into_iter().map(Relationship::from).collect(),
        }
    }
}

edge_object! {
    ['g, N: Written, M: ConnectionName] Edge<N, Beside<'g>, M>, N {
        /// The relationships that put the node on this list, as MEMBER_OF for a list of members; none
        /// where the list is not about other nodes.
        async fn relationships(&self) -> Many<Relationship<'g>> {
            Many(self.extra.relationships())
        }
    }
}

/// How a party stands to an agreement.
pub struct Signature<'g>(Relationship<'g>);

edge_object! {
    ['g, N: Written, M: ConnectionName] Edge<N, Signature<'g>, M>, N {
        /// Whether the party SIGNED or is PARTY_TO the agreement, since when, and who says so.
        async fn relationship(&self) -> One<Relationship<'g>> {
            One(self.extra.0)
        }
    }
}

/// The nodes next to one node, along some kinds of relationships.
#[derive(Clone, Copy)]
pub struct Neighbors<'g> {
    of: NodeRef<'g>,
    kinds: &'static [RelationshipKind],
    direction: Direction,
}

impl<'g> Neighbors<'g> {
    /// The nodes next to `of` along `kinds` in `direction`.
    pub fn new(of: NodeRef<'g>, kinds: &'static [RelationshipKind], direction: Direction) -> Self {
        Self { of, kinds, direction }
    }

    /// One page of them, each once.
    pub fn page<N: OutputType + From<NodeRef<'g>>>(
        self,
        ctx: &Context<'_>,
        filter: Option<NodeFilter>,
        order: Option<NodeOrder>,
        page: PageArgs,
    ) -> Result<NodesConnection<'g, N>, Refusal> {
        let neighbors = self.of.neighbors(self.kinds, self.direction);
        let filter = filter.map(Into::into);
        let list = self.of.view().among(neighbors, filter.as_ref(), order, language_or(ctx, None))?;
        let caveats = Caveat::of_neighbors(self.of, self.kinds, self.direction, filter.as_ref());
        found_beside(self.of.view(), &list, page, &List::Neighbors(self), caveats.into())
    }

    /// The relationships with one of them.
    fn with(self, node: NodeRef<'g>) -> Vec<Relationship<'g>> {
        self.of.relationships_with(node, self.kinds, self.direction).into_iter().map(Relationship::from).collect()
    }
}

/// One page of those of `list` that fit; in its own order where none is asked for.
pub fn selected<'g, N: OutputType + From<NodeRef<'g>>>(
    ctx: &Context<'_>,
    view: &'g View,
    list: Vec<NodeRef<'g>>,
    filter: Option<NodeFilter>,
    order: Option<super::input::NodeOrder>,
    page: PageArgs,
) -> Result<NodesConnection<'g, N>, Refusal> {
    let order = order.map(super::input::NodeOrder::into_graph);
    let filter = filter.map(Into::into);
    let list = view.select(list, filter.as_ref(), order, language_or(ctx, None))?;
    connection(view, &list, page, List::Plain, Caveat::of_filter(view, filter.as_ref()).into())
}

/// One page of the nodes that were found by a condition, of which only those of the page are looked at.
pub fn found<'g, N: OutputType + From<NodeRef<'g>>>(
    view: &'g View,
    list: &Found<'g>,
    filter: Option<&graph::NodeFilter>,
    args: PageArgs,
) -> Result<NodesConnection<'g, N>, Refusal> {
    found_beside(view, list, args, &List::Plain, Caveat::of_filter(view, filter).into())
}

fn found_beside<'g, N: OutputType + From<NodeRef<'g>>>(
    view: &View,
    list: &Found<'g>,
    args: PageArgs,
    about: &List<'g>,
    notes: Notes<'g>,
) -> Result<NodesConnection<'g, N>, Refusal> {
    let page = page(view, args, list.total(), |wanted| list.position(wanted))?;
    let edge = |node: &NodeRef<'g>| (N::from(*node), Beside { list: about.clone(), node: *node });
    let nodes = list.at(page.range.clone());
    Ok(Connection::of_page(view, &nodes, &page, list.total(), notes, |node| node.id().to_owned(), edge))
}

/// One page of the neighbours that several nodes share.
pub fn shared<'g>(view: &View, shared: SharedNeighbors<'g>, page: PageArgs) -> Result<NodeConnection<'g>, Refusal> {
    let list = shared.nodes.clone();
    let notes = shared.caveats().into();
    connection(view, &list, page, List::Shared(Arc::new(shared)), notes)
}

fn connection<'g, N: OutputType + From<NodeRef<'g>>>(
    view: &View,
    list: &[NodeRef<'g>],
    page: PageArgs,
    about: List<'g>,
    notes: Notes<'g>,
) -> Result<NodesConnection<'g, N>, Refusal> {
    let edge = |node: &NodeRef<'g>| (N::from(*node), Beside { list: about.clone(), node: *node });
    Connection::cut(view, list, page, notes, |node| node.id().to_owned(), edge)
}

/// The parties of an agreement: one item for each relationship, by kind, date and party where no
/// order is asked for.
pub fn parties<'g>(
    ctx: &Context<'_>,
    agreement: NodeRef<'g>,
    filter: Option<NodeFilter>,
    order: Option<super::input::NodeOrder>,
    page: PageArgs,
) -> Result<PartyConnection<'g>, Refusal> {
    let kinds = [RelationshipKind::PartyTo, RelationshipKind::Signed];
    let (filter, order) = (filter.map(Into::into), order.map(super::input::NodeOrder::into_graph));
    let relationships =
        agreement.select_relationships(&kinds, Direction::In, filter.as_ref(), order, language_or(ctx, None))?;
    let list: Vec<_> = (relationships.into_iter())
        .filter_map(|relationship| Some((Party::new(relationship.from())?, relationship)))
        .collect();
    let edge = |(party, r): &(Party<'g>, _)| (party.clone(), Signature(Relationship::from(*r)));
    let caveats = Caveat::of_neighbors(agreement, &kinds, Direction::In, filter.as_ref());
    Connection::cut(agreement.view(), &list, page, caveats.into(), |(_, relationship)| relationship.id(), edge)
}
