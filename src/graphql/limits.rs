//! Every limit on questions, in one place.

use std::time::Duration;

/// What a question may ask for at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Items on a page.
    pub page: usize,
    /// Items on a page where nothing is asked for.
    pub default_page: usize,
    /// Bytes of a document.
    pub document_bytes: usize,
    /// Words, numbers, texts and signs of a document.
    pub tokens: usize,
    /// Brackets open at one place of a document.
    pub open_brackets: usize,
    /// Selections within selections, fragments expanded.
    pub nesting: usize,
    /// Fields within fields, fragments expanded; standard introspection takes 15.
    pub depth: usize,
    /// Fields of a document, fragments expanded.
    pub fields: u64,
    /// Aliases of a document, fragments expanded.
    pub aliases: u64,
    /// Directives of a document, fragments expanded.
    pub directives: u64,
    /// Cells of an answer, as estimated from pages and lists.
    pub cost: u64,
    /// Items expected in a list that has no pages.
    pub plain_list: u64,
    /// From this cost on, a question is answered apart, so that cheap ones need not wait for it.
    pub heavy_cost: u64,
    /// The relationships from which on every question of a graph is heavy, whatever it costs.
    pub heavy_graph: usize,
    /// Heavy questions answered at once.
    pub heavy_at_once: usize,
    /// Faults of a document that are named.
    pub errors: usize,
    /// How long a question may take.
    pub time: Duration,
}

/// The limits in force.
pub const LIMITS: Limits = Limits {
    page: 500,
    default_page: 50,
    document_bytes: 16 * 1024,
    tokens: 4_000,
    open_brackets: 64,
    nesting: 64,
    depth: 24,
    fields: 4_000,
    aliases: 500,
    directives: 200,
    cost: 250_000,
    plain_list: 10,
    heavy_cost: 5_000,
    heavy_graph: 50_000,
    heavy_at_once: 4,
    errors: 20,
    time: Duration::from_secs(30),
};
