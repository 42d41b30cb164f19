//! Who may ask: requests are refused by their `Host` and, where the operator says so, by their
//! `Origin`.

use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HOST, ORIGIN, VARY};
use axum::http::{HeaderValue, Request, StatusCode, Version};
use axum::response::Response;

use super::{Limits, message};

/// Hosts and origins that may be served; everything where they are not set.
#[derive(Debug, Default)]
pub(super) struct Access {
    hosts: Option<Vec<String>>,
    origins: Option<Vec<String>>,
}

/// The word that allows no origin but the service's own.
pub(super) const SELF: &str = "self";

impl Access {
    pub(super) fn new(limits: &Limits) -> Self {
        let list = |text: &Option<String>| Some(text.as_ref()?.split(' ').map(str::to_ascii_lowercase).collect());
        Self { hosts: list(&limits.allowed_hosts), origins: list(&limits.allowed_origins) }
    }

    /// Whether answers depend on the origin of a request.
    pub(super) fn is_by_origin(&self) -> bool {
        self.origins.is_some()
    }

    /// The refusal of a request that names its host wrongly, or whose host or origin is not allowed.
    pub(super) fn refusal<B>(&self, request: &Request<B>) -> Option<Response> {
        let mut hosts = request.headers().get_all(HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().ok().filter(|host| is_host(host)),
            (None, None) if request.version() < Version::HTTP_11 => Some(""),
            (None, _) | (Some(_), Some(_)) => None,
        };
        let Some(host) = host else {
            let text = "A request has one header Host, with a name or address and perhaps a port.";
            return Some(message::refusal(StatusCode::BAD_REQUEST, "BAD_REQUEST", text));
        };
        // An address in the request line comes before the header (RFC 9112, section 3.2.2).
        let host = request.uri().authority().map_or(host, |authority| authority.as_str());
        if !self.allows_host(host) {
            let text = "This service does not answer for that host; the option --allowed-hosts lists those it does.";
            return Some(message::refusal(StatusCode::MISDIRECTED_REQUEST, "HOST_NOT_ALLOWED", text));
        }
        let origin = request.headers().get(ORIGIN)?;
        if !self.allows_origin(origin, host) {
            let text = "Pages of that origin may not ask here; the option --allowed-origins lists those that may.";
            return Some(message::refusal(StatusCode::FORBIDDEN, "ORIGIN_NOT_ALLOWED", text));
        }
        None
    }

    fn allows_host(&self, host: &str) -> bool {
        let Some(allowed) = &self.hosts else { return true };
        let host = host.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => name,
            Some(_) | None => &host,
        };
        allowed.iter().any(|one| *one == host || one == name)
    }

    fn allows_origin(&self, origin: &HeaderValue, host: &str) -> bool {
        let Some(allowed) = &self.origins else { return true };
        let Some(origin) = origin.to_str().ok().map(str::to_ascii_lowercase) else { return false };
        // Our own pages send their origin too. A proxy may have taken TLS off, so the scheme says nothing.
        let is_own = origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host));
        is_own || allowed.contains(&origin)
    }

    /// Lets no origin but that of the request read the response; the request was not refused.
    pub(super) fn restrict(origin: Option<HeaderValue>, response: &mut Response) {
        let headers = response.headers_mut();
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN).is_some()
            && let Some(origin) = origin
        {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }
}

/// Whether a text can be the value of `Host`: a name or address, and perhaps a port; or nothing, as of
/// a request about nobody.
fn is_host(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(&byte))
}

impl Limits {
    /// Whether a text is a list of hosts with blanks between them, each with or without a port.
    pub fn are_hosts(text: &str) -> bool {
        text.split(' ').all(|host| !host.is_empty() && is_host(host) && !host.starts_with(':'))
    }

    /// Whether a text is `self`, or a list of origins with blanks between them.
    pub fn are_origins(text: &str) -> bool {
        text == SELF || text.split(' ').all(|origin| !origin.contains('*') && super::limits::is_origin(origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(access: &Access, uri: &str, headers: &[(&str, &str)]) -> u16 {
        let builder = headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
        access.refusal(&builder.body(()).expect("a request")).map_or(200, |refusal| refusal.status().as_u16())
    }

    #[test]
    fn hosts_and_origins_are_those_that_are_allowed() {
        let limits = Limits {
            allowed_hosts: Some("localhost 127.0.0.1:8080 [::1] a.example:443".into()),
            allowed_origins: Some("https://b.example http://c.example:81".into()),
            ..Limits::default()
        };
        let (open, closed) = (Access::default(), Access::new(&limits));
        #[allow(clippy::type_complexity)] // a table
        let cases: [(&[(&str, &str)], u16, u16); 21] = [
            (&[], 400, 400),
            (&[("host", "localhost"), ("host", "localhost")], 400, 400),
            (&[("host", "a b")], 400, 400),
            (&[("host", "user@localhost")], 400, 400),
            (&[("host", "localhost/")], 400, 400),
            (&[("host", "")], 200, 421),
            (&[("host", "LOCALHOST:99")], 200, 200),
            (&[("host", "127.0.0.1:8080")], 200, 200),
            (&[("host", "127.0.0.1:8081")], 200, 421),
            (&[("host", "127.0.0.1")], 200, 421),
            (&[("host", "[::1]:7")], 200, 200),
            (&[("host", "[::1]")], 200, 200),
            (&[("host", "[::2]")], 200, 421),
            (&[("host", "evil.example")], 200, 421),
            (&[("host", "localhost.evil.example")], 200, 421),
            (&[("host", "localhost"), ("origin", "http://localhost")], 200, 200),
            (&[("host", "localhost:5"), ("origin", "http://localhost:5")], 200, 200),
            (&[("host", "localhost:5"), ("origin", "http://localhost:6")], 200, 403),
            (&[("host", "localhost"), ("origin", "https://B.example")], 200, 200),
            (&[("host", "localhost"), ("origin", "http://b.example")], 200, 403),
            (&[("host", "localhost"), ("origin", "null")], 200, 403),
        ];
        for (headers, without, with) in cases {
            assert_eq!((status(&open, "/", headers), status(&closed, "/", headers)), (without, with), "{headers:?}");
        }
        let host = [("host", "localhost")];
        assert_eq!(status(&closed, "http://evil.example/", &host), 421, "the address comes before the header");
        let request = Request::get("/").version(Version::HTTP_10).body(()).expect("a request");
        assert!(open.refusal(&request).is_none(), "HTTP/1.0 has no Host");
    }

    #[test]
    fn lists_are_hosts_and_origins_and_nothing_else() {
        let hosts = [("localhost", true), ("a.example:1 [::1]:2", true), ("", false), ("a  b", false), ("a/b", false)];
        for (text, expected) in hosts {
            assert_eq!(Limits::are_hosts(text), expected, "{text:?}");
        }
        let origins = [
            ("self", true),
            ("https://a.example http://b.example:1", true),
            ("", false),
            ("*", false),
            ("https://*.a.example", false),
            ("https://a.example/", false),
            ("a.example", false),
        ];
        for (text, expected) in origins {
            assert_eq!(Limits::are_origins(text), expected, "{text:?}");
        }
    }
}
