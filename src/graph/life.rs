//! When a node came into being and ended, and what stage an agreement has reached.

use crate::model::{AgreementStatus, Certainty, DateInterval, LifeCycleEvent, PartialDate};

/// From the first dated event that does not end it, to the first dated event that does.
pub(super) fn interval(events: &[LifeCycleEvent]) -> DateInterval {
    let first = |is_end: bool| events.iter().filter(|e| e.kind.is_end() == is_end).filter_map(|e| e.date).min();
    DateInterval { start: first(false), end: first(true) }
}

/// The furthest stage reached by the events that have happened by the end of `on`. Without `on`,
/// every event counts, dated or not; with it, an undated one counts as possible only.
pub(super) fn status(events: &[LifeCycleEvent], on: Option<(PartialDate, Certainty)>) -> AgreementStatus {
    let happened = |event: &&LifeCycleEvent| match (on, event.date) {
        (None, _) => true,
        (Some((on, certainty)), Some(date)) => date.not_after(on, certainty),
        (Some((_, certainty)), None) => certainty == Certainty::Possible,
    };
    events
        .iter()
        .filter(happened)
        .map(|event| AgreementStatus::after(event.kind))
        .max()
        .unwrap_or(AgreementStatus::Unknown)
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
    fn the_furthest_stage_that_can_or_must_have_been_reached() {
        let events = [
            event(EventKind::Announced, Some("2024-11-15")),
            event(EventKind::Signed, None),
            event(EventKind::Superseded, Some("2026-02")),
        ];
        let on = |date: &str, certainty| status(&events, Some((date.parse().expect("a date"), certainty)));
        assert_eq!(status(&events, None), AgreementStatus::Superseded);
        assert_eq!(on("2025", Certainty::Possible), AgreementStatus::Signed);
        assert_eq!(on("2025", Certainty::Certain), AgreementStatus::Announced);
        assert_eq!(on("2026-02-03", Certainty::Possible), AgreementStatus::Superseded);
        assert_eq!(on("2026-02-03", Certainty::Certain), AgreementStatus::Announced);
        assert_eq!(on("2024-11", Certainty::Certain), AgreementStatus::Unknown);
        assert_eq!(interval(&events).start.map(|d| d.to_string()).as_deref(), Some("2024-11-15"));
        assert_eq!(interval(&events).end.map(|d| d.to_string()).as_deref(), Some("2026-02"));
    }
}
