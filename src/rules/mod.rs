//! From the model to diagnostics: what is wrong with a report that could be read. One family a file.

pub mod acronyms;
pub mod commitments;
pub mod duties;
pub mod links;
pub mod safety;
pub mod submissions;
pub mod totals;
pub mod waivers;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::options::Options;
use crate::report::Archive;
use crate::source::SourceTree;

/// Everything that the rules have to say of a site, in no particular order; waivers are applied after them.
#[must_use]
pub fn check(archive: &Archive, tree: &SourceTree, options: &Options) -> Vec<Diagnostic> {
    let of_year = |report| {
        let mut found = submissions::check(report);
        found.extend(commitments::check(archive, report));
        found.extend(totals::check(report));
        found.extend(duties::check(report));
        found.extend(safety::check(archive, report, tree));
        found
    };
    let mut found: Vec<Diagnostic> = archive.reports.par_iter().flat_map_iter(of_year).collect();
    found.extend(safety::check_site(archive, tree));
    found.extend(links::check(archive, tree, options));
    found.extend(acronyms::check(archive, tree));
    found
}
