//! What links inside the site lead to: content files by relative path or from the content root, headings by their
//! fragments, images, tables, and the pages that the tool makes.
//!
//! This stands in the room of the report and not among the rules, since the pages resolve their links here too.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Archive, Kind, Page, Part, Report, Submission, Trends, is_built};
use crate::diagnostic::RelPath;
use crate::options::Options;
use crate::source::SourceTree;
use crate::source::files::Status;
use crate::source::markdown::Markdown;
use crate::source::tree::{Hash, hash_of_set};

/// Everything that links can lead to, looked up once for a site.
#[derive(Debug)]
pub struct Targets<'a> {
    pages: BTreeMap<&'a str, Written<'a>>,
    /// For each page's file, its fragments and the headings' ids that they mean.
    fragments: HashMap<(&'a str, &'a str), &'a str>,
    /// Images and tables.
    files: BTreeSet<&'a str>,
    /// The addresses of pages that the tool makes, without a `/` at their ends: `2019-20/attendance`.
    made: BTreeSet<String>,
    tree: &'a SourceTree,
}

/// A page that somebody wrote.
#[derive(Clone, Copy, Debug)]
struct Written<'a> {
    file: &'a RelPath,
    body: &'a Markdown,
    state: State,
}

/// Whether a page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Built,
    Draft,
    Embargoed,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A page that somebody wrote: its file, and the id of a heading on it.
    Page(&'a RelPath, Option<&'a str>),
    /// An image or a table, by its file.
    File(&'a str),
    /// A page that the tool makes, by its address from the site's root: `2019-20/attendance/`.
    Address(String),
    /// A fragment of the page on which prose of a YAML file will stand, which is not known here.
    Here(String),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken<'a> {
    /// There is no such file, or it has no page.
    NoFile(RelPath),
    /// The page has no such heading.
    NoFragment(&'a RelPath, String),
    /// It is a draft, and drafts are not built.
    Draft(&'a RelPath),
    /// Its year is under embargo and not built.
    Embargoed(&'a RelPath),
    /// There is no such page among those that the tool makes.
    NoAddress(String),
    /// Nothing is written where the target is due.
    Empty,
    /// What it names is there and could not be read, which is told elsewhere.
    Unknown,
}

/// The pages that the tool makes of a site besides those that people write: the same that have an address of their
/// own, so that a link to a part that a year does not have leads nowhere.
fn made(archive: &Archive, options: &Options) -> BTreeSet<String> {
    let mut made = BTreeSet::from([String::new(), "search".to_owned()]);
    made.extend((!archive.glossary.terms.is_empty()).then(|| "glossary".to_owned()));
    made.extend((!archive.site.contacts.is_empty()).then(|| "contacts".to_owned()));
    made.extend((!Trends::of(archive, options).is_empty()).then(|| "trends".to_owned()));
    for report in archive.reports.iter().filter(|report| !report.is_embargoed(options)) {
        let parts = Part::ALL.iter().filter(|part| part.has_content(report, options));
        made.extend(parts.map(|part| format!("{}/{}", report.year, part.name())));
        made.extend([report.year.to_string(), format!("{}/print", report.year)]);
    }
    made
}

impl<'a> Targets<'a> {
    /// Looks up what links can lead to in a site that is built as `options` say.
    #[must_use]
    pub fn of(archive: &'a Archive, tree: &'a SourceTree, options: &Options) -> Self {
        let mut targets = Self {
            pages: BTreeMap::new(),
            fragments: HashMap::new(),
            files: BTreeSet::new(),
            made: made(archive, options),
            tree,
        };
        let state = |status: Status, report: Option<&Report>| match report {
            Some(report) if report.is_embargoed(options) => State::Embargoed,
            _ if !is_built(status, options) => State::Draft,
            _ => State::Built,
        };
        for page in &archive.pages {
            targets.add_page(page, state(page.status, None));
        }
        for report in &archive.reports {
            for page in &report.pages {
                targets.add_page(page, state(page.status, Some(report)));
            }
            for submission in report.submissions() {
                targets.add_submission(submission, state(submission.status, Some(report)));
            }
            targets.files.extend(report.media.iter().map(RelPath::as_str));
        }
        let is_table = |file: &str| matches!(file.split('/').collect::<Vec<_>>()[..], ["content", _, "data", _]);
        targets.files.extend(tree.files.keys().map(RelPath::as_str).filter(|file| is_table(file)));
        targets
    }

    /// The hash of everything that links can lead to.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let state = |page: &Written<'_>| match page.state {
            State::Built => "built",
            State::Draft => "draft",
            State::Embargoed => "embargoed",
        };
        let pages = self.pages.iter().map(|(file, page)| (*file, state(page)));
        let fragments = self.fragments.iter().map(|((_, fragment), id)| (*fragment, *id));
        // A fragment's file goes in with it, since two files may have the same headings.
        let owners = self.fragments.keys().map(|(file, fragment)| (*file, *fragment));
        let files = self.files.iter().map(|file| (*file, "file"));
        let made = self.made.iter().map(|address| (address.as_str(), "made"));
        hash_of_set(pages.chain(fragments).chain(owners).chain(files).chain(made))
    }

    fn add_page(&mut self, page: &'a Page, state: State) {
        self.add(Written { file: &page.file, body: &page.body, state });
    }

    fn add_submission(&mut self, submission: &'a Submission, state: State) {
        // A section answers to its id too, unless a heading has taken that for itself.
        for section in &submission.sections {
            if let Some(id) = &section.id {
                self.fragments.insert((submission.file.as_str(), id), &section.anchor);
            }
        }
        self.add(Written { file: &submission.file, body: &submission.body, state });
    }

    fn add(&mut self, page: Written<'a>) {
        for heading in &page.body.headings {
            self.fragments.insert((page.file.as_str(), &heading.id), &heading.id);
        }
        self.pages.insert(page.file.as_str(), page);
    }

    /// What `target` leads to, as a link that stands in the file `from` writes it.
    ///
    /// # Errors
    ///
    /// Where it leads nowhere.
    pub fn link(&self, from: &RelPath, target: &str) -> Result<Target<'a>, Broken<'a>> {
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() && fragment.is_none() {
            return Err(Broken::Empty);
        }
        let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decoded);
        if let Some(address) = path.strip_prefix('/') {
            return self.address(address, fragment.as_deref());
        }
        let own = self.pages.get(from.as_str());
        let file = if path.is_empty() { from.clone() } else { file_of(from, path) };
        if path.is_empty() && own.is_none() {
            return Ok(Target::Here(fragment.unwrap_or_default()));
        }
        if let Some(file) = self.files.get(file.as_str()) {
            return Ok(Target::File(file));
        }
        let Some(page) = self.pages.get(file.as_str()) else {
            return Err(if self.is_unknown(&file) { Broken::Unknown } else { Broken::NoFile(file) });
        };
        // A page that is not built itself may lead to others that are not.
        match page.state {
            State::Draft if own.is_none_or(|own| own.state == State::Built) => return Err(Broken::Draft(page.file)),
            State::Embargoed if own.is_none_or(|own| own.state != State::Embargoed) => {
                return Err(Broken::Embargoed(page.file));
            }
            _ => {}
        }
        let Some(fragment) = fragment else { return Ok(Target::Page(page.file, None)) };
        match self.fragments.get(&(page.file.as_str(), fragment.as_str())) {
            Some(id) => Ok(Target::Page(page.file, Some(id))),
            None => Err(Broken::NoFragment(page.file, fragment)),
        }
    }

    /// The image that `target` names, as the file `from` writes it.
    ///
    /// # Errors
    ///
    /// Where there is no such image.
    pub fn image(&self, from: &RelPath, target: &str) -> Result<&'a str, Broken<'a>> {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return Err(Broken::Empty);
        }
        // An image's address in the built site is its path below `content/`.
        let file = match path.strip_prefix('/') {
            Some(address) => RelPath::new("content").join(&decoded(address)),
            None => file_of(from, path),
        };
        match self.files.get(file.as_str()) {
            Some(image) if image.contains("/media/") => Ok(image),
            _ if self.tree.unread.contains(&file) => Err(Broken::Unknown),
            _ => Err(Broken::NoFile(file)),
        }
    }

    /// The images and tables that a text shows or links to.
    fn files_in<'t>(&'t self, text: &'t Markdown) -> impl Iterator<Item = &'a str> + 't {
        text.links.iter().filter_map(|link| match self.link(&text.file, &link.target) {
            Ok(Target::File(file)) => Some(file),
            _ => self.image(&text.file, &link.target).ok(),
        })
    }

    /// The images that nothing shows but pages that are not built: what they show is not to be seen either.
    #[must_use]
    pub fn unseen_images(&self, archive: &'a Archive) -> BTreeSet<&'a str> {
        // What is no page's text stands in a file of the year's own, which is built.
        let is_built =
            |text: &&Markdown| self.pages.get(text.file.as_str()).is_none_or(|page| page.state == State::Built);
        let hidden = archive.texts().filter(|text| !is_built(text)).flat_map(|text| self.files_in(text));
        let mut unseen: BTreeSet<&str> = hidden.filter(|file| file.contains("/media/")).collect();
        if !unseen.is_empty() {
            let shown = archive.texts().filter(is_built).flat_map(|text| self.files_in(text));
            shown.for_each(|file| _ = unseen.remove(file));
        }
        unseen
    }

    /// Whether a file is there but its page is not, for a reason that is told at the file or in `report.yaml`.
    fn is_unknown(&self, file: &RelPath) -> bool {
        let parts: Vec<&str> = file.as_str().split('/').collect();
        let is_page = match parts[..] {
            ["content", "pages", _] | ["content", _, "pages" | "boards" | "agencies", _] => file.extension() == "md",
            _ => false,
        };
        self.tree.unread.contains(file) || (is_page && self.tree.files.contains_key(file))
    }

    /// A page of the built site by its address from the root.
    fn address(&self, address: &str, fragment: Option<&str>) -> Result<Target<'a>, Broken<'a>> {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        let has = |file: String| self.pages.get(file.as_str()).filter(|page| page.state == State::Built);
        let page = match parts[..] {
            [page] => has(format!("content/pages/{page}.md")),
            [year, page] => has(format!("content/{year}/pages/{page}.md")),
            [year, folder, id] if [Kind::Board, Kind::Agency].iter().any(|kind| kind.folder() == folder) => {
                has(format!("content/{year}/{folder}/{id}.md"))
            }
            _ => None,
        };
        if let Some(page) = page {
            let Some(fragment) = fragment else { return Ok(Target::Page(page.file, None)) };
            let id = self.fragments.get(&(page.file.as_str(), fragment));
            return id
                .map(|id| Target::Page(page.file, Some(id)))
                .ok_or_else(|| Broken::NoFragment(page.file, fragment.to_owned()));
        }
        if !self.made.contains(&parts.join("/")) {
            return Err(Broken::NoAddress(format!("/{address}")));
        }
        let mut found: String = parts.iter().flat_map(|part| [*part, "/"]).collect();
        if let Some(fragment) = fragment {
            found.push('#');
            found.push_str(fragment);
        }
        Ok(Target::Address(found))
    }

    /// The file that somebody who wrote a link to `file` most likely meant: one of the same name in another folder,
    /// or one of nearly that name in the same.
    #[must_use]
    pub fn nearest(&self, file: &RelPath) -> Option<&'a str> {
        let known = self.pages.keys().chain(&self.files).copied();
        let named = |other: &str| other.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(file.name()));
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).len();
        let shared = |other: &str| other.bytes().zip(file.as_str().bytes()).take_while(|(a, b)| a == b).count();
        if let Some(moved) = known.clone().filter(|other| named(other)).max_by_key(|other| shared(other)) {
            return Some(moved);
        }
        let beside = &file.as_str()[..folder(file.as_str())];
        let siblings: Vec<(&str, &'a str)> = known
            .filter(|other| &other[..folder(other)] == beside)
            .map(|other| (other.rsplit('/').next().unwrap_or_default(), other))
            .collect();
        let name = crate::diagnostic::nearest::nearest(file.name(), siblings.iter().map(|(name, _)| *name))?;
        siblings.iter().find(|(other, _)| *other == name).map(|(_, file)| *file)
    }

    /// The fragments of a page's headings, in order.
    pub fn fragments_of(&self, file: &RelPath) -> impl Iterator<Item = &'a str> {
        let page = self.pages.get(file.as_str());
        page.into_iter().flat_map(|page| &page.body.headings).map(|heading| heading.id.as_str())
    }
}

