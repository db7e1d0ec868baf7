//! The pipeline from source files to output files.
//!
//! It does not touch the disk, the clock, the environment or any global state: everything it needs is passed in, and
//! everything it finds is returned.

pub(crate) use crate::options::Options;

use std::borrow::Cow;
use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use crate::cache::Cache;
use crate::diagnostic::code::Category;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{self, Code, Diagnostic, Location, Severity, WithDiagnostics};
use crate::model::assemble::{self, assemble_with};
use crate::model::held_files;
use crate::model::links::LinkResolver;
use crate::model::{Archive, SiteInfo, Trends, UnbuiltContent};
use crate::output::{MemorySink, OutputFile, OutputSink, OutputTree};
use crate::render::inspect::PageInspection;
use crate::render::languages::Languages;
use crate::render::route::Address;
use crate::render::{self, Prepared, PutFile, RenderExtent, RenderSource, SinkClosed, SiteCounts};
use crate::rules;
use crate::source::SourceTree;
use crate::source::translation::{self, Translation};
use crate::source::unreadable::has_changed;

/// The result of a build, besides the files that it put.
#[derive(Clone, Debug)]
pub struct BuildOutput {
    /// The model that the site was built from.
    pub(crate) archive: Archive,
    /// All diagnostics in their final form: see [`check`].
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the files that were put are the site. Otherwise errors stopped the build, and whoever opened the sink
    /// drops them.
    pub is_built: bool,
    /// How many pages and charts were put.
    pub counts: SiteCounts,
}

/// Results of earlier builds, keyed by their inputs: one cache for each step that is slow enough to need one.
#[derive(Debug, Default)]
pub struct BuildCache {
    assembled: Cache<assemble::AssembledYear>,
    checked: rules::RuleCache,
    rendered: render::RenderCache,
}

impl BuildCache {
    /// A cache that stores nothing, for a single build.
    #[must_use]
    pub fn none() -> Self {
        Self { assembled: Cache::none(), checked: rules::RuleCache::none(), rendered: render::RenderCache::none() }
    }

    /// Drops the entries that have not been used since the last sweep.
    fn sweep(&mut self) {
        self.assembled.sweep();
        self.checked.sweep();
        self.rendered.sweep();
    }
}

/// Reads the model from a site's files and checks it, without the problems that only rendering can find.
///
/// The returned diagnostics include those of reading the files and are in their final form: severities set, waivers
/// applied, flagged words hidden, sorted.
#[must_use]
pub(crate) fn read(tree: &SourceTree, options: &Options) -> WithDiagnostics<Archive> {
    let (own, translations) = &by_language(tree, options);
    let cache = BuildCache::none();
    let checked = check_models((tree, own), translations, options, &cache);
    WithDiagnostics::new(checked.site.archive, checked.diagnostics)
}

/// Like `read`, with everything that would stop a build: it also renders pages of every kind.
#[must_use]
pub fn check(tree: &SourceTree, options: &Options, cache: &mut BuildCache) -> WithDiagnostics<Archive> {
    let Ok(built) = build_extent(tree, options, RenderExtent::Sample, cache, &|_| Ok::<_, Infallible>(()));
    WithDiagnostics::new(built.archive, built.diagnostics)
}

/// Builds a site from its files, in each of its languages, and puts every file into `sink` as it is finished. Errors
/// stop the build unless `options.force` is set.
///
/// # Errors
///
/// If the sink could not take a file.
pub fn build<S: OutputSink>(
    tree: &SourceTree,
    options: &Options,
    cache: &mut BuildCache,
    sink: &S,
) -> Result<BuildOutput, S::Error> {
    build_extent(tree, options, RenderExtent::Whole, cache, &|file| sink.put(file))
}

/// A site that was built in memory.
#[derive(Clone, Debug)]
pub struct MemoryBuild {
    /// The site's files. Empty if errors stopped the build.
    pub output: OutputTree,
    /// The model that the site was built from.
    pub(crate) archive: Archive,
    /// All diagnostics in their final form: see [`check`].
    pub diagnostics: Vec<Diagnostic>,
    /// The options that it was built with.
    pub(crate) options: Options,
}

