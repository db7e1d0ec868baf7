//! Counts without a word for people directly after the number: those in a group named before, and deaths.

use super::vocabulary::{ADJECTIVES, ADJECTIVES_BETWEEN, DEATHS, THINGS};
use super::{LOOK, is_number, people};
use crate::rules::safety::text_cursor::{
    is_any_of, is_hyphen, near_before, phrase_at, sentence_before, skip_space, word_at,
};

/// Whether the sentence before a number names the whole of which it is a part: `Of the 33 children, 3 died`.
pub(super) fn is_counted(text: &str, start: usize) -> bool {
    let sentence = sentence_before(near_before(text, start, LOOK)).trim();
    let Some(whole) = sentence.strip_suffix(',') else { return false };
    let Some(of) =
        ["of the", "of these", "of those", "of our", "of"].iter().find_map(|words| phrase_at(whole, 0, words))
    else {
        return false;
    };
    let mut at = skip_space(whole, of);
    for _ in 0..=ADJECTIVES_BETWEEN {
        if people(whole, at, false).is_some_and(|people| people.is_several && people.end == whole.len()) {
            return true;
        }
        let word = word_at(whole, at);
        if word.is_empty() || !(is_number(word) || is_any_of(word, ADJECTIVES) || word.contains(is_hyphen)) {
            return false;
        }
        at = skip_space(whole, at + word.len());
    }
    false
}

/// The end of the deaths of people whose words end at `end`: `two child deaths`.
pub(super) fn deaths(text: &str, end: usize) -> Option<usize> {
    let at = skip_space(text, end);
    let deaths = DEATHS.iter().find_map(|word| phrase_at(text, at, word)).filter(|_| at > end)?;
    (!is_any_of(word_at(text, skip_space(text, deaths)), THINGS)).then_some(deaths)
}

#[cfg(test)]
mod tests {
    use crate::rules::safety::FindingKind;
    use crate::rules::safety::tests::found;

    fn check(text: &str) -> String {
        found(text, FindingKind::SmallCount)
    }

    #[test]
    fn parts_of_groups_and_deaths_are_found() {
        assert_eq!(check("3 unaccompanied asylum-seeking children came"), "3 unaccompanied asylum-seeking children");
        assert_eq!(check("helped 3 domestic abuse victims"), "3 domestic abuse victims");
        assert_eq!(check("Of the 33 children, 3 died."), "3");
        assert_eq!(check("Of our 12 young people, two were arrested."), "two");
        assert_eq!(check("Of the 33 audits of children, 3 were good."), "");
        assert_eq!(check("Of the 33 children, 3 teams helped 30."), "");
        assert_eq!(check("Two child deaths"), "Two child deaths");
        assert_eq!(check("two child deaths panels"), "");
        assert_eq!(check("two domestic abuse services"), "");
        assert_eq!(check("two domestic abuse victims' groups"), "");
    }
}
