//! Decides what each content file is, by its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::stray::{self, TOP_PARTS, YEAR_FOLDERS, year_parts};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity, SubjectKind, WithDiagnostics};
use crate::model::ids::{SubmitterKind, Year};
use crate::model::year_data::YearFile;
use crate::source::digest::{Digest, hash, hash128};
use crate::source::published_document::{DOCUMENTS_DIR, DocumentFormat};
use crate::source::translation::original_of;
use crate::source::tree::DirEntry;
use crate::source::{SourceTree, picture};

/// The content files that belong to no year, by kind, and the years of the site.
#[derive(Debug, Default)]
pub(crate) struct ContentLayout {
    /// The site's own pages.
    pub pages: Vec<RelPath>,
    /// The site's own pictures.
    pub media: Vec<RelPath>,
    /// The site's own documents.
    pub documents: Vec<RelPath>,
    /// The headings of committees' reports.
    pub covers: Vec<RelPath>,
    /// The years with a `report.yaml`, oldest first.
    pub years: Vec<Year>,
}

/// The files of one year, by kind.
#[derive(Debug)]
pub(crate) struct YearLayout {
    pub year: Year,
    pub folder: RelPath,
    /// Narrative pages.
    pub pages: Vec<RelPath>,
    /// Submissions of boards and of agencies.
    pub submissions: Vec<(SubmitterKind, RelPath)>,
    /// Images that may be published.
    pub media: Vec<RelPath>,
    /// Documents.
    pub documents: Vec<RelPath>,
}

impl YearLayout {
    /// The files of one kind of submission.
    pub(crate) fn of_kind(&self, kind: SubmitterKind) -> impl Iterator<Item = &RelPath> {
        self.submissions.iter().filter(move |(of, _)| *of == kind).map(|(_, file)| file)
    }
}

impl ContentLayout {
    /// The layout of a source tree. Files in places that annal does not use are reported; for those in the folder of a
    /// year with a `report.yaml`, [`YearLayout::new`] does that.
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
            let message = format!("the year `{year}` has no `report.yaml`, so it is not built");
            let help = format!("create `{file}` with the year's title, its period and who must submit");
            let missing = Diagnostic::new(Code::MissingFile, Location::whole(&file), message);
            diagnostics.push(missing.help(help).about(SubjectKind::Year, year));
        }
        WithDiagnostics::new(layout, diagnostics)
    }

    /// Sorts files that belong to no year by kind. Returns diagnostics for those that annal does not use.
    fn location(&mut self, tree: &SourceTree, files: &[&RelPath], years: &BTreeSet<Year>) -> Vec<Diagnostic> {
        let (mut stray, mut found) = (StrayFiles::new(tree), Vec::new());
        for file in files {
            let parts: Vec<&str> = file.as_str().split('/').skip(1).collect();
            match parts[..] {
                // `static/` holds files that are published as they are.
                ["site.yaml" | "glossary.yaml" | "indicators.yaml"] | ["static", _, ..] => {}
                ["covers", _] if file.extension() == "yaml" => self.covers.push((*file).clone()),
                ["pages", page] if is_markdown(page) => match orphan_translation(file, &parts) {
                    Some(orphan) => found.push(orphan),
                    None => self.pages.push((*file).clone()),
                },
                ["media", ..] if picture::is_picture(file) => {
                    let of_picture = check_picture(tree, file, &parts);
                    if of_picture.iter().all(|diagnostic| diagnostic.code.severity() != Severity::Error) {
                        self.media.push((*file).clone());
                    }
                    found.extend(of_picture);
                }
                [DOCUMENTS_DIR, _] if DocumentFormat::of_ending(file.extension()).is_some() => {
                    self.documents.push((*file).clone());
                }
                // A file that could not be read has been reported already, wherever it is.
                _ if tree.unreadable.contains(*file) => {}
                _ => stray.add(file, 1, TOP_PARTS.iter().copied(), &parts),
            }
        }
        found.extend(stray.into_diagnostics(|folder| stray::year_advice(folder.below("content")?, years)));
        found
    }
}

fn folder_of(year: &Year) -> RelPath {
    RelPath::new(&format!("content/{year}"))
}

/// The files in a folder that could not be read, each with its path below the folder.
pub(super) fn unreadable_below<'a>(
    tree: &'a SourceTree,
    folder: &'a str,
) -> impl Iterator<Item = (&'a RelPath, &'a str)> {
    let unread =
        tree.unreadable.range(RelPath::new(folder)..).take_while(move |file| file.as_str().starts_with(folder));
    unread.filter_map(move |file| Some((file, file.below(folder)?)))
}