/// The file that a path names, as the file `from` writes it: from its own folder, or from the content root where it
/// begins with `@/`. A path that climbs out of the site names nothing.
fn file_of(from: &RelPath, path: &str) -> RelPath {
    let path = decoded(path);
    if let Some(rest) = path.strip_prefix("@/") {
        return RelPath::new("content").join(rest);
    }
    let folder: Vec<&str> = from.as_str().split('/').collect();
    let mut depth = folder.len() - 1;
    for part in path.split('/') {
        depth = match part {
            "" | "." => depth,
            ".." if depth == 0 => return RelPath::new(&path.replace("..", "…")),
            ".." => depth - 1,
            _ => depth + 1,
        };
    }
    RelPath::new(&format!("{}/{path}", folder[..folder.len() - 1].join("/")))
}

/// The way to write the path of `file` in the file `from`.
#[must_use]
pub fn path_between(from: &RelPath, file: &str) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = file.split('/').collect();
    let most = from.len().min(to.len()).saturating_sub(1);
    let shared = from.iter().zip(&to).take(most).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - 1 - shared), to[shared..].join("/")).replace(' ', "%20")
}

/// Text with its percent codes undone; as it is where they give no text.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte =
            code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_file_that_writes_them() {
        let from = RelPath::new("content/2019-20/boards/risk.md");
        for (path, file) in [
            ("tasking.md", "content/2019-20/boards/tasking.md"),
            ("./tasking.md", "content/2019-20/boards/tasking.md"),
            ("../agencies/tvp.md", "content/2019-20/agencies/tvp.md"),
            ("../../pages/a%20b.md", "content/pages/a b.md"),
            ("@/2018-19/boards/risk.md", "content/2018-19/boards/risk.md"),
            ("../../../../content/pages/a.md", "…/…/…/…/content/pages/a.md"),
        ] {
            assert_eq!(file_of(&from, path).as_str(), file);
        }
    }

    #[test]
    fn paths_lead_from_file_to_file() {
        let from = RelPath::new("content/2019-20/boards/risk.md");
        for (file, path) in [
            ("content/2019-20/boards/tasking.md", "tasking.md"),
            ("content/2019-20/agencies/tvp.md", "../agencies/tvp.md"),
            ("content/pages/a b.md", "../../pages/a%20b.md"),
        ] {
            assert_eq!(path_between(&from, file), path);
            assert_eq!(file_of(&from, path).as_str(), file);
        }
    }

    #[test]
    fn percent_codes_are_undone() {
        assert_eq!(decoded("a%20b%C3%A9"), "a bé");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%ff%zz%+1"), "%ff%zz%+1");
    }
}
