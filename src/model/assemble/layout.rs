//! Which file means what, by where it lies.

use std::collections::{BTreeMap, BTreeSet};

use super::stray::{self, TOP_PARTS, YEAR_FOLDERS, year_parts};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity, WithDiagnostics};
use crate::model::ids::{SubmitterKind, Year};
use crate::model::year_data::YearFile;
use crate::source::digest::{Digest, DigestHasher};
use crate::source::translation::original_of;
use crate::source::tree::DirEntry;
use crate::source::{SourceTree, picture};

/// The content files that are of no year, by their meaning, and which years there are.
#[derive(Debug, Default)]
pub(crate) struct ContentLayout {
    /// The pages of the site itself.
    pub pages: Vec<RelPath>,
    /// The years with a `report.yaml`, oldest first.
    pub years: Vec<Year>,
}

/// The files of one year, by their meaning.
#[derive(Debug)]
pub(crate) struct YearLayout {
    /// The year.
    pub year: Year,
    /// Its folder.
    pub folder: RelPath,
    /// Narrative pages.
    pub pages: Vec<RelPath>,
    /// Submissions of boards and of agencies.
    pub submissions: Vec<(SubmitterKind, RelPath)>,
    /// Images that may be published.
    pub media: Vec<RelPath>,
}

impl YearLayout {
    /// The submissions of a kind.
    pub(crate) fn of_kind(&self, kind: SubmitterKind) -> impl Iterator<Item = &RelPath> {
        self.submissions.iter().filter(move |(of, _)| *of == kind).map(|(_, file)| file)
    }
}

impl ContentLayout {
    /// The layout of a tree; a file in a place that has no meaning is diagnosed, but for those of the years that there
    /// are: see [`YearLayout::new`].
    #[must_use]
    pub(crate) fn new(tree: &SourceTree) -> WithDiagnostics<Self> {
        let mut layout = Self::default();
        let (mut years, mut others) = (BTreeSet::new(), Vec::new());
        for below in tree.children("content") {
            match below {
                DirEntry::File(file) => others.push(file),
                DirEntry::Folder(path, name) => match Year::parse(name) {
                    Some(year) => _ = years.insert(year),
                    None => others.extend(tree.files_under(path).map(|(file, ..)| file)),
                },
            }
        }
        for file in &tree.unreadable {
            let Some(below) = file.below("content") else { continue };
            match below.split_once('/').and_then(|(folder, _)| Year::parse(folder)) {
                Some(year) => _ = years.insert(year),
                None => others.push(file),
            }
        }
        let mut diagnostics = layout.location(tree, &others, &years);
        for year in years {
            let file = folder_of(&year).join("report.yaml");
            if tree.files.contains_key(&file) || tree.unreadable.contains(&file) {
                layout.years.push(year);
                continue;
            }
            diagnostics.extend(YearLayout::new(tree, &year).diagnostics);
            let message = format!("the year `{year}` has no `report.yaml`, so nothing of it is built");
            let help = format!("write `{file}`: its title, its period, and who must submit");
            diagnostics.push(Diagnostic::new(Code::MissingFile, Location::whole(&file), message).help(help));
        }
        WithDiagnostics::new(layout, diagnostics)
    }

    /// Gives files that are of no year their meaning.
    fn location(&mut self, tree: &SourceTree, files: &[&RelPath], years: &BTreeSet<Year>) -> Vec<Diagnostic> {
        let (mut stray, mut found) = (StrayFiles::default(), Vec::new());
        for file in files {
            let parts: Vec<&str> = file.as_str().split('/').skip(1).collect();
            match parts[..] {
                ["site.yaml" | "glossary.yaml"] => {}
                ["pages", page] if is_markdown(page) => match told_by_itself(file, &parts) {
                    Some(told) => found.push(told),
                    None => self.pages.push((*file).clone()),
                },
                // What could not be read was told already, wherever it lies.
                _ if tree.unreadable.contains(*file) => {}
                _ => stray.add(file, 1, TOP_PARTS.iter().copied(), &parts),
            }
        }
        found.extend(stray.into_diagnostics(|folder| stray::year_advice(folder.below("content")?, years)));
        found
    }
}

/// The folder of a year.
fn folder_of(year: &Year) -> RelPath {
    RelPath::new(&format!("content/{year}"))
}

