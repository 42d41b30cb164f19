//! Builds the page of `web/` into `OUT_DIR/web`, from where it is embedded.
//!
//! The folder always exists; it is empty where there was no Node, or where `PACTGRAPH_SKIP_WEB` is `1`.
//! All work is done on a copy in `OUT_DIR/web-src`, and npm is only run when a source has changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::{env, fs, io};

/// What the page is made of. The copy keeps the places, so that paths between them hold.
const SOURCES: [&str; 3] = ["web", "graph-data/queries", "schema.graphql"];
/// What npm leaves in `web/` of those who work on the page.
const NOT_SOURCES: [&str; 2] = ["node_modules", "dist"];
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PACTGRAPH_SKIP_WEB");
    println!("cargo:rerun-if-env-changed=CI");

    let sources = sources()?;
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let page = out.join("web");
    remove(&page)?;
    fs::create_dir_all(&page)?;
    if env::var_os("PACTGRAPH_SKIP_WEB").is_some_and(|value| value == "1") {
        return Ok(());
    }

    match build(&sources, &out.join("web-src")) {
        Ok(dist) => copy_folder(&dist, &page),
        Err(fault) if env::var_os("CI").is_some_and(|value| !value.is_empty()) => {
            eprintln!("The page of web/ could not be built: {fault}");
            exit(1)
        }
        Err(fault) => {
            println!(
                "cargo:warning=The explorer and GraphiQL are left out of this build: {}",
                fault.lines().next().unwrap_or_default()
            );
            println!(
                "cargo:warning=To have them, install Node 20.19 or later with npm, then `touch build.rs` and build \
                 again (CI=1 shows all of npm's output)."
            );
            Ok(())
        }
    }
}

/// Every source by its path, and the words to cargo that watch them.
fn sources() -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for root in SOURCES {
        if Path::new(root).is_file() {
            println!("cargo:rerun-if-changed={root}");
            read(Path::new(root), &mut files)?;
            continue;
        }
        for entry in fs::read_dir(root)? {
            let entry = entry?;
            if NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            println!("cargo:rerun-if-changed={}", entry.path().display());
            read(&entry.path(), &mut files)?;
        }
    }
    // For examples that come and go; `web/` itself is not watched, since npm writes into it.
    println!("cargo:rerun-if-changed=graph-data/queries");
    Ok(files)
}

fn read(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            read(&entry?.path(), files)?;
        }
    } else {
        files.insert(path.to_owned(), fs::read(path)?);
    }
    Ok(())
}

/// The folder with the built page.
fn build(sources: &BTreeMap<PathBuf, Vec<u8>>, copy: &Path) -> Result<PathBuf, String> {
    let web = copy.join("web");
    let dist = web.join("dist");
    let built = Stamp { file: copy.join("built"), digest: digest(sources) };
    if built.is_current() && dist.is_dir() {
        return Ok(dist);
    }
    let lock = sources.get(Path::new("web/package-lock.json"));
    let installed = Stamp { file: web.join("node_modules/.pactgraph"), digest: digest(&lock) };

    write_copy(sources, copy, &web).map_err(|fault| format!("{}: {fault}", copy.display()))?;
    if !installed.is_current() {
        npm(&web, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])?;
        installed.set()?;
    }
    npm(&web, &["run", "build"])?;
    built.set()?;
    Ok(dist)
}

/// Makes the copy equal to the sources, but for the installed packages.
fn write_copy(sources: &BTreeMap<PathBuf, Vec<u8>>, copy: &Path, web: &Path) -> io::Result<()> {
    fs::create_dir_all(web)?;
    for entry in fs::read_dir(web)?.chain(fs::read_dir(copy)?) {
        let path = entry?.path();
        if path != web && !path.ends_with("node_modules") {
            remove(&path)?;
        }
    }
    for (path, bytes) in sources {
        let to = copy.join(path);
        fs::create_dir_all(to.parent().unwrap_or(copy))?;
        fs::write(to, bytes)?;
    }
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let command = format!("npm {}", arguments.join(" "));
    let run = Command::new(NPM).args(arguments).current_dir(folder).output();
    let output = run.map_err(|fault| format!("`{command}` did not start ({fault})."))?;
    if output.status.success() {
        return Ok(());
    }
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    Err(format!("`{command}` failed ({}).\n{stdout}\n{stderr}", output.status))
}

/// A file that says for which input a step was last done.
struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|digest| digest == self.digest)
    }

    fn set(&self) -> Result<(), String> {
        fs::write(&self.file, &self.digest).map_err(|fault| format!("{}: {fault}", self.file.display()))
    }
}

fn digest(value: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.or_else(|fault| if fault.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(fault) })
}
