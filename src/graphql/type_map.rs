//! The types of the SDL, as those need them who judge documents, costs and variables.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, DirectiveLocation, FieldDefinition, InputValueDefinition, OperationType, Type, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::{Name, Positioned, Value};

use super::limits::PLAIN_LIST;

/// The arguments that say how many items a field gives.
const PAGE_ARGUMENTS: [&str; 3] = ["first", "last", "limit"];

/// Relationships that a part of the graph has for each of its nodes, about.
const RELATIONSHIPS_OF_NODE: u64 = 4;

/// The types of introspection and the directives of the specification, which an SDL need not hold. How
/// many items the lists of introspection have is what schemas like ours come to; `types` is counted.
const BUILT_IN: &str = r#"
type __Schema {
  description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type
  directives: [__Directive!]! @items(count: 6)
}
type __Type {
  kind: __TypeKind! name: String description: String specifiedByURL: String isOneOf: Boolean ofType: __Type
  fields(includeDeprecated: Boolean = false): [__Field!] @items(count: 8)
  interfaces: [__Type!] @items(count: 2) possibleTypes: [__Type!] @items(count: 2)
  enumValues(includeDeprecated: Boolean = false): [__EnumValue!] @items(count: 3)
  inputFields(includeDeprecated: Boolean = false): [__InputValue!] @items(count: 3)
}
type __Field {
  name: String! description: String type: __Type! isDeprecated: Boolean! deprecationReason: String
  args(includeDeprecated: Boolean = false): [__InputValue!]! @items(count: 3)
}
type __InputValue {
  name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean!
  deprecationReason: String
}
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
type __Directive {
  name: String! description: String isRepeatable: Boolean! locations: [__DirectiveLocation!]! @items(count: 3)
  args(includeDeprecated: Boolean = false): [__InputValue!]! @items(count: 3)
}
enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
enum __DirectiveLocation {
  QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA
  SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT
  INPUT_FIELD_DEFINITION
}
type Roots { __schema: __Schema! __type(name: String!): __Type __typename: String! }
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported") on
  FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
directive @oneOf on INPUT_OBJECT
"#;

/// The types of a schema by name.
#[derive(Debug, Default)]
pub(super) struct TypeMap {
    types: BTreeMap<Name, TypeDef>,
    directives: BTreeMap<Name, DirectiveDef>,
    /// The fields that stand at the root of queries, or everywhere, and in no SDL.
    roots: BTreeMap<Name, Field>,
    /// Which objects a value of a composite type can be.
    possible: BTreeMap<Name, BTreeSet<Name>>,
    subscription: Option<Name>,
    mutation: Option<Name>,
}

/// A type of the schema.
#[derive(Debug)]
pub(super) enum TypeDef {
    /// A scalar.
    Scalar,
    /// An enum: its values.
    Enum(BTreeSet<Name>),
    /// An object.
    Object(Composite),
    /// An interface.
    Interface(Composite),
    /// A union.
    Union,
    /// An input object: its fields, and whether exactly one of them must be given.
    Input(BTreeMap<Name, Argument>, bool),
}

impl TypeDef {
    /// Whether things are chosen of it.
    pub(super) fn is_composite(&self) -> bool {
        matches!(self, Self::Object(_) | Self::Interface(_) | Self::Union)
    }

    /// Whether it is a value that is not chosen from.
    pub(super) fn is_leaf(&self) -> bool {
        matches!(self, Self::Scalar | Self::Enum(_))
    }

    /// Whether arguments and variables can be of it.
    pub(super) fn is_input(&self) -> bool {
        matches!(self, Self::Scalar | Self::Enum(_) | Self::Input(..))
    }

    /// Its fields, where it has some to choose from.
    pub(super) fn composite(&self) -> Option<&Composite> {
        match self {
            Self::Object(composite) | Self::Interface(composite) => Some(composite),
            Self::Scalar | Self::Enum(_) | Self::Union | Self::Input(..) => None,
        }
    }
}

/// An object or an interface.
#[derive(Debug)]
pub(super) struct Composite {
    pub(super) fields: BTreeMap<Name, Field>,
    pub(super) interfaces: Vec<Name>,
}

