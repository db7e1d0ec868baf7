//! The model becomes pages: addresses, views, the theme, and the files for machines beside them.
//!
//! A page knows only its view: [`page`] makes views of the model, [`theme`] makes bytes of them, [`route`] decides where
//! they stand, and [`chart`] draws what numbers say.

pub mod chart;
pub mod download;
pub mod escape;
pub mod feed;
pub mod page;
pub mod prose;
pub mod route;
pub mod search;
pub mod theme;
pub mod tongues;
pub mod view;
mod withheld;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::page::Edition;
use self::page::key::Keys;
use self::page::press::Press;
use self::page::text::Flagged;
use self::page::told::Told;
use self::page::year::Made;
use self::route::{Address, Routes};
use self::theme::Theme;
use self::tongues::Tongues;
use self::view::shared::FrameView;
use self::withheld::Withheld;
use crate::diagnostic::{Checked, Diagnostic, RelPath};
use crate::memo::Cache;
use crate::options::Options;
use crate::output::OutputTree;
use crate::report::Archive;
use crate::report::links::Targets;
use crate::report::terms::Terms;
use crate::source::{Content, SourceTree};

/// What was rendered before, by what it was made of.
#[derive(Debug, Default)]
pub struct Memo {
    years: Cache<Arc<Made>>,
}

impl Memo {
    /// Drops what was not asked for since the last sweep.
    pub fn sweep(&mut self) {
        self.years.sweep();
    }
}

/// What a site is rendered with: its theme, and the address of every page.
pub struct Setting {
    theme: Theme,
    routes: Routes,
}

/// Loads the theme and gives every page its address; what is wrong with either is known before anything is rendered.
#[must_use]
pub fn prepare(archive: &Archive, tree: &SourceTree, options: &Options) -> Checked<Setting> {
    let mut found = Vec::new();
    let theme = Theme::load(tree, &archive.site).collect_into(&mut found);
    let routes = Routes::of(archive, options).collect_into(&mut found);
    Checked::new(Setting { theme, routes }, found)
}

