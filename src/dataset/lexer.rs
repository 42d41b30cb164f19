//! Where texts begin and end in a sheet, and what stands outside of them and of comments. The parser tells
//! neither where a text with escapes stands, nor which character it stumbled over.

use super::place::Span;

/// A part of a sheet that is neither blank nor comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A text: what stands between its quotes, and whether escapes count in it.
    Text { within: Span, has_escapes: bool },
    /// A character outside of texts, and where it stands.
    Sign(usize, char),
}

/// The parts of a sheet, in order. A text that does not end goes to the end of the sheet.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The text whose first quote was just read.
    fn quoted(&mut self) -> Piece {
        let start = self.at;
        let mut has_escapes = false;
        let mut characters = self.rest().char_indices();
        let mut length = self.rest().len();
        while let Some((at, c)) = characters.next() {
            if c == '"' {
                length = at;
                break;
            }
            if c == '\\' {
                has_escapes = true;
                characters.next();
            }
        }
        self.at = (start + length + 1).min(self.text.len());
        Piece::Text { within: start..start + length, has_escapes }
    }

    /// The raw text that begins with so many hashes and a quote, which follow.
    fn raw(&mut self, hashes: usize) -> Piece {
        let start = self.at + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = self.text[start..].find(&end).unwrap_or(self.text.len() - start);
        self.at = (start + length + end.len()).min(self.text.len());
        Piece::Text { within: start..start + length, has_escapes: false }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let rest = self.rest();
            let c = rest.chars().next()?;
            if let Some(comment) = rest.strip_prefix("//") {
                self.at = self.text.len() - comment.split_once('\n').map_or("", |(_, after)| after).len();
            } else if let Some(comment) = rest.strip_prefix("/*") {
                self.at = self.text.len() - after_block_comment(comment).len();
            } else if matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.at += 1;
            } else if c == '"' {
                self.at += 1;
                return Some(self.quoted());
            } else {
                let before = self.text[..self.at].chars().next_back();
                let start = self.at;
                self.at += c.len_utf8();
                let hashes = self.rest().len() - self.rest().trim_start_matches('#').len();
                let is_word = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
                if c == 'r' && !is_word && self.rest()[hashes..].starts_with('"') {
                    return Some(self.raw(hashes));
                }
                return Some(Piece::Sign(start, c));
            }
        }
    }
}

/// What follows a block comment whose opening is already read. Such comments nest.
pub(super) fn after_block_comment(mut rest: &str) -> &str {
    let mut depth = 1;
    while depth > 0 {
        match (rest.find("/*"), rest.find("*/")) {
            (Some(open), Some(close)) if open < close => {
                depth += 1;
                rest = &rest[open + 2..];
            }
            (_, Some(close)) => {
                depth -= 1;
                rest = &rest[close + 2..];
            }
            (_, None) => return "",
        }
    }
    rest
}

/// What a text means that is written with escapes; none if one of them means nothing.
pub(super) fn unescaped(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let escape = after.chars().next()?;
        rest = &after[escape.len_utf8()..];
        match escape {
            'n' => bytes.push(b'\n'),
            'r' => bytes.push(b'\r'),
            't' => bytes.push(b'\t'),
            '0' => bytes.push(0),
            '"' | '\'' | '\\' => bytes.push(escape as u8),
            'x' => {
                // Several of them may make one character.
                bytes.push(u8::from_str_radix(rest.get(..2)?, 16).ok()?);
                rest = &rest[2..];
            }
            'u' => {
                let (digits, after) = rest.strip_prefix('{')?.split_once('}')?;
                let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
                rest = after;
            }
            // The text goes on in the next line.
            '\n' => rest = rest.trim_start_matches([' ', '\t', '\n', '\r']),
            '\r' if rest.starts_with('\n') => rest = rest.trim_start_matches([' ', '\t', '\n', '\r']),
            _ => return None,
        }
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let show = |piece| match piece {
            Piece::Text { within, has_escapes } => format!("<{}{}>", &text[within], if has_escapes { "!" } else { "" }),
            Piece::Sign(at, c) => {
                assert!(text[at..].starts_with(c));
                c.to_string()
            }
        };
        Pieces::of(text).map(show).collect()
    }

    #[test]
    fn texts_and_signs_are_told_from_comments_and_blanks() {
        let cases = [
            ("a: \"b\", // \"no\"\n/* \" /* \" */ ' */ c", "a : <b> , c"),
            (r#"("a\"b", "c\\", "d")"#, r#"( <a\"b!> , <c\\!> , <d> )"#),
            (r##"r"a" r#"b"c"# for"d" "##, r#"<a> <b"c> f o r <d>"#),
            ("“a” /b", "“ a ” / b"),
            ("\"unended\\", "<unended\\!>"),
            ("\"", "<>"),
            ("r#\"unended", "<unended>"),
            ("/* unended", ""),
            ("r", "r"),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn escapes_mean_what_the_parser_takes_them_for() {
        let written = [
            r"a\u{7}b",
            r"\u{e9}\u{1F702}",
            r"\x07\xC3\xA9",
            r"\n\r\t\0\\\'",
            "one \\\n   two",
            "one \\\r\n\t two",
            r"\q",
            r"\u{110000}",
            r"\u{zz}",
            r"\xC3",
            r"\x",
            r"\",
            "",
        ];
        for written in written {
            let parsed: Option<String> = ron::from_str(&format!("\"{written}\"")).ok();
            assert_eq!(unescaped(written), parsed, "{written}");
        }
        assert_eq!(unescaped("a\\\"b").as_deref(), Some("a\"b"));
    }
}
