//! Why data were refused.

use crate::dataset::{Diagnostic, Diagnostics};

/// One reason why data cannot be served, as the log, `/health` and people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is: the code of a diagnostic, `unreachable-source` or `unsettled-source`.
    pub code: String,
    /// Where it is, as `file:line:column` within the data; nothing where it is in no file.
    pub place: Option<String>,
    /// What is wrong, in one line.
    pub message: String,
}

impl Fault {
    /// A source of data that gives none.
    pub fn unreachable(message: impl Into<String>) -> Self {
        Self { code: "unreachable-source".into(), place: None, message: message.into() }
    }

    /// Data that were changed each time while they were read.
    pub fn unsettled(attempts: u32) -> Self {
        let message = format!("the data were changed while they were read, {attempts} times in turn");
        Self { code: "unsettled-source".into(), place: None, message }
    }

    /// Every fault of data that were read in `root`. Their places are named within it, since
    /// `/health` tells strangers nothing of the machine.
    pub fn of_data(faults: &Diagnostics, root: &str) -> Vec<Self> {
        faults.iter().map(|fault| Self::of_diagnostic(fault, root)).collect()
    }

    fn of_diagnostic(fault: &Diagnostic, root: &str) -> Self {
        let place = &fault.location;
        let file = place.file.strip_prefix(root.trim_end_matches('/')).map_or(&*place.file, |file| file);
        let file = match file.trim_start_matches('/') {
            "" => "the folder of facts",
            file => file,
        };
        Self {
            code: fault.code.name().to_owned(),
            place: Some(format!("{file}:{}:{}", place.line, place.column)),
            message: fault.message.clone(),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}: {}", self.code, self.message),
            None => write!(f, "{}: {}", self.code, self.message),
        }
    }
}
