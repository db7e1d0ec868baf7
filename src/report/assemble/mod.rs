//! From as-written files to the model: every content file is given its meaning, and every id its thing.

mod follow_ups;
mod layout;
mod pages;
mod report;
mod section_rules;
mod site;
mod submissions;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::layout::{Layout, hash_of_files};
use super::translation::adopt_pages;
use super::{Archive, Report, ids};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, RelPath, Span};
use crate::memo::Cache;
use crate::source::SourceTree;
use crate::source::tree::{Hash, hash, hash_of_hashes};
use crate::source::yaml::shape::quoted_list;
use crate::source::yaml::{Slug, Spanned, Text};

/// What was made of a year: its report, and what was found in its files.
#[derive(Clone, Debug)]
pub struct Year {
    report: Arc<Report>,
    found: Arc<[Diagnostic]>,
}

/// Makes the model of a site's files, in the site's own language.
#[must_use]
pub fn assemble(tree: &SourceTree) -> Checked<Archive> {
    assemble_with(tree, None, &Cache::default())
}

/// Makes the model of a site's files: in another language, where one is named with the original's model. Years that
/// are made of the same as before are taken from `memo`.
#[must_use]
pub fn assemble_with(tree: &SourceTree, other: Option<(&str, &Archive)>, memo: &Cache<Year>) -> Checked<Archive> {
    let mut diagnostics = Vec::new();
    let layout = Layout::of(tree).collect_into(&mut diagnostics);
    let mut site = site::assemble(tree).collect_into(&mut diagnostics);
    if let Some((language, _)) = other {
        language.clone_into(&mut site.language);
    }
    let glossary = site::assemble_glossary(tree).collect_into(&mut diagnostics);
    let mut pages = pages::assemble(tree, &layout.pages).collect_into(&mut diagnostics);
    if let Some((_, original)) = other {
        adopt_pages(&mut pages, &original.pages);
    }
    let years = years(tree, &layout.years, &site.language, other.map(|(_, original)| original), memo);
    diagnostics.extend(years.iter().flat_map(|year| &*year.found).cloned());
    let reports = years.into_iter().map(|year| year.report).collect();
    Checked::new(Archive { site, glossary, pages, reports }, diagnostics)
}

/// The years of a site, each made anew where it is made of something else than before.
fn years(
    tree: &SourceTree,
    years: &[ids::Year],
    language: &str,
    original: Option<&Archive>,
    memo: &Cache<Year>,
) -> Vec<Year> {
    let original = |year: &ids::Year| original?.reports.iter().find(|own| own.year == *year);
    let own: Vec<Hash> = years.par_iter().map(|year| hash_of_files(tree, year)).collect();
    let in_language = hash(language.as_bytes());
    let before = std::iter::once(&0).chain(&own);
    let keys = years.iter().zip(&own).zip(before).map(|((year, own), before)| {
        let adopts = original(year).map_or(0, |original| original.made_of);
        hash_of_hashes(&[*own, *before, adopts, in_language])
    });
    let keys: Vec<Hash> = keys.collect();
    let make = |year, key| Box::new(report::assemble(tree, year, language, key));
    let years = years.par_iter().zip(&keys).map(|(year, key)| memo.get(*key).ok_or_else(|| make(year, *key)));
    let mut years: Vec<Result<Year, Box<Checked<Report>>>> = years.collect();
    // What a year promised must not be changed before the year after it has looked.
    for index in (0..years.len()).rev() {
        let (before, rest) = years.split_at_mut(index);
        if let (Some(before), Err(made)) = (before.last(), &mut rest[0]) {
            follow_ups::resolve(&mut made.value, before.as_ref().map_or_else(|made| &made.value, |year| &year.report));
        }
    }
    let keep = |(year, key): (Result<Year, Box<Checked<Report>>>, Hash)| {
        year.unwrap_or_else(|made| {
            let Checked { mut value, mut diagnostics } = *made;
            if let Some(original) = original(&value.year) {
                diagnostics.extend(value.adopt(original));
            }
            let year = Year { report: Arc::new(value), found: diagnostics.into() };
            memo.insert(key, year.clone());
            year
        })
    };
    years.into_iter().zip(keys).map(keep).collect()
}

/// Runs `work` on each item in parallel and gathers values and diagnostics in the items' order.
fn gather<T: Sync, V: Send>(
    items: &[T],
    diagnostics: &mut Vec<Diagnostic>,
    work: impl Fn(&T) -> Checked<V> + Send + Sync,
) -> Vec<V> {
    let made: Vec<_> = items.par_iter().map(work).collect();
    made.into_iter().map(|checked| checked.collect_into(diagnostics)).collect()
}

/// The diagnostic of an id that names nothing, with the nearest that does.
fn unknown<'a>(file: &RelPath, id: &Text, what: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let message = format!("there is no {what} `{}`", id.value);
    let help = did_you_mean(id, known.clone()).unwrap_or_else(|| {
        let known: Vec<&str> = known.take(12).collect();
        if known.is_empty() {
            format!("this report has no {what} to name")
        } else {
            format!("known are {}", quoted_list(&known))
        }
    });
    Diagnostic::new(Code::UnknownId, Place::new(file, id.span), message).help(help)
}

/// A word that stands where a diagnostic's code is due and is none, with the nearest that is.
fn no_such_code(code: Code, file: &RelPath, name: &Text) -> Diagnostic {
    let help = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
    let message = format!("`{}` is no diagnostic's code", name.value);
    let diagnostic = Diagnostic::new(code, Place::new(file, name.span), message);
    diagnostic.help(help.unwrap_or_else(|| "`annal explain` lists the codes".to_owned()))
}

/// Whether an id was taken before: then both places are told.
fn is_taken(
    taken: &mut BTreeMap<String, Span>,
    file: &RelPath,
    id: &Spanned<Slug>,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    if let Some(first) = taken.get(id.as_str()) {
        let message = format!("the id `{}` is given to a second {what}", id.value);
        let twice = Diagnostic::new(Code::DuplicateId, Place::new(file, id.span), message);
        diagnostics.push(twice.also(Place::new(file, *first), "first given here").help("give each its own id"));
        return true;
    }
    taken.insert(id.as_str().to_owned(), id.span);
    false
}
