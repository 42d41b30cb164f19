//! Made-up worlds of any size, the same in every run: five relationships a node, signatories by Zipf's
//! law, chains of agreements that build on each other, one hub. Every bench that needs a world takes it
//! from here.

#![allow(dead_code)] // not every bench needs every part

pub mod measure;
pub mod plain;
pub mod plot;
pub mod questions;

use std::collections::HashSet;

use pactgraph::dataset::Records;
use pactgraph::model::{
    AgreementDetails, Citation, Citations, Details, EventKind, FrenchNameBasis, Home, Instrument, LifeCycleEvent,
    Localized, Name, Node, NodeId, NodeKind, OrganizationType, PartialDate, RelationshipKind, Release, Source,
    SourceId, Statement, When,
};

/// A seeded generator (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Small numbers far more often than large ones.
    pub fn zipf(&mut self, limit: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(share) - 1.0) as usize
    }
}

/// Words as of a language that nobody speaks.
pub fn words(random: &mut Random, count: usize) -> Vec<String> {
    const SYLLABLES: [&str; 40] = [
        "al", "ber", "ca", "dé", "en", "fo", "gra", "hy", "in", "jo", "ka", "li", "mé", "na", "or", "pla", "qué", "ri",
        "sa", "ti", "ul", "va", "wi", "xe", "yu", "zé", "mi", "ne", "ra", "ux", "cri", "tic", "al", "tion", "ment",
        "ium", "ance", "ship", "er", "s",
    ];
    let word = |random: &mut Random| (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(40)]).collect();
    (0..count).map(|_| word(random)).collect()
}

/// Words that stand in very many texts.
const COMMON: [&str; 7] = ["Canada", "critical", "minerals", "minéraux", "critiques", "partnership", "déclaration"];

/// How many sources there are to a hundred nodes.
const SOURCES: usize = 20;

/// What kind the node of this number is: of ten nodes five are agreements, and the others bodies.
fn kind(number: usize) -> NodeKind {
    match number {
        0 => NodeKind::Country,
        _ => match number % 10 {
            0 | 2 | 4 | 6 | 8 => NodeKind::Agreement,
            1 | 3 | 5 => NodeKind::Organization,
            7 => NodeKind::Initiative,
            9 if number % 100 == 99 => NodeKind::Theme,
            _ => NodeKind::Forum,
        },
    }
}

/// The number of the next node of this kind, at `number` or after it, going round.
fn next_of(wanted: NodeKind, number: usize, nodes: usize) -> usize {
    let mut number = number % nodes;
    while kind(number) != wanted {
        number = (number + 1) % nodes;
    }
    number
}

struct Made {
    random: Random,
    words: Vec<String>,
    ids: Vec<NodeId>,
    sources: Vec<SourceId>,
    seen: HashSet<(usize, u8, usize)>,
    statements: Vec<Statement>,
}

impl Made {
    fn text(&mut self, length: usize) -> Box<str> {
        let word = |random: &mut Random| match random.below(8) {
            0 => COMMON[random.below(COMMON.len())],
            _ => &self.words[random.zipf(self.words.len())],
        };
        let words: Vec<&str> = (0..length).map(|_| word(&mut self.random)).collect();
        words.join(" ").into()
    }

    fn both(&mut self, length: usize) -> Localized {
        Localized::new(&self.text(length), &self.text(length))
    }

    fn citation(&mut self, source: usize) -> Citations {
        vec![Citation { source: self.sources[source % self.sources.len()].clone(), locator: None }].into()
    }

    fn date(&mut self) -> PartialDate {
        let (year, month, day) = (1950 + self.random.below(76), 1 + self.random.below(12), 1 + self.random.below(28));
        format!("{year}-{month:02}-{day:02}").parse().expect("a date")
    }

    fn state(&mut self, from: usize, kind: RelationshipKind, to: usize, when: When) {
        if from == to || !self.seen.insert((from, kind as u8, to)) {
            return;
        }
        // What a sheet states, the sources of the sheet say.
        let citations = self.citation(if kind.home().0 == Home::Subject { from } else { to });
        let (from, to) = (self.ids[from].clone(), self.ids[to].clone());
        self.statements.push(Statement {
            kind,
            from,
            to,
            when,
            role: None,
            certainty: Default::default(),
            note: None,
            listed_by_canada: false,
            citations,
        });
    }

    fn agreement(&mut self, number: usize, nodes: usize) {
        let signed = When::On(self.date());
        // Canada is the hub: it signs every third.
        let first =
            if number.is_multiple_of(3) { 0 } else { next_of(NodeKind::Organization, self.random.zipf(nodes), nodes) };
        let second = next_of(NodeKind::Organization, self.random.zipf(nodes), nodes);
        self.state(first, RelationshipKind::Signed, number, signed);
        self.state(second, RelationshipKind::Signed, number, signed);
        let theme = next_of(NodeKind::Theme, self.random.zipf(nodes), nodes);
        self.state(number, RelationshipKind::Covers, theme, When::Undated);
        if number > 2 {
            let before = number - 2 * (1 + self.random.zipf(number / 2 - 1).min(number / 2 - 2));
            let before = if kind(before) == NodeKind::Agreement { before } else { 2 };
            if before < number {
                self.state(number, RelationshipKind::BuildsOn, before, When::Undated);
            }
        }
        let other = next_of(NodeKind::Agreement, self.random.below(nodes), nodes);
        self.state(number, RelationshipKind::RefersTo, other, When::Undated);
    }

