//! Items as they stand in a pack. Words, sources and nodes are named by number, texts are borrowed from
//! the block.

use serde::{Deserialize, Serialize};

use crate::model::PartialDate;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Text<'a>(pub(super) &'a str, pub(super) &'a str);

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Query<'a> {
    pub(super) name: &'a str,
    pub(super) document: &'a str,
    pub(super) variables: &'a str,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Source<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) publisher: &'a str,
    pub(super) url: &'a str,
    pub(super) published: u32,
    pub(super) language: &'a str,
    pub(super) accessed_via: &'a str,
    pub(super) copy_of: Option<&'a str>,
    pub(super) note: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Citation<'a> {
    pub(super) source: u32,
    pub(super) locator: Option<&'a str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Alias<'a> {
    pub(super) text: &'a str,
    pub(super) kind: u32,
    pub(super) language: Option<&'a str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Event<'a> {
    pub(super) kind: u32,
    pub(super) date: u32,
    #[serde(borrow)]
    pub(super) place: Option<Text<'a>>,
    pub(super) occasion: Option<Text<'a>>,
    pub(super) note: Option<Text<'a>>,
    pub(super) citations: Vec<Citation<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Dispute<'a> {
    pub(super) property: u32,
    pub(super) chosen: Option<&'a str>,
    #[serde(borrow)]
    pub(super) why: Text<'a>,
    pub(super) values: Vec<DisputedValue<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DisputedValue<'a> {
    pub(super) value: &'a str,
    #[serde(borrow)]
    pub(super) note: Option<Text<'a>>,
    pub(super) citation: Citation<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Node<'a> {
    pub(super) id: &'a str,
    pub(super) former_ids: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    pub(super) french_basis: u32,
    pub(super) english_article: Option<u32>,
    pub(super) french_article: Option<u32>,
    pub(super) plural: bool,
    pub(super) aliases: Vec<Alias<'a>>,
    pub(super) summary: Text<'a>,
    pub(super) url: Option<&'a str>,
    pub(super) hub: bool,
    pub(super) listed_by_canada: bool,
    pub(super) events: Vec<Event<'a>>,
    pub(super) disputes: Vec<Dispute<'a>>,
    pub(super) citations: Vec<Citation<'a>>,
    pub(super) kind: u32,
    pub(super) details: Details<'a>,
}

/// What is said of a node since version 2 of the format; it stands behind the node. What comes with a later
/// version stands behind this, so that every version is read as it was written.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct MoreOfNode<'a> {
    #[serde(borrow)]
    pub(super) membership: Option<Membership<'a>>,
    pub(super) running: Option<Text<'a>>,
    pub(super) binding: Option<Binding<'a>>,
    pub(super) signers: Vec<Signer<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Binding<'a> {
    pub(super) force: u32,
    #[serde(borrow)]
    pub(super) citations: Vec<Citation<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Signer<'a> {
    pub(super) party: &'a str,
    pub(super) name: &'a str,
    #[serde(borrow)]
    pub(super) office: Text<'a>,
    pub(super) citations: Vec<Citation<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Membership<'a> {
    pub(super) whole: u32,
    pub(super) declared: Option<u32>,
    pub(super) as_of: u32,
    #[serde(borrow)]
    pub(super) citations: Vec<Citation<'a>>,
}

/// What only some kinds of nodes have.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Details<'a> {
    None,
    Agreement {
        instrument: u32,
        #[serde(borrow)]
        legal_status: Option<Text<'a>>,
        standing: Option<Text<'a>>,
        minerals: Vec<Text<'a>>,
    },
    /// The code of a country.
    Code(&'a str),
    /// The code and the type of a jurisdiction.
    CodeAndType(&'a str, u32),
    /// The type of an organization.
    Type(u32),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Statement<'a> {
    pub(super) kind: u32,
    pub(super) from: u32,
    pub(super) to: u32,
    /// 0 undated, 1 on the first date, 2 from the first to the second.
    pub(super) when: u8,
    pub(super) dates: (u32, u32),
    #[serde(borrow)]
    pub(super) note: Option<Text<'a>>,
    pub(super) listed_by_canada: bool,
    pub(super) citations: Vec<Citation<'a>>,
}

/// What is said of a statement since version 2 of the format; it stands behind the statement.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct MoreOfStatement {
    pub(super) role: Option<u32>,
    /// None where its sources state it.
    pub(super) certainty: Option<u32>,
}

/// A date as a number: year, month and day, the latter 0 where not known; 0 for no date at all.
pub(super) fn number(date: Option<PartialDate>) -> u32 {
    date.map_or(0, |date| {
        let (month, day) = (date.month().unwrap_or(0), date.day().unwrap_or(0));
        (u32::from(date.year().unsigned_abs()) << 9) | (u32::from(month) << 5) | u32::from(day)
    })
}

/// The date that a number stands for; none if it stands for a date that does not exist.
pub(super) fn date(number: u32) -> Option<Option<PartialDate>> {
    if number == 0 {
        return Some(None);
    }
    let year = i16::try_from(number >> 9).ok()?;
    let part = |value: u32| Some(value as u8).filter(|value| *value > 0);
    PartialDate::new(year, part((number >> 5) & 15), part(number & 31)).ok().map(Some)
}