/// A field of an object or an interface.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) ty: Type,
    pub(super) arguments: BTreeMap<Name, Argument>,
    /// How many items its list has where no page says so.
    pub(super) items: u64,
    /// Items of its list for each item of the page it is a part of.
    pub(super) density: u64,
    /// Its page arguments, with their defaults.
    pub(super) pages: Vec<(Name, Option<u64>)>,
}

/// An argument, or a field of an input object.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) ty: Type,
    pub(super) has_default: bool,
}

impl Argument {
    /// Whether it must be given.
    pub(super) fn is_required(&self) -> bool {
        !self.ty.nullable && !self.has_default
    }
}

/// A directive. None of ours may be repeated; the library's parser takes all for ones that may.
#[derive(Debug)]
pub(super) struct DirectiveDef {
    pub(super) arguments: BTreeMap<Name, Argument>,
    pub(super) locations: Vec<DirectiveLocation>,
}

impl TypeMap {
    /// Reads the types from an SDL of ours.
    pub(super) fn new(sdl: &str) -> Self {
        let mut map = Self::default();
        map.add(BUILT_IN);
        map.add(sdl);
        if let Some(TypeDef::Object(roots)) = map.types.remove("Roots") {
            map.roots = roots.fields;
        }
        map.add_used_scalars();
        map.add_possible_types();
        let types = map.types.len() as u64;
        if let Some(TypeDef::Object(schema)) = map.types.get_mut("__Schema") {
            schema.fields.entry(Name::new("types")).and_modify(|field| field.items = types);
        }
        map
    }

    fn add(&mut self, sdl: &str) {
        let document = parse_schema(sdl).expect("the SDL comes from the schema itself");
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    self.subscription = schema.node.subscription.map(|name| name.node);
                    self.mutation = schema.node.mutation.map(|name| name.node);
                }
                TypeSystemDefinition::Directive(directive) => {
                    let directive = directive.node;
                    let locations = directive.locations.into_iter().map(|location| location.node).collect();
                    let definition = DirectiveDef { arguments: arguments(directive.arguments), locations };
                    self.directives.insert(directive.name.node, definition);
                }
                TypeSystemDefinition::Type(definition) => {
                    let definition = definition.node;
                    let one_of = definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
                    let kind = match definition.kind {
                        TypeKind::Scalar => TypeDef::Scalar,
                        TypeKind::Object(object) => TypeDef::Object(composite(object.fields, object.implements)),
                        TypeKind::Interface(of) => TypeDef::Interface(composite(of.fields, of.implements)),
                        TypeKind::Enum(values) => {
                            TypeDef::Enum(values.values.into_iter().map(|value| value.node.value.node).collect())
                        }
                        TypeKind::InputObject(object) => TypeDef::Input(arguments(object.fields), one_of),
                        TypeKind::Union(union) => {
                            let members = union.members.into_iter().map(|member| member.node).collect();
                            self.possible.insert(definition.name.node.clone(), members);
                            TypeDef::Union
                        }
                    };
                    self.types.insert(definition.name.node, kind);
                }
            }
        }
    }

    /// The scalars of the specification are in no SDL; those a schema uses are part of it.
    fn add_used_scalars(&mut self) {
        let mut used = BTreeSet::new();
        let mut arguments = |of: &BTreeMap<Name, Argument>| used.extend(of.values().map(|one| named(&one.ty).clone()));
        let mut outputs = BTreeSet::new();
        for definition in self.types.values() {
            match definition {
                TypeDef::Object(of) | TypeDef::Interface(of) => {
                    for field in of.fields.values() {
                        outputs.insert(named(&field.ty).clone());
                        arguments(&field.arguments);
                    }
                }
                TypeDef::Input(fields, _) => arguments(fields),
                TypeDef::Scalar | TypeDef::Enum(_) | TypeDef::Union => {}
            }
        }
        for name in used.into_iter().chain(outputs) {
            self.types.entry(name).or_insert(TypeDef::Scalar);
        }
    }

    fn add_possible_types(&mut self) {
        for (name, definition) in &self.types {
            let TypeDef::Object(object) = definition else { continue };
            for of in object.interfaces.iter().chain([name]) {
                self.possible.entry(of.clone()).or_default().insert(name.clone());
            }
        }
    }

    /// The type of this name, and its own name.
    pub(super) fn get(&self, name: &str) -> Option<(&Name, &TypeDef)> {
        self.types.get_key_value(name)
    }

    /// The object or interface of this name.
    pub(super) fn composite(&self, name: &str) -> Option<&Composite> {
        self.types.get(name)?.composite()
    }

    /// The names of all types.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(Name::as_str)
    }

    /// The directive of this name.
    pub(super) fn directive(&self, name: &str) -> Option<&DirectiveDef> {
        self.directives.get(name)
    }

    /// The type at the root of an operation.
    pub(super) fn root(&self, kind: OperationType) -> Option<&str> {
        match kind {
            OperationType::Query => Some("Query"),
            OperationType::Mutation => self.mutation.as_deref(),
            OperationType::Subscription => self.subscription.as_deref(),
        }
    }

    /// The field of a composite type, those of introspection among them.
    pub(super) fn field(&self, parent: &str, name: &str) -> Option<&Field> {
        let built_in = || match name {
            "__typename" => self.roots.get(name),
            "__schema" | "__type" if parent == "Query" => self.roots.get(name),
            _ => None,
        };
        self.composite(parent).and_then(|composite| composite.fields.get(name)).or_else(built_in)
    }

    /// Which objects a value of this type can be.
    pub(super) fn possible(&self, name: &str) -> impl Iterator<Item = &Name> {
        self.possible.get(name).into_iter().flatten()
    }

    /// Whether all objects of a type are nodes.
    pub(super) fn is_node(&self, name: &str) -> bool {
        let is = |object: &Name| {
            self.composite(object).is_some_and(|object| object.interfaces.iter().any(|of| of == "Node"))
        };
        self.possible(name).next().is_some() && self.possible(name).all(is)
    }

    /// Whether a value can be of both types.
    pub(super) fn overlap(&self, one: &str, other: &str) -> bool {
        one == other
            || self.possible(one).any(|object| self.possible.get(other).is_some_and(|all| all.contains(object)))
    }
}

