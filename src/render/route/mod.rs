//! Decides every address of the site. No other module does.
//!
//! An [`Address`] is relative to the site's root; pages turn it into a relative link, so a site works from any folder.
//! A page without content has no address, and two things at one address are a diagnostic.

mod address_registry;
mod year;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use self::address_registry::{AddressRegistry, PageAlias};
pub(crate) use self::year::{ContentsEntry, YearAddresses, YearRoutes};
use super::export;
use crate::diagnostic::{Location, RelPath, WithDiagnostics};
use crate::model::held_files::published_of_site;
use crate::model::{Archive, Trends, is_built};
use crate::options::Options;
use crate::source::digest::{Digest, hash128};

/// An address in the built site, relative to its root: empty for the front page, `2019-20/boards/` for a page,
/// `assets/civic.css` for a file. It never begins with `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address(Arc<str>);

impl Address {
    /// The address written as `text`.
    #[must_use]
    pub(crate) fn new(text: &str) -> Self {
        Self(text.trim_start_matches('/').into())
    }

    /// The site's front page.
    #[must_use]
    pub(crate) fn home() -> Self {
        Self::new("")
    }

    /// The address as text.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of something below this page.
    #[must_use]
    pub(crate) fn join(&self, below: &str) -> Self {
        Self([&*self.0, below].concat().into())
    }

    /// The file that is served at this address.
    #[must_use]
    pub(crate) fn file(&self) -> RelPath {
        if self.0.is_empty() || self.0.ends_with('/') {
            RelPath::new(&format!("{}index.html", self.0))
        } else {
            RelPath::new(&self.0)
        }
    }

    /// The path from a page here to the site's root: `../../` from `2019-20/boards/`, `./` from the front page.
    #[must_use]
    pub(crate) fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// The file that hosts serve for an unknown address.
pub(crate) const NOT_FOUND: &str = "404.html";

/// The name of the search index of the site's own pages. A year's index is named after the year.
pub(crate) const SITE_INDEX: &str = "site";

/// All addresses of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Routes {
    /// The years that are built, newest first.
    pub years: Vec<YearRoutes>,
    pub has_glossary: bool,
    pub has_contacts: bool,
    /// Whether the site has documents of its own to list.
    pub has_documents: bool,
    /// The figures to show across the years; may be empty.
    pub trends: Trends,
    /// Earlier addresses and the addresses they redirect to.
    pub redirects: BTreeMap<Address, Address>,
    /// The pages of the site's own content files, with their addresses. Files that are not built have none.
    pages: BTreeMap<RelPath, Address>,
    /// The years by the names of their folders.
    by_name: HashMap<Arc<str>, usize>,
    /// The addresses outside the years.
    shared: Arc<AddressRegistry>,
}

impl Routes {
    /// Decides the address of everything that is built and reports addresses claimed twice, given the addresses within each
    /// of the site's reports. `assets` are the theme's and `fixed` the site's own fixed files, with their files.
    #[must_use]
    pub(crate) fn new(
        archive: &Archive,
        options: &Options,
        trends: Trends,
        assets: &[(Address, RelPath)],
        fixed: &[(Address, RelPath)],
        of_years: &[Arc<YearAddresses>],
    ) -> WithDiagnostics<Self> {
        let mut routes = Self {
            has_glossary: !archive.glossary.terms.is_empty(),
            has_contacts: !archive.site.contacts.is_empty(),
            has_documents: published_of_site(archive).next().is_some(),
            trends,
            ..Self::default()
        };
        let mut diagnostics = Vec::new();
        for (index, (report, year)) in archive.reports.iter().zip(of_years).enumerate().rev() {
            if report.is_built(options) {
                diagnostics.extend_from_slice(&year.taken.diagnostics);
                routes.by_name.insert(report.year.as_str().into(), routes.years.len());
                routes.years.push(YearRoutes::new(index, report, Arc::clone(year)));
            }
        }
        let mut taken = routes.reserve(&archive.site.file);
        for (address, file) in assets {
            taken.take(address.clone(), Location::whole(file));
        }
        for (address, file) in fixed {
            routes.take(&mut taken, address, Location::whole(file));
        }
        for document in &archive.documents {
            if let Some(address) = media(&document.file) {
                routes.take(&mut taken, &address, Location::whole(&document.file));
            }
        }
        for image in &archive.media {
            if let Some(address) = media(image) {
                routes.take(&mut taken, &address, Location::whole(image));
            }
        }
        let mut aliases: Vec<PageAlias> = Vec::new();
        for page in archive.pages.iter().filter(|page| is_built(page.status, options)) {
            let address = year::page_below(&Address::home(), page);
            if routes.take(&mut taken, &address, Location::whole(&page.file)) {
                aliases.extend(PageAlias::from_file(&page.file, &page.aliases, &address));
                routes.pages.insert(page.file.clone(), address);
            }
        }
        let redirects = routes.redirects(&aliases, &mut taken);
        routes.redirects = redirects;
        diagnostics.append(&mut taken.diagnostics);
        routes.shared = Arc::new(taken);
        WithDiagnostics::new(routes, diagnostics)
    }

