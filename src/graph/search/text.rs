//! What a node is found by.

use super::fold::{Word, forms, words};
use super::sense::{affirmed, is_stop_word};
use crate::model::{AliasKind, Details, Language, Localized, Node, alpha_3};

/// What sort of text a node was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// Its name.
    Name,
    /// A stated acronym.
    Acronym,
    /// A shorter name.
    Short,
    /// Another wording of its name.
    Variant,
    /// A name no longer in use.
    Former,
    /// What people say or type for it, though no source does.
    Everyday,
    /// Its ISO 3166 code, of two letters or of three.
    Code,
    /// Its id.
    Id,
    /// The initials of its name, which no source states as an acronym.
    Initials,
    /// A mineral an agreement names.
    Mineral,
    /// The place of one of its events.
    Place,
    /// The meeting or visit of one of its events.
    Occasion,
    /// What it is, in our own words.
    Summary,
}

impl TextKind {
    /// How much a word is worth that is found in such a text, in hundredths, to a reader whom it serves
    /// or not.
    pub(super) fn weight(self, serves: bool) -> u8 {
        let weight = match self {
            Self::Name | Self::Acronym | Self::Short | Self::Variant => 100,
            Self::Former | Self::Code | Self::Everyday => 90,
            Self::Id => 85,
            Self::Initials => 75,
            Self::Mineral => 70,
            Self::Place | Self::Occasion => 65,
            Self::Summary => 40,
        };
        weight - u8::from(!serves)
    }

    /// The score, in ten-thousandths, of a text that is what was typed, and of one that begins with
    /// it; none where only its words count.
    pub(super) fn as_a_whole(self) -> Option<(u16, Option<u16>)> {
        match self {
            Self::Name => Some((10_000, Some(8700))),
            Self::Id => Some((9700, None)),
            Self::Acronym | Self::Short | Self::Variant => Some((9600, Some(8300))),
            Self::Code => Some((9500, None)),
            Self::Everyday => Some((9450, Some(8050))),
            Self::Former => Some((9400, Some(8100))),
            Self::Initials => Some((7800, None)),
            Self::Mineral | Self::Place | Self::Occasion | Self::Summary => None,
        }
    }

    /// Whether it is made of words of a language.
    pub(super) fn is_prose(self) -> bool {
        match self {
            Self::Name
            | Self::Short
            | Self::Variant
            | Self::Former
            | Self::Everyday
            | Self::Mineral
            | Self::Place
            | Self::Occasion
            | Self::Summary => true,
            Self::Acronym | Self::Code | Self::Id | Self::Initials => false,
        }
    }

    /// Whether it names the node.
    pub(super) fn is_name(self) -> bool {
        match self {
            Self::Name | Self::Acronym | Self::Short | Self::Variant | Self::Former | Self::Everyday => true,
            Self::Code | Self::Id | Self::Initials | Self::Mineral | Self::Place | Self::Occasion | Self::Summary => {
                false
            }
        }
    }
}

impl TextKind {
    /// Whether it may be an abbreviation, in which stops and hyphens tell one from another.
    pub(super) fn is_abbreviation(self) -> bool {
        match self {
            Self::Acronym | Self::Everyday | Self::Code => true,
            Self::Name
            | Self::Short
            | Self::Variant
            | Self::Former
            | Self::Id
            | Self::Initials
            | Self::Mineral
            | Self::Place
            | Self::Occasion
            | Self::Summary => false,
        }
    }
}

/// Whether a text is in the language one asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoken {
    /// It serves in all languages.
    Everywhere,
    /// In one of ours.
    In(Language),
    /// In another.
    Elsewhere,
}

impl Spoken {
    pub(super) fn of(tag: Option<&str>) -> Self {
        match tag {
            None => Self::Everywhere,
            Some(tag) => {
                Language::ALL.into_iter().find(|language| language.tag() == tag).map_or(Self::Elsewhere, Self::In)
            }
        }
    }

    /// Whether it serves a reader of `language`; every text serves one who asks for none.
    pub(super) fn serves(self, language: Option<Language>) -> bool {
        match (self, language) {
            (Self::Everywhere, _) | (_, None) => true,
            (Self::In(own), Some(asked)) => own == asked,
            (Self::Elsewhere, Some(_)) => false,
        }
    }
}

/// One text of a node, exactly as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeText<'g> {
    pub(super) kind: TextKind,
    /// The BCP 47 tag of its language; none where it serves in all.
    pub(super) language: Option<&'g str>,
    pub(super) text: &'g str,
}

impl NodeText<'_> {
    /// The words it is found by, and the same joined where apostrophes or hyphens join them. What a
    /// summary denies is no word of it: who asks for agreements does not mean `no agreement`.
    pub(super) fn forms(&self) -> Vec<Word> {
        // The hyphens of an id only stand for spaces.
        let mut found = if self.kind == TextKind::Id { words(self.text) } else { forms(self.text) };
        if self.kind == TextKind::Summary {
            let affirmed = affirmed(self.text);
            let mut clauses = affirmed.iter().peekable();
            found.retain(|form| {
                while clauses.next_if(|clause| clause.end <= form.range.start).is_some() {}
                clauses.peek().is_some_and(|clause| clause.start <= form.range.start && form.range.end <= clause.end)
            });
        }
        // `UN` is no article, and `or` is gold in French.
        let takes_all = matches!(self.kind, TextKind::Acronym | TextKind::Code | TextKind::Mineral);
        found.retain(|form| takes_all || !is_stop_word(&form.text));
        found
    }
}

/// Every text a node is found by, its names first.
pub(super) fn texts(node: &Node) -> Vec<NodeText<'_>> {
    let mut texts = Vec::with_capacity(8 + node.aliases.len());
    localized(&mut texts, TextKind::Name, &node.name.text);
    texts.extend(node.aliases.iter().map(|alias| {
        let kind = match alias.kind {
            AliasKind::Acronym => TextKind::Acronym,
            AliasKind::Short => TextKind::Short,
            AliasKind::Variant => TextKind::Variant,
            AliasKind::Former => TextKind::Former,
            AliasKind::Everyday => TextKind::Everyday,
        };
        NodeText { kind, language: alias.language.as_ref().map(|tag| tag.as_str()), text: &alias.text }
    }));
    texts.push(NodeText { kind: TextKind::Id, language: None, text: node.id.as_str() });
    match &node.details {
        Details::Country { code } | Details::Jurisdiction { code, .. } => {
            let codes = std::iter::once(&**code).chain(alpha_3(code));
            texts.extend(codes.map(|text| NodeText { kind: TextKind::Code, language: None, text }));
        }
        Details::Agreement(agreement) => {
            agreement.minerals.iter().for_each(|mineral| localized(&mut texts, TextKind::Mineral, mineral));
        }
        Details::Forum
        | Details::IndigenousPeople
        | Details::Initiative
        | Details::Organization { .. }
        | Details::Theme => {}
    }
    for event in &node.events {
        event.place.iter().for_each(|place| localized(&mut texts, TextKind::Place, place));
        event.occasion.iter().for_each(|occasion| localized(&mut texts, TextKind::Occasion, occasion));
    }
    localized(&mut texts, TextKind::Summary, &node.summary);
    texts
}

/// Adds a text in both languages, once where it is the same in both.
fn localized<'g>(texts: &mut Vec<NodeText<'g>>, kind: TextKind, localized: &'g Localized) {
    if localized.en() == localized.fr() {
        return texts.push(NodeText { kind, language: None, text: localized.en() });
    }
    for language in Language::ALL {
        texts.push(NodeText { kind, language: Some(language.tag()), text: localized.get(language) });
    }
}
