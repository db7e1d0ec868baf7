//! What is published in the folders of this machine, and how it differs from what the preview shows.
//!
//! Other places are not asked: the desk never waits for a network.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use super::Desk;
use crate::diagnostic::RelPath;
use crate::locale::Locale;
use crate::output::{OutputTree, Sha256};
use crate::publish::{SiteSettings, TargetManifest};

/// A place that the site is published to.
#[derive(Serialize)]
pub(super) struct LivePlace {
    /// The release that is live there.
    release: String,
    /// How it differs; empty if nothing is live.
    differs: String,
}

/// The folders that the site is published to.
pub(super) fn places(desk: &Desk<'_>, words: &Locale) -> Vec<LivePlace> {
    let settings = SiteSettings::from_tree(desk.tree);
    let folders = settings.live_folders(desk.root).into_iter();
    folders.map(|(target, manifest)| place(target, manifest.as_ref(), desk.files, words)).collect()
}

fn place(target: &str, manifest: Option<&TargetManifest>, files: &OutputTree, words: &Locale) -> LivePlace {
    let Some((manifest, live)) = manifest.and_then(|manifest| Some((manifest, manifest.live()?))) else {
        return LivePlace { release: words.say("desk.live-nothing", &[("target", target)]), differs: String::new() };
    };
    let date = live.date.parse::<Timestamp>().map(|moment| words.date(moment.to_zoned(jiff::tz::TimeZone::UTC).date()));
    let date = date.unwrap_or_else(|_| live.date.clone());
    let given = [("target", target), ("release", live.release.as_str()), ("date", &date)];
    let release = match &live.by {
        Some(by) => words.say("desk.live-by", &[&given[..], &[("name", by.as_str())]].concat()),
        None => words.say("desk.live", &given),
    };
    let years = differing_years(manifest, files);
    let differs = match &years[..] {
        [] => words.text("desk.live-same").to_owned(),
        years => words.say("desk.live-differs", &[("years", &words.list(years))]),
    };
    LivePlace { release, differs }
}

/// The years whose pages say something else there, or are only here or there. The pages themselves are no use for that,
/// since the preview builds them for its own address.
fn differing_years(manifest: &TargetManifest, files: &OutputTree) -> Vec<String> {
    let name = |path: &str| {
        path.strip_prefix("search/")?.strip_suffix(".json").filter(|name| *name != "site").map(str::to_owned)
    };
    let here = files.files.keys().filter_map(|path| name(path.as_str()));
    let there = manifest.files.keys().filter_map(|path| name(path));
    let years: BTreeSet<String> = here.chain(there).collect();
    let is_same = |path: &str| {
        let here = files.files.get(&RelPath::new(path)).map(|bytes| Sha256::new(bytes).to_string());
        here.as_ref() == manifest.files.get(path)
    };
    let is_same_year =
        |year: &String| is_same(&format!("search/{year}.json")) && is_same(&format!("{year}/data/report.json"));
    years.into_iter().filter(|year| !is_same_year(year)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::preview::desk::PageTemplates;

    #[test]
    fn the_desk_says_what_is_live_and_which_years_differ() {
        let check = |here: &[(&str, &str)], there: &[(&str, &str)], by: &str| {
            let folder = tempfile::tempdir().unwrap();
            let files = |list: &[(&str, &str)]| -> serde_json::Map<String, serde_json::Value> {
                list.iter()
                    .map(|(path, text)| ((*path).to_owned(), Sha256::new(text.as_bytes()).to_string().into()))
                    .collect()
            };
            let manifest = serde_json::json!({
                "format": 1, "before": {}, "unused_assets": {}, "files": files(there),
                "releases": [{"release": "0123456789abcdef", "date": "2026-11-28T22:03:00Z", "by": by, "annal": "0", "pages": 1}],
            });
            fs::create_dir(folder.path().join(".annal")).unwrap();
            fs::write(folder.path().join(".annal/manifest.json"), manifest.to_string()).unwrap();
            let site = format!(
                "title: T\nbase_url: https://a.example\npublish:\n  live: {{to: \"file:{}\"}}\n  far: {{to: \"s3://b\"}}\n",
                folder.path().display()
            );
            let tree = crate::source::SourceTree::from_texts([("content/site.yaml", site.as_str())]);
            let settings = SiteSettings::from_tree(&tree);
            let mut output = OutputTree::default();
            for (path, text) in here {
                output.insert_text(RelPath::new(path), *text);
            }
            let words = PageTemplates::english().words;
            let folders = settings.live_folders(folder.path()).into_iter();
            let shown = folders.map(|(target, manifest)| place(target, manifest.as_ref(), &output, &words));
            shown.map(|place| format!("{} {}", place.release, place.differs)).collect::<Vec<_>>().join("\n")
        };
        let year = [("search/2024-25.json", "a"), ("2024-25/data/report.json", "b"), ("search/site.json", "c")];
        assert_eq!(
            check(&year, &year[..2], "Jo"),
            "live: release 0123456789abcdef by Jo, live since 28 November 2026. It is the same as this preview."
        );
        assert!(check(&[], &year, "Jo").ends_with("This preview differs in 2024-25."));
        assert!(
            check(&[("search/2024-25.json", "x"), year[1]], &year, "Jo").ends_with("This preview differs in 2024-25.")
        );
    }
}
