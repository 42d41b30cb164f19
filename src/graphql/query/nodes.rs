//! Nodes by id and by kind.

use async_graphql::{Context, ID, Object};

use super::Shown;
use crate::graph::{PageArgs, QuestionError, View};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::types::input::{NodeFilter, NodeOrder};
use crate::graphql::types::{
    self, Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Node, Organization, Theme,
};
use crate::graphql::written::One;
use crate::model::NodeKind;

/// Nodes by id and by kind.
pub struct Nodes<'c>(pub(super) Shown<'c>);

/// Nodes by id and by kind.
#[Object]
impl Nodes<'_> {
    /// Canada, the country this graph is about.
    async fn canada(&self) -> Result<One<Country<'_>>, Refusal> {
        Ok(One(self.view().require("canada", "canada")?.into()))
    }

    /// The node with this id, of whatever kind; null where there is none.
    async fn node(&self, #[graphql(desc = "The id, as in `germany`.")] id: ID) -> Option<One<Node<'_>>> {
        self.view().node(&id).map(Node::from).map(One)
    }

    /// The nodes with these ids, in the order asked for; null in the place of an id that does not exist.
    async fn nodes(
        &self,
        #[graphql(desc = "The ids, as in `[\"germany\", \"g7\"]`; at most 500 unless the service sets another limit.")]
        ids: Vec<ID>,
    ) -> Result<Vec<Option<One<Node<'_>>>>, Refusal> {
        let most = self.view().bounds().page;
        if ids.len() > most {
            return Err(QuestionError::bad("ids", format!("give at most {most} ids")).into());
        }
        Ok(ids.iter().map(|id| self.view().node(id).map(Node::from).map(One)).collect())
    }

    /// The agreement with this id; null where there is none.
    async fn agreement(
        &self,
        #[graphql(desc = "The id, as in `canada-eu-raw-materials-partnership`.")] id: ID,
    ) -> Option<One<Agreement<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Agreement).map(Agreement::from).map(One)
    }

    /// The country with this id; null where there is none.
    async fn country(&self, #[graphql(desc = "The id, as in `germany`.")] id: ID) -> Option<One<Country<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Country).map(Country::from).map(One)
    }

    /// The forum with this id; null where there is none.
    async fn forum(&self, #[graphql(desc = "The id, as in `g7`.")] id: ID) -> Option<One<Forum<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Forum).map(Forum::from).map(One)
    }

    /// The Indigenous people with this id; null where there is none.
    async fn indigenous_people(
        &self,
        #[graphql(desc = "The id, as in `inuit`.")] id: ID,
    ) -> Option<One<IndigenousPeople<'_>>> {
        self.view()
            .node(&id)
            .filter(|node| node.kind() == NodeKind::IndigenousPeople)
            .map(IndigenousPeople::from)
            .map(One)
    }

    /// The initiative with this id; null where there is none.
    async fn initiative(
        &self,
        #[graphql(desc = "The id, as in `g7-critical-minerals-action-plan`.")] id: ID,
    ) -> Option<One<Initiative<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Initiative).map(Initiative::from).map(One)
    }

    /// The jurisdiction with this id; null where there is none.
    async fn jurisdiction(&self, #[graphql(desc = "The id, as in `quebec`.")] id: ID) -> Option<One<Jurisdiction<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Jurisdiction).map(Jurisdiction::from).map(One)
    }

    /// The organization with this id; null where there is none.
    async fn organization(
        &self,
        #[graphql(desc = "The id, as in `european-union`.")] id: ID,
    ) -> Option<One<Organization<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Organization).map(Organization::from).map(One)
    }

    /// The theme with this id; null where there is none.
    async fn theme(
        &self,
        #[graphql(desc = "The id, as in `theme-supply-chain-resilience`.")] id: ID,
    ) -> Option<One<Theme<'_>>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Theme).map(Theme::from).map(One)
    }

    /// The agreements that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only agreements that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Agreement<'_>>, Refusal> {
        self.list(ctx, NodeKind::Agreement, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The countries that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn countries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only countries that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Country<'_>>, Refusal> {
        self.list(ctx, NodeKind::Country, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The forums that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn forums(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only forums that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Forum<'_>>, Refusal> {
        self.list(ctx, NodeKind::Forum, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The Indigenous peoples that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn indigenous_peoples(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only Indigenous peoples that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, IndigenousPeople<'_>>, Refusal> {
        self.list(ctx, NodeKind::IndigenousPeople, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The initiatives that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn initiatives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only initiatives that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Initiative<'_>>, Refusal> {
        self.list(ctx, NodeKind::Initiative, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The jurisdictions that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn jurisdictions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jurisdictions that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Jurisdiction<'_>>, Refusal> {
        self.list(ctx, NodeKind::Jurisdiction, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The organizations that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only organizations that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Organization<'_>>, Refusal> {
        self.list(ctx, NodeKind::Organization, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The themes that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn themes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only themes that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::NodesConnection<'_, Theme<'_>>, Refusal> {
        self.list(ctx, NodeKind::Theme, filter, order_by, PageArgs { first, after, last, before })
    }

    /// Canada's provinces and territories, by name.
    async fn provinces(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jurisdictions that fit.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order; by name where left out.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::NodesConnection<'_, Jurisdiction<'_>>, Refusal> {
        let provinces = self.view().provinces(language_or(ctx, None));
        types::selected(ctx, self.view(), provinces, filter, order_by, PageArgs::forward(first, after))
    }
}

impl Nodes<'_> {
    fn view(&self) -> &View {
        self.0.view()
    }

    fn list<'g, N>(
        &'g self,
        ctx: &Context<'_>,
        kind: NodeKind,
        filter: Option<NodeFilter>,
        order: Option<NodeOrder>,
        page: PageArgs,
    ) -> Result<types::NodesConnection<'g, N>, Refusal>
    where
        N: async_graphql::OutputType + From<crate::graph::NodeRef<'g>>,
    {
        let order = order.map(NodeOrder::into_graph);
        let filter = filter.map(Into::into);
        let list = self.view().list(kind, filter.as_ref(), order, language_or(ctx, None))?;
        types::found(self.view(), &list, filter.as_ref(), page)
    }
}
