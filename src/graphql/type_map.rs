//! The types of the SDL, as far as costs and variables need them.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use async_graphql::{Name, Value};

use super::limits::PLAIN_LIST;

/// The arguments that say how many items a field gives.
pub(super) const PAGE_ARGUMENTS: [&str; 3] = ["first", "last", "limit"];

/// The types of introspection, which no SDL holds. How many items its lists have is what schemas like
/// ours come to; `types` is counted.
const INTROSPECTION: &str = r#"
type __Schema {
  description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type
  directives: [__Directive!]! @items(count: 6)
}
type __Type {
  kind: String name: String description: String specifiedByURL: String isOneOf: Boolean ofType: __Type
  fields: [__Field!] @items(count: 8) interfaces: [__Type!] @items(count: 2) possibleTypes: [__Type!] @items(count: 2)
  enumValues: [__EnumValue!] @items(count: 3) inputFields: [__InputValue!] @items(count: 3)
}
type __Field {
  name: String! description: String args: [__InputValue!]! @items(count: 3) type: __Type! isDeprecated: Boolean!
  deprecationReason: String
}
type __InputValue {
  name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean!
  deprecationReason: String
}
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
type __Directive {
  name: String! description: String isRepeatable: Boolean! locations: [String!]! @items(count: 3)
  args: [__InputValue!]! @items(count: 3)
}
"#;

/// The types of a schema by name.
#[derive(Debug, Default)]
pub(super) struct TypeMap {
    composites: HashMap<Name, Composite>,
    inputs: HashMap<Name, Input>,
    /// The types of nodes, and the interfaces that only they have.
    nodes: HashSet<Name>,
}

/// An object or an interface: its fields by name.
pub(super) type Composite = HashMap<Name, Field>;

/// What costs need to know of a field.
#[derive(Debug)]
pub(super) struct Field {
    /// The type of its value, or of the items of its list.
    pub(super) of: Name,
    /// Whether it is a list.
    pub(super) list: bool,
    /// How many items such a list has where no page says so.
    pub(super) items: u64,
    /// Its page arguments, with their defaults.
    pub(super) pages: Vec<(Name, Option<u64>)>,
}

/// What variables can be of.
#[derive(Debug)]
pub(super) enum Input {
    /// A scalar of the schema, whose values its own parser judges.
    Scalar,
    /// One of these values.
    Enum(HashSet<Name>),
    /// These fields: type, and whether there is a default.
    Object(HashMap<Name, (Type, bool)>),
}

impl TypeMap {
    /// Reads the types from an SDL of ours.
    pub(super) fn new(sdl: &str) -> Self {
        let mut map = Self::default();
        map.add(sdl);
        map.add(INTROSPECTION);
        let types = (map.composites.len() + map.inputs.len()) as u64;
        if let Some(field) = map.composites.get_mut("__Schema").and_then(|schema| schema.get_mut("types")) {
            field.items = types;
        }
        map
    }

    fn add(&mut self, sdl: &str) {
        let document = parse_schema(sdl).expect("the SDL comes from the schema itself");
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node;
            match definition.node.kind {
                TypeKind::Object(object) => {
                    if object.implements.iter().any(|interface| interface.node == "Node") {
                        self.nodes.insert(name.clone());
                        self.nodes.extend(object.implements.iter().map(|interface| interface.node.clone()));
                    }
                    self.composites.insert(name, fields(object.fields.into_iter().map(|field| field.node)));
                }
                TypeKind::Interface(interface) => {
                    self.composites.insert(name, fields(interface.fields.into_iter().map(|field| field.node)));
                }
                TypeKind::Union(_) => {
                    self.composites.insert(name, Composite::new());
                }
                TypeKind::Scalar => {
                    self.inputs.insert(name, Input::Scalar);
                }
                TypeKind::Enum(values) => {
                    let values = values.values.into_iter().map(|value| value.node.value.node).collect();
                    self.inputs.insert(name, Input::Enum(values));
                }
                TypeKind::InputObject(object) => {
                    let fields = object.fields.into_iter().map(|field| {
                        let field = field.node;
                        (field.name.node, (field.ty.node, field.default_value.is_some()))
                    });
                    self.inputs.insert(name, Input::Object(fields.collect()));
                }
            }
        }
    }

    /// The object or interface of this name.
    pub(super) fn composite(&self, name: &str) -> Option<&Composite> {
        self.composites.get(name)
    }

    /// Whether the objects of a type are nodes.
    pub(super) fn is_node(&self, name: &str) -> bool {
        self.nodes.contains(name)
    }

    /// The input type of this name; the five built-in scalars are not here.
    pub(super) fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.get(name)
    }

    /// The fields of introspection that stand at the root.
    pub(super) fn introspection_root(name: &str) -> Option<&'static str> {
        match name {
            "__schema" => Some("__Schema"),
            "__type" => Some("__Type"),
            _ => None,
        }
    }
}

fn fields(definitions: impl Iterator<Item = FieldDefinition>) -> Composite {
    definitions.map(|field| (field.name.node.clone(), Field::new(field))).collect()
}

impl Field {
    fn new(definition: FieldDefinition) -> Self {
        let counted = definition.directives.iter().find(|directive| directive.node.name.node == "items");
        let count = counted.and_then(|directive| number(&directive.node.get_argument("count")?.node));
        let pages = definition.arguments.into_iter().map(|argument| argument.node);
        let pages = pages.filter(|argument| PAGE_ARGUMENTS.contains(&argument.name.node.as_str()));
        let pages = pages.map(|argument| (argument.name.node, argument.default_value.and_then(|v| number(&v.node))));
        Self {
            of: named(&definition.ty.node).clone(),
            list: matches!(definition.ty.node.base, BaseType::List(_)),
            items: count.unwrap_or(PLAIN_LIST),
            pages: pages.collect(),
        }
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
