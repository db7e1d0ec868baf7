//! A year's `reviews.yaml`: the reviews that were in progress the year before, or one to fill in.

use std::fmt::Write;

use super::NewFile;
use crate::diagnostic::quoted_list;
use crate::model::year_data::{FIRST_REVIEW, YearFile};
use crate::model::{Archive, Report};
use crate::source::files::{ReviewKind, ReviewStatus};

/// The file of a year.
pub(super) fn draft(archive: &Archive, report: &Report) -> NewFile {
    let before = archive.before(report);
    let record = before.and_then(|before| before.data.reviews.as_ref());
    let all = record.into_iter().flat_map(|record| &record.reviews);
    let ongoing: Vec<_> = all.filter(|review| review.status == ReviewStatus::Ongoing).collect();
    let mut text = String::from(
        "# Reviews, independent scrutiny and audits, and what was done about their findings. `annal schema reviews` lists every\n\
         # setting.\n",
    );
    let _ = writeln!(text, "# The kinds are {}.\nreviews:", quoted_list(ReviewKind::WORDS));
    if let Some(before) = before.filter(|_| !ongoing.is_empty()) {
        let _ = writeln!(text, "  # In progress at the end of {}.", before.year);
    }
    for review in &ongoing {
        let _ = writeln!(text, "  - id: {}\n    kind: {}\n    status: ongoing", review.id, review.kind.word());
    }
    if ongoing.is_empty() {
        let _ =
            writeln!(text, "  - id: {FIRST_REVIEW}\n    kind: SAR\n    status: concluded\n    # published: https://…");
        text.push_str("    findings:\n      - finding: \"[fill in: what was found]\"\n");
        text.push_str("        action: \"[fill in: what was or will be done about it]\"\n");
    }
    text.push_str(
        "# If no safeguarding adults review finished or was in progress, say so:\n# none: There was none this year.\n",
    );
    NewFile::new(&report.folder.join(YearFile::Reviews.name()).to_string(), text)
}
