//! Checks that the report covers the legal duties listed in `report.yaml`.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::code::Category;
use crate::diagnostic::{Code, Diagnostic, RelPath, Severity, SubjectKind, quoted_list};
use crate::model::Part;
use crate::model::distribution::StatutoryRecipient;
use crate::model::duties::{
    CoverageScope, Duty, DutyStatus, EvidenceRule, Fact, Receipt, ReportKey, RequiredDutySet, coverage, receipts,
};
use crate::model::year_data::YearFile;
use crate::model::{Archive, Report};

/// `uncovered-duty` of one year.
#[must_use]
pub(crate) fn check(archive: &Archive, report: &Report) -> Vec<Diagnostic> {
    // An unreadable file may contain the evidence.
    if !report.unreadable.is_empty() {
        return Vec::new();
    }
    // Drafts count, because their text is on its way.
    let scope = CoverageScope { report, before: archive.before(report), drafts: true };
    let uncovered = report.duties.iter().flat_map(|asked| {
        let gaps = coverage(&scope, asked.set).into_iter().filter(|coverage| coverage.verdict == DutyStatus::Unmet);
        gaps.map(|coverage| uncovered(report, asked, coverage.duty)).collect::<Vec<_>>()
    });
    uncovered.collect()
}

/// Removes diagnostics about duties that may be covered by something with a problem of its own: a mistake in a submission
/// or an entry is one mistake. `found` has all diagnostics of the site, after waivers.
pub(crate) fn withhold(archive: &Archive, found: &mut Vec<Diagnostic>) {
    let asked: Vec<&Report> =
        archive.reports.iter().map(AsRef::as_ref).filter(|report: &&Report| !report.duties.is_empty()).collect();
    if asked.is_empty() {
        return;
    }
    // The files in doubt of each year's folder.
    let mut in_doubt: HashMap<&str, BTreeSet<&str>> =
        asked.iter().map(|report| (report.folder.as_str(), BTreeSet::new())).collect();
    for one in found.iter().filter(|one| may_hide_evidence(one)) {
        let file = one.location.file.as_str();
        for (end, _) in file.match_indices('/') {
            if let Some(files) = in_doubt.get_mut(&file[..end]) {
                files.insert(&file[end + 1..]);
            }
        }
    }
    let asked: HashMap<&RelPath, &Report> = asked.into_iter().map(|report| (&report.file, report)).collect();
    let is_cascade = |one: &Diagnostic| {
        let is_open = one.code == Code::UncoveredDuty && one.waived.is_none();
        asked.get(&one.location.file).filter(|_| is_open).is_some_and(|report| {
            let id = one.subject(SubjectKind::Duty).and_then(|duty| duty.id.as_deref());
            let mut duties = report.duties.iter().flat_map(|asked| &asked.set.duties);
            let may_be_met = |duty: &Duty| {
                let mut files = in_doubt[report.folder.as_str()].iter();
                files.any(|file| duty.met_by.iter().any(|way| may_meet(way, file)))
            };
            duties.find(|duty| id == Some(duty.id.as_str())).is_some_and(may_be_met)
        })
    };
    let cascade: Vec<bool> = found.iter().map(is_cascade).collect();
    let mut cascade = cascade.into_iter();
    found.retain(|_| cascade.next() != Some(true));
}

/// Whether the file of a diagnostic could be evidence once it is corrected: it has an error, or a wrong name or place.
fn may_hide_evidence(one: &Diagnostic) -> bool {
    let is_left_out = matches!(one.code, Code::StrayFile | Code::UnexpectedSubmission | Code::UnknownColumn);
    let hides_nothing = one.code.family() == Category::Safety;
    one.waived.is_none() && !hides_nothing && (one.severity == Severity::Error || is_left_out)
}

/// Whether a file may be the evidence for a duty by the rule `way`. `file` is relative to the year's folder.
fn may_meet(way: &EvidenceRule, file: &str) -> bool {
    // `report.yaml` lists the boards, agencies, priorities and recipients; missing submissions are reported there too.
    if let Some(part) = YearFile::at(file).and_then(Part::of_file) {
        if *way == EvidenceRule::Says(Fact::DecisionsAndActions) {
            return matches!(part, Part::Decisions | Part::Reviews);
        }
        return matches!(way, EvidenceRule::Says(fact) if Part::of_fact(*fact) == part);
    }
    let folder = file.split_once('/').map_or("", |(folder, _)| folder);
    match folder {
        "media" => false,
        // A table with a wrong name may be meant as any table that is evidence.
        "data" => matches!(way, EvidenceRule::Says(fact) if Part::of_fact(*fact) == Part::Budget),
        "pages" => *way == EvidenceRule::Evidence,
        "boards" | "agencies" => match way {
            EvidenceRule::Evidence | EvidenceRule::AnySection(_) => true,
            EvidenceRule::Section(_, kind) => kind.folder() == folder,
            EvidenceRule::Says(fact) => matches!(Part::of_fact(*fact), Part::Priorities | Part::Commitments),
            EvidenceRule::Field(_) | EvidenceRule::Sent { .. } => false,
        },
        // A file or folder in a wrong place may be meant as anything.
        _ => true,
    }
}

