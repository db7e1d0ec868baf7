//! What a publication changes, in readers' words: pages by their titles.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::diagnostic::located::counted;
use crate::publish::{BuiltSite, PageTitles, Plan, ReleaseId, TargetManifest, pages};

/// How many pages of a kind are named unless all are asked for.
const NAMED: usize = 10;

/// The changes of a publication.
pub(super) struct Changes {
    pub release: ReleaseId,
    /// The release that is live before it.
    pub previous: Option<ReleaseId>,
    /// Whether there is nothing to do.
    pub is_unchanged: bool,
    kinds: [Kind; 3],
}

/// The files that are added, changed or removed.
struct Kind {
    name: &'static str,
    pages: Vec<PageName>,
    other_files: usize,
}

/// A page as readers know it.
struct PageName {
    address: String,
    title: Option<String>,
}

impl Changes {
    /// The changes that a plan makes. The titles are those of pages that are not in `site`.
    pub(super) fn new(plan: &Plan, site: Option<&BuiltSite>, titles: &PageTitles, manifest: &TargetManifest) -> Self {
        let kind = |name, files: &[String]| {
            let named = pages(files).map(|page| PageName {
                address: page.strip_suffix("index.html").unwrap_or(page).to_owned(),
                title: site.and_then(|site| site.title(page)).or_else(|| titles.title(page).map(str::to_owned)),
            });
            let pages: Vec<PageName> = named.collect();
            let other_files = files.len() - pages.len();
            Kind { name, pages, other_files }
        };
        Self {
            release: plan.release.clone(),
            previous: manifest.live().map(|live| live.release.clone()),
            is_unchanged: plan.is_empty(),
            kinds: [kind("added", &plan.added), kind("changed", &plan.changed), kind("removed", &plan.removed)],
        }
    }

    /// The changes for scripts. Addresses of pages are relative to the site's; the front page's is empty.
    pub(super) fn to_json(&self) -> Value {
        let pages = self.kinds.iter().map(|kind| {
            let addresses: Vec<&str> = kind.pages.iter().map(|page| page.address.as_str()).collect();
            (kind.name.to_owned(), json!(addresses))
        });
        let files = self.kinds.iter().map(|kind| (kind.name.to_owned(), json!(kind.pages.len() + kind.other_files)));
        json!({
            "release": self.release,
            "previous": self.previous,
            "unchanged": self.is_unchanged,
            "pages": Value::Object(pages.collect()),
            "files": Value::Object(files.collect()),
        })
    }

    /// One line of counts: `1 page added, 2 pages changed and 4 other files`.
    pub(super) fn summary(&self) -> String {
        let kinds = self.kinds.iter().filter(|kind| !kind.pages.is_empty());
        let pages: Vec<_> = kinds.map(|kind| format!("{} {}", counted(kind.pages.len(), "page"), kind.name)).collect();
        let others = self.kinds.iter().map(|kind| kind.other_files).sum::<usize>();
        match (&pages[..], others) {
            ([], 0) => "no page changes".to_owned(),
            ([], others) => format!("no page changes, but {}", counted(others, "other file")),
            (pages, 0) => pages.join(", "),
            (pages, others) => format!("{} and {}", pages.join(", "), counted(others, "other file")),
        }
    }

    /// The pages, by their titles, and how many files change besides.
    pub(super) fn lines(&self, names_all: bool) -> String {
        let mut lines = String::new();
        for kind in &self.kinds {
            let named = if names_all { kind.pages.len() } else { NAMED };
            for page in kind.pages.iter().take(named) {
                let address = if page.address.is_empty() { "front page" } else { &page.address };
                let title = page.title.as_ref().map(|title| format!("{title} · ")).unwrap_or_default();
                _ = writeln!(lines, "  {:<8} {title}{address}", kind.name);
            }
            if let Some(more) = kind.pages.len().checked_sub(named).filter(|more| *more > 0) {
                _ = writeln!(lines, "  {:<8} and {more} more", kind.name);
            }
        }
        let summary = self.summary();
        _ = writeln!(lines, "{}{}", summary[..1].to_uppercase(), &summary[1..]);
        lines
    }
}
