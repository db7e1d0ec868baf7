//! Front matter and YAML: whatever stands there, every span lies inside the file and begins on a character.
#![no_main]

use annal::{RelPath, Span};
use annal::piece::{check_front_matter, split_front_matter};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let file = RelPath::new("content/2019-20/boards/a.md");
    let split = split_front_matter(&file, text);
    let mut found = split.diagnostics;
    let yaml = split.value.yaml.unwrap_or_else(|| Span::new(0, text.len()));
    found.extend(check_front_matter(&file, text, yaml));
    for diagnostic in found {
        let span = diagnostic.location.span;
        assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes: {}", text.len(), diagnostic.message);
    }
});
