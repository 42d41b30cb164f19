//! The published contract.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Pos, Positioned};
use expect_test::expect_file;

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
