//! Sources and citations.

use async_graphql::{Context, ID, Object};

use super::enums::{CitationStyle, PartialDate};
use super::input::{NodeFilter, NodeOrder, RelationshipFilter};
use super::neighbors::{NodeConnection, selected};
use super::relationship::{self, RelationshipConnection};
use crate::graph::{self, Caveat, CitationRef, PageArgs, SourceRef, View};
use crate::graphql::connection::Connection;
use crate::graphql::error::Refusal;
use crate::graphql::written::{One, written};

/// A list of sources.
pub type SourceConnection<'g> = Connection<Source<'g>>;

/// A public document that facts were read in.
#[derive(Clone, Copy)]
pub struct Source<'g>(SourceRef<'g>);

written! { ['g] Source<'g> }

impl<'g> From<SourceRef<'g>> for Source<'g> {
    fn from(source: SourceRef<'g>) -> Self {
        Self(source)
    }
}

/// A public document that facts were read in.
#[Object]
impl<'g> Source<'g> {
    /// Its id, as in `goc-partnerships-2026-01-22`.
    async fn id(&self) -> ID {
        self.0.data().id.as_str().into()
    }

    /// Its title as printed.
    async fn title(&self) -> &'g str {
        &self.0.data().title
    }

    /// Who published it.
    async fn publisher(&self) -> &'g str {
        &self.0.data().publisher
    }

    /// Its public address.
    async fn url(&self) -> &'g str {
        &self.0.data().url
    }

    /// When it was published, as precisely as it prints.
    async fn published(&self) -> Option<PartialDate> {
        self.0.data().published.map(PartialDate)
    }

    /// The language it is in, as a BCP 47 tag: `en`, `fr`, `es`, `it`, or `mul` for several.
    async fn language(&self) -> &'g str {
        self.0.data().language.as_str()
    }

    /// How it was read.
    async fn accessed_via(&self) -> &'g str {
        &self.0.data().accessed_via
    }

    /// The source of which this is only another copy.
    async fn copy_of(&self) -> Option<One<Source<'g>>> {
        self.0.copy_of().map(Source).map(One)
    }

    /// A caveat about the address, the date or the copy, in English.
    async fn note(&self) -> Option<&'g str> {
        self.0.data().note.as_deref()
    }

    /// The source as a whole, cited ready to paste, as in `Government of Canada. (2026, January 22). …`.
    /// Its title is as printed, its date no more precise than it prints (`n.d.` where it prints none).
    async fn citation(
        &self,
        #[graphql(desc = "The style, as in `BIBTEX`.", default_with = "Some(CitationStyle::Apa)")] style: Option<
            CitationStyle,
        >,
    ) -> String {
        self.0.citation(style.map_or(graph::CitationStyle::Apa, Into::into))
    }

    /// The nodes whose fact sheets cite it, by id.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<NodeConnection<'g>, Refusal> {
        selected(ctx, self.0.view(), self.0.nodes().collect(), filter, order_by, PageArgs::forward(first, after))
    }

    /// The relationships for which it is cited, by subject, kind, object and date.
    async fn relationships(
        &self,
        #[graphql(desc = "Only relationships that fit.", name = "where")] filter: Option<RelationshipFilter>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<RelationshipConnection<'g>, Refusal> {
        let filter = filter.map(Into::into);
        let list = self.0.view().select_relationships(self.0.relationships(), filter.as_ref())?;
        let caveats = Caveat::of_relationships(self.0.view(), filter.as_ref());
        relationship::connection(self.0.view(), &list, caveats, PageArgs::forward(first, after))
    }
}

/// One page of a list of sources.
pub fn connection<'g>(view: &View, list: &[SourceRef<'g>], page: PageArgs) -> Result<SourceConnection<'g>, Refusal> {
    let edge = |source: &SourceRef<'g>| (Source(*source), ());
    Connection::cut(view, list, page, (), |source| source.data().id.as_str().to_owned(), edge)
}

/// A source, and where in it.
#[derive(Clone, Copy)]
pub struct Citation<'g>(CitationRef<'g>);

written! { ['g] Citation<'g> }

impl<'g> From<CitationRef<'g>> for Citation<'g> {
    fn from(citation: CitationRef<'g>) -> Self {
        Self(citation)
    }
}

/// A source, and where in it.
#[Object]
impl<'g> Citation<'g> {
    /// The source.
    async fn source(&self) -> One<Source<'g>> {
        One(Source(self.0.source()))
    }

    /// Where in it, as in `section 2`, in English.
    async fn locator(&self) -> Option<&'g str> {
        self.0.locator()
    }

    /// The citation ready to paste, with where in the source, as in `Government of Canada. (2026,
    /// January 22). … (section 2). https://…`.
    async fn text(
        &self,
        #[graphql(desc = "The style, as in `BIBTEX`.", default_with = "Some(CitationStyle::Apa)")] style: Option<
            CitationStyle,
        >,
    ) -> String {
        self.0.text(style.map_or(graph::CitationStyle::Apa, Into::into))
    }
}