/// Builds a site in memory.
#[must_use]
pub fn build_in_memory(tree: &SourceTree, options: &Options, cache: &mut BuildCache) -> MemoryBuild {
    let sink = MemorySink::default();
    let Ok(built) = build(tree, options, cache, &sink);
    let output = if built.is_built { sink.into_tree() } else { OutputTree::default() };
    MemoryBuild { output, archive: built.archive, diagnostics: built.diagnostics, options: options.clone() }
}

/// Builds as much of a site as `extent` asks for.
fn build_extent<E: Send>(
    tree: &SourceTree,
    options: &Options,
    extent: RenderExtent,
    cache: &mut BuildCache,
    put: &(dyn Fn(OutputFile) -> Result<(), E> + Sync),
) -> Result<BuildOutput, E> {
    // Rendering only needs to know that it must stop: the first error is kept for whoever opened the sink.
    let failure = Mutex::new(None);
    let put = |file| {
        put(file).map_err(|error| {
            failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            SinkClosed
        })
    };
    let built = walk(tree, options, extent, cache, &put).map(|built| without_changed(built, tree));
    cache.sweep();
    match (built, failure.into_inner().unwrap_or_else(PoisonError::into_inner)) {
        (Ok(built), _) => Ok(built),
        (Err(SinkClosed), Some(error)) => Err(error),
        (Err(SinkClosed), None) => unreachable!("a sink is only closed by its error"),
    }
}

/// A build whose source texts are still those that it was checked with. If one has been changed meanwhile, that is an
/// error even for `--force`: what was put may be of both.
fn without_changed(mut built: BuildOutput, tree: &SourceTree) -> BuildOutput {
    let changed = tree.changed.files();
    if !changed.is_empty() {
        built.is_built = false;
        built.diagnostics.extend(changed.iter().map(has_changed));
        built.diagnostics = finalize(built.diagnostics);
    }
    built
}

/// Reads, checks and renders a site in each of its languages.
fn walk(
    tree: &SourceTree,
    options: &Options,
    extent: RenderExtent,
    cache: &BuildCache,
    put: &PutFile<'_>,
) -> Result<BuildOutput, SinkClosed> {
    let (own, translations) = &by_language(tree, options);
    let CheckedLanguages { mut site, mut translated, mut diagnostics } =
        check_languages((tree, own), translations, options, cache);
    let mut counts = SiteCounts::default();
    if options.force || extent == RenderExtent::Sample || !has_errors(&diagnostics) {
        let languages = languages(own, &site, &translated);
        let mut found = Vec::new();
        let mut render = |tree: &SourceTree, site: &mut CheckedSite, languages: &Languages| {
            let CheckedSite { archive, setting, diagnostics } = site;
            let source = RenderSource { archive, tree, diagnostics, options, languages };
            let rendered = render::render(setting, source, extent, &cache.rendered, put)?;
            counts += rendered.value;
            // A theme error that occurs in every language is reported once.
            let reported: HashSet<Location> = found.iter().map(|one: &Diagnostic| one.location.clone()).collect();
            let is_new = |one: &Diagnostic| !reported.contains(&one.location);
            found.extend(rendered.diagnostics.into_iter().filter(is_new));
            Ok(())
        };
        render(own, &mut site, &languages)?;
        for (at, (translation, site)) in translated.iter_mut().enumerate() {
            render(&translation.tree, site, &languages.in_other(at + 1, translation.files.clone()))?;
        }
        if !found.is_empty() {
            rules::waivers::set_severities(&site.archive.site, &mut found);
            diagnostics.extend(found);
            diagnostics = finalize(diagnostics);
        }
    }
    let is_built = options.force || !has_errors(&diagnostics);
    Ok(BuildOutput { archive: site.archive, diagnostics, is_built, counts })
}

