//! Dates of reduced precision and the exact rules for comparing them.
//!
//! A vague date stands for every day it may mean. Each comparison is asked with a [`Certainty`]:
//! `Certain` holds whichever of those days is meant, `Possible` holds for at least one of them.

use std::fmt;
use std::num::NonZeroI16;
use std::str::FromStr;

use jiff::civil::Date;

/// An ISO 8601 calendar date of reduced precision: `2023`, `2023-09` or `2023-09-28`.
///
/// Ordered by the first day it may mean, the vaguer first: 2023 < 2023-01 < 2023-01-01 < 2023-02.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Never 0, so that an optional date takes no more room.
    year: NonZeroI16,
    /// 1 to 12, or 0 where only the year is known.
    month: u8,
    /// 1 to 31, or 0 where the day is not known.
    day: u8,
}

/// How to answer when a date is vaguer than the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Only what must hold, whichever days the vague dates mean.
    Certain,
    /// What can hold, for some days the vague dates may mean.
    Possible,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date is a year 1000 to 9999, with a month or a month and day that exist: `2023`, `2023-09` or `2023-09-28`")
    }
}

impl std::error::Error for InvalidDate {}

impl PartialDate {
    /// The date of these parts; a day has a month.
    ///
    /// # Errors
    ///
    /// If there is no such date between the years 1000 and 9999.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Result<Self, InvalidDate> {
        let part = |part: Option<u8>| i8::try_from(part.unwrap_or(1)).map_err(|_| InvalidDate);
        Date::new(year, part(month)?, part(day)?).map_err(|_| InvalidDate)?;
        let is_known = (1000..=9999).contains(&year) && !(month.is_none() && day.is_some());
        let year = NonZeroI16::new(year).filter(|_| is_known).ok_or(InvalidDate)?;
        Ok(Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }

    /// The year, 1000 to 9999.
    pub fn year(self) -> i16 {
        self.year.get()
    }

    /// The month, 1 to 12, where known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, where known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// A number that orders dates as they are ordered, below 2³¹.
    pub fn ordinal(self) -> u32 {
        (self.year.get().unsigned_abs() as u32) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    /// The first day it may mean.
    pub fn first_day(self) -> Date {
        Date::constant(self.year.get(), self.month.max(1) as i8, self.day.max(1) as i8)
    }

    /// The last day it may mean.
    pub fn last_day(self) -> Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        }
    }

    /// Whether this date lies before `other`.
    pub fn before(self, other: Self, certainty: Certainty) -> bool {
        match certainty {
            Certainty::Certain => self.last_day() < other.first_day(),
            Certainty::Possible => self.first_day() < other.last_day(),
        }
    }

    /// Whether this date is `other` or earlier.
    pub fn not_after(self, other: Self, certainty: Certainty) -> bool {
        match certainty {
            Certainty::Certain => self.last_day() <= other.first_day(),
            Certainty::Possible => self.first_day() <= other.last_day(),
        }
    }
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        fn number<T: FromStr>(digits: &str, width: usize) -> Result<T, InvalidDate> {
            let plain = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
            if plain { digits.parse().map_err(|_| InvalidDate) } else { Err(InvalidDate) }
        }
        let mut parts = text.split('-');
        let year = number(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|m| number(m, 2)).transpose()?;
        let day = parts.next().map(|d| number(d, 2)).transpose()?;
        if parts.next().is_some() { Err(InvalidDate) } else { Self::new(year, month, day) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// When something holds: from its start to its end, both inclusive. No start: not dated. No end:
/// not known to have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateInterval {
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
}

impl DateInterval {
    /// Whether it holds on `date`. A vague `date` asks for every day it may mean (`Certain`) or for
    /// any of them (`Possible`). What is not dated holds possibly, never certainly.
    pub fn holds_on(self, date: PartialDate, certainty: Certainty) -> bool {
        let begun = match (self.start, certainty) {
            (Some(start), _) => start.not_after(date, certainty),
            (None, Certainty::Certain) => false,
            (None, Certainty::Possible) => true,
        };
        begun && self.end.is_none_or(|end| date.not_after(end, certainty))
    }

