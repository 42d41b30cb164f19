//! Where traces go: to a collector, by OTLP over HTTP, if one is named.
//!
//! A batch is sent by a thread of its own; whatever becomes of it, requests never wait for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry::{Key, KeyValue, Value};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{self, BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider, SpanData};
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// Spans that wait to be sent; those that come when it is full are dropped.
const QUEUE: usize = 4096;

/// How long it may take to send a batch.
const SEND_TIME: Duration = Duration::from_secs(5);

/// How long it may take at the end to send what is left.
const FLUSH_TIME: Duration = Duration::from_secs(2);

/// The traces of the service; sends what is left when dropped.
pub(super) struct Telemetry(SdkTracerProvider);

impl Telemetry {
    /// Sends traces to the collector at `endpoint`, as `http://127.0.0.1:4318`.
    ///
    /// # Errors
    /// One sentence where that cannot be begun.
    pub(super) fn to(endpoint: &str) -> Result<Self, String> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .with_timeout(SEND_TIME)
            .build()
            .map_err(|error| format!("traces cannot be sent to `{endpoint}`: {error}"))?;
        let exporter = Exporter { exporter, is_away: AtomicBool::new(false) };
        let batches = BatchConfigBuilder::default().with_max_queue_size(QUEUE).build();
        let resource = Resource::builder()
            .with_service_name(env!("CARGO_PKG_NAME"))
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        let provider = SdkTracerProvider::builder()
            .with_span_processor(BatchSpanProcessor::builder(exporter).with_batch_config(batches).build())
            .with_resource(resource.build());
        Ok(Self(provider.build()))
    }

    /// What makes spans of this program part of the traces, whatever is logged.
    pub(super) fn layer<S: Subscriber + for<'s> LookupSpan<'s>>(&self) -> impl Layer<S> + use<S> {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(|event| event.is_span() && event.target().starts_with(env!("CARGO_PKG_NAME"))))
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        // Where the collector is away there is nobody to be told.
        let _ = self.0.shutdown_with_timeout(FLUSH_TIME);
    }
}

/// Sends batches, and says once when it cannot.
#[derive(Debug)]
struct Exporter {
    exporter: SpanExporter,
    is_away: AtomicBool,
}

impl trace::SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let sent = self.exporter.export(batch.into_iter().map(conventional).collect()).await;
        match (&sent, self.is_away.swap(sent.is_err(), Ordering::Relaxed)) {
            (Err(error), false) => tracing::warn!(%error, "traces cannot be sent; they are dropped until they can"),
            (Ok(()), true) => tracing::warn!("traces are sent again"),
            (Ok(()), false) | (Err(_), true) => {}
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

/// A request as the semantic conventions of OpenTelemetry name it and its attributes.
fn conventional(mut span: SpanData) -> SpanData {
    let value = |name: &str| span.attributes.iter().find(|one| one.key.as_str() == name).map(|one| one.value.as_str());
    if let (Some(method), Some(route)) = (value("method"), value("route")) {
        span.name = format!("{method} {route}").into();
        span.span_kind = SpanKind::Server;
    }
    if value("status").is_some_and(|status| status.starts_with('5')) {
        span.status = Status::error(value("codes").unwrap_or_default().into_owned());
    }
    span.attributes = span.attributes.into_iter().filter_map(renamed).collect();
    span
}

fn renamed(attribute: KeyValue) -> Option<KeyValue> {
    let (key, is_number) = match attribute.key.as_str() {
        "method" => ("http.request.method", false),
        "route" => ("http.route", false),
        "status" => ("http.response.status_code", true),
        "operation" => ("graphql.operation.name", false),
        "document" => ("pactgraph.document.hash", false),
        "cost" => ("pactgraph.cost", true),
        "cache" => ("pactgraph.cache", false),
        "codes" => ("error.type", false),
        // The span has them itself.
        "trace_id" | "duration_ms" => return None,
        _ => return Some(attribute),
    };
    // Numbers without a sign come as texts.
    let number = attribute.value.as_str().parse().ok().filter(|_| is_number).map(Value::I64);
    Some(KeyValue::new(Key::from_static_str(key), number.unwrap_or(attribute.value)))
}
