//! How the answers are shown: the published API. Resolvers ask, the graph answers; there is no logic
//! here.

mod advice;
mod amount;
mod answer;
mod api;
mod chosen;
mod connection;
mod cost;
mod direct;
mod document;
mod error;
mod introspection;
mod json;
mod limits;
mod named;
mod prepared;
mod progress;
mod query;
mod request;
mod settle;
mod shared;
mod store;
mod subscription;
mod type_map;
mod types;
mod variables;
mod written;

use async_graphql::{EmptyMutation, Schema, ValidationMode};

pub use answer::{Answer, Code, Stage};
pub use api::{Api, Question, Text};
pub use async_graphql::Variables;
pub use limits::Limits;
pub use named::{Cell, Named, NamedFault, Parts, Rows, Shape, Values, Variable, WrongValue, check};
pub use prepared::Prepared;
pub use progress::Progress;
pub use query::Query;
pub use request::RequestState;
pub use subscription::Subscription;

pub use crate::model::Language;

/// The schema of the API.
pub type ApiSchema = Schema<Query, EmptyMutation, Subscription>;

/// Where the library executes, its own limits and its validation are the second line: what reaches them has
/// been judged.
const SLACK: usize = 8;

/// The schema; every request brings its own [`RequestState`].
pub fn schema(limits: &Limits) -> ApiSchema {
    Schema::build(Query, EmptyMutation, Subscription)
        .register_output_type::<types::Node<'static>>()
        .register_output_type::<types::Party<'static>>()
        .validation_mode(ValidationMode::Fast)
        .directive(direct::Insight)
        .limit_depth(limits.depth + SLACK)
        .limit_recursive_depth(limits.nesting + SLACK)
        .limit_complexity(limits.fields as usize)
        .limit_directives(limits.directives as usize)
        .finish()
}

/// The contract: the SDL, sorted, as committed in `schema.graphql`.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident()
        .indent_width(2);
    schema(&Limits::default()).sdl_with_options(options)
}
