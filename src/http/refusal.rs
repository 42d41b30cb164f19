//! Refusals where hyper answers by itself, or cannot answer at all: in our words, with all headers.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;

use super::access::Access;
use super::client_socket::Received;
use super::secure::{self, Policy};
use super::{Limits, message};

/// Headers that hyper reads of a request; more are refused.
const MOST_HEADERS: usize = 100;

/// Seconds from 1970 to the year 10000, which no `Date` can name.
const END_OF_DATES: Duration = Duration::from_secs(253_402_300_800);

/// What holds for every answer, whoever gives it.
pub(super) struct Rules {
    pub(super) policy: Policy,
    pub(super) access: Access,
    head_bytes: usize,
}

impl Rules {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            policy: Policy::new(&limits.frame_ancestors),
            access: Access::new(limits),
            head_bytes: limits.head_bytes,
        }
    }

    /// A whole response as it goes over the line, which ends with it.
    pub(super) fn refusal(&self, status: StatusCode, code: &'static str, text: &str) -> Vec<u8> {
        let body = message::errors(code, text);
        let mut response = message::refusal(status, code, text);
        if self.access.is_by_origin() {
            response.headers_mut().remove(ACCESS_CONTROL_ALLOW_ORIGIN);
        }
        secure::protect(&self.policy, &mut response);
        let reason = status.canonical_reason().unwrap_or_default();
        let length = body.len();
        let mut written =
            format!("HTTP/1.1 {} {reason}\r\nconnection: close\r\ncontent-length: {length}\r\n", status.as_str());
        let now = SystemTime::now();
        if is_date(now) {
            written += &format!("date: {}\r\n", httpdate::fmt_http_date(now));
        }
        for (name, value) in response.headers() {
            written.extend([name.as_str(), ": ", value.to_str().unwrap_or_default(), "\r\n"]);
        }
        written += "\r\n";
        [written.into_bytes(), body.into_bytes()].concat()
    }

    /// The refusal to be sent instead of one that hyper wrote by itself, which has no body and none of our
    /// headers. Returns None for our own answers.
    pub(super) fn instead_of(&self, head: &[u8], received: Received) -> Option<Vec<u8>> {
        let status = head.strip_prefix(b"HTTP/1.1 ").or_else(|| head.strip_prefix(b"HTTP/1.0 "))?.first_chunk::<3>()?;
        // A whole head in one piece, which no part of an answer of ours is.
        let is_by_hyper = head.len() < 256 && head.ends_with(b"\r\n\r\n") && !has(head, MARK);
        if !(is_by_hyper && [b"400", b"414", b"431"].contains(&status)) {
            return None;
        }
        // Of a body of 2^64 bytes, of a long address and of a large head hyper says the same. What came along
        // with the request before was not counted.
        let Received { bytes, lines, first_line } = received;
        let is_small = bytes > 0 && bytes < self.head_bytes && lines <= MOST_HEADERS;
        Some(match status {
            b"414" => self.long_address(),
            b"431" if first_line >= self.head_bytes => self.long_address(),
            b"431" if !is_small => {
                let most = self.head_bytes;
                let text = format!("The head of a request has at most {most} bytes and {MOST_HEADERS} headers.");
                self.refusal(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "HEAD_TOO_LARGE", &text)
            }
            _ => self.bad_request(),
        })
    }

    fn long_address(&self) -> Vec<u8> {
        let text = format!("The head of a request, its address included, has at most {} bytes.", self.head_bytes);
        self.refusal(StatusCode::URI_TOO_LONG, "URI_TOO_LONG", &text)
    }

    /// The refusal of what is no request.
    pub(super) fn bad_request(&self) -> Vec<u8> {
        self.refusal(StatusCode::BAD_REQUEST, "BAD_REQUEST", "This is no request of HTTP/1.1.")
    }

    /// The refusal of a head that never ends.
    pub(super) fn slow_head(&self) -> Vec<u8> {
        let text = "The head of the request took too long to arrive.";
        self.refusal(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", text)
    }

    /// The refusal of everything at a time that HTTP cannot write down, at which hyper would panic.
    pub(super) fn no_date(&self, now: SystemTime) -> Option<Vec<u8>> {
        (!is_date(now)).then(|| {
            let text = "The clock of the service is before 1970 or after 9999; it has to be set.";
            self.refusal(StatusCode::SERVICE_UNAVAILABLE, "CLOCK_NOT_SET", text)
        })
    }
}

/// Whether a `Date` can name a time.
fn is_date(time: SystemTime) -> bool {
    time.duration_since(UNIX_EPOCH).is_ok_and(|since| since < END_OF_DATES)
}

/// A header that all answers of ours have.
const MARK: &[u8] = b"x-content-type-options";

fn has(head: &[u8], word: &[u8]) -> bool {
    head.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_date_is_refused() {
        let rules = Rules::new(&Limits::default());
        let second = Duration::from_secs(1);
        let (first, last) = (UNIX_EPOCH, UNIX_EPOCH + END_OF_DATES - second);
        for (now, is_refused) in [(first, false), (last, false), (first - second, true), (last + second, true)] {
            let refusal = rules.no_date(now).map(|refusal| String::from_utf8(refusal).expect("a text"));
            assert_eq!(refusal.is_some(), is_refused, "{now:?}");
            assert!(refusal.is_none_or(|text| text.starts_with("HTTP/1.1 503 ")), "{now:?}");
        }
    }

    #[test]
    fn our_own_refusals_are_sent_as_they_are() {
        let rules = Rules::new(&Limits::default());
        let received = Received { bytes: 20, lines: 3, first_line: 16 };
        assert!(rules.instead_of(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", received).is_some());
        assert!(rules.instead_of(&rules.bad_request(), received).is_none());
        assert!(rules.instead_of(b"HTTP/1.1 200 OK\r\n\r\n", received).is_none());
        assert!(rules.instead_of(b"400 414 431\r\n\r\n", received).is_none());
        assert!(rules.instead_of(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n", received).is_none());
    }
}
