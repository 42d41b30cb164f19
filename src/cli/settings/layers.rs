//! What holds in the end: a flag before the environment, that before the file, that before the default.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::table::Opt;
use super::{Settings, file};

/// Who said what a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody.
    Default,
    /// The file of options.
    File(PathBuf),
    /// The environment.
    Environment,
    /// The command line.
    Flag,
}

/// The configuration in force.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The values.
    pub(crate) settings: Settings,
    origins: Vec<(&'static str, Origin)>,
}

/// What the command line says: keys of options and texts of their values.
pub(crate) type Flags = [(&'static str, String)];

/// Works out the configuration. `variable` reads the environment.
///
/// # Errors
/// One sentence that names the option, what was given and what is expected.
pub(crate) fn resolve(
    flags: &Flags,
    variable: impl Fn(&str) -> Option<String>,
    config: Option<&Path>,
) -> Result<Configuration, String> {
    let options = Settings::options();
    let mut settings = Settings::default();
    let mut origins: Vec<_> = options.iter().map(|option| (option.key, Origin::Default)).collect();
    if let Some(path) = config {
        let check = |key: &'static str, text: &str| Settings::default().set(key, text);
        for (key, text) in file::read(path, &options, &check)? {
            set(&mut settings, key, &text, &format!("{}: `{key}`", path.display()))?;
            note(&mut origins, key, Origin::File(path.to_owned()));
        }
    }
    for option in &options {
        let name = option.variable();
        if let Some(text) = variable(&name) {
            set(&mut settings, option.key, &text, &name)?;
            note(&mut origins, option.key, Origin::Environment);
        }
    }
    for (key, text) in flags {
        set(&mut settings, key, text, &format!("--{}", key.replace('_', "-")))?;
        note(&mut origins, key, Origin::Flag);
    }
    settings.agree()?;
    Ok(Configuration { settings, origins })
}

fn set(settings: &mut Settings, key: &str, text: &str, name: &str) -> Result<(), String> {
    settings.set(key, text).map_err(|expected| format!("{name} was given `{text}`; it takes {expected}"))
}

fn note(origins: &mut [(&'static str, Origin)], key: &str, origin: Origin) {
    if let Some(known) = origins.iter_mut().find(|(known, _)| *known == key) {
        known.1 = origin;
    }
}

impl Configuration {
    /// The configuration as a file, with where each value came from.
    pub(crate) fn to_file(&self) -> String {
        let mut text = String::from("// The configuration in force. Save it as a file and give it with --config.\n(\n");
        let mut group = "";
        for option in Settings::options() {
            if option.group != group {
                group = option.group;
                // Writing to a text never fails.
                let _ = writeln!(text, "    // {group}");
            }
            let _ = writeln!(text, "{}", self.line(&option));
        }
        text + ")\n"
    }

    fn line(&self, option: &Opt) -> String {
        let origin = self.origins.iter().find(|(key, _)| *key == option.key).map(|(_, origin)| origin);
        let origin = match origin {
            None | Some(Origin::Default) => "default".to_owned(),
            Some(Origin::File(path)) => path.display().to_string(),
            Some(Origin::Environment) => option.variable(),
            Some(Origin::Flag) => format!("--{}", option.flag()),
        };
        let key = option.key;
        match self.settings.text(key) {
            None => format!("    // {key} is not set"),
            Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => format!("    {key}: {text}, // {origin}"),
            Some(text) => format!("    {key}: {text:?}, // {origin}"),
        }
    }
}
