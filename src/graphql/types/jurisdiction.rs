//! Jurisdictions.

use super::Country;
use super::enums::JurisdictionType;
use super::party::party_object;
use crate::graphql::written::One;

party_object! {
    /// A province, a territory or another part of a state with a government of its own, such as `quebec`.
    Jurisdiction {
        /// What kind of jurisdiction it is.
        async fn jurisdiction_type(&self) -> JurisdictionType {
            self.node().jurisdiction_type().expect("only jurisdictions are shown as such").into()
        }

        /// The state it belongs to.
        async fn country(&self) -> Option<One<Country<'g>>> {
            self.node().country().map(Country::from).map(One)
        }
    }
}
