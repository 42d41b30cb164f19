//! Canada's critical-minerals partnerships as a graph of dated, sourced facts.
//!
//! Data flow one way, and the modules stand in its order; each imports only from those before it:
//! files → [`dataset`] (checked records) → [`graph`] (immutable snapshot and every question one can
//! ask of it) → [`graphql`] (how the answers are shown) → [`http`] (how they travel). Beside GraphQL,
//! [`export`] writes the graph in the forms that other tools read. [`live`] holds the snapshot that is
//! served now, and replaces it when the data change.

pub mod dataset;
pub mod export;
pub mod graph;
pub mod graphql;
pub mod http;
pub mod live;
pub mod model;
