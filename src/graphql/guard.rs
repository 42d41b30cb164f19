//! What a document must pass before it is parsed: size, words and brackets, in one linear pass.

use async_graphql::{Pos, ServerError};

use super::answer::{Code, fault};
use super::limits::Limits;

/// Refuses a document that is too large to be worth parsing. Reads each byte once.
pub(super) fn check_text(document: &str, limits: &Limits) -> Result<(), ServerError> {
    if document.len() > limits.document_bytes {
        let (size, limit) = (document.len(), limits.document_bytes);
        return Err(too_large(format!("The document has {size} bytes; at most {limit} are read."), "bytes", limit));
    }
    let mut lexer = Lexer { text: document.as_bytes(), at: 0 };
    let (mut tokens, mut open) = (0, 0_usize);
    while let Some(token) = lexer.next(document) {
        tokens += 1;
        match token? {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if tokens > limits.tokens {
            let limit = limits.tokens;
            return Err(too_large(format!("The document has more than {limit} words and signs."), "tokens", limit));
        }
        if open > limits.open_brackets {
            let limit = limits.open_brackets;
            let message = format!("The document opens more than {limit} brackets within each other.");
            return Err(too_large(message, "openBrackets", limit));
        }
    }
    Ok(())
}

fn too_large(message: String, what: &str, limit: usize) -> ServerError {
    let mut error = fault(Code::QueryTooLarge, message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("what", what);
    extensions.set("limit", limit as u64);
    error
}

struct Lexer<'d> {
    text: &'d [u8],
    at: usize,
}

impl Lexer<'_> {
    /// The first byte of the next token. A text that does not end is refused here: what follows its
    /// opening quotes must never be taken for code, nor code for it.
    fn next(&mut self, document: &str) -> Option<Result<u8, ServerError>> {
        loop {
            match *self.text.get(self.at)? {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => self.at += 1,
                b'#' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                _ if self.text[self.at..].starts_with("\u{feff}".as_bytes()) => self.at += 3,
                _ => break,
            }
        }
        let first = self.text[self.at];
        match first {
            b'"' => {
                if let Err(error) = self.skip_text(document) {
                    return Some(Err(error));
                }
            }
            b'.' => self.skip_while(|byte| byte == b'.'),
            _ if is_word(first) => self.skip_while(is_word),
            _ => self.at += 1,
        }
        Some(Ok(first))
    }

    fn skip_while(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.text.get(self.at).is_some_and(|&byte| belongs(byte)) {
            self.at += 1;
        }
    }

    fn skip_text(&mut self, document: &str) -> Result<(), ServerError> {
        let start = self.at;
        let block = self.text[start..].starts_with(b"\"\"\"");
        self.at += if block { 3 } else { 1 };
        while let Some(&byte) = self.text.get(self.at) {
            let rest = &self.text[self.at..];
            match byte {
                b'\\' if block && rest.starts_with(b"\\\"\"\"") => self.at += 4,
                b'"' if block && rest.starts_with(b"\"\"\"") => {
                    self.at += 3;
                    return Ok(());
                }
                b'\\' if !block => self.at += 2,
                b'"' if !block => {
                    self.at += 1;
                    return Ok(());
                }
                b'\n' | b'\r' if !block => break,
                _ => self.at += 1,
            }
        }
        let pos = position(document, start);
        let message = format!("Syntax error at line {}, column {}: this text has no end.", pos.line, pos.column);
        Err(fault(Code::ParseFailed, message, Some(pos)))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+') || byte >= 0x80
}

fn position(document: &str, byte: usize) -> Pos {
    let before = document.get(..byte).unwrap_or(document);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Pos { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Answer;
    use super::*;

    fn code(document: &str) -> String {
        match check_text(document, &Limits::default()) {
            Ok(()) => "passes".into(),
            Err(error) => Answer::refused(vec![error], 20).codes().join(" "),
        }
    }

    #[test]
    fn brackets_words_and_bytes_are_bounded() {
        let (large, parse) = ("QUERY_TOO_LARGE", "GRAPHQL_PARSE_FAILED");
        let cases = [
            ("{ a }".to_owned(), "passes"),
            (format!("{{ a(x: {}1{}) }}", "[".repeat(62), "]".repeat(62)), "passes"),
            (format!("{{ a(x: {}1{}) }}", "[".repeat(63), "]".repeat(63)), large),
            (format!("{{ a(x: {}1", "{x:".repeat(1_250)), large),
            (format!("{{ a(x: \"{}\") }}", "[".repeat(500)), "passes"),
            (format!("{{ a(x: \"\"\"{} \\\"\"\" \" {}\"\"\") }}", "[".repeat(99), "{".repeat(99)), "passes"),
            (format!("# {}\n{{ a }}", "{".repeat(500)), "passes"),
            (format!("# \"\r{{ a(x: {}", "[".repeat(500)), large),
            (format!("{{ a(x: [\"\\\" [ \", {}", "[".repeat(500)), large),
            (format!("{{ a(x: [\"\"\"abc\"{}", "[".repeat(500)), parse),
            (format!("{{ a(x: \"\n{}", "[".repeat(500)), parse),
            ("{ a(x: \"\\".to_owned(), parse),
            (format!("{{ {} }}", "a ".repeat(3_998)), "passes"),
            (format!("{{ {} }}", "a ".repeat(3_999)), large),
            (" ".repeat(16 * 1024), "passes"),
            (" ".repeat(16 * 1024 + 1), large),
            (format!("{{ a }} #{}", "é".repeat(9_000)), large),
        ];
        for (document, expected) in cases {
            assert_eq!(code(&document), expected, "{}…", document.chars().take(60).collect::<String>());
        }
    }

    #[test]
    fn a_text_without_end_is_named_by_its_place() {
        let error = check_text("{\n  é(x: \"abc", &Limits::default()).expect_err("a refusal");
        assert_eq!(error.locations, [Pos { line: 2, column: 8 }]);
        assert_eq!(error.message, "Syntax error at line 2, column 8: this text has no end.");
    }
}
