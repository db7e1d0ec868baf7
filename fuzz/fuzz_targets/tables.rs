//! CSV: whatever stands there, every cell's span lies inside the file.
#![no_main]

use annal::{BuildCache, Options, RelPath, SourceTexts, SourceTree};
use annal::piece::CsvTable;
use libfuzzer_sys::fuzz_target;

const SITE: &str = "title: T\nbase_url: https://example.org\n";
const REPORT: &str = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n";

fuzz_target!(|text: &str| {
    let file = RelPath::new("content/2019-20/data/attendance.csv");
    let shared = text.into();
    for diagnostic in CsvTable::parse(&file, &shared, &["member", "organisation"]).diagnostics {
        assert!(text.get(diagnostic.location.span.range()).is_some(), "{diagnostic:?}");
    }
    let tables = ["attendance", "contributions", "budget"].map(|name| format!("content/2019-20/data/{name}.csv"));
    let files = [("content/site.yaml", SITE), ("content/2019-20/report.yaml", REPORT)];
    let tree = SourceTree::from_texts(files.into_iter().chain(tables.iter().map(|path| (path.as_str(), text))));
    let options = Options::new("2020-10-01".parse().expect("a date"));
    let checked = annal::check(&tree, &options, &mut BuildCache::none());
    for diagnostic in checked.diagnostics {
        if let Some(text) = tree.text(&diagnostic.location.file) {
            assert!(text.get(diagnostic.location.span.range()).is_some(), "{diagnostic:?}");
        }
    }
});
