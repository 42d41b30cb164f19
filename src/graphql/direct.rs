//! Executes what has been judged with the library's resolvers alone. Before it executes anything the
//! library walks, checks and measures the whole document again, and makes a future for each field; for a
//! small question that is more than its answer costs.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::context::{ContextDirective, Data, QueryEnv, QueryEnvInner};
use async_graphql::extensions::Extensions;
use async_graphql::parser::types::Directive;
use async_graphql::registry::Registry;
use async_graphql::{
    CustomDirective, CustomDirectiveFactory, IntrospectionMode, Request, SchemaEnv, ServerError, ServerResult,
};
use futures_util::FutureExt;

use super::ApiSchema;
use super::prepared::Prepared;
use super::query::Query;
use super::request::RequestState;
use super::written::{self, Out};

/// The environment of a schema, which the library gives to none but its resolvers and directives.
pub(super) struct Direct {
    schema: SchemaEnv,
    extensions: Extensions,
    session: Arc<Data>,
}

impl Direct {
    /// That of this schema, which has [`Insight`].
    pub(super) fn of(schema: &ApiSchema) -> Self {
        Self::seen(schema, Seen::default()).expect("the schema has the directive that looks into it")
    }

    fn seen(schema: &ApiSchema, seen: Seen) -> Option<Self> {
        let request = Request::new(format!("{{ canada @{NAME} {{ id }} }}")).data(seen.clone());
        drop(schema.execute(request).now_or_never());
        // Taken out: it holds the request that it is held by.
        let (schema, extensions) = seen.lock().ok()?.take()?;
        Some(Self { schema, extensions, session: Arc::default() })
    }

    /// The data of an answer in JSON behind [`super::answer::BEFORE`], and the errors of its fields. What is
    /// written goes to `out`, which `state` knows.
    pub(super) fn execute(&self, prepared: &Prepared, state: RequestState, out: &Out) -> (Vec<u8>, Vec<ServerError>) {
        let variables = prepared.values();
        let (operation, fragments) = prepared.settled(&variables);
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
        let json = written::whole(&ctx, &Query, out);
        let errors = std::mem::take(&mut *env.errors.lock().unwrap_or_else(PoisonError::into_inner));
        (json, errors)
    }
}

const NAME: &str = "insight";

/// What was seen of a schema.
type Seen = Arc<Mutex<Option<(SchemaEnv, Extensions)>>>;

/// Looks into the schema it is a directive of. It stands in no SDL, and whoever asks for it is refused
/// like any other directive that does not exist.
pub(super) struct Insight;

impl CustomDirectiveFactory for Insight {
    fn name(&self) -> Cow<'static, str> {
        NAME.into()
    }

    fn register(&self, _: &mut Registry) {}

    fn create(&self, ctx: &ContextDirective<'_>, _: &Directive) -> ServerResult<Box<dyn CustomDirective>> {
        if let Some(Ok(mut seen)) = ctx.data_opt::<Seen>().map(|seen| seen.lock()) {
            *seen = Some((ctx.schema_env.clone(), ctx.query_env.extensions.clone()));
        }
        Err(ServerError::new("There is nothing more to see.", None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::{Limits, schema};

    #[test]
    fn what_was_seen_of_a_schema_does_not_hold_itself() {
        let seen = Seen::default();
        let held = Arc::downgrade(&seen);
        let direct = Direct::seen(&schema(&Limits::default()), seen);
        assert!(direct.is_some(), "nothing was seen");
        drop(direct);
        assert_eq!(held.strong_count(), 0, "it is kept for good");
    }
}