/// The diagnostic for a duty that nothing in the report covers.
fn uncovered(report: &Report, asked: &RequiredDutySet, duty: &Duty) -> Diagnostic {
    if let [EvidenceRule::Sent { to, in_days }] = duty.met_by.as_slice() {
        return unsent(asked, duty, receipts(report, to, *in_days), *in_days);
    }
    let ways: Vec<String> = duty.met_by.iter().map(|way| remedy(way, duty)).collect();
    let help = ways.join(if duty.all { ", and " } else { ", or " });
    let message = format!("nothing in this report covers the duty `{}` ({}): {}", duty.id, duty.source, duty.text);
    Diagnostic::new(Code::UncoveredDuty, asked.location.clone(), message)
        .label(asked.set.title.clone())
        .about_id(SubjectKind::Duty, duty.id.as_str(), &duty.text)
        .help(help)
}

/// The diagnostic for a report that was not sent to everyone whom a duty names, or not in time.
fn unsent(
    asked: &RequiredDutySet,
    duty: &Duty,
    mut receipts: Vec<(StatutoryRecipient, Receipt)>,
    in_days: Option<i32>,
) -> Diagnostic {
    receipts.retain(|(_, receipt)| !receipt.is_in_time());
    let names: Vec<&str> = receipts.iter().map(|(who, _)| who.name()).collect();
    let when = in_days.map(|days| format!(" within {days} days")).unwrap_or_default();
    let message = format!(
        "`distribution` does not say that the report was sent{when} to {}, as the duty `{}` ({}) asks: {}",
        quoted_list(&names),
        duty.id,
        duty.source,
        duty.text
    );
    let unlisted = receipts.iter().filter(|(_, receipt)| *receipt == Receipt::Unlisted);
    let help = match unlisted.map(|(who, _)| who.name()).collect::<Vec<_>>().as_slice() {
        [] => "correct the date `on` under `distribution:`; if the report was sent late, waive this and say why"
            .to_owned(),
        [one] => format!("add `- {{to: {one}, on: DATE}}` under `distribution:`"),
        [first, ..] => format!("add a line like `- {{to: {first}, on: DATE}}` under `distribution:` for each of them"),
    };
    Diagnostic::new(Code::UncoveredDuty, asked.location.clone(), message)
        .label(asked.set.title.clone())
        .about_id(SubjectKind::Duty, duty.id.as_str(), &duty.text)
        .help(help)
}

/// What to do to cover a duty by the rule `way`.
fn remedy(way: &EvidenceRule, duty: &Duty) -> String {
    match way {
        EvidenceRule::Says(fact) => fact_remedy(*fact).to_owned(),
        EvidenceRule::Section(id, kind) => {
            format!("make sure that every {} has text in its section `{id}`", kind.name())
        }
        EvidenceRule::AnySection(id) => format!("have a submission say so in its section `{id}`"),
        EvidenceRule::Sent { to, .. } => {
            let names: Vec<&str> = to.iter().map(|who| who.name()).collect();
            format!("list {} under `distribution:`, with the dates", quoted_list(&names))
        }
        EvidenceRule::Field(ReportKey::Published) => {
            "give `published:`, a date no later than 30 September after the end of the period".to_owned()
        }
        EvidenceRule::Field(ReportKey::Period) => "give a `period:` of no more than twelve months".to_owned(),
        EvidenceRule::Evidence => {
            format!("write `evidence: [{}]` at the top of the submission or page that covers it", duty.id)
        }
    }
}

