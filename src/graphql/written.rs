//! Lists of objects, written as JSON while they are resolved. The library makes a future on the heap for
//! every field and a tree of every value, which is most of what a large list costs; here the same
//! resolvers are asked one after another, and what they say is written down at once.

use std::borrow::Cow;

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_list;
use async_graphql::{Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use futures_util::FutureExt;

use super::answer::{Code, fault, write_json};
use super::document::MARK;
use super::request::is_written;

/// Fields of an object up to which it is written; what asks for more takes the library's way.
const FIELDS: usize = 100;

/// An object that can be written.
pub trait Written: OutputType {
    /// Whether its type has to be looked up for each object, as that of an interface has.
    const IS_ABSTRACT: bool = false;

    /// The name of its own type, never that of an interface.
    fn type_of(&self) -> Cow<'static, str> {
        self.introspection_type_name()
    }

    /// The value of one field of the object's own type.
    ///
    /// # Errors
    /// Those of the field's resolver.
    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value>;
}

impl<T: Written> Written for &T {
    const IS_ABSTRACT: bool = T::IS_ABSTRACT;

    // The library forgets the type behind a reference.
    fn type_of(&self) -> Cow<'static, str> {
        T::type_of(self)
    }

    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value> {
        T::field(self, ctx)
    }
}

/// Lets objects of these types be written.
macro_rules! written {
    ($([$($generics:tt)*] $object:ty),+) => {
        $(impl<$($generics)*> $crate::graphql::written::Written for $object {
            fn field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::ServerResult<async_graphql::Value> {
                $crate::graphql::written::at_once(async_graphql::resolver_utils::ContainerType::resolve_field(self, ctx))
                    .map(Option::unwrap_or_default)
            }
        })+
    };
}
pub(super) use written;

/// What a resolver says. Resolvers never wait: all they ask is in memory.
pub(super) fn at_once<T>(resolved: impl Future<Output = ServerResult<T>>) -> ServerResult<T> {
    let waited = || Err(fault(Code::InternalServerError, "The field could not be answered.".into(), None));
    resolved.now_or_never().unwrap_or_else(waited)
}

/// A list of objects.
pub struct Many<T>(pub Vec<T>);

impl<T> FromIterator<T> for Many<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

/// One object, which is often part of a list.
pub struct One<T>(pub T);

impl<T: Written> OutputType for Many<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let Self(items) = self;
        let Some(shapes) = Shapes::of(ctx, items) else {
            return resolve_list(ctx, field, items, Some(items.len())).await;
        };
        let mut json = vec![b'['];
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            shapes.write(&ctx.with_index(index), item, &mut json);
        }
        json.push(b']');
        Ok(Value::Binary(json.into()))
    }
}

impl<T: Written> OutputType for One<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.type_of()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let Self(object) = self;
        let Some(shapes) = Shapes::of(ctx, std::slice::from_ref(object)) else {
            return object.resolve(ctx, field).await;
        };
        let mut json = Vec::with_capacity(128);
        shapes.write(ctx, object, &mut json);
        Ok(Value::Binary(json.into()))
    }
}

/// The fields asked for of objects of one type, in order.
struct Shape<'a> {
    of: Cow<'static, str>,
    fields: Vec<&'a Positioned<Field>>,
}

/// What is asked for of each type of object in a list.
struct Shapes<'a>(Vec<Shape<'a>>);

impl<'a> Shapes<'a> {
    /// Nothing where the library has to put together what is asked for.
    fn of<T: Written>(ctx: &ContextSelectionSet<'a>, items: &[T]) -> Option<Self> {
        if !is_written(ctx) {
            return None;
        }
        let mut shapes: Vec<Shape<'a>> = Vec::new();
        for item in items {
            let of = item.type_of();
            if shapes.iter().all(|shape| shape.of != of) {
                let mut fields = Vec::with_capacity(ctx.item.node.items.len());
                collect(ctx, &ctx.item.node, &of, &mut fields)?;
                shapes.push(Shape { of, fields });
            }
            if !T::IS_ABSTRACT {
                break;
            }
        }
        Some(Self(shapes))
    }

    fn write<T: Written>(&self, ctx: &ContextSelectionSet<'_>, object: &T, json: &mut Vec<u8>) {
        let shape = match &self.0[..] {
            [only] => Some(only),
            shapes => {
                let of = object.type_of();
                shapes.iter().find(|shape| shape.of == of)
            }
        };
        json.push(b'{');
        let begin = json.len();
        for field in shape.iter().flat_map(|shape| &shape.fields) {
            let key = field.node.response_key().node.as_str();
            if key == MARK {
                continue;
            }
            let value = if field.node.name.node == "__typename" {
                Value::String(object.type_of().into_owned())
            } else {
                match object.field(&ctx.with_field(field)) {
                    Ok(value) => value,
                    Err(error) => {
                        ctx.add_error(error);
                        continue;
                    }
                }
            };
            if json.len() > begin {
                json.push(b',');
            }
            // Names need no escapes.
            json.push(b'"');
            json.extend_from_slice(key.as_bytes());
            json.extend_from_slice(b"\":");
            write_json(&value, json);
        }
        json.push(b'}');
    }
}

/// Gathers the fields that a selection asks of an object of the type `of`. Nothing where one key asks for
/// parts of an object in two places, which would have to be put together.
fn collect<'a>(
    ctx: &ContextSelectionSet<'a>,
    set: &'a SelectionSet,
    of: &str,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> Option<()> {
    for selection in &set.items {
        let (condition, inner) = match &selection.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                let is_leaf = field.node.selection_set.node.items.is_empty();
                match fields.iter().any(|other| other.node.response_key().node == *key) {
                    false if fields.len() == FIELDS => return None,
                    false => fields.push(field),
                    // What has one key is one field with one set of arguments: that was judged. What asks
                    // for parts of an object in two places was not let in here.
                    true if is_leaf => {}
                    true => return None,
                }
                continue;
            }
            Selection::FragmentSpread(spread) => {
                let fragment = &ctx.query_env.fragments.get(&spread.node.fragment_name.node)?.node;
                (Some(&fragment.type_condition), &fragment.selection_set)
            }
            Selection::InlineFragment(inline) => (inline.node.type_condition.as_ref(), &inline.node.selection_set),
        };
        let applies = condition.is_none_or(|condition| {
            let on = condition.node.on.node.as_str();
            let interfaces = ctx.schema_env.registry.implements.get(of);
            on == of || interfaces.is_some_and(|interfaces| interfaces.contains(on))
        });
        if applies {
            collect(ctx, &inner.node, of, fields)?;
        }
    }
    Some(())
}