/// The files of a folder that could not be read.
pub(super) fn unreadable_below<'a>(
    tree: &'a SourceTree,
    folder: &'a str,
) -> impl Iterator<Item = (&'a RelPath, &'a str)> {
    let unread =
        tree.unreadable.range(RelPath::new(folder)..).take_while(move |file| file.as_str().starts_with(folder));
    unread.filter_map(move |file| Some((file, file.below(folder)?)))
}

/// Whether there is anything of a year, read or not.
#[must_use]
pub(crate) fn is_anything_of(tree: &SourceTree, year: &Year) -> bool {
    let folder = folder_of(year);
    tree.files_under(folder.as_str()).next().is_some() || unreadable_below(tree, folder.as_str()).next().is_some()
}

/// The hash of the files of a year, and of the names of those that could not be read.
#[must_use]
pub(crate) fn hash_of_files(tree: &SourceTree, year: &Year) -> Digest {
    let (mut hasher, folder) = (DigestHasher::default(), folder_of(year));
    tree.files_under(folder.as_str()).for_each(|(path, _, file)| hasher.add_file(path, file.hash));
    unreadable_below(tree, folder.as_str()).for_each(|(path, _)| hasher.add(path.as_str().as_bytes()));
    hasher.finish()
}

impl YearLayout {
    /// The layout of a year; a file in a place that has no meaning is diagnosed.
    #[must_use]
    pub(crate) fn new(tree: &SourceTree, year: &Year) -> WithDiagnostics<Self> {
        let folder = folder_of(year);
        let mut layout = Self {
            year: year.clone(),
            folder: folder.clone(),
            pages: Vec::new(),
            submissions: Vec::new(),
            media: Vec::new(),
        };
        let (mut stray, mut found) = (StrayFiles::default(), Vec::new());
        let read = tree.files_under(folder.as_str()).map(|(file, below, _)| (file, below));
        for (file, below) in read.chain(unreadable_below(tree, folder.as_str())) {
            let below: Vec<&str> = below.split('/').collect();
            let of_picture = told_of_picture(tree, file, &below);
            let is_fit = of_picture.iter().all(|told| told.code.severity() != Severity::Error);
            found.extend(of_picture);
            if let Some(told) = told_by_itself(file, &below) {
                found.push(told);
            } else if is_fit && !layout.location(file, &below) && !tree.unreadable.contains(file) {
                let in_known_folder = below.len() > 1 && YEAR_FOLDERS.contains(&below[0]);
                stray.add(file, 2 + usize::from(in_known_folder), year_parts(), &below);
            }
        }
        found.extend(stray.into_diagnostics(|_| None));
        WithDiagnostics::new(layout, found)
    }

    /// Gives a file of the year's folder its meaning; `false` where it has none.
    fn location(&mut self, file: &RelPath, below: &[&str]) -> bool {
        match below {
            _ if YearFile::at(&below.join("/")).is_some() => {}
            ["pages", name] if is_markdown(name) => self.pages.push(file.clone()),
            ["boards", name] if is_markdown(name) => self.submissions.push((SubmitterKind::Board, file.clone())),
            ["agencies", name] if is_markdown(name) => self.submissions.push((SubmitterKind::Agency, file.clone())),
            ["media", ..] if picture::is_picture(file) => self.media.push(file.clone()),
            _ => return false,
        }
        true
    }
}

/// What is said of a file whose own fault it is that it has no meaning: a translation of a page that is not there.
/// `below` are the parts of its path from the folder that has `pages/`.
fn told_by_itself(file: &RelPath, below: &[&str]) -> Option<Diagnostic> {
    let ["pages", name] = below else { return None };
    let (original, language) = original_of(file).filter(|_| is_markdown(name))?;
    let message = format!("this translates a page into `{language}`, but there is no `{original}`");
    let stray = Diagnostic::new(Code::StrayFile, Location::whole(file), message);
    Some(stray.help("name it after the page that it translates"))
}

/// What is said of a picture in a year's `media/`, where it could be read. One that an error is said of is left out.
fn told_of_picture(tree: &SourceTree, file: &RelPath, below: &[&str]) -> Vec<Diagnostic> {
    match (below, tree.files.get(file)) {
        (["media", ..], Some(read)) => picture::check(file, &read.content),
        _ => Vec::new(),
    }
}

fn is_markdown(name: &str) -> bool {
    name.strip_suffix(".md").is_some_and(|stem| !stem.is_empty())
}

