//! Finds the known word nearest to an unknown one, for "did you mean".

/// The candidate nearest to `word`, if one is near enough to have been meant.
///
/// Compares lower-case words by Damerau-Levenshtein distance. The distance may be up to a third of the longer word's
/// characters, and at least one edit. Of two equally near candidates the first wins. A word equals its plural.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            if singular(&word) == singular(&other) {
                return Some((0, candidate));
            }
            let allowed = (word.chars().count().max(other.chars().count()) / 3).max(1);
            // A transposition counts as one edit. Words without a shared letter are never near.
            let distance = strsim::damerau_levenshtein(&word, &other);
            (distance <= allowed && distance < word.chars().count().max(1)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A lower-case word without its plural ending: `agency` for both `agency` and `agencies`.
fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned(),
    }
}

/// `` did you mean `x`? ``, if there is a near candidate.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["title", "period", "priorities"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("Priorites", known), Some("priorities"));
        assert_eq!(nearest("agencies", known), None);
        assert_eq!(nearest("agency", ["title", "agencies"]), Some("agencies"));
        assert_eq!(nearest("Boards", ["board"]), Some("board"));
        assert_eq!(nearest("x", ["y"]), None);
    }
}
