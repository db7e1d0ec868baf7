//! Every address of the site is decided here, and nowhere else.
//!
//! An [`Address`] counts from the site's root; pages turn it into a relative link, so that a site works from any
//! folder. What has no content has no address, and two things at one address are a diagnostic.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Checked, Code, Diagnostic, Place, RelPath};
use crate::options::Options;
use crate::report::{Archive, CommitmentId, Kind, Page, Part, Report, Submission, Trends, is_built};
use crate::source::slug::slug;
use crate::source::tree::{Hash, hash_of_set};
use crate::source::yaml::Text;

/// Where something stands in the built site, from its root: empty for the front page, `2019-20/boards/` for a page,
/// `assets/civic.css` for a file. It never begins with `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// The address that `text` writes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim_start_matches('/').into())
    }

    /// The site's front page.
    #[must_use]
    pub fn home() -> Self {
        Self::new("")
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of something below this page.
    #[must_use]
    pub fn join(&self, below: &str) -> Self {
        Self([&*self.0, below].concat().into())
    }

    /// The file that is served there.
    #[must_use]
    pub fn file(&self) -> RelPath {
        if self.0.is_empty() || self.0.ends_with('/') {
            RelPath::new(&format!("{}index.html", self.0))
        } else {
            RelPath::new(&self.0)
        }
    }

    /// The way from a page here to the site's root: `../../` from `2019-20/boards/`, `./` from the front page.
    #[must_use]
    pub fn root(&self) -> String {
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

/// One thing in a report's contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A narrative page: its index in [`Report::pages`].
    Page(usize),
    /// A part.
    Part(Part),
}

/// What is built of one year.
#[derive(Clone, Debug)]
pub struct YearRoutes {
    /// The report's index in [`Archive::reports`].
    pub report: usize,
    /// The report's front page.
    pub front: Address,
    /// What the report holds, in its order.
    pub contents: Vec<Entry>,
}

impl YearRoutes {
    /// The year as its folder is named.
    #[must_use]
    pub fn name(&self) -> &str {
        self.front.as_str().trim_end_matches('/')
    }

    /// A part's page, where the part has content.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<Address> {
        self.contents.contains(&Entry::Part(part)).then(|| self.front.join(&format!("{}/", part.name())))
    }

    /// The page of the whole report in one.
    #[must_use]
    pub fn print(&self) -> Address {
        self.front.join("print/")
    }

    /// The style sheet that puts the report's title at the head of every printed page.
    #[must_use]
    pub fn running_head(&self) -> Address {
        self.front.join("head.css")
    }

    /// A priority's page.
    #[must_use]
    pub fn priority(&self, id: &str) -> Address {
        self.below("priorities", id)
    }

    /// The page of what a board or agency sent.
    #[must_use]
    pub fn submission(&self, kind: Kind, id: &str) -> Address {
        self.below(kind.folder(), id)
    }

    fn below(&self, folder: &str, id: &str) -> Address {
        Address([self.front.as_str(), folder, "/", id, "/"].concat().into())
    }

    /// A file of the year's data.
    #[must_use]
    pub fn data(&self, name: &str) -> Address {
        self.front.join(&format!("data/{name}"))
    }
}

/// The fragment that leads to a commitment on the page of its submission.
#[must_use]
pub fn commitment_anchor(id: &CommitmentId) -> String {
    format!("commitment-{}", id.slug())
}

/// All addresses of a site.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// The years that are built, newest first.
    pub years: Vec<YearRoutes>,
    /// Whether there is a glossary to show.
    pub has_glossary: bool,
    /// Whether there are contacts to show.
    pub has_contacts: bool,
    /// What there is to show across the years; may be nothing.
    pub trends: Trends,
    /// The pages of content files and where they are built; files that are not built have none.
    of_files: HashMap<RelPath, Address>,
    /// Earlier addresses and where they lead.
    pub redirects: BTreeMap<Address, Address>,
}

impl Routes {
    /// Decides the address of everything that is built, and says where two things would stand at one.
    #[must_use]
    pub fn of(archive: &Archive, options: &Options) -> Checked<Self> {
        let mut routes = Self {
            has_glossary: !archive.glossary.terms.is_empty(),
            has_contacts: !archive.site.contacts.is_empty(),
            trends: Trends::of(archive, options),
            ..Self::default()
        };
        let mut taken = Taken::default();
        taken.reserve(Address::home(), &archive.site.file, "the front page");
        taken.reserve(search(), &archive.site.file, "the search");
        if routes.has_glossary {
            taken.reserve(glossary(), &archive.site.file, "the glossary");
        }
        if routes.has_contacts {
            taken.reserve(contacts(), &archive.site.file, "the contacts");
        }
        if !routes.trends.is_empty() {
            taken.reserve(trends(), &archive.site.file, "the page of all years");
        }
        for name in ["404.html", "robots.txt", "sitemap.xml", "atom.xml", "manifest.json", "_headers"] {
            taken.reserve(Address::new(name), &archive.site.file, "a file of the site's own");
        }
        let mut aliases = Vec::new();
        for (index, report) in
            archive.reports.iter().enumerate().rev().filter(|(_, report)| !report.is_embargoed(options))
        {
            let year = routes.add_year(index, report, options, &mut taken, &mut aliases);
            routes.years.push(year);
        }
        for page in archive.pages.iter().filter(|page| is_built(page.status, options)) {
            routes.add_page(&Address::home(), page, &mut taken, &mut aliases);
        }
        routes.add_aliases(&aliases, &mut taken);
        Checked::new(routes, taken.diagnostics)
    }

