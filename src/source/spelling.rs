//! File names that are stored with other characters than people write. macOS may store `é` as `e` and an accent, and an
//! archive that was made there brings such names to other systems, where they are different names.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::RelPath;

/// A path with its letters composed (NFC): the same for all ways of storing it.
#[must_use]
pub(crate) fn composed(path: &RelPath) -> RelPath {
    if path.as_str().is_ascii() { path.clone() } else { RelPath::new(&path.as_str().nfc().collect::<String>()) }
}

/// How the files of a site are stored, by their composed paths. Only those with other letters than ASCII are here.
#[derive(Debug)]
pub(crate) struct StoredSpellings<'a>(HashMap<RelPath, Vec<&'a RelPath>>);

impl<'a> StoredSpellings<'a> {
    /// The spellings of some files.
    #[must_use]
    pub(crate) fn new(files: impl IntoIterator<Item = &'a RelPath>) -> Self {
        let mut stored: HashMap<RelPath, Vec<&RelPath>> = HashMap::new();
        for file in files.into_iter().filter(|file| !file.as_str().is_ascii()) {
            stored.entry(composed(file)).or_default().push(file);
        }
        Self(stored)
    }

    /// A path as it is stored. A file that is stored exactly as it is written comes first; a path that no file has stays as
    /// it is.
    #[must_use]
    pub(crate) fn as_stored(&self, written: RelPath) -> RelPath {
        let stored = if written.as_str().is_ascii() { None } else { self.0.get(&composed(&written)) };
        match stored.map(Vec::as_slice) {
            Some(all @ [first, ..]) if !all.contains(&&written) => (*first).clone(),
            _ => written,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_however_its_accents_are_stored() {
        let (one, two) = (RelPath::new("media/caf\u{e9}.svg"), RelPath::new("media/cafe\u{301}.svg"));
        for (stored, written) in [(&one, &two), (&two, &one)] {
            assert_eq!(StoredSpellings::new([stored]).as_stored(written.clone()), *stored);
            assert_eq!(StoredSpellings::new([&one, &two]).as_stored(written.clone()), *written, "both exist");
        }
        assert_eq!(StoredSpellings::new([&one]).as_stored("media/cafe.svg".into()).as_str(), "media/cafe.svg");
        assert_eq!(StoredSpellings::new([]).as_stored(two.clone()), two);
    }
}
