//! Named queries: questions that ship with the facts.

use std::sync::Arc;

use super::id::is_slug;

/// A question in a file of its own, which answers at an address that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name: that of its file without the number before it and the ending.
    pub name: Arc<str>,
    /// The GraphQL document.
    pub document: Arc<str>,
    /// The values its variables have where none are given, a JSON object; empty where there are none.
    pub variables: Arc<str>,
}

impl NamedQuery {
    /// The name of the query in the file `<stem>.graphql`: without the number that orders the files,
    /// so that it stays when they are ordered anew. None where it is no lower-case words of a-z and 0-9
    /// joined by single hyphens.
    pub fn name_of(stem: &str) -> Option<&str> {
        let name = match stem.split_once('-') {
            Some((number, name)) if number.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => stem,
        };
        is_slug(name).then_some(name)
    }

    /// What it asks, in one line: the first of the comment at its beginning; its name where there is none.
    pub fn title(&self) -> &str {
        self.comment().next().unwrap_or(&self.name)
    }

    /// What else that comment says, in one line; empty where it says nothing more.
    pub fn description(&self) -> String {
        self.comment().skip(1).collect::<Vec<_>>().join(" ")
    }

    fn comment(&self) -> impl Iterator<Item = &str> {
        let lines = self.document.lines().map_while(|line| line.trim_start().strip_prefix('#'));
        lines.map(str::trim).filter(|line| !line.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files_without_their_number() {
        let cases = [
            ("01-what-builds-on-it", Some("what-builds-on-it")),
            ("what-builds-on-it", Some("what-builds-on-it")),
            ("11-as-of-2022", Some("as-of-2022")),
            ("2022", Some("2022")),
            ("g7-2022", Some("g7-2022")),
            ("01-", None),
            ("01-What", None),
            ("a b", None),
            ("", None),
        ];
        for (stem, name) in cases {
            assert_eq!(NamedQuery::name_of(stem), name, "{stem}");
        }
    }

    #[test]
    fn the_comment_at_the_beginning_is_title_and_description() {
        let query =
            |document: &str| NamedQuery { name: "a".into(), document: document.into(), variables: Arc::default() };
        let told = query("# Who?\n#\n# One line.\n  # Another.\n{ a } # no more");
        assert_eq!((told.title(), told.description().as_str()), ("Who?", "One line. Another."));
        let silent = query("{ a }");
        assert_eq!((silent.title(), silent.description().as_str()), ("a", ""));
    }
}