    /// The hash of every address.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let files = self.of_files.iter().map(|(file, address)| (file.as_str(), address.as_str()));
        let redirects = self.redirects.iter().map(|(old, now)| (old.as_str(), now.as_str()));
        let years = self.years.iter().map(|year| (year.name(), "year"));
        hash_of_set(files.chain(redirects).chain(years))
    }

    /// The page that is built of a content file.
    #[must_use]
    pub fn page_of(&self, file: &RelPath) -> Option<&Address> {
        self.of_files.get(file)
    }

    fn add_year<'a>(
        &mut self,
        index: usize,
        report: &'a Report,
        options: &Options,
        taken: &mut Taken,
        aliases: &mut Vec<Alias<'a>>,
    ) -> YearRoutes {
        let front = Address::new(&format!("{}/", report.year));
        let has_page = |page: &Page| is_built(page.status, options);
        let has_part = |part: Part| part.has_content(report, options);
        let mut year = YearRoutes { report: index, contents: contents_of(report, has_page, has_part), front };
        taken.reserve(year.front.clone(), &report.file, "the report's front page");
        taken.reserve(year.print(), &report.file, "the report as one document");
        taken.reserve(year.running_head(), &report.file, "a file of the site's own");
        for entry in &year.contents {
            if let Entry::Part(part) = entry
                && let Some(address) = year.part(*part)
            {
                taken.reserve(address, &report.file, "a part of the report");
            }
        }
        for sent in report.submissions().filter(|sent| is_built(sent.status, options)) {
            let address = year.submission(sent.kind, &sent.id);
            aliases.extend(Alias::of_submission(sent, &address));
            self.of_files.insert(sent.file.clone(), address.clone());
            taken.take(address, Place::whole(&sent.file));
        }
        for page in report.pages.iter().filter(|page| has_page(page)) {
            self.add_page(&year.front, page, taken, aliases);
        }
        let has_address = |entry: &Entry| match entry {
            Entry::Page(index) => self.of_files.contains_key(&report.pages[*index].file),
            Entry::Part(_) => true,
        };
        year.contents.retain(has_address);
        year
    }

    /// Gives a page its address below a folder, unless it is taken.
    fn add_page<'a>(&mut self, folder: &Address, page: &'a Page, taken: &mut Taken, aliases: &mut Vec<Alias<'a>>) {
        let name = slug(&page.id);
        let address = folder.join(&format!("{}/", if name.is_empty() { "page" } else { &name }));
        if taken.take(address.clone(), Place::whole(&page.file)) {
            aliases.extend(Alias::of_page(page, &address));
            self.of_files.insert(page.file.clone(), address);
        }
    }

    /// Gives each earlier address its redirect, unless it is taken or leads nowhere safe.
    fn add_aliases(&mut self, aliases: &[Alias<'_>], taken: &mut Taken) {
        for alias in aliases {
            let place = Place::new(alias.file, alias.written.span);
            match old_address(&alias.written.value) {
                Ok(old) => {
                    if taken.take(old.clone(), place) {
                        self.redirects.insert(old, alias.target.clone());
                    }
                }
                Err(why) => {
                    let message = format!("`{}` cannot be an earlier address: {why}", alias.written.value);
                    let help = "write it as it stood below the site's address, as in `/2018/risk.html`";
                    taken.diagnostics.push(Diagnostic::new(Code::BadValue, place, message).help(help));
                }
            }
        }
    }
}

/// The glossary's page.
#[must_use]
pub fn glossary() -> Address {
    Address::new("glossary/")
}

/// The contacts' page.
#[must_use]
pub fn contacts() -> Address {
    Address::new("contacts/")
}

/// The page that looks across the years. The files of its data lie below it.
#[must_use]
pub fn trends() -> Address {
    Address::new("trends/")
}

/// The page from which everything is found.
#[must_use]
pub fn search() -> Address {
    Address::new("search/")
}

/// The index of what can be searched of a year, or of the site's own pages.
#[must_use]
pub fn index(of: &str) -> Address {
    search().join(&format!("{of}.json"))
}

/// An image of a year, where it is served. Its path below `content/` is its address.
#[must_use]
pub fn media(file: &RelPath) -> Option<Address> {
    file.below("content").map(Address::new)
}

