//! Checks the model and reports problems as diagnostics. One file per group of rules.

pub(crate) mod acronyms;
pub(crate) mod agreements;
pub(crate) mod commitments;
pub(crate) mod covers;
pub(crate) mod decisions;
pub(crate) mod duties;
mod indicators;
pub(crate) mod links;
pub(crate) mod safety;
pub(crate) mod sign_off;
pub(crate) mod starter_text;
pub(crate) mod submissions;
pub(crate) mod totals;
pub(crate) mod waivers;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use self::acronyms::AcronymUsage;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::model::links::LinkResolver;
use crate::model::{Archive, Report, UnbuiltContent};
use crate::source::SourceTree;
use crate::source::digest::hash128;

/// The results of checking one year.
#[derive(Debug)]
struct YearDiagnostics {
    found: Vec<Diagnostic>,
    /// The terms and acronyms used on its pages.
    reading: AcronymUsage,
}

/// What is kept of the checks of earlier builds.
#[derive(Debug, Default)]
pub(crate) struct RuleCache {
    years: Cache<Arc<YearDiagnostics>>,
    documents: safety::DocumentCache,
}

impl RuleCache {
    /// A cache that stores nothing.
    pub(crate) fn none() -> Self {
        Self { years: Cache::none(), documents: Cache::none() }
    }

    /// Drops what has not been used since the last sweep.
    pub(crate) fn sweep(&mut self) {
        self.years.sweep();
        self.documents.sweep();
    }
}

/// Checks a whole site and adds the diagnostics to `found`, in no particular order. Then flags personal data in the
/// words of all of them. Waivers are applied later.
pub(crate) fn check(
    archive: &Archive,
    tree: &SourceTree,
    targets: &LinkResolver<'_>,
    left_out: &UnbuiltContent,
    memo: &RuleCache,
    today: Date,
    found: &mut Vec<Diagnostic>,
) {
    // Covers contacts, terms, and words that the site does not count as acronyms.
    let shared = archive.hash_of_shared(tree);
    let safety = safety::Scanner::new(archive, tree, &memo.documents);
    let of_year = |report: &Arc<Report>| {
        let key = hash128(&(shared, report.input_hash));
        memo.years.get_or_make(key, || Arc::new(check_year(archive, report, tree, &safety)))
    };
    let years: Vec<_> = archive.reports.par_iter().map(of_year).collect();
    found.extend(years.iter().flat_map(|year| &year.found).cloned());
    // The day is no input of a year's checks, so that these can be kept from one day to the next.
    found.extend(commitments::overdue(archive, today));
    found.extend(decisions::overdue(archive, today));
    found.extend(agreements::overdue(archive, today));
    // Their templates are no input of a year's checks either.
    found.extend(covers::check(archive));
    found.extend(indicators::check(archive));
    found.extend(safety.check_site(archive));
    found.extend(starter_text::check_site(tree));
    found.extend(links::check(archive, targets));
    let usage: Vec<_> = years.iter().map(|year| &year.reading).collect();
    found.extend(acronyms::check(archive, tree, left_out, &usage));
    safety.flag_words(found);
}

/// Runs the checks that depend only on this year and the previous one.
fn check_year(archive: &Archive, report: &Report, tree: &SourceTree, safety: &safety::Scanner<'_>) -> YearDiagnostics {
    // Several rules read the words of the submissions.
    let _read = report.read_submissions();
    let mut found = submissions::check(archive, report);
    found.extend(sign_off::check(report));
    found.extend(commitments::check(archive, report));
    found.extend(decisions::check(archive, report));
    found.extend(totals::check(report));
    found.extend(duties::check(archive, report));
    found.extend(safety.check_year(report));
    found.extend(starter_text::check_year(report, tree));
    found.retain(|one| waivers::is_enabled(archive, report, one));
    found.shrink_to_fit();
    YearDiagnostics { found, reading: acronyms::read_year(archive, report, tree) }
}
