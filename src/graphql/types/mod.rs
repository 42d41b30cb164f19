//! One file per GraphQL type.

pub mod enums;
pub mod input;

mod agreement;
mod country;
mod event;
mod fact;
mod forum;
mod group;
mod indigenous_people;
mod initiative;
mod interface;
mod jurisdiction;
mod name;
mod neighbors;
mod node;
mod organization;
mod party;
mod relationship;
mod release;
mod search;
mod source;
mod theme;
mod timeline;

pub use agreement::Agreement;
pub use country::Country;
pub use event::LifeCycleEvent;
pub use fact::Fact;
pub use forum::Forum;
pub use group::Group;
pub use indigenous_people::IndigenousPeople;
pub use initiative::Initiative;
pub use interface::{Node, Party};
pub use jurisdiction::Jurisdiction;
pub use name::Name;
pub use neighbors::{AgreementConnection, Beside, Neighbors, NodeConnection, nodes};

pub use organization::Organization;

pub use relationship::{Relationship, RelationshipConnection, connection as relationships};
pub use release::Release;
pub use search::{SearchConnection, connection as search};
pub use source::{Citation, Source, SourceConnection, connection as sources};
pub use theme::Theme;
pub use timeline::{TimelineConnection, connection as timeline};
