//! Front matter and YAML: whatever stands there, every span lies inside the file and begins on a character.
#![no_main]

use annal::diagnostic::{RelPath, Span};
use annal::source::files::{PageFrontMatter, SubmissionFrontMatter};
use annal::source::front_matter;
use annal::source::yaml::read_document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = RelPath::new("content/2019-20/boards/a.md");
    let split = front_matter::split(&file, text);
    let mut found = split.diagnostics;
    let yaml = split.value.yaml.unwrap_or_else(|| Span::new(0, text.len()));
    found.extend(read_document::<SubmissionFrontMatter>(&file, text, yaml).diagnostics);
    found.extend(read_document::<PageFrontMatter>(&file, text, yaml).diagnostics);
    for diagnostic in found {
        let span = diagnostic.location.span;
        assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes: {}", text.len(), diagnostic.message);
    }
});
