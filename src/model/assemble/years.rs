//! Assembles the years of a site, reusing those whose inputs have not changed.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{hash_of_files, is_anything_of};
use super::{follow_ups, report};
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, WithDiagnostics};
use crate::model::report::PreviousYear;
use crate::model::translation::adopt;
use crate::model::{Archive, Report, SiteIndicators, ids, indicators, signed_text};
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash128};

/// An assembled year: its report and the diagnostics of its files.
#[derive(Clone, Debug)]
pub(crate) struct AssembledYear {
    pub report: Arc<Report>,
    pub found: Arc<[Diagnostic]>,
}

/// A year from an earlier build, or one being assembled now.
enum YearBuild {
    Before(AssembledYear),
    Now(Box<WithDiagnostics<Report>>),
}

impl YearBuild {
    fn report(&self) -> &Report {
        match self {
            Self::Before(year) => &year.report,
            Self::Now(built) => &built.value,
        }
    }
}

/// Assembles the years of a site. `language` is that of the submissions' headings. If the site is a translation,
/// everything except prose comes from `original`.
pub(crate) fn assemble(
    tree: &SourceTree,
    years: &[ids::Year],
    language: &str,
    indicators: &SiteIndicators,
    original: Option<&Archive>,
    memo: &Cache<AssembledYear>,
) -> Vec<AssembledYear> {
    let originals: HashMap<&ids::Year, &Report> =
        original.iter().flat_map(|original| original.reports()).map(|report| (&report.year, report)).collect();
    let originals: Vec<Option<&Report>> = years.iter().map(|year| originals.get(year).copied()).collect();
    let before: Vec<PreviousYear> = years.iter().map(|year| before(tree, years, year)).collect();
    let keys = keys(tree, years, &before, language, indicators, &originals);
    let begin = |((year, key), before): ((&ids::Year, &Digest), &PreviousYear)| match memo.get(*key) {
        Some(year) => YearBuild::Before(year),
        None => YearBuild::Now(Box::new(report::assemble(tree, year, language, *before, indicators, *key))),
    };
    let mut builds: Vec<YearBuild> = years.par_iter().zip(&keys).zip(&before).map(begin).collect();
    for (year, original) in builds.iter_mut().zip(&originals) {
        if let (YearBuild::Now(built), Some(original)) = (year, original) {
            let found = adopt(&mut built.value, original, language);
            built.diagnostics.extend(found);
        }
    }
    // Follow-ups refer to commitment ids, which exist only now that every year is assembled.
    for (index, original) in originals.iter().enumerate().skip(1) {
        let (before, rest) = builds.split_at_mut(index);
        if let (Some(before), YearBuild::Now(built)) = (before.last(), &mut rest[0]) {
            follow_ups::resolve(&mut built.value, before.report(), *original);
        }
    }
    builds.par_iter_mut().for_each(|year| {
        if let YearBuild::Now(built) = year {
            signed_text::compare(&mut built.value, tree);
        }
    });
    let keep = |(year, key): (YearBuild, Digest)| match year {
        YearBuild::Before(year) => year,
        YearBuild::Now(built) => {
            let year = AssembledYear { report: Arc::new(built.value), found: built.diagnostics.into() };
            memo.insert(key, year.clone());
            year
        }
    };
    builds.into_iter().zip(keys).map(keep).collect()
}

/// Whether the year before `year` exists. `years` is sorted.
fn before(tree: &SourceTree, years: &[ids::Year], year: &ids::Year) -> PreviousYear {
    match year.before() {
        Some(before) if years.binary_search(&before).is_ok() => PreviousYear::There,
        Some(before) if is_anything_of(tree, &before) => PreviousYear::Lost,
        _ => PreviousYear::Gone,
    }
}

/// The hashes of the years' inputs: a year's own files, those of the previous year, whose commitments it follows up,
/// whether that is the year directly before it, what is published of its indicators, and the original that it translates.
fn keys(
    tree: &SourceTree,
    years: &[ids::Year],
    is_there: &[PreviousYear],
    language: &str,
    indicators: &SiteIndicators,
    originals: &[Option<&Report>],
) -> Vec<Digest> {
    let own: Vec<Digest> = years.par_iter().map(|year| hash_of_files(tree, year)).collect();
    let before = std::iter::once(None).chain(own.iter().map(Some));
    let definitions = tree.files.get(indicators::FILE).map(|file| file.hash);
    let keys = years.iter().zip(&own).zip(before).zip(originals).zip(is_there);
    let keys = keys.map(|((((year, own), before), original), is_there)| {
        let original = original.map(|original| original.input_hash);
        let counted = (definitions, indicators.of_year(year));
        hash128(&(own, before, original, language, is_there, counted))
    });
    keys.collect()
}
