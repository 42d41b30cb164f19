//! The day on which a question is asked.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::PartialDate;

/// Tells which day it is, in UTC. The program hands the system's clock in; tests hand in one they turn.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> PartialDate + Send + Sync>);

impl Clock {
    /// A clock that asks `today` each time.
    pub fn new(today: impl Fn() -> PartialDate + Send + Sync + 'static) -> Self {
        Self(Arc::new(today))
    }

    /// The clock of the system, in UTC.
    pub fn system() -> Self {
        Self::new(|| PartialDate::of_day(Offset::UTC.to_datetime(Timestamp::now()).date()))
    }

    /// A clock that stands still.
    pub fn fixed(day: PartialDate) -> Self {
        Self::new(move || day)
    }

    /// The day it is.
    pub fn today(&self) -> PartialDate {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.today()).finish()
    }
}

impl PartialDate {
    /// The earliest day there is.
    pub const FIRST_DAY: Date = Date::constant(1000, 1, 1);

    /// A day of the calendar; years before 1000 are taken for the earliest day.
    pub fn of_day(day: Date) -> Self {
        let day = day.max(Self::FIRST_DAY);
        let part = |part: i8| u8::try_from(part).ok();
        Self::new(day.year(), part(day.month()), part(day.day())).expect("a day of the calendar from the year 1000 on")
    }

    /// Its last day as a date: a year or a month, asked about, means its end.
    #[must_use]
    pub fn at_its_end(self) -> Self {
        Self::of_day(self.last_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_or_a_month_means_its_last_day() {
        for (asked, end) in [("2022", "2022-12-31"), ("2024-02", "2024-02-29"), ("2023-06-05", "2023-06-05")] {
            let asked: PartialDate = asked.parse().expect("a date");
            assert_eq!(asked.at_its_end().to_string(), end);
        }
    }

    #[test]
    fn a_clock_says_a_whole_day() {
        assert!(Clock::system().today().day().is_some());
        let day: PartialDate = "2026-11-29".parse().expect("a date");
        assert_eq!(Clock::fixed(day).today(), day);
        assert_eq!(PartialDate::of_day(Date::constant(1, 1, 1)).to_string(), "1000-01-01");
    }
}
