//! Lists of what can be reached.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::OutputType;

use super::caveat::Caveat;
use super::enums::StopReason;
use super::hidden::Hidden;
use super::input::NodeFilter;
use super::{Node, Path};
use crate::graph::{self, Direction, HubPolicy, NodeRef, PageArgs, ReachQuestion, StopReason as Stop, View};
use crate::graphql::connection::{Connection, ConnectionName, Edge, Listing, connection_object, edge_object};
use crate::graphql::error::Refusal;
use crate::graphql::written::{Many, One, Written};
use crate::model::RelationshipKind;

/// Names the connection of what was reached.
pub struct ReachName;

impl ConnectionName for ReachName {
    fn stem<N: OutputType>() -> Cow<'static, str> {
        "Reach".into()
    }
}

/// What was reached.
pub type ReachConnection<'g> = Connection<Node<'g>, Distance<'g>, Walked<'g>, ReachName>;

/// How far a node is, and by which way.
pub struct Distance<'g> {
    reach: Arc<graph::Reach<'g>>,
    reached: graph::Reached<'g>,
}

/// What is said of the whole walk.
pub struct Walked<'g> {
    stopped: Stop,
    reach: Arc<graph::Reach<'g>>,
}

/// What is said of a walk, in terms that name no lifetime: async-graphql cannot prove its futures
/// `Send` where the object's own bounds name one.
pub trait Walk: Send + Sync {
    /// A node that is a hub.
    type Hub: Written;

    /// A list that is not known to be whole.
    type Caveat: Written;

    /// Why not everything is on the page.
    fn stopped(&self) -> Stop;

    /// Up to how many steps away everything was found.
    fn whole_to(&self) -> usize;

    /// What only hubs lead to.
    fn hidden(&self) -> Hidden;

    /// The lists walked that are not known to be whole.
    fn caveats(&self) -> Vec<Self::Caveat>;

    /// Those hubs.
    fn avoided_hubs(&self) -> Vec<Self::Hub>;
}

impl<'g> Walk for Walked<'g> {
    type Hub = Node<'g>;
    type Caveat = Caveat<'g>;

    fn stopped(&self) -> Stop {
        self.stopped
    }

    fn whole_to(&self) -> usize {
        self.reach.whole_to
    }

    fn hidden(&self) -> Hidden {
        self.reach.hidden().into()
    }

    fn caveats(&self) -> Vec<Caveat<'g>> {
        self.reach.caveats().into_iter().map(Caveat::from).collect()
    }

    fn avoided_hubs(&self) -> Vec<Node<'g>> {
        self.reach.avoided_hubs().into_iter().map(Node::from).collect()
    }
}

connection_object! {
    [N: Written, E: Send + Sync, W: Walk] Listing<N, E, W, ReachName>, Edge<N, E, ReachName>, N {
        /// Whether everything that was asked about is on this page. What only hubs lead to was not asked
        /// about, where they are avoided: `hidden` counts it. It does not mean that lists of members are
        /// whole: see `caveats`.
        async fn complete(&self) -> bool {
            self.extra.stopped() == Stop::None
        }

        /// Why not everything is on this page.
        async fn stopped_by(&self) -> StopReason {
            self.extra.stopped().into()
        }

        /// Everything up to so many steps away was found, on this page or not, unless only hubs lead to
        /// it: `maxDepth`, unless the work one question may cost was used up before.
        async fn complete_to_depth(&self) -> usize {
            self.extra.whole_to()
        }

        /// The lists of members and parties that were walked and are not known to be whole, by id: those who
        /// are missing, and what lies behind them, are not in this answer.
        async fn caveats(&self) -> Many<W::Caveat> {
            Many(self.extra.caveats())
        }

        /// The nodes that were left out because only hubs lead to them.
        async fn hidden(&self) -> One<Hidden> {
            One(self.extra.hidden())
        }

        /// The hubs that were reached and not walked on from, and through which the `hidden` nodes are
        /// reached, by id. They are listed like other nodes.
        async fn avoided_hubs(&self) -> Many<W::Hub> {
            Many(self.extra.avoided_hubs())
        }
    }
}

edge_object! {
    ['g, N: Written] Edge<N, Distance<'g>, ReachName>, N {
        /// How many steps the node is away, by the shortest way.
        async fn depth(&self) -> usize {
            self.extra.reached.depth
        }

        /// One shortest path to the node: of several the first by kind of relationship, date and id of
        /// its steps.
        async fn via(&self) -> One<Path<'g>> {
            One(self.extra.reach.via(self.extra.reached).into())
        }
    }
}

/// One page of what was reached, by distance, then id.
pub fn connection<'g>(view: &View, reach: graph::Reach<'g>, page: PageArgs) -> Result<ReachConnection<'g>, Refusal> {
    let reached = reach.reached.clone();
    let reach = Arc::new(reach);
    let walked = Walked { stopped: reach.stopped, reach: reach.clone() };
    let edge =
        |reached: &graph::Reached<'g>| (Node::from(reached.node), Distance { reach: reach.clone(), reached: *reached });
    let mut connection = Connection::cut(view, &reached, page, walked, |reached| reached.node.id().to_owned(), edge)?;
    if connection.0.info().has_next_page || connection.0.info().has_previous_page {
        connection.0.extra.stopped = connection.0.extra.stopped.max(Stop::Page);
    }
    Ok(connection)
}

/// What to list of a chain of BUILDS_ON; see the arguments of `buildsOn`.
pub struct Chain {
    /// Whether to walk it all; no where left out.
    pub transitive: Option<bool>,
    /// The most steps; 10 where left out.
    pub max_depth: Option<i32>,
    /// Which of the nodes reached are listed.
    pub filter: Option<NodeFilter>,
}

/// What a chain of BUILDS_ON reaches from a node: directly, or however far.
pub fn foundations<'g>(
    node: NodeRef<'g>,
    direction: Direction,
    chain: Chain,
    page: PageArgs,
) -> Result<ReachConnection<'g>, Refusal> {
    let follow = vec![(RelationshipKind::BuildsOn, direction)];
    let transitive = chain.transitive.unwrap_or(false);
    let max_depth = if transitive { chain.max_depth.unwrap_or(10) } else { 1 };
    let filter = chain.filter.map(Into::into);
    // A chain is asked for whole: what rests on what does not stop at hubs.
    let question = ReachQuestion { follow, max_depth, filter, hubs: HubPolicy::Allow, until: None };
    let mut reach = node.view().reach(&[node.id()], &question)?;
    if !transitive && reach.stopped == Stop::MaxDepth {
        // Only the direct ones were asked about, and all of them are here.
        reach.stopped = Stop::None;
    }
    connection(node.view(), reach, page)
}