/// The pages and parts of a report in its order: as `contents` says, then what it leaves out.
fn contents_of(report: &Report, has_page: impl Fn(&Page) -> bool, has_part: impl Fn(Part) -> bool) -> Vec<Entry> {
    let pages = report.pages.iter().enumerate().filter(|(_, page)| has_page(page)).map(|(index, _)| Entry::Page(index));
    let parts = Part::ALL.iter().copied().filter(|part| has_part(*part)).map(Entry::Part);
    let mut left: Vec<Entry> = pages.chain(parts).collect();
    let name = |entry: &Entry| match entry {
        Entry::Page(index) => report.pages[*index].id.as_str(),
        Entry::Part(part) => part.name(),
    };
    let mut ordered = Vec::with_capacity(left.len());
    for wanted in &report.contents {
        if let Some(at) = left.iter().position(|entry| name(entry) == wanted.value) {
            ordered.push(left.remove(at));
        }
    }
    ordered.append(&mut left);
    ordered
}

/// An earlier address of a page, as it was written.
struct Alias<'a> {
    file: &'a RelPath,
    written: &'a Text,
    target: Address,
}

impl<'a> Alias<'a> {
    fn of_page(page: &'a Page, target: &Address) -> impl Iterator<Item = Self> {
        page.aliases.iter().map(move |written| Self { file: &page.file, written, target: target.clone() })
    }

    fn of_submission(sent: &'a Submission, target: &Address) -> impl Iterator<Item = Self> {
        sent.aliases.iter().map(move |written| Self { file: &sent.file, written, target: target.clone() })
    }
}

/// The address that an alias names: a file where it ends in `.html`, else a folder's page.
fn old_address(written: &str) -> Result<Address, &'static str> {
    let path = written.trim().trim_start_matches('/');
    if written.contains("//") {
        return Err("it names a site, or has an empty part");
    }
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%')) {
        return Err("it holds a character that no file's name can have everywhere");
    }
    if path.split('/').any(|part| part.starts_with('.') || part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        return Err("a part of it begins or ends with a dot or a space");
    }
    let ends_as_page = [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    if ends_as_page {
        return Ok(path
            .strip_suffix("/index.html")
            .map_or_else(|| Address::new(path), |p| Address::new(&format!("{p}/"))));
    }
    Ok(Address::new(&format!("{}/", path.trim_end_matches('/'))))
}

/// Which addresses are taken, and by whom.
#[derive(Default)]
struct Taken {
    by: HashMap<Address, (Place, &'static str)>,
    /// Files among them by which a folder's name is taken: `a.html` keeps anything from standing at `a.html/b/`.
    files: BTreeMap<RelPath, Address>,
    diagnostics: Vec<Diagnostic>,
}

impl Taken {
    /// Takes an address for something that the tool makes itself.
    fn reserve(&mut self, address: Address, file: &RelPath, what: &'static str) {
        self.files.insert(address.file(), address.clone());
        self.by.insert(address, (Place::whole(file), what));
    }

    /// Takes an address for what stands at a place, unless it is taken already, which is reported.
    fn take(&mut self, address: Address, place: Place) -> bool {
        let Some(first) = self.in_the_way(&address) else {
            self.files.insert(address.file(), address.clone());
            self.by.insert(address, (place, ""));
            return true;
        };
        let message = match first.1 {
            "" => format!("the address `/{address}` is taken"),
            what => format!("the address `/{address}` is taken by {what}"),
        };
        let mut diagnostic = Diagnostic::new(Code::DuplicateAddress, place, message);
        if first.1.is_empty() {
            diagnostic = diagnostic.also(first.0.clone(), "this stands there");
        }
        self.diagnostics.push(diagnostic.help("give one of the two another name"));
        false
    }

    /// What stands at an address, or in its way.
    fn in_the_way(&self, address: &Address) -> Option<&(Place, &'static str)> {
        if let Some(first) = self.by.get(address) {
            return Some(first);
        }
        let file = address.file();
        let mut folder = file.parent();
        while !folder.as_str().is_empty() {
            if let Some(first) = self.files.get(&folder) {
                return self.by.get(first);
            }
            folder = folder.parent();
        }
        let from_here =
            self.files.range(file.clone()..).take_while(|(path, _)| path.as_str().starts_with(file.as_str()));
        let mut inside = from_here.filter(|(path, _)| path.below(file.as_str()).is_some());
        inside.next().and_then(|(_, first)| self.by.get(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_files_and_ways() {
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

    #[test]
    fn aliases_are_safe_paths() {
        for (written, meant) in [
            ("/2018/risk.html", "2018/risk.html"),
            ("/2018/risk/", "2018/risk/"),
            ("old", "old/"),
            ("/report.pdf", "report.pdf/"),
            ("/2018/index.html", "2018/"),
        ] {
            assert_eq!(old_address(written).unwrap().as_str(), meant);
        }
        for bad in
            ["../../etc/passwd", "//evil.example/", "https://evil.example/", "/a/./b", "/a\\b", "/a?b", "/.git/config"]
        {
            assert!(old_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_taken_once() {
        let mut taken = Taken::default();
        let place = |name: &str| Place::whole(&RelPath::new(name));
        let mut take = |address: &str| taken.take(Address::new(address), place("a.md"));
        assert!(take("a.html"));
        assert!(!take("a.html"));
        assert!(!take("a.html/b/"), "a file cannot be a folder too");
        assert!(take("b/c/"));
        assert!(!take("b/c/index.html/"), "nor the other way round");
        assert!(take("b/"));
        assert_eq!(taken.diagnostics.len(), 3);
    }
}
