//! Objects, written as JSON while they are resolved. The library makes a future on the heap for every field
//! and a tree of every value, which is most of what a large list costs; here the same resolvers are asked
//! one after another, and what they say is written down at once, behind what was written before. To the
//! library such an object is the place of its piece in what is written.
//!
//! A field that fails leaves null behind where its type allows that; else its object fails in its place, and
//! so on (specification, section 6.4.4). What was written of such an object is taken back.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{self, Poll, Waker};

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_list;
use async_graphql::{Context, ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value};

use super::answer::{BEFORE, Code, fault};
use super::chosen::chosen;
use super::json::{Scalar, write_value};
use super::request::{RequestState, of_request, out};

/// Bytes that are reserved at once for a list.
const MOST_RESERVED: usize = 16 * 1024 * 1024;

/// An object of the library's that can be written.
pub trait Written: Fields + OutputType {}

impl<T: Fields + OutputType> Written for T {}

/// An object by its fields.
pub trait Fields: Send + Sync {
    /// Whether its type has to be looked up for each object, as that of an interface has.
    const IS_ABSTRACT: bool = false;

    /// The name of its own type, never that of an interface.
    fn type_of(&self) -> Cow<'static, str>;

    /// Writes a field without parts that was asked for without arguments, and says whether it did; where it
    /// did not, nothing is written, and `field` is asked. This is for fields that many objects of a list
    /// are asked for.
    fn scalar(&self, _name: &str, _ctx: &Context<'_>, _json: &mut Vec<u8>) -> bool {
        false
    }

    /// The value of one field of the object's own type.
    ///
    /// # Errors
    /// Those of the field's resolver.
    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value>;
}

impl<T: Fields> Fields for &T {
    const IS_ABSTRACT: bool = T::IS_ABSTRACT;

    // The library forgets the type behind a reference.
    fn type_of(&self) -> Cow<'static, str> {
        T::type_of(self)
    }

    fn scalar(&self, name: &str, ctx: &Context<'_>, json: &mut Vec<u8>) -> bool {
        T::scalar(self, name, ctx, json)
    }

    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value> {
        T::field(self, ctx)
    }
}

/// Lets objects of these types be written. In braces, which of their resolvers answer what `scalar` writes.
macro_rules! written {
    ($(
        [$($generics:tt)*] $object:ty
        $(where { $($bounds:tt)* })?
        $({ $($name:literal: $resolver:ident($($argument:expr),*)),* $(,)? })?
    ),+) => {
        $(impl<$($generics)*> $crate::graphql::written::Fields for $object $(where $($bounds)*)? {
            fn type_of(&self) -> std::borrow::Cow<'static, str> {
                async_graphql::OutputType::introspection_type_name(self)
            }

            $(fn scalar(&self, name: &str, ctx: &async_graphql::Context<'_>, json: &mut Vec<u8>) -> bool {
                match name {
                    $($name => $crate::graphql::written::scalar(self.$resolver(ctx $(, $argument)*), json),)*
                    _ => false,
                }
            })?

            #[inline(never)] // all resolvers of a type: once in the program is enough
            fn field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::ServerResult<async_graphql::Value> {
                $crate::graphql::written::at_once(async_graphql::resolver_utils::ContainerType::resolve_field(self, ctx))
                    .map(Option::unwrap_or_default)
            }
        })+
    };
}
pub(super) use written;

/// What comes of a future. Resolvers never wait: all they ask is in memory.
#[inline(always)] // a future of all resolvers of an object is large, and would be copied
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut task::Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// What a resolver says.
#[inline(always)]
pub(super) fn at_once<T>(resolved: impl Future<Output = ServerResult<T>>) -> ServerResult<T> {
    let waited = || Err(fault(Code::InternalServerError, "The field could not be answered.".into(), None));
    now(resolved).unwrap_or_else(waited)
}

/// Writes what a resolver says, and says whether it did.
#[inline(always)]
pub(super) fn scalar<T: Scalar>(resolved: impl Future<Output = Result<T, Error>>, json: &mut Vec<u8>) -> bool {
    let Some(Ok(value)) = now(resolved) else { return false };
    value.write(json);
    true
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
        match out(ctx) {
            Some(out) => list(ctx, items, out),
            None => resolve_list(ctx, field, items, Some(items.len())).await,
        }
    }
}

