//! A folder or file on this machine as a source.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::look::{look, place_of};
use super::{Fault, Source, Watch};
use crate::dataset::{Bounds, Diagnostics, ValidDataset};

/// Reads and checks what lies at a path.
pub type Read = Arc<dyn Fn(&Path) -> Result<ValidDataset, Diagnostics> + Send + Sync>;

/// How often data are read again that changed while they were read, and how long their writer is waited
/// for in between.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// Facts on this machine.
#[derive(Clone)]
pub struct Local {
    path: PathBuf,
    read: Read,
    time: Duration,
}

impl Local {
    /// Whatever `read` makes of `path`, which need not be there all the time.
    pub fn new(
        path: impl Into<PathBuf>,
        read: impl Fn(&Path) -> Result<ValidDataset, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        Self { path: path.into(), read: Arc::new(read), time: Bounds::default().read_time }
    }

    /// With another bound on how long the system may take to tell of one file.
    #[must_use]
    pub fn within(self, bounds: &Bounds) -> Self {
        Self { time: bounds.read_time, ..self }
    }

    fn no_answer(&self) -> Vec<Fault> {
        // The path is no business of those who ask for `/health`.
        vec![Fault::unreachable("the system gives no answer about the data; is their drive there?")]
    }
}

impl Source for Local {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        for _ in 0..ATTEMPTS {
            // Where the path leads is asked once, so that a link that is replaced meanwhile mixes no two
            // folders.
            let Some(place) = place_of(&self.path, self.time) else { return Err(self.no_answer()) };
            let Some(before) = look(&place, self.time) else { return Err(self.no_answer()) };
            let loaded = (self.read)(&place);
            let loaded = loaded.map(Some).map_err(|faults| Fault::of_data(&faults, &place.display().to_string()));
            match look(&place, self.time) {
                Some(after) if after == before => return loaded,
                Some(_) => {}
                // It tells better what the system gives no answer about.
                None => return Err(loaded.err().unwrap_or_else(|| self.no_answer())),
            }
            std::thread::sleep(PAUSE);
        }
        Err(vec![Fault::unsettled(ATTEMPTS)])
    }

    fn watch(&self) -> Watch {
        Watch::Path(self.path.clone())
    }

    fn answer_time(&self) -> Duration {
        self.time
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::dataset::Files;

    fn write(dir: &Path, release: &str) {
        fs::create_dir_all(dir).expect("a folder");
        let text = format!("Release(id: \"{release}\", published: \"2026\", license: \"CC-BY-4.0\")");
        fs::write(dir.join("release.ron"), text).expect("a written file");
    }

    fn read(dir: &Path) -> Result<ValidDataset, Diagnostics> {
        Files::from_dir(dir).and_then(|files| ValidDataset::from_files(&files))
    }

    #[test]
    fn a_link_that_is_replaced_while_its_folder_is_read_mixes_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        for release in ["v0", "v1"] {
            write(&dir.path().join(release), release);
        }
        let data = dir.path().join("data");
        symlink("v0", &data).expect("a link");
        let mut local = Local::new(&data, |place| {
            let next = place.with_file_name("next");
            symlink("v1", &next).expect("a link");
            fs::rename(next, place.with_file_name("data")).expect("a replaced link");
            read(place)
        });
        let release = |local: &mut Local| local.load().expect("valid data").expect("data").release().id.to_string();
        assert_eq!(release(&mut local), "v0", "what was begun is read to its end");
        assert_eq!(release(&mut local), "v1");
    }

    #[test]
    fn data_that_change_whenever_they_are_read_are_not_served() {
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), "first");
        let mut local = Local::new(dir.path(), |place| {
            let loaded = read(place);
            write(place, "second");
            loaded
        });
        let faults = local.load().expect_err("no state of them was read whole");
        assert_eq!(faults, [Fault::unsettled(ATTEMPTS)]);
    }
}
