//! The pipeline from source files to output files.
//!
//! It does not touch the disk, the clock, the environment or any global state: everything it needs is passed in, and
//! everything it finds is returned.

pub(crate) use crate::options::Options;

use std::collections::HashSet;

use crate::cache::Cache;
use crate::diagnostic::code::Category;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{self, Code, Diagnostic, Location, Severity, WithDiagnostics};
use crate::model::assemble::{self, assemble_with};
use crate::model::links::LinkResolver;
use crate::model::trends::CommitmentOutcomes;
use crate::model::{Archive, LeftOut, SiteInfo, Trends};
use crate::output::OutputTree;
use crate::render::languages::Languages;
use crate::render::{self, Prepared, RenderExtent};
use crate::rules;
use crate::source::SourceTree;
use crate::source::translation::{self, Translation};

/// The result of a build.
#[derive(Clone, Debug)]
pub struct BuildOutput {
    /// The site's files. Empty if errors stopped the build.
    pub output: OutputTree,
    /// The model that the site was built from.
    pub(crate) archive: Archive,
    /// All diagnostics in their final form: see [`check`].
    pub diagnostics: Vec<Diagnostic>,
}

/// Results of earlier builds, keyed by their inputs: one cache for each step that is slow enough to need one.
#[derive(Debug, Default)]
pub struct BuildCache {
    assembled: Cache<assemble::AssembledYear>,
    kept: Cache<CommitmentOutcomes>,
    checked: rules::RuleCache,
    rendered: render::RenderCache,
}

impl BuildCache {
    /// Drops the entries that have not been used since the last sweep.
    fn sweep(&mut self) {
        self.assembled.sweep();
        self.kept.sweep();
        self.checked.sweep();
        self.rendered.sweep();
    }
}

