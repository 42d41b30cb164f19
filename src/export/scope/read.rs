//! From the texts of parameters to what they mean.

use super::parameter::WrongParameter;
use crate::graph::{Direction, upper_snake};
use crate::model::{NodeKind, PartialDate, RelationshipKind};

/// A parameter and the texts given for it.
#[derive(Clone, Copy)]
pub(super) struct Given<'g> {
    pub(super) name: &'static str,
    pub(super) texts: &'g [String],
}

impl<'g> Given<'g> {
    /// Its one text; none where it is not given.
    pub(super) fn one(self) -> Result<Option<&'g str>, WrongParameter> {
        match self.texts {
            [] => Ok(None),
            [text] => Ok(Some(text.trim())),
            _ => Err(WrongParameter::new(self.name, format!("`{}` is given more than once.", self.name))),
        }
    }

    /// Its texts, each cut at commas.
    pub(super) fn items(self) -> impl Iterator<Item = &'g str> {
        self.texts.iter().flat_map(|text| text.split(',')).map(str::trim)
    }

    /// The refusal of a text.
    pub(super) fn refused(self, text: &str, expected: &str) -> WrongParameter {
        let name = self.name;
        WrongParameter::new(name, format!("`{name}` is {:?}, but must be {expected}.", short(text)))
    }

    pub(super) fn ids(self) -> Result<Vec<String>, WrongParameter> {
        let ids: Vec<_> = self.items().filter(|id| !id.is_empty()).map(str::to_owned).collect();
        if ids.is_empty() && !self.texts.is_empty() {
            return Err(self.refused("", "the id of a node, as in `canada-eu-raw-materials-partnership`"));
        }
        Ok(ids)
    }

    pub(super) fn number(self, least: i32, most: i32) -> Result<Option<i32>, WrongParameter> {
        let Some(text) = self.one()? else { return Ok(None) };
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        number.map(Some).ok_or_else(|| self.refused(text, &format!("a whole number from {least} to {most}")))
    }

    pub(super) fn date(self) -> Result<Option<PartialDate>, WrongParameter> {
        let Some(text) = self.one()? else { return Ok(None) };
        let expected = "a date: `2022`, `2022-12` or `2022-12-31`, in the years 1000 to 9999";
        text.parse().map(Some).map_err(|_| self.refused(text, expected))
    }

    /// The one of `values` that it names.
    pub(super) fn choice<T: Copy>(self, values: &[(&str, T)]) -> Result<Option<T>, WrongParameter> {
        let Some(text) = self.one()? else { return Ok(None) };
        let found = values.iter().find(|(word, _)| *word == plain(text)).map(|(_, value)| *value);
        found.map(Some).ok_or_else(|| {
            let words: Vec<_> = values.iter().map(|(word, _)| *word).collect();
            self.refused(text, &words.join(" or "))
        })
    }

    pub(super) fn kinds(self) -> Result<Vec<NodeKind>, WrongParameter> {
        self.words(node_kind)
    }

    pub(super) fn relationship_kinds(self) -> Result<Vec<RelationshipKind>, WrongParameter> {
        self.words(relationship_kind)
    }

    pub(super) fn follow(self) -> Result<Vec<(RelationshipKind, Direction)>, WrongParameter> {
        self.words(|word| {
            let (kind, direction) = word.split_once(':').unwrap_or((word, "ANY"));
            Ok((relationship_kind(kind)?, self::direction(direction)?))
        })
    }

    fn words<T: PartialEq>(self, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, WrongParameter> {
        let mut found = Vec::new();
        for word in self.items() {
            let item = read(word).map_err(|expected| {
                let name = self.name;
                let message =
                    format!("`{name}` has {:?}, but must be some of {expected}, joined by commas.", short(word));
                WrongParameter::new(name, message)
            })?;
            if !found.contains(&item) {
                found.push(item);
            }
        }
        Ok(found)
    }
}

/// A text of whoever asks, as far as it helps to see it again.
fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).chain(['…']).collect() }
}

fn plain(word: &str) -> String {
    word.trim().to_ascii_uppercase().replace('-', "_")
}

/// The one of `known` whose name is `word`; or the names there are.
pub(super) fn named<T: Copy>(word: &str, known: &[T], name: impl Fn(T) -> String) -> Result<T, String> {
    let found = known.iter().copied().find(|item| name(*item) == plain(word));
    found.ok_or_else(|| known.iter().map(|item| name(*item)).collect::<Vec<_>>().join(", "))
}

pub(super) fn node_kind(word: &str) -> Result<NodeKind, String> {
    named(word, &NodeKind::ALL, |kind| upper_snake(kind.name()))
}

pub(super) fn relationship_kind(word: &str) -> Result<RelationshipKind, String> {
    named(word, &RelationshipKind::ALL, |kind| kind.name().to_owned())
}

pub(super) fn direction(word: &str) -> Result<Direction, String> {
    let known = [Direction::Out, Direction::In, Direction::Any];
    named(word, &known, |direction| format!("{direction:?}").to_uppercase())
}
