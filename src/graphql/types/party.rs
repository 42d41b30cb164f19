//! The object of one kind of party: the fields all parties share, written once.

/// Declares the GraphQL object of one kind of node that can sign, with the fields of its own in
/// braces.
macro_rules! party_object {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        $crate::graphql::types::node::node_object! {
            $(#[$doc])*
            $name {
                /// The agreements it has signed or is a party to, by date, then id.
                #[allow(clippy::too_many_arguments)] // the arguments of the API
                pub(in crate::graphql) async fn agreements(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "Only agreements that fit.", name = "where")] filter: Option<$crate::graphql::types::input::NodeFilter>,
                    #[graphql(desc = "Their order.")] order_by: Option<$crate::graphql::types::input::NodeOrder>,
                    #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
                    #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many from the end.")] last: Option<i32>,
                    #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
                ) -> Result<$crate::graphql::types::AgreementConnection<'g>, $crate::graphql::error::Refusal> {
                    let order = order_by.map_or($crate::graph::NodeOrder::BY_DATE, $crate::graphql::types::input::NodeOrder::into_graph);
                    let signed =
                        $crate::graphql::types::Neighbors::new(self.node(), &[$crate::model::RelationshipKind::PartyTo, $crate::model::RelationshipKind::Signed], $crate::graph::Direction::Out);
                    signed.page(ctx, filter, Some(order), $crate::graph::PageArgs { first, after, last, before })
                }

                /// The bodies it is a member of.
                #[allow(clippy::too_many_arguments)] // the arguments of the API
                pub(in crate::graphql) async fn memberships(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "Only bodies that fit.", name = "where")] filter: Option<$crate::graphql::types::input::NodeFilter>,
                    #[graphql(desc = "Their order; by id where left out.")] order_by: Option<$crate::graphql::types::input::NodeOrder>,
                    #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
                    #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many from the end.")] last: Option<i32>,
                    #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
                ) -> Result<$crate::graphql::types::NodeConnection<'g>, $crate::graphql::error::Refusal> {
                    let member_of = $crate::graphql::types::Neighbors::new(self.node(), &[$crate::model::RelationshipKind::MemberOf], $crate::graph::Direction::Out);
                    let order = order_by.map($crate::graphql::types::input::NodeOrder::into_graph);
                    member_of.page(ctx, filter, order, $crate::graph::PageArgs { first, after, last, before })
                }

                $($own)*
            }
        }
    };
}
pub(super) use party_object;
