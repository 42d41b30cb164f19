//! Two dates of any text: what is certain is possible, and a date is written as it was read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pactgraph::model::{Certainty, PartialDate};

fuzz_target!(|texts: (&str, &str)| {
    let (Ok(a), Ok(b)) = (texts.0.parse::<PartialDate>(), texts.1.parse::<PartialDate>()) else { return };
    assert_eq!(a.to_string(), texts.0);
    assert!(a.first_day() <= a.last_day());
    let (certain, possible) = (Certainty::Certain, Certainty::Possible);
    assert!(!a.before(b, certain) || a.before(b, possible));
    assert!(!a.not_after(b, certain) || a.not_after(b, possible));
    assert!(!(a.before(b, certain) && b.before(a, possible)));
});
