//! Where events go: to standard error, for people or for programs.

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use super::settings::{LogFormat, Settings};
use super::telemetry::Telemetry;

/// Starts logging, and sending traces where that is asked for, until the result is dropped.
///
/// # Errors
/// One sentence where traces cannot be sent as asked for.
pub(super) fn start(settings: &Settings) -> Result<Option<Telemetry>, String> {
    let telemetry = settings.otlp_endpoint.as_deref().map(Telemetry::to).transpose()?;
    let layer = match settings.log_format {
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).boxed(),
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed(),
    };
    let layer = layer.with_filter(EnvFilter::new(&settings.log));
    let traces = telemetry.as_ref().map(Telemetry::layer);
    // Fails where there is a subscriber already, which then logs instead.
    let _ = tracing_subscriber::registry().with(layer).with(traces).try_init();
    Ok(telemetry)
}
