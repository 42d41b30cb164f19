//! When a node came into being and ended, and what stage an agreement has reached.

use crate::model::{AgreementStatus, DateInterval, LifeCycleEvent, Part};

/// From the first dated event with which it may have begun, to the first dated event that ends it. An event
/// that confirms is no beginning.
pub(super) fn interval(events: &[LifeCycleEvent]) -> DateInterval {
    let first = |part: Part| events.iter().filter(|e| e.kind.part() == part).filter_map(|e| e.date).min();
    DateInterval { start: first(Part::Begins), end: first(Part::Ends) }
}

/// The furthest stage reached by these events.
pub(super) fn status<'e>(events: impl IntoIterator<Item = &'e LifeCycleEvent>) -> AgreementStatus {
    let stages = events.into_iter().map(|event| AgreementStatus::after(event.kind));
    stages.max().unwrap_or(AgreementStatus::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citations, EventKind};

    fn event(kind: EventKind, date: Option<&str>) -> LifeCycleEvent {
        let date = date.map(|d| d.parse().expect("a date"));
        LifeCycleEvent { kind, date, place: None, occasion: None, note: None, citations: Citations::default() }
    }

    #[test]
    fn a_life_goes_from_its_first_beginning_to_its_first_end() {
        let life = |events: &[LifeCycleEvent]| {
            let DateInterval { start, end } = interval(events);
            [start, end].map(|date| date.map(|date| date.to_string()).unwrap_or_default())
        };
        let events = [
            event(EventKind::Announced, Some("2024-11-15")),
            event(EventKind::Signed, None),
            event(EventKind::Superseded, Some("2026-02")),
        ];
        assert_eq!(life(&events), ["2024-11-15", "2026-02"]);
        assert_eq!(status(&events), AgreementStatus::Superseded);
        assert_eq!(status(&events[..2]), AgreementStatus::Signed);
        assert_eq!(status([]), AgreementStatus::Unknown);
    }

    #[test]
    fn what_confirms_is_never_a_beginning() {
        for kind in EventKind::ALL {
            let start = interval(&[event(kind, Some("2025-08"))]).start;
            assert_eq!(start.is_some(), kind.part() == Part::Begins, "{kind:?}");
        }
        for kind in [EventKind::InEffect, EventKind::Reaffirmed, EventKind::Renewed] {
            assert_eq!(kind.part(), Part::Confirms);
        }
    }
}