/// What to do so that the report contains a fact.
fn fact_remedy(fact: Fact) -> &'static str {
    match fact {
        Fact::PriorityWork => {
            "add a priority to `priorities:` at the top of a submission that says what was done about it"
        }
        Fact::Contributions => "enter what each agency paid in `data/contributions.csv`",
        Fact::Expenditure => "list what was spent in `data/budget.csv`",
        Fact::Findings | Fact::Ongoing | Fact::Actions | Fact::Declined => {
            "list the safeguarding adults reviews in `reviews.yaml`, with `kind: SAR` and their findings, or say under \
             `none:` that there was none"
        }
        Fact::ReviewActions => "list the reviews in `reviews.yaml`, with `action` or `declined` for each finding",
        Fact::Learning => {
            "say in `reviews.yaml` what you learned from reviews, under `learning:` or as findings with an `action`"
        }
        Fact::ScrutinyAnswers => {
            "list the independent scrutineer's findings in `reviews.yaml`, with `kind: scrutiny` and what was done about each"
        }
        Fact::DecisionsAndActions => {
            "list what meetings decided in `decisions.yaml`, and in `reviews.yaml` what was done about the findings of reviews"
        }
        Fact::Themes => "say in `reviews.yaml` under `learning:` what reviews, scrutiny and audits teach together",
        Fact::IncidentLearning => {
            "list the reviews of serious incidents in `reviews.yaml`, with `kind: CSPR` or `rapid-review` and what was done \
             about their findings"
        }
        Fact::Shortfall => {
            "give each priority its `progress:`, or report back under `follow_up:` on last year's commitments that were \
             not delivered"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::diagnostic::SubjectKind;
    use crate::model::assemble::assemble;
    use crate::source::SourceTree;

    /// The duties of `sets` that a year with these files does not cover. `report` is added to its `report.yaml`.
    fn check(sets: &str, report: &str, files: &[(&str, &str)]) -> String {
        let report = format!("title: T\nperiod: {{from: 2019-04-01, to: 2020-03-31}}\nduties: [{sets}]\n{report}");
        let paths: Vec<String> = files.iter().map(|(path, _)| format!("content/2019-20/{path}")).collect();
        let files = paths.iter().map(String::as_str).zip(files.iter().map(|(_, text)| *text));
        let site = ("content/site.yaml", "title: T\nbase_url: https://example.org/\n");
        let tree = SourceTree::from_texts(files.chain([site, ("content/2019-20/report.yaml", report.as_str())]));
        let archive = assemble(&tree).value;
        let uncovered = super::check(&archive, archive.reports.last().unwrap()).into_iter().map(|diagnostic| {
            let entry = diagnostic.location.span.slice(&report);
            assert!(crate::model::duties::find(entry).is_some(), "must be at the entry of its set: {diagnostic:?}");
            diagnostic.subject(SubjectKind::Duty).and_then(|duty| duty.id.clone()).unwrap_or_default()
        });
        uncovered.collect::<Vec<_>>().join(" ")
    }

    const RISK: &str = "boards: [{id: risk, name: Risk}]\nagencies: []\n";

    #[test]
    fn a_duty_is_covered_by_its_evidence() {
        assert_eq!(
            check("care-act-2014", "boards: []\nagencies: []\n", &[]),
            "sab-objective sab-strategy sab-members sab-reviews-findings sab-reviews-ongoing sab-reviews-action \
             sab-reviews-declined sab-sent"
        );
        let board = (
            "boards/risk.md",
            "---\nevidence: [sab-members, sab-strategy]\n---\n## What next?\n\n- More.\n\n## What did we do?\n\n- Much.\n",
        );
        let reviews =
            ("reviews.yaml", "reviews: [{id: a, kind: SAR, status: concluded, findings: [{finding: x, action: y}]}]\n");
        assert_eq!(
            check("care-act-2014", RISK, &[board, reviews]),
            "sab-members sab-sent",
            "evidence counts only for duties that allow it"
        );
    }

    #[test]
    fn a_part_without_the_required_content_does_not_count() {
        let is_uncovered = |sets: &str, duty: &str, files: &[(&str, &str)]| check(sets, RISK, files).contains(duty);
        let findings =
            |reviews: &str| is_uncovered("care-act-2014", "sab-reviews-findings", &[("reviews.yaml", reviews)]);
        assert!(findings("learning: [x]\n"), "there are no reviews");
        assert!(findings("reviews: [{id: a, kind: CSPR, status: ongoing}]\n"), "no adult review");
        assert!(findings("reviews: [{id: a, kind: SAR, status: concluded}]\n"), "no finding");
        assert!(
            !findings("reviews: [{id: a, kind: SAR, status: ongoing}]\n"),
            "no review is concluded, and the page says so"
        );
        assert!(!findings("reviews: [{id: a, kind: SAR, status: over}]\n"), "reported at its own place");
        let open = "reviews: [{id: a, kind: SAR, status: ongoing, findings: [{finding: x}]}]\n";
        assert!(
            is_uncovered("care-act-2014", "sab-reviews-declined", &[("reviews.yaml", open)]),
            "it may still be declined"
        );
        assert!(
            is_uncovered("working-together-2018", "wt18-reviews", &[("reviews.yaml", open)]),
            "nothing was decided"
        );
        let over = "reviews: [{id: a, kind: SAR, status: concluded}]\n";
        for duty in ["sab-reviews-action", "sab-reviews-declined"] {
            assert!(is_uncovered("care-act-2014", duty, &[("reviews.yaml", over)]), "{duty}: its findings are missing");
        }
        for text in ["TBC\n", "£0\n", "n/a\n", "%% Ask the youth forum.\n", "## What we heard\n\n### From families\n"]
        {
            let page = format!("---\ntitle: A\nevidence: [wt18-voice]\n---\n{text}");
            assert!(is_uncovered("working-together-2018", "wt18-voice", &[("pages/a.md", &page)]), "{text}");
        }
        let strategy = |report: &str, board: &str| {
            check("care-act-2014", &format!("{RISK}{report}"), &[("boards/risk.md", board)]).contains("sab-strategy")
        };
        let text = "## What we did\n\n- Much.\n\n## What next?\n\n- More.\n";
        let priorities = "priorities: [{id: neglect, name: Neglect}]\n";
        assert!(strategy(priorities, text), "a list of priorities is not work");
        assert!(!strategy(priorities, &format!("---\npriorities: [neglect]\n---\n{text}")));
        let empty = ("pages/a.md", "---\ntitle: A\nevidence: [wt18-voice]\n---\n");
        assert!(is_uncovered("working-together-2018", "wt18-voice", &[empty]), "a page without a word");
        let long = "title: T\nperiod: {from: 2018-04-01, to: 2020-03-31}\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org/\n"),
            ("content/2019-20/report.yaml", &format!("{long}duties: [working-together-2018]\n{RISK}")),
        ]);
        let archive = assemble(&tree).value;
        let found = super::check(&archive, &archive.reports[0]);
        assert!(found.iter().any(|found| found.message.contains("wt18-twelve-months")));
    }

    /// Whether `wt18-no-progress` is uncovered if `answers` report back on last year's two commitments.
    fn is_no_progress_uncovered(answers: &str) -> bool {
        let report = |year: &str, rest: &str| {
            format!("title: T\nperiod: {{from: 20{year}-04-01, to: 20{year}-12-31}}\n{RISK}{rest}")
        };
        let text = "## What we did\n\n- Much.\n\n## What next?\n\n- Train all officers.\n- Hire two nurses.\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org/\n"),
            ("content/2018-19/report.yaml", &report("18", "")),
            ("content/2018-19/boards/risk.md", text),
            ("content/2019-20/report.yaml", &report("19", "duties: [working-together-2018]\n")),
            ("content/2019-20/boards/risk.md", &format!("---\n{answers}---\n{text}")),
        ]);
        let archive = assemble(&tree).value;
        super::check(&archive, &archive.reports[1]).iter().any(|found| found.message.contains("wt18-no-progress"))
    }

    #[test]
    fn only_follow_ups_show_little_progress() {
        let answer = |id: &str, outcome: &str| format!("  - {{commitment: {id}, outcome: {outcome}, note: x}}\n");
        let (train, hire) = ("train-all-officers", "hire-two-nurses");
        assert!(is_no_progress_uncovered(""), "commitments for next year do not count");
        for outcome in ["in-progress", "not-started", "dropped"] {
            assert!(!is_no_progress_uncovered(&format!("follow_up:\n{}", answer(train, outcome))), "{outcome}");
        }
        let delivered = format!("follow_up:\n{}", answer(train, "delivered"));
        assert!(is_no_progress_uncovered(&delivered), "the other has no outcome");
        let all = format!("{delivered}{}", answer(hire, "delivered"));
        assert!(!is_no_progress_uncovered(&all), "everything was delivered, and the page says so");
        let unread = format!("{delivered}{}", answer(hire, "done"));
        assert!(!is_no_progress_uncovered(&unread), "reported at its own place");
        assert!(!is_no_progress_uncovered("evidence: [wt18-no-progress]\n"));
    }

    #[test]
    fn all_rules_are_required_if_the_set_says_so() {
        let budget = ("data/budget.csv", "kind,line,amount\nincome,x,1\nexpenditure,x,1\n");
        let income = ("data/budget.csv", "kind,line,amount\nincome,x,1\n");
        let contributions = ("data/contributions.csv", "agency,a\nx,1\n");
        let is_uncovered =
            |files: &[(&str, &str)]| check("working-together-2023", RISK, files).contains("wt23-funding");
        assert!(is_uncovered(&[]));
        assert!(is_uncovered(&[budget]));
        assert!(is_uncovered(&[income, contributions]), "it does not say how the money was spent");
        assert!(!is_uncovered(&[budget, contributions]));
        let (no_budget, nothing) = (
            ("data/budget.csv", "kind,line,amount\nincome,x,0\nexpenditure,x,0\n"),
            ("data/contributions.csv", "agency,a\nx,0\n"),
        );
        assert!(
            is_uncovered(&[budget, nothing]) && is_uncovered(&[no_budget, contributions]),
            "zero amounts are not funding"
        );
    }

    /// The page of the documentation that lists the duties.
    fn reference() -> String {
        let mut page = String::from(
            "# Legal duties\n\nThe sets of duties that `duties` in `report.yaml` can name, and what meets each of them. annal's tests\n\
             write this page. The wording is annal's own; read the clause itself before you rely on it.\n",
        );
        for set in crate::model::duties::DUTY_SETS.iter() {
            let unchecked =
                if set.is_checked { "" } else { " Nobody has compared this list with the text of the guidance." };
            _ = write!(page, "\n## {}\n\n{}: {}.{unchecked}\n", set.id, set.source, set.title);
            page += "\n| duty | clause | what the report must contain | what to do |\n| --- | --- | --- | --- |\n";
            for duty in &set.duties {
                let ways: Vec<String> = duty.met_by.iter().map(|way| super::remedy(way, duty)).collect();
                let ways = ways.join(if duty.all { ", and " } else { ", or " });
                _ = writeln!(page, "| `{}` | {} | {} | {ways} |", duty.id, duty.source, duty.text);
            }
        }
        page
    }

    #[test]
    fn the_duties_are_documented() {
        crate::testing::assert_kept("docs/duties.md", &reference());
    }

    /// A set's duties are all met by the case `SET-met` and all nearly met by the case `SET-near-misses`, which `tests/cases` runs.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "the cases are files in the repository")]
    fn every_duty_has_a_case_that_meets_it_and_a_near_miss() {
        let read = |case: &str, file: &str| {
            let path = format!("{}/tests/cases/uncovered-duty/{case}/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        for set in crate::model::duties::set_ids() {
            let (met, near) = (format!("{set}-met"), format!("{set}-near-misses"));
            for case in [&met, &near] {
                let report = read(case, "content/2023-24/report.yaml");
                assert!(report.contains(&format!("\nduties: [{set}]\n")), "{case} asks for {set}");
                assert!(!report.contains("not_applicable:"), "{case} leaves no duty out");
            }
            assert!(!read(&met, "case.txt").contains("[uncovered-duty]"), "{met} meets all duties");
            let uncovered = read(&near, "expected.txt");
            for duty in &crate::model::duties::find(set).unwrap().duties {
                assert!(uncovered.contains(&format!("the duty `{}`", duty.id)), "{near} nearly meets {}", duty.id);
            }
        }
    }

    #[test]
    fn every_member_must_say_what_it_did() {
        let two = "boards: []\nagencies: [{id: a, name: A}, {id: b, name: B}]\n";
        let waived = format!("{two}waivers: [{{code: missing-submission, file: agencies/b.md, reason: x}}]\n");
        let text = "## What we did\n\n- Much.\n\n## What next?\n\n- More.\n";
        let (a, b) = (("agencies/a.md", text), ("agencies/b.md", text));
        for (set, duty) in [("care-act-2014", "sab-members"), ("working-together-2023", "wt23-agencies")] {
            let is_uncovered = |report: &str, files: &[(&str, &str)]| check(set, report, files).contains(duty);
            assert!(!is_uncovered(two, &[a, b]));
            assert!(!is_uncovered(two, &[a]), "reported at its own place");
            assert!(is_uncovered(&waived, &[a]), "{duty}: the report is published without it");
        }
    }

    #[test]
    fn problems_reported_elsewhere_are_not_reported_again() {
        let board = ("boards/risk.md", "## What next?\n\n- x\n");
        let is_uncovered =
            |report: &str, files: &[(&str, &str)]| check("care-act-2014", report, files).contains("sab-objective");
        assert!(!is_uncovered(RISK, &[board]), "the section is missing");
        assert!(!is_uncovered(RISK, &[]), "the submission is missing");
        let waived = format!("{RISK}waivers: [{{code: missing-section, file: boards/risk.md, reason: x}}]\n");
        assert!(is_uncovered(&waived, &[board]), "the report is published without it");
        let misspelt = ("pages/a.md", "---\ntitle: A\nevidence: [wt18-voise]\n---\nText.\n");
        assert!(!check("working-together-2018", RISK, &[misspelt]).contains("wt18-voice"));
    }
}
