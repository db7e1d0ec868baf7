//! Applies replacements to a text.

use std::collections::BTreeMap;

use crate::diagnostic::{Fix, TextEdit};

/// The text with the replacements made, which may be in any order.
///
/// `None` if one of them is outside the text, splits a character, or overlaps another.
#[must_use]
pub(crate) fn replace(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        new.push_str(text.get(done..edit.span.start as usize)?);
        text.get(edit.span.range())?;
        new.push_str(&edit.replacement);
        done = edit.span.end as usize;
    }
    new.push_str(text.get(done..)?);
    Some(new)
}

/// The text with as many of the fixes applied as do not touch one another, the earlier first, and how many those are.
#[must_use]
pub(crate) fn apply(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut edits: Vec<TextEdit> = Vec::new();
    // Where each of them begins and ends.
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        let touches = |edit: &TextEdit| {
            let before = places.range(..=edit.span.end).next_back();
            before.is_some_and(|(_, end)| edit.span.start <= *end)
        };
        if fix.edits.iter().any(touches) || replace(text, &fix.edits).is_none() {
            continue;
        }
        places.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        edits.extend(fix.edits.iter().cloned());
        applied += 1;
    }
    (replace(text, &edits).unwrap_or_else(|| text.to_owned()), applied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn edit(start: usize, end: usize, replacement: &str) -> TextEdit {
        TextEdit::new(Span::new(start, end), replacement)
    }

    #[test]
    fn only_the_places_change() {
        let edits = [edit(7, 8, "X"), edit(0, 2, ""), edit(4, 4, "-")];
        assert_eq!(replace("é\r\nabcdef", &edits).as_deref(), Some("\r\n-abcXef"));
        assert_eq!(replace("abc", &[]).as_deref(), Some("abc"));
    }

    #[test]
    fn places_that_cannot_be_meant_change_nothing() {
        assert_eq!(replace("é", &[edit(1, 2, "x")]), None);
        assert_eq!(replace("abc", &[edit(2, 9, "x")]), None);
        assert_eq!(replace("abc", &[edit(0, 2, "x"), edit(1, 3, "y")]), None);
    }

    #[test]
    fn the_first_of_two_fixes_at_one_place_is_applied() {
        let fix = |edits: &[TextEdit]| Fix { title: String::new(), edits: edits.to_vec(), is_certain: true };
        let (first, second, third) =
            (fix(&[edit(0, 1, "X")]), fix(&[edit(1, 2, "Y"), edit(4, 5, "Y")]), fix(&[edit(3, 4, "Z")]));
        assert_eq!(apply("abcde", &[&first, &second, &third]), ("XbcZe".to_owned(), 2));
    }
}
