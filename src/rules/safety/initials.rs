//! Children and adults named by their initials: `Child J.S.`. Pseudonyms such as `Child A` or `Adult BC` are fine.

use super::around::{begins_word, char_at, ends_word, is_any_of, phrase_at, skip_space, word_before};

/// Words for people that are followed by a pseudonym or by initials.
const PEOPLE: &[&str] = &["child", "children", "adult", "adults", "baby", "babies", "infant", "infants"];

/// Where the initials end of a person whom the text begins to name at `start`, a place where a word begins.
pub fn at(text: &str, start: usize) -> Option<usize> {
    let after = PEOPLE.iter().find_map(|word| phrase_at(text, start, word))?;
    let mut at = skip_space(text, after);
    if let Some('(' | ':' | ',') = char_at(text, at) {
        at = skip_space(text, at + 1);
    }
    if at == after {
        return None;
    }
    let mut end = initial(text, at)?;
    let mut initials = 1;
    loop {
        // `J. S.` is initials, `J. It` and `A. I` are the end of one sentence and the start of another.
        let space = skip_space(text, end);
        let is_joined = space == end;
        if let Some(next) = initial(text, space) {
            end = next;
        } else if is_joined && is_letter(text, end) {
            return Some(end + 1);
        } else {
            break;
        }
        initials += 1;
    }
    (initials > 1).then_some(end)
}

/// Whether the word that begins at `start` is a pseudonym: one or two capitals after a word for a person, `Adult BC`.
pub fn is_pseudonym(text: &str, start: usize) -> bool {
    let capitals = text.get(start..).unwrap_or_default().bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=2).contains(&capitals)
        && ends_word(text, start + capitals)
        && word_before(text, start)
            .is_some_and(|(_, word)| word.starts_with(char::is_uppercase) && is_any_of(word, PEOPLE))
}

/// Whether a capital stands alone at `at`: the last of `J.S`.
fn is_letter(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_ascii_uppercase()) && begins_word(text, at) && ends_word(text, at + 1)
}

/// The place after one initial with its full stop.
fn initial(text: &str, at: usize) -> Option<usize> {
    let is_initial = begins_word(text, at) && char_at(text, at)?.is_ascii_uppercase() && char_at(text, at + 1)? == '.';
    is_initial.then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::Kind::Initials)
    }

    #[test]
    fn initials_are_found() {
        assert_eq!(check("the review of Child J.S. was"), "Child J.S.");
        assert_eq!(check("Child J. S. was"), "Child J. S.");
        assert_eq!(check("Adult M.K."), "Adult M.K.");
        assert_eq!(check("baby J.S was"), "baby J.S");
        assert_eq!(check("an adult (M.K.)"), "adult (M.K.");
        assert_eq!(check("Child J.M.S.’s plan"), "Child J.M.S.");
        assert_eq!(check("Children J.S. and M.K."), "Children J.S.");
    }

    #[test]
    fn pseudonyms_are_fine() {
        for text in [
            "Child A",
            "Adult BC",
            "Baby P.",
            "Child A. It was",
            "We met Child A. I was there",
            "Adult A.B",
            "Child A.Then",
            "Child Abuse",
            "Child e.g.",
            "Adult J. Smith",
            "Grandchild J.S.",
            "Childs J.S.",
            "child.J.S.",
            "children, i.e. all",
        ] {
            let expected = if text == "Adult A.B" { "Adult A.B" } else { "" };
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
