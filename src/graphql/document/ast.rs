//! A document as it is written: names borrow from the text, and every node knows the byte it begins at.

use async_graphql::parser::types::{OperationType, Type};

/// A byte of the text.
pub(super) type At = usize;

/// What one text defines, in its order.
#[derive(Debug, Default)]
pub(super) struct Ast<'t> {
    pub(super) definitions: Vec<Definition<'t>>,
}

/// An operation or a fragment, or what has no place in a question.
#[derive(Debug)]
pub(super) enum Definition<'t> {
    /// An operation.
    Operation(Operation<'t>),
    /// A fragment.
    Fragment(Fragment<'t>),
}

/// A name and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) at: At,
    pub(super) text: &'t str,
}

/// An operation.
#[derive(Debug)]
pub(super) struct Operation<'t> {
    pub(super) at: At,
    pub(super) kind: OperationType,
    pub(super) name: Option<Word<'t>>,
    pub(super) variables: Vec<Variable<'t>>,
    pub(super) directives: Vec<Directive<'t>>,
    pub(super) selections: Selections<'t>,
}

/// The declaration of a variable.
#[derive(Debug)]
pub(super) struct Variable<'t> {
    pub(super) at: At,
    pub(super) name: Word<'t>,
    pub(super) ty: Type,
    pub(super) ty_at: At,
    /// Where the name within the type stands.
    pub(super) named_at: At,
    pub(super) default: Option<Literal<'t>>,
    pub(super) directives: Vec<Directive<'t>>,
}

/// A fragment.
#[derive(Debug)]
pub(super) struct Fragment<'t> {
    pub(super) at: At,
    pub(super) name: Word<'t>,
    pub(super) on: Word<'t>,
    pub(super) directives: Vec<Directive<'t>>,
    pub(super) selections: Selections<'t>,
}

/// What is chosen of an object.
#[derive(Debug)]
pub(super) struct Selections<'t> {
    pub(super) at: At,
    pub(super) items: Vec<Selection<'t>>,
}

/// One thing chosen.
#[derive(Debug)]
pub(super) enum Selection<'t> {
    /// A field.
    Field(Field<'t>),
    /// A fragment by its name.
    Spread(Spread<'t>),
    /// A fragment in its place.
    Inline(Inline<'t>),
}

/// A field.
#[derive(Debug)]
pub(super) struct Field<'t> {
    pub(super) at: At,
    pub(super) alias: Option<Word<'t>>,
    pub(super) name: Word<'t>,
    pub(super) arguments: Vec<Argument<'t>>,
    pub(super) directives: Vec<Directive<'t>>,
    pub(super) selections: Option<Selections<'t>>,
}

impl<'t> Field<'t> {
    /// Its key in the answer.
    pub(super) fn key(&self) -> &'t str {
        self.alias.unwrap_or(self.name).text
    }
}

/// A fragment spread by its name.
#[derive(Debug)]
pub(super) struct Spread<'t> {
    pub(super) at: At,
    pub(super) name: Word<'t>,
    pub(super) directives: Vec<Directive<'t>>,
}

/// A fragment in its place.
#[derive(Debug)]
pub(super) struct Inline<'t> {
    pub(super) at: At,
    pub(super) on: Option<Word<'t>>,
    pub(super) directives: Vec<Directive<'t>>,
    pub(super) selections: Selections<'t>,
}

/// An argument, or a field of an input object.
#[derive(Debug)]
pub(super) struct Argument<'t> {
    pub(super) name: Word<'t>,
    pub(super) value: Literal<'t>,
}

/// A directive.
#[derive(Debug)]
pub(super) struct Directive<'t> {
    pub(super) at: At,
    pub(super) name: Word<'t>,
    pub(super) arguments: Vec<Argument<'t>>,
}

/// A value as it is written.
#[derive(Debug)]
pub(super) struct Literal<'t> {
    pub(super) at: At,
    pub(super) kind: Kind<'t>,
}

/// The kinds of values.
#[derive(Debug)]
pub(super) enum Kind<'t> {
    /// A variable.
    Variable(&'t str),
    /// A whole number.
    Int(&'t str),
    /// Any other number.
    Float(&'t str),
    /// A text, its escapes resolved, and whether it was written as a block.
    Text(String, bool),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A value of an enum.
    Enum(&'t str),
    /// A list.
    List(Vec<Literal<'t>>),
    /// An input object.
    Object(Vec<Argument<'t>>),
}

/// Equal values mean the same; the order of fields means nothing.
impl PartialEq for Literal<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Variable(one), Kind::Variable(other)) | (Kind::Enum(one), Kind::Enum(other)) => one == other,
            (Kind::Int(one), Kind::Int(other)) | (Kind::Float(one), Kind::Float(other)) => one == other,
            (Kind::Text(one, block), Kind::Text(other, other_block)) => one == other && block == other_block,
            (Kind::Boolean(one), Kind::Boolean(other)) => one == other,
            (Kind::Null, Kind::Null) => true,
            (Kind::List(one), Kind::List(other)) => one == other,
            (Kind::Object(one), Kind::Object(other)) => {
                let has = |field: &Argument<'_>| {
                    other.iter().any(|other| other.name.text == field.name.text && other.value == field.value)
                };
                one.len() == other.len() && one.iter().all(has)
            }
            _ => false,
        }
    }
}

impl std::fmt::Display for Literal<'_> {
    /// As it could be written again, in one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            Kind::Variable(name) => write!(f, "${name}"),
            Kind::Int(text) | Kind::Float(text) | Kind::Enum(text) => f.write_str(text),
            Kind::Text(text, _) => write!(f, "{}", async_graphql::Value::String(text.clone())),
            Kind::Boolean(value) => write!(f, "{value}"),
            Kind::Null => f.write_str("null"),
            Kind::List(items) => {
                f.write_str("[")?;
                for (position, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if position == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Kind::Object(fields) => {
                f.write_str("{")?;
                for (position, field) in fields.iter().enumerate() {
                    let comma = if position == 0 { "" } else { ", " };
                    write!(f, "{comma}{}: {}", field.name.text, field.value)?;
                }
                f.write_str("}")
            }
        }
    }
}
