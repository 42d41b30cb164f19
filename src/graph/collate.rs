//! stub
pub(super) fn ranks<'a>(names: impl Iterator<Item = &'a str>, _l: crate::model::Language) -> Vec<u32> {
    names.enumerate().map(|(n, _)| n as u32).collect()
}
