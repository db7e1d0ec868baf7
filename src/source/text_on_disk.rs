//! Texts that are not kept in memory: they are read again when they are needed, so that a site may be larger than that.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::disk_file::DiskFile;
use crate::diagnostic::{RelPath, SourceText, WeakText};

/// A text file on the disk. It is UTF-8, and was read once to find that out.
///
/// Cheap to clone. All clones share the text for as long as somebody holds it.
#[derive(Clone, Debug)]
pub struct TextOnDisk(Arc<TextFile>);

#[derive(Debug)]
struct TextFile {
    on_disk: DiskFile,
    /// Its path in the site.
    path: RelPath,
    /// The text that somebody still holds.
    held: Mutex<WeakText>,
    /// Where to note that it is not the same file any more.
    changed: ChangedTexts,
}

impl TextOnDisk {
    /// The text of the file at `path` in the site.
    pub(super) fn new(on_disk: DiskFile, path: &RelPath, changed: &ChangedTexts) -> Self {
        let (path, held, changed) = (path.clone(), Mutex::default(), changed.clone());
        Self(Arc::new(TextFile { on_disk, path, held, changed }))
    }

    /// The length of its text in bytes.
    pub(super) fn length(&self) -> u64 {
        self.0.on_disk.length
    }

    /// Its text without a byte-order mark, with line ends as they are.
    ///
    /// If it cannot be read, or is not the same any more, the text is blank, has the same length, and the file is noted as
    /// changed: places in it remain places, and whoever reads the list at the end throws away what was made of it.
    #[must_use]
    pub(crate) fn read(&self) -> SourceText {
        let mut held = self.0.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = held.upgrade() {
            return text;
        }
        let text = self.0.on_disk.read().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| {
            self.0.changed.add(&self.0.path);
            " ".repeat(usize::try_from(self.length()).unwrap_or_default())
        });
        let text = SourceText::from(without_mark(&text));
        *held = text.downgrade();
        text
    }
}

/// A text without the byte-order mark that some programs begin it with.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The files that were changed after they had been read first, so that nothing which was made of them counts.
#[derive(Clone, Debug, Default)]
pub struct ChangedTexts(Arc<Mutex<BTreeSet<RelPath>>>);

impl ChangedTexts {
    fn add(&self, file: &RelPath) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone());
    }

    /// The files, in order.
    #[must_use]
    pub(crate) fn files(&self) -> Vec<RelPath> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "somebody changes the file")]

    use std::fs;

    use super::*;
    use crate::source::digest::hash;

    #[test]
    fn a_text_is_read_while_it_is_needed_and_must_not_change() {
        let site = tempfile::tempdir().unwrap();
        let (path, file) = (site.path().join("a.md"), RelPath::new("a.md"));
        let written = "\u{feff}one – two\r\n";
        fs::write(&path, written).unwrap();
        let changed = ChangedTexts::default();
        let text =
            TextOnDisk::new(DiskFile::new(&path, written.len() as u64 - 3, hash(written.as_bytes())), &file, &changed);
        let first = text.read();
        assert_eq!(&*first, "one – two\r\n");
        fs::write(&path, "other").unwrap();
        assert_eq!(&*text.read(), &*first, "somebody still holds it");
        assert_eq!(changed.files(), []);
        drop(first);
        assert_eq!(text.read().trim(), "");
        assert_eq!(changed.files(), std::slice::from_ref(&file));
        fs::remove_file(&path).unwrap();
        assert_eq!((text.read().len(), changed.files()), (written.len() - 3, vec![file]));
    }
}
