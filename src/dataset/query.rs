//! Files of named queries. What is in a document only the schema can judge; here each file gets its name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::load::utf8;
use super::{Code, Diagnostic, Location, Named};
use crate::model::NamedQuery;

/// A named query and the files it is in.
#[derive(Debug, Clone)]
pub struct QueryFile {
    /// The query.
    pub query: NamedQuery,
    /// The file of its document, as it is shown.
    document: Arc<str>,
    /// The file of the values of its variables, where there is one.
    variables: Option<Arc<str>>,
}

impl QueryFile {
    /// A fault of its document, at a line and a column in characters, both from 1.
    pub fn fault(&self, line: usize, column: usize, message: impl Into<String>) -> Diagnostic {
        fault(&self.document, &self.query.document, line, column, message)
    }

    /// A fault of the values of its variables, at a line and a column.
    pub fn fault_of_variables(&self, line: usize, column: usize, message: impl Into<String>) -> Diagnostic {
        let file = self.variables.as_ref().unwrap_or(&self.document);
        fault(file, &self.query.variables, line, column, message)
    }

    /// That it names an id that is that of nothing: in the values of its variables, or in its document, at a line
    /// and a column; and what is most like it.
    pub fn unknown_id(
        &self,
        in_variables: bool,
        (line, column): (usize, usize),
        of: Named,
        id: &str,
        nearest: Option<&str>,
    ) -> Diagnostic {
        let (code, what) = match of {
            Named::Node => (Code::UnknownNode, "node"),
            Named::Source => (Code::UnknownSource, "source"),
        };
        let message = format!("there is no {what} `{}`", id.escape_debug());
        let fault = if in_variables {
            self.fault_of_variables(line, column, message)
        } else {
            self.fault(line, column, message)
        };
        let help = match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "correct the id, or take the query out: it could not be answered".to_owned(),
        };
        Diagnostic { code, ..fault.help(help) }.expected(format!("the id of a {what} of these facts"))
    }

    /// Its files and what they hold.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        let variables = self.variables.iter().map(|name| (name, &self.query.variables));
        [(&self.document, &self.query.document)].into_iter().chain(variables)
    }
}

fn fault(file: &Arc<str>, text: &str, line: usize, column: usize, message: impl Into<String>) -> Diagnostic {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let start = start + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
    let word =
        text.get(start..).unwrap_or_default().chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let end = start + word.map(char::len_utf8).sum::<usize>();
    Diagnostic::new(Code::InvalidQuery, Location::new(file.clone(), text, start..end), message)
}

/// The queries of these files, given by path as the shown name and the content; by name.
pub(super) fn query_files(
    mut files: BTreeMap<String, (Arc<str>, Vec<u8>)>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<QueryFile> {
    let mut queries = BTreeMap::<Arc<str>, QueryFile>::new();
    let documents: Vec<_> = files.keys().filter(|path| path.ends_with(".graphql")).cloned().collect();
    for path in documents {
        let stem = path.trim_end_matches(".graphql");
        let variables = files.remove(&format!("{stem}.variables.json"));
        let Some((file, content)) = files.remove(&path) else { continue };
        let mut read = |file: &Arc<str>, content| {
            let text = utf8(file, content).map_err(|lost| faults.push(lost.1)).ok()?;
            // However a file was checked out, its query is the same.
            Some(if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text })
        };
        let Some(document) = read(&file, content) else { continue };
        let variables = match variables {
            None => None,
            Some((file, content)) => match read(&file, content) {
                None => continue,
                Some(text) => Some((file, text)),
            },
        };
        let Some(name) = NamedQuery::name_of(stem.rsplit('/').next().unwrap_or(stem)) else {
            let message = "the file of a query is not named by lower-case words joined by hyphens";
            let fault = Diagnostic::new(Code::InvalidQuery, Location::whole(file), message);
            faults.push(fault.expected("a name as in `01-what-builds-on-it.graphql`, a number first or not"));
            continue;
        };
        let (variables, values) = variables.unzip();
        let query = NamedQuery { name: name.into(), document, variables: values.unwrap_or_default() };
        if let Some(first) = queries.get(name) {
            let message = format!("two files hold a query named `{name}`");
            let fault = Diagnostic::new(Code::InvalidQuery, Location::whole(file), message);
            let help = "give one of them another name; the number before it does not count";
            faults.push(fault.help(help).related(Location::whole(first.document.clone()), "the other one"));
            continue;
        }
        queries.insert(query.name.clone(), QueryFile { query, document: file, variables });
    }
    for (file, _) in files.into_values() {
        let fault = Diagnostic::new(Code::InvalidQuery, Location::whole(file), "there is no query for these variables");
        faults.push(fault.help("give both files the same name: `name.graphql`, `name.variables.json`"));
    }
    queries.into_values().collect()
}
