//! Whether the report meets the duties that it answers to.

use crate::diagnostic::{Code, Diagnostic};
use crate::report::Report;
use crate::report::duties::{Asked, Duty, Field, MetBy, Verdict, coverage};

/// `uncovered-duty` of one year.
#[must_use]
pub fn check(report: &Report) -> Vec<Diagnostic> {
    // What could not be read may be the evidence.
    if !report.lost.is_empty() {
        return Vec::new();
    }
    let uncovered = report.duties.iter().flat_map(|asked| {
        let gaps = coverage(report, asked.set).into_iter().filter(|coverage| coverage.verdict == Verdict::Unmet);
        gaps.map(|coverage| uncovered(asked, coverage.duty)).collect::<Vec<_>>()
    });
    uncovered.collect()
}

/// A duty that nothing in the report meets.
fn uncovered(asked: &Asked, duty: &Duty) -> Diagnostic {
    let message = format!("nothing in this report meets the duty `{}` ({}): {}", duty.id, duty.source, duty.text);
    let ways: Vec<String> = duty.met_by.iter().map(|way| remedy(way, duty)).collect();
    let help = ways.join(if duty.all { ", and " } else { ", or " });
    Diagnostic::new(Code::UncoveredDuty, asked.place.clone(), message).label(asked.set.title.clone()).help(help)
}

/// What to do so that a duty is met in one way.
fn remedy(way: &MetBy, duty: &Duty) -> String {
    match way {
        MetBy::Part(part) => format!("give the report its part `{}`", part.name()),
        MetBy::Section(id, kind) => format!("see that every {} has sent its section `{id}`", kind.name()),
        MetBy::Field(Field::Distribution) => "list under `distribution:` who was sent the report".to_owned(),
        MetBy::Field(Field::Period) => "state the `period:`".to_owned(),
        MetBy::Evidence => format!("write `evidence: [{}]` at the top of the submission or page that does", duty.id),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::assemble::assemble;
    use crate::source::SourceTree;

    /// The duties of `sets` that a year with these files leaves uncovered. `report` is added to its `report.yaml`.
    fn check(sets: &str, report: &str, files: &[(&str, &str)]) -> String {
        let report = format!("title: T\nperiod: {{from: 2019-04-01, to: 2020-03-31}}\nduties: [{sets}]\n{report}");
        let paths: Vec<String> = files.iter().map(|(path, _)| format!("content/2019-20/{path}")).collect();
        let files = paths.iter().map(String::as_str).zip(files.iter().map(|(_, text)| *text));
        let site = ("content/site.yaml", "title: T\nbase_url: https://example.org/\n");
        let tree = SourceTree::of_texts(files.chain([site, ("content/2019-20/report.yaml", report.as_str())]));
        let archive = assemble(&tree).value;
        let told = super::check(&archive.reports[0]).into_iter().map(|diagnostic| {
            let entry = diagnostic.place.span.of(&report);
            assert!(crate::report::duties::find(entry).is_some(), "it stands at the entry of its set: {diagnostic:?}");
            diagnostic.message.split('`').nth(1).unwrap_or_default().to_owned()
        });
        told.collect::<Vec<_>>().join(" ")
    }

    const RISK: &str = "boards: [{id: risk, name: Risk}]\nagencies: []\n";

    #[test]
    fn a_duty_is_met_by_what_counts() {
        assert_eq!(
            check("care-act-2014", "boards: []\nagencies: []\n", &[]),
            "sab-objective sab-strategy sab-members sab-reviews-findings sab-reviews-ongoing sab-reviews-action \
             sab-reviews-declined sab-sent"
        );
        let board = (
            "boards/risk.md",
            "---\nevidence: [sab-members, sab-strategy]\n---\n## What next?\n\n- x\n\n## What did we do?\n\n- y\n",
        );
        let reviews = ("reviews.yaml", "learning: [x]\n");
        let rest = format!("{RISK}distribution: [{{to: Healthwatch}}]\n");
        assert_eq!(check("care-act-2014", &rest, &[board, reviews]), "sab-members", "claims count only where they may");
    }

    #[test]
    fn all_ways_are_asked_for_where_the_set_says_so() {
        let budget = ("data/budget.csv", "kind,line,amount\nincome,x,1\n");
        let contributions = ("data/contributions.csv", "agency,a\nx,1\n");
        let told = |files: &[(&str, &str)]| check("working-together-2023", RISK, files).contains("wt23-funding");
        assert!(told(&[]));
        assert!(told(&[budget]));
        assert!(!told(&[budget, contributions]));
    }

    #[test]
    fn what_is_told_elsewhere_is_not_told_again() {
        let board = ("boards/risk.md", "## What next?\n\n- x\n");
        let told =
            |report: &str, files: &[(&str, &str)]| check("care-act-2014", report, files).contains("sab-objective");
        assert!(!told(RISK, &[board]), "the section is missing");
        assert!(!told(RISK, &[]), "the submission is missing");
        let waived = format!("{RISK}waivers: [{{code: missing-section, file: boards/risk.md, reason: x}}]\n");
        assert!(told(&waived, &[board]), "it goes out without");
        let misspelt = ("pages/a.md", "---\ntitle: A\nevidence: [wt18-voise]\n---\n");
        assert!(!check("working-together-2018", RISK, &[misspelt]).contains("wt18-voice"));
    }
}
