//! What a search found, and why.

use std::borrow::Cow;

use async_graphql::{Object, OutputType, SimpleObject};

use super::Node;
use super::enums::{MatchReason, NodeKind, QuestionTopic, TextKind};
use super::input::NodeFilter;
use crate::graph::{self, Hit, PageArgs, View};
use crate::graphql::connection::{self, Connection, ConnectionName, Edge, Listing, connection_object, edge_object};
use crate::graphql::error::Refusal;
use crate::graphql::written::{Many, One, Written, written};
use crate::model;

/// Names the connection of a search.
pub struct SearchName;

impl ConnectionName for SearchName {
    fn stem<N: OutputType>() -> Cow<'static, str> {
        "Search".into()
    }
}

/// What a search says besides its hits.
pub struct Around {
    facets: Vec<KindCount>,
    answered_by: Option<QuestionHint>,
    suggestion: Option<String>,
}

/// What a search found.
pub type SearchConnection<'g> = Connection<Node<'g>, Hit<'g>, Around, SearchName>;

connection_object! {
    [N: Written, E: Send + Sync] Listing<N, E, Around, SearchName>, Edge<N, E, SearchName>, N {
        /// How many nodes of each kind fit, the most first: of all kinds, also where only some are
        /// asked for, so that one can choose among them.
        async fn facets(&self) -> Many<&KindCount> {
            self.extra.facets.iter().collect()
        }

        /// Where the text is a question in words, as in `Which countries have agreements with Canada`:
        /// what it is about, and what answers such questions better than hits do. Null for names and
        /// other words.
        async fn answered_by(&self) -> Option<One<&QuestionHint>> {
            self.extra.answered_by.as_ref().map(One)
        }

        /// Where nothing fits: a text like the one searched for that something fits, as in `Allemagne`
        /// for `Alemanjne`.
        async fn suggestion(&self) -> Option<&str> {
            self.extra.suggestion.as_deref()
        }
    }
}

edge_object! {
    ['g, N: Written] Edge<N, Hit<'g>, SearchName>, N {
        /// How well it fits, from 1.0 (its very name) towards 0: 0.97 to 0.94 its id, another name,
        /// its code, an everyday term or a former name; 0.87 to 0.80 the beginning of a name; 0.78 the
        /// initials of its name; 0.30 to 0.70 words of its texts, less where they stand in the summary or
        /// have another ending; below 0.30 one of these with typing errors, see `isGuess`. At most 0.01
        /// less in the other language, 0.03 less for an abbreviation spelled otherwise. Equal scores are
        /// ordered by the number of relationships, then by id.
        async fn score(&self) -> f64 {
            self.extra.score()
        }

        /// Whether it was found only by guessing that what was typed has typing errors, as Germany is for
        /// `Germny`. Errors are guessed only in words that the data have in no other way: none in words
        /// of up to four letters, one up to seven, two above. Guesses stand below all other hits.
        async fn is_guess(&self) -> bool {
            self.extra.is_guess()
        }

        /// The texts it was found by, at most three, those that say most first.
        async fn matched(&self) -> Many<Match<'g>> {
            self.extra.matches().into_iter().map(Match).collect()
        }
    }
}

/// What a question in words is about.
#[derive(SimpleObject)]
pub struct QuestionHint {
    /// What it is about, as in `PARTNERS`.
    topic: QuestionTopic,
    /// The named query that answers such questions, at `/q/` and its name; null where these data have none.
    named_query: Option<&'static str>,
}

/// How many nodes of one kind there are.
#[derive(SimpleObject)]
pub struct KindCount {
    /// The kind, as in `AGREEMENT`.
    kind: NodeKind,
    /// How many nodes of it fit, each counted once, whatever it is found by.
    count: usize,
}

/// A text of a node that fits what was searched for.
pub struct Match<'g>(graph::Match<'g>);

written! { ['g] Match<'g>, ['g] MatchPart<'g>, [] KindCount, [] QuestionHint }

/// A text of a node that fits what was searched for, and why it does.
#[Object]
impl<'g> Match<'g> {
    /// What sort of text it is, as in `ACRONYM`.
    async fn text_kind(&self) -> TextKind {
        self.0.kind.into()
    }

    /// The language it is in, as a BCP 47 tag (`en`, `fr`); null where it serves in all, as an id or a
    /// name that is the same in both.
    async fn language(&self) -> Option<&'g str> {
        self.0.language
    }

    /// How it fits, as in `STEM`.
    async fn reason(&self) -> MatchReason {
        self.0.reason.into()
    }

    /// The text exactly as written, names always whole; of a long text, the part around the first match.
    async fn fragment(&self) -> &'g str {
        self.0.fragment
    }

    /// The fragment in pieces, to mark what fits; joined they are the fragment.
    async fn parts(&self) -> Many<MatchPart<'g>> {
        self.0.parts().into_iter().map(|(text, matched)| MatchPart { text, matched }).collect()
    }

    /// Whether the text goes on before the fragment.
    async fn cut_before(&self) -> bool {
        self.0.cut_before
    }

    /// Whether the text goes on behind the fragment.
    async fn cut_after(&self) -> bool {
        self.0.cut_after
    }
}

/// A piece of a fragment.
#[derive(SimpleObject)]
pub struct MatchPart<'g> {
    /// The piece, exactly as written.
    text: &'g str,
    /// Whether it is what fits.
    matched: bool,
}

/// One page of what a search for `text` finds in `view`.
pub fn connection<'g>(
    view: &'g View,
    text: &str,
    language: model::Language,
    kinds: Option<Vec<NodeKind>>,
    filter: Option<NodeFilter>,
    page: PageArgs,
) -> Result<SearchConnection<'g>, Refusal> {
    let kinds: Option<Vec<_>> = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
    let filter = filter.map(Into::into);
    let mut hits = view.search(text, Some(language), kinds.as_deref(), filter.as_ref())?;
    let page = connection::page(view, page, hits.total(), |id| hits.position(id))?;
    let shown = hits.page(page.range.clone());
    let total = hits.total();
    let facets = hits.facets.into_iter().map(|(kind, count)| KindCount { kind: kind.into(), count }).collect();
    let queries = view.graph().queries();
    let hint = |topic: graph::Topic| QuestionHint {
        topic: topic.into(),
        named_query: Some(topic.named_query()).filter(|name| queries.iter().any(|query| *query.name == **name)),
    };
    let answered_by = hits.topic.map(hint);
    let around = Around { facets, answered_by, suggestion: hits.suggestion };
    let cursor = |hit: &Hit<'_>| hit.node.id().to_owned();
    Ok(Connection::of_page(view, &shown, &page, total, around, cursor, |hit| (hit.node.into(), hit.clone())))
}
