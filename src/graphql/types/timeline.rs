//! Dated events in the order of time.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject};

use super::enums::PartialDate;
use super::{LifeCycleEvent, Node};
use crate::graph::{self, PageArgs, View};
use crate::graphql::connection::{Connection, ConnectionName, Edge, Listing, connection_object};
use crate::graphql::error::Refusal;
use crate::graphql::written::{One, Written, written};

/// How many are not listed, because they have no date.
#[derive(SimpleObject)]
pub struct Undated {
    /// Nodes.
    nodes: usize,
    /// Relationships between nodes that are listed.
    relationships: usize,
}

written! { [] Undated }

impl From<graph::Undated> for Undated {
    fn from(undated: graph::Undated) -> Self {
        Self { nodes: undated.nodes, relationships: undated.relationships }
    }
}

/// Names the connection of a timeline.
pub struct TimelineName;

impl ConnectionName for TimelineName {
    fn stem<N: OutputType>() -> Cow<'static, str> {
        "Timeline".into()
    }
}

/// What a timeline says besides its events.
pub struct UndatedEvents(usize);

/// A timeline.
pub type TimelineConnection<'g> = Connection<TimelineEntry<'g>, (), UndatedEvents, TimelineName>;

connection_object! {
    [N: Written] Listing<N, (), UndatedEvents, TimelineName>, Edge<N, (), TimelineName>, N {
        /// How many events of the same nodes have no date and so no place here.
        async fn undated_count(&self) -> usize {
            self.extra.0
        }
    }
}

/// One dated event.
#[derive(Clone, Copy)]
pub struct TimelineEntry<'g> {
    node: graph::NodeRef<'g>,
    event: LifeCycleEvent<'g>,
    date: PartialDate,
}

written! { ['g] TimelineEntry<'g> }

/// One dated event in the life of a node.
#[Object]
impl<'g> TimelineEntry<'g> {
    /// When it happened, no more precise than the source.
    async fn date(&self) -> PartialDate {
        self.date
    }

    /// Whose life it belongs to.
    async fn node(&self) -> One<Node<'g>> {
        One(self.node.into())
    }

    /// What happened, where, on what occasion, and who says so.
    async fn event(&self) -> One<LifeCycleEvent<'g>> {
        One(self.event)
    }
}

/// One page of a timeline.
pub fn connection<'g>(
    view: &View,
    timeline: &graph::Timeline<'g>,
    page: PageArgs,
) -> Result<TimelineConnection<'g>, Refusal> {
    let entries: Vec<_> = (timeline.events.iter())
        .filter_map(|&(node, event)| {
            let date = PartialDate(event.date?);
            Some(TimelineEntry { node, event: LifeCycleEvent::new(node, event), date })
        })
        .collect();
    let cursor =
        |entry: &TimelineEntry<'g>| format!("{}.{}.{}", entry.date.0, entry.node.id(), entry.event.kind_name());
    Connection::cut(view, &entries, page, UndatedEvents(timeline.undated), cursor, |entry| (*entry, ()))
}