/// Makes the site of a model: every page and every file that stands beside them.
///
/// `diagnostics` is all that was found in the files that the model was made of: reasons for what is waived are
/// printed on the pages that it concerns, and on a site that is built in spite of errors so are the errors.
#[must_use]
pub fn render(
    setting: Setting,
    archive: &Archive,
    tree: &SourceTree,
    diagnostics: &[Diagnostic],
    options: &Options,
    tongues: &Tongues,
    memo: &Memo,
) -> Checked<OutputTree> {
    let Setting { mut theme, routes } = setting;
    let mut found = Vec::new();
    let root_url = options.base_url.as_deref().unwrap_or(&archive.site.base_url).trim_end_matches('/');
    let base_url = format!("{root_url}/{}", tongues.folder());
    let base_url = base_url.trim_end_matches('/');
    let targets = Targets::of(archive, tree, options);
    let words = theme.words.clone();
    let terms = Terms::of(archive, None);
    let withheld = Withheld::of(tree, diagnostics);
    let (silent, flagged, prose_words) =
        (Told::default(), Flagged::of(tree, diagnostics), page::text::prose_words(&words));
    let untold = Edition {
        archive,
        routes: &routes,
        targets: &targets,
        terms: &terms,
        words: &words,
        options,
        base_url,
        told: &silent,
        flagged: &flagged,
        withheld: &withheld,
        tongues,
        prose_words: &prose_words,
    };
    let told = Told::of(archive, tree, &routes, diagnostics, options.force, |waiver| untold.waiver(waiver));
    let edition = Edition { told: &told, ..untold };

    theme.share("site", &page::shared::site(&edition));
    let mut output = OutputTree::default();
    let mut failures = Vec::new();
    let mut titles: BTreeMap<Arc<str>, (String, bool)> = BTreeMap::new();
    // An index is made of pages that are swept, and of their titles, which are not.
    let searchable = |pages: &[search::Entry]| withheld.sweep(search::index(pages)).into();
    let mut shared = page::year::render_shared(&edition, &theme);
    let index = (route::index(search::SITE), searchable(&shared.searched));
    let shared_made = Arc::new(shared.made([index].into_iter()));
    failures.append(&mut shared.failures);
    let keys = Keys::of(&edition, &theme, tree, diagnostics);
    let years = routes.years.par_iter().enumerate().map(|(index, year)| {
        let key = keys.of_year(year);
        memo.years.get(key).map_or_else(
            || {
                let mut pages = page::year::render(&edition, &theme, index);
                let report = &archive.reports[year.report];
                let data = download::files(&archive.site, report, options.drafts).into_iter();
                let data = data.map(|(name, text)| (year.data(name), text));
                let head = (year.running_head(), page::shared::running_head(&report.title, &archive.site.title));
                let files = data.chain([head]).map(|(at, text)| (at, withheld.sweep(text.into_bytes()).into()));
                let index = (route::index(year.name()), searchable(&pages.searched));
                let made = Arc::new(pages.made(files.chain([index])));
                if !pages.failures.is_empty() {
                    return Err((made, pages.failures));
                }
                memo.years.insert(key, Arc::clone(&made));
                Ok(made)
            },
            Ok,
        )
    });
    let years: Vec<_> = years.collect();
    for made in [Ok(shared_made)].into_iter().chain(years) {
        let made = made.unwrap_or_else(|(made, failed)| {
            failures.extend(failed);
            made
        });
        output.files.extend(made.files.iter().cloned());
        titles.extend(made.pages.iter().map(|(page, title, is_listed)| (page.clone(), (title.clone(), *is_listed))));
    }
    let press = Press { edition: &edition, theme: &theme, year: None };
    // An earlier address is the path of a file, from which nothing can be taken out.
    for (old, now) in routes.redirects.iter().filter(|(old, _)| !withheld.is_in(old.as_str())) {
        let title = titles.get(now.as_str()).map_or("", |(title, _)| title.as_str());
        match press.render(edition.redirect(old, now, title), &FrameView::default()) {
            Ok(bytes) => _ = output.files.insert(old.file(), bytes),
            Err(failure) => failures.push((old.clone(), failure)),
        }
    }
    found.extend(theme::report_failures(failures));

    let listed = titles.iter().filter(|(_, (_, is_listed))| *is_listed).map(|(page, _)| &**page);
    for (name, text) in [
        ("sitemap.xml", feed::sitemap(base_url, listed)),
        ("atom.xml", feed::atom(&edition)),
        ("robots.txt", feed::robots(root_url, tongues)),
        ("_headers", feed::headers()),
    ] {
        output.files.insert(Address::new(name).file(), withheld.sweep(text.into_bytes()).into());
    }
    for (name, text) in download::trends(&routes.trends) {
        output.files.insert(route::trends().join(name).file(), withheld.sweep(text.into_bytes()).into());
    }
    for (address, bytes) in &theme.assets {
        output.files.insert(address.file(), bytes.clone());
    }
    let unseen = targets.unseen_images(archive);
    let media = routes.years.iter().flat_map(|year| &archive.reports[year.report].media);
    for media in media.filter(|media| !unseen.contains(media.as_str())) {
        if let (Some(file), Some(address)) = (tree.files.get(media), route::media(media)) {
            let bytes: Arc<[u8]> = match &file.content {
                Content::Bytes(bytes) => bytes.clone(),
                Content::Text(text) => withheld.sweep(text.as_bytes().to_vec()).into(),
            };
            output.files.insert(address.file(), bytes);
        }
    }
    if !tongues.folder().is_empty() {
        output = below(tongues.folder(), output);
    }
    Checked::new(output, found)
}

