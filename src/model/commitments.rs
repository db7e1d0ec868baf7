//! The commitments that a submission makes under `next`, and the ids by which later years refer to them.

use std::collections::HashMap;
use std::sync::Arc;

use super::ids::CommitmentId;
use super::item_facts::{ItemFacts, ItemWithFacts};
use super::pasted_text::PastedText;
use super::section_headings::PLANS;
use super::section_items::section_items;
use super::sections::SubmissionSection;
use super::submission::Commitment;
use crate::diagnostic::Span;
use crate::source::markdown::Markdown;
use crate::source::slug::{first_parts, slug};

/// How many hyphenated parts of a commitment's slug its id keeps.
const ID_PARTS: usize = 6;

/// The commitments of a submission: the items of its `next` sections, with the facts that they end with.
#[must_use]
pub(crate) fn find(
    submission: &str,
    body: &Markdown,
    sections: &[SubmissionSection],
    pasted: &PastedText,
    with_facts: &[ItemWithFacts],
) -> Vec<Commitment> {
    let mut taken = UniqueSlugs::default();
    let facts_of = |span: Span| {
        let found = with_facts.binary_search_by_key(&span.start, |item| item.span.start);
        found.map_or_else(|_| ItemFacts::none(), |index| Arc::clone(&with_facts[index].facts))
    };
    let commitment = |(text, span): (String, Span)| {
        let id = CommitmentId::new(&format!("{submission}/{}", taken.unique(&text)));
        Commitment { id, text: text.into_boxed_str(), span, facts: facts_of(span), is_carried_over: false }
    };
    section_items(PLANS, body, sections, pasted).map(commitment).collect()
}

/// The slugs taken by a submission's commitments, each with how often it was asked for. The count gives the next free
/// number directly, however many commitments have the same text.
#[derive(Default)]
struct UniqueSlugs(HashMap<String, usize>);

impl UniqueSlugs {
    /// A slug for a commitment's text that no earlier commitment has.
    fn unique(&mut self, text: &str) -> String {
        let whole = slug(text);
        let base = if whole.is_empty() { "commitment" } else { first_parts(&whole, ID_PARTS) };
        let mut id = base.to_owned();
        while let Some(count) = self.0.get(&id) {
            // The base's own count says where to continue; slugs that are already taken are skipped.
            let next = self.0.get(base).copied().unwrap_or(*count) + 1;
            self.0.insert(base.to_owned(), next);
            id = format!("{base}-{next}");
        }
        self.0.insert(id.clone(), 1);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_unique() {
        let mut taken = UniqueSlugs::default();
        let mut id = |text| taken.unique(text);
        assert_eq!(id("Embed the new VARM procedures."), "embed-the-new-varm-procedures");
        assert_eq!(id("Embed the new VARM procedures!"), "embed-the-new-varm-procedures-2");
        assert_eq!(id("Embed the new VARM procedures 3"), "embed-the-new-varm-procedures-3");
        assert_eq!(id("Embed the new VARM procedures"), "embed-the-new-varm-procedures-4");
        assert_eq!(id("One two three four five six seven"), "one-two-three-four-five-six");
        assert_eq!(id("???"), "commitment");
    }
}