/// What the template of a page is given, and where its parts come from. `address` is the page's in the site, such as
/// `cy/2024-25/boards/`. `None` if there is no such page.
#[must_use]
pub(crate) fn inspect(tree: &SourceTree, options: &Options, address: &str) -> Option<PageInspection> {
    let (own, translations) = &by_language(tree, options);
    let CheckedLanguages { mut site, mut translated, .. } =
        check_languages((tree, own), translations, options, &BuildCache::none());
    let languages = languages(own, &site, &translated);
    let inspect = |tree: &SourceTree, site: &mut CheckedSite, languages: &Languages, address: &str| {
        let CheckedSite { archive, setting, diagnostics } = site;
        let source = RenderSource { archive, tree, diagnostics, options, languages };
        render::inspect(setting, source, &Address::new(address))
    };
    let in_other = translated.iter_mut().enumerate().find_map(|(at, (translation, site))| {
        let address = address.strip_prefix(&translation.language)?.strip_prefix('/')?;
        inspect(&translation.tree, site, &languages.in_other(at + 1, translation.files.clone()), address)
    });
    in_other.or_else(|| inspect(own, &mut site, &languages, address))
}

/// A site's files in its own language, and its translations.
fn by_language<'a>(tree: &'a SourceTree, options: &Options) -> (Cow<'a, SourceTree>, Vec<Translation>) {
    match translation::split(tree, options.drafts) {
        Some((own, translations)) => (Cow::Owned(own), translations),
        None => (Cow::Borrowed(tree), Vec::new()),
    }
}

/// A checked site in all its languages, ready to be rendered.
struct CheckedLanguages<'a> {
    /// The site in its own language.
    site: CheckedSite,
    /// Its translations.
    translated: Vec<(&'a Translation, CheckedSite)>,
    /// The diagnostics of all languages together.
    diagnostics: Vec<Diagnostic>,
}

/// Runs every step before rendering, in each language. What is flagged as personal data is withheld from all of them.
fn check_languages<'a>(
    trees: (&SourceTree, &SourceTree),
    translations: &'a [Translation],
    options: &Options,
    cache: &BuildCache,
) -> CheckedLanguages<'a> {
    let mut checked = check_models(trees, translations, options, cache);
    let translated = checked.translated.iter_mut().map(|(_, site)| site);
    for site in std::iter::once(&mut checked.site).chain(translated) {
        site.setting.withhold(&checked.diagnostics);
    }
    checked
}

/// The languages that a site is rendered in.
fn languages(own: &SourceTree, site: &CheckedSite, translated: &[(&Translation, CheckedSite)]) -> Languages {
    match translated {
        [] => Languages::default(),
        _ => Languages::new(
            own,
            &site.archive.site,
            translated.iter().map(|(translation, _)| translation.language.as_str()),
        ),
    }
}

/// A checked site in one language, ready to be rendered.
struct CheckedSite {
    archive: Archive,
    setting: Prepared,
    diagnostics: Vec<Diagnostic>,
}

