//! Where events go: standard error, for people or for programs.

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use super::settings::{LogFormat, Settings};

/// Starts logging.
pub(super) fn start(settings: &Settings) {
    let layer = match settings.log_format {
        LogFormat::Text => fmt::layer().with_writer(std::io::stderr).boxed(),
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).boxed(),
    };
    let layer = layer.with_filter(EnvFilter::new(&settings.log));
    // Fails where there is a subscriber already, which then logs instead.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}
