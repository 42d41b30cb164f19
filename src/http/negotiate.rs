//! What whoever asks prefers: media type, language, encoding.

use std::borrow::Cow;

use axum::http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderName};
use axum::http::{HeaderMap, HeaderValue};

use crate::graphql::Language;

/// The media types of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status says whether there is data.
    Response,
    /// `application/json`: for clients that read no other, and take anything but 200 for a broken line.
    Json,
}

impl Media {
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }
}

/// The media type of the answer; `None` where none is acceptable.
pub(super) fn media(headers: &HeaderMap) -> Option<Media> {
    let ranges = ranges(headers, &ACCEPT);
    if ranges.is_empty() {
        return Some(Media::Json);
    }
    let quality = |essence: &str| {
        let fits = ranges.iter().filter_map(|range| Some((fit(&range.value, essence)?, range.quality)));
        // The most specific range decides.
        fits.max_by_key(|(fit, quality)| (*fit, *quality)).unwrap_or((0, 0))
    };
    let (named, response) = quality("application/graphql-response+json");
    let (_, json) = quality("application/json");
    match (response, json) {
        (0, 0) => None,
        (response, json) if response > json => Some(Media::Response),
        (response, json) if response == json && named == 3 => Some(Media::Response),
        _ => Some(Media::Json),
    }
}

/// Whether the answer should come as a stream of events: where that is asked for by name, and neither
/// media type of a single answer before it.
pub(super) fn prefers_events(headers: &HeaderMap) -> bool {
    let ranges = ranges(headers, &ACCEPT);
    let named = |wanted: &[&str]| {
        let named = ranges.iter().enumerate().filter(|(_, range)| {
            range.quality > 0 && range.value.split(';').next().is_some_and(|essence| wanted.contains(&essence.trim()))
        });
        // Better quality first, then the earlier one.
        named.map(|(position, range)| (range.quality, std::cmp::Reverse(position))).max()
    };
    named(&["text/event-stream"])
        .is_some_and(|events| Some(events) > named(&["application/json", "application/graphql-response+json"]))
}

/// How specifically a range means a media type.
fn fit(range: &str, essence: &str) -> Option<u8> {
    let mut parts = range.split(';').map(str::trim);
    let fit = match parts.next()? {
        "*/*" | "*" => 1,
        "application/*" => 2,
        exact if exact == essence => 3,
        _ => return None,
    };
    let is_utf8 = |part: &str| !part.starts_with("charset=") || part.trim_matches('"').ends_with("utf-8");
    parts.all(|part| is_utf8(part.trim_end_matches('"'))).then_some(fit)
}

/// The language of the answer: English unless French is preferred.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let mut best = (0, Language::En);
    for range in ranges(headers, &ACCEPT_LANGUAGE) {
        let language = match range.value.split('-').next() {
            Some("fr") => Language::Fr,
            Some("en" | "*") => Language::En,
            _ => continue,
        };
        if range.quality > best.0 {
            best = (range.quality, language);
        }
    }
    best.1
}

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Brotli.
    Br,
    /// Zstandard.
    Zstd,
    /// Gzip.
    Gzip,
}

impl Encoding {
    /// Every encoding; those that make a body smaller first.
    pub(super) const ALL: [Self; 3] = [Self::Br, Self::Zstd, Self::Gzip];

    /// Its name in headers.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Br => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }
}

/// The encodings accepted and not less welcome than a plain body, best first.
pub(super) fn encodings(headers: &HeaderMap) -> Vec<Encoding> {
    let ranges = ranges(headers, &ACCEPT_ENCODING);
    let named = |name: &str| ranges.iter().find(|range| range.value == name).map(|range| range.quality);
    let any = named("*").unwrap_or(0);
    let plain = named("identity").unwrap_or(0);
    let quality = |encoding: Encoding| named(encoding.header()).unwrap_or(any);
    let mut accepted: Vec<_> = Encoding::ALL.into_iter().filter(|&e| quality(e) > 0 && quality(e) >= plain).collect();
    accepted.sort_by_key(|&encoding| std::cmp::Reverse(quality(encoding)));
    accepted
}

/// A range of a header, in lower case, with its quality in thousandths.
struct Range<'h> {
    value: Cow<'h, str>,
    quality: u16,
}

