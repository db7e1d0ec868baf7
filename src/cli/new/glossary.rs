//! A glossary to begin with: the acronyms that the site uses without explaining them.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::NewFile;
use crate::diagnostic::{Code, SourceTexts};
use crate::model::glossary;
use crate::pipeline::{self, Options};
use crate::source::SourceTree;

/// A glossary with a comment for each acronym that is not explained.
pub(super) fn draft(tree: &SourceTree, options: &Options) -> NewFile {
    let found = pipeline::read(tree, options).diagnostics;
    let undefined = found.iter().filter(|one| one.code == Code::UndefinedAcronym && one.flagged.is_empty());
    let acronyms: BTreeSet<String> =
        undefined.filter_map(|one| Some(one.location.span.slice(&tree.text(&one.location.file)?).to_owned())).collect();
    let mut text = include_str!("starter/glossary.yaml").to_owned();
    if !acronyms.is_empty() {
        text.push_str("\n# The report uses these without explaining them. Write what they mean and remove the `# `.\n");
    }
    for acronym in acronyms {
        let _ = writeln!(text, "# {acronym}: ");
    }
    NewFile::new(glossary::FILE, text)
}
