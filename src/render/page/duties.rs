//! The page of legal duties, with links to the evidence for each.

use crate::model::distribution::StatutoryRecipient;
use crate::model::duties::{
    Coverage, CoverageScope, Duty, DutyStatus, Evidence, EvidenceRule, Receipt, ReportKey, RequiredDutySet,
    StatedNothing, coverage, receipts,
};
use crate::model::{Part, Submission};
use crate::render::anchors::duty_anchor;
use crate::render::context::YearContext;
use crate::render::view::parts::{DutiesView, DutyRecipientView, DutySetView, DutyView};
use crate::render::view::shared::LinkView;

/// The most submissions that are listed one by one as evidence; a larger number is linked as a whole.
const NAMED: usize = 12;

pub(crate) fn view(year: &YearContext<'_>) -> DutiesView {
    let before = year.before().map(|(before, _)| before);
    let scope = CoverageScope { report: year.report, before, drafts: year.site.options.drafts };
    let set = |asked: &RequiredDutySet| DutySetView {
        id: asked.set.id.clone(),
        title: asked.set.title.clone(),
        source: asked.set.source.clone(),
        is_checked: asked.set.is_checked,
        duties: coverage(&scope, asked.set).iter().map(|one| duty(year, one)).collect(),
    };
    DutiesView { sets: year.report.duties.iter().map(set).collect() }
}

fn duty(year: &YearContext<'_>, covered: &Coverage<'_>) -> DutyView {
    let duty = covered.duty;
    let id = duty.id.as_str();
    let mut evidence: Vec<LinkView> = Vec::new();
    let sections = covered.evidence.iter().filter(|one| matches!(one, Evidence::Section(..))).count();
    for one in &covered.evidence {
        let link = match one {
            Evidence::Submission(sent) => sent_link(year, sent, None),
            Evidence::Section(sent, _) if sections > NAMED => part_link(year, Part::for_submitters(sent.kind)),
            Evidence::Section(sent, section) => sent_link(year, sent, Some(&section.anchor)),
            Evidence::Page(page) => {
                let address = year.site.routes.page_of(&page.file);
                address.map(|address| LinkView::new(&page.title, address))
            }
            Evidence::Part(part) => part_link(year, *part),
            Evidence::Nothing(part, what) => nothing_link(year, *part, *what),
            Evidence::Field(field) => field_link(year, *field),
        };
        evidence.extend(
            link.filter(|link| !evidence.iter().any(|other| (&other.href, &other.title) == (&link.href, &link.title))),
        );
    }
    let reason = year.site.notices.uncovered(year.report, id);
    DutyView {
        id: duty_anchor(id),
        text: duty.text.clone(),
        source: duty.source.clone(),
        met: covered.verdict != DutyStatus::Unmet && !evidence.is_empty(),
        applies: covered.not_applicable.is_none(),
        why_not_applicable: year.prose_of(covered.not_applicable.and_then(|entry| entry.reason.as_deref())),
        recipients: if covered.verdict == DutyStatus::Unmet { recipients(year, duty) } else { Vec::new() },
        reason: reason.cloned().unwrap_or_default(),
        // If a duty is not met, partial matches are not evidence for it.
        evidence: if covered.verdict == DutyStatus::Unmet { Vec::new() } else { evidence },
    }
}

/// Whom a duty requires the report to be sent to, each with what the report says about it. Nobody if it lists none of
/// them.
fn recipients(year: &YearContext<'_>, duty: &Duty) -> Vec<DutyRecipientView> {
    let words = year.site.words;
    let sent = duty.met_by.iter().find_map(|way| match way {
        EvidenceRule::Sent { to, in_days } => Some(receipts(year.report, to, *in_days)),
        _ => None,
    });
    let recipients = sent.filter(|all| all.iter().any(|(_, receipt)| *receipt != Receipt::Unlisted));
    let view = |(who, receipt): (StatutoryRecipient, Receipt)| DutyRecipientView {
        name: words.text(who.text_key()).to_owned(),
        received: receipt.is_in_time(),
        text: match receipt {
            Receipt::Unlisted => words.text("receipt_unlisted").to_owned(),
            Receipt::Undated => words.text("receipt_undated").to_owned(),
            Receipt::Late(on) => words.say("receipt_late", &[("date", &words.date(on))]),
            Receipt::InTime(Some(on)) => words.say("receipt_on", &[("date", &words.date(on))]),
            Receipt::InTime(None) => words.text("receipt").to_owned(),
        },
    };
    recipients.into_iter().flatten().map(view).collect()
}

fn part_link(year: &YearContext<'_>, part: Part) -> Option<LinkView> {
    let href = year.part_href(part);
    (!href.is_empty()).then(|| LinkView { title: year.site.words.text(part.name()).to_owned(), href })
}

