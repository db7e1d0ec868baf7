//! The years of a site: each is assembled anew where it is made of something else than before.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{hash_of_files, is_anything_of};
use super::{follow_ups, report};
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, WithDiagnostics};
use crate::model::report::PreviousYear;
use crate::model::translation::adopt;
use crate::model::{Archive, Report, ids};
use crate::source::SourceTree;
use crate::source::digest::{Digest, hash, hash_of_hashes};

/// What was made of a year: its report, and what was found in its files.
#[derive(Clone, Debug)]
pub(crate) struct AssembledYear {
    /// The report.
    pub report: Arc<Report>,
    /// What was found.
    pub found: Arc<[Diagnostic]>,
}

/// A year that was made before, or one that is being made.
enum YearBuild {
    Before(AssembledYear),
    Now(Box<WithDiagnostics<Report>>),
}

impl YearBuild {
    fn report(&self) -> &Report {
        match self {
            Self::Before(year) => &year.report,
            Self::Now(made) => &made.value,
        }
    }
}

/// Assembles the years of a site whose submissions have headings in `language`: where it translates another, with all
/// that is no text from the `original`.
pub(crate) fn assemble(
    tree: &SourceTree,
    years: &[ids::Year],
    language: &str,
    original: Option<&Archive>,
    memo: &Cache<AssembledYear>,
) -> Vec<AssembledYear> {
    let originals: HashMap<&ids::Year, &Report> =
        original.iter().flat_map(|original| original.reports()).map(|report| (&report.year, report)).collect();
    let originals: Vec<Option<&Report>> = years.iter().map(|year| originals.get(year).copied()).collect();
    let before: Vec<PreviousYear> = years.iter().map(|year| before(tree, years, year)).collect();
    let keys = keys(tree, years, &before, language, &originals);
    let begin = |((year, key), before): ((&ids::Year, &Digest), &PreviousYear)| match memo.get(*key) {
        Some(year) => YearBuild::Before(year),
        None => YearBuild::Now(Box::new(report::assemble(tree, year, language, *before, *key))),
    };
    let mut making: Vec<YearBuild> = years.par_iter().zip(&keys).zip(&before).map(begin).collect();
    for (year, original) in making.iter_mut().zip(&originals) {
        if let (YearBuild::Now(made), Some(original)) = (year, original) {
            let found = adopt(&mut made.value, original);
            made.diagnostics.extend(found);
        }
    }
    // Only now do the commitments of all years have the ids by which the answers to them are found.
    for (index, original) in originals.iter().enumerate().skip(1) {
        let (before, rest) = making.split_at_mut(index);
        if let (Some(before), YearBuild::Now(made)) = (before.last(), &mut rest[0]) {
            follow_ups::resolve(&mut made.value, before.report(), *original);
        }
    }
    let keep = |(year, key): (YearBuild, Digest)| match year {
        YearBuild::Before(year) => year,
        YearBuild::Now(made) => {
            let year = AssembledYear { report: Arc::new(made.value), found: made.diagnostics.into() };
            memo.insert(key, year.clone());
            year
        }
    };
    making.into_iter().zip(keys).map(keep).collect()
}

/// Whether the year before `year` is among `years`, which are in order.
fn before(tree: &SourceTree, years: &[ids::Year], year: &ids::Year) -> PreviousYear {
    match year.before() {
        Some(before) if years.binary_search(&before).is_ok() => PreviousYear::There,
        Some(before) if is_anything_of(tree, &before) => PreviousYear::Lost,
        _ => PreviousYear::Gone,
    }
}

/// The hashes of what the years are made of: of a year's own files, of those of the year before, whose promises it
/// answers, of whether that is the year right before it, and of the original that it translates.
fn keys(
    tree: &SourceTree,
    years: &[ids::Year],
    is_there: &[PreviousYear],
    language: &str,
    originals: &[Option<&Report>],
) -> Vec<Digest> {
    let own: Vec<Digest> = years.par_iter().map(|year| hash_of_files(tree, year)).collect();
    let before = std::iter::once(&0).chain(&own);
    let language = hash(language.as_bytes());
    let keys = own.iter().zip(before).zip(originals).zip(is_there).map(|(((own, before), original), is_there)| {
        let original = original.map_or(0, |original| original.input_hash);
        hash_of_hashes(&[*own, *before, original, language, *is_there as Digest])
    });
    keys.collect()
}
