//! The interfaces: what every node has, and what every party has besides.

use async_graphql::ID;

use super::enums::{Direction, HubPolicy, Language, NodeKind, PartialDate, RelationshipKind};
use super::input::{Follow, NodeFilter, NodeOrder};
use super::neighbors::{AgreementConnection, NodeConnection};
use super::{
    Agreement, Citation, Country, Fact, Forum, Id, IndigenousPeople, Initiative, Jurisdiction, Name, Organization,
    ReachConnection, RelationshipConnection, Theme,
};
use crate::graph::NodeRef;
use crate::graphql::written::Many;
use crate::model;

/// Declares an interface with the fields all nodes share, and `$more` of its own.
macro_rules! node_interface {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),* } $($more:tt)*) => {
        $(#[$doc])*
        #[derive(async_graphql::Interface, Clone)]
        #[graphql(
            field(name = "id", ty = "Id<'g>", desc = "The readable id, unique over all kinds, as in `canada-eu-raw-materials-partnership`."),
            field(name = "former_ids", ty = "Vec<ID>", desc = "Ids of earlier releases that this node has replaced. They still lead here, so an answer whose `id` is not the one asked for has it among these."),
            field(name = "kind", ty = "NodeKind", desc = "What kind of thing it is."),
            field(
                name = "name",
                ty = "&str",
                desc = "Its name in the language asked for. Where no official French name is known it is our translation: see `names`.",
                arg(name = "language", ty = "Option<Language>", desc = "The language; the request's own (Accept-Language, else English) where left out.")
            ),
            field(
                name = "name_language",
                ty = "Language",
                desc = "The language that `name` answers in with the same argument: that asked for, else the request's own, since every name is held in both.",
                arg(name = "language", ty = "Option<Language>", desc = "The language, as given to `name`.")
            ),
            field(name = "names", ty = "Many<Name<'g>>", desc = "Every name: in which language, of what sort, and from which sources."),
            field(
                name = "summary",
                ty = "&str",
                desc = "What it is, in our own words.",
                arg(name = "language", ty = "Option<Language>", desc = "The language; the request's own where left out.")
            ),
            field(name = "url", ty = "Option<&str>", desc = "Its own page."),
            field(name = "code", ty = "Option<&str>", desc = "Its ISO 3166 code, as in `DE` or `CA-QC`; countries and jurisdictions have one."),
            field(name = "start", ty = "Option<PartialDate>", desc = "When it came into being: the first dated event of its life cycle with which it may have begun. A report that it is in effect, a confirmation or a renewal is no beginning."),
            field(name = "known_from", ty = "Option<PartialDate>", desc = "From when on it is known to be there, where its start is not known: the publication of its earliest source, or the first date at which something of it is told. Null where it has a start, or stands at any date."),
            field(name = "end", ty = "Option<PartialDate>", desc = "When it ended or was superseded, where it did; as of a date only if that had come by then."),
            field(name = "listed_by_canada", ty = "bool", desc = "Whether the Government of Canada's own page of partnerships names it."),
            field(name = "facts", ty = "Many<Fact<'g>>", desc = "Every statement about it, relationships apart, each with its sources; of disputed ones every value."),
            field(name = "citations", ty = "Many<Citation<'g>>", desc = "The sources of its fact sheet."),
            field(
                name = "relationships",
                ty = "RelationshipConnection<'g>",
                desc = "Its relationships, by kind, date and the other node; with `orderBy`, in the order of the other nodes.",
                arg(name = "kinds", ty = "Option<Vec<RelationshipKind>>", desc = "Only these kinds, as in `[SIGNED, PARTY_TO]`."),
                arg(name = "direction", ty = "Option<Direction>", default_with = "Some(Direction::Any)", desc = "Which way they go, seen from this node."),
                arg(name = "where", ty = "Option<NodeFilter>", desc = "Only those with a node at the other end that fits."),
                arg(name = "order_by", ty = "Option<NodeOrder>", desc = "The order of the nodes at the other end."),
                arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 50 where neither `first` nor `last` is given."),
                arg(name = "after", ty = "Option<String>", desc = "Only what comes after the item with this cursor."),
                arg(name = "last", ty = "Option<i32>", desc = "How many from the end."),
                arg(name = "before", ty = "Option<String>", desc = "Only what comes before the item with this cursor.")
            ),
            field(
                name = "degree",
                ty = "usize",
                desc = "How many relationships it has.",
                arg(name = "kinds", ty = "Option<Vec<RelationshipKind>>", desc = "Only these kinds."),
                arg(name = "direction", ty = "Option<Direction>", default_with = "Some(Direction::Any)", desc = "Which way they go, seen from this node.")
            ),
            field(
                name = "reach",
                ty = "ReachConnection<'g>",
                desc = "Everything that can be reached from here, by distance, then id. Each item carries its distance and one shortest path.",
                arg(name = "follow", ty = "Option<Vec<Follow>>", desc = "What to follow; everything where left out or empty."),
                arg(name = "max_depth", ty = "Option<i32>", default_with = "Some(3)", desc = "The most steps, from 1 to 32 unless the service sets another limit."),
                arg(name = "until", ty = "Option<NodeFilter>", desc = "Nodes to stop behind: they are listed, and not walked on from."),
                arg(name = "where", ty = "Option<NodeFilter>", desc = "Which of the nodes reached are listed."),
                arg(name = "hubs", ty = "Option<HubPolicy>", default_with = "Some(HubPolicy::Avoid)", desc = "Whether to walk on from hubs."),
                arg(name = "first", ty = "Option<i32>", default_with = "Some(50)", desc = "How many from the start."),
                arg(name = "after", ty = "Option<String>", desc = "Only what comes after the item with this cursor.")
            )
            $($more)*
        )]
        #[allow(missing_docs)] // each variant is the type of its name
        pub enum $name<'g> {
            $($variant($variant<'g>)),*
        }

        impl $crate::graphql::written::Fields for $name<'_> {
            const IS_ABSTRACT: bool = true;

            fn type_of(&self) -> std::borrow::Cow<'static, str> {
                match self {
                    $(Self::$variant(object) => object.type_of()),*
                }
            }

            fn scalar(&self, name: &str, ctx: &async_graphql::Context<'_>, json: &mut Vec<u8>) -> bool {
                match self {
                    $(Self::$variant(object) => object.scalar(name, ctx, json)),*
                }
            }

            fn field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::ServerResult<async_graphql::Value> {
                match self {
                    $(Self::$variant(object) => object.field(ctx)),*
                }
            }
        }
    };
}
node_interface! {
    /// Anything in the graph: an agreement, a country, a theme. Ask for `kind`, or use
    /// `... on Agreement { }` for what only one kind has.
    Node { Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Organization, Theme }
}

