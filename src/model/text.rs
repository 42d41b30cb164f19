//! Texts, names and the languages they are in.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

/// The two languages every answer can be given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

impl Language {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A text in both languages; one piece of memory, since a million nodes have two or more.
#[derive(Clone, PartialEq, Eq)]
pub struct Localized {
    /// The English text, then the French one.
    both: Box<str>,
    /// Where the French one begins.
    french: u32,
}

impl Localized {
    /// The text `en` in English and `fr` in French. No text comes near the 4 GiB at which the English one
    /// would be taken for French.
    pub fn new(en: &str, fr: &str) -> Self {
        let french = u32::try_from(en.len()).unwrap_or_default();
        Self { both: [en, fr].concat().into(), french }
    }

    /// In English.
    pub fn en(&self) -> &str {
        &self.both[..self.french as usize]
    }

    /// In French.
    pub fn fr(&self) -> &str {
        &self.both[self.french as usize..]
    }

    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => self.en(),
            Language::Fr => self.fr(),
        }
    }
}

impl fmt::Debug for Localized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Localized").field("en", &self.en()).field("fr", &self.fr()).finish()
    }
}

/// Where a French name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum FrenchNameBasis {
    /// Read in a French source.
    Sourced,
    /// Shortened from a name read in a French source.
    SourcedShortened,
    /// Taken from the words a French source describes it with.
    SourcedDescriptive,
    /// The short form in common use.
    CommonShortForm,
    /// Our translation; not an official name.
    Translated,
}

/// The name of a node in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Both texts.
    pub text: Localized,
    /// Where the French one comes from.
    pub french_basis: FrenchNameBasis,
    /// The article an English sentence puts before it.
    pub english_article: Option<EnglishArticle>,
    /// The article a French sentence puts before it.
    pub french_article: Option<FrenchArticle>,
    /// Whether it is plural in English; in French the article tells.
    pub plural: bool,
    /// The name as a running text has it, where a title would read oddly in a sentence.
    pub running: Option<Box<Localized>>,
}

impl Name {
    /// The name as a sentence has it.
    pub fn in_sentence(&self, language: Language) -> &str {
        self.running.as_deref().unwrap_or(&self.text).get(language)
    }
}

/// The English definite article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum EnglishArticle {
    /// The United States.
    The,
}

/// A French definite article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum FrenchArticle {
    /// Masculine: le Canada.
    Le,
    /// Feminine: la France.
    La,
    /// Before a vowel: l'Allemagne.
    Elided,
    /// Plural: les États-Unis.
    Les,
}

/// What sort of other name an alias is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum AliasKind {
    /// Initials: G7, SPRM.
    Acronym,
    /// A shorter form.
    Short,
    /// Another wording in use.
    Variant,
    /// A name no longer in use.
    Former,
    /// What people say or type for it, though none of our sources does: an everyday name, an
    /// abbreviation, an adjective of nationality. It is for searching, and states no fact.
    Everyday,
}

/// Another name of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name, exactly as written.
    pub text: Box<str>,
    /// What sort of name it is.
    pub kind: AliasKind,
    /// The language it belongs to, or none where it serves in all.
    pub language: Option<LanguageTag>,
}

/// Why a text is not a language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTag;

impl fmt::Display for InvalidTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a language is its BCP 47 tag of two or three lower-case letters: `en`, `fr`, `it`, or `mul` for several",
        )
    }
}

impl std::error::Error for InvalidTag {}

/// A primary BCP 47 language tag: `en`, `fr`, `es`, or `mul` for several languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LanguageTag(Box<str>);

impl LanguageTag {
    /// The tag as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LanguageTag {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, InvalidTag> {
        let fits = matches!(text.len(), 2 | 3) && text.bytes().all(|b| b.is_ascii_lowercase());
        if fits { Ok(Self(text.into())) } else { Err(InvalidTag) }
    }
}
