//! The spine: the walk from source files to output files.
//!
//! Nothing in it touches the disk, the clock, the environment or a global: what it may know comes in, what it found
//! goes out.

pub use crate::options::Options;

use crate::diagnostic::mask::Flagged;
use crate::diagnostic::{self, Checked, Diagnostic, Severity};
use crate::memo::Memo;
use crate::output::OutputTree;
use crate::render::{self, Setting};
use crate::report::{self, Archive};
use crate::rules;
use crate::source::SourceTree;

/// What came of a build.
#[derive(Clone, Debug)]
pub struct Built {
    /// The site; empty where errors keep it from being built.
    pub output: OutputTree,
    /// The model that it was made of.
    pub archive: Archive,
    /// All that was found, finished: see [`check`].
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the model out of a site's files and checks it.
///
/// `read` is what was found wrong while the files were read. The diagnostics that come back are finished: severities
/// set, waivers applied, flagged words hidden, in their order.
#[must_use]
pub fn check(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> Checked<Archive> {
    let (archive, _, diagnostics) = examine(tree, read, options);
    Checked::new(archive, diagnostics)
}

/// Builds a site from its files. With errors nothing is built, unless that is asked for.
#[must_use]
pub fn build(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options, memo: &mut Memo) -> Built {
    let (archive, setting, mut diagnostics) = examine(tree, read, options);
    let mut output = OutputTree::default();
    if options.force || !has_errors(&diagnostics) {
        let rendered = render::render(setting, &archive, tree, &diagnostics, options, memo);
        output = rendered.value;
        if !rendered.diagnostics.is_empty() {
            let mut found = rendered.diagnostics;
            rules::waivers::set_severities(&archive.site, &mut found);
            diagnostics.extend(found);
            diagnostics = finish(tree, diagnostics);
        }
        if options.force || !has_errors(&diagnostics) {
            output.add_manifest();
        } else {
            output = OutputTree::default();
        }
    }
    memo.sweep();
    Built { output, archive, diagnostics }
}

/// Everything up to rendering: the model, what it is rendered with, and what is wrong.
fn examine(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> (Archive, Setting, Vec<Diagnostic>) {
    let mut diagnostics = read;
    let archive = report::assemble::assemble(tree).collect_into(&mut diagnostics);
    let setting = render::prepare(&archive, tree, options).collect_into(&mut diagnostics);
    diagnostics.extend(rules::check(&archive, tree, options));
    rules::waivers::apply(&archive, tree, &mut diagnostics);
    (archive, setting, finish(tree, diagnostics))
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
