//! What is not published, and why, in words.

use std::collections::BTreeSet;
use std::fmt;

use super::manifest::TargetManifest;
use super::plan::{Plan, is_page, pages};
use super::site::{BuiltSite, years};
use crate::diagnostic::located::counted;

/// A year that a build leaves out.
#[derive(Clone, Debug)]
pub(crate) struct LeftOutYear {
    /// Its name: `2024-25`.
    pub year: String,
    /// The reason, as in `2024-25 (under embargo until 15 January 2027)`.
    pub why: String,
}

/// Why a site is not published.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// `base_url` is still the one that `annal new site` writes.
    Placeholder(String),
    /// The year named with `--year` is left out.
    YearLeftOut(LeftOutYear),
    /// There is no report to publish.
    Nothing(Vec<LeftOutYear>),
    /// Years that are live would disappear, because they are now left out.
    Vanishing(Vec<LeftOutYear>),
    /// More than a third of the live pages would be removed.
    TooManyRemovals {
        /// How many pages would be removed.
        removed: usize,
        /// How many are live.
        live: usize,
    },
}

/// Whether there is a reason not to carry out `plan`.
pub(crate) fn check(
    plan: &Plan,
    manifest: &TargetManifest,
    site: &BuiltSite,
    left_out: &[LeftOutYear],
    allow_removals: bool,
) -> Option<Refusal> {
    if site.years().is_empty() {
        return Some(Refusal::Nothing(left_out.to_vec()));
    }
    let live: BTreeSet<&str> = years(&manifest.files);
    let there = site.years();
    let vanishing: Vec<_> = left_out.iter().filter(|one| live.contains(&*one.year) && !there.contains(&*one.year)).collect();
    if !vanishing.is_empty() {
        return Some(Refusal::Vanishing(vanishing.into_iter().cloned().collect()));
    }
    let removed = pages(&plan.removed).count();
    let live = manifest.files.keys().filter(|path| is_page(path)).count();
    (!allow_removals && removed * 3 > live).then_some(Refusal::TooManyRemovals { removed, live })
}

/// `2024-25 (under embargo until …) and 2025-26 (…)`.
fn listed(years: &[LeftOutYear]) -> String {
    let named: Vec<_> = years.iter().map(|one| format!("{} ({})", one.year, one.why)).collect();
    match &named[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => named.concat(),
    }
}

impl Refusal {
    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Placeholder(_) => {
                "write the address at which readers will find the site into content/site.yaml, as `base_url`"
            }
            Self::YearLeftOut(_) => {
                "publish it once nothing holds it back; to look at it now, run `annal serve`, or `annal build` with \
                 `--embargoed` or `--drafts` into a folder of its own"
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

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Placeholder(url) => write!(f, "`base_url` is still `{url}`, the example that `annal new site` wrote"),
            Self::YearLeftOut(one) => write!(f, "{} is not published: it is {}", one.year, one.why),
            Self::Nothing(left_out) if left_out.is_empty() => f.write_str("there is no report to publish"),
            Self::Nothing(left_out) => write!(f, "there is no report to publish: {} is left out", listed(left_out)),
            Self::Vanishing(years) => {
                write!(f, "pages that are live would disappear, because their year is now left out: {}", listed(years))
            }
            Self::TooManyRemovals { removed, live } => {
                write!(f, "{} of the {} that are live would be removed, more than a third", removed, counted(*live, "page"))
            }
        }
    }
}
