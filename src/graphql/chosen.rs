//! Which fields are chosen of an object.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, Name, Positioned};

/// Fields up to which they are looked through one after another for a key.
const FEW: usize = 16;

/// The fields that a selection chooses of an object of the type `of`, each key once: where it was chosen
/// first, with all that is chosen of its value anywhere (specification, section 6.3.2). Linear in the
/// selections.
pub(super) fn chosen<'a>(ctx: &ContextSelectionSet<'a>, of: &str) -> Vec<Cow<'a, Positioned<Field>>> {
    let fields = Vec::with_capacity(ctx.item.node.items.len());
    let mut chosen = Chosen { fields, places: HashMap::new(), fragments: HashSet::new() };
    chosen.collect(ctx, &ctx.item.node, of);
    chosen.fields
}

struct Chosen<'a> {
    fields: Vec<Cow<'a, Positioned<Field>>>,
    /// Where each key is, once there are more than a few.
    places: HashMap<Name, usize>,
    /// Those looked at, by name.
    fragments: HashSet<&'a str>,
}

impl<'a> Chosen<'a> {
    fn collect(&mut self, ctx: &ContextSelectionSet<'a>, set: &'a SelectionSet, of: &str) {
        for selection in &set.items {
            let (condition, inner) = match &selection.node {
                Selection::Field(field) => {
                    self.add(field);
                    continue;
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    match ctx.query_env.fragments.get(name) {
                        Some(fragment) if self.fragments.insert(name) => {
                            (Some(&fragment.node.type_condition), &fragment.node.selection_set)
                        }
                        Some(_) | None => continue,
                    }
                }
                Selection::InlineFragment(inline) => (inline.node.type_condition.as_ref(), &inline.node.selection_set),
            };
            let applies = condition.is_none_or(|condition| {
                let on = condition.node.on.node.as_str();
                let interfaces = ctx.schema_env.registry.implements.get(of);
                on == of || interfaces.is_some_and(|interfaces| interfaces.contains(on))
            });
            if applies {
                self.collect(ctx, &inner.node, of);
            }
        }
    }

    fn add(&mut self, field: &'a Positioned<Field>) {
        let key = &field.node.response_key().node;
        if let Some(place) = self.place(key) {
            // What has one key is one field with one set of arguments: that was judged.
            if let more @ [_, ..] = &field.node.selection_set.node.items[..] {
                self.fields[place].to_mut().node.selection_set.node.items.extend_from_slice(more);
            }
            return;
        }
        self.fields.push(Cow::Borrowed(field));
        let place_of =
            |(place, field): (usize, &Cow<'a, Positioned<Field>>)| (field.node.response_key().node.clone(), place);
        match self.fields.len() {
            ..FEW => {}
            FEW => self.places = self.fields.iter().enumerate().map(place_of).collect(),
            more => drop(self.places.insert(key.clone(), more - 1)),
        }
    }

    fn place(&self, key: &str) -> Option<usize> {
        if self.fields.len() < FEW {
            return self.fields.iter().position(|other| other.node.response_key().node == key);
        }
        self.places.get(key).copied()
    }
}
