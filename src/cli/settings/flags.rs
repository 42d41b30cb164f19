//! The options on the command line, one for each row of the table.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use super::table::Opt;
use super::{Configuration, Settings, resolve};
use crate::cli::data::DataArgs;

/// The options that other commands have too.
const SHARED: [&str; 8] =
    ["data", "releases", "poll", "cache_dir", "sheet_bytes", "folder_bytes", "pack_bytes", "read_time"];

/// The groups that everybody may need; the others are in `--help`, not in `-h`.
const COMMON: [&str; 2] = ["Where and what it serves", "What it tells"];

const CONFIG: &str = "config";
const PRINT: &str = "print_config";

/// What the command line says about the service.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    given: Vec<(&'static str, String)>,
    config: Option<PathBuf>,
    /// Whether to print the configuration and stop.
    pub(crate) print: bool,
}

impl Flags {
    /// Whether the command line says anything.
    pub(crate) fn is_given(&self) -> bool {
        !self.given.is_empty() || self.config.is_some() || self.print
    }

    /// The configuration of these flags, the environment and the file.
    ///
    /// # Errors
    /// One sentence that names the option, what was given and what is expected.
    pub(crate) fn configuration(&self, data: &DataArgs) -> Result<Configuration, String> {
        let variable = |name: &str| std::env::var(name).ok();
        let config = self.config.clone().or_else(|| variable("PACTGRAPH_CONFIG").map(PathBuf::from));
        let mut flags = self.given.clone();
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let DataArgs { data, releases, poll, cache_dir, bounds } = data;
        let [sheet, folder, pack, time] = bounds.texts().map(|(_, text)| text.cloned());
        let poll = poll.map(|seconds| seconds.to_string());
        let shared = [path(data), path(releases), poll, path(cache_dir), sheet, folder, pack, time];
        for (key, text) in SHARED.into_iter().zip(shared) {
            let name = format!("PACTGRAPH_{}", key.to_ascii_uppercase());
            // The shared options read the environment themselves; what stands there is no flag.
            flags.extend(text.filter(|text| variable(&name).as_ref() != Some(text)).map(|text| (key, text)));
        }
        resolve(&flags, variable, config.as_deref())
    }
}

fn argument(option: &Opt) -> Arg {
    let default = option.default.as_ref().map_or(String::new(), |default| format!(" [default: {default}]"));
    let (says, expected) = (option.says, &option.expected);
    Arg::new(option.key)
        .long(option.flag())
        .value_name(option.sign)
        .help(format!("{says}{default}"))
        .long_help(format!("{says}: {expected}{default}"))
        .help_heading(option.group)
        .hide_short_help(!COMMON.contains(&option.group))
        .action(ArgAction::Set)
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        let options = Settings::options();
        let arguments = options.iter().filter(|option| !SHARED.contains(&option.key)).map(argument);
        let config = Arg::new(CONFIG)
            .long("config")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("A file of options, as --print-config writes it; flags and the environment come before it")
            .long_help(
                "A file of options, as --print-config writes it. A flag comes before the environment, that before the \
                 file. In the environment each option has its name in capitals behind PACTGRAPH_, as in \
                 PACTGRAPH_LISTEN; PACTGRAPH_CONFIG names the file",
            );
        let print = Arg::new(PRINT)
            .long("print-config")
            .action(ArgAction::SetTrue)
            .help("Print the configuration that results, with where each value came from, and stop");
        command.args([config, print]).args(arguments)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let options = Settings::options();
        let own = options.iter().map(|option| option.key).filter(|key| !SHARED.contains(key));
        let given = own.filter_map(|key| Some((key, matches.get_one::<String>(key)?.clone()))).collect();
        Ok(Self { given, config: matches.get_one(CONFIG).cloned(), print: matches.get_flag(PRINT) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
