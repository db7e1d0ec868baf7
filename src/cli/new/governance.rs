//! A year's `governance.yaml`: that of the year before, or its boards to begin with.

use std::fmt::Write;

use super::carried_links::CopiedFile;
use super::{NewFile, quoted};
use crate::diagnostic::SourceTexts;
use crate::model::year_data::YearFile;
use crate::model::{Archive, Report};
use crate::source::SourceTree;

/// The file of a year.
pub(super) fn draft(tree: &SourceTree, archive: &Archive, report: &Report) -> NewFile {
    let name = YearFile::Governance.name();
    let to = report.folder.join(name);
    let from = archive.before(report).map(|before| before.folder.join(name));
    let before = from.as_ref().and_then(|from| Some((from, tree.text(from)?)));
    let copy =
        before.map(|(from, text)| CopiedFile { tree, from, to: &to }.with_links(&text, "agreements", "document"));
    NewFile::new(to.as_str(), copy.unwrap_or_else(|| first(report)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assemble::assemble;

    #[test]
    fn what_stays_with_the_year_before_is_linked_there() {
        let report = "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n";
        let written = "bodies:\n  - {id: a, name: A, purpose: \"See [the terms](documents/terms.csv#a) and [all](/x/).\"}\nagreements:\n\
                       \x20 - {id: b, name: B, between: [a], state: agreed, document: documents/terms.csv}   # Ours\n\
                       \x20 - {id: c, name: C, between: [a], state: agreed, document: documents/new.csv}\n\
                       \x20 - {id: d, name: D, between: [a], state: agreed, document: \"https://example.org/d\"}\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2019-20/report.yaml", report),
            ("content/2019-20/governance.yaml", written),
            ("content/2019-20/documents/terms.csv", "a,b\n"),
            ("content/2019-20/documents/new.csv", "a,b\n"),
            ("content/2020-21/report.yaml", report),
            ("content/2020-21/documents/new.csv", "a,b\n"),
        ]);
        let archive = assemble(&tree).value;
        let made = draft(&tree, &archive, archive.reports().next_back().unwrap());
        let expected = written
            .replace("document: documents/terms.csv", "document: \"../2019-20/documents/terms.csv\"")
            .replace("(documents/terms.csv", "(../2019-20/documents/terms.csv");
        assert_eq!(String::from_utf8(made.bytes).unwrap(), expected);
    }
}
