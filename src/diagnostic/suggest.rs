//! The nearest of some known words to one that is unknown, for "did you mean".

/// The candidate most like `word`, where one is like enough to be what was meant.
///
/// Likeness is the Damerau-Levenshtein distance of the lower-case words, allowed up to a third of the longer
/// word's characters and at least one edit; of two equally near the first wins. A word and its plural are one.
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
            // A transposition alone is one edit; without any shared letter nothing is near.
            let distance = strsim::damerau_levenshtein(&word, &other);
            (distance <= allowed && distance < word.chars().count().max(1)).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A word in small letters without the ending of its plural, so that `agency` and `agencies` give the same.
fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned(),
    }
}

/// `did you mean `x`?`, where there is a near candidate.
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
