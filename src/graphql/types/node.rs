//! The object of one kind of node: the fields all nodes share, written once.

use super::enums::{Direction, RelationshipKind};
use crate::{graph, model};

/// Declares the GraphQL object of one kind of node. It has the fields all nodes share and, in braces,
/// those of its own, so that each file says only what is special to its kind. (async-graphql's
/// `flatten` would do the same, but loses fields where types refer to each other in a circle.)
macro_rules! node_object {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* } $({ $($scalars:tt)* })?) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'g>($crate::graph::NodeRef<'g>);

        impl<'g> From<$crate::graph::NodeRef<'g>> for $name<'g> {
            fn from(node: $crate::graph::NodeRef<'g>) -> Self {
                Self(node)
            }
        }

        impl<'g> $name<'g> {
            fn node(&self) -> $crate::graph::NodeRef<'g> {
                self.0
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl<'g> $name<'g> {
            /// The readable id, unique over all kinds, as in `canada-eu-raw-materials-partnership`.
            pub(in crate::graphql) async fn id(&self) -> $crate::graphql::types::Id<'g> {
                $crate::graphql::types::Id(self.node().id())
            }

            /// Ids of earlier releases that this node has replaced. They still lead here, so an answer whose `id` is not the one asked for has it among these.
            pub(in crate::graphql) async fn former_ids(&self) -> Vec<async_graphql::ID> {
                self.node().data().former_ids.iter().map(|id| id.as_str().into()).collect()
            }

            /// What kind of thing it is.
            pub(in crate::graphql) async fn kind(&self) -> $crate::graphql::types::enums::NodeKind {
                self.node().kind().into()
            }

            /// Its name in the language asked for. Where no official French name is known it is our translation: see `names`.
            pub(in crate::graphql) async fn name(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The language; the request's own (Accept-Language, else English) where left out.")]
                language: Option<$crate::graphql::types::enums::Language>,
            ) -> &'g str {
                self.node().name($crate::graphql::request::language_or(ctx, language))
            }

            /// The language that `name` answers in with the same argument: that asked for, else the request's own, since every name is held in both.
            pub(in crate::graphql) async fn name_language(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The language, as given to `name`.")] language: Option<$crate::graphql::types::enums::Language>,
            ) -> $crate::graphql::types::enums::Language {
                $crate::graphql::request::language_or(ctx, language).into()
            }

            /// Every name: in which language, of what sort, and from which sources.
            pub(in crate::graphql) async fn names(&self) -> $crate::graphql::written::Many<$crate::graphql::types::Name<'g>> {
                self.node().names().into_iter().map($crate::graphql::types::Name::from).collect()
            }

            /// What it is, in our own words.
            pub(in crate::graphql) async fn summary(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The language; the request's own where left out.")] language: Option<$crate::graphql::types::enums::Language>,
            ) -> &'g str {
                self.node().data().summary.get($crate::graphql::request::language_or(ctx, language))
            }

            /// Its own page.
            pub(in crate::graphql) async fn url(&self) -> Option<&'g str> {
                self.node().data().url.as_deref()
            }

            /// Its ISO 3166 code, as in `DE` or `CA-QC`; countries and jurisdictions have one.
            pub(in crate::graphql) async fn code(&self) -> Option<&'g str> {
                self.node().code()
            }

            /// When it came into being: the first dated event of its life cycle with which it may have begun. A report that it is in effect, a confirmation or a renewal is no beginning.
            pub(in crate::graphql) async fn start(&self) -> Option<$crate::graphql::types::enums::PartialDate> {
                self.node().life().start.map($crate::graphql::types::enums::PartialDate)
            }

            /// From when on it is known to be there, where its start is not known: the publication of its earliest source, or the first date at which something of it is told. Null where it has a start, or stands at any date.
            pub(in crate::graphql) async fn known_from(&self) -> Option<$crate::graphql::types::enums::PartialDate> {
                self.node().known_from().map($crate::graphql::types::enums::PartialDate)
            }

            /// When it ended or was superseded, where it did; as of a date only if that had come by then.
            pub(in crate::graphql) async fn end(&self) -> Option<$crate::graphql::types::enums::PartialDate> {
                self.node().life().end.map($crate::graphql::types::enums::PartialDate)
            }

            /// Whether the Government of Canada's own page of partnerships names it.
            pub(in crate::graphql) async fn listed_by_canada(&self) -> bool {
                self.node().data().listed_by_canada
            }

            /// Every statement about it, relationships apart, each with its sources; of disputed ones every value.
            pub(in crate::graphql) async fn facts(&self) -> $crate::graphql::written::Many<$crate::graphql::types::Fact<'g>> {
                self.node().facts().into_iter().map($crate::graphql::types::Fact::from).collect()
            }

            /// The sources of its fact sheet.
            pub(in crate::graphql) async fn citations(&self) -> $crate::graphql::written::Many<$crate::graphql::types::Citation<'g>> {
                self.node().citations().map($crate::graphql::types::Citation::from).collect()
            }

            /// Its relationships, by kind, date and the other node; with `orderBy`, in the order of the other nodes.
            #[allow(clippy::too_many_arguments)] // the arguments of the API
            pub(in crate::graphql) async fn relationships(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only these kinds, as in `[SIGNED, PARTY_TO]`.")] kinds: Option<Vec<$crate::graphql::types::enums::RelationshipKind>>,
                #[graphql(desc = "Which way they go, seen from this node.", default_with = "Some(crate::graphql::types::enums::Direction::Any)")]
                direction: Option<$crate::graphql::types::enums::Direction>,
                #[graphql(desc = "Only those with a node at the other end that fits.", name = "where")] filter: Option<
                    $crate::graphql::types::input::NodeFilter,
                >,
                #[graphql(desc = "The order of the nodes at the other end.")] order_by: Option<$crate::graphql::types::input::NodeOrder>,
                #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
                #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
                #[graphql(desc = "How many from the end.")] last: Option<i32>,
                #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
            ) -> Result<$crate::graphql::types::RelationshipConnection<'g>, $crate::graphql::error::Refusal> {
                let kinds = $crate::graphql::types::node::to_model(kinds);
                let order = order_by.map($crate::graphql::types::input::NodeOrder::into_graph);
                let filter = filter.map(Into::into);
                let direction = $crate::graphql::types::node::direction(direction);
                let list =
                    self.node().select_relationships(&kinds, direction, filter.as_ref(), order, $crate::graphql::request::language_or(ctx, None))?;
                let caveats = $crate::graph::Caveat::of_neighbors(self.node(), &kinds, direction, filter.as_ref());
                $crate::graphql::types::relationships(self.node().view(), &list, caveats, $crate::graph::PageArgs { first, after, last, before })
            }

            /// How many relationships it has.
            pub(in crate::graphql) async fn degree(
                &self,
                #[graphql(desc = "Only these kinds.")] kinds: Option<Vec<$crate::graphql::types::enums::RelationshipKind>>,
                #[graphql(desc = "Which way they go, seen from this node.", default_with = "Some(crate::graphql::types::enums::Direction::Any)")]
                direction: Option<$crate::graphql::types::enums::Direction>,
            ) -> usize {
                self.node().steps(&$crate::graphql::types::node::to_model(kinds), $crate::graphql::types::node::direction(direction)).count()
            }

            /// Everything that can be reached from here, by distance, then id. Each item carries its distance and one shortest path.
            #[allow(clippy::too_many_arguments)] // the arguments of the API
            pub(in crate::graphql) async fn reach(
                &self,
                #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<$crate::graphql::types::input::Follow>>,
                #[graphql(desc = "The most steps, from 1 to 32 unless the service sets another limit.", default_with = "Some(3)")] max_depth: Option<i32>,
                #[graphql(desc = "Nodes to stop behind: they are listed, and not walked on from.")] until: Option<$crate::graphql::types::input::NodeFilter>,
                #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<$crate::graphql::types::input::NodeFilter>,
                #[graphql(desc = "Whether to walk on from hubs.", default_with = "Some(crate::graphql::types::enums::HubPolicy::Avoid)")]
                hubs: Option<$crate::graphql::types::enums::HubPolicy>,
                #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
                #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
            ) -> Result<$crate::graphql::types::ReachConnection<'g>, $crate::graphql::error::Refusal> {
                let question = $crate::graph::ReachQuestion {
                    follow: $crate::graphql::types::input::Follow::into_graph(follow),
                    max_depth: max_depth.unwrap_or(3),
                    until: until.map(Into::into),
                    filter: filter.map(Into::into),
                    hubs: hubs.map(Into::into).unwrap_or_default(),
                };
                let reach = self.node().view().reach(&[self.node().id()], &question)?;
                $crate::graphql::types::reach(self.node().view(), reach, $crate::graph::PageArgs::forward(first, after))
            }

            $($own)*
        }

        $crate::graphql::written::written! {
            ['g] $name<'g> {
                "id": id(),
                "kind": kind(),
                "name": name(None),
                "summary": summary(None),
                "url": url(),
                "code": code(),
                "start": start(),
                "knownFrom": known_from(),
                "end": end(),
                "listedByCanada": listed_by_canada(),
                $($($scalars)*)?
            }
        }
    };
}
pub(super) use node_object;

/// A direction in the terms of the graph; none means any.
pub(super) fn direction(direction: Option<Direction>) -> graph::Direction {
    direction.map_or(graph::Direction::Any, Into::into)
}

/// Kinds of relationships in the terms of the model; none means all.
pub(super) fn to_model(kinds: Option<Vec<RelationshipKind>>) -> Vec<model::RelationshipKind> {
    kinds.unwrap_or_default().into_iter().map(Into::into).collect()
}
