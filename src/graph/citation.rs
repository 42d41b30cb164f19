//! Citations ready to paste, in the styles that papers ask for.
//!
//! A source has one name for who is responsible for it, so that name is the author, and is not
//! repeated as the publisher. Titles are never translated or recast. A date is as precise as the source
//! prints it, and a source that prints none is `n.d.`; it is not known on which day a source was read,
//! so no access date is given. What is added in words (months, `n.d.`) is English.

use std::fmt::Write;

use serde_json::json;

use super::{CitationRef, SourceRef, written};
use crate::model::{PartialDate, Source};

/// A style of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CitationStyle {
    /// The reference list of the Publication Manual of the American Psychological Association, 7th
    /// edition.
    Apa,
    /// A note of The Chicago Manual of Style (notes and bibliography).
    Chicago,
    /// An entry for BibTeX; its key is the id of the source.
    Bibtex,
    /// An item of CSL JSON, which Zotero, Pandoc and others read.
    CslJson,
}

impl CitationRef<'_> {
    /// The citation in a style.
    pub fn text(self, style: CitationStyle) -> String {
        text(self.source().data(), self.locator(), style)
    }
}

impl SourceRef<'_> {
    /// The source as a whole, cited in a style.
    pub fn citation(self, style: CitationStyle) -> String {
        text(self.data(), None, style)
    }
}

fn text(source: &Source, locator: Option<&str>, style: CitationStyle) -> String {
    match style {
        CitationStyle::Apa => apa(source, locator),
        CitationStyle::Chicago => chicago(source, locator),
        CitationStyle::Bibtex => bibtex(source, locator),
        CitationStyle::CslJson => csl_json(source, locator),
    }
}

fn month(date: PartialDate) -> Option<&'static str> {
    written::ENGLISH.get(usize::from(date.month()?) - 1).copied()
}

/// `Government of Canada. (2026, January 22). Our partnerships (section 2). https://...`
fn apa(source: &Source, locator: Option<&str>) -> String {
    let mut date = source.published.map_or_else(|| "n.d.".to_owned(), |date| date.year().to_string());
    if let Some(published) = source.published {
        date.extend(month(published).iter().flat_map(|month| [", ", month]));
        if let Some(day) = published.day() {
            date += &format!(" {day}");
        }
    }
    let locator = locator.map(|locator| format!(" ({locator})")).unwrap_or_default();
    let title = ended(&format!("{}{locator}", source.title));
    format!("{} ({date}). {title} {}", ended(&source.publisher), source.url)
}

/// `Government of Canada, “Our partnerships,” January 22, 2026, section 2, https://....`
fn chicago(source: &Source, locator: Option<&str>) -> String {
    let date = source.published.map_or_else(
        || "n.d.".to_owned(),
        |date| match (month(date), date.day()) {
            (Some(month), Some(day)) => format!("{month} {day}, {}", date.year()),
            (Some(month), None) => format!("{month} {}", date.year()),
            (None, _) => date.year().to_string(),
        },
    );
    let locator = locator.map(|locator| format!("{locator}, ")).unwrap_or_default();
    format!("{}, “{},” {date}, {locator}{}.", source.publisher, source.title, source.url)
}

/// With the full stop it needs, if it does not end in one or in another final mark.
fn ended(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{stop}")
}

/// An entry of the sort `misc`, which every BibTeX knows. The doubled braces keep the author from
/// being taken for a person and the title from losing its capitals.
fn bibtex(source: &Source, locator: Option<&str>) -> String {
    let mut entry = format!("@misc{{{},\n", source.id);
    let mut field = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(entry, "  {name} = {value},");
    };
    field("author", &format!("{{{{{}}}}}", latex(&source.publisher)));
    field("title", &format!("{{{{{}}}}}", latex(&source.title)));
    match source.published {
        None => field("year", "{n.d.}"),
        Some(date) => {
            field("year", &format!("{{{:04}}}", date.year()));
            if let Some(month) = month(date) {
                field("month", &month[..3].to_lowercase());
            }
            if let Some(day) = date.day() {
                field("day", &format!("{{{day}}}"));
            }
        }
    }
    field("howpublished", &format!("{{\\url{{{}}}}}", url(&source.url)));
    if let Some(language) = babel(source.language.as_str()) {
        field("langid", &format!("{{{language}}}"));
    }
    if let Some(locator) = locator {
        field("note", &format!("{{{}}}", latex(locator)));
    }
    entry.push('}');
    entry
}

