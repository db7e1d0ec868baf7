//! The spine: the walk from source files to output files.
//!
//! Nothing in it touches the disk, the clock, the environment or a global: what it may know comes in, what it found
//! goes out.

pub(crate) use crate::options::Options;

use std::collections::HashSet;

use crate::cache::Cache;
use crate::diagnostic::code::Category;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{self, Code, Diagnostic, Location, Severity, WithDiagnostics};
use crate::model::assemble::{self, assemble_with};
use crate::model::links::LinkResolver;
use crate::model::trends::CommitmentOutcomes;
use crate::model::{Archive, SiteInfo, Trends};
use crate::output::OutputTree;
use crate::render::languages::Languages;
use crate::render::{self, Prepared, RenderExtent};
use crate::rules;
use crate::source::SourceTree;
use crate::source::translation::{self, Translation};

/// What came of a build.
#[derive(Clone, Debug)]
pub struct BuildOutput {
    /// The site; empty where errors keep it from being built.
    pub output: OutputTree,
    /// The model that it was made of.
    pub(crate) archive: Archive,
    /// All that was found, finished: see [`check`].
    pub diagnostics: Vec<Diagnostic>,
}

/// What was made before, by what it was made of: the caches of a site's builds, one for each step that is worth one.
#[derive(Debug, Default)]
pub struct BuildCache {
    assembled: Cache<assemble::AssembledYear>,
    kept: Cache<CommitmentOutcomes>,
    checked: rules::RuleCache,
    rendered: render::RenderCache,
}

impl BuildCache {
    /// Drops what was not asked for since the last sweep.
    fn sweep(&mut self) {
        self.assembled.sweep();
        self.kept.sweep();
        self.checked.sweep();
        self.rendered.sweep();
    }
}

