//! Documents of every kind that `annal intake` reads: they are read or refused, and nothing else.
#![no_main]

use annal::piece::document_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (kind, bytes) = input;
    let name = ["a.docx", "a.odt", "a.html", "a.eml", "a.txt", ""][usize::from(kind % 6)];
    if let Err(why) = document_text(name, bytes) {
        assert!(!why.is_empty() && !why.contains('\n'), "{why}");
    }
});