/// Files without a meaning, gathered by the folder that gives them none, so that one such folder is one diagnostic.
#[derive(Default)]
struct StrayFiles {
    groups: BTreeMap<String, (RelPath, usize, Option<String>)>,
}

impl StrayFiles {
    /// Adds a file whose first `depth` parts under the root are what has no meaning.
    fn add(
        &mut self,
        file: &RelPath,
        depth: usize,
        mut known: impl Iterator<Item = &'static str> + Clone,
        parts: &[&str],
    ) {
        let mut cut = file.as_str().match_indices('/').map(|(slash, _)| slash);
        let folder = cut.nth(depth).map_or(file.as_str(), |end| &file.as_str()[..end]);
        let all = known.clone();
        let near =
            parts.first().filter(|part| !known.any(|known| known == **part)).and_then(|part| did_you_mean(part, all));
        let near = stray::advice(file, parts).filter(|_| near.is_none() || parts.len() == 1).or(near);
        let group = self.groups.entry(folder.to_owned()).or_insert_with(|| (file.clone(), 0, near));
        group.1 += 1;
    }

    /// What is told of them. `year_advice` says what to do about a folder that is most likely meant to be a year's.
    fn into_diagnostics(self, year_advice: impl Fn(&RelPath) -> Option<String>) -> Vec<Diagnostic> {
        let said = |(folder, (file, count, near)): (String, (RelPath, usize, Option<String>))| {
            let message = if count > 1 {
                format!("annal does not use the {count} files in `{folder}`, so they have been ignored")
            } else {
                format!("annal does not use `{}` here, so it has been ignored", file.name())
            };
            let folder = Some(RelPath::new(&folder)).filter(|folder| *folder != file);
            let near = folder.and_then(|folder| year_advice(&folder)).or(near);
            let help = near.unwrap_or_else(|| {
                "move it to where it belongs, or set it aside with a name that begins with `_`".to_owned()
            });
            Diagnostic::new(Code::StrayFile, Location::whole(&file), message).help(help)
        };
        self.groups.into_iter().map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[&str]) -> String {
        let tree = SourceTree::from_texts(
            files.iter().map(|file| (*file, if file.contains("/media/") { "<svg/>" } else { "" })),
        );
        let mut found = Vec::new();
        for year in ContentLayout::new(&tree).emit_into(&mut found).years {
            found.extend(YearLayout::new(&tree, &year).diagnostics);
        }
        let lines = found.iter().map(|d| format!("{} {} {}", d.code, d.location.file, d.help.as_deref().unwrap_or("")));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_place_of_the_format_has_its_meaning() {
        let files = [
            "content/site.yaml",
            "content/glossary.yaml",
            "content/pages/accessibility.md",
            "content/2019-20/report.yaml",
            "content/2019-20/governance.yaml",
            "content/2019-20/reviews.yaml",
            "content/2019-20/pages/foreword.md",
            "content/2019-20/boards/risk.md",
            "content/2019-20/agencies/tvp.md",
            "content/2019-20/data/budget.csv",
            "content/2019-20/media/a/b.svg",
        ];
        assert_eq!(check(&files), "");
    }

    #[test]
    fn pictures_with_an_error_are_left_out() {
        let tree = SourceTree::from_texts([
            ("content/2019-20/media/a.svg", "<svg><script/></svg>"),
            ("content/2019-20/media/b.svg", "<svg/>"),
            ("content/2019-20/media/c.png", "<html>"),
        ]);
        let layout = YearLayout::new(&tree, &Year::parse("2019-20").unwrap());
        assert_eq!(layout.value.media, [RelPath::new("content/2019-20/media/b.svg")]);
        let codes: Vec<_> = layout.diagnostics.iter().map(|told| told.code).collect();
        assert_eq!(codes, [Code::UnsafePicture, Code::BadPicture]);
    }

    #[test]
    fn other_places_are_said() {
        let report = "content/2019-20/report.yaml";
        assert!(check(&[report, "content/notes.txt"]).starts_with("stray-file content/notes.txt"));
        assert!(check(&[report, "content/2019-20/board/risk.md"]).contains("did you mean `boards`?"));
        assert!(check(&[report, "content/2019-20/data/spend.csv"]).starts_with("stray-file"));
        assert_eq!(check(&[report, "content/2018-20/a.md", "content/2018-20/b.md"]).lines().count(), 1);
        assert!(check(&["content/2019-20/boards/risk.md"]).starts_with("missing-file content/2019-20/report.yaml"));
    }
}