    /// Whether it holds on some day of a range. A vague bound covers every day it may mean. What is not
    /// dated may do so possibly, never certainly.
    pub fn overlaps(self, range: DateRange, certainty: Certainty) -> bool {
        let (start, end) = match certainty {
            Certainty::Certain => (self.start.map(PartialDate::last_day), self.end.map(PartialDate::first_day)),
            Certainty::Possible => (self.start.map(PartialDate::first_day), self.end.map(PartialDate::last_day)),
        };
        let begun = match (start, range.to) {
            (None, _) => certainty == Certainty::Possible,
            (Some(start), to) => to.is_none_or(|to| start <= to.last_day()),
        };
        begun && range.from.is_none_or(|from| end.is_none_or(|end| from.first_day() <= end))
    }
}

/// A question about time: from and to, both inclusive, either left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateRange {
    /// The first date that counts.
    pub from: Option<PartialDate>,
    /// The last date that counts.
    pub to: Option<PartialDate>,
}

impl DateRange {
    /// Whether `date` lies within the range: all of the days it may mean (`Certain`), or any of
    /// them (`Possible`). A vague bound covers every day it may mean.
    pub fn contains(self, date: PartialDate, certainty: Certainty) -> bool {
        let (first, last) = (date.first_day(), date.last_day());
        let (low, high) = match certainty {
            Certainty::Certain => (first, last),
            Certainty::Possible => (last, first),
        };
        self.from.is_none_or(|from| from.first_day() <= low) && self.to.is_none_or(|to| high <= to.last_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn only_real_dates_in_their_one_form() {
        for good in ["2023", "2023-09", "2023-09-28", "2024-02-29", "1000", "9999-12-31"] {
            assert_eq!(date(good).to_string(), good);
        }
        for bad in [
            "",
            "23",
            "0999",
            "2023-",
            "2023-9",
            "2023-13",
            "2023-00",
            "2023-02-29",
            "2023-09-31",
            "2023-09-28-1",
            "+2023",
            "20230928",
            "2023-09-2８",
        ] {
            assert_eq!(bad.parse::<PartialDate>(), Err(InvalidDate), "{bad}");
        }
    }

    #[test]
    fn ordinals_are_ordered_as_dates_are() {
        let dates = ["1000", "2023", "2023-01", "2023-01-01", "2023-01-31", "2023-02", "2024", "9999-12-31"].map(date);
        for pair in dates.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].ordinal() < pair[1].ordinal(), "{pair:?}");
        }
        assert!(dates[7].ordinal() < 1 << 31);
    }

    /// Every pair of precisions: (a, b, certainly before, possibly before, certainly not after, possibly not after).
    #[test]
    fn before_and_not_after() {
        let table = [
            ("2022", "2023", true, true, true, true),
            ("2023", "2023", false, true, false, true),
            ("2024", "2023", false, false, false, false),
            ("2022", "2023-01", true, true, true, true),
            ("2023", "2023-01", false, true, false, true),
            ("2023", "2022-12", false, false, false, false),
            ("2022", "2023-01-01", true, true, true, true),
            ("2023", "2023-01-01", false, false, false, true),
            ("2023", "2023-01-02", false, true, false, true),
            ("2023", "2023-12-31", false, true, true, true),
            ("2023-12", "2024", true, true, true, true),
            ("2023-01", "2023", false, true, false, true),
            ("2023-12", "2023", false, true, false, true),
            ("2024-01", "2023", false, false, false, false),
            ("2023-01", "2023-02", true, true, true, true),
            ("2023-01", "2023-01", false, true, false, true),
            ("2023-02", "2023-01", false, false, false, false),
            ("2023-01", "2023-01-31", false, true, true, true),
            ("2023-01", "2023-01-01", false, false, false, true),
            ("2023-01", "2023-02-01", true, true, true, true),
            ("2023-12-31", "2024", true, true, true, true),
            ("2023-01-01", "2023", false, true, true, true),
            ("2023-12-31", "2023", false, false, false, true),
            ("2023-01-31", "2023-02", true, true, true, true),
            ("2023-01-01", "2023-01", false, true, true, true),
            ("2023-01-31", "2023-01", false, false, false, true),
            ("2023-01-01", "2023-01-02", true, true, true, true),
            ("2023-01-01", "2023-01-01", false, false, true, true),
            ("2023-01-02", "2023-01-01", false, false, false, false),
        ];
        for (a, b, before, maybe_before, not_after, maybe_not_after) in table {
            let (x, y) = (date(a), date(b));
            let got = (
                x.before(y, Certainty::Certain),
                x.before(y, Certainty::Possible),
                x.not_after(y, Certainty::Certain),
                x.not_after(y, Certainty::Possible),
            );
            assert_eq!(got, (before, maybe_before, not_after, maybe_not_after), "{a} {b}");
        }
    }

    /// Every pair of precisions, of the bounds and of the date: (from, to, date, certainly within, possibly within).
    #[test]
    fn within() {
        let table = [
            ("2023", "2023", "2023", true, true),
            ("2023", "2023", "2024", false, false),
            ("2023", "2023", "2023-06", true, true),
            ("2023", "2023", "2024-01", false, false),
            ("2023", "2023", "2023-12-31", true, true),
            ("2023", "2023", "2024-01-01", false, false),
            ("2023-06", "2023-06", "2023", false, true),
            ("2023-06", "2023-06", "2022", false, false),
            ("2023-06", "2023-06", "2023-06", true, true),
            ("2023-06", "2023-06", "2023-07", false, false),
            ("2023-06", "2023-06", "2023-06-30", true, true),
            ("2023-06", "2023-06", "2023-05-31", false, false),
            ("2023-06-15", "2023-06-15", "2023", false, true),
            ("2023-06-15", "2023-06-15", "2024", false, false),
            ("2023-06-15", "2023-06-15", "2023-06", false, true),
            ("2023-06-15", "2023-06-15", "2023-07", false, false),
            ("2023-06-15", "2023-06-15", "2023-06-15", true, true),
            ("2023-06-15", "2023-06-15", "2023-06-16", false, false),
            ("2023-06", "2024", "2023", false, true),
            ("2023-06", "2024", "2024", true, true),
            ("2023-06-02", "2024", "2023-06", false, true),
            ("", "2023-06", "2023", false, true),
            ("", "2023-06", "1000", true, true),
            ("2023-06", "", "2023", false, true),
            ("2023-06", "", "9999-12-31", true, true),
            ("", "", "2023", true, true),
        ];
        for (from, to, day, certain, possible) in table {
            let range = DateRange { from: from.parse().ok(), to: to.parse().ok() };
            let got = [Certainty::Certain, Certainty::Possible].map(|certainty| range.contains(date(day), certainty));
            assert_eq!(got, [certain, possible], "{day} in {from}..{to}");
        }
    }

    /// Every pair of precisions, of an end of the interval and of the question: (start, end, asked,
    /// certainly, possibly), for a date asked about as a point in time, then for the same as a range.
    #[test]
    fn holds_on_and_overlaps() {
        let table = [
            ("2023", "", "2022", [false, false], [false, false]),
            ("2023", "", "2023", [false, true], [true, true]),
            ("2023", "", "2024", [true, true], [true, true]),
            ("2023", "", "2022-12", [false, false], [false, false]),
            ("2023", "", "2023-12", [false, true], [true, true]),
            ("2023", "", "2023-06", [false, true], [false, true]),
            ("2023", "", "2024-01", [true, true], [true, true]),
            ("2023", "", "2023-12-30", [false, true], [false, true]),
            ("2023", "", "2023-12-31", [true, true], [true, true]),
            ("2023-06", "", "2022", [false, false], [false, false]),
            ("2023-06", "", "2023", [false, true], [true, true]),
            ("2023-06", "", "2024", [true, true], [true, true]),
            ("2023-06", "", "2023-05", [false, false], [false, false]),
            ("2023-06", "", "2023-06", [false, true], [true, true]),
            ("2023-06", "", "2023-07", [true, true], [true, true]),
            ("2023-06", "", "2023-06-29", [false, true], [false, true]),
            ("2023-06", "", "2023-06-30", [true, true], [true, true]),
            ("2023-06-15", "", "2023", [false, true], [true, true]),
            ("2023-06-15", "", "2024", [true, true], [true, true]),
            ("2023-06-15", "", "2023-06", [false, true], [true, true]),
            ("2023-06-15", "", "2023-07", [true, true], [true, true]),
            ("2023-06-15", "", "2023-06-14", [false, false], [false, false]),
            ("2023-06-15", "", "2023-06-15", [true, true], [true, true]),
            ("2000", "2023", "2022", [true, true], [true, true]),
            ("2000", "2023", "2023", [false, true], [true, true]),
            ("2000", "2023", "2024", [false, false], [false, false]),
            ("2000", "2023", "2022-12", [true, true], [true, true]),
            ("2000", "2023", "2023-01", [false, true], [true, true]),
            ("2000", "2023", "2023-02", [false, true], [false, true]),
            ("2000", "2023", "2023-01-01", [true, true], [true, true]),
            ("2000", "2023", "2023-01-02", [false, true], [false, true]),
            ("2000", "2023-06", "2023", [false, true], [true, true]),
            ("2000", "2023-06", "2024", [false, false], [false, false]),
            ("2000", "2023-06", "2023-05", [true, true], [true, true]),
            ("2000", "2023-06", "2023-06", [false, true], [true, true]),
            ("2000", "2023-06", "2023-06-01", [true, true], [true, true]),
            ("2000", "2023-06", "2023-06-02", [false, true], [false, true]),
            ("2000", "2023-06-15", "2023", [false, true], [true, true]),
            ("2000", "2023-06-15", "2023-06", [false, true], [true, true]),
            ("2000", "2023-06-15", "2023-07", [false, false], [false, false]),
            ("2000", "2023-06-15", "2023-06-15", [true, true], [true, true]),
            ("2000", "2023-06-15", "2023-06-16", [false, false], [false, false]),
            ("", "", "2023", [false, true], [false, true]),
            ("", "2023", "2023-06-15", [false, true], [false, true]),
            ("", "2023", "2024", [false, false], [false, false]),
        ];
        for (start, end, asked, holds, overlaps) in table {
            let interval = DateInterval { start: start.parse().ok(), end: end.parse().ok() };
            let range = DateRange { from: Some(date(asked)), to: Some(date(asked)) };
            let both = [Certainty::Certain, Certainty::Possible];
            assert_eq!(
                both.map(|certainty| interval.holds_on(date(asked), certainty)),
                holds,
                "{start}..{end} {asked}"
            );
            assert_eq!(both.map(|certainty| interval.overlaps(range, certainty)), overlaps, "{start}..{end} {asked}");
        }
        let open = DateInterval { start: Some(date("2023")), end: None };
        let until = |to| DateRange { from: None, to: Some(date(to)) };
        assert!(open.overlaps(DateRange::default(), Certainty::Certain));
        assert!(open.overlaps(until("2023-12-31"), Certainty::Certain));
        assert!(!open.overlaps(until("2023-12-30"), Certainty::Certain));
        assert!(open.overlaps(DateRange { from: Some(date("2999")), to: None }, Certainty::Certain));
    }
}
