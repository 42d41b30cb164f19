//! Lists of nodes and relationships: filtered, ordered, whole.

use super::{Filter, NodeFilter, NodeOrder, NodeOrderField, NodeRef, QuestionError, RelationshipRef, View};
use crate::model::{Certainty, DateRange, Language, NodeKind, RelationshipKind};

/// Which relationships to take.
#[derive(Debug, Clone, Default)]
pub struct RelationshipFilter {
    /// Only these kinds.
    pub kinds: Option<Vec<RelationshipKind>>,
    /// Only relationships whose subject fits.
    pub from: Option<NodeFilter>,
    /// Only relationships whose object fits.
    pub to: Option<NodeFilter>,
    /// Only relationships that began in this range.
    pub date: Option<(DateRange, Certainty)>,
    /// Only relationships for which one of these sources is cited.
    pub source: Option<Vec<String>>,
    /// Only those that Canada's own page of partnerships states, or does not.
    pub listed_by_canada: Option<bool>,
}

impl View {
    /// Those of `nodes` that fit, in order; by id where none is asked for.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn select<'g>(
        &'g self,
        nodes: impl IntoIterator<Item = NodeRef<'g>>,
        filter: Option<&NodeFilter>,
        order: Option<NodeOrder>,
        language: Language,
    ) -> Result<Vec<NodeRef<'g>>, QuestionError> {
        let filter = filter.map(|filter| Filter::new(self, filter)).transpose()?;
        let fits = |node: &NodeRef<'g>| filter.as_ref().is_none_or(|filter| filter.fits(*node));
        let mut nodes: Vec<_> = nodes.into_iter().filter(fits).collect();
        if let Some(order) = order {
            order.sort(self, language, &mut nodes);
        }
        Ok(nodes)
    }

    /// The nodes of one kind that fit, in order.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn list(
        &self,
        kind: NodeKind,
        filter: Option<&NodeFilter>,
        order: Option<NodeOrder>,
        language: Language,
    ) -> Result<Vec<NodeRef<'_>>, QuestionError> {
        self.select(self.of_kind(kind), filter, order, language)
    }

    /// Canada's provinces and territories, by name.
    pub fn provinces(&self, language: Language) -> Vec<NodeRef<'_>> {
        let of_canada = |node: &NodeRef<'_>| node.country().is_some_and(|country| country.id() == "canada");
        let mut provinces: Vec<_> = self.of_kind(NodeKind::Jurisdiction).filter(of_canada).collect();
        NodeOrder { by: NodeOrderField::Name, descending: false }.sort(self, language, &mut provinces);
        provinces
    }

    /// The relationships that fit, by subject, kind, object and date.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn list_relationships(
        &self,
        filter: Option<&RelationshipFilter>,
    ) -> Result<Vec<RelationshipRef<'_>>, QuestionError> {
        let Some(filter) = filter else { return Ok(self.relationships().collect()) };
        let end = |end: &Option<NodeFilter>| end.as_ref().map(|end| Filter::new(self, end)).transpose();
        let (from, to) = (end(&filter.from)?, end(&filter.to)?);
        let mut sources = Vec::new();
        for id in filter.source.iter().flatten() {
            let unknown =
                || QuestionError::bad("source", format!("no source has the id {id:?}; find ids with `sources`"));
            sources.push(&self.source(id).ok_or_else(unknown)?.data().id);
        }
        let fits = |r: &RelationshipRef<'_>| {
            let data = r.data();
            filter.kinds.as_ref().is_none_or(|kinds| kinds.contains(&data.kind))
                && filter.listed_by_canada.is_none_or(|listed| data.listed_by_canada == listed)
                && filter.date.is_none_or(|(range, certainty)| {
                    r.interval().start.is_some_and(|start| range.contains(start, certainty))
                })
                && (filter.source.is_none() || data.citations.iter().any(|c| sources.contains(&&c.source)))
                && from.as_ref().is_none_or(|filter| filter.fits(r.from()))
                && to.as_ref().is_none_or(|filter| filter.fits(r.to()))
        };
        Ok(self.relationships().filter(fits).collect())
    }
}