/// Whether the tree has any file of a year, readable or not.
#[must_use]
pub(crate) fn is_anything_of(tree: &SourceTree, year: &Year) -> bool {
    let folder = folder_of(year);
    tree.files_under(folder.as_str()).next().is_some() || unreadable_below(tree, folder.as_str()).next().is_some()
}

/// The hash of a year's files and of the names of those that could not be read.
#[must_use]
pub(crate) fn hash_of_files(tree: &SourceTree, year: &Year) -> Digest {
    let folder = folder_of(year);
    let files: Vec<(&str, Digest)> =
        tree.files_under(folder.as_str()).map(|(_, below, file)| (below, file.hash)).collect();
    let unreadable: Vec<&str> = unreadable_below(tree, folder.as_str()).map(|(_, below)| below).collect();
    hash128(&(year, files, unreadable))
}

/// The hash of a year's files without its documents: that of the text that the report's PDF is made from. It is the same
/// on every machine.
#[must_use]
pub(super) fn hash_of_text(tree: &SourceTree, year: &Year) -> Digest {
    let folder = folder_of(year);
    let mut listed = String::new();
    for (_, below, file) in tree.files_under(folder.as_str()) {
        if !below.starts_with("documents/") {
            let _ = writeln!(listed, "{below} {:x}", file.hash);
        }
    }
    hash(listed.as_bytes())
}

impl YearLayout {
    /// The layout of a year. Files in places that annal does not use are reported.
    #[must_use]
    pub(crate) fn new(tree: &SourceTree, year: &Year) -> WithDiagnostics<Self> {
        let folder = folder_of(year);
        let mut layout = Self {
            year: year.clone(),
            folder: folder.clone(),
            pages: Vec::new(),
            submissions: Vec::new(),
            media: Vec::new(),
            documents: Vec::new(),
        };
        let (mut stray, mut found) = (StrayFiles::new(tree), Vec::new());
        let read = tree.files_under(folder.as_str()).map(|(file, below, _)| (file, below));
        for (file, below) in read.chain(unreadable_below(tree, folder.as_str())) {
            let below: Vec<&str> = below.split('/').collect();
            let of_picture = check_picture(tree, file, &below);
            let is_fit = of_picture.iter().all(|diagnostic| diagnostic.code.severity() != Severity::Error);
            found.extend(of_picture);
            if let Some(orphan) = orphan_translation(file, &below) {
                found.push(orphan);
            } else if is_fit && !layout.location(file, &below) && !tree.unreadable.contains(file) {
                let in_known_folder = below.len() > 1 && YEAR_FOLDERS.contains(&below[0]);
                stray.add(file, 2 + usize::from(in_known_folder), year_parts(), &below);
            }
        }
        found.extend(stray.into_diagnostics(|_| None));
        WithDiagnostics::new(layout, found)
    }

    /// Records a file of the year's folder by kind; `false` if annal does not use files in that place.
    fn location(&mut self, file: &RelPath, below: &[&str]) -> bool {
        match below {
            _ if YearFile::at(&below.join("/")).is_some() => {}
            ["pages", name] if is_markdown(name) => self.pages.push(file.clone()),
            ["boards", name] if is_markdown(name) => self.submissions.push((SubmitterKind::Board, file.clone())),
            ["agencies", name] if is_markdown(name) => self.submissions.push((SubmitterKind::Agency, file.clone())),
            ["media", ..] if picture::is_picture(file) => self.media.push(file.clone()),
            [DOCUMENTS_DIR, _] if DocumentFormat::of_ending(file.extension()).is_some() => {
                self.documents.push(file.clone());
            }
            _ => return false,
        }
        true
    }
}

/// The diagnostic for a translation of a page that does not exist. `below` is the path, split at `/`, from the folder
/// that holds `pages/`.
fn orphan_translation(file: &RelPath, below: &[&str]) -> Option<Diagnostic> {
    let ["pages", name] = below else { return None };
    let (original, language) = original_of(file).filter(|_| is_markdown(name))?;
    let message = format!("this is a translation into `{language}`, but the original `{original}` does not exist");
    let stray = Diagnostic::new(Code::StrayFile, Location::whole(file), message);
    Some(stray.help("rename it after the page that it translates"))
}

