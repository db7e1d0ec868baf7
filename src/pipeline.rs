//! The spine: the walk from source files to output files.
//!
//! Nothing in it touches the disk, the clock, the environment or a global: what it may know comes in, what it found
//! goes out.

pub use crate::options::Options;

use crate::diagnostic::mask::Flagged;
use crate::diagnostic::{self, Checked, Diagnostic, Severity};
use crate::report::{self, Archive};
use crate::rules;
use crate::source::SourceTree;

/// Reads the model out of a site's files and checks it.
///
/// `read` is what was found wrong while the files were read. The diagnostics that come back are finished: severities
/// set, waivers applied, flagged words hidden, in their order.
#[must_use]
pub fn check(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> Checked<Archive> {
    let mut diagnostics = read;
    let archive = report::assemble::assemble(tree).collect_into(&mut diagnostics);
    diagnostics.extend(rules::check(&archive, tree, options));
    rules::waivers::apply(&archive, tree, &mut diagnostics);
    Checked::new(archive, finish(tree, diagnostics))
}

/// Hides what must not be shown and puts diagnostics in their order.
fn finish(tree: &SourceTree, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostic::sort(&mut diagnostics);
    let flagged = Flagged::of(&diagnostics, tree);
    diagnostic::limit(&mut diagnostics);
    diagnostics.into_iter().map(|diagnostic| flagged.hide_in(diagnostic)).collect()
}

/// Whether anything keeps the site from being built.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
