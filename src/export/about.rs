//! What every file says of itself: which data it holds, and on which terms.

use super::Selection;
use crate::graph::{AsOf, Time};
use crate::model::{Certainty, PartialDate, Release};

/// Which data a file holds, and on which terms.
#[derive(Debug, Clone, Copy)]
pub struct About<'g> {
    /// The release.
    pub release: &'g Release,
    /// The BLAKE3 digest of the data.
    pub digest: &'g str,
    /// The date the data are shown as of, where they are.
    pub as_of: Option<AsOf>,
    /// Since when what holds today is what the file holds, where it is of today.
    pub today_since: Option<PartialDate>,
    /// How many nodes the file holds.
    pub nodes: usize,
    /// How many relationships the file holds.
    pub relationships: usize,
}

impl<'g> About<'g> {
    /// Of a selection.
    pub fn new(selection: &Selection<'g>) -> Self {
        let graph = selection.view().graph();
        let (as_of, today_since) = match selection.view().time() {
            Time::AsOf(as_of) => (Some(as_of), None),
            Time::Today => (None, Some(selection.view().day())),
            Time::AllDates => (None, None),
        };
        Self {
            release: graph.release(),
            digest: graph.digest(),
            as_of,
            today_since,
            nodes: selection.nodes().len(),
            relationships: selection.relationships().len(),
        }
    }

    /// What the data are.
    pub const TITLE: &'static str = "Canada's critical-minerals partnerships";

    /// The address of the licence.
    pub fn license_url(&self) -> String {
        Self::address_of(&self.release.license)
    }

    /// The address of a licence by its SPDX identifier. Whatever else it holds is escaped, so that it ends
    /// neither the address nor the header or file that it stands in.
    pub fn address_of(license: &str) -> String {
        let mut address = "https://spdx.org/licenses/".to_owned();
        for byte in license.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte.into()),
                _ => address += &format!("%{byte:02X}"),
            }
        }
        address
    }

    /// Everything as pairs of a name and a text, for formats with a place for such.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("title", Self::TITLE.to_owned()),
            ("release", self.release.id.to_string()),
            ("published", self.release.published.to_string()),
            ("digest", self.digest.to_owned()),
            ("license", self.release.license.to_string()),
        ];
        if let Some(as_of) = self.as_of {
            pairs.push(("as_of", as_of.date.to_string()));
            let certainty = match as_of.certainty {
                Certainty::Certain => "CERTAIN",
                Certainty::Possible => "POSSIBLE",
            };
            pairs.push(("certainty", certainty.to_owned()));
        }
        if let Some(since) = self.today_since {
            pairs.push(("holds_since", since.to_string()));
        }
        pairs
    }

    /// Everything in one sentence.
    pub fn sentence(&self) -> String {
        let as_of = self.as_of.map(|as_of| format!(", as of {}", as_of.date));
        let as_of = as_of.or(self.today_since.map(|since| format!(", as they stand since {since}")));
        let as_of = as_of.unwrap_or_default();
        format!(
            "{}{as_of}: {} nodes and {} relationships of pactgraph release {} (BLAKE3 {}), licence {}",
            Self::TITLE,
            self.nodes,
            self.relationships,
            self.release.id,
            self.digest,
            self.release.license
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_stays_within_its_address() {
        assert_eq!(About::address_of("CC-BY-4.0"), "https://spdx.org/licenses/CC-BY-4.0");
        let address = About::address_of("CC>; rel=x, <javascript:alert(1)é\"/../%");
        let path = address.strip_prefix("https://spdx.org/licenses/").expect("the same place");
        assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.%".contains(&b)), "{path}");
    }
}
