//! What the tests in Python share: an environment with what they need, and programs run to their end.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// A Python with the packages of `tests/<name>/requirements.txt`; none, with a word why, where it or one of
/// the other programs cannot be had. With `CI` set that is a fault. Each program comes with an argument
/// under which it only says that it is there.
pub(crate) fn environment(name: &str, others: &[(&str, &str)]) -> Option<PathBuf> {
    let starts = |(program, argument): &(&str, &str)| {
        let quiet = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok_and(|status| status.success())
    };
    let wanted = [&[("python3", "--version")], others].concat();
    if let Some((missing, _)) = wanted.iter().find(|program| !starts(program)) {
        let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
        assert!(!is_ci, "tests/{name} cannot run: {missing} must be installed");
        println!("tests/{name} is skipped: {missing} is not installed.");
        return None;
    }
    Some(installed(name))
}

fn installed(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let python = folder.join("bin/python");
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name).join("requirements.txt");
    let wanted = fs::read(&requirements).expect("requirements.txt");
    let stamp = folder.join("pactgraph");
    if !fs::read(&stamp).is_ok_and(|stamp| stamp == wanted) {
        finish(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        finish(Command::new(&python).args(install).arg(&requirements));
        fs::write(stamp, wanted).expect("a note of what is installed");
    }
    python
}

/// What a program printed, once it has ended well.
pub(crate) fn finish(program: &mut Command) -> String {
    let output = program.stdin(Stdio::null()).output().expect("the program starts");
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{program:?} failed ({}):\n{printed}", output.status);
    printed
}
