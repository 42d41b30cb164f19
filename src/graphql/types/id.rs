//! Ids as the graph holds them.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, ID, OutputType, Positioned, ServerResult, Value};

use crate::graphql::json::Scalar;

/// An id, not copied before it is written.
pub struct Id<'g>(pub &'g str);

impl OutputType for Id<'_> {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::String(self.0.to_owned()))
    }
}

impl Scalar for Id<'_> {
    fn write(&self, json: &mut Vec<u8>) {
        self.0.write(json);
    }
}
