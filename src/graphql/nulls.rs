//! What becomes of the objects around a field that failed: a field that is never null takes its object
//! with it, and so on up to what may be null (specification, section 6.4.4). async-graphql leaves such a
//! field out and keeps its object.

use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationDefinition, Selection, SelectionSet, Type};
use async_graphql::{PathSegment, ServerError, Value};

use super::type_map::{Field, TypeMap};

/// Puts null where a failed field leaves nothing else. Linear in the errors, the depth of their paths and
/// the selections on these.
pub(super) fn spread(
    data: &mut Value,
    errors: &[ServerError],
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    types: &TypeMap,
) {
    let Some(root) = types.root(operation.ty) else { return };
    let asked = Asked { document, types };
    for error in errors {
        if !asked.object(data, &error.path, &[(&operation.selection_set.node, root)]) {
            *data = Value::Null;
        }
    }
}

struct Asked<'a> {
    document: &'a ExecutableDocument,
    types: &'a TypeMap,
}

/// What is asked of an object, in all places of the document, each with the type it is asked of.
type Selections<'a> = [(&'a SelectionSet, &'a str)];

impl<'a> Asked<'a> {
    /// Whether an object stands, with an error at `path` in it.
    fn object(&self, value: &mut Value, path: &[PathSegment], sets: &Selections<'a>) -> bool {
        let (Value::Object(fields), [PathSegment::Field(key), path @ ..]) = (value, path) else { return true };
        let mut inner = Vec::new();
        let Some(field) = self.find(key, sets, &mut inner) else { return true };
        let stands = fields.get_mut(key.as_str()).is_some_and(|value| self.value(value, path, &field.ty, &inner));
        if !stands && field.ty.nullable {
            fields.insert(async_graphql::Name::new(key), Value::Null);
        }
        stands || field.ty.nullable
    }

    fn value(&self, value: &mut Value, path: &[PathSegment], ty: &Type, sets: &Selections<'a>) -> bool {
        let BaseType::List(of) = &ty.base else { return self.object(value, path, sets) };
        let (Value::List(items), [PathSegment::Index(index), path @ ..]) = (value, path) else { return true };
        let Some(item) = items.get_mut(*index) else { return true };
        let stands = self.value(item, path, of, sets);
        if !stands && of.nullable {
            *item = Value::Null;
        }
        stands || of.nullable
    }

    /// The field that has this key, and what is asked of its value. Whatever the type of the object, a key
    /// has one shape: that was judged.
    fn find(
        &self,
        key: &str,
        sets: &Selections<'a>,
        inner: &mut Vec<(&'a SelectionSet, &'a str)>,
    ) -> Option<&'a Field> {
        let mut found = None;
        for &(set, of) in sets {
            for selection in &set.items {
                let further = match &selection.node {
                    Selection::Field(field) if field.node.response_key().node == key => {
                        let definition = self.types.field(of, &field.node.name.node);
                        if let Some(definition) = definition {
                            inner.push((&field.node.selection_set.node, definition.of()));
                        }
                        found = found.or(definition);
                        continue;
                    }
                    Selection::Field(_) => continue,
                    Selection::InlineFragment(inline) => {
                        let on = inline.node.type_condition.as_ref().map_or(of, |on| on.node.on.node.as_str());
                        (&inline.node.selection_set.node, on)
                    }
                    Selection::FragmentSpread(spread) => {
                        let Some(fragment) = self.document.fragments.get(&spread.node.fragment_name.node) else {
                            continue;
                        };
                        (&fragment.node.selection_set.node, fragment.node.type_condition.node.on.node.as_str())
                    }
                };
                let within = self.find(key, &[further], inner);
                found = found.or(within);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Pos, Value};
    use serde_json::json;

    use super::*;
    use crate::graphql::api::choose;

    const SDL: &str = "
        type Query { sure: Thing! perhaps: Thing sureOnes: [Thing!]! holes: [Thing]! rows: [[Thing!]] any: Any }
        interface Any { id: ID! name: String }
        type Thing implements Any { id: ID! name: String sure: Thing! perhaps: Thing }";

    /// The data after a fault at this path, whose key the library has left out.
    fn after(document: &str, data: serde_json::Value, path: serde_json::Value) -> serde_json::Value {
        let types = TypeMap::new(SDL);
        let document = async_graphql::parser::parse_query(document).expect("a document");
        let (_, operation) = choose(&document, None).expect("an operation");
        let path = path.as_array().expect("a list").iter().map(|segment| match segment.as_u64() {
            Some(index) => PathSegment::Index(index as usize),
            None => PathSegment::Field(segment.as_str().expect("a key").into()),
        });
        let error = ServerError { path: path.collect(), ..ServerError::new("no", Some(Pos::default())) };
        let mut data = Value::from_json(data).expect("data");
        spread(&mut data, &[error], &document, operation, &types);
        data.into_json().expect("data")
    }

    #[test]
    fn a_failed_field_takes_with_it_all_that_cannot_be_without() {
        let cases = [
            // What may be null is null itself.
            (
                "{ perhaps { name } }",
                json!({"perhaps": {}}),
                json!(["perhaps", "name"]),
                json!({"perhaps": {"name": null}}),
            ),
            ("{ perhaps { id } }", json!({"perhaps": {}}), json!(["perhaps", "id"]), json!({"perhaps": null})),
            ("{ sure { id } }", json!({"sure": {}}), json!(["sure", "id"]), json!(null)),
            ("{ sure { a: id name } }", json!({"sure": {"name": "x"}}), json!(["sure", "a"]), json!(null)),
            (
                "{ sure { perhaps { sure { id } name } } }",
                json!({"sure": {"perhaps": {"sure": {}, "name": "x"}}}),
                json!(["sure", "perhaps", "sure", "id"]),
                json!({"sure": {"perhaps": null}}),
            ),
            (
                "{ holes { id } }",
                json!({"holes": [{"id": 1}, {}]}),
                json!(["holes", 1, "id"]),
                json!({"holes": [{"id": 1}, null]}),
            ),
            ("{ sureOnes { id } }", json!({"sureOnes": [{}]}), json!(["sureOnes", 0, "id"]), json!(null)),
            (
                "{ rows { id } holes { id } }",
                json!({"rows": [[{}], [{"id": 1}]], "holes": []}),
                json!(["rows", 0, 0, "id"]),
                json!({"rows": [null, [{"id": 1}]], "holes": []}),
            ),
            // Through fragments, on the interface and on the object, in two places.
            (
                "{ any { ...A ... on Thing { perhaps { sure { id } } } } } fragment A on Any { id ... on Thing { perhaps { name } } }",
                json!({"any": {"id": 1, "perhaps": {"name": "x", "sure": {}}}}),
                json!(["any", "perhaps", "sure", "id"]),
                json!({"any": {"id": 1, "perhaps": null}}),
            ),
            // What the library has made null already.
            (
                "{ perhaps { sure { id } } }",
                json!({"perhaps": null}),
                json!(["perhaps", "sure", "id"]),
                json!({"perhaps": null}),
            ),
            ("{ perhaps { id } }", json!(null), json!(["perhaps"]), json!(null)),
            ("{ perhaps { id } }", json!({"perhaps": {"id": 1}}), json!([]), json!({"perhaps": {"id": 1}})),
        ];
        for (document, data, path, expected) in cases {
            assert_eq!(after(document, data, path), expected, "{document}");
        }
    }
}
