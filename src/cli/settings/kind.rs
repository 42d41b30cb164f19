//! How values of options are written, and which ones are possible.

use std::fmt::Display;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use jiff::SignedDuration;

/// What a value of an option may be, between its text and its meaning.
pub(super) trait Kind {
    /// What the text means.
    type Value;

    /// What stands for the value in `--help`.
    fn sign(&self) -> &'static str;

    /// What is expected, as the end of a sentence.
    fn expected(&self) -> String;

    /// The value that `text` means, if it is one.
    fn parse(&self, text: &str) -> Option<Self::Value>;

    /// The text of a value; nothing where it means that nothing is set.
    fn text(&self, value: &Self::Value) -> Option<String>;
}

/// How an option that is not set is written, so that a flag can undo what a file says.
pub(super) const OFF: &str = "off";

/// A whole number.
pub(super) struct Count<T>(pub(super) RangeInclusive<T>);

/// A number of bytes, also in units of 1024.
pub(super) struct Bytes<T>(pub(super) RangeInclusive<T>);

/// A length of time.
pub(super) struct Time(pub(super) RangeInclusive<Duration>);

/// An address and a port.
pub(super) struct Address;

/// An address and a port, or none.
pub(super) struct MaybeAddress;

/// A file or a folder, or none.
pub(super) struct MaybePath;

/// One of some words.
pub(super) struct Choice<T: 'static>(pub(super) &'static [(&'static str, T)]);

/// A text that passes a test, and what to say where it does not.
pub(super) struct Text {
    pub(super) sign: &'static str,
    pub(super) expected: &'static str,
    pub(super) passes: fn(&str) -> bool,
}

/// A text that passes a test, or none.
pub(super) struct MaybeText(pub(super) Text);

/// Whole numbers that options have.
pub(super) trait Whole: Copy + PartialOrd + Display + TryFrom<u64> {
    fn wide(self) -> u64;
}

impl Whole for usize {
    fn wide(self) -> u64 {
        self as u64
    }
}

impl Whole for u64 {
    fn wide(self) -> u64 {
        self
    }
}

fn whole<T: Whole>(text: &str, range: &RangeInclusive<T>) -> Option<T> {
    let number = text.replace('_', "").parse::<u64>().ok()?;
    T::try_from(number).ok().filter(|number| range.contains(number))
}

impl<T: Whole> Kind for Count<T> {
    type Value = T;

    fn sign(&self) -> &'static str {
        "NUMBER"
    }

    fn expected(&self) -> String {
        format!("a whole number from {} to {}", self.0.start(), self.0.end())
    }

    fn parse(&self, text: &str) -> Option<T> {
        whole(text, &self.0)
    }

    fn text(&self, value: &T) -> Option<String> {
        Some(value.to_string())
    }
}

/// The units of bytes, the largest first.
const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

fn in_bytes(bytes: u64) -> String {
    let unit = UNITS.into_iter().find(|(_, size)| bytes > 0 && bytes.is_multiple_of(*size));
    unit.map_or(bytes.to_string(), |(unit, size)| format!("{}{unit}", bytes / size))
}

impl<T: Whole> Kind for Bytes<T> {
    type Value = T;

    fn sign(&self) -> &'static str {
        "BYTES"
    }

    fn expected(&self) -> String {
        let (from, to) = (in_bytes(self.0.start().wide()), in_bytes(self.0.end().wide()));
        format!("a number of bytes from {from} to {to}, as in 65536 or 64KiB")
    }

    fn parse(&self, text: &str) -> Option<T> {
        let unit = UNITS.into_iter().find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
        let (number, size) = unit.unwrap_or((text, 1));
        let number = number.trim_end().replace('_', "").parse::<u64>().ok()?;
        T::try_from(number.checked_mul(size)?).ok().filter(|bytes| self.0.contains(bytes))
    }

    fn text(&self, value: &T) -> Option<String> {
        Some(in_bytes(value.wide()))
    }
}

fn in_words(time: Duration) -> String {
    match SignedDuration::try_from(time) {
        // Zero has no unit of its own, and one is expected.
        Ok(SignedDuration::ZERO) => "0s".into(),
        Ok(time) => format!("{time:#}"),
        Err(_) => format!("{}s", time.as_secs()),
    }
}

impl Kind for Time {
    type Value = Duration;

    fn sign(&self) -> &'static str {
        "TIME"
    }

    fn expected(&self) -> String {
        let (from, to) = (in_words(*self.0.start()), in_words(*self.0.end()));
        format!("a time from {from} to {to}, as in 30s, 500ms or 2m")
    }

    fn parse(&self, text: &str) -> Option<Duration> {
        let time = match text.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => text.parse::<SignedDuration>().ok()?.try_into().ok()?,
        };
        Some(time).filter(|time| self.0.contains(time))
    }

    fn text(&self, value: &Duration) -> Option<String> {
        Some(in_words(*value))
    }
}

impl Kind for Address {
    type Value = SocketAddr;

