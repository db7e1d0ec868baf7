//! What a submission promises under `next`, and the ids by which later years answer for it.

use std::collections::BTreeSet;

use super::ids::CommitmentId;
use super::submission::{Commitment, Section};
use crate::source::markdown::{BlockKind, Markdown};
use crate::source::slug::{first_parts, slug};

/// How many parts of a commitment's slug its id keeps.
const ID_PARTS: usize = 6;

/// The commitments of a submission: each top-level list item of its `next` sections, or each paragraph where they
/// hold no list.
#[must_use]
pub fn find(submission: &str, body: &Markdown, sections: &[Section]) -> Vec<Commitment> {
    let next = || sections.iter().filter(|section| section.id.as_deref() == Some("next"));
    let blocks = || next().flat_map(|section| body.blocks_in(section.text));
    let mut texts = Vec::new();
    for block in blocks() {
        if let BlockKind::List(items) = &block.kind {
            texts.extend(items.iter().map(|item| (&item.text, item.span)));
        }
    }
    if texts.is_empty() {
        for block in blocks() {
            if let BlockKind::Paragraph { text, .. } = &block.kind {
                texts.push((text, block.span));
            }
        }
    }
    let mut taken = BTreeSet::new();
    let commitment = |(text, span): (&String, _)| {
        let id = CommitmentId::new(&format!("{submission}/{}", unique(text, &mut taken)));
        Commitment { id, text: text.clone(), span }
    };
    texts.into_iter().map(commitment).collect()
}

/// The slug of a commitment's text that no earlier one has taken.
fn unique(text: &str, taken: &mut BTreeSet<String>) -> String {
    let whole = slug(text);
    let base = if whole.is_empty() { "commitment" } else { first_parts(&whole, ID_PARTS) };
    let mut id = base.to_owned();
    let mut count = 1;
    while !taken.insert(id.clone()) {
        count += 1;
        id = format!("{base}-{count}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_unique() {
        let mut taken = BTreeSet::new();
        let mut id = |text| unique(text, &mut taken);
        assert_eq!(id("Embed the new VARM procedures."), "embed-the-new-varm-procedures");
        assert_eq!(id("Embed the new VARM procedures!"), "embed-the-new-varm-procedures-2");
        assert_eq!(id("One two three four five six seven"), "one-two-three-four-five-six");
        assert_eq!(id("???"), "commitment");
    }
}
