//! Every limit on connections, requests and answers, in one place.

use std::time::Duration;

use super::Streams;

/// What a client may take of the service at most, and how the service behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at once; more wait until one ends.
    pub connections: usize,
    /// How long the head of a request may take, and a connection may lie idle.
    pub head_time: Duration,
    /// Bytes of a request's head, from its first to the blank line after it. By default a document of full
    /// length in a query string, every sign escaped.
    pub head_bytes: usize,
    /// How long a body may take to arrive, and how long one that is refused is read on.
    pub body_time: Duration,
    /// Bytes of a body that are read.
    pub body_bytes: usize,
    /// Bytes of a refused request that are read and dropped, so that its client comes to read the refusal.
    pub discard_bytes: usize,
    /// How long a client may take nothing of what is sent.
    pub write_time: Duration,
    /// How long a client may take to read a whole answer.
    pub answer_time: Duration,
    /// Files written at once; more wait for `file_wait`.
    pub files: usize,
    /// How long a file may wait for its turn.
    pub file_wait: Duration,
    /// Hosts that are served, with blanks between them; None for all.
    pub allowed_hosts: Option<String>,
    /// Origins whose pages may ask, with blanks between them, or `self`; None for all.
    pub allowed_origins: Option<String>,
    /// How long the service goes on as before once it is told to stop, but for saying that it is not
    /// ready.
    pub grace_time: Duration,
    /// How long requests under way may take after that.
    pub drain_time: Duration,
    /// Questions answered, or waiting to be, at once; whoever comes then is told to come again. Costly
    /// ones may be half of them.
    pub questions: usize,
    /// What web sockets and streams of events may take.
    pub streams: Streams,
    /// Bytes of answers the service keeps; 0 for none.
    pub cache_bytes: u64,
    /// How long others may keep an answer without asking again whether it still holds.
    pub max_age: Duration,
    /// Who may show the pages inside theirs: the value of `frame-ancestors`.
    pub frame_ancestors: String,
    /// Names of operations that have metrics of their own; the others share one.
    pub metric_operations: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            head_time: Duration::from_secs(20),
            head_bytes: 64 * 1024,
            body_time: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            discard_bytes: 16 * 1024 * 1024,
            write_time: Duration::from_secs(30),
            answer_time: Duration::from_secs(600),
            files: 16,
            file_wait: Duration::from_secs(2),
            allowed_hosts: None,
            allowed_origins: None,
            grace_time: Duration::from_secs(5),
            drain_time: Duration::from_secs(10),
            questions: 256,
            streams: Streams::default(),
            cache_bytes: 64 * 1024 * 1024,
            max_age: Duration::ZERO,
            frame_ancestors: "'none'".into(),
            metric_operations: 100,
        }
    }
}

impl Limits {
    /// Whether a text can stand as the value of `frame-ancestors`: `'none'`, or origins and `'self'`
    /// with blanks between them.
    pub fn are_ancestors(text: &str) -> bool {
        text == "'none'" || (!text.is_empty() && text.split(' ').all(|one| one == "'self'" || is_origin(one)))
    }
}

/// Whether a text is an origin: a scheme, a host, perhaps a port.
pub(super) fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let (host, port) = rest.split_once(':').unwrap_or((rest, "443"));
    let host = host.strip_prefix("*.").unwrap_or(host);
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    matches!(scheme, "http" | "https") && is_host && (port == "*" || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ancestors_are_origins_and_nothing_else() {
        let cases = [
            ("'none'", true),
            ("'self'", true),
            ("https://a.example", true),
            ("'self' https://*.a.example http://localhost:3000 https://b.example:*", true),
            ("", false),
            ("*", false),
            ("https:", false),
            ("https://", false),
            ("a.example", false),
            ("'none' https://a.example", false),
            ("https://a.example;", false),
            ("https://a.example; script-src *", false),
            ("https://a.example,https://b.example", false),
            ("https://a.example\r\nX: y", false),
            ("https://a.example  https://b.example", false),
            ("https://a.example:99999", false),
        ];
        for (text, expected) in cases {
            assert_eq!(Limits::are_ancestors(text), expected, "{text:?}");
        }
    }
}