/// Reads the model out of a site's files and says what is wrong with it, but for what only shows where pages are
/// rendered.
///
/// `read` is what was found wrong while the files were read. The diagnostics that come back are finished: severities
/// set, waivers applied, flagged words hidden, in their order.
#[must_use]
pub(crate) fn read(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> WithDiagnostics<Archive> {
    let split = translation::split(tree, options.drafts);
    let (own, translations) = split.as_ref().map_or((tree, &[][..]), |(own, others)| (own, others));
    let memo = BuildCache::default();
    let site = check_site(own, read, options, &memo);
    let (_, diagnostics) = check_translations(&site, translations, options, &memo);
    WithDiagnostics::new(site.archive, diagnostics)
}

/// The same with all that would keep a build from being made: pages of every kind are rendered as it would.
#[must_use]
pub fn check(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> WithDiagnostics<Archive> {
    let built = build_extent(tree, read, options, RenderExtent::Sample, &BuildCache::default());
    WithDiagnostics::new(built.archive, built.diagnostics)
}

/// Builds a site from its files, in each of its languages. With errors nothing is built, unless that is asked for.
#[must_use]
pub fn build(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options, memo: &mut BuildCache) -> BuildOutput {
    let built = build_extent(tree, read, options, RenderExtent::Whole, memo);
    memo.sweep();
    built
}

/// Makes as much of a site as is asked for.
fn build_extent(
    tree: &SourceTree,
    read: Vec<Diagnostic>,
    options: &Options,
    extent: RenderExtent,
    memo: &BuildCache,
) -> BuildOutput {
    let split = translation::split(tree, options.drafts);
    let (own, translations) = split.as_ref().map_or((tree, &[][..]), |(own, others)| (own, others));
    let mut site = check_site(own, read, options, memo);
    let (mut translated, mut diagnostics) = check_translations(&site, translations, options, memo);
    site.setting.withhold(&diagnostics);
    for (_, site) in &mut translated {
        site.setting.withhold(&diagnostics);
    }
    let mut output = OutputTree::default();
    if options.force || extent == RenderExtent::Sample || !has_errors(&diagnostics) {
        let tongues = match translated[..] {
            [] => Languages::default(),
            _ => Languages::new(own, &site.archive.site, translated.iter().map(|(of, _)| of.language.as_str())),
        };
        let (archive, found) = (&site.archive, &site.diagnostics);
        let rendered = render::render(site.setting, archive, own, found, options, &tongues, extent, &memo.rendered);
        output = rendered.value;
        let mut found = rendered.diagnostics;
        for (at, (of, site)) in translated.into_iter().enumerate() {
            let tongues = tongues.in_other(at + 1, of.files.clone());
            let CheckedSite { archive, setting, diagnostics } = site;
            let rendered =
                render::render(setting, &archive, &of.tree, &diagnostics, options, &tongues, extent, &memo.rendered);
            output.extend(rendered.value.files);
            // A fault of the theme that shows in every language is one fault.
            let told: HashSet<Location> = found.iter().map(|one: &Diagnostic| one.location.clone()).collect();
            let is_new = |one: &Diagnostic| !told.contains(&one.location);
            found.extend(rendered.diagnostics.into_iter().filter(is_new));
        }
        if !found.is_empty() {
            rules::waivers::set_severities(&site.archive.site, &mut found);
            diagnostics.extend(found);
            diagnostics = finalize(diagnostics);
        }
        if !options.force && has_errors(&diagnostics) {
            output = OutputTree::default();
        }
    }
    BuildOutput { output, archive: site.archive, diagnostics }
}

/// A site in one language before it is rendered: the model, what it is rendered with, and what is wrong.
struct CheckedSite {
    archive: Archive,
    setting: Prepared,
    diagnostics: Vec<Diagnostic>,
}

/// Everything up to rendering, in the site's own language.
fn check_site(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options, memo: &BuildCache) -> CheckedSite {
    let mut diagnostics = read;
    let archive = assemble_with(tree, None, &memo.assembled).emit_into(&mut diagnostics);
    run_checks(archive, tree, diagnostics, options, memo)
}

/// Everything up to rendering, in the other languages, and what is wrong with the site in all of them.
fn check_translations<'a>(
    site: &CheckedSite,
    translations: &'a [Translation],
    options: &Options,
    memo: &BuildCache,
) -> (Vec<(&'a Translation, CheckedSite)>, Vec<Diagnostic>) {
    let mut diagnostics = site.diagnostics.clone();
    let mut translated = Vec::new();
    for of in translations {
        if let Some((message, help)) = unsupported_language(&site.archive.site, of) {
            diagnostics.extend(
                of.files
                    .values()
                    .map(|file| Diagnostic::new(Code::StrayFile, Location::whole(file), message.clone()).help(help)),
            );
            continue;
        }
        diagnostics.extend(site.setting.below(&of.language).map(|location| {
            let message = format!("the address `/{}/` is taken by the site in that language", of.language);
            Diagnostic::new(Code::DuplicateAddress, location.clone(), message).help("give the page another name")
        }));
        let mut found = Vec::new();
        let original = Some((of.language.as_str(), &site.archive));
        let archive = assemble_with(&of.tree, original, &memo.assembled).emit_into(&mut found);
        let other = run_checks(archive, &of.tree, found, options, memo);
        diagnostics.extend(other.diagnostics.iter().filter_map(|one| remap_to_translation(of, one.clone())));
        translated.push((of, other));
    }
    if !translations.is_empty() {
        diagnostic::sort(&mut diagnostics);
    }
    (translated, diagnostics)
}

/// Why a site is not built in a language that some files are called after, and what to do about it.
fn unsupported_language(site: &SiteInfo, of: &Translation) -> Option<(String, &'static str)> {
    let language = &of.language;
    if site.language.split('-').next() == language.split('-').next() {
        let help = "take the language out of its name, or give the file that it translates another language";
        return Some((format!("the site is in `{language}` itself, so this is no translation"), help));
    }
    let help = "take the language out of its name, or give the theme the words, in its `locales/` folder";
    let is_spoken = render::theme::language_name(&of.tree, site, language).is_some();
    (!is_spoken).then(|| (format!("the theme has no words in `{language}`, so the site is not built in it"), help))
}

/// What was found in a site of another language, as it is told: where a translation stands in its original's place,
/// it is the translation's, and all else was told of the original. What became of commitments is the original's too.
fn remap_to_translation(of: &Translation, mut found: Diagnostic) -> Option<Diagnostic> {
    let own = of.files.get(&found.location.file).filter(|_| found.code.family() != Category::Commitments)?;
    found.location.file = own.clone();
    for (location, _) in &mut found.related {
        if let Some(file) = of.files.get(&location.file) {
            location.file = file.clone();
        }
    }
    Some(found)
}

/// Checks a model, and finds what it is rendered with.
fn run_checks(
    archive: Archive,
    tree: &SourceTree,
    mut diagnostics: Vec<Diagnostic>,
    options: &Options,
    memo: &BuildCache,
) -> CheckedSite {
    let trends = Trends::new(&archive, options, &memo.kept);
    let targets = LinkResolver::new(&archive, tree, options, !trends.is_empty(), &memo.rendered.shelves);
    let setting = render::prepare(&archive, tree, options, trends, &memo.rendered).emit_into(&mut diagnostics);
    rules::check(&archive, tree, &targets, &memo.checked, &mut diagnostics);
    rules::waivers::apply(&archive, tree, &mut diagnostics);
    rules::links::withhold(&mut diagnostics);
    rules::duties::withhold(&archive, &mut diagnostics);
    CheckedSite { archive, setting, diagnostics: finalize(diagnostics) }
}

/// Hides what must not be shown and puts diagnostics in their order.
fn finalize(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostic::sort(&mut diagnostics);
    let flagged = Redactions::from_diagnostics(&diagnostics);
    diagnostic::truncate(&mut diagnostics);
    diagnostics.into_iter().map(|diagnostic| flagged.hide_in(diagnostic)).collect()
}

/// Whether anything keeps the site from being built.
#[must_use]
pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
