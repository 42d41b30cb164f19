//! From the texts of a sheet to checked values. A wrong value is a fault, and reading goes on, so
//! that all wrong values of a file are named at once.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use super::lexer::{Piece, Pieces, unescaped};
use super::load::SourceFile;
use super::place::Span;
use super::sheet::{self, Text};
use super::syntax::start_of_sheet;
use super::tidy::untidy;
use super::{Code, Diagnostic, Location};
use crate::model::{Citation, Citations, LanguageTag, Localized, Membership, NodeId, PartialDate, SourceId};

/// Reads the values of one file.
pub(super) struct Reader<'f> {
    file: &'f SourceFile,
    faults: Vec<Diagnostic>,
    misspelt: Vec<String>,
    /// The texts with escapes, once one is looked for.
    escaped: OnceCell<RefCell<Vec<Escaped>>>,
}

/// A text that is written with escapes.
struct Escaped {
    within: Span,
    means: String,
    /// The address of the copy that was found to be this text.
    copy: Option<usize>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f SourceFile) -> Self {
        Self { file, faults: Vec::new(), misspelt: Vec::new(), escaped: OnceCell::new() }
    }

    /// Every wrong value, and the texts that should be ids but are none.
    pub(super) fn finish(self) -> (Vec<Diagnostic>, Vec<String>) {
        (self.faults, self.misspelt)
    }

    /// Notes a fault at `span`.
    pub(super) fn fault(&mut self, code: Code, span: Span, message: String) -> &mut Diagnostic {
        let location = Location::new(self.file.name.clone(), &self.file.text, span);
        let last = self.faults.len();
        self.faults.push(Diagnostic::new(code, location, message));
        &mut self.faults[last]
    }

    /// The word that the sheet begins with.
    pub(super) fn start(&self) -> Span {
        start_of_sheet(&self.file.text)
    }

    /// Where `text` stands in the file. A borrowed text is a part of the file's own, so its address
    /// tells. One with escapes is a copy, whose text is looked for.
    pub(super) fn span(&self, text: &Text<'_>) -> Span {
        let whole = &*self.file.text;
        match &text.0 {
            Cow::Borrowed(part) => {
                let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize);
                match start.map(|start| start..start + part.len()) {
                    // Two quotes can be underlined; nothing between them cannot.
                    Some(span) if span.is_empty() && whole.get(span.end..).is_some_and(|s| s.starts_with('"')) => {
                        span.start.saturating_sub(1)..span.end + 1
                    }
                    Some(span) if span.end <= whole.len() => span,
                    _ => self.start(),
                }
            }
            Cow::Owned(copy) => self.span_of_copy(copy),
        }
    }

    /// Where the text stands that `copy` was made of. Of equal texts each copy gets one of its own, in the
    /// order in which they are asked for.
    fn span_of_copy(&self, copy: &str) -> Span {
        let mut escaped = self.escaped.get_or_init(|| RefCell::new(escaped(&self.file.text))).borrow_mut();
        let address = copy.as_ptr() as usize;
        let is_it = |text: &&mut Escaped| text.means == copy && text.copy.is_none_or(|known| known == address);
        let known = escaped.iter().position(|text| text.copy == Some(address) && text.means == copy);
        let found = match known {
            Some(known) => escaped.get_mut(known),
            None => escaped.iter_mut().find(is_it),
        };
        match found {
            Some(text) => {
                text.copy = Some(address);
                text.within.clone()
            }
            None => self.start(),
        }
    }

    /// Where `word` stands for the last time before `span`, or else `span`.
    pub(super) fn word_before(&self, word: &str, span: &Span) -> Span {
        let before = self.file.text.get(..span.start).unwrap_or_default();
        before.rfind(word).map_or_else(|| span.clone(), |start| start..start + word.len())
    }

    /// A text that says something and is printed as it is.
    pub(super) fn text(&mut self, text: &Text<'_>) -> Box<str> {
        if text.0.trim().is_empty() {
            let span = self.span(text);
            self.fault(Code::EmptyText, span, "the text is empty".to_owned()).help =
                Some("write it, or leave the field out where the format lets it be left out".to_owned());
        }
        self.name(text)
    }

    /// The name of a node; a rule looks whether it says something.
    pub(super) fn name(&mut self, text: &Text<'_>) -> Box<str> {
        let value = &*text.0;
        if value.trim().is_empty() {
            return value.into();
        }
        if let Some(untidy) = untidy(value) {
            let span = self.span(text);
            self.fault(Code::UntidyText, span, untidy.message()).help = Some(untidy.help(value));
        }
        value.into()
    }

    /// A text that may be left out.
    pub(super) fn optional(&mut self, text: Option<&Text<'_>>) -> Option<Box<str>> {
        text.map(|text| self.text(text))
    }

    /// A text in both languages.
    pub(super) fn localized(&mut self, text: &sheet::Localized<'_>) -> Localized {
        Localized::new(&self.text(&text.en), &self.text(&text.fr))
    }

    /// A text in both languages that may be left out.
    pub(super) fn optional_localized(&mut self, text: Option<&sheet::Localized<'_>>) -> Option<Box<Localized>> {
        text.map(|text| Box::new(self.localized(text)))
    }

    /// A date.
    pub(super) fn date(&mut self, text: &Text<'_>) -> Option<PartialDate> {
        self.parse(text, Code::InvalidDate, "a date")
    }

    /// A language.
    pub(super) fn tag(&mut self, text: &Text<'_>) -> Option<LanguageTag> {
        self.parse(text, Code::InvalidTag, "a language tag")
    }

    /// The id of a node.
    pub(super) fn node_id(&mut self, text: &Text<'_>) -> Option<NodeId> {
        self.id(text)
    }

    /// The id of a source.
    pub(super) fn source_id(&mut self, text: &Text<'_>) -> Option<SourceId> {
        self.id(text)
    }

    fn id<T>(&mut self, text: &Text<'_>) -> Option<T>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let id = self.parse(text, Code::InvalidId, "an id");
        if id.is_none() {
            self.misspelt.push(text.0.clone().into_owned());
        }
        id
    }

    /// A public address.
    pub(super) fn url(&mut self, text: &Text<'_>) -> Box<str> {
        if !is_web_address(&text.0) {
            let span = self.span(text);
            let fault = self.fault(Code::InvalidUrl, span, format!("`{}` is not a web address", text.0.escape_debug()));
            fault.expected = Some("an address such as `https://www.canada.ca/en.html`".to_owned());
        }
        (&*text.0).into()
    }

    /// The licence of a release.
    pub(super) fn license(&mut self, text: &Text<'_>) -> Box<str> {
        if !is_license(&text.0) {
            let span = self.span(text);
            let message = format!("`{}` is not the identifier of a licence", text.0.escape_debug());
            self.fault(Code::InvalidLicense, span, message).expected = Some(LICENSE.to_owned());
        }
        (&*text.0).into()
    }

    /// Sources, and where the id of each stands.
    pub(super) fn citations(&mut self, list: &[sheet::Citation<'_>]) -> (Citations, Vec<Span>) {
        let (list, spans): (Vec<_>, _) = list.iter().filter_map(|citation| self.citation(citation)).unzip();
        (list.into(), spans)
    }

    /// A source, and where its id stands.
    pub(super) fn citation(&mut self, citation: &sheet::Citation<'_>) -> Option<(Citation, Span)> {
        let locator = self.optional(citation.locator.as_ref());
        let source = self.source_id(&citation.id)?;
        Some((Citation { source, locator }, self.span(&citation.id)))
    }

    /// How whole the list of a body's members is, and where the sources of that stand.
    pub(super) fn membership(&mut self, said: &sheet::Membership<'_>) -> (Membership, Vec<Span>) {
        let as_of = said.as_of.as_ref().and_then(|date| self.date(date));
        let (citations, spans) = self.citations(&said.sources);
        (Membership { whole: said.whole, declared: said.declared, as_of, citations }, spans)
    }

    fn parse<T>(&mut self, text: &Text<'_>, code: Code, what: &str) -> Option<T>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        match text.0.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let span = self.span(text);
                self.fault(code, span, format!("`{}` is not {what}", text.0.escape_debug())).expected =
                    Some(error.to_string());
                None
            }
        }
    }
}

