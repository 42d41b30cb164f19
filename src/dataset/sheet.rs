//! The file format as types: what a fact sheet may say, and nothing else. Texts are borrowed from the
//! file, so that their places in it are known.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::model::{
    AliasKind, BindingForce, Completeness, DisputedProperty, EnglishArticle, EventKind, FrenchArticle, FrenchNameBasis,
    Instrument, JurisdictionType, OrganizationType, RelationshipKind, Role, StatementCertainty,
};

/// A text as the file gives it: borrowed from it, or a copy where it has escapes.
#[derive(Debug)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in quotes")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// The sheets of nodes: what all of them say, written once, and what only one kind says.
macro_rules! sheets {
    ($($kind:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* })*) => {
        /// One whole file.
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) enum Sheet<'a> {
            $(#[serde(borrow)] $kind($kind<'a>),)*
            #[serde(borrow)] Source(Source<'a>),
            #[serde(borrow)] Release(Release<'a>),
        }

        /// What only one kind of node says.
        pub(super) enum Own<'a> {
            $($kind { $($field: $type,)* },)*
        }

        $(
            #[derive(serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $kind<'a> {
                #[serde(borrow)]
                name: Name<'a>,
                #[serde(default)]
                former_ids: Vec<Text<'a>>,
                #[serde(default)]
                aliases: Vec<Alias<'a>>,
                summary: Localized<'a>,
                url: Option<Text<'a>>,
                #[serde(default)]
                hub: bool,
                #[serde(default)]
                listed_by_canada: bool,
                #[serde(default)]
                events: Vec<Event<'a>>,
                #[serde(default)]
                disputes: Vec<Dispute<'a>>,
                #[serde(default)]
                relationships: Vec<Relationship<'a>>,
                #[serde(default)]
                sources: Vec<Citation<'a>>,
                $($(#[$meta])* $field: $type,)*
            }

            impl<'a> $kind<'a> {
                /// What every kind says, and what only this one does.
                pub(super) fn split(self) -> (Node<'a>, Own<'a>) {
                    let Self {
                        name, former_ids, aliases, summary, url, hub, listed_by_canada, events, disputes, relationships, sources,
                        $($field,)*
                    } = self;
                    let node = Node {
                        name, former_ids, aliases, summary, url, hub, listed_by_canada, events, disputes, relationships, sources,
                    };
                    (node, Own::$kind { $($field,)* })
                }
            }
        )*
    };
}

sheets! {
    Agreement {
        instrument: Instrument,
        binding: Option<Binding<'a>>,
        #[serde(default)]
        signers: Vec<Signer<'a>>,
        legal_status: Option<Localized<'a>>,
        standing: Option<Localized<'a>>,
        #[serde(default)]
        minerals: Vec<Localized<'a>>,
        membership: Option<Membership<'a>>,
    }
    Country {
        code: Text<'a>,
    }
    Forum {
        membership: Option<Membership<'a>>,
    }
    IndigenousPeople {}
    Initiative {
        membership: Option<Membership<'a>>,
    }
    Jurisdiction {
        code: Text<'a>,
        jurisdiction_type: JurisdictionType,
    }
    Organization {
        organization_type: OrganizationType,
        membership: Option<Membership<'a>>,
    }
    Theme {}
}

/// What every sheet of a node says.
pub(super) struct Node<'a> {
    pub(super) name: Name<'a>,
    pub(super) former_ids: Vec<Text<'a>>,
    pub(super) aliases: Vec<Alias<'a>>,
    pub(super) summary: Localized<'a>,
    pub(super) url: Option<Text<'a>>,
    pub(super) hub: bool,
    pub(super) listed_by_canada: bool,
    pub(super) events: Vec<Event<'a>>,
    pub(super) disputes: Vec<Dispute<'a>>,
    pub(super) relationships: Vec<Relationship<'a>>,
    pub(super) sources: Vec<Citation<'a>>,
}

/// Declares structs that refuse fields they do not have.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $first:ident: $first_type:ty, $($(#[$meta:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name<'a> {
                #[serde(borrow)]
                pub(super) $first: $first_type,
                $($(#[$meta])* pub(super) $field: $type,)*
            }
        )*
    };
}