    /// Takes the addresses of what annal generates for the site as a whole.
    fn reserve(&self, file: &RelPath) -> AddressRegistry {
        let mut taken = AddressRegistry::default();
        taken.reserve(Address::home(), file, "the front page");
        taken.reserve(search(), file, "the search");
        if self.has_glossary {
            taken.reserve(glossary(), file, "the glossary");
        }
        if self.has_contacts {
            taken.reserve(contacts(), file, "the contacts");
        }
        if self.has_documents {
            taken.reserve(documents(), file, "the list of documents");
        }
        if !self.trends.is_empty() {
            taken.reserve(trends(), file, "the page of all years");
            for name in export::TREND_NAMES {
                taken.reserve(trends().join(name), file, "the data of all years");
            }
        }
        for name in self.years.iter().map(YearRoutes::name).chain([SITE_INDEX]) {
            taken.reserve(index(name), file, "the search index");
        }
        let files = [NOT_FOUND, "robots.txt", "sitemap.xml", "atom.xml", "manifest.json", "_headers", SHARE_IMAGE];
        for name in files.into_iter().chain(export::SCHEMAS.map(|(name, _)| name)) {
            taken.reserve(Address::new(name), file, "a file that annal creates");
        }
        taken
    }

    /// The redirects from earlier addresses, except where the address is taken or the target is unsafe.
    fn redirects(&self, of_pages: &[PageAlias], taken: &mut AddressRegistry) -> BTreeMap<Address, Address> {
        let mut redirects = BTreeMap::new();
        let of_years = self.years.iter().flat_map(|year| &year.routed().aliases);
        for alias in of_years.chain(of_pages) {
            match alias.address() {
                Ok(old) => {
                    if self.take(taken, &old, alias.location.clone()) {
                        redirects.insert(old, alias.target.clone());
                    }
                }
                Err(diagnostic) => taken.diagnostics.push(*diagnostic),
            }
        }
        redirects
    }

    /// Takes an address for the file at a place. Reports an error if this registry or a year has already taken it.
    fn take(&self, taken: &mut AddressRegistry, address: &Address, location: Location) -> bool {
        let year = self.year_at(address.as_str()).map(|year| &year.taken);
        taken.take_beside(year, address.clone(), location)
    }

    /// The addresses of the year that a path begins with, if that year is built.
    fn year_at(&self, path: &str) -> Option<&YearAddresses> {
        let index = self.by_name.get(path.split('/').next()?)?;
        Some(self.years[*index].routed())
    }

    /// Whether something is at an address.
    #[must_use]
    pub(crate) fn has(&self, address: &Address) -> bool {
        self.shared.has(address) || self.year_at(address.as_str()).is_some_and(|year| year.taken.has(address))
    }

    /// The sources of everything at an address inside a folder of the site, including earlier addresses, but without
    /// the contents of years.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &Location> {
        self.shared.below(folder)
    }

    /// The hash of the addresses of all pages of content files.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Digest {
        let years: Vec<Digest> = self.years.iter().map(YearRoutes::fingerprint).collect();
        hash128(&(&self.pages, years))
    }

    /// The page of a content file, if it is built.
    #[must_use]
    pub(crate) fn page_of(&self, file: &RelPath) -> Option<&Address> {
        let of_year = file.below("content").and_then(|below| self.year_at(below));
        of_year.map_or(&self.pages, |year| &year.pages).get(file)
    }
}

