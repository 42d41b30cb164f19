//! Relay connections: one page of a list, with the count of the whole.

use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::connection::PageInfo;
use async_graphql::{OutputType, TypeName};

use super::error::Refusal;
use super::written::{One, Written, written};
use crate::graph::{Page, PageArgs, QuestionError, View};

/// Items on a page where nothing is asked for, as the descriptions of the API state it.
pub(super) const DEFAULT_PAGE: usize = 50;

/// Units of work to make the cursor of an item.
const CURSOR: u64 = 20;

/// How a connection is called: by its nodes, or by a name of its own.
pub trait ConnectionName: Send + Sync + 'static {
    /// The name without `Connection` or `Edge` behind it.
    fn stem<N: OutputType>() -> Cow<'static, str>;
}

/// Called by its nodes: `AgreementConnection`.
pub struct ByNode;

impl ConnectionName for ByNode {
    fn stem<N: OutputType>() -> Cow<'static, str> {
        N::type_name()
    }
}

/// One page of a list. `totalCount` counts the whole list, whatever the size of the page.
pub type Connection<N, E = (), C = (), M = ByNode> = One<Listing<N, E, C, M>>;

/// What is on the page, and what is said of the whole.
pub struct Listing<N, E = (), C = (), M = ByNode> {
    pub(super) edges: Vec<Edge<N, E, M>>,
    pub(super) total: usize,
    has_previous: bool,
    has_next: bool,
    pub(super) extra: C,
}

/// One item of a list and what is said of it there.
pub struct Edge<N, E = (), M = ByNode> {
    pub(super) cursor: String,
    pub(super) node: N,
    pub(super) extra: E,
    name: PhantomData<M>,
}

written! { [] PageInfo }

/// Declares the GraphQL object of a connection: the fields all share, and in braces those of its own.
macro_rules! connection_object {
    ([$($generics:tt)*] $listing:ty, $edge:ty, $node:ty { $($own:tt)* }) => {
        /// One page of a list. `totalCount` counts the whole list, whatever the size of the page. Take
        /// `nodes` for the items alone, or `edges` for the items with their cursors and what is said
        /// of them in this list.
        #[async_graphql::Object(name_type)]
        impl<$($generics)*> $listing
        where
            $edge: $crate::graphql::written::Written,
            $node: $crate::graphql::written::Written,
        {
            /// The items of this page with their cursors.
            async fn edges(&self) -> $crate::graphql::written::Many<&$edge> {
                self.edges.iter().collect()
            }

            /// The items of this page alone.
            async fn nodes(&self) -> $crate::graphql::written::Many<&$node> {
                self.edges.iter().map(|edge| &edge.node).collect()
            }

            /// Whether the list goes on before or behind this page, and from which cursor.
            async fn page_info(&self) -> $crate::graphql::written::One<async_graphql::connection::PageInfo> {
                $crate::graphql::written::One(self.info())
            }

            /// How many items the whole list has, exactly.
            async fn total_count(&self) -> usize {
                self.total
            }

            $($own)*
        }

        $crate::graphql::written::written! {
            [$($generics)*] $listing where {
                $edge: $crate::graphql::written::Written,
                $node: $crate::graphql::written::Written
            }
        }
    };
}
pub(super) use connection_object;

/// Declares the GraphQL object of the edges of a connection, likewise.
macro_rules! edge_object {
    ([$($generics:tt)*] $edge:ty, $node:ty { $($own:tt)* }) => {
        /// One item of a list, with its cursor and what is said of it in this list.
        #[async_graphql::Object(name_type)]
        impl<$($generics)*> $edge {
            /// Marks this item: give it as `after` to go on behind it, or as `before` to stop before it.
            async fn cursor(&self) -> &str {
                &self.cursor
            }

            /// The item.
            async fn node(&self) -> $crate::graphql::written::One<&$node> {
                $crate::graphql::written::One(&self.node)
            }

            $($own)*
        }

        $crate::graphql::written::written! { [$($generics)*] $edge }
    };
}
pub(super) use edge_object;

connection_object! { [N: Written, E: Send + Sync, M: ConnectionName] Listing<N, E, (), M>, Edge<N, E, M>, N {} }
edge_object! { [N: Written, M: ConnectionName] Edge<N, (), M>, N {} }