/// Diagnostics for a picture in a `media/` folder, if it could be read. A picture with an error is left out.
fn check_picture(tree: &SourceTree, file: &RelPath, below: &[&str]) -> Vec<Diagnostic> {
    match (below, tree.files.get(file)) {
        (["media", ..], Some(read)) => picture::check(file, &read.content),
        _ => Vec::new(),
    }
}

fn is_markdown(name: &str) -> bool {
    name.strip_suffix(".md").is_some_and(|stem| !stem.is_empty())
}

/// Files that annal does not use, grouped by the outermost folder that it does not know: one diagnostic per folder.
struct StrayFiles<'a> {
    tree: &'a SourceTree,
    groups: BTreeMap<String, (RelPath, usize, Option<String>)>,
}

impl<'a> StrayFiles<'a> {
    fn new(tree: &'a SourceTree) -> Self {
        Self { tree, groups: BTreeMap::new() }
    }

    /// Adds a file. The first `depth` parts of its path below the root are what annal does not know.
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
        let suggestion =
            parts.first().filter(|part| !known.any(|known| known == **part)).and_then(|part| did_you_mean(part, all));
        let suggestion = stray::advice(file, parts).filter(|_| suggestion.is_none() || parts.len() == 1).or(suggestion);
        // What annal reads has small letters. On Windows and macOS, the two cannot both be in one folder.
        let small = file.parent().join(&file.name().to_lowercase());
        let has_twin = small != *file && self.tree.files.contains_key(&small);
        let combine = || format!("`{}` already exists: combine the two in it, and remove this file", small.name());
        let suggestion = if has_twin { Some(combine()) } else { suggestion };
        let group = self.groups.entry(folder.to_owned()).or_insert_with(|| (file.clone(), 0, suggestion));
        group.1 += 1;
    }

    /// One diagnostic per group. `year_advice` gives the help for a folder that is most likely meant to be a year's.
    fn into_diagnostics(self, year_advice: impl Fn(&RelPath) -> Option<String>) -> Vec<Diagnostic> {
        let to_diagnostic = |(folder, (file, count, suggestion)): (String, (RelPath, usize, Option<String>))| {
            let message = if count > 1 {
                format!("annal does not use the {count} files in `{folder}`, so they have been ignored")
            } else {
                format!("annal does not use `{}` here, so it has been ignored", file.name())
            };
            let folder = Some(RelPath::new(&folder)).filter(|folder| *folder != file);
            let suggestion = folder.and_then(|folder| year_advice(&folder)).or(suggestion);
            let help = suggestion
                .unwrap_or_else(|| "move it to the right folder, or put `_` before its name to ignore it".to_owned());
            Diagnostic::new(Code::StrayFile, Location::whole(&file), message).help(help).about(SubjectKind::File, &file)
        };
        self.groups.into_iter().map(to_diagnostic).collect()
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
    fn every_documented_place_is_used() {
        let files = [
            "content/site.yaml",
            "content/glossary.yaml",
            "content/indicators.yaml",
            "content/pages/accessibility.md",
            "content/media/logo.svg",
            "content/2019-20/report.yaml",
            "content/2019-20/governance.yaml",
            "content/2019-20/reviews.yaml",
            "content/2019-20/pages/foreword.md",
            "content/2019-20/boards/risk.md",
            "content/2019-20/agencies/tvp.md",
            "content/2019-20/data/budget.csv",
            "content/2019-20/data/indicators.csv",
            "content/2019-20/media/a/b.svg",
            "content/2019-20/documents/easy-read.pdf",
            "content/documents/policy.docx",
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
        let codes: Vec<_> = layout.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::UnsafePicture, Code::BadPicture]);
    }

    #[test]
    fn files_in_other_places_are_reported() {
        let report = "content/2019-20/report.yaml";
        assert!(check(&[report, "content/2019-20/documents/a.xls"]).contains("save it as `a.xlsx`"));
        assert!(check(&[report, "content/documents/b/a.pdf"]).contains("has no folders"));
        assert!(check(&[report, "content/notes.txt"]).starts_with("stray-file content/notes.txt"));
        assert!(check(&[report, "content/2019-20/board/risk.md"]).contains("did you mean `boards`?"));
        assert!(check(&[report, "content/2019-20/data/spend.csv"]).starts_with("stray-file"));
        assert_eq!(check(&[report, "content/2018-20/a.md", "content/2018-20/b.md"]).lines().count(), 1);
        assert!(check(&["content/2019-20/boards/risk.md"]).starts_with("missing-file content/2019-20/report.yaml"));
    }
}