/// Writes a list, and says where.
pub(super) fn list<T: Fields>(ctx: &ContextSelectionSet<'_>, items: &[T], out: &Out) -> ServerResult<Value> {
    let shapes = Shapes::of(ctx, items);
    let begin = out.write(|json| json.push(b'['));
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.write(|json| json.push(b','));
        }
        let at = shapes.write(&ctx.with_index(index), item, out)?;
        if index == 0 {
            // The others will be about as long.
            out.write(|json| json.reserve((json.len() - at).saturating_mul(items.len() - 1).min(MOST_RESERVED)));
        }
    }
    out.write(|json| json.push(b']'));
    Ok(out.piece(begin))
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
        match out(ctx) {
            Some(out) => self::object(ctx, object, out),
            None => object.resolve(ctx, field).await,
        }
    }
}

/// Writes an object, and says where.
pub(super) fn object<T: Fields>(ctx: &ContextSelectionSet<'_>, object: &T, out: &Out) -> ServerResult<Value> {
    let begin = Shapes::of(ctx, std::slice::from_ref(object)).write(ctx, object, out)?;
    Ok(out.piece(begin))
}

/// The data of a whole answer as JSON behind [`BEFORE`]; the errors of its fields are those of `ctx`.
pub(super) fn whole<T: Fields>(ctx: &ContextSelectionSet<'_>, root: &T, out: &Out) -> Vec<u8> {
    if let Err(error) = object(ctx, root, out) {
        ctx.add_error(error);
        out.settle(BEFORE.len(), &Value::Null);
    }
    out.take()
}

/// What is written of an answer.
pub(super) struct Out {
    json: Mutex<Vec<u8>>,
    /// Bytes of the buffer that were paid for.
    capacity: AtomicUsize,
}

impl Out {
    /// With [`BEFORE`], and room for so many bytes.
    pub(super) fn new(room: usize) -> Self {
        let mut json = Vec::with_capacity(room.max(BEFORE.len()));
        json.extend_from_slice(BEFORE);
        Self { json: Mutex::new(json), capacity: AtomicUsize::new(0) }
    }

    /// What was written, with this value as the data; then begins anew.
    pub(super) fn with_data(&self, data: &Value) -> Vec<u8> {
        self.settle(BEFORE.len(), data);
        self.take()
    }

    fn take(&self) -> Vec<u8> {
        std::mem::replace(&mut *self.lock(), BEFORE.to_vec())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.json.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Pays for a value that was written from `begin` on.
    ///
    /// # Errors
    /// The request is stopped.
    #[inline]
    fn spend(&self, state: Option<&RequestState>, json: &Vec<u8>, begin: usize) -> ServerResult<()> {
        let capacity = json.capacity();
        let has_grown = capacity != self.capacity.load(Ordering::Relaxed);
        if has_grown {
            self.capacity.store(capacity, Ordering::Relaxed);
        }
        let written = json.len().saturating_sub(begin);
        let goes_on = state.is_none_or(|state| state.spend_on_text(1, written, has_grown.then_some(capacity)));
        // The answer is thrown away for the refusal that says why.
        if goes_on { Ok(()) } else { Err(fault(Code::QueryTooExpensive, "The request is stopped.".into(), None)) }
    }

    /// Writes behind what is there, and says where that began.
    fn write(&self, write: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut json = self.lock();
        let begin = json.len();
        write(&mut json);
        begin
    }

    /// What was written since `begin`, as a value: where it begins and ends.
    fn piece(&self, begin: usize) -> Value {
        let mut place = [0; 2 * size_of::<u64>()];
        let (from, to) = place.split_at_mut(size_of::<u64>());
        from.copy_from_slice(&(begin as u64).to_le_bytes());
        to.copy_from_slice(&(self.lock().len() as u64).to_le_bytes());
        Value::Binary(place.to_vec().into())
    }

    /// Writes a value behind what was written until `begin`. Pieces of it stand there already; mostly it is
    /// one of them.
    fn settle(&self, begin: usize, value: &Value) {
        let mut json = self.lock();
        let is_there = |place: &[u8]| place_of(place) == Some((begin, json.len()));
        if matches!(value, Value::Binary(place) if is_there(place)) {
            return;
        }
        let pieces = json.split_off(begin);
        write_value(value, &mut json, &|place| {
            let (from, to) = place_of(place)?;
            pieces.get(from.checked_sub(begin)?..to.checked_sub(begin)?)
        });
    }
}

fn place_of(place: &[u8]) -> Option<(usize, usize)> {
    let (from, to) = place.split_at_checked(size_of::<u64>())?;
    let number = |bytes: &[u8]| usize::try_from(u64::from_le_bytes(bytes.try_into().ok()?)).ok();
    Some((number(from)?, number(to)?))
}

/// The fields asked for of objects of one type, in order.
struct Shape<'a> {
    of: Cow<'static, str>,
    fields: Vec<Cow<'a, Positioned<Field>>>,
}

