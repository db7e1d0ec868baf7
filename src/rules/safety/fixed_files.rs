//! Files that are published as they are.

use super::Scanner;
use super::finding::FindingKind;
use crate::diagnostic::redact::mask;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity};
use crate::source::disk::TEXT_LIMIT;
use crate::source::tree::SourceFile;

impl Scanner<'_> {
    /// A note on an email address in a file that is published as it is: `security.txt` must have one, but the reader of the
    /// note may not know.
    pub(super) fn check_fixed(&self, file: &RelPath, read: &SourceFile) -> Option<Diagnostic> {
        // A larger file is not text that somebody wrote. One that cannot be read is reported where it is published.
        let bytes = if read.length() <= TEXT_LIMIT { read.content.bytes().ok()? } else { return None };
        let found = self
            .findings(std::str::from_utf8(&bytes).ok()?)
            .into_iter()
            .find(|found| found.kind == FindingKind::Email)?;
        let message = format!("`{}` is an email address, and this file is published as it is", mask(&found.words));
        let note = Diagnostic::new(Code::PersonalData, Location::whole(file), message);
        Some(Diagnostic { severity: Severity::Note, ..note }.help("if readers should not have it, remove it"))
    }
}
