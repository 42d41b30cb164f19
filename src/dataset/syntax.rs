//! From text to sheet, and from what the RON parser says to a fault that helps.

use ron::Options;
use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;

use super::lexer::{Piece, Pieces, after_block_comment};
use super::load::SourceFile;
use super::place::Span;
use super::rules::nearest;
use super::sheet::Sheet;
use super::tidy::named;
use super::{Code, Diagnostic, Location};

/// What some editors put before the first character, unseen.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads the one sheet in `file`.
pub(super) fn parse(file: &SourceFile) -> Result<Sheet<'_>, Box<Diagnostic>> {
    let start = start_of_sheet(&file.text);
    if start.start == file.text.len() {
        let location = Location::new(file.name.clone(), &file.text, start);
        let fault = Diagnostic::new(Code::Syntax, location, "the file holds no fact sheet");
        return Err(Box::new(fault.help("write one, after an example of graph-data/README.md, or remove the file")));
    }
    if file.text[start.start..].starts_with("#!") {
        let location = Location::new(file.name.clone(), &file.text, start);
        let fault = Diagnostic::new(Code::Syntax, location, "fact sheets have no `#![…]` lines");
        return Err(Box::new(fault.help("remove the line: every sheet is read in the same way")));
    }
    if file.text.starts_with(BYTE_ORDER_MARK) {
        let location = Location::new(file.name.clone(), &file.text, 0..BYTE_ORDER_MARK.len_utf8());
        let fault = Diagnostic::new(Code::Syntax, location, "the file begins with a byte order mark");
        return Err(Box::new(fault.help("save the file again in the encoding UTF-8, without a byte order mark (BOM)")));
    }
    let options = Options::default()
        .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES)
        .with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(&file.text).map_err(|error| Box::new(explain(file, &error)))
}

/// The word that a sheet begins with, after blanks and comments.
pub(super) fn start_of_sheet(text: &str) -> Span {
    let mut rest = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("//") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            after_block_comment(comment)
        } else {
            break;
        };
        rest = after.trim_start();
    }
    let start = text.len() - rest.len();
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    start..start + word
}

/// Says what the parser found in the words of the format.
fn explain(file: &SourceFile, error: &SpannedError) -> Diagnostic {
    let text = &*file.text;
    let end = offset(text, &error.span.end);
    let start = offset(text, &error.span.start).min(end);
    if let Some(fault) = foreign(file, end) {
        return fault;
    }
    let within = |outer: &Option<String>| outer.as_ref().map(|name| format!(" in `{name}`")).unwrap_or_default();
    let fault = |span: Span, message: String| {
        Diagnostic::new(Code::Syntax, Location::new(file.name.clone(), text, span), message)
    };
    let unknown = |what: &str, found: &str, outer: &Option<String>, known: &[&str]| {
        let fault =
            fault(word_before(text, found, start, end), format!("there is no {what} `{found}`{}", within(outer)));
        let fault = if known.is_empty() { fault } else { fault.expected(one_of(known)) };
        match nearest(found, known.iter().copied()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault,
        }
    };
    if let Error::NoSuchStructField { expected, found, outer } = &error.code {
        unknown("field", found, outer, expected)
    } else if let Error::NoSuchEnumVariant { expected, found, outer: _ } = &error.code {
        unknown("word", found, &None, expected)
    } else if let Error::MissingStructField { field, outer } = &error.code {
        let what = outer.as_ref().map_or_else(|| "this".to_owned(), |name| format!("`{name}`"));
        fault(start..end, format!("{what} has no field `{field}`"))
            .expected(format!("the field `{field}`"))
            .help("every field must be there unless the format lets it be left out")
    } else if let Error::DuplicateStructField { field, outer } = &error.code {
        fault(word_before(text, field, start, end), format!("the field `{field}` is given twice{}", within(outer)))
            .help("keep one of the two")
    } else if let Error::InvalidValueForType { expected, found } = &error.code {
        fault(start..end, format!("{found} cannot stand here")).expected(expected.clone())
    } else {
        let said = error.code.to_string();
        let lower = said.chars().next().into_iter().flat_map(char::to_lowercase).chain(said.chars().skip(1));
        let fault = fault(start..end, lower.collect());
        if let Some(quote) = quote_before(text, end) {
            let message = format!("a text ends with the straight quote `\"`; {} does not end it", named(quote));
            fault.help(format!("{message}: see whether the text just before ends where it should"))
        } else if matches!(error.code, Error::ExpectedComma | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd) {
            fault.help("a comma, a quote or a closing bracket may be missing just before")
        } else {
            fault
        }
    }
}

/// The first character outside of texts and comments that no sheet has, where the parser has stumbled over
/// it: word processors and web pages put other characters in the place of those that are typed.
fn foreign(file: &SourceFile, end: usize) -> Option<Diagnostic> {
    let is_foreign = |piece: &Piece| match piece {
        Piece::Sign(_, c) => !c.is_ascii() || matches!(c, '\'' | '`') || c.is_ascii_control(),
        Piece::Text { .. } => false,
    };
    let Piece::Sign(at, c) = Pieces::of(&file.text).find(is_foreign)? else { return None };
    if at > end {
        return None;
    }
    let location = Location::new(file.name.clone(), &file.text, at..at + c.len_utf8());
    let (is, instead) = match c {
        '\'' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '′' | '″' | '＂'
        | '＇' => (
            "is no quotation mark of this format",
            "write the straight quote `\"` on both sides of the text".to_owned(),
        ),
        c if c.is_whitespace() => {
            ("is no blank of this format", "write a blank of the space bar in its place".to_owned())
        }
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' => {
            ("stands here, and nobody sees it", "remove it: delete what stands here and type it anew".to_owned())
        }
        '‐' | '‑' | '‒' | '–' | '—' | '−' => {
            ("is no hyphen of this format", "write the hyphen `-`".to_owned())
        }
        // The wide forms that keyboards for Chinese and Japanese give stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            ("is no sign of this format", format!("write `{narrow}`"))
        }
        _ => ("stands outside of the quotes", "put it into a text in quotes, or remove it".to_owned()),
    };
    let shown = if c.is_whitespace() || c.is_control() || super::tidy::untidy(&format!("a{c}b")).is_some() {
        named(c)
    } else {
        format!("`{c}` ({})", named(c))
    };
    Some(Diagnostic::new(Code::Syntax, location, format!("{shown} {is}")).help(instead))
}

/// The quote of a word processor in the last text before `end`, which may have been meant to end it.
fn quote_before(text: &str, end: usize) -> Option<char> {
    let mut last = None;
    for piece in Pieces::of(text) {
        match piece {
            Piece::Text { within, .. } if within.start <= end => last = Some(within),
            Piece::Text { .. } => break,
            Piece::Sign(at, _) if at >= end => break,
            Piece::Sign(..) => {}
        }
    }
    text[last?].chars().find(|c| matches!(c, '“' | '”' | '„' | '‟' | '″' | '＂'))
}

/// The byte at a line and column of the parser, which counts characters from 1.
fn offset(text: &str, position: &Position) -> usize {
    let line_start = match position.line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(newline, _)| newline + 1),
    };
    let columns = position.col.saturating_sub(1);
    text[line_start..].char_indices().nth(columns).map_or(text.len(), |(column, _)| line_start + column)
}

/// The bytes of `word` where the parser stopped: it reads on past a word before it judges it.
fn word_before(text: &str, word: &str, start: usize, end: usize) -> Span {
    let from_word = text[..end].rfind(word).map(|found| found..found + word.len());
    from_word.unwrap_or(start..end)
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => format!("`{}` or `{last}`", first.join("`, `")),
    }
}
