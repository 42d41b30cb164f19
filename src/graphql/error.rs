//! From a refused question to a message and a code.

use async_graphql::{Error, ErrorExtensions};

use crate::graph::QuestionError;

/// A question that cannot be answered as asked. Its code is `BAD_USER_INPUT`, or
/// `RELEASE_CHANGED` for a cursor of another release, and it names the argument at fault.
#[derive(Debug, Clone)]
pub struct Refusal(QuestionError);

impl From<QuestionError> for Refusal {
    fn from(error: QuestionError) -> Self {
        Self(error)
    }
}

impl From<Refusal> for Error {
    fn from(Refusal(error): Refusal) -> Self {
        Self::new(error.to_string()).extend_with(|_, extensions| {
            let is_other_release = matches!(error, QuestionError::OtherRelease { .. });
            extensions.set("code", if is_other_release { "RELEASE_CHANGED" } else { "BAD_USER_INPUT" });
            extensions.set("argument", error.argument());
            if let QuestionError::UnknownNode { nearest, .. } = &error {
                extensions.set("nearest", nearest.iter().map(|id| id.as_str()).collect::<Vec<_>>());
            }
        })
    }
}
