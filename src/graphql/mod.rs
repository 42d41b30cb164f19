//! How the answers are shown: the published API. Resolvers ask, the graph answers; there is no logic
//! here.

mod connection;
mod error;
mod limits;
mod query;
mod request;
mod types;

use async_graphql::{EmptyMutation, EmptySubscription, Schema};

pub use limits::LIMITS;
pub use query::Query;
pub use request::RequestState;

/// The schema of the API.
pub type ApiSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema; every request brings its own [`RequestState`].
pub fn schema() -> ApiSchema {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .register_output_type::<types::Node<'static>>()
        .register_output_type::<types::Party<'static>>()
        .finish()
}

/// The contract: the SDL, sorted, as committed in `schema.graphql`.
pub fn sdl() -> String {
    use async_graphql::SDLExportOptions;
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .use_space_ident()
        .indent_width(2);
    schema().sdl_with_options(options)
}
