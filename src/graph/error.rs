//! What can be wrong with a question.

use std::fmt;

use crate::model::NodeId;

/// The longest part of a text given by a client that an error repeats, in characters.
const LONGEST_QUOTE: usize = 80;

/// A text given by a client as an error repeats it: in quotes, and no longer than a message should be.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// Why a question cannot be answered: the argument at fault, what is wrong with it, and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionError {
    /// No node has this id.
    UnknownNode {
        /// The argument that named it.
        argument: &'static str,
        /// The id.
        id: String,
        /// The ids most like it, best first.
        nearest: Vec<NodeId>,
    },
    /// A cursor is of another release than that which answers.
    OtherRelease {
        /// The argument that gave it.
        argument: &'static str,
        /// The first characters of the digest of the release it is of.
        digest: String,
        /// The release that answers, and the first characters of its digest.
        now: String,
    },
    /// A value is outside of what the argument allows, or contradicts another argument.
    BadArgument {
        /// The argument.
        argument: &'static str,
        /// What is wrong and what is expected, as a sentence without its full stop.
        message: String,
    },
}

impl QuestionError {
    /// A [`QuestionError::BadArgument`].
    pub fn bad(argument: &'static str, message: impl Into<String>) -> Self {
        Self::BadArgument { argument, message: message.into() }
    }

    /// The argument at fault.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::UnknownNode { argument, .. }
            | Self::OtherRelease { argument, .. }
            | Self::BadArgument { argument, .. } => argument,
        }
    }
}

impl fmt::Display for QuestionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNode { argument, id, nearest } => {
                write!(f, "Argument `{argument}`: no node has the id {}.", quoted(id))?;
                match nearest.as_slice() {
                    [] => f.write_str(" Find ids with `search`."),
                    [one] => write!(f, " Did you mean {:?}?", one.as_str()),
                    [rest @ .., last] => {
                        f.write_str(" Did you mean ")?;
                        for id in rest {
                            write!(f, "{:?}, ", id.as_str())?;
                        }
                        write!(f, "or {:?}?", last.as_str())
                    }
                }
            }
            Self::OtherRelease { argument, digest, now } => write!(
                f,
                "Argument `{argument}`: the cursor is of the data with the digest {digest}…, and these are {now}…. \
                 Begin again with the first page, or stay with one release by `release(id:)`."
            ),
            Self::BadArgument { argument, message } => write!(f, "Argument `{argument}`: {message}."),
        }
    }
}

impl std::error::Error for QuestionError {}