impl<N: OutputType, E: Send + Sync, C: Send + Sync, M: ConnectionName> TypeName for Listing<N, E, C, M> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", M::stem::<N>()).into()
    }
}

impl<N: OutputType, E: Send + Sync, M: ConnectionName> TypeName for Edge<N, E, M> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", M::stem::<N>()).into()
    }
}

impl<N, E, C, M> Listing<N, E, C, M> {
    pub(super) fn info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }
}

impl<N, E, C, M> One<Listing<N, E, C, M>> {
    /// Cuts a page out of `items`, within the bounds of `view`; `cursor` names an item and `edge` shows
    /// it. Only the items of the page are shown.
    pub fn cut<T>(
        view: &View,
        items: &[T],
        args: PageArgs,
        extra: C,
        cursor: impl Fn(&T) -> String,
        edge: impl Fn(&T) -> (N, E),
    ) -> Result<Self, Refusal> {
        let position = |wanted: &str| {
            // The cursor of every item before it is made, to be compared.
            let named = |item: &T| view.budget().spend(CURSOR) && cursor(item) == wanted;
            items.iter().position(named)
        };
        let page = page(view, args, items.len(), position)?;
        Ok(Self::of_page(view, &items[page.range.clone()], &page, items.len(), extra, cursor, edge))
    }

    /// Shows the items of a page that was cut before.
    pub fn of_page<T>(
        view: &View,
        items: &[T],
        page: &Page,
        total: usize,
        extra: C,
        cursor: impl Fn(&T) -> String,
        edge: impl Fn(&T) -> (N, E),
    ) -> Self {
        view.budget().spend(CURSOR * items.len() as u64);
        let edition = Edition::of(view);
        let show = |item: &T| {
            let (node, extra) = edge(item);
            Edge { cursor: edition.cursor(&cursor(item)), node, extra, name: PhantomData }
        };
        Self(Listing {
            edges: items.iter().map(show).collect(),
            total,
            has_previous: page.has_previous,
            has_next: page.has_next,
            extra,
        })
    }
}

/// Cuts a page out of a list of `total` items within the bounds of `view`; `position` finds the item that
/// a cursor names. A list is walked within one release: whoever goes on in another is told.
///
/// # Errors
/// Those of [`PageArgs::cut`], and a cursor of another release.
pub fn page(
    view: &View,
    args: PageArgs,
    total: usize,
    position: impl Fn(&str) -> Option<usize>,
) -> Result<Page, QuestionError> {
    let edition = Edition::of(view);
    edition.check("after", args.after.as_deref())?;
    edition.check("before", args.before.as_deref())?;
    args.or_first(DEFAULT_PAGE).cut(total, view.bounds().page, |cursor| position(edition.item(cursor)))
}

/// The release that a page is of, by the first characters of its digest, which its cursors begin with.
struct Edition<'v> {
    digest: &'v str,
    release: &'v str,
}

/// Characters of the digest in a cursor: enough to tell releases apart.
const DIGEST: usize = 8;

impl<'v> Edition<'v> {
    fn of(view: &'v View) -> Self {
        let digest = view.graph().digest();
        Self { digest: digest.get(..DIGEST).unwrap_or(digest), release: &view.graph().release().id }
    }

    fn cursor(&self, item: &str) -> String {
        format!("{}.{item}", self.digest)
    }

    /// What a cursor names within its list. One without a digest, as people write it by hand, is that
    /// name itself.
    fn item<'c>(&self, cursor: &'c str) -> &'c str {
        cursor.strip_prefix(self.digest).and_then(|rest| rest.strip_prefix('.')).unwrap_or(cursor)
    }

    fn check(&self, argument: &'static str, cursor: Option<&str>) -> Result<(), QuestionError> {
        let Some((digest, _)) = cursor.and_then(|cursor| cursor.split_once('.')) else { return Ok(()) };
        let is_digest = digest.len() == DIGEST && digest.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_digest || digest == self.digest {
            return Ok(());
        }
        let now = format!("of release {:?} with the digest {}", self.release, self.digest);
        Err(QuestionError::OtherRelease { argument, digest: digest.to_owned(), now })
    }
}
