//! Two dates of any text: what is certain is possible, and a date is written as it was read.

use pactgraph::model::{Certainty, PartialDate};

pub fn run(data: &[u8]) {
    let Some((first, second)) = std::str::from_utf8(data).ok().and_then(|text| text.split_once(' ')) else { return };
    let (Ok(a), Ok(b)) = (first.parse::<PartialDate>(), second.parse::<PartialDate>()) else { return };
    assert_eq!(a.to_string(), first);
    assert!(a.first_day() <= a.last_day());
    let (certain, possible) = (Certainty::Certain, Certainty::Possible);
    assert!(!a.before(b, certain) || a.before(b, possible));
    assert!(!a.not_after(b, certain) || a.not_after(b, possible));
    assert!(!(a.before(b, certain) && b.before(a, possible)));
}
