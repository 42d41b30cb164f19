//! Readable identifiers: the file name of the fact sheet.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 1 to 100 lower-case letters a-z, digits and single hyphens, as in `canada-eu-raw-materials-partnership`")
    }
}

impl std::error::Error for InvalidId {}

/// Whether `text` is a slug: lower-case words of a-z and 0-9 joined by single hyphens, 1 to 100 bytes.
pub(super) fn is_slug(text: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 100 && text.split('-').all(word)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_slug(text) { Ok(Self(text.into())) } else { Err(InvalidId) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id! {
    /// The id of a node, unique over all kinds: `canada-eu-raw-materials-partnership`.
    NodeId
}
id! {
    /// The id of a source: `goc-partnerships-2026-01-22`.
    SourceId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_only() {
        for good in ["g7", "canada-eu-raw-materials-partnership", "2023"] {
            assert!(good.parse::<NodeId>().is_ok(), "{good}");
        }
        let long = "a".repeat(101);
        for bad in ["", "-", "a-", "-a", "a--b", "A", "é", "a b", "a_b", long.as_str()] {
            assert!(bad.parse::<NodeId>().is_err(), "{bad}");
        }
    }
}
