//! Lists of nodes and relationships: filtered, ordered, whole.

use super::filter::Remembered;
use super::{
    Filter, Found, NodeFilter, NodeOrder, NodeOrderField, NodeRef, QuestionError, SourceRef, View, fold, quoted,
};
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
    /// Only relationships that held on some day of this range.
    pub during: Option<(DateRange, Certainty)>,
    /// Only relationships for which one of these sources is cited.
    pub source: Option<Vec<String>>,
    /// Only those that Canada's own page of partnerships states, or does not.
    pub listed_by_canada: Option<bool>,
}

/// Which sources to take.
#[derive(Debug, Clone, Default)]
pub struct SourceFilter {
    /// Only these.
    pub ids: Option<Vec<String>>,
    /// Only sources whose title or publisher contains this; case, accents and punctuation do not matter.
    pub contains: Option<String>,
    /// Only sources in one of these languages, as BCP 47 tags.
    pub language: Option<Vec<String>>,
    /// Only sources published in this range.
    pub published: Option<(DateRange, Certainty)>,
    /// Only sources that the fact sheet of a node that fits cites.
    pub cited_by: Option<NodeFilter>,
}

impl View {
    /// Those of `nodes` that fit, in order; as they come where none is asked for.
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
        let fits = |node: &NodeRef<'g>| self.spend(1) && filter.as_ref().is_none_or(|filter| filter.fits(*node));
        let mut nodes: Vec<_> = nodes.into_iter().filter(fits).collect();
        if let Some(order) = order {
            order.sort(self, language, &mut nodes);
        }
        Ok(nodes)
    }

    /// Those of `nodes`, which are sorted by number, that fit, in order; by id where none is asked for.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn among<'g>(
        &'g self,
        nodes: Vec<NodeRef<'g>>,
        filter: Option<&NodeFilter>,
        order: Option<NodeOrder>,
        language: Language,
    ) -> Result<Found<'g>, QuestionError> {
        let nodes = self.select(nodes, filter, None, language)?;
        Ok(match order {
            Some(order) => Found::ordered(self, nodes, order, language),
            None => Found::sorted(self, nodes),
        })
    }

    /// The nodes of one kind that fit, in order; by id where none is asked for. Costs the nodes that fit
    /// where an index finds them (by id, kind, date, source, and what stands in a relationship with
    /// some), else all of the kind.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn list(
        &self,
        kind: NodeKind,
        filter: Option<&NodeFilter>,
        order: Option<NodeOrder>,
        language: Language,
    ) -> Result<Found<'_>, QuestionError> {
        let filter = filter.map(|filter| Filter::new(self, filter)).transpose()?;
        let found = self.find(Some(kind), filter.as_ref());
        Ok(match order {
            Some(order) => Found::ordered(self, found.all(), order, language),
            None => found,
        })
    }

    /// The nodes of all kinds that fit, by id, as [`View::list`] finds them.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn fitting(&self, filter: Option<&NodeFilter>) -> Result<Vec<NodeRef<'_>>, QuestionError> {
        let filter = filter.map(|filter| Filter::new(self, filter)).transpose()?;
        Ok(self.find(None, filter.as_ref()).all())
    }

    /// Canada's provinces and territories, by name.
    pub fn provinces(&self, language: Language) -> Vec<NodeRef<'_>> {
        let of_canada = |node: &NodeRef<'_>| node.country().is_some_and(|country| country.id() == "canada");
        let mut provinces: Vec<_> = self.of_kind(NodeKind::Jurisdiction).filter(of_canada).collect();
        NodeOrder { by: NodeOrderField::Name, descending: false, language: None }.sort(self, language, &mut provinces);
        provinces
    }

    /// The sources that fit, by id.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn list_sources(&self, filter: Option<&SourceFilter>) -> Result<Vec<SourceRef<'_>>, QuestionError> {
        let Some(filter) = filter else {
            self.spend(self.graph().sources().len());
            return Ok(self.sources().collect());
        };
        let ids = filter.ids.as_ref().map(|ids| self.require_sources("ids", ids)).transpose()?;
        let cited_by = filter.cited_by.as_ref().map(|node| Remembered::new(self, node)).transpose()?;
        let contains = filter.contains.as_deref().map(fold);
        let fits = |source: &SourceRef<'_>| {
            let data = source.data();
            let has = |text: &String| {
                let folded = self.graph().folded_sources().of(source.number());
                self.spend(5 + folded.len() / 8) && folded.contains(text)
            };
            let conditions = 1 + ids.as_ref().map_or(0, Vec::len) + filter.language.as_ref().map_or(0, Vec::len);
            self.spend(conditions)
                && ids.as_ref().is_none_or(|ids| ids.iter().any(|id| id.number() == source.number()))
                && contains.as_ref().is_none_or(has)
                && (filter.language.as_ref()).is_none_or(|tags| tags.iter().any(|tag| tag == data.language.as_str()))
                && filter
                    .published
                    .is_none_or(|(range, certainty)| data.published.is_some_and(|date| range.contains(date, certainty)))
                && cited_by.as_ref().is_none_or(|filter| source.nodes().any(|node| filter.fits(node)))
        };
        Ok(self.sources().filter(fits).collect())
    }

    /// The sources with these ids, which `argument` names.
    pub(super) fn require_sources(
        &self,
        argument: &'static str,
        ids: &[String],
    ) -> Result<Vec<SourceRef<'_>>, QuestionError> {
        let unknown = |id: &String| {
            QuestionError::bad(argument, format!("no source has the id {}; find ids with `sources`", quoted(id)))
        };
        self.spend(10 * ids.len());
        ids.iter().map(|id| self.source(id).ok_or_else(|| unknown(id))).collect()
    }
}
