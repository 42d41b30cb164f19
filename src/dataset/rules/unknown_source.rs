//! Every source that is cited has a sheet.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::nearest;
use super::unknown_node::MOST_COMPARED;
use crate::dataset::place::Spot;
use crate::dataset::unread::Unread;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{Citation, Citations};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let near = nearest_of_unknown(dataset);
    if near.is_empty() {
        return;
    }
    let unread = Unread::of(dataset);
    for (spot, id) in cited(dataset) {
        let Some(near) = near.get(id) else { continue };
        if unread.may_be(id) {
            continue;
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if dataset.node_index(id).is_some() => "a node has this id, which is no source".to_owned(),
            None => format!("correct the id, or write the sheet `sources/{id}.ron`"),
        };
        faults.push(
            Diagnostic::new(Code::UnknownSource, dataset.locate(spot), format!("there is no source `{id}`"))
                .expected("the id of a source, which is the name of its file in `sources` without `.ron`")
                .help(help),
        );
    }
}

/// Each id that is cited and no source has, with the one that is most like it.
pub(super) fn nearest_of_unknown(dataset: &Dataset) -> BTreeMap<&str, Option<&str>> {
    let unknown = cited_by_id(dataset).into_iter().filter(|id| dataset.source_index(id).is_none());
    let mut near: BTreeMap<&str, Option<&str>> = unknown.map(|id| (id, None)).collect();
    for (id, near) in near.iter_mut().take(MOST_COMPARED) {
        *near = nearest(id, dataset.sources.iter().map(|source| source.id.as_str()));
    }
    near
}

/// The id of each source that is cited, but for those whose number is known to be (`Dataset::cited`). Looks
/// once at each list in memory, however many share it.
pub(super) fn cited_by_id(dataset: &Dataset) -> HashSet<&str> {
    let of_copies = dataset.sources.iter().filter_map(|source| source.copy_of.as_ref());
    if dataset.cited.is_some() {
        return of_copies.map(|id| id.as_str()).collect();
    }
    let of_nodes = dataset.nodes.iter().flat_map(|node| {
        let membership = node.membership.iter().map(|membership| &membership.citations);
        let agreement = node.agreement().into_iter().flat_map(|details| {
            std::iter::once(&details.binding.citations).chain(details.signers.iter().map(|signer| &signer.citations))
        });
        let events = node.events.iter().map(|event| &event.citations);
        std::iter::once(&node.citations).chain(events).chain(membership).chain(agreement)
    });
    let of_statements = dataset.statements.iter().map(|statement| &statement.citations);
    let mut lists: HashMap<usize, &Citations> = HashMap::new();
    for list in of_nodes.chain(of_statements) {
        list.place().map(|place| lists.insert(place, list));
    }
    let values = dataset.nodes.iter().flat_map(|node| &node.disputes).flat_map(|dispute| &dispute.values);
    let values = values.map(|value| &value.citation);
    let citations = lists.into_values().flatten().chain(values).map(|citation| &citation.source);
    citations.chain(of_copies).map(|id| id.as_str()).collect()
}

/// Every mention of a source, with its place.
fn cited(dataset: &Dataset) -> impl Iterator<Item = (Spot, &str)> {
    let of_nodes = dataset.nodes.iter().enumerate().flat_map(|(index, node)| {
        let own = list(&node.citations).map(move |(citation, id)| (Spot::NodeCitation(index, citation), id));
        let events = node.events.iter().enumerate().flat_map(move |(event, of)| {
            list(&of.citations).map(move |(citation, id)| (Spot::EventCitation(index, event, citation), id))
        });
        let values = node.disputes.iter().enumerate().flat_map(move |(dispute, of)| {
            let ids = of.values.iter().map(|given| given.citation.source.as_str()).enumerate();
            ids.map(move |(value, id)| (Spot::ValueCitation(index, dispute, value), id))
        });
        let membership = node.membership.iter().flat_map(move |membership| {
            list(&membership.citations).map(move |(citation, id)| (Spot::MembershipCitation(index, citation), id))
        });
        let agreement = node.agreement().into_iter().flat_map(move |details| {
            let binding = list(&details.binding.citations);
            let binding = binding.map(move |(citation, id)| (Spot::BindingCitation(index, citation), id));
            let signers = details.signers.iter().enumerate().flat_map(move |(signer, of)| {
                list(&of.citations).map(move |(citation, id)| (Spot::SignerCitation(index, signer, citation), id))
            });
            binding.chain(signers)
        });
        own.chain(events).chain(values).chain(membership).chain(agreement)
    });
    let of_statements = dataset.statements.iter().enumerate().flat_map(|(index, statement)| {
        list(&statement.citations).map(move |(citation, id)| (Spot::StatementCitation(index, citation), id))
    });
    let of_copies = dataset
        .sources
        .iter()
        .enumerate()
        .filter_map(|(index, source)| Some((Spot::CopyOf(index), source.copy_of.as_ref()?.as_str())));
    of_nodes.chain(of_statements).chain(of_copies)
}

fn list(citations: &[Citation]) -> impl Iterator<Item = (usize, &str)> {
    citations.iter().map(|citation| citation.source.as_str()).enumerate()
}
