//! Compares the values and entries of a translated YAML file with those of its original, whose facts count.

use std::fmt::Display;

use crate::diagnostic::located::counted;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity, Span, quoted_list};
use crate::source::yaml::Spanned;

/// A translated file that is compared with its original.
pub(super) struct TranslatedFile<'a> {
    /// Its path, which is that of the original too.
    pub file: &'a RelPath,
    pub found: &'a mut Vec<Diagnostic>,
}

/// An entry of a list that is found again in the translation by its key.
pub(super) trait TranslatedEntry: Clone {
    /// What it is, in words.
    const KIND: &'static str;

    /// The value that both languages have.
    fn key(&self) -> &str;

    /// Where it is in the file.
    fn place(&self, file: &RelPath) -> Location;

    /// The same for a file in which it is not.
    fn without_place(self) -> Self;
}

impl TranslatedFile<'_> {
    pub(super) fn whole(&self) -> Location {
        Location::whole(self.file)
    }

    /// Reports that the two languages disagree.
    pub(super) fn report(&mut self, place: Location, message: String) {
        let differs = Diagnostic::new(Code::BadValue, place, message);
        self.found.push(differs.help("write the same value in both files"));
    }

    fn warn(&mut self, place: Location, message: String, help: String) {
        let mut lacking = Diagnostic::new(Code::BadValue, place, message);
        lacking.severity = Severity::Warning;
        self.found.push(lacking.help(help));
    }

    /// Takes a value from the original. It is reported if the translation states another; `shown` is `None` where it states
    /// none.
    pub(super) fn take<T: Clone>(
        &mut self,
        here: &mut T,
        there: &T,
        shown: impl Fn(&T) -> Option<String>,
        name: &str,
        place: &Location,
    ) {
        let (is, original) = (shown(here), shown(there));
        if let Some(is) = is.filter(|is| original.as_ref() != Some(is)) {
            let (file, place) = (self.file.name(), place.clone());
            let message = match original {
                Some(original) => format!("{name} is `{is}` here, but `{original}` in `{file}`"),
                None => format!("{name} is `{is}` here, but not given in `{file}`"),
            };
            self.report(place, message);
        }
        here.clone_from(there);
    }

    /// The same for a value with its place.
    pub(super) fn take_spanned<T: Clone + Display>(
        &mut self,
        here: &mut Option<Spanned<T>>,
        there: Option<&Spanned<T>>,
        name: &str,
    ) {
        let span = here.as_ref().map_or(Span::at(0), |here| here.span);
        let mut value = here.take().map(|here| here.value);
        let place = Location::new(self.file, span);
        let shown = |value: &Option<T>| value.as_ref().map(ToString::to_string);
        self.take(&mut value, &there.map(|there| there.value.clone()), shown, name, &place);
        *here = value.map(|value| Spanned::new(value, span));
    }

    /// The same for a figure that may be written in another way in another language. Its numbers count.
    pub(super) fn take_figure(
        &mut self,
        here: &mut Option<String>,
        there: Option<&String>,
        name: &str,
        place: &Location,
    ) {
        let is_same = here.as_ref().zip(there).is_some_and(|(here, there)| have_same_numbers(here, there));
        if !is_same {
            self.take(here, &there.cloned(), Clone::clone, name, place);
        }
    }

    /// Whether the translation has as many items as the original. If not, it is said, unless it has none.
    pub(super) fn has_as_many(&mut self, here: usize, there: usize, what: &str) -> bool {
        let place = self.whole();
        self.has_as_many_at(here, there, what, &place)
    }

    /// The same for items at a place.
    pub(super) fn has_as_many_at(&mut self, here: usize, there: usize, what: &str, place: &Location) -> bool {
        if here != there && here > 0 {
            let message = format!("this translation has {}; the original has {there}", counted(here, what));
            self.warn(place.clone(), message, format!("translate every {what}, in the same order"));
        }
        here == there
    }

    /// Takes the entries of a list from the original, each with the translation's words where it has them. What only one of
    /// them has is reported if both could be read whole.
    pub(super) fn entries<T: TranslatedEntry>(
        &mut self,
        here: &mut Vec<T>,
        there: &[T],
        is_complete: bool,
        mut adopt: impl FnMut(&mut Self, &mut T, &T),
    ) {
        let mut translated = std::mem::take(here);
        let mut lacking = Vec::new();
        for own in there {
            if let Some(at) = translated.iter().position(|entry| entry.key() == own.key()) {
                let mut entry = translated.remove(at);
                adopt(self, &mut entry, own);
                here.push(entry);
            } else {
                lacking.push(own.key());
                here.push(own.clone().without_place());
            }
        }
        // A body that is only mentioned has no entry here.
        let is_extra = |entry: &T| is_complete && entry.place(self.file).file == *self.file;
        let (extra, mentioned): (Vec<T>, Vec<T>) = translated.into_iter().partition(is_extra);
        here.extend(mentioned);
        // An entry with another key is one mistake, and not also one that is lacking.
        if is_complete && lacking.len() > extra.len() {
            let (kind, keys) = (T::KIND, quoted_list(&lacking));
            let are = if lacking.len() == 1 { "it is" } else { "they are" };
            let message = format!("this translation lacks the {kind} {keys}, so {are} shown untranslated");
            self.warn(
                self.whole(),
                message,
                "add the missing entries, with the same values as in the original".to_owned(),
            );
        }
        for entry in extra {
            let help = match lacking[..] {
                [] => "add it there, or remove it here".to_owned(),
                _ => format!("name it as in the original: {}", quoted_list(&lacking)),
            };
            let message = format!("the original has no {} `{}`", T::KIND, entry.key());
            self.found.push(Diagnostic::new(Code::UnknownId, entry.place(self.file), message).help(help));
        }
    }
}

/// Whether two figures may have the same numbers, in whatever way they are written: `£1.2 million`, `£1,2 miliwn`. What is
/// written without digits may.
fn have_same_numbers(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (a, b) = (digits(one), digits(other));
    // A word such as `million` may mean zeros.
    let has_word = [one, other].iter().any(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let trimmed = |digits: &str| digits.trim_end_matches('0').to_owned();
    a.is_empty() || b.is_empty() || a == b || (has_word && a.len().abs_diff(b.len()) > 2 && trimmed(&a) == trimmed(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_the_same_by_their_numbers() {
        for (one, other) in [
            ("92%", "92 %"),
            ("£1.2 million", "£1,2 miliwn"),
            ("1,234", "1 234"),
            ("1.5 million", "1,500,000"),
            ("one in three", "1 o bob 3"),
        ] {
            assert!(have_same_numbers(one, other), "{one}");
        }
        for (one, other) in [("92%", "29%"), ("90%", "9%"), ("90 people", "9 o bobl"), ("1.2 million", "1.3 miliwn")] {
            assert!(!have_same_numbers(one, other), "{one}");
        }
    }
}
