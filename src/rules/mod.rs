//! From the model to diagnostics: what is wrong with a report that could be read. One family a file.

pub(crate) mod acronyms;
pub(crate) mod commitments;
pub(crate) mod duties;
pub(crate) mod links;
pub(crate) mod safety;
pub(crate) mod submissions;
pub(crate) mod totals;
pub(crate) mod waivers;

use std::sync::Arc;

use rayon::prelude::*;

use self::acronyms::AcronymUsage;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::model::links::LinkResolver;
use crate::model::{Archive, Report};
use crate::source::SourceTree;
use crate::source::digest::hash_of_hashes;

/// What the rules had to say before, by what they looked at.
#[derive(Debug, Default)]
pub(crate) struct RuleCache {
    years: Cache<Arc<YearDiagnostics>>,
    /// The links of years that lead nowhere.
    links: Cache<Arc<[Diagnostic]>>,
}

impl RuleCache {
    /// Drops what was not asked for since the last sweep.
    pub(crate) fn sweep(&mut self) {
        self.years.sweep();
        self.links.sweep();
    }
}

/// What the rules have to say of a year.
#[derive(Debug)]
struct YearDiagnostics {
    found: Vec<Diagnostic>,
    /// The terms and acronyms that its pages use.
    reading: AcronymUsage,
}

/// Adds everything that the rules have to say of a site to what was found in it before, in no particular order, and flags
/// what is personal in the words of all that; waivers are applied after them.
pub(crate) fn check(
    archive: &Archive,
    tree: &SourceTree,
    targets: &LinkResolver<'_>,
    memo: &RuleCache,
    found: &mut Vec<Diagnostic>,
) {
    // Contacts, terms, and what is no acronym.
    let shared = archive.hash_of_shared(tree);
    let safety = safety::Scanner::new(archive, tree);
    let of_year = |report: &Arc<Report>| {
        let key = hash_of_hashes(&[shared, report.input_hash]);
        memo.years.get_or_make(key, || Arc::new(check_year(archive, report, tree, &safety)))
    };
    let years: Vec<_> = archive.reports.par_iter().map(of_year).collect();
    found.extend(years.iter().flat_map(|year| &year.found).cloned());
    found.extend(safety.check_site(archive));
    found.extend(links::check(archive, targets, memo));
    found.extend(acronyms::check(archive, tree, &years.iter().map(|year| &year.reading).collect::<Vec<_>>()));
    safety.flag_words(found);
}

/// What is to be said of a year, whatever other years say but the one before it.
fn check_year(archive: &Archive, report: &Report, tree: &SourceTree, safety: &safety::Scanner<'_>) -> YearDiagnostics {
    let mut found = submissions::check(report);
    found.extend(commitments::check(archive, report));
    found.extend(totals::check(report));
    found.extend(duties::check(archive, report));
    found.extend(safety.check_year(report));
    found.retain(|one| waivers::is_enabled(archive, report, one));
    YearDiagnostics { found, reading: acronyms::read_year(archive, report, tree) }
}
