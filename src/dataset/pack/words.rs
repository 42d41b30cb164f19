//! Words: the variants of our enums by name, so that a pack outlives a new variant.

use std::collections::HashMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::model::{
    AliasKind, BindingForce, Completeness, DisputedProperty, EnglishArticle, EventKind, FrenchArticle, FrenchNameBasis,
    Instrument, JurisdictionType, NodeKind, OrganizationType, RelationshipKind, Role, StatementCertainty,
};

/// A value that has a name.
pub(super) trait Word: Copy + Debug {
    /// The value of this name.
    fn named(name: &str) -> Option<Self>;
}

fn deserialized<'n, T: Deserialize<'n>>(name: &'n str) -> Option<T> {
    let deserializer: StrDeserializer<'n, Error> = name.into_deserializer();
    T::deserialize(deserializer).ok()
}

macro_rules! words {
    ($($read:ident)*; $($listed:ident)*) => {
        $(impl Word for $read {
            fn named(name: &str) -> Option<Self> {
                deserialized(name)
            }
        })*
        $(impl Word for $listed {
            fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| format!("{value:?}") == name)
            }
        })*
    };
}

words! {
    AliasKind BindingForce Completeness DisputedProperty EnglishArticle FrenchArticle FrenchNameBasis Instrument
    JurisdictionType OrganizationType Role StatementCertainty;
    EventKind NodeKind RelationshipKind
}

/// Numbers the words of a pack that is written, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    numbers: HashMap<String, u32>,
    names: Vec<Box<str>>,
}

impl Numbering {
    pub(super) fn number(&mut self, word: impl Word) -> u32 {
        let name = format!("{word:?}");
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.as_str().into());
        self.numbers.insert(name, number);
        number
    }

    pub(super) fn into_names(self) -> Vec<Box<str>> {
        self.names
    }
}

/// The values of one type that the words of a pack stand for, by number.
#[derive(Debug)]
pub(super) struct Table<T>(Vec<Option<T>>);

impl<T: Word> Table<T> {
    pub(super) fn new(names: &[Box<str>]) -> Self {
        Self(names.iter().map(|name| T::named(name)).collect())
    }

    pub(super) fn get(&self, number: u32) -> Option<T> {
        self.0.get(number as usize).copied().flatten()
    }
}