/// The name of the picture that is shown with links to the site, or to a year.
pub(crate) const SHARE_IMAGE: &str = "share.png";

/// The glossary.
#[must_use]
pub(crate) fn glossary() -> Address {
    Address::new("glossary/")
}

/// The contacts.
#[must_use]
pub(crate) fn contacts() -> Address {
    Address::new("contacts/")
}

/// The list of the site's own documents. The documents are below it.
#[must_use]
pub(crate) fn documents() -> Address {
    Address::new("documents/")
}

/// The page that compares the years. The files with its data are below it.
#[must_use]
pub(crate) fn trends() -> Address {
    Address::new("trends/")
}

/// The page for an unknown address.
#[must_use]
pub(crate) fn not_found() -> Address {
    Address::new(NOT_FOUND)
}

/// The search page.
#[must_use]
pub(crate) fn search() -> Address {
    Address::new("search/")
}

/// The search index of a year, or of the site's own pages.
#[must_use]
pub(crate) fn index(of: &str) -> Address {
    search().join(&format!("{of}.json"))
}

/// The address of an image or a document: its path below `content/`.
#[must_use]
pub(crate) fn media(file: &RelPath) -> Option<Address> {
    file.below("content").map(Address::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceTree;

    #[test]
    fn addresses_give_files_and_paths_to_the_root() {
        for (address, file, root) in [
            ("", "index.html", "./"),
            ("2019-20/", "2019-20/index.html", "../"),
            ("2019-20/boards/risk/", "2019-20/boards/risk/index.html", "../../../"),
            ("2019-20/data/budget.csv", "2019-20/data/budget.csv", "../../"),
            ("404.html", "404.html", "./"),
        ] {
            let address = Address::new(address);
            assert_eq!((address.file().as_str(), address.root().as_str()), (file, root));
        }
    }

    /// The diagnostics about addresses of a site with some more files. Not every disk could store such files.
    fn check(files: &[&str]) -> String {
        let text = |file: &str| match file.rsplit('.').next() {
            Some("md") => "---\ntitle: T\n---\nText.\n",
            Some("svg" | "SVG") => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            _ => "text",
        };
        let base = [
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            (
                "content/2019-20/report.yaml",
                "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n",
            ),
        ];
        let tree = SourceTree::from_texts(base.into_iter().chain(files.iter().map(|file| (*file, text(file)))));
        let found = crate::pipeline::read(&tree, &Options::new(jiff::civil::date(2026, 1, 1)));
        let lines =
            found.diagnostics.iter().map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.location.file));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn names_that_other_computers_confuse_are_reported() {
        for (one, other) in [
            ("content/2019-20/media/Photo.svg", "content/2019-20/media/photo.SVG"),
            ("content/2019-20/media/cafe\u{301}.svg", "content/2019-20/media/caf\u{e9}.svg"),
            ("content/2019-20/media/A/one.svg", "content/2019-20/media/a/two.svg"),
            ("themes/civic/assets/Same.css", "themes/civic/assets/same.css"),
            ("themes/civic/assets/IMG/a.css", "themes/civic/assets/img/b.css"),
        ] {
            assert_eq!(check(&[one, other]), format!("duplicate-address {other}"), "{one}");
        }
    }

    #[test]
    fn names_that_are_not_allowed_everywhere_are_reported() {
        let long = format!("themes/civic/assets/{}.css", "a".repeat(250));
        for file in
            ["content/2019-20/media/aux.svg", "content/2019-20/media/a .svg/b.svg", "content/pages/con.md", &long]
        {
            let expected = if file.contains("a .svg") { String::new() } else { format!("bad-value {file}") };
            assert_eq!(check(&[file]), expected);
        }
        assert_eq!(check(&["content/2019-20/media/a /b.svg"]), "bad-value content/2019-20/media/a /b.svg");
        for file in ["content/static/a\n!touch x\nb/c.txt", "content/static/why?.txt", "themes/civic/assets/a\nb.css"] {
            assert_eq!(check(&[file]), format!("bad-value {file}"));
        }
    }
}
