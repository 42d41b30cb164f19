//! What is said of a node, each statement with its sources; disputed ones with every value.

use super::{CitationRef, NodeRef};
use crate::model::{
    AgreementStatus, AliasKind, BindingForce, Citation, DisputedProperty, DisputedValue, FrenchNameBasis, Language,
    LifeCycleEvent, Localized, Part,
};

/// Whether sources agree on a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactStatus {
    /// Stated by its sources.
    Stated,
    /// One of several values that sources give.
    Disputed,
    /// Worked out by us from other facts, or translated by us.
    Derived,
}

/// The value of a fact: the same in every language, or in each.
#[derive(Debug, Clone)]
pub enum FactValue<'g> {
    /// A date, a name, a code.
    Plain(String),
    /// A text of ours in both languages.
    Localized(&'g Localized),
}

impl FactValue<'_> {
    /// The value in `language`.
    pub fn get(&self, language: Language) -> &str {
        match self {
            Self::Plain(value) => value,
            Self::Localized(value) => value.get(language),
        }
    }
}

/// One statement about a node.
#[derive(Clone)]
pub struct Fact<'g> {
    /// The node.
    pub subject: NodeRef<'g>,
    /// Its position among the node's facts, from 1.
    pub ordinal: usize,
    /// What it is about: `name.en`, `date`, `place`.
    pub property: &'static str,
    /// What it says.
    pub value: FactValue<'g>,
    /// Whether sources agree.
    pub status: FactStatus,
    /// Whether this is the value shown elsewhere in the graph; always so where sources agree.
    pub chosen: bool,
    /// Why that value was chosen, or why none: for disputed facts.
    pub why: Option<&'g Localized>,
    /// What the source says with it.
    pub note: Option<&'g Localized>,
    /// Who says so.
    pub citations: Vec<CitationRef<'g>>,
}

/// The name a disputed property has among facts.
fn property_name(property: DisputedProperty) -> &'static str {
    match property {
        DisputedProperty::Date => "date",
        DisputedProperty::EventKind => "event",
        DisputedProperty::NameEn => "name.en",
        DisputedProperty::NameFr => "name.fr",
        DisputedProperty::Status => "standing",
        DisputedProperty::MemberCount => "memberCount",
    }
}

impl<'g> NodeRef<'g> {
    /// Every statement about the node, relationships apart: names, codes, dates, places, standing.
    /// Where sources differ on a property there is one fact for each value, all marked disputed. As of a date
    /// only what was known by then: events that had happened, values whose sources were published.
    pub fn facts(self) -> Vec<Fact<'g>> {
        let node = self.data();
        let mut facts = Facts { subject: self, list: Vec::new() };
        let own = &*node.citations;
        facts.stated("name.en", FactValue::Plain(node.name.text.en().to_string()), own);
        facts.stated("name.fr", FactValue::Plain(node.name.text.fr().to_string()), own);
        if node.name.french_basis == FrenchNameBasis::Translated {
            facts.last_is_derived();
        }
        for alias in node.aliases.iter().filter(|alias| alias.kind != AliasKind::Everyday) {
            facts.stated("alias", FactValue::Plain(alias.text.to_string()), own);
        }
        if let Some(code) = self.code() {
            facts.stated("code", FactValue::Plain(code.into()), own);
        }
        let events = self.events();
        let begins = |event: &&&LifeCycleEvent| event.kind.part() == Part::Begins;
        if let Some((first, date)) = events.iter().filter(begins).find_map(|event| event.date.map(|date| (event, date)))
        {
            facts.stated("date", FactValue::Plain(date.to_string()), first.citations_or(own));
        }
        for event in events {
            let citations = event.citations_or(own);
            let date = event.date.map(|date| format!(" {date}")).unwrap_or_default();
            facts.stated("event", FactValue::Plain(format!("{}{date}", event.kind.name())), citations);
            for (property, text) in [("place", &event.place), ("occasion", &event.occasion), ("eventNote", &event.note)]
            {
                if let Some(text) = text {
                    facts.stated(property, FactValue::Localized(text), citations);
                }
            }
        }
        if let Some(agreement) = self.agreement() {
            for (property, text) in [("standing", self.standing()), ("legalStatus", self.legal_status())] {
                if let Some(text) = text {
                    facts.stated(property, FactValue::Localized(text), own);
                }
            }
            if agreement.binding.force != BindingForce::Unknown {
                let force = FactValue::Plain(agreement.binding.force.name().into());
                facts.stated("bindingForce", force, &agreement.binding.citations);
            }
            for mineral in self.minerals() {
                facts.stated("mineral", FactValue::Localized(mineral), own);
            }
            let status = self.status(None);
            if status != AgreementStatus::Unknown {
                facts.stated("status", FactValue::Plain(status.name().into()), own);
                facts.last_is_derived();
            }
        }
        facts.disputed();
        facts.list
    }
}