parts! {
    /// A text in both languages.
    Localized {
        en: Text<'a>,
        fr: Text<'a>,
    }
    /// The name of a node.
    Name {
        en: Text<'a>,
        fr: Text<'a>,
        fr_basis: FrenchNameBasis,
        en_article: Option<EnglishArticle>,
        fr_article: Option<FrenchArticle>,
        #[serde(default)]
        plural: bool,
        running: Option<Localized<'a>>,
    }
    /// Another name of a node.
    Alias {
        text: Text<'a>,
        kind: AliasKind,
        language: Option<Text<'a>>,
    }
    /// A source, and where in it.
    Citation {
        id: Text<'a>,
        locator: Option<Text<'a>>,
    }
    /// What is said of an event.
    Occurrence {
        on: Option<Text<'a>>,
        place: Option<Localized<'a>>,
        occasion: Option<Localized<'a>>,
        note: Option<Localized<'a>>,
        #[serde(default)]
        sources: Vec<Citation<'a>>,
    }
    /// How whole the list of a body's members is.
    Membership {
        as_of: Option<Text<'a>>,
        whole: Completeness,
        declared: Option<u32>,
        #[serde(default)]
        sources: Vec<Citation<'a>>,
    }
    /// Whether an agreement binds its parties.
    Binding {
        sources: Vec<Citation<'a>>,
        force: BindingForce,
    }
    /// Who signed for a party.
    Signer {
        party: Text<'a>,
        name: Text<'a>,
        office: Localized<'a>,
        #[serde(default)]
        sources: Vec<Citation<'a>>,
    }
    /// What the sources differ on.
    Dispute {
        why: Localized<'a>,
        property: DisputedProperty,
        chosen: Option<Text<'a>>,
        values: Vec<DisputedValue<'a>>,
    }
    /// One of the values that sources give.
    DisputedValue {
        value: Text<'a>,
        note: Option<Localized<'a>>,
        source: Citation<'a>,
    }
    /// What is said of a relationship.
    Link {
        id: Text<'a>,
        on: Option<Text<'a>>,
        since: Option<Text<'a>>,
        until: Option<Text<'a>>,
        role: Option<Role>,
        #[serde(default)]
        certainty: StatementCertainty,
        #[serde(default)]
        listed_by_canada: bool,
        note: Option<Localized<'a>>,
        #[serde(default)]
        sources: Vec<Citation<'a>>,
    }
    /// The sheet of a source.
    Source {
        title: Text<'a>,
        publisher: Text<'a>,
        url: Text<'a>,
        published: Option<Text<'a>>,
        language: Text<'a>,
        accessed_via: Text<'a>,
        copy_of: Option<Text<'a>>,
        note: Option<Text<'a>>,
    }
    /// The sheet of the edition.
    Release {
        id: Text<'a>,
        published: Text<'a>,
        license: Text<'a>,
    }
}

/// Declares an enum whose variants are the words that sheets use for the kinds of the model.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $kind:ident with $content:ident { $($word:ident => $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) enum $name<'a> {
            $(#[serde(borrow)] $word($content<'a>),)*
        }

        impl<'a> $name<'a> {
            /// The kind in the model, and what is said.
            pub(super) fn split(&self) -> ($kind, &$content<'a>) {
                match self {
                    $(Self::$word(content) => ($kind::$variant, content),)*
                }
            }
        }
    };
}

words! {
    /// One event of a life cycle.
    Event of EventKind with Occurrence {
        Announced => Announced,
        Endorsed => Endorsed,
        Signed => Signed,
        Launched => Launched,
        ProvisionallyApplied => ProvisionallyApplied,
        InEffect => InEffect,
        InForce => InForce,
        Listed => Listed,
        Reaffirmed => Reaffirmed,
        Renewed => Renewed,
        Superseded => Superseded,
        Ended => Ended,
    }
}

words! {
    /// One relationship, by the verb of the sheet that states it.
    Relationship of RelationshipKind with Link {
        HasParty => PartyTo,
        SignedBy => Signed,
        HasMember => MemberOf,
        HasParticipant => ParticipatesIn,
        HostedBy => Hosts,
        LaunchedBy => Launched,
        AdministeredBy => Administers,
        PartOf => PartOf,
        BuildsOn => BuildsOn,
        Succeeds => Succeeds,
        NegotiatedUnder => NegotiatedUnder,
        Supports => Supports,
        RefersTo => RefersTo,
        UsesAlternativeTo => UsesAlternativeTo,
        Covers => Covers,
    }
}
