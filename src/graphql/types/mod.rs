//! One file per GraphQL type.

pub mod enums;
pub mod input;

mod agreement;
mod caveat;
mod changes;
mod country;
mod event;
mod fact;
mod forum;
mod group;
mod hidden;
mod id;
mod indigenous_people;
mod initiative;
mod interface;
mod jurisdiction;
mod membership;
mod name;
mod neighbors;
mod node;
mod options;
mod organization;
mod party;
mod path;
mod reach;
mod relationship;
mod release;
mod release_change;
mod search;
mod signer;
mod source;
mod subgraph;
mod theme;
mod timeline;

pub use agreement::Agreement;
pub use changes::Changes;
pub use country::Country;
pub use event::LifeCycleEvent;
pub use fact::Fact;
pub use forum::Forum;
pub use group::Group;
pub use id::Id;
pub use indigenous_people::IndigenousPeople;
pub use initiative::Initiative;
pub use interface::{Node, Party};
pub use jurisdiction::Jurisdiction;
pub use membership::Membership;
pub use name::Name;
pub use neighbors::{AgreementConnection, Neighbors, NodeConnection, NodesConnection, found, selected, shared};
pub use organization::Organization;
pub use path::{Path, PathConnection};
pub use reach::{Chain, ReachConnection, connection as reach, foundations};
pub use relationship::{
    Relationship, RelationshipConnection, connection as relationships, listed as listed_relationships,
};
pub use release::Release;
pub use release_change::ReleaseChange;
pub use search::{SearchConnection, connection as search};
pub use signer::Signer;
pub use source::{Citation, Source, SourceConnection, connection as sources};
pub use subgraph::Subgraph;
pub use theme::Theme;
pub use timeline::{TimelineConnection, Undated, connection as timeline};