fn ranges<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<Range<'h>> {
    let texts = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).filter_map(|one| range(one.trim())).take(64).collect()
}

fn range(text: &str) -> Option<Range<'_>> {
    let mut value = Cow::Borrowed("");
    let mut quality = 1000;
    for part in text.split(';').map(|part| lower(part.trim())) {
        match part.strip_prefix("q=") {
            Some(number) => {
                let number = number.trim().parse::<f32>().ok().filter(|number| (0.0..=1.0).contains(number))?;
                quality = (number * 1000.0).round() as u16;
            }
            None if value.is_empty() => value = part,
            None => value = format!("{value};{part}").into(),
        }
    }
    (!value.is_empty()).then_some(Range { value, quality })
}

/// In lower case, as it mostly comes.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn events_are_sent_to_whoever_prefers_them() {
        let cases = [
            ("text/event-stream", true),
            ("Text/Event-Stream; charset=utf-8", true),
            ("text/event-stream, */*", true),
            ("text/event-stream, application/json", true),
            ("application/json;q=0.9, text/event-stream", true),
            ("application/json, text/event-stream", false),
            ("application/graphql-response+json, text/event-stream;q=0.9", false),
            ("text/event-stream;q=0", false),
            ("*/*", false),
            ("text/*", false),
            ("", false),
        ];
        for (accept, expected) in cases {
            assert_eq!(prefers_events(&headers(ACCEPT, accept)), expected, "{accept}");
        }
    }

    #[test]
    fn media_types_follow_accept() {
        let (response, json) = (Some(Media::Response), Some(Media::Json));
        let cases = [
            ("*/*", json),
            ("application/*", json),
            ("application/json", json),
            ("application/graphql-response+json", response),
            ("application/graphql-response+json, application/json;q=0.9", response),
            ("application/json, application/graphql-response+json", response),
            ("application/json, application/graphql-response+json;q=0.5", json),
            ("application/graphql-response+json;q=0.1, */*;q=0", response),
            ("application/graphql-response+json;q=0, */*", json),
            ("application/json; charset=UTF-8", json),
            ("application/json; charset=\"utf-8\"", json),
            ("application/json; charset=latin1", None),
            ("text/html, */*;q=0.1", json),
            ("text/html", None),
            ("application/json;q=0", None),
            ("", json),
        ];
        for (accept, expected) in cases {
            assert_eq!(media(&headers(ACCEPT, accept)), expected, "{accept}");
        }
        assert_eq!(media(&HeaderMap::new()), json);
    }

    #[test]
    fn languages_follow_accept_language() {
        let cases = [
            ("", Language::En),
            ("de", Language::En),
            ("fr", Language::Fr),
            ("fr-CA, en;q=0.8", Language::Fr),
            ("fr;q=0.5, en-CA", Language::En),
            ("de, fr;q=0.7, en;q=0.3", Language::Fr),
            ("fr, en", Language::Fr),
            ("en, fr", Language::En),
            ("fr;q=0", Language::En),
            ("FR-ca;Q=0.9, *;q=0.1", Language::Fr),
            ("fr;q=nonsense", Language::En),
        ];
        for (accept, expected) in cases {
            assert_eq!(language(&headers(ACCEPT_LANGUAGE, accept)), expected, "{accept}");
        }
    }

    #[test]
    fn encodings_follow_accept_encoding() {
        let cases: [(&str, &[Encoding]); 9] = [
            ("", &[]),
            ("gzip", &[Encoding::Gzip]),
            ("gzip, deflate, br", &[Encoding::Br, Encoding::Gzip]),
            ("gzip, deflate, br, zstd", &[Encoding::Br, Encoding::Zstd, Encoding::Gzip]),
            ("br;q=0, *", &[Encoding::Zstd, Encoding::Gzip]),
            ("identity", &[]),
            ("br;q=0.2, gzip;q=0", &[Encoding::Br]),
            ("br;q=0.2, gzip;q=0.9", &[Encoding::Gzip, Encoding::Br]),
            ("gzip;q=0.5, identity", &[]),
        ];
        for (accept, expected) in cases {
            assert_eq!(encodings(&headers(ACCEPT_ENCODING, accept)), expected, "{accept}");
        }
    }
}