/// Makes and checks the model in each language. `whole` has the files of all languages, `own` those of the site's own.
fn check_models<'a>(
    (whole, own): (&SourceTree, &SourceTree),
    translations: &'a [Translation],
    options: &Options,
    cache: &BuildCache,
) -> CheckedLanguages<'a> {
    let mut found = own.diagnostics.clone();
    let mut archive = assemble_with(own, None, &cache.assembled).emit_into(&mut found);
    let (mut others, mut found_in_others, mut unsupported) = (Vec::new(), Vec::new(), Vec::new());
    for translation in translations {
        if let Some((message, help)) = unsupported_language(&archive.site, translation) {
            let stray = |file| Diagnostic::new(Code::StrayFile, Location::whole(file), message.clone()).help(help);
            unsupported.extend(translation.files.values().map(stray));
            continue;
        }
        let original = Some((translation.language.as_str(), &archive));
        let other = assemble_with(&translation.tree, original, &cache.assembled);
        others.push((translation, other.value));
        found_in_others.push(other.diagnostics);
    }
    held_files::hold(&mut archive, &mut others, whole, options);
    let site = run_checks(archive, own, found, options, cache);
    let mut diagnostics = site.diagnostics.clone();
    diagnostics.extend(unsupported);
    let mut translated = Vec::new();
    for ((translation, archive), found) in others.into_iter().zip(found_in_others) {
        diagnostics.extend(site.setting.below(&translation.language).map(|location| {
            let message = format!("the site in that language already uses the address `/{}/`", translation.language);
            Diagnostic::new(Code::DuplicateAddress, location.clone(), message).help("rename the page")
        }));
        let other = run_checks(archive, &translation.tree, found, options, cache);
        diagnostics.extend(other.diagnostics.iter().filter_map(|one| remap_to_translation(translation, one.clone())));
        translated.push((translation, other));
    }
    if !translations.is_empty() {
        UnbuiltContent::new(&site.archive, options).mark(&mut diagnostics);
        diagnostic::sort(&mut diagnostics);
    }
    CheckedLanguages { site, translated, diagnostics }
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
    let trends = Trends::new(&archive, options);
    let setting = render::prepare(&archive, tree, options, trends, &cache.rendered).emit_into(&mut diagnostics);
    let left_out = UnbuiltContent::new(&archive, options);
    let targets = LinkResolver::new(&archive, tree, &setting.links);
    rules::check(&archive, tree, &targets, &left_out, &cache.checked, options.today, &mut diagnostics);
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::source::scan_tree;

    /// Takes some files, and no more.
    struct SmallSink {
        taken: AtomicUsize,
        most: usize,
    }

    impl OutputSink for SmallSink {
        type Error = &'static str;

        fn put(&self, _: OutputFile) -> Result<(), &'static str> {
            let taken = self.taken.fetch_add(1, Ordering::Relaxed);
            if taken < self.most { Ok(()) } else { Err("the disk is full") }
        }
    }

    #[test]
    fn an_error_of_the_sink_stops_the_build() {
        let pages: Vec<(String, &str)> =
            (0..200).map(|n| (format!("content/pages/p{n}.md"), "---\ntitle: P\n---\nText.\n")).collect();
        let site = [("content/site.yaml", "title: S\nbase_url: https://s.example\n")];
        let tree = SourceTree::from_texts(pages.iter().map(|(path, text)| (path.as_str(), *text)).chain(site));
        let options = Options::new(jiff::civil::date(2024, 9, 1));
        let whole = build_in_memory(&tree, &options, &mut BuildCache::none()).output.files.len();
        for most in [0, 1, 100, whole - 1] {
            let sink = SmallSink { taken: AtomicUsize::new(0), most };
            let built = build(&tree, &options, &mut BuildCache::none(), &sink);
            assert_eq!(built.map(|built| built.is_built), Err("the disk is full"));
        }
        let sink = SmallSink { taken: AtomicUsize::new(0), most: whole };
        assert!(build(&tree, &options, &mut BuildCache::none(), &sink).is_ok_and(|built| built.is_built));
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "somebody saves a file while the site is built")]
    fn nothing_is_built_of_texts_that_change_meanwhile() {
        let site = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("content/site.yaml", "title: S\nbase_url: https://s.example\n");
        write("content/pages/a.md", "---\ntitle: A\n---\nText.\n");
        let forced = Options { force: true, ..Options::new(jiff::civil::date(2024, 9, 1)) };
        let build = |tree| {
            let built = build_in_memory(tree, &forced, &mut BuildCache::none());
            let found = built.diagnostics.iter().filter(|one| one.severity == Severity::Error);
            (
                built.output.files.is_empty(),
                found.map(|one| format!("{} {}", one.code, one.message)).collect::<Vec<_>>(),
            )
        };
        let tree = scan_tree(site.path(), 0).unwrap();
        assert_eq!(build(&tree), (false, Vec::new()));
        write("content/pages/a.md", "---\ntitle: A\n---\nOther text.\n");
        let message = "unreadable-file this file cannot be read: it was changed while annal was reading the site";
        let (is_empty, found) = build(&tree);
        assert!(is_empty && found.contains(&message.to_owned()), "{found:?}");
    }

    #[test]
    fn what_was_wrong_in_reading_is_reported_once() {
        let mut tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            ("content/pages/a.md", "---\ntitle: A\n---\nText.\n"),
            ("content/pages/a.cy.md", "---\ntitle: A\n---\nTestun.\n"),
        ]);
        let lost = Location::whole(&crate::diagnostic::RelPath::new("content/pages/b.md"));
        tree.unreadable.insert(lost.file.clone());
        tree.diagnostics.push(Diagnostic::new(Code::UnreadableFile, lost, "m"));
        let found = check(&tree, &Options::new(jiff::civil::date(2024, 9, 1)), &mut BuildCache::none()).diagnostics;
        assert_eq!(found.iter().filter(|one| one.code == Code::UnreadableFile).count(), 1);
    }
}
