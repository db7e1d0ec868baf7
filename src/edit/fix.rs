//! Applies the suggestions of diagnostics to the texts of a site. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use super::replace::apply;
use crate::diagnostic::{Code, Diagnostic, Fix, RelPath, SourceTexts};
use crate::source::SourceTree;

/// How often the site is checked again after fixes: one fix may make way for another.
const MOST_ROUNDS: usize = 8;

/// A site's texts with suggestions applied.
#[derive(Debug, Default)]
pub(crate) struct FixedSite {
    /// The files that changed, each with its new text.
    pub files: BTreeMap<RelPath, String>,
    /// How many suggestions were applied.
    pub applied: usize,
    /// The codes of suggestions that were not wanted.
    pub left: BTreeSet<Code>,
    /// All that was found on the way, which says what must not be printed.
    pub found: Vec<Diagnostic>,
}

impl FixedSite {
    /// Applies the suggestions for which `is_wanted` says so, and again to what `check` finds afterwards, until there are
    /// none. `check` lists the diagnostics to look at.
    pub(crate) fn new(
        tree: &SourceTree,
        mut check: impl FnMut(&SourceTree) -> Vec<Diagnostic>,
        is_wanted: impl Fn(&Diagnostic, &Fix) -> bool,
    ) -> Self {
        let mut fixed = Self::default();
        let mut tree = tree.clone();
        for _ in 0..MOST_ROUNDS {
            let found = check(&tree);
            let mut by_file: BTreeMap<&RelPath, Vec<&Fix>> = BTreeMap::new();
            fixed.left.clear();
            for diagnostic in &found {
                match &diagnostic.fix {
                    Some(fix) if is_wanted(diagnostic, fix) => {
                        by_file.entry(&diagnostic.location.file).or_default().push(fix);
                    }
                    Some(_) => _ = fixed.left.insert(diagnostic.code),
                    None => {}
                }
            }
            let before = fixed.applied;
            for (file, fixes) in by_file {
                let Some(text) = &tree.text(file) else { continue };
                let (new, applied) = apply(text, &fixes);
                fixed.applied += applied;
                tree.files.extend(SourceTree::from_texts([(file.as_str(), new.as_str())]).files);
                fixed.files.insert(file.clone(), new);
            }
            fixed.found.extend(found);
            if fixed.applied == before {
                break;
            }
        }
        fixed
    }
}
