//! Executes what has been judged with the library's resolvers alone. Before it executes anything the
//! library walks, checks and measures the whole document again, and makes a future for each field; for a
//! small question that is more than its answer costs.

use std::sync::{Arc, OnceLock};

use async_graphql::context::{ContextDirective, Data, QueryEnv, QueryEnvInner};
use async_graphql::extensions::Extensions;
use async_graphql::parser::types::Directive;
use async_graphql::registry::Registry;
use async_graphql::{
    CustomDirective, CustomDirectiveFactory, IntrospectionMode, Request, Response, SchemaEnv, ServerError, ServerResult,
};
use futures_util::FutureExt;

use super::ApiSchema;
use super::prepared::Prepared;
use super::query::Query;
use super::request::RequestState;
use super::written;

/// The environment of a schema, which the library gives to none but its resolvers and directives.
pub(super) struct Direct {
    schema: SchemaEnv,
    extensions: Extensions,
    session: Arc<Data>,
}

impl Direct {
    /// That of this schema; nothing where it has no [`Insight`].
    pub(super) fn of(schema: &ApiSchema) -> Option<Self> {
        let seen = Seen::default();
        let request = Request::new(format!("{{ canada @{NAME} {{ id }} }}")).data(seen.clone());
        drop(schema.execute(request).now_or_never());
        let (schema, extensions) = seen.get()?.clone();
        Some(Self { schema, extensions, session: Arc::default() })
    }

    /// The answer, written as JSON; nothing where the library has to answer.
    pub(super) fn execute(&self, prepared: &Prepared, state: RequestState) -> Option<Response> {
        let variables = prepared.values();
        let (operation, fragments) = prepared.settled(&variables)?;
        let mut data = Data::default();
        data.insert(state);
        let env = QueryEnv::new(QueryEnvInner {
            extensions: self.extensions.clone(),
            variables,
            operation_name: None,
            operation,
            fragments,
            uploads: Vec::new(),
            session_data: self.session.clone(),
            query_data: Arc::new(data),
            http_headers: Default::default(),
            introspection_mode: IntrospectionMode::Disabled,
            errors: Default::default(),
        });
        let ctx = env.create_context(&self.schema, None, &env.operation.node.selection_set, None);
        let mut response = Response::new(written::whole(&ctx, &Query)?);
        if let Ok(errors) = env.errors.lock() {
            response.errors.clone_from(&errors);
        }
        Some(response)
    }
}

const NAME: &str = "insight";

/// What was seen of a schema.
type Seen = Arc<OnceLock<(SchemaEnv, Extensions)>>;

/// Looks into the schema it is a directive of. It stands in no SDL, and whoever asks for it is refused
/// like any other directive that does not exist.
pub(super) struct Insight;

impl CustomDirectiveFactory for Insight {
    fn name(&self) -> std::borrow::Cow<'static, str> {
        NAME.into()
    }

    fn register(&self, _: &mut Registry) {}

    fn create(&self, ctx: &ContextDirective<'_>, _: &Directive) -> ServerResult<Box<dyn CustomDirective>> {
        if let Some(seen) = ctx.data_opt::<Seen>() {
            seen.get_or_init(|| (ctx.schema_env.clone(), ctx.query_env.extensions.clone()));
        }
        Err(ServerError::new("There is nothing more to see.", None))
    }
}
