//! The words of two texts: what is the same to readers, and what is not.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most steps that a comparison of two lists may take. Beyond that, everything between their equal ends counts as
/// replaced.
const MOST_STEPS: usize = 20_000_000;

/// The share of words that two texts have in common from which one counts as the other reworded.
const LIKENESS: f64 = 0.5;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WordRun {
    /// Words of both.
    Same(String),
    /// Words of the old one.
    Removed(String),
    /// Words of the new one.
    Added(String),
}

/// A block of a text that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BlockChange {
    Added(String),
    Removed(String),
    Reworded(Vec<WordRun>),
}

/// A text without what makes no difference on pages: the shape of quotation marks and dashes, and white space. Pages turn
/// straight quotation marks into curly ones, `--` into a dash, and three full stops into an ellipsis.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‛' => folded.push('\''),
            '“' | '”' | '‟' => folded.push('"'),
            '–' => folded.push_str("--"),
            '—' => folded.push_str("---"),
            '…' => folded.push_str("..."),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => folded.push(' '),
            c => folded.push(c),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of two texts, one after the other. The words that both have are those of the new one.
#[must_use]
pub(super) fn words(old: &str, new: &str) -> Vec<WordRun> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let folded = |words: &[&str]| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
    let mut pieces = Vec::new();
    for op in operations(&folded(&old), &folded(&new)) {
        let (before, after) = (old[op.old_range()].join(" "), new[op.new_range()].join(" "));
        if let DiffOp::Equal { .. } = op {
            pieces.extend((!after.is_empty()).then_some(WordRun::Same(after)));
            continue;
        }
        pieces.extend((!before.is_empty()).then_some(WordRun::Removed(before)));
        pieces.extend((!after.is_empty()).then_some(WordRun::Added(after)));
    }
    pieces
}

/// The blocks that differ between two texts.
#[must_use]
pub(super) fn blocks(old: &[&str], new: &[&str]) -> Vec<BlockChange> {
    let folded = |blocks: &[&str]| blocks.iter().map(|block| fold(block)).collect::<Vec<_>>();
    let mut changes = Vec::new();
    for op in operations(&folded(old), &folded(new)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for pair in pairs(&old[op.old_range()], &new[op.new_range()]) {
            changes.push(match pair {
                (Some(old), Some(new)) => BlockChange::Reworded(words(old, new)),
                (Some(old), None) => BlockChange::Removed(old.to_owned()),
                (None, new) => BlockChange::Added(new.unwrap_or_default().to_owned()),
            });
        }
    }
    changes
}

/// Pairs texts that were reworded, in their order. The others are new or gone.
fn pairs<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let may_compare = old.len() * new.len() <= 10_000;
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    let mut next = 0;
    for &before in old {
        let like = |after: &&str| is_alike(before, after);
        let found = if may_compare { new[next..].iter().position(like).map(|at| next + at) } else { None };
        let Some(found) = found else {
            pairs.push((Some(before), None));
            continue;
        };
        pairs.extend(new[next..found].iter().map(|&after| (None, Some(after))));
        pairs.push((Some(before), Some(new[found])));
        next = found + 1;
    }
    pairs.extend(new[next..].iter().map(|&after| (None, Some(after))));
    pairs
}

/// Whether one text may be the other reworded.
#[must_use]
pub(super) fn is_alike(old: &str, new: &str) -> bool {
    likeness(old, new) >= LIKENESS
}

/// The share of words that two texts have in common, from 0 to 1.
fn likeness(old: &str, new: &str) -> f64 {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let (mut all, mut common) = (0_u32, 0_u32);
    for word in old.split_whitespace() {
        all += 1;
        *counts.entry(fold(word).to_lowercase()).or_default() += 1;
    }
    for word in new.split_whitespace() {
        all += 1;
        if let Some(count) = counts.get_mut(&fold(word).to_lowercase()).filter(|count| **count > 0) {
            *count -= 1;
            common += 2;
        }
    }
    if all == 0 { 1.0 } else { f64::from(common) / f64::from(all) }
}

/// What turns one list into the other.
fn operations(old: &[String], new: &[String]) -> Vec<DiffOp> {
    let same = |(a, b): &(&String, &String)| a == b;
    let start = old.iter().zip(new).take_while(same).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(same).count();
    let (old_len, new_len) = (old.len() - start - end, new.len() - start - end);
    if old_len.saturating_mul(new_len) <= MOST_STEPS {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    vec![
        equal(0, 0, start),
        DiffOp::Replace { old_index: start, old_len, new_index: start, new_len },
        equal(start + old_len, start + new_len, end),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str) -> String {
        let piece = |piece| match piece {
            WordRun::Same(words) => words,
            WordRun::Removed(words) => format!("[-{words}-]"),
            WordRun::Added(words) => format!("{{+{words}+}}"),
        };
        words(old, new).into_iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_differ_are_named() {
        assert_eq!(check("We met 4 times.", "We met 5 times."), "We met [-4-] {+5+} times.");
        assert_eq!(check("a b", "a b c"), "a b {+c+}");
        assert_eq!(check("", "a"), "{+a+}");
    }

    #[test]
    fn what_pages_show_alike_is_the_same() {
        assert_eq!(check("it's \"so\" -- well...", "it’s “so” – well…"), "it’s “so” – well…");
        assert_eq!(fold(" a\u{a0}b\n c "), "a b c");
        assert_eq!(fold("co\u{ad}operate"), "cooperate");
        assert!(fold("Care") != fold("care"), "a capital is a difference");
    }

    #[test]
    fn blocks_are_paired_by_likeness() {
        let old = ["same", "The board met four times this year.", "gone for good"];
        let new = ["same", "new words altogether", "The board met five times this year."];
        let changes = blocks(&old, &new);
        assert!(
            matches!(
                &changes[..],
                [BlockChange::Added(a), BlockChange::Reworded(_), BlockChange::Removed(b)]
                    if a == "new words altogether" && b == "gone for good"
            ),
            "{changes:?}"
        );
    }

    #[test]
    fn huge_texts_are_compared_in_a_moment() {
        let text = |word: &str| (0..60_000).map(|n| format!("{word}{n}")).collect::<Vec<_>>().join(" ");
        let (old, new) = (format!("start {} end", text("a")), format!("start {} end", text("b")));
        let pieces = words(&old, &new);
        assert_eq!(pieces.len(), 4);
        assert_eq!((&pieces[0], &pieces[3]), (&WordRun::Same("start".into()), &WordRun::Same("end".into())));
    }
}