/// Reads the model from a site's files and checks it, without the problems that only rendering can find.
///
/// `read` holds the diagnostics from reading the files. The returned diagnostics are in their final form: severities
/// set, waivers applied, flagged words hidden, sorted.
#[must_use]
pub(crate) fn read(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> WithDiagnostics<Archive> {
    let split = translation::split(tree, options.drafts);
    let (own, translations) = split.as_ref().map_or((tree, &[][..]), |(own, others)| (own, others));
    let cache = BuildCache::default();
    let site = check_site(own, read, options, &cache);
    let (_, diagnostics) = check_translations(&site, translations, options, &cache);
    WithDiagnostics::new(site.archive, diagnostics)
}

/// Like `read`, with everything that would stop a build: it also renders pages of every kind.
#[must_use]
pub fn check(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options) -> WithDiagnostics<Archive> {
    let built = build_extent(tree, read, options, RenderExtent::Sample, &BuildCache::default());
    WithDiagnostics::new(built.archive, built.diagnostics)
}

/// Builds a site from its files, in each of its languages. Errors stop the build unless `options.force` is set.
#[must_use]
pub fn build(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options, cache: &mut BuildCache) -> BuildOutput {
    let built = build_extent(tree, read, options, RenderExtent::Whole, cache);
    cache.sweep();
    built
}

/// Builds as much of a site as `extent` asks for.
fn build_extent(
    tree: &SourceTree,
    read: Vec<Diagnostic>,
    options: &Options,
    extent: RenderExtent,
    cache: &BuildCache,
) -> BuildOutput {
    let split = translation::split(tree, options.drafts);
    let (own, translations) = split.as_ref().map_or((tree, &[][..]), |(own, others)| (own, others));
    let mut site = check_site(own, read, options, cache);
    let (mut translated, mut diagnostics) = check_translations(&site, translations, options, cache);
    site.setting.withhold(&diagnostics);
    for (_, site) in &mut translated {
        site.setting.withhold(&diagnostics);
    }
    let mut output = OutputTree::default();
    if options.force || extent == RenderExtent::Sample || !has_errors(&diagnostics) {
        let languages = match translated[..] {
            [] => Languages::default(),
            _ => Languages::new(
                own,
                &site.archive.site,
                translated.iter().map(|(translation, _)| translation.language.as_str()),
            ),
        };
        let (archive, found) = (&site.archive, &site.diagnostics);
        let rendered = render::render(site.setting, archive, own, found, options, &languages, extent, &cache.rendered);
        output = rendered.value;
        let mut found = rendered.diagnostics;
        for (at, (translation, site)) in translated.into_iter().enumerate() {
            let languages = languages.in_other(at + 1, translation.files.clone());
            let CheckedSite { archive, setting, diagnostics } = site;
            let rendered = render::render(
                setting,
                &archive,
                &translation.tree,
                &diagnostics,
                options,
                &languages,
                extent,
                &cache.rendered,
            );
            output.extend(rendered.value.files);
            // A theme error that occurs in every language is reported once.
            let reported: HashSet<Location> = found.iter().map(|one: &Diagnostic| one.location.clone()).collect();
            let is_new = |one: &Diagnostic| !reported.contains(&one.location);
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

/// A checked site in one language, ready to be rendered.
struct CheckedSite {
    archive: Archive,
    setting: Prepared,
    diagnostics: Vec<Diagnostic>,
}

/// Runs every step before rendering, in the site's own language.
fn check_site(tree: &SourceTree, read: Vec<Diagnostic>, options: &Options, cache: &BuildCache) -> CheckedSite {
    let mut diagnostics = read;
    let archive = assemble_with(tree, None, &cache.assembled).emit_into(&mut diagnostics);
    run_checks(archive, tree, diagnostics, options, cache)
}

/// Runs every step before rendering in the other languages. Returns the translated sites, and the diagnostics of all
/// languages together.
fn check_translations<'a>(
    site: &CheckedSite,
    translations: &'a [Translation],
    options: &Options,
    cache: &BuildCache,
) -> (Vec<(&'a Translation, CheckedSite)>, Vec<Diagnostic>) {
    let mut diagnostics = site.diagnostics.clone();
    let mut translated = Vec::new();
    for translation in translations {
        if let Some((message, help)) = unsupported_language(&site.archive.site, translation) {
            diagnostics.extend(
                translation
                    .files
                    .values()
                    .map(|file| Diagnostic::new(Code::StrayFile, Location::whole(file), message.clone()).help(help)),
            );
            continue;
        }
        diagnostics.extend(site.setting.below(&translation.language).map(|location| {
            let message = format!("the site in that language already uses the address `/{}/`", translation.language);
            Diagnostic::new(Code::DuplicateAddress, location.clone(), message).help("rename the page")
        }));
        let mut found = Vec::new();
        let original = Some((translation.language.as_str(), &site.archive));
        let archive = assemble_with(&translation.tree, original, &cache.assembled).emit_into(&mut found);
        let other = run_checks(archive, &translation.tree, found, options, cache);
        diagnostics.extend(other.diagnostics.iter().filter_map(|one| remap_to_translation(translation, one.clone())));
        translated.push((translation, other));
    }
    if !translations.is_empty() {
        diagnostic::sort(&mut diagnostics);
    }
    (translated, diagnostics)
}

/// The message and help for files named after a language that the site cannot be built in.
fn unsupported_language(site: &SiteInfo, translation: &Translation) -> Option<(String, &'static str)> {
    let language = &translation.language;
    if site.language.split('-').next() == language.split('-').next() {
        let help = "remove the language from the file's name, or use the language of the translation";
        return Some((format!("the site's own language is `{language}`, so this cannot be a translation"), help));
    }
    let help = "remove the language from the file's name, or add the language to the theme's `locales/` folder";
    let is_spoken = render::theme::language_name(&translation.tree, site, language).is_some();
    (!is_spoken).then(|| {
        (format!("the theme has no words for the language `{language}`, so the site is not built in it"), help)
    })
}

/// Moves a diagnostic of a translated site to the translated file. Returns `None` for files that have no translation
/// and for commitments: those were already reported for the original.
fn remap_to_translation(translation: &Translation, mut found: Diagnostic) -> Option<Diagnostic> {
    let own = translation.files.get(&found.location.file).filter(|_| found.code.family() != Category::Commitments)?;
    found.location.file = own.clone();
    for (location, _) in &mut found.related {
        if let Some(file) = translation.files.get(&location.file) {
            location.file = file.clone();
        }
    }
    Some(found)
}

/// Checks a model, and prepares what rendering needs.
fn run_checks(
    archive: Archive,
    tree: &SourceTree,
    mut diagnostics: Vec<Diagnostic>,
    options: &Options,
    cache: &BuildCache,
) -> CheckedSite {
    let trends = Trends::new(&archive, options, &cache.kept);
    let targets = LinkResolver::new(&archive, tree, options, !trends.is_empty(), &cache.rendered.shelves);
    let setting = render::prepare(&archive, tree, options, trends, &cache.rendered).emit_into(&mut diagnostics);
    let left_out = LeftOut::new(&archive, options);
    rules::check(&archive, tree, &targets, &left_out, &cache.checked, &mut diagnostics);
    rules::waivers::apply(&archive, tree, &mut diagnostics);
    rules::links::withhold(&mut diagnostics);
    rules::duties::withhold(&archive, &mut diagnostics);
    left_out.mark(&mut diagnostics);
    CheckedSite { archive, setting, diagnostics: finalize(diagnostics) }
}

/// Sorts the diagnostics, limits how many there are of a kind, and hides flagged words in them.
fn finalize(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostic::sort(&mut diagnostics);
    let flagged = Redactions::from_diagnostics(&diagnostics);
    diagnostic::truncate(&mut diagnostics);
    diagnostics.into_iter().map(|diagnostic| flagged.hide_in(diagnostic)).collect()
}

/// Whether any diagnostic stops the site from being built. Errors in what is left out of it do not.
#[must_use]
pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error && !diagnostic.is_left_out)
}