/// The site of another language, in its folder. What a host looks for at its root alone stays with the site's own.
fn below(folder: &str, site: OutputTree) -> OutputTree {
    let is_own = |path: &RelPath| matches!(path.as_str(), "robots.txt" | "_headers" | "404.html");
    let files = site.files.into_iter().filter(|(path, _)| !is_own(path));
    files.map(|(path, bytes)| (RelPath::new(&format!("{folder}{path}")), bytes)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};
    use std::path::Path;

    use super::*;
    use crate::source::read_tree;

    /// The site that the repository itself is, with its diagnostics.
    fn worked_example(options: &Options) -> Checked<OutputTree> {
        let read = read_tree(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let built =
            crate::pipeline::build(&read.value, read.diagnostics, options, &mut crate::pipeline::Memo::default());
        Checked::new(built.output, built.diagnostics)
    }

    fn options() -> Options {
        Options::on(jiff::civil::date(2026, 1, 1))
    }

    /// The pages of a site, by their paths.
    fn pages(site: &OutputTree) -> impl Iterator<Item = (&str, &str)> {
        let pages = site.files.iter().filter(|(path, _)| path.extension() == "html");
        pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
    }

    /// The values of an attribute in some HTML.
    fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
        html.split(attribute).skip(1).filter_map(|rest| rest.strip_prefix("=\"")?.split('"').next())
    }

    #[test]
    fn every_link_of_the_worked_example_leads_somewhere() {
        let made = worked_example(&options());
        assert!(!crate::pipeline::has_errors(&made.diagnostics), "{:?}", made.diagnostics);
        let site = made.value;
        let ids: HashMap<&str, HashSet<&str>> =
            pages(&site).map(|(path, html)| (path, values(html, " id").collect())).collect();
        for (path, html) in pages(&site) {
            let all: Vec<&str> = values(html, " id").collect();
            assert_eq!(all.len(), ids[path].len(), "{path} gives an id twice");
            assert_eq!(html.matches("<h1").count(), 1, "{path} has not one heading of level 1");
            let folder = RelPath::new(path).parent();
            for link in values(html, " href").chain(values(html, " src")) {
                if link.contains(':') {
                    continue;
                }
                let (to, fragment) = link.split_once('#').unwrap_or((link, ""));
                let to = to.split('?').next().unwrap_or_default();
                let target = match to {
                    "" => RelPath::new(path),
                    to if path == "404.html" => Address::new(to).file(),
                    to if to.ends_with('/') => folder.join(to).join("index.html"),
                    to => folder.join(to),
                };
                assert!(site.files.contains_key(&target), "{path} links to {link}, where nothing is");
                let known = ids.get(target.as_str());
                assert!(
                    fragment.is_empty() || known.is_some_and(|ids| ids.contains(fragment)),
                    "{path} links to {link}"
                );
            }
        }
    }

    #[test]
    fn pages_are_light() {
        let site = worked_example(&options()).value;
        let styles = site.files.iter().filter(|(path, _)| path.extension() == "css");
        let styles: usize = styles.map(|(_, bytes)| bytes.len()).sum();
        for (path, html) in pages(&site).filter(|(path, _)| !path.contains("print/")) {
            assert!(html.len() + styles < 60_000, "{path} weighs {} bytes with its styles", html.len() + styles);
        }
    }

    #[test]
    fn pictures_of_a_draft_are_not_published() {
        let check = |council: &str| {
            let tree = SourceTree::of_texts([
                ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
                (
                    "content/2019-20/report.yaml",
                    "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\n\
                     agencies: [{id: council, name: C}, {id: police, name: P}]\n\
                     priorities: [{id: p, name: P, summary: '![Too](media/priority.svg)'}]\n",
                ),
                ("content/2019-20/agencies/council.md", council),
                ("content/2019-20/media/priority.svg", "<svg/>"),
                (
                    "content/2019-20/agencies/police.md",
                    "## What we did\n\n![Both](../media/both.svg)\n\nA.\n\n## What next\n\n- B.\n",
                ),
                ("content/2019-20/media/both.svg", "<svg/>"),
                ("content/2019-20/media/own.svg", "<svg/>"),
                ("content/2019-20/media/unused.svg", "<svg/>"),
            ]);
            let mut memo = crate::pipeline::Memo::default();
            let built = crate::pipeline::build(&tree, Vec::new(), &options(), &mut memo);
            assert!(!crate::pipeline::has_errors(&built.diagnostics), "{:?}", built.diagnostics);
            let media = built.output.files.keys().filter_map(|path| path.below("2019-20/media"));
            media.map(str::to_owned).collect::<Vec<_>>().join(" ")
        };
        let text = "## What we did\n\n![Own](../media/own.svg) ![Both](../media/both.svg) ![Too](../media/priority.svg)\n\nA.\n\n## What next\n\n- B.\n";
        assert_eq!(check(text), "both.svg own.svg priority.svg unused.svg");
        assert_eq!(check(&format!("---\nstatus: draft\n---\n{text}")), "both.svg priority.svg unused.svg");
    }

    #[test]
    fn two_builds_give_the_same_bytes() {
        assert_eq!(worked_example(&options()).value, worked_example(&options()).value);
    }
}