/// What is asked for of each type of object in a list.
struct Shapes<'a>(Vec<Shape<'a>>);

impl<'a> Shapes<'a> {
    fn of<T: Fields>(ctx: &ContextSelectionSet<'a>, items: &[T]) -> Self {
        let mut shapes: Vec<Shape<'a>> = Vec::new();
        for item in items {
            let of = item.type_of();
            if shapes.iter().all(|shape| shape.of != of) {
                let fields = chosen(ctx, &of);
                shapes.push(Shape { of, fields });
            }
            if !T::IS_ABSTRACT {
                break;
            }
        }
        Self(shapes)
    }

    /// Writes an object, and says where it begins.
    ///
    /// # Errors
    /// That of the first field that fails and cannot be null.
    #[inline(never)] // it is asked from many places, of every type
    fn write<T: Fields>(&self, ctx: &ContextSelectionSet<'_>, object: &T, out: &Out) -> ServerResult<usize> {
        let shape = match &self.0[..] {
            [only] => Some(only),
            shapes => {
                let of = object.type_of();
                shapes.iter().find(|shape| shape.of == of)
            }
        };
        let state = of_request(ctx);
        let mut json = out.lock();
        let begin = json.len();
        json.push(b'{');
        for field in shape.iter().flat_map(|shape| &shape.fields) {
            if json.len() > begin + 1 {
                json.push(b',');
            }
            // Names need no escapes.
            json.push(b'"');
            json.extend_from_slice(field.node.response_key().node.as_bytes());
            json.extend_from_slice(b"\":");
            let (name, field_ctx) = (field.node.name.node.as_str(), ctx.with_field(field));
            if name == "__typename" {
                object.type_of().as_ref().write(&mut json);
                out.spend(state, &json, begin)?;
                continue;
            }
            let from = json.len();
            if field.node.arguments.is_empty() && object.scalar(name, &field_ctx, &mut json) {
                out.spend(state, &json, from)?;
                continue;
            }
            let at = json.len();
            // Objects within it are written meanwhile.
            drop(json);
            match object.field(&field_ctx) {
                Ok(value) => out.settle(at, &value),
                Err(error) => {
                    let error = if error.path.is_empty() { field_ctx.set_error_path(error) } else { error };
                    if !is_nullable(ctx, &object.type_of(), name) {
                        return Err(error);
                    }
                    ctx.add_error(error);
                    out.settle(at, &Value::Null);
                }
            }
            json = out.lock();
            // What objects within it have written is paid for.
            let is_leaf = field.node.selection_set.node.items.is_empty();
            let from = if is_leaf { at } else { json.len() };
            out.spend(state, &json, from)?;
        }
        json.push(b'}');
        Ok(begin)
    }
}

/// Whether a field may be null.
fn is_nullable(ctx: &ContextSelectionSet<'_>, of: &str, name: &str) -> bool {
    let field = ctx.schema_env.registry.types.get(of).and_then(|of| of.field_by_name(name));
    field.is_some_and(|field| !field.ty.ends_with('!'))
}
