//! Names of a node.

use async_graphql::Object;

use super::Citation;
use super::enums::NameKind;
use crate::graph;
use crate::graphql::written::{Many, written};
use crate::model::{AliasKind, FrenchNameBasis};

/// One name of a node.
#[derive(Clone)]
pub struct Name<'g>(graph::NameRef<'g>);

written! { ['g] Name<'g> }

impl<'g> From<graph::NameRef<'g>> for Name<'g> {
    fn from(name: graph::NameRef<'g>) -> Self {
        Self(name)
    }
}

/// One name of a node, exactly as it is written.
#[Object]
impl<'g> Name<'g> {
    /// The name.
    async fn text(&self) -> &'g str {
        self.0.text
    }

    /// The language it belongs to, as a BCP 47 tag (`en`, `fr`); null where it serves in all.
    async fn language(&self) -> Option<&'g str> {
        self.0.language
    }

    /// What sort of name it is.
    async fn kind(&self) -> NameKind {
        match self.0.origin {
            graph::NameOrigin::Name | graph::NameOrigin::French(FrenchNameBasis::Sourced) => NameKind::Official,
            graph::NameOrigin::French(FrenchNameBasis::SourcedShortened | FrenchNameBasis::CommonShortForm) => {
                NameKind::Short
            }
            graph::NameOrigin::French(FrenchNameBasis::SourcedDescriptive) => NameKind::Descriptive,
            graph::NameOrigin::French(FrenchNameBasis::Translated) => NameKind::TranslatedByUs,
            graph::NameOrigin::Alias(AliasKind::Acronym) => NameKind::Acronym,
            graph::NameOrigin::Alias(AliasKind::Short) => NameKind::Short,
            graph::NameOrigin::Alias(AliasKind::Variant) => NameKind::Variant,
            graph::NameOrigin::Alias(AliasKind::Former) => NameKind::Former,
            graph::NameOrigin::Alias(AliasKind::Everyday) => NameKind::Everyday,
        }
    }

    /// Who uses it; none where it is our translation, or an everyday term.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.0.citations().map(Citation::from).collect()
    }
}
