//! How faults are shown to people: the excerpt underlined, the code, what was expected, help.

use codespan_reporting::diagnostic::{Diagnostic as Report, Label};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{self, Chars, Config, Styles, StylesWriter};

use super::{Diagnostic, Diagnostics, Location};

/// More than this many faults nobody reads at once; the rest are counted.
const MOST_SHOWN: usize = 200;

impl Diagnostics {
    /// The faults with their excerpts, for people, in colour if `color` is set. Only the first 200
    /// are shown; how many more there are is said.
    pub fn to_human(&self, color: bool) -> String {
        let mut bytes = if color {
            let mut out = Ansi::new(Vec::new());
            self.write(&mut out);
            out.into_inner()
        } else {
            let mut out = NoColor::new(Vec::new());
            self.write(&mut out);
            out.into_inner()
        };
        if self.len() > MOST_SHOWN {
            bytes.extend_from_slice(format!("... and {} more\n", self.len() - MOST_SHOWN).as_bytes());
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn write(&self, out: &mut impl WriteColor) {
        let config = Config { chars: Chars::box_drawing(), ..Config::default() };
        let styles = Styles::default();
        for fault in self.iter().take(MOST_SHOWN) {
            let (files, report) = self.report(fault);
            let mut styled = StylesWriter::new(&mut *out, &styles);
            // Writing into memory cannot fail, and a label outside its file only loses its excerpt.
            let _ = term::emit_to_write_style(&mut styled, &config, &files, &report);
        }
    }

    fn report<'a>(&'a self, fault: &'a Diagnostic) -> (SimpleFiles<&'a str, &'a str>, Report<usize>) {
        let mut files = SimpleFiles::new();
        let mut added: Vec<&str> = Vec::new();
        // One file is added once, so that all its places share one excerpt.
        let mut add = |place: &'a Location| {
            added.iter().position(|file| *file == &*place.file).unwrap_or_else(|| {
                added.push(&place.file);
                files.add(&*place.file, self.text(&place.file).unwrap_or_default())
            })
        };
        let mut labels = vec![Label::primary(add(&fault.location), fault.location.span.clone())];
        for related in &fault.related {
            let file = add(&related.location);
            labels.push(Label::secondary(file, related.location.span.clone()).with_message(&related.message));
        }
        let expected = fault.expected.iter().map(|text| format!("expected: {text}"));
        let help = fault.help.iter().map(|text| format!("help: {text}"));
        let report = Report::error()
            .with_code(fault.code)
            .with_message(&fault.message)
            .with_labels(labels)
            .with_notes(expected.chain(help).collect());
        (files, report)
    }
}
