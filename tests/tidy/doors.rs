//! The disk, the environment and the clock are met at few doors, and each crate that shapes the code in few files.

use std::collections::BTreeMap;

use regex::Regex;

use crate::arrows::{Foreign, IMPORTS};
use crate::assert_none;
use crate::sources::SOURCES;

/// Where the disk, the environment and the clock may be met, tests aside.
const DOORS: &[&str] = &[
    "src/main.rs",
    "src/platform.rs",
    "src/source/disk.rs",
    "src/source/disk_file.rs",
    "src/edit/write.rs",
    "src/edit/taken_in.rs",
    "src/edit/chase_log.rs",
    "src/output/",
    "src/publish/",
    "src/preview/",
    "src/cli/",
];

/// What is met there.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::time::SystemTime",
    "std::time::Instant::now",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
];

/// Crates with the only files that may name them, tests included.
const KNOWN_TO: &[(&str, &[&str])] = &[
    ("serde_yaml", &["src/source/yaml/"]),
    ("pulldown_cmark", &["src/source/markdown/", "src/render/prose/"]),
    ("ab_glyph_rasterizer", &["src/render/share_image/"]),
    ("png", &["src/render/share_image/"]),
    ("zune_jpeg", &["src/source/picture/smaller.rs"]),
    ("ttf_parser", &["src/render/share_image/"]),
    ("plotters", &["src/chart/"]),
    ("plotters_backend", &["src/chart/"]),
    ("quick_xml", &["src/source/picture/svg/", "src/document/xml.rs"]),
    ("similar", &["src/edit/difference.rs", "src/compare/words.rs", "src/testing.rs"]),
    ("zip", &["src/document/package.rs", "src/publish/zip.rs"]),
    ("ureq", &["src/publish/s3/client.rs"]),
    ("rustls", &["src/publish/s3/client.rs"]),
    ("hmac", &["src/publish/s3/sign.rs"]),
    ("tera", &["src/render/theme/", "src/preview/desk/templates.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
];

impl Foreign {
    /// Whether it is `path` or lies in it.
    fn is_of(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }

    fn is_in(&self, files: &[&str]) -> bool {
        files.iter().any(|file| self.file.starts_with(file))
    }
}

#[test]
fn the_disk_and_the_clock_are_met_at_the_doors() {
    let met = IMPORTS.foreign.iter().filter(|foreign| OUTSIDE.iter().any(|path| foreign.is_of(path)));
    let faults = met
        .filter(|foreign| !foreign.is_test && !foreign.is_in(DOORS))
        .map(|Foreign { file, line, path, .. }| format!("{file}:{line}: `{path}` is not for this room"));
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn few_files_know_each_format() {
    let mut faults = Vec::new();
    for (name, files) in KNOWN_TO {
        let named = IMPORTS.foreign.iter().filter(|foreign| foreign.is_of(name) && !foreign.is_in(files));
        let lines = named.map(|Foreign { file, line, .. }| (file, line)).collect::<BTreeMap<_, _>>();
        let only = files.join(" and ");
        faults.extend(lines.iter().map(|(file, line)| format!("{file}:{line}: `{name}` is known to {only} alone")));
    }
    assert_none(&faults);
}

/// What differs between systems is in one file, so that somebody who has only one of them knows what they cannot try.
#[test]
fn what_differs_between_systems_is_in_one_file() {
    let differs = Regex::new(r"cfg!?\(.*\b(unix|windows|target_os|target_family|target_vendor)\b").unwrap();
    let others = SOURCES.iter().filter(|source| !source.is_test && source.path != "src/platform.rs");
    let faults = others.flat_map(|source| {
        let code = source.text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = code.lines().zip(1..).filter(|(line, _)| differs.is_match(line));
        lines.map(|(_, number)| format!("{}:{number}: belongs to src/platform.rs", source.path))
    });
    assert_none(&faults.collect::<Vec<_>>());
}
