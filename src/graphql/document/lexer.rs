//! From the text of a document to its words and signs, by the letter of the specification. Faults have
//! the places and words of graphql-js, the reference implementation.

use super::ast::At;
use super::fault::Fault;

/// A word, a sign, a number, a text, or the end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) at: At,
    pub(super) end: At,
    pub(super) kind: TokenKind<'t>,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'t> {
    /// The end of the text.
    End,
    /// A sign: one character, or `...` as `.`.
    Sign(char),
    /// A name.
    Name(&'t str),
    /// A whole number.
    Int(&'t str),
    /// Any other number.
    Float(&'t str),
    /// A text, its escapes resolved.
    Text(String),
    /// A text in three quotes, its indentation removed.
    Block(String),
}

impl std::fmt::Display for TokenKind<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::End => f.write_str("<EOF>"),
            Self::Sign('.') => f.write_str("\"...\""),
            Self::Sign(sign) => write!(f, "\"{sign}\""),
            Self::Name(text) => write!(f, "Name \"{text}\""),
            Self::Int(text) => write!(f, "Int \"{text}\""),
            Self::Float(text) => write!(f, "Float \"{text}\""),
            Self::Text(text) => write!(f, "String \"{}\"", brief(text)),
            Self::Block(text) => write!(f, "BlockString \"{}\"", brief(text)),
        }
    }
}

/// Enough of a text to know it again.
fn brief(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).collect::<String>() + "…" }
}

/// The token that begins at or after a byte.
pub(super) fn next(text: &str, from: At) -> Result<Token<'_>, Fault> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at += 1,
            b'#' => at += bytes[at..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
            0xef if text[at..].starts_with('\u{feff}') => at += '\u{feff}'.len_utf8(),
            _ => break,
        }
    }
    let token = |end, kind| Ok(Token { at, end, kind });
    let Some(&first) = bytes.get(at) else { return token(at, TokenKind::End) };
    match first {
        b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{' | b'|' | b'}' => {
            token(at + 1, TokenKind::Sign(first.into()))
        }
        b'.' if bytes[at..].starts_with(b"...") => token(at + 3, TokenKind::Sign('.')),
        b'"' if bytes[at..].starts_with(b"\"\"\"") => {
            let (end, value) = block(text, at)?;
            token(end, TokenKind::Block(value))
        }
        b'"' => {
            let (end, value) = quoted(text, at)?;
            token(end, TokenKind::Text(value))
        }
        b'0'..=b'9' | b'-' => {
            let (end, is_float) = number(text, at)?;
            let text = &text[at..end];
            token(end, if is_float { TokenKind::Float(text) } else { TokenKind::Int(text) })
        }
        _ if is_name_start(first) => {
            let end = at + bytes[at..].iter().take_while(|&&byte| is_name_start(byte) || byte.is_ascii_digit()).count();
            token(end, TokenKind::Name(&text[at..end]))
        }
        b'\'' => {
            let message = "Unexpected single quote character ('), did you mean to use a double quote (\")?";
            Err(Fault::syntax(at, message))
        }
        _ => Err(Fault::syntax(at, format!("Unexpected character: {}.", shown(text, at)))),
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// The character at a byte, as faults name it.
fn shown(text: &str, at: At) -> String {
    match text[at..].chars().next() {
        None => "<EOF>".into(),
        Some('"') => "'\"'".into(),
        Some(character @ ' '..='~') => format!("\"{character}\""),
        Some(character) => format!("U+{:04X}", u32::from(character)),
    }
}

/// Where a number ends, and whether it has a fraction or an exponent.
fn number(text: &str, start: At) -> Result<(At, bool), Fault> {
    let bytes = text.as_bytes();
    let is_digit = |at: At| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let digits = |at: At| {
        if !is_digit(at) {
            return Err(Fault::syntax(at, format!("Invalid number, expected digit but got: {}.", shown(text, at))));
        }
        Ok(at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count())
    };
    let mut at = start + usize::from(bytes[start] == b'-');
    if bytes.get(at) == Some(&b'0') {
        at += 1;
        if is_digit(at) {
            let message = format!("Invalid number, unexpected digit after 0: {}.", shown(text, at));
            return Err(Fault::syntax(at, message));
        }
    } else {
        at = digits(at)?;
    }
    let mut is_float = false;
    if bytes.get(at) == Some(&b'.') {
        is_float = true;
        at = digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        is_float = true;
        at += 1;
        at = digits(at + usize::from(matches!(bytes.get(at), Some(b'+' | b'-'))))?;
    }
    if bytes.get(at).is_some_and(|&byte| byte == b'.' || is_name_start(byte)) {
        return Err(Fault::syntax(at, format!("Invalid number, expected digit but got: {}.", shown(text, at))));
    }
    Ok((at, is_float))
}