/// The texts of a sheet that are written with escapes.
fn escaped(sheet: &str) -> Vec<Escaped> {
    let meant = |piece| match piece {
        Piece::Text { within, has_escapes: true } => {
            let means = unescaped(&sheet[within.clone()])?;
            Some(Escaped { within, means, copy: None })
        }
        Piece::Text { .. } | Piece::Sign(..) => None,
    };
    Pieces::of(sheet).filter_map(meant).collect()
}

/// What a licence looks like.
pub(super) const LICENSE: &str =
    "an identifier of the SPDX list of licences, as in `CC-BY-4.0`: letters, digits, hyphens and dots";

/// Whether `text` is an identifier as SPDX gives them to licences: letters, digits, hyphens and dots, a
/// letter or digit first.
pub(super) fn is_license(text: &str) -> bool {
    let is_short = text.len() <= 100;
    is_short
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether `text` is an http or https address with a host and nothing that an address cannot hold.
pub(super) fn is_web_address(text: &str) -> bool {
    let after_scheme = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    after_scheme.is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
        let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_printable = |c: char| !c.is_whitespace() && !r#""<>\^`{|}"#.contains(c);
        host.split('.').all(label)
            && port.parse::<u16>().is_ok()
            && rest.chars().all(is_printable)
            && untidy(rest).is_none()
    })
}