/// The text with everything that LaTeX takes for a command as the character it is.
fn latex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            // BibTeX counts every brace, escaped or not: one that stands alone would end the entry.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '$' | '&' | '#' | '_' | '%' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// An address within `\url{}`, where only these would end or break it.
fn url(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}

/// The name LaTeX has for a language.
fn babel(tag: &str) -> Option<&'static str> {
    match tag {
        "en" => Some("english"),
        "fr" => Some("french"),
        "es" => Some("spanish"),
        "it" => Some("italian"),
        "de" => Some("german"),
        _ => None,
    }
}

/// One item; several in brackets make a file. `mul`, for several languages, is no language of CSL.
fn csl_json(source: &Source, locator: Option<&str>) -> String {
    let mut item = json!({
        "id": source.id.as_str(),
        "type": "webpage",
        "title": &*source.title,
        "author": [{ "literal": &*source.publisher }],
        "URL": &*source.url,
    });
    if let Some(date) = source.published {
        let parts = [Some(date.year()), date.month().map(i16::from), date.day().map(i16::from)];
        item["issued"] = json!({ "date-parts": [parts.into_iter().flatten().collect::<Vec<_>>()] });
    }
    if source.language.as_str() != "mul" {
        item["language"] = source.language.as_str().into();
    }
    if let Some(locator) = locator {
        item["note"] = locator.into();
    }
    item.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(title: &str, publisher: &str, url: &str, published: Option<&str>, language: &str) -> Source {
        Source {
            id: "the-id".parse().expect("an id"),
            title: title.into(),
            publisher: publisher.into(),
            url: url.into(),
            published: published.map(|date| date.parse().expect("a date")),
            language: language.parse().expect("a language"),
            accessed_via: "stored public copy".into(),
            copy_of: None,
            note: None,
        }
    }

    /// A French source of the graph, dated to the day.
    fn declaration() -> Source {
        source(
            "Déclaration d'intention commune entre le Canada et l'Allemagne sur la coopération en matière de minéraux critiques",
            "Natural Resources Canada (CNW)",
            "https://www.newswire.ca/fr/830639662.html",
            Some("2025-08-26"),
            "fr",
        )
    }

    #[test]
    fn to_the_day_with_a_locator() {
        let declaration = declaration();
        let text = |style| text(&declaration, Some("second paragraph"), style);
        assert_eq!(
            text(CitationStyle::Apa),
            "Natural Resources Canada (CNW). (2025, August 26). Déclaration d'intention commune entre le Canada et l'Allemagne sur la coopération en matière de minéraux critiques (second paragraph). https://www.newswire.ca/fr/830639662.html"
        );
        assert_eq!(
            text(CitationStyle::Chicago),
            "Natural Resources Canada (CNW), “Déclaration d'intention commune entre le Canada et l'Allemagne sur la coopération en matière de minéraux critiques,” August 26, 2025, second paragraph, https://www.newswire.ca/fr/830639662.html."
        );
        assert_eq!(
            text(CitationStyle::Bibtex),
            "@misc{the-id,
  author = {{Natural Resources Canada (CNW)}},
  title = {{Déclaration d'intention commune entre le Canada et l'Allemagne sur la coopération en matière de minéraux critiques}},
  year = {2025},
  month = aug,
  day = {26},
  howpublished = {\\url{https://www.newswire.ca/fr/830639662.html}},
  langid = {french},
  note = {second paragraph},
}"
        );
        let item: serde_json::Value = serde_json::from_str(&text(CitationStyle::CslJson)).expect("JSON");
        assert_eq!(item["issued"], json!({ "date-parts": [[2025, 8, 26]] }));
        assert_eq!((&item["language"], &item["note"]), (&json!("fr"), &json!("second paragraph")));
        assert_eq!(item["author"], json!([{ "literal": "Natural Resources Canada (CNW)" }]));
    }

    /// (published, APA, Chicago, CSL date)
    #[test]
    fn dates_are_no_more_precise_than_the_source() {
        let table = [
            (None, "(n.d.)", "n.d.", None),
            (Some("2020"), "(2020)", "2020", Some(json!([[2020]]))),
            (Some("2023-09"), "(2023, September)", "September 2023", Some(json!([[2023, 9]]))),
        ];
        for (published, apa, chicago, csl) in table {
            let source = source("Title", "APPrO Magazine", "https://example.org/", published, "en");
            let text = |style| text(&source, None, style);
            assert_eq!(text(CitationStyle::Apa), format!("APPrO Magazine. {apa}. Title. https://example.org/"));
            assert_eq!(
                text(CitationStyle::Chicago),
                format!("APPrO Magazine, “Title,” {chicago}, https://example.org/.")
            );
            let item: serde_json::Value = serde_json::from_str(&text(CitationStyle::CslJson)).expect("JSON");
            assert_eq!(item.get("issued").map(|issued| issued["date-parts"].clone()), csl);
            let year = published.map_or("n.d.", |date| &date[..4]);
            assert!(text(CitationStyle::Bibtex).contains(&format!("  year = {{{year}}},\n")));
        }
    }

    #[test]
    fn latex_is_escaped_and_addresses_are_not() {
        let source = source(
            "Canada's $3.8-billion R&D_plan: 100% #1 {x} \\ ~ ^?",
            "A & B",
            "https://example.org/a_b?title=%3AInternational&x={y}#z",
            None,
            "mul",
        );
        let text = text(&source, None, CitationStyle::Bibtex);
        assert!(text.contains(r"{{Canada's \$3.8-billion R\&D\_plan: 100\% \#1 \textbraceleft{}x\textbraceright{} \textbackslash{} \textasciitilde{} \textasciicircum{}?}}"));
        assert!(text.contains(r"howpublished = {\url{https://example.org/a_b?title=%3AInternational&x=%7By%7D#z}}"));
        assert!(!text.contains("langid"));
        assert!(super::text(&source, None, CitationStyle::Apa).contains("^?"));
        assert!(!super::text(&source, None, CitationStyle::Apa).contains("?."));
    }

    /// The fields of the entries in a BibTeX file, as BibTeX reads them: it counts braces, knows of no escape,
    /// and ends a value at the brace that closes it.
    fn read_bibtex(file: &str) -> Option<Vec<(String, String)>> {
        let (_, mut rest) = file.strip_prefix("@misc{")?.split_once(",\n")?;
        let mut fields = Vec::new();
        while let Some((name, value)) = rest.split_once(" = ").filter(|_| !rest.starts_with('}')) {
            let mut depth = 0_i32;
            let end = value.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                c == ',' && depth == 0
            })?;
            fields.push((name.trim().to_owned(), value[..end].to_owned()));
            rest = value[end + 1..].strip_prefix('\n')?;
        }
        (rest == "}").then_some(fields)
    }

    #[test]
    fn no_text_ends_its_entry() {
        // Every text of up to four of these.
        let signs = ["{", "}", "\\", "\"", "@", "%", ",", "= x", "é"];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer: Vec<_> = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            for title in &longer {
                let source = source(title, "a } b", "https://example.org/", None, "en");
                let entry = text(&source, Some(title), CitationStyle::Bibtex);
                let fields = read_bibtex(&entry).unwrap_or_else(|| panic!("{title}: {entry}"));
                let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!(names, ["author", "title", "year", "howpublished", "langid", "note"], "{entry}");
                assert_eq!(fields[1].1, format!("{{{{{}}}}}", latex(title)), "{entry}");
            }
            texts = longer;
        }
        assert_eq!(read_bibtex("@misc{a,\n  title = {{a\\} b}},\n}"), None, "the reader counts escaped braces");
    }
}