    fn sign(&self) -> &'static str {
        "ADDRESS"
    }

    fn expected(&self) -> String {
        "an address and a port, as in 127.0.0.1:8080, localhost:0 or [::]:80".into()
    }

    fn parse(&self, text: &str) -> Option<SocketAddr> {
        let text = text.strip_prefix("localhost:").map_or(text.to_owned(), |port| format!("127.0.0.1:{port}"));
        text.parse().ok()
    }

    fn text(&self, value: &SocketAddr) -> Option<String> {
        Some(value.to_string())
    }
}

impl Kind for MaybeAddress {
    type Value = Option<SocketAddr>;

    fn sign(&self) -> &'static str {
        "ADDRESS"
    }

    fn expected(&self) -> String {
        format!("{}, or {OFF}", Address.expected())
    }

    fn parse(&self, text: &str) -> Option<Option<SocketAddr>> {
        if text == OFF { Some(None) } else { Address.parse(text).map(Some) }
    }

    fn text(&self, value: &Option<SocketAddr>) -> Option<String> {
        value.map(|address| address.to_string())
    }
}

impl Kind for MaybePath {
    type Value = Option<PathBuf>;

    fn sign(&self) -> &'static str {
        "PATH"
    }

    fn expected(&self) -> String {
        "a path".into()
    }

    fn parse(&self, text: &str) -> Option<Option<PathBuf>> {
        (!text.is_empty()).then(|| Some(text.into()))
    }

    fn text(&self, value: &Option<PathBuf>) -> Option<String> {
        value.as_ref().map(|path| path.display().to_string())
    }
}

impl<T: Copy + PartialEq> Kind for Choice<T> {
    type Value = T;

    fn sign(&self) -> &'static str {
        "WORD"
    }

    fn expected(&self) -> String {
        let words: Vec<_> = self.0.iter().map(|(word, _)| *word).collect();
        format!("one of {}", words.join(", "))
    }

    fn parse(&self, text: &str) -> Option<T> {
        self.0.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
    }

    fn text(&self, value: &T) -> Option<String> {
        self.0.iter().find(|(_, known)| known == value).map(|(word, _)| (*word).to_owned())
    }
}

impl Kind for Text {
    type Value = String;

    fn sign(&self) -> &'static str {
        self.sign
    }

    fn expected(&self) -> String {
        self.expected.into()
    }

    fn parse(&self, text: &str) -> Option<String> {
        (self.passes)(text).then(|| text.to_owned())
    }

    fn text(&self, value: &String) -> Option<String> {
        Some(value.clone())
    }
}

impl Kind for MaybeText {
    type Value = Option<String>;

    fn sign(&self) -> &'static str {
        self.0.sign
    }

    fn expected(&self) -> String {
        format!("{}, or {OFF}", self.0.expected)
    }

    fn parse(&self, text: &str) -> Option<Option<String>> {
        if text == OFF { Some(None) } else { self.0.parse(text).map(Some) }
    }

    fn text(&self, value: &Option<String>) -> Option<String> {
        value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(kind: &impl Kind, text: &str) -> String {
        kind.parse(text).map_or("refused".into(), |value| kind.text(&value).unwrap_or("nothing".into()))
    }

    #[test]
    fn values_are_read_within_their_range_and_written_so_that_they_read_the_same() {
        let (count, bytes) = (Count(1..=10_000_usize), Bytes(1_024..=2_u64 << 30));
        let time = Time(Duration::ZERO..=Duration::from_secs(3600));
        let cases = [
            (round(&count, "7"), "7"),
            (round(&count, "1_000"), "1000"),
            (round(&count, "0"), "refused"),
            (round(&count, "10001"), "refused"),
            (round(&count, "-1"), "refused"),
            (round(&count, "seven"), "refused"),
            (round(&count, ""), "refused"),
            (round(&bytes, "65536"), "64KiB"),
            (round(&bytes, "64KiB"), "64KiB"),
            (round(&bytes, "64 KiB"), "64KiB"),
            (round(&bytes, "1025"), "1025"),
            (round(&bytes, "2GiB"), "2GiB"),
            (round(&bytes, "3GiB"), "refused"),
            (round(&bytes, "64KB"), "refused"),
            (round(&bytes, "99999999999999999999GiB"), "refused"),
            (round(&time, "30"), "30s"),
            (round(&time, "90s"), "1m 30s"),
            (round(&time, "1m 30s"), "1m 30s"),
            (round(&time, "500ms"), "500ms"),
            (round(&time, "0"), "0s"),
            (round(&time, "0s"), "0s"),
            (round(&time, "2h"), "refused"),
            (round(&time, "-1s"), "refused"),
            (round(&time, "soon"), "refused"),
            (round(&Address, "localhost:0"), "127.0.0.1:0"),
            (round(&Address, "[::1]:80"), "[::1]:80"),
            (round(&Address, "8080"), "refused"),
            (round(&MaybeAddress, "off"), "nothing"),
            (round(&MaybeAddress, "127.0.0.1:1"), "127.0.0.1:1"),
            (round(&Choice(&[("text", 1), ("json", 2)]), "json"), "json"),
            (round(&Choice(&[("text", 1), ("json", 2)]), "yaml"), "refused"),
        ];
        for (number, (found, expected)) in cases.into_iter().enumerate() {
            assert_eq!(found, expected, "case {number}");
        }
    }
}
