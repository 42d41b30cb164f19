//! "Did you mean …?": the names most like one that is not known, as graphql-js finds them.

/// At most so many names are suggested.
const MOST: usize = 5;

/// The names within a few edits of `input`, nearest first.
pub(super) fn nearest<'n>(input: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    // No name of ours is so long, and the work grows with the square.
    if input.len() > 100 {
        return Vec::new();
    }
    let most = input.chars().count() * 2 / 5 + 1;
    let lower = input.to_lowercase();
    let mut near: Vec<_> =
        names.into_iter().filter_map(|name| Some((distance(input, &lower, name, most)?, name))).collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name).collect()
}

/// A change of case alone counts as one edit.
fn distance(input: &str, lower: &str, name: &str, most: usize) -> Option<usize> {
    if input == name {
        return Some(0);
    }
    let name = name.to_lowercase();
    if lower == name {
        return Some(1);
    }
    if lower.len().abs_diff(name.len()) > most {
        return None;
    }
    Some(strsim::osa_distance(lower, &name)).filter(|distance| *distance <= most)
}

/// The question behind a sentence; empty where there is nothing to suggest.
pub(super) fn did_you_mean(what: &str, names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().take(MOST).map(|name| format!("\"{name}\"")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => format!(" Did you mean {what}{one}?"),
        [one, other] => format!(" Did you mean {what}{one} or {other}?"),
        [first @ .., last] => format!(" Did you mean {what}{}, or {last}?", first.join(", ")),
    }
}
