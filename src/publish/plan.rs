//! What a publication would change.

use std::path::Path;

use super::manifest::{Differences, TargetManifest, differences};
use super::release::{FileHashes, ReleaseId};
use super::stage::{Stage, is_asset};

/// What has to change in a target so that it holds a site. The lists hold paths of files, in order.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The release that the site is.
    pub release: ReleaseId,
    /// The site's files.
    pub(super) files: FileHashes,
    /// Files at addresses that have none now.
    pub added: Vec<String>,
    /// Files whose content changes.
    pub changed: Vec<String>,
    /// Files that the site does not have any more.
    pub removed: Vec<String>,
    /// Files that a run which was cut off may have changed, although the site has them as the manifest does.
    resent: Vec<String>,
    /// Files that only such a run may have left behind.
    left_behind: Vec<String>,
    /// Whether a run was cut off.
    is_unfinished: bool,
}

impl Plan {
    /// Compares what is live with the `files` of a site.
    pub(crate) fn new(manifest: &TargetManifest, files: FileHashes) -> Self {
        let (mut added, mut changed, mut removed) = (Vec::new(), Vec::new(), Vec::new());
        for (path, hash) in differences(&manifest.files, &files) {
            match hash {
                None => removed.push(path),
                Some(_) if manifest.files.contains_key(&path) => changed.push(path),
                Some(_) => added.push(path),
            }
        }
        let touched = manifest.run.iter().flat_map(|run| run.differs.keys());
        let (mut resent, mut left_behind) = (Vec::new(), Vec::new());
        for path in touched {
            let is_same = files.contains_key(path) && files.get(path) == manifest.files.get(path);
            if is_same {
                resent.push(path.clone());
            } else if !files.contains_key(path) && !manifest.files.contains_key(path) {
                left_behind.push(path.clone());
            }
        }
        let release = ReleaseId::from_files(&files);
        Self { release, files, added, changed, removed, resent, left_behind, is_unfinished: manifest.is_unfinished() }
    }

    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        let lists = [&self.added, &self.changed, &self.removed];
        lists.iter().all(|list| list.is_empty()) && !self.is_unfinished
    }

    /// The differences between the manifest's files and the site's.
    pub(super) fn differences(&self, manifest: &TargetManifest) -> Differences {
        let mut differs = differences(&manifest.files, &self.files);
        // What the run before left in doubt stays in doubt until this one has finished.
        differs.extend(self.resent.iter().map(|path| (path.clone(), self.files.get(path).cloned())));
        differs.extend(self.left_behind.iter().map(|path| (path.clone(), None)));
        differs
    }

    /// The files to send in each stage, with their hashes.
    pub(super) fn stages(&self) -> impl Iterator<Item = (Stage, Vec<(&str, &str)>)> {
        Stage::ALL.into_iter().map(|stage| {
            let new = self.added.iter().map(|path| (path, true));
            let old = self.changed.iter().chain(&self.resent).map(|path| (path, false));
            let of_stage = new.chain(old).filter(|(path, is_new)| Stage::for_file(path, *is_new) == stage);
            (stage, of_stage.map(|(path, _)| (path.as_str(), self.files[path].as_str())).collect())
        })
    }

    /// The files to remove at once: all that go, except assets, which old pages in readers' browsers may still need.
    pub(super) fn removals(&self) -> impl Iterator<Item = &str> {
        self.removed.iter().chain(&self.left_behind).map(String::as_str).filter(|path| !is_asset(path))
    }

    /// How many files are sent or removed.
    pub(super) fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.resent.len() + self.removals().count()
    }
}

/// The pages among files.
pub(crate) fn pages(files: &[String]) -> impl Iterator<Item = &str> {
    files.iter().map(String::as_str).filter(|path| is_page(path))
}

/// Whether a file is a page.
pub(super) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::manifest::Claim;

    fn files(list: &[(&str, &str)]) -> FileHashes {
        list.iter().map(|(path, hash)| ((*path).to_owned(), (*hash).to_owned())).collect()
    }

    fn manifest(live: &[(&str, &str)], unfinished: Option<&[(&str, &str)]>) -> TargetManifest {
        let files_live = files(live);
        let run = unfinished.map(|goal| Claim {
            token: "t".to_owned(),
            by: None,
            seen: 0,
            release: ReleaseId::from_files(&files(goal)),
            differs: differences(&files_live, &files(goal)),
        });
        TargetManifest { files: files_live, run, ..TargetManifest::default() }
    }

    fn show(plan: &Plan) -> String {
        let stages = plan.stages().flat_map(|(stage, files)| files.into_iter().map(move |file| (stage, file)));
        let sent = stages.map(|(stage, (path, hash))| format!("{stage:?} {path}={hash}"));
        let removed = plan.removals().map(|path| format!("remove {path}"));
        sent.chain(removed).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn additions_come_before_changes_and_front_pages_last() {
        let live = [("index.html", "1"), ("a/index.html", "1"), ("assets/x.00000001.css", "1"), ("gone.html", "1")];
        let site = [("index.html", "2"), ("a/index.html", "2"), ("assets/x.00000002.css", "2"), ("new.html", "2")];
        assert_eq!(
            show(&Plan::new(&manifest(&live, None), files(&site))),
            "Assets assets/x.00000002.css=2\nAdded new.html=2\nChanged a/index.html=2\nFronts index.html=2\nremove gone.html"
        );
        assert!(Plan::new(&manifest(&live, None), files(&live)).is_empty());
    }

    #[test]
    fn what_a_run_left_in_doubt_is_sent_again() {
        let (live, cut_off) = ([("a.html", "1"), ("b.html", "1")], [("a.html", "2"), ("b.html", "1"), ("c.html", "2")]);
        let unfinished = manifest(&live, Some(&cut_off));
        // The same goal again, another one, and back to what the manifest says.
        assert_eq!(show(&Plan::new(&unfinished, files(&cut_off))), "Added c.html=2\nChanged a.html=2");
        assert_eq!(
            show(&Plan::new(&unfinished, files(&[("b.html", "3")]))),
            "Changed b.html=3\nremove a.html\nremove c.html"
        );
        let back = Plan::new(&unfinished, files(&live));
        assert_eq!(show(&back), "Changed a.html=1\nremove c.html");
        assert!(!back.is_empty());
    }
}