fn composite(fields: Vec<Positioned<FieldDefinition>>, implements: Vec<Positioned<Name>>) -> Composite {
    let fields = fields.into_iter().map(|field| (field.node.name.node.clone(), Field::new(field.node))).collect();
    Composite { fields, interfaces: implements.into_iter().map(|name| name.node).collect() }
}

fn arguments(definitions: Vec<Positioned<InputValueDefinition>>) -> BTreeMap<Name, Argument> {
    let arguments = definitions.into_iter().map(|argument| argument.node);
    let arguments = arguments.map(|argument| {
        (argument.name.node, Argument { ty: argument.ty.node, has_default: argument.default_value.is_some() })
    });
    arguments.collect()
}

impl Field {
    fn new(definition: FieldDefinition) -> Self {
        let counted = definition.directives.iter().find(|directive| directive.node.name.node == "items");
        let count = counted.and_then(|directive| number(&directive.node.get_argument("count")?.node));
        let pages = definition.arguments.iter().map(|argument| &argument.node);
        let pages = pages.filter(|argument| PAGE_ARGUMENTS.contains(&argument.name.node.as_str())).map(|argument| {
            (argument.name.node.clone(), argument.default_value.as_ref().and_then(|value| number(&value.node)))
        });
        let pages = pages.collect();
        let items = count.unwrap_or(PLAIN_LIST);
        let density = if definition.name.node == "relationships" { RELATIONSHIPS_OF_NODE } else { 1 };
        Self { ty: definition.ty.node, arguments: arguments(definition.arguments), items, density, pages }
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.ty.base, BaseType::List(_))
    }

    /// The type of its value, or of the items of its list.
    pub(super) fn of(&self) -> &Name {
        named(&self.ty)
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::Null | Value::String(_) | Value::Boolean(_) | Value::Binary(_) => None,
        Value::Enum(_) | Value::List(_) | Value::Object(_) => None,
    }
}

/// The name at the heart of a type.
pub(super) fn named(ty: &Type) -> &Name {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => named(of),
    }
}
