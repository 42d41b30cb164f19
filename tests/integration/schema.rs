//! The published contract.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Pos, Positioned};
use expect_test::expect_file;
use serde_json::Value;

use crate::queries::ask_real;

#[test]
fn schema_graphql_is_the_contract() {
    expect_file!["../../schema.graphql"].assert_eq(&pactgraph::graphql::sdl());
}

#[test]
fn everything_of_ours_is_described() {
    let document = parse_schema(pactgraph::graphql::sdl()).expect("the SDL parses");
    let mut missing = Vec::new();
    let mut look = |name: String, description: &Option<Positioned<String>>, _: Pos| {
        if description.as_ref().is_none_or(|text| text.node.trim().len() < 4) {
            missing.push(name);
        }
    };
    for definition in document.definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let (pos, name) = (ty.pos, ty.node.name.node.to_string());
        look(name.clone(), &ty.node.description, pos);
        match &ty.node.kind {
            TypeKind::Scalar | TypeKind::Union(_) => {}
            TypeKind::Object(_) | TypeKind::Interface(_) => {
                let fields = match &ty.node.kind {
                    TypeKind::Object(object) => &object.fields,
                    TypeKind::Interface(interface) => &interface.fields,
                    TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => continue,
                };
                for field in fields {
                    let field_name = format!("{name}.{}", field.node.name.node);
                    look(field_name.clone(), &field.node.description, field.pos);
                    for argument in &field.node.arguments {
                        let name = format!("{field_name}({})", argument.node.name.node);
                        look(name, &argument.node.description, argument.pos);
                    }
                }
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    look(format!("{name}.{}", value.node.value.node), &value.node.description, value.pos);
                }
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    look(format!("{name}.{}", field.node.name.node), &field.node.description, field.pos);
                }
            }
        }
    }
    assert!(missing.is_empty(), "without a description: {missing:#?}");
}

/// Every list of nodes can be narrowed, and put in another order where it has none by its nature
/// (distance, fit); every other list but those of one answer's own parts can be narrowed.
#[test]
fn every_list_of_nodes_can_be_narrowed_and_ordered() {
    let document = parse_schema(pactgraph::graphql::sdl()).expect("the SDL parses");
    let mut fields = BTreeMap::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let (name, ty) = (ty.node.name.node.to_string(), ty.node);
        match ty.kind {
            TypeKind::Object(object) => fields.insert(name, object.fields),
            TypeKind::Interface(interface) => fields.insert(name, interface.fields),
            TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => None,
        };
    }
    let base = |ty: &str| ty.trim_matches(['[', ']', '!']).to_owned();
    let items = |connection: &str| {
        let nodes = fields.get(connection)?.iter().find(|field| field.node.name.node == "nodes")?;
        Some(base(&nodes.node.ty.node.to_string()))
    };
    let mut seen = 0;
    for (owner, field) in fields.iter().flat_map(|(owner, fields)| fields.iter().map(move |field| (owner, &field.node)))
    {
        let connection = base(&field.ty.node.to_string());
        let Some(item) = items(&connection).filter(|_| connection.ends_with("Connection")) else { continue };
        let narrowed_by = match item.as_str() {
            "Relationship" if owner == "Graph" || owner == "Query" || owner == "Source" => "RelationshipFilter",
            "Source" => "SourceFilter",
            "Path" => continue,
            _ => "NodeFilter",
        };
        let argument = |name: &str| {
            let argument = field.arguments.iter().find(|argument| argument.node.name.node == name)?;
            Some(argument.node.ty.node.to_string())
        };
        let name = format!("{owner}.{}", field.name.node);
        assert_eq!(argument("where").as_deref(), Some(narrowed_by), "{name} cannot be narrowed");
        let is_node = fields[&item].iter().any(|field| field.node.name.node == "degree");
        if is_node && !["ReachConnection", "SearchConnection"].contains(&connection.as_str()) {
            assert_eq!(argument("orderBy").as_deref(), Some("NodeOrder"), "{name} cannot be ordered");
        }
        seen += 1;
    }
    assert!(seen > 60, "{seen} lists");
}

/// What introspection says is what the SDL says.
#[test]
fn introspection_and_the_sdl_agree() {
    let asked = "{ __schema { types { kind name specifiedByURL fields { name } interfaces { name } } } }";
    let data = ask_real(asked);
    let document = parse_schema(pactgraph::graphql::sdl()).expect("the SDL parses");
    let mut seen = 0;
    for definition in document.definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let ty = ty.node;
        let types = data["__schema"]["types"].as_array().expect("types");
        let told = types.iter().find(|told| told["name"] == ty.name.node.as_str()).expect("a type of the SDL");
        let url = ty.directives.iter().find(|directive| directive.node.name.node == "specifiedBy");
        let url = url.map(|directive| directive.node.get_argument("url").expect("an address").node.to_string());
        let told_url = told["specifiedByURL"].as_str().map(|url| format!("{url:?}"));
        assert_eq!(told_url, url, "{}", ty.name.node);
        let names = |list: &Value| {
            let list = list.as_array()?.iter().map(|one| one["name"].as_str().expect("a name").to_owned());
            Some(list.collect::<BTreeSet<_>>())
        };
        let (fields, interfaces) = match ty.kind {
            TypeKind::Object(object) => (Some(object.fields), Some(object.implements)),
            TypeKind::Interface(interface) => (Some(interface.fields), Some(interface.implements)),
            TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => (None, None),
        };
        let fields = fields.map(|all| all.iter().map(|field| field.node.name.node.to_string()).collect());
        let interfaces = interfaces.map(|all| all.iter().map(|one| one.node.to_string()).collect());
        assert_eq!(names(&told["fields"]), fields, "{}", ty.name.node);
        assert_eq!(names(&told["interfaces"]), interfaces, "{}", ty.name.node);
        seen += 1;
    }
    assert!(seen > 60, "{seen} types");
}
