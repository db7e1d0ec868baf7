//! A year's `governance.yaml`: that of the year before, or its boards to begin with.

use std::fmt::Write;

use super::{NewFile, quoted};
use crate::diagnostic::SourceTexts;
use crate::model::year_data::YearFile;
use crate::model::{Archive, Report};
use crate::source::SourceTree;

/// The file of a year.
pub(super) fn draft(tree: &SourceTree, archive: &Archive, report: &Report) -> NewFile {
    let name = YearFile::Governance.name();
    let before = archive.before(report).and_then(|before| tree.text(&before.folder.join(name)));
    let text = before.map_or_else(|| first(report), |text| text.to_string());
    NewFile::new(&report.folder.join(name).to_string(), text)
}

/// The file of the first year: its boards.
fn first(report: &Report) -> String {
    let mut text = String::from(
        "# Who sits where, and who reports what to whom. `annal schema governance` lists every setting.\n\
         # A body with the id of a board in report.yaml is that board.\nbodies:\n",
    );
    if report.boards.is_empty() {
        text.push_str("  - id: partnership\n    name: \"[fill in: the partnership's name]\"\n    kind: partnership\n");
    }
    for board in &report.boards {
        let _ = writeln!(text, "  - id: {}\n    name: {}\n    kind: board", board.id, quoted(&board.name));
    }
    text.push_str(
        "    # chair: Independent chair\n    # meetings_per_year: 4\n\
         \x20   # members: [Healthwatch, {name: Westshire Council, seats: 2}]\n    # reports_to: [another-body]\n\
         # Agreements between bodies, such as protocols:\n# agreements:\n\
         #   - {id: protocol, name: Joint protocol, between: [one-body, another-body], state: draft, review_due: YYYY-MM-DD}\n",
    );
    text
}
