//! What a fact is: plain types that cannot hold a wrong value. Nothing here knows of files, graphs
//! or the network.

mod agreement;
mod clock;
mod country_code;
mod date;
mod dispute;
mod event;
mod id;
mod membership;
mod node;
mod query;
mod relationship;
mod role;
mod source;
mod text;

pub use agreement::{AgreementDetails, AgreementStatus, Binding, BindingForce, Instrument, Signer};
pub use clock::Clock;
pub use country_code::alpha_3;
pub use date::{Certainty, DateInterval, DateRange, InvalidDate, PartialDate};
pub use dispute::{Dispute, DisputedProperty, DisputedValue};
pub use event::{EventKind, LifeCycleEvent, Part};
pub use id::{InvalidId, NodeId, SourceId};
pub use membership::{Completeness, Membership};
pub use node::{Details, JurisdictionType, Node, NodeKind, OrganizationType};
pub use query::NamedQuery;
pub use relationship::{Home, Nature, RelationshipKind, Statement, When};
pub use role::{Role, StatementCertainty};
pub use source::{Citation, Citations, Release, Source};
pub use text::{
    Alias, AliasKind, EnglishArticle, FrenchArticle, FrenchNameBasis, InvalidTag, Language, LanguageTag, Localized,
    Name,
};