    fn other(&mut self, number: usize, nodes: usize) {
        let kind = kind(number);
        for _ in 0..5 {
            let far = self.random.below(nodes);
            let when = When::Span { since: Some(self.date()), until: None };
            if kind.is_party() {
                let body = next_of(NodeKind::Forum, far, nodes);
                self.state(number, RelationshipKind::MemberOf, body, when);
            } else if kind == NodeKind::Theme {
                let work = next_of(NodeKind::Initiative, far, nodes);
                self.state(work, RelationshipKind::Covers, number, When::Undated);
            } else {
                let party = next_of(NodeKind::Organization, far, nodes);
                self.state(party, RelationshipKind::ParticipatesIn, number, when);
            }
        }
    }
}

/// A world of so many nodes, at least 200. The hub is called `canada`.
pub fn world(nodes: usize) -> Records {
    world_around("canada", nodes)
}

/// The records given, and a world beside them that makes them so many nodes in all.
pub fn beside(mut records: Records, nodes: usize) -> Records {
    let world = world_around("made-up-hub", nodes - records.nodes.len());
    records.nodes.extend(world.nodes);
    records.statements.extend(world.statements);
    records.sources.extend(world.sources);
    records
}

fn world_around(hub: &str, nodes: usize) -> Records {
    let mut random = Random(2026);
    let words = words(&mut random, 30_000.min(nodes * 4));
    let id = |number: usize| if number == 0 { hub.to_owned() } else { format!("made-up-{number:07}") };
    let ids = (0..nodes).map(|number| id(number).parse().expect("an id")).collect();
    let sources: Vec<SourceId> =
        (0..nodes * SOURCES / 100).map(|number| format!("source-{number:07}").parse().expect("an id")).collect();
    let mut made = Made { random, words, ids, sources, seen: HashSet::new(), statements: Vec::new() };
    for number in 0..nodes {
        if kind(number) == NodeKind::Agreement {
            made.agreement(number, nodes);
        } else {
            made.other(number, nodes);
        }
    }
    made.seen = HashSet::new();
    let nodes = (0..nodes).map(|number| node(&mut made, number)).collect();
    let sources = made.sources.clone().into_iter().enumerate().map(|(number, id)| Source {
        id,
        title: made.text(6),
        publisher: made.text(2),
        url: format!("https://example.org/{number}").into(),
        published: Some(made.date()),
        language: "en".parse().expect("a language"),
        accessed_via: "made up".into(),
        copy_of: None,
        note: None,
    });
    let sources = sources.collect();
    let release =
        Release { id: "made-up".into(), published: "2026".parse().expect("a date"), license: "CC0-1.0".into() };
    Records { nodes, statements: made.statements, sources, release }
}

fn node(made: &mut Made, number: usize) -> Node {
    let event = |kind, date| LifeCycleEvent {
        kind,
        date: Some(date),
        place: None,
        occasion: None,
        note: None,
        citations: Citations::default(),
    };
    let (details, events) = match kind(number) {
        NodeKind::Country => (Details::Country { code: "CA".into() }, Vec::new()),
        NodeKind::Organization => {
            (Details::Organization { organization_type: OrganizationType::GovernmentBody }, Vec::new())
        }
        NodeKind::Initiative => (Details::Initiative, vec![event(EventKind::Launched, made.date())]),
        NodeKind::Forum => (Details::Forum, vec![event(EventKind::Launched, made.date())]),
        NodeKind::Agreement => {
            let details = AgreementDetails {
                instrument: Instrument::MemorandumOfUnderstanding,
                binding: Default::default(),
                signers: Box::default(),
                legal_status: None,
                standing: None,
                minerals: Box::default(),
            };
            (Details::Agreement(Box::new(details)), vec![event(EventKind::Signed, made.date())])
        }
        NodeKind::Theme | NodeKind::Jurisdiction | NodeKind::IndigenousPeople => (Details::Theme, Vec::new()),
    };
    let name = Name {
        text: made.both(4),
        french_basis: FrenchNameBasis::Translated,
        english_article: None,
        french_article: None,
        plural: false,
        running: None,
    };
    Node {
        id: made.ids[number].clone(),
        former_ids: Box::default(),
        name,
        aliases: Box::default(),
        summary: made.both(10),
        url: None,
        hub: number == 0,
        listed_by_canada: false,
        events: events.into(),
        disputes: Box::default(),
        membership: None,
        citations: made.citation(number),
        details,
    }
}
