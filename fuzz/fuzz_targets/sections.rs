//! A whole submission, checked and built in spite of its faults: nothing panics, and nothing that runs reaches the page.
#![no_main]

use annal::{BuildCache, Options, SourceTexts, SourceTree};
use libfuzzer_sys::fuzz_target;

const SITE: &str = "title: T\nbase_url: https://example.org\n";
const REPORT: &str = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: [{id: a, name: A}]\n";

fuzz_target!(|text: &str| {
    let files =
        [("content/site.yaml", SITE), ("content/2019-20/report.yaml", REPORT), ("content/2019-20/agencies/a.md", text)];
    let tree = SourceTree::from_texts(files);
    let options = Options { force: true, ..Options::new("2020-10-01".parse().expect("a date")) };
    let built = annal::build_in_memory(&tree, &options, &mut BuildCache::none());
    for diagnostic in &built.diagnostics {
        if let Some(text) = tree.text(&diagnostic.location.file) {
            assert!(text.get(diagnostic.location.span.range()).is_some(), "{diagnostic:?}");
        }
    }
    if let Some(page) = built.output.get("2019-20/agencies/a/index.html") {
        let page = String::from_utf8_lossy(page).to_lowercase();
        for runs in ["<script>", "<iframe", "<object", "<embed", "href=\"javascript:", "src=\"http", " onerror=\""] {
            assert!(!page.contains(runs), "{runs} reaches the page");
        }
    }
});
