//! The trace that a request is a part of, by the W3C's `traceparent`.

use axum::http::HeaderMap;
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::TraceContextExt;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing::field::display;
use tracing_opentelemetry::OpenTelemetrySpanExt;

struct Headers<'h>(&'h HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}

/// Makes `span` a part of the trace that the request names, if it names one.
pub(super) fn join(span: &Span, headers: &HeaderMap) {
    let Some(parent) = parent(headers) else { return };
    span.record("trace_id", display(parent.span().span_context().trace_id()));
    // Fails where no traces are exported.
    let _ = span.set_parent(parent);
}

fn parent(headers: &HeaderMap) -> Option<Context> {
    headers.get("traceparent")?;
    let parent = TraceContextPropagator::new().extract_with_context(&Context::new(), &Headers(headers));
    parent.has_active_span().then_some(parent)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_trace_is_taken_from_a_well_formed_header_only() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let cases = [
            (format!("00-{trace}-00f067aa0ba902b7-01"), Some(trace)),
            (format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)), None),
            (format!("00-{trace}x-00f067aa0ba902b7-01"), None),
            (format!("00-{}-00f067aa0ba902b7-01", trace.to_uppercase()), None),
            (format!("00-{trace}"), None),
            ("nonsense".into(), None),
        ];
        for (given, expected) in cases {
            let value = HeaderValue::from_str(&given).expect("a value");
            let headers = HeaderMap::from_iter([("traceparent".parse().expect("a name"), value)]);
            let found = parent(&headers).map(|parent| parent.span().span_context().trace_id().to_string());
            assert_eq!(found.as_deref(), expected, "{given}");
        }
        assert!(parent(&HeaderMap::new()).is_none());
    }
}
