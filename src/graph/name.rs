//! Every name of a node.

use super::{CitationRef, NodeRef};
use crate::model::{AliasKind, FrenchNameBasis, Language};

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOrigin {
    /// The English name.
    Name,
    /// The French name.
    French(FrenchNameBasis),
    /// An alias.
    Alias(AliasKind),
}

/// One name of a node.
#[derive(Clone, Copy)]
pub struct NameRef<'g> {
    /// The name, exactly as written.
    pub text: &'g str,
    /// The BCP 47 tag of the language it belongs to; none where it serves in all.
    pub language: Option<&'g str>,
    /// Where it comes from.
    pub origin: NameOrigin,
    node: NodeRef<'g>,
}

impl<'g> NameRef<'g> {
    /// Who uses it: the sources of the node, save for a translation of ours and for what only people say.
    pub fn citations(self) -> impl Iterator<Item = CitationRef<'g>> {
        let ours = match self.origin {
            NameOrigin::French(basis) => basis == FrenchNameBasis::Translated,
            NameOrigin::Alias(kind) => kind == AliasKind::Everyday,
            NameOrigin::Name => false,
        };
        self.node.citations().filter(move |_| !ours)
    }
}

impl<'g> NodeRef<'g> {
    /// Every name: the English, the French, then the others as the fact sheet lists them.
    pub fn names(self) -> Vec<NameRef<'g>> {
        let data = self.data();
        let named = |text, language, origin| NameRef { text, language, origin, node: self };
        let main = Language::ALL.map(|language| {
            let origin = match language {
                Language::En => NameOrigin::Name,
                Language::Fr => NameOrigin::French(data.name.french_basis),
            };
            named(data.name.text.get(language), Some(language.tag()), origin)
        });
        let others = data.aliases.iter().map(|alias| {
            named(&*alias.text, alias.language.as_ref().map(|tag| tag.as_str()), NameOrigin::Alias(alias.kind))
        });
        main.into_iter().chain(others).collect()
    }
}
