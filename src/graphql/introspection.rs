//! What the schema says of itself. The library is asked for all of it once; parts of that answer are what
//! questions get.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use async_graphql::indexmap::IndexMap;
use async_graphql::{Context, Name, ServerResult, Value};
use futures_util::FutureExt;

use super::limits::Limits;
use super::request::out;
use super::schema;
use super::written::{Fields, list, object};

/// Everything there is to ask. A type within a type is named, and looked up by its name.
const ALL: &str = "
{ __schema {
  __typename description types { ...Type } queryType { ...Named } mutationType { ...Named }
  subscriptionType { ...Named }
  directives { __typename name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
} }
fragment Type on __Type {
  __typename kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    __typename name description isDeprecated deprecationReason
    args(includeDeprecated: true) { ...Input } type { ...Named }
  }
  interfaces { ...Named } possibleTypes { ...Named } inputFields(includeDeprecated: true) { ...Input }
  enumValues(includeDeprecated: true) { __typename name description isDeprecated deprecationReason }
}
fragment Input on __InputValue {
  __typename name description defaultValue isDeprecated deprecationReason type { ...Named }
}
fragment Named on __Type {
  __typename kind name ofType { __typename kind name ofType { __typename kind name ofType { __typename kind name } } }
}";

type Values = IndexMap<Name, Value>;

/// The schema as it describes itself.
struct Description {
    schema: Values,
    types: BTreeMap<String, Values>,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    let said = schema(&Limits { depth: 32, ..Limits::default() }).execute(ALL).now_or_never();
    let said = said.expect("a schema describes itself at once");
    assert!(said.errors.is_empty(), "a schema describes itself: {:?}", said.errors);
    let Value::Object(mut root) = said.data else { panic!("an object is asked for") };
    let Some(Value::Object(mut schema)) = root.swap_remove("__schema") else { panic!("the schema is asked for") };
    let mut types = BTreeMap::new();
    if let Some(Value::List(all)) = schema.get_mut("types") {
        for one in all {
            let Value::Object(fields) = one else { continue };
            // An interface may have interfaces of its own. The library does not look for them.
            if fields.get("kind") == Some(&Value::Enum(Name::new("INTERFACE"))) {
                fields.insert(Name::new("interfaces"), Value::List(Vec::new()));
            }
            types.insert(text(fields, "name").unwrap_or_default().to_owned(), fields.clone());
        }
    }
    Description { schema, types }
});

fn text<'f>(fields: &'f Values, name: &str) -> Option<&'f str> {
    match fields.get(name)? {
        Value::String(text) => Some(text),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => None,
        Value::List(_) | Value::Object(_) => None,
    }
}

/// A part of the description that has fields.
#[derive(Clone, Copy)]
struct Part(&'static Values);

impl Part {
    /// The part of these fields; of a type that is only named, the type itself.
    fn new(fields: &'static Values) -> Self {
        let named = text(fields, "name").filter(|_| text(fields, "__typename") == Some("__Type"));
        Self(named.and_then(|name| DESCRIPTION.types.get(name)).unwrap_or(fields))
    }

    fn is_deprecated(self) -> bool {
        self.0.get("isDeprecated") == Some(&Value::Boolean(true))
    }
}

impl Fields for Part {
    fn type_of(&self) -> Cow<'static, str> {
        text(self.0, "__typename").unwrap_or_default().into()
    }

    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value> {
        let inner = ctx.with_selection_set(&ctx.item.node.selection_set);
        match (self.0.get(ctx.item.node.name.node.as_str()), out(&inner)) {
            (Some(Value::Object(fields)), Some(out)) => object(&inner, &Part::new(fields), out),
            (Some(Value::List(items)), Some(out)) if items.iter().any(|item| matches!(item, Value::Object(_))) => {
                let (_, all) = ctx.param_value::<Option<bool>>("includeDeprecated", None)?;
                let parts = items.iter().filter_map(|item| match item {
                    Value::Object(fields) => Some(Part::new(fields)),
                    Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) => None,
                    Value::Binary(_) | Value::Enum(_) | Value::List(_) => None,
                });
                let parts: Vec<_> = parts.filter(|part| all == Some(true) || !part.is_deprecated()).collect();
                list(&inner, &parts, out)
            }
            (value, _) => Ok(value.cloned().unwrap_or_default()),
        }
    }
}

/// What a field of the root says of the schema; `None` where it is no field of introspection.
pub(super) fn field(ctx: &Context<'_>) -> Option<ServerResult<Value>> {
    let inner = ctx.with_selection_set(&ctx.item.node.selection_set);
    let part = match ctx.item.node.name.node.as_str() {
        "__schema" => Part(&DESCRIPTION.schema),
        "__type" => match ctx.param_value::<String>("name", None) {
            Ok((_, name)) => match DESCRIPTION.types.get(&name) {
                Some(fields) => Part(fields),
                None => return Some(Ok(Value::Null)),
            },
            Err(error) => return Some(Err(error)),
        },
        _ => return None,
    };
    Some(object(&inner, &part, out(&inner)?))
}