/// The statement that there was nothing to report, with a link to the part of the report that shows it.
fn nothing_link(year: &YearContext<'_>, part: Part, what: StatedNothing) -> Option<LinkView> {
    let words = year.site.words;
    let title = match what {
        StatedNothing::NoSar => words.text("evidence_no_sar").to_owned(),
        StatedNothing::NoneConcluded => words.text("evidence_none_concluded").to_owned(),
        StatedNothing::NoneOngoing => words.text("evidence_none_ongoing").to_owned(),
        StatedNothing::NoFindings => words.text("evidence_no_findings").to_owned(),
        StatedNothing::NoneDeclined => words.text("evidence_none_declined").to_owned(),
        StatedNothing::AllDelivered(made) => words.count("evidence_all_delivered", made),
        StatedNothing::ProgressOnAll(count) => words.count("evidence_progress_on_all", count),
    };
    Some(LinkView { title, ..part_link(year, part)? })
}

/// A submission, or a section of it.
fn sent_link(year: &YearContext<'_>, sent: &Submission, section: Option<&str>) -> Option<LinkView> {
    let page = year.submission_href(sent.kind, &sent.id);
    // In the document, a section's fragment begins with its submission's fragment.
    let href = match section {
        Some(anchor) if page.contains('#') => format!("{page}-{anchor}"),
        Some(anchor) => format!("{page}#{anchor}"),
        None => page.clone(),
    };
    (!page.is_empty()).then(|| LinkView { title: sent.title.clone(), href })
}

/// The place where a key of `report.yaml` is shown.
fn field_link(year: &YearContext<'_>, field: ReportKey) -> Option<LinkView> {
    let words = year.site.words;
    let front = year.routes.front.to_string();
    match field {
        ReportKey::Period => {
            let period = year.site.period(year.report);
            let title = words.say("evidence_period", &[("period", &period)]);
            (!period.is_empty()).then_some(LinkView { title, href: front })
        }
        ReportKey::Published => {
            let published = words.date(year.report.published?);
            Some(LinkView { title: words.say("evidence_published", &[("date", &published)]), href: front })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::pipeline::{BuildCache, build_in_memory};
    use crate::source::SourceTree;

    /// What the page of duties says of the duty `id`, if this is under `distribution`.
    fn check(set: &str, id: &str, distribution: &str) -> String {
        let report =
            "title: T\nperiod: {from: 2023-04-01, to: 2024-03-31}\npublished: 2024-09-02\nboards: []\nagencies: []\n";
        let report = format!("{report}duties: [{set}]\ndistribution: [{distribution}]\n");
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S\nbase_url: https://s.example\n"),
            ("content/2023-24/report.yaml", &report),
        ]);
        let built = build_in_memory(&tree, &Options::new(jiff::civil::date(2024, 12, 1)), &mut BuildCache::none());
        let page = built.output.files.iter().find(|(file, _)| file.as_str() == "2023-24/duties/index.html");
        let page = String::from_utf8(page.expect("the year has duties").1.to_vec()).unwrap();
        let row = page.split("<tr ").find(|row| row.contains(&format!("id=\"duty-{id}\""))).unwrap();
        let (_, said) = row.split_once("data-label=\"Where to find it\">").unwrap();
        said.split_once("</td>").unwrap().0.to_owned()
    }

    #[test]
    fn recipients_are_named_if_only_some_received_the_report() {
        let sab = |distribution: &str| check("care-act-2014", "sab-sent", distribution);
        assert_eq!(sab("{to: Y}"), "<p class=\"gap\">This report does not cover it.</p>");
        let some = sab("{to: leader, on: 2024-10-01}, {to: healthwatch}");
        assert_eq!(
            some.replace("</li>", "</li>\n"),
            "<div class=\"gap\"><p>The report does not show that everybody received it.</p>\
             <ul><li>The council&#39;s chief executive: no record that it was sent</li>\n\
             <li>The leader of the council: sent on 1 October 2024</li>\n\
             <li>The local policing body: no record that it was sent</li>\n\
             <li>Local Healthwatch: sent</li>\n\
             <li>The chair of the Health and Wellbeing Board: no record that it was sent</li>\n\
             </ul></div>"
        );
        let all = "{to: leader}, {to: healthwatch}, {to: chief-executive}, {to: policing-body}, {to: hwb-chair}";
        assert!(!sab(all).contains("gap"), "everybody received it");
        let late = check("working-together-2023", "wt23-sent", "{to: csprp, on: 2024-09-10}, {to: foundations}");
        assert!(late.contains("Panel: sent on 10 September 2024, which was too late</li>"), "{late}");
        assert!(late.contains("Families: sent, but the date is not given</li>"), "{late}");
    }
}