/// The end of a text, and the text.
fn quoted(text: &str, start: At) -> Result<(At, String), Fault> {
    let mut value = String::new();
    let mut at = start + 1;
    while let Some(character) = text[at..].chars().next() {
        match character {
            '"' => return Ok((at + 1, value)),
            '\n' | '\r' => break,
            '\\' => {
                let (size, escaped) = escape(text, at)?;
                value.push(escaped);
                at += size;
            }
            _ => {
                value.push(character);
                at += character.len_utf8();
            }
        }
    }
    Err(Fault::syntax(at, "Unterminated string."))
}

/// How long an escape is, and what it means.
fn escape(text: &str, at: At) -> Result<(usize, char), Fault> {
    let rest = &text[at..];
    let simple = |character| Ok((2, character));
    match rest.as_bytes().get(1) {
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => unicode(rest).ok_or_else(|| {
            let length = if rest.as_bytes().get(2) == Some(&b'{') { wide(rest).0 } else { 6 };
            let shown: String = rest.chars().take(length).collect();
            Fault::syntax(at, format!("Invalid Unicode escape sequence: \"{shown}\"."))
        }),
        _ => {
            let shown: String = rest.chars().take(2).collect();
            Err(Fault::syntax(at, format!("Invalid character escape sequence: \"{shown}\".")))
        }
    }
}

/// The escape `\u`: of four digits, of a pair of those, or of as many as braces hold.
fn unicode(rest: &str) -> Option<(usize, char)> {
    if rest.as_bytes().get(2) == Some(&b'{') {
        let (size, point) = wide(rest);
        return Some((size, point?));
    }
    let four = |from: usize| {
        let digits = rest.get(from..from + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = four(2)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((6, character));
    }
    let second = rest.get(6..8).filter(|escape| *escape == "\\u").and_then(|_| four(8))?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((12, character))
}

/// The escape `\u{…}`: how long it is, or was before it failed, and what it means.
fn wide(rest: &str) -> (usize, Option<char>) {
    let mut point: u32 = 0;
    for (position, byte) in rest.bytes().enumerate().skip(3).take(9) {
        if byte == b'}' {
            let character = (position > 3).then(|| char::from_u32(point)).flatten();
            return (position + 1, character);
        }
        match char::from(byte).to_digit(16) {
            Some(digit) if point < 1 << 27 => point = point << 4 | digit,
            _ => return (position + 1, None),
        }
    }
    (rest.len().min(12), None)
}

/// The end of a text in three quotes, and the text.
fn block(text: &str, start: At) -> Result<(At, String), Fault> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut line = String::new();
    let (mut at, mut copied) = (start + 3, start + 3);
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        if rest.starts_with(b"\"\"\"") {
            line.push_str(&text[copied..at]);
            lines.push(line);
            return Ok((at + 3, dedent(&lines)));
        } else if rest.starts_with(b"\\\"\"\"") {
            line.push_str(&text[copied..at]);
            copied = at + 1;
            at += 4;
        } else if matches!(byte, b'\n' | b'\r') {
            line.push_str(&text[copied..at]);
            lines.push(std::mem::take(&mut line));
            at += if rest.starts_with(b"\r\n") { 2 } else { 1 };
            copied = at;
        } else {
            at += 1;
        }
    }
    Err(Fault::syntax(at, "Unterminated string."))
}

/// The lines without the indentation they share, nor the empty ones around them.
fn dedent(lines: &[String]) -> String {
    let indent = |line: &str| line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let is_blank = |line: &String| indent(line) == line.len();
    let shared = lines.iter().skip(1).filter(|line| !is_blank(line)).map(|line| indent(line)).min().unwrap_or(0);
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |last| last + 1);
    let shown = (first..last).map(|number| match number {
        0 => lines[0].as_str(),
        _ => lines[number].get(shared..).unwrap_or_default(),
    });
    shown.collect::<Vec<_>>().join("\n")
}
