//! The immutable snapshot and every question one can ask of it.
//!
//! [`Graph`] holds one release of the data, indexed once and never changed. A request sees it
//! through a [`View`]: on the day it is, over all dates, or as of a date. [`NodeRef`] and [`RelationshipRef`] are
//! small copyable handles that borrow from a view. Equal questions get equal answers: nodes are
//! numbered in the order of their ids, and adjacency is sorted once.

mod adjacency;
mod bounds;
mod budget;
mod candidates;
mod caveat;
mod citation;
mod collate;
mod dates;
mod diff;
mod epoch;
mod error;
mod fact;
mod filter;
mod folded;
mod found;
mod group;
mod known;
mod life;
mod list;
mod listed;
mod name;
mod node;
mod order;
mod page;
mod petgraph;
mod relationship;
mod releases;
mod role_verb;
mod search;
mod sentence;
mod shown;
mod snapshot;
mod source;
mod timeline;
pub mod trace;
mod view;
mod written;

pub use adjacency::{Adjacency, Direction, Step, Way};
pub use bounds::Bounds;
pub use budget::{ByteLease, BytePool, Cancel, CancelOnDrop, RequestBudget, Stop};
pub use caveat::Caveat;
pub use citation::CitationStyle;
pub use diff::{Changed, Changes, Difference, FieldChange, diff};
pub use epoch::Epoch;
pub use error::{QuestionError, quoted};
pub use fact::{Fact, FactStatus, FactValue};
pub use filter::{Filter, NodeFilter, Quantifier, RelatedFilter};
pub use found::Found;
pub use group::{Group, GroupKey, GroupOrder, GroupValue, upper_snake};
pub use list::{RelationshipFilter, SourceFilter};
pub use listed::Listed;
pub use name::{NameOrigin, NameRef};
pub use node::NodeRef;
pub use order::{NodeOrder, NodeOrderField};
pub use page::{Page, PageArgs};
pub use relationship::{Relationship, RelationshipRef, Tense};
pub use releases::{Published, Releases};
pub use search::{Hit, Hits, LONGEST_TEXT, MOST_WORDS, Match, MatchReason, TextKind, Topic, fold};
pub use shown::Undated;
pub use snapshot::{Counts, Edition, Graph};
pub use source::{CitationRef, SourceRef};
pub use timeline::Timeline;
pub use trace::{
    Follow, Hidden, HubPolicy, Path, PathMode, PathStep, Paths, PathsQuestion, Reach, ReachQuestion, Reached,
    SharedNeighbors, StopReason, Subgraph, SubgraphQuestion, ValidDuring,
};
pub use view::{AsOf, Time, View};

pub use crate::model::{Clock, NamedQuery, PartialDate};