impl<'g> From<NodeRef<'g>> for Node<'g> {
    fn from(node: NodeRef<'g>) -> Self {
        match node.kind() {
            model::NodeKind::Agreement => Agreement::from(node).into(),
            model::NodeKind::Country => Country::from(node).into(),
            model::NodeKind::Forum => Forum::from(node).into(),
            model::NodeKind::IndigenousPeople => IndigenousPeople::from(node).into(),
            model::NodeKind::Initiative => Initiative::from(node).into(),
            model::NodeKind::Jurisdiction => Jurisdiction::from(node).into(),
            model::NodeKind::Organization => Organization::from(node).into(),
            model::NodeKind::Theme => Theme::from(node).into(),
        }
    }
}

node_interface! {
    /// Whoever can sign: countries, organizations (the European Union among them), jurisdictions,
    /// Indigenous peoples.
    Party { Country, IndigenousPeople, Jurisdiction, Organization }
    ,
    field(
        name = "agreements",
        ty = "AgreementConnection<'g>",
        desc = "The agreements it has signed or is a party to, by date, then id.",
        arg(name = "where", ty = "Option<NodeFilter>", desc = "Only agreements that fit."),
        arg(name = "order_by", ty = "Option<NodeOrder>", desc = "Their order."),
        arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 50 where neither `first` nor `last` is given."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after the item with this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before the item with this cursor.")
    ),
    field(
        name = "memberships",
        ty = "NodeConnection<'g>",
        desc = "The bodies it is a member of.",
        arg(name = "where", ty = "Option<NodeFilter>", desc = "Only bodies that fit."),
        arg(name = "order_by", ty = "Option<NodeOrder>", desc = "Their order; by id where left out."),
        arg(name = "first", ty = "Option<i32>", desc = "How many from the start; 50 where neither `first` nor `last` is given."),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after the item with this cursor."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end."),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before the item with this cursor.")
    )
}

impl<'g> Party<'g> {
    /// The node as a party, where its kind can sign.
    pub fn new(node: NodeRef<'g>) -> Option<Self> {
        match node.kind() {
            model::NodeKind::Country => Some(Country::from(node).into()),
            model::NodeKind::IndigenousPeople => Some(IndigenousPeople::from(node).into()),
            model::NodeKind::Jurisdiction => Some(Jurisdiction::from(node).into()),
            model::NodeKind::Organization => Some(Organization::from(node).into()),
            model::NodeKind::Agreement
            | model::NodeKind::Forum
            | model::NodeKind::Initiative
            | model::NodeKind::Theme => None,
        }
    }
}