/// The facts of one node as they are gathered.
struct Facts<'g> {
    subject: NodeRef<'g>,
    list: Vec<Fact<'g>>,
}

impl<'g> Facts<'g> {
    fn stated(&mut self, property: &'static str, value: FactValue<'g>, citations: &'g [Citation]) {
        let citations = self.subject.cite(citations).collect();
        self.push(property, value, citations);
    }

    fn push(&mut self, property: &'static str, value: FactValue<'g>, citations: Vec<CitationRef<'g>>) {
        let (subject, ordinal) = (self.subject, self.list.len() + 1);
        let status = FactStatus::Stated;
        self.list.push(Fact {
            subject,
            ordinal,
            property,
            value,
            status,
            chosen: true,
            why: None,
            note: None,
            citations,
        });
    }

    fn last_is_derived(&mut self) {
        if let Some(fact) = self.list.last_mut() {
            fact.status = FactStatus::Derived;
        }
    }

    /// Marks what the sources differ on, and adds the values that are not shown elsewhere. Where only one
    /// of the values was known, there was nothing to differ on.
    fn disputed(&mut self) {
        let (subject, view) = (self.subject, self.subject.view());
        for dispute in &subject.data().disputes {
            let property = property_name(dispute.property);
            let is_known = |value: &&DisputedValue| view.knows_all(std::slice::from_ref(&value.citation));
            let values: Vec<_> = dispute.values.iter().filter(is_known).collect();
            let is_whole = values.len() == dispute.values.len();
            let is_disputed = is_whole || values.iter().any(|value| value.value != values[0].value);
            let status = if is_disputed { FactStatus::Disputed } else { FactStatus::Stated };
            // Why a value was chosen may be said with what is known by now.
            let why = is_whole.then_some(&dispute.why);
            let shown = self.list.iter().position(|fact| fact.property == property);
            if let Some(shown) = shown.filter(|_| is_disputed) {
                let fact = &mut self.list[shown];
                (fact.status, fact.why) = (status, why);
            }
            let mut unmatched = shown;
            for value in values {
                let is_shown = |fact: &Fact<'_>| fact.value.get(Language::En).eq_ignore_ascii_case(&value.value);
                let place = match unmatched.filter(|&shown| is_shown(&self.list[shown])) {
                    Some(shown) => {
                        unmatched = None;
                        shown
                    }
                    None => {
                        self.push(property, FactValue::Plain(value.value.to_string()), Vec::new());
                        self.list.len() - 1
                    }
                };
                let citations = subject.cite(std::slice::from_ref(&value.citation)).collect();
                let is_chosen = dispute.chosen.as_deref() == Some(&*value.value);
                let chosen = !is_disputed || Some(place) == shown || is_chosen;
                let fact = &mut self.list[place];
                (fact.status, fact.why, fact.chosen) = (status, why, chosen);
                (fact.citations, fact.note) = (citations, value.note.as_ref());
            }
        }
    }
}
