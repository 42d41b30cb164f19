//! stub
use super::RelationshipRef;
use crate::model::Language;
impl RelationshipRef<'_> {
    /// A sentence.
    pub fn sentence(self, language: Language) -> String {
        format!("{} {} {}", self.from().name(language), self.kind().name(), self.to().name(language))
    }
}
