//! What is not published, and why, in words.

use std::fmt;

use super::manifest::TargetManifest;
use super::plan::{Plan, is_page, pages};
use super::site::{BuiltSite, years};
use crate::diagnostic::located::counted;

/// The most files or figures that are named.
const NAMED: usize = 4;

/// Why a site is not published.
#[derive(Debug)]
pub(crate) enum PublishRefusal {
    /// `base_url` is still the one that `annal new site` writes.
    PlaceholderUrl(String),
    /// A page still has words that annal wrote for somebody to fill in.
    Placeholder {
        /// The page's path.
        page: String,
        /// The words.
        words: String,
    },
    /// Texts have changed since somebody signed them off: their paths.
    StaleSignOffs(Vec<String>),
    /// Suppressed counts can be worked out: their names.
    WorkedOut(Vec<String>),
    /// The year named with `--year` is left out.
    YearLeftOut {
        /// Its name: `2024-25`.
        year: String,
        /// Why, as in *it is under embargo until 15 January 2027*.
        why: String,
    },
    /// Other years than the one named with `--year` have changed in what the pages of all years show of them: which.
    SharedPagesChange(Vec<String>),
    /// There is no report to publish; what is left out, in words.
    Nothing(String),
    /// Years that are live would disappear, because they are now left out: which, and why.
    Vanishing(String),
    /// More than a third of the live pages would be removed.
    TooManyRemovals {
        /// How many pages would be removed.
        removed: usize,
        /// How many are live.
        live: usize,
    },
}

/// Whether there is a reason not to carry out `plan`. `left_out` says what the build of the site left out, and
/// `reason` why it left out a year, if it did.
pub(crate) fn check(
    plan: &Plan,
    manifest: &TargetManifest,
    site: &BuiltSite,
    left_out: &str,
    reason: impl Fn(&str) -> Option<String>,
    allow_removals: bool,
) -> Option<PublishRefusal> {
    if let Some((page, words)) = site.placeholder() {
        return Some(PublishRefusal::Placeholder { page: page.to_owned(), words });
    }
    let there = years(&plan.files);
    if site.years().is_empty() {
        return Some(PublishRefusal::Nothing(left_out.to_owned()));
    }
    let gone = years(&manifest.files).into_iter().filter(|year| !there.contains(year));
    let vanishing: Vec<_> = gone.filter_map(|year| Some(format!("{year} ({})", reason(year)?))).collect();
    if !vanishing.is_empty() {
        return Some(PublishRefusal::Vanishing(vanishing.join(", ")));
    }
    let removed = pages(&plan.removed).count();
    let live = manifest.files.keys().filter(|path| is_page(path)).count();
    (!allow_removals && removed * 3 > live).then_some(PublishRefusal::TooManyRemovals { removed, live })
}

impl PublishRefusal {
    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Placeholder { .. } => "write what belongs there; `annal check` lists all such places",
            Self::PlaceholderUrl(_) => {
                "write the address at which readers will find the site into content/site.yaml, as `base_url`"
            }
            Self::StaleSignOffs(_) => {
                "have them approved and sign them again with `annal sign`, or waive them in report.yaml; `annal check` lists them"
            }
            Self::WorkedOut(_) => {
                "run `annal disclosure` to see what gives each one away, and correct it; if a number only looks like one of these counts, \
                 add `--allow-disclosure`"
            }
            Self::YearLeftOut { .. } => {
                "publish it once nothing holds it back; to see it before, run `annal build --proof`, or `annal build --output DIR` \
                 with `--drafts` for a year in preparation and `--embargoed` for one under embargo"
            }
            Self::SharedPagesChange(_) => {
                "publish without `--year`, or put those years back as they were; `annal diff` shows what has changed"
            }
            Self::Nothing(left_out) if left_out.is_empty() => "create a report with `annal new year`",
            Self::Nothing(_) => "publish again once one of them is no longer held back",
            Self::Vanishing(_) => {
                "to keep them live, remove what holds them back from report.yaml; to take them down, move their folders out \
                 of content/ and publish again"
            }
            Self::TooManyRemovals { .. } => {
                "run `annal publish --dry-run` to see which; if they should go, add `--allow-removals`"
            }
        }
    }
}

impl fmt::Display for PublishRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Placeholder { page, words } => write!(f, "`{words}` is still to be filled in on the page {page}"),
            Self::PlaceholderUrl(url) => {
                write!(f, "`base_url` is still `{url}`, the example that `annal new site` wrote")
            }
            Self::StaleSignOffs(paths) => {
                let have = if paths.len() == 1 { "has" } else { "have" };
                write!(f, "{} {have} changed since being signed off", some_of(paths, ", "))
            }
            Self::WorkedOut(figures) => {
                let counts = counted(figures.len(), "suppressed count");
                write!(f, "{counts} could be worked out from what would be published: {}", some_of(figures, "; "))
            }
            Self::YearLeftOut { year, why } => write!(f, "{year} is {why}, so it is not published"),
            Self::SharedPagesChange(years) => {
                let have = if years.len() == 1 { "has" } else { "have" };
                write!(
                    f,
                    "{} {have} changed too, and pages of all years, such as the front page and the trends, would show it",
                    some_of(years, ", ")
                )
            }
            Self::Nothing(left_out) if left_out.is_empty() => f.write_str("there is no report to publish"),
            Self::Nothing(left_out) => write!(f, "there is no report to publish; left out: {left_out}"),
            Self::Vanishing(years) => {
                write!(f, "pages that are live would disappear, because their year is now left out: {years}")
            }
            Self::TooManyRemovals { removed, live } => {
                write!(
                    f,
                    "{} of the {} that are live would be removed, more than a third",
                    removed,
                    counted(*live, "page")
                )
            }
        }
    }
}

/// The first of some names, and how many more there are.
fn some_of(names: &[String], between: &str) -> String {
    let first = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(between);
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
