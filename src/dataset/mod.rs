//! stub
use crate::model::{Node, Release, Source, Statement};
/// Records.
pub struct Records {
    /// n
    pub nodes: Vec<Node>,
    /// s
    pub statements: Vec<Statement>,
    /// s
    pub sources: Vec<Source>,
    /// r
    pub release: Release,
}
/// V.
pub struct ValidDataset {
    records: Records,
    digest: String,
}
impl ValidDataset {
    /// f
    pub fn from_records(records: Records, digest: String) -> Result<Self, ()> {
        Ok(Self { records, digest })
    }
    /// i
    pub fn into_parts(self) -> (Records, String) {
        (self.records, self.digest)
    }
}
