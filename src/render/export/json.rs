//! `report.json`: the year as data, in a stable order.
//!
//! It contains what the report states and what follows from it, and its texts block by block, but no names of authors or
//! deputies, and no personal addresses. Amounts are in whole pence, and in pounds as decimal text; rates are fractions. The
//! schema beside it explains every key. [`crate::compare`] compares two of them.

use serde::Serialize;

use super::csv::{pounds, presence_word};
use super::indicators::indicators;
use super::object::object;
use crate::diagnostic::Span;
use crate::model::attendance::AttendanceRecord;
use crate::model::decisions::DecisionRecord;
use crate::model::distribution::StatutoryRecipient;
use crate::model::duties::{CoverageScope, DutyStatus, RequiredDutySet, coverage};
use crate::model::governance::{Governance, Lead};
use crate::model::ids::Sponsor;
use crate::model::money::{Amount, Budget, BudgetLine, ContributionTable};
use crate::model::reviews::{Review, ReviewRecord};
use crate::model::training::Training;
use crate::model::{
    AgencyId, BodyId, CommitmentId, IndicatorId, PreviousReport, PriorityId, Report, SiteInfo, Submission,
};
use crate::quantity::{Money, Rate};
use crate::source::files::{BodyKind, Direction, PublicationStatus};
use crate::source::markdown::{Markdown, readable_blocks};

/// The JSON Schemas of [`report`] by their file names on the site: the current one, and earlier versions for whoever
/// still reads data of that form.
pub(crate) const SCHEMAS: [(&str, &str); 2] =
    [(SCHEMA_NAME, include_str!("report.schema.json")), ("report.schema.1.json", include_str!("report.schema.1.json"))];
/// The file name of the site's schema, and of a year's that refers to it.
pub(crate) const SCHEMA_NAME: &str = "report.schema.json";
/// The version of the format. It changes when a key is removed or changes its meaning, or when new ones would not be valid
/// by the older schema.
const VERSION: u32 = 2;

/// A year as indented JSON with a final line feed. Drafts are left out unless they are built. `earlier` is what readers
/// may see of the previous year.
#[must_use]
pub(crate) fn report<'a>(site: &SiteInfo, report: &'a Report, earlier: PreviousReport<'a>, drafts: bool) -> String {
    let is_shown = |status: PublicationStatus| drafts || status != PublicationStatus::Draft;
    let sent =
        |sent: Option<&'a Submission>| sent.filter(|sent| is_shown(sent.status)).map(|sent| submission(sent, earlier));
    let scope = CoverageScope { report, before: earlier.report, drafts };
    let value = object! {
        "$schema": SCHEMA_NAME,
        "version": VERSION,
        "year": report.year.as_str(),
        "title": &report.title,
        "partnership": &site.title,
        "language": &site.language,
        "publisher": site.publisher.as_ref().map(|publisher| &publisher.name),
        "licence": site.licence.as_ref().map(|licence| &licence.name),
        "period": report.period.map(|(from, to)| object! {"from": from.to_string(), "to": to.to_string()}),
        "published": report.published.map(|date| date.to_string()),
        "headline": &report.front.headline,
        "key_messages": list(&report.front.key_messages, |message| object! {
            "text": &message.text,
            "figure": &message.figure,
            "direction": message.direction.map(Direction::word),
        }),
        "quotations": list(&report.front.quotations, |quotation| object! {"text": &quotation.text, "by": &quotation.by}),
        "priorities": list(&report.priorities, |priority| object! {
            "id": priority.id.as_str(),
            "name": &priority.name,
            "summary": text(priority.summary.as_deref()),
            "progress": priority.progress.as_ref().map(|progress| progress.state.word()),
            "measures": list(priority.progress.iter().flat_map(|progress| &progress.measures), crate::model::ids::IndicatorId::as_str),
        }),
        "pages": list(report.pages.iter().filter(|page| is_shown(page.status)), |page| object! {
            "id": &page.id,
            "title": &page.title.value,
            "summary": page.summary.as_ref().map(|summary| &summary.value),
            "text": text(Some(&page.body)),
        }),
        "boards": list(&report.boards, |board| object! {
            "id": board.id.as_str(),
            "name": &board.name,
            "short": &board.short,
            "sponsor": board.sponsor.as_ref().map(sponsor),
            "purpose": text(board.purpose.as_deref()),
            "submission": sent(board.submission.as_ref()),
        }),
        "agencies": list(&report.agencies, |agency| object! {
            "id": agency.id.as_str(),
            "name": &agency.name,
            "short": &agency.short,
            "submission": sent(agency.submission.as_ref()),
        }),
        "attendance": report.data.attendance.as_ref().map(attendance),
        "contributions": report.data.contributions.as_ref().map(contributions),
        "budget": report.data.budget.as_ref().map(budget),
        "training": report.data.training.as_ref().map(training),
        "indicators": report.indicators.as_deref().map(indicators),
        "governance": report.data.governance.as_ref().map(governance),
        "reviews": report.data.reviews.as_ref().map(reviews),
        "learning": report.data.reviews.iter().flat_map(|reviews| &reviews.learning).flat_map(blocks).collect::<Vec<_>>(),
        "decisions": report.data.decisions.as_ref().map(decisions),
        "duties": list(&report.duties, |asked| duties(&scope, asked)),
        "distribution": list(&report.distribution, |sent| object! {
            "to": &sent.to,
            "recipient": sent.recipient.map(StatutoryRecipient::name),
            "body": sent.body.as_ref().map(BodyId::as_str),
            "on": sent.on.map(|date| date.to_string()),
            "for": &sent.purpose,
            "considered": sent.considered.map(|date| date.to_string()),
            "minute": &sent.minute,
        }),
        "corrections": list(&report.corrections, |correction| object! {
            "on": correction.on.to_string(),
            "what": blocks(&correction.what),
            "where": &correction.place,
        }),
    };
    let mut text = serde_json::to_string_pretty(&value).expect("texts and numbers are always JSON");
    text.push('\n');
    text
}

/// A list with one value for each item.
fn list<'a, T: 'a, V>(items: impl IntoIterator<Item = &'a T>, value: impl FnMut(&'a T) -> V) -> Vec<V> {
    items.into_iter().map(value).collect()
}

/// The blocks of a text; an empty list if there is none.
fn text(text: Option<&Markdown>) -> Vec<String> {
    text.map(blocks).unwrap_or_default()
}

fn blocks(text: &Markdown) -> Vec<String> {
    readable_blocks(text, Span::new(0, text.text().len()))
}

fn sponsor(sponsor: &Sponsor) -> impl Serialize {
    let (agency, name) = match sponsor {
        Sponsor::Agency(id) => (Some(id.as_str()), None),
        Sponsor::Other(name) => (None, Some(name)),
    };
    object! {"agency": agency, "name": name}
}

fn submission<'a>(submission: &'a Submission, earlier: PreviousReport<'a>) -> impl Serialize + use<'a> {
    let body = submission.body.read();
    object! {
        "title": &submission.title,
        "summary": submission.summary.as_ref().map(|summary| &summary.value),
        "status": submission.status.word(),
        "submitted": submission.submitted.as_ref().map(|date| date.value.to_string()),
        "signed_off": submission.signed_off.as_ref().and_then(|signed| signed.on).map(|date| date.to_string()),
        "words": submission.words(),
        "priorities": list(&submission.priorities, crate::model::ids::PriorityId::as_str),
        "evidence": list(&submission.evidence, crate::model::ids::DutyId::as_str),
        "opening": readable_blocks(&body, submission.opening.unwrap_or_default()),
        "sections": list(&submission.sections, |section| object! {
            "id": &section.id,
            "title": &section.title,
            "text": readable_blocks(&body, section.text),
        }),
        "commitments": list(&submission.commitments, |commitment| object! {
            "id": commitment.id.as_str(),
            "text": &commitment.text,
            "by": commitment.facts.by.as_ref().map(|by| by.value.to_string()),
            "owner": commitment.facts.owner.as_ref().map(|owner| &owner.value),
            "priority": commitment.facts.priority.as_ref().map(PriorityId::as_str),
            "measure": commitment.facts.measure.as_ref().map(IndicatorId::as_str),
        }),
        "follow_ups": list(earlier.answers(submission), |answer| object! {
            "commitment": answer.commitment.as_ref().map(CommitmentId::as_str),
            "outcome": answer.outcome.as_ref().map(|outcome| outcome.word()),
            "note": text(answer.note.as_ref()),
        }),
    }
}

fn rate(rate: Rate) -> impl Serialize + use<> {
    let percent = rate.per_mille().map(|per_mille| format!("{}.{}", per_mille / 10, per_mille % 10));
    object! {"came": rate.attended, "held": rate.possible, "percent": percent}
}

fn attendance(attendance: &AttendanceRecord) -> impl Serialize {
    let meetings = attendance.meetings.iter().enumerate().map(|(index, meeting)| {
        object! {
            "date": meeting.date.to_string(),
            "label": &meeting.label,
            "rate": rate(attendance.meeting_rate(index)),
        }
    });
    object! {
        "rate": rate(attendance.rate()),
        "meetings": meetings.collect::<Vec<_>>(),
        "members": list(&attendance.members, |member| object! {
            "role": &member.role,
            "organisation": &member.organisation,
            "agency": member.agency.as_ref().map(AgencyId::as_str),
            "voting": member.voting,
            "rate": rate(member.rate()),
            "presence": list(&member.cells, |(presence, _)| {
                Some(presence_word(*presence)).filter(|word| !word.is_empty())
            }),
        }),
    }
}

fn money(money: Money) -> impl Serialize + use<> {
    object! {"pence": money.pence, "pounds": pounds(money)}
}

fn amount(amount: &Amount) -> Option<impl Serialize + use<>> {
    amount.value.map(money)
}

fn contributions(contributions: &ContributionTable) -> impl Serialize {
    let funds = contributions.funds.iter().enumerate().map(|(index, fund)| {
        let stated = contributions.stated.as_ref().and_then(|stated| stated.amounts.get(index));
        object! {
            "name": fund,
            "total": money(contributions.fund_total(index)),
            "stated_total": stated.and_then(amount),
        }
    });
    let stated = contributions.stated.as_ref().and_then(|stated| stated.total.as_ref());
    object! {
        "total": money(contributions.total()),
        "stated_total": stated.and_then(amount),
        "funds": funds.collect::<Vec<_>>(),
        "rows": list(&contributions.rows, |row| object! {
            "name": &row.agency,
            "agency": row.id.as_ref().map(AgencyId::as_str),
            "amounts": list(&row.amounts, amount),
            "total": money(row.total()),
            "stated_total": row.stated.as_ref().and_then(amount),
            "note": &row.note,
        }),
    }
}

fn budget(budget: &Budget) -> impl Serialize {
    object! {
        "income": list(&budget.income, budget_line),
        "expenditure": list(&budget.expenditure, budget_line),
        "total_income": money(budget.total_income()),
        "total_expenditure": money(budget.total_expenditure()),
        "balance": money(budget.computed_balance()),
        "stated_balances": list(&budget.balances, budget_line),
    }
}

fn budget_line(line: &BudgetLine) -> impl Serialize {
    object! {"line": &line.line, "amount": amount(&line.amount), "note": &line.note}
}

fn training(training: &Training) -> impl Serialize {
    let totals = training.totals();
    object! {
        "sessions": list(&training.sessions, |session| object! {
            "course": &session.course,
            "date": session.date.map(|date| date.to_string()),
            "agency": session.id.as_ref().map(AgencyId::as_str),
            "organisation": &session.agency,
            "places": session.places.value,
            "attended": session.attended.value,
            "changed_practice": session.changed_practice(),
        }),
        "places": totals.places,
        "attended": totals.attended,
        "taken": rate(totals.taken),
        "changed_practice": rate(totals.changed),
    }
}

fn governance(governance: &Governance) -> impl Serialize {
    object! {
        "bodies": list(&governance.bodies, |body| object! {
            "id": body.id.as_str(),
            "name": &body.name,
            "short": &body.short,
            "kind": body.kind.map(BodyKind::word),
            "sponsor": body.sponsor.as_ref().map(sponsor),
            "meetings_per_year": body.meetings_per_year,
            "seats": body.seats.as_ref().map(|seats| seats.value),
            "members": list(&body.members, |member| object! {"name": &member.name.value, "seats": member.seats}),
            "reports_to": list(&body.reports_to, crate::model::ids::BodyId::as_str),
        }),
        "reporting": list(&governance.reporting, |reporting| object! {
            "document": &reporting.document,
            "from": reporting.from.as_ref().map(BodyId::as_str),
            "to": list(&reporting.to, |to| object! {"body": to.body.as_str(), "action": to.action.word(), "when": &to.when}),
        }),
        "agreements": list(&governance.agreements, |agreement| object! {
            "id": &agreement.id,
            "name": &agreement.name,
            "between": list(&agreement.between, crate::model::ids::BodyId::as_str),
            "version": &agreement.version,
            "state": agreement.state.word(),
            "agreed": agreement.agreed.map(|date| date.to_string()),
            "review_due": agreement.review_due.as_ref().map(|due| due.value.to_string()),
        }),
        "themes": list(&governance.themes, |theme| object! {
            "name": &theme.name.value,
            "lead": match &theme.lead {
                Lead::Body(id) => Some(id.as_str()),
                Lead::Undecided(_) | Lead::Unknown => None,
            },
            "with": list(&theme.with, crate::model::ids::BodyId::as_str),
        }),
    }
}

fn decisions(record: &DecisionRecord) -> impl Serialize {
    object! {
        "decisions": list(&record.decisions, |decision| object! {
            "meeting": decision.meeting.to_string(),
            "ref": &decision.reference.value,
            "owner": &decision.owner,
            "due": decision.due.as_ref().map(|due| due.value.to_string()),
            "state": decision.state.word(),
        }),
        "follow_ups": list(&record.answers, |answer| object! {
            "decision": &answer.reference.value,
            "outcome": answer.outcome.word(),
        }),
    }
}

fn reviews(reviews: &ReviewRecord) -> impl Serialize {
    let count = |review: &Review, has: fn(&crate::model::reviews::ReviewFinding) -> bool| {
        review.findings.iter().filter(|finding| has(finding)).count()
    };
    list(&reviews.reviews, |review| {
        object! {
            "id": &review.id,
            "kind": review.kind.word(),
            "status": review.status.word(),
            "published": &review.published,
            "findings": review.findings.len(),
            "with_action": count(review, |finding| finding.action.is_some()),
            "declined": count(review, |finding| finding.declined.is_some()),
            "finding_texts": list(&review.findings, |finding| object! {
                "finding": text(Some(&finding.finding)),
                "action": text(finding.action.as_ref()),
                "declined": text(finding.declined.as_ref()),
            }),
        }
    })
}

fn duties(scope: &CoverageScope<'_>, asked: &RequiredDutySet) -> impl Serialize {
    let verdict = |verdict: DutyStatus| match verdict {
        DutyStatus::Met => "met",
        DutyStatus::Unmet => "unmet",
        DutyStatus::Unknown => "unknown",
        DutyStatus::NotApplicable => "not-applicable",
    };
    object! {
        "set": &asked.set.id,
        "duties": list(&coverage(scope, asked.set), |coverage| object! {
            "id": coverage.duty.id.as_str(),
            "verdict": verdict(coverage.verdict),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::assemble::assemble;
    use crate::options::Options;
    use crate::source::SourceTree;

    /// Validates a value against a schema, for the few keywords that the schema uses. The error says which place does
    /// not match.
    fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.strip_prefix("#/$defs/").ok_or("a reference")?;
            return check(value, &root["$defs"][name], root, at);
        }
        if let Some(any) = schema["anyOf"].as_array() {
            let fits = any.iter().any(|schema| check(value, schema, root, at).is_ok());
            return if fits { Ok(()) } else { Err(format!("{at}: no alternative matches {value}")) };
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let types = &schema["type"];
        if types != kind && !types.as_array().is_some_and(|types| types.iter().any(|one| one == kind)) {
            return Err(format!("{at}: expected {types}, found {kind}"));
        }
        if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
            return Err(format!("{at}: {value} is not one of {words:?}"));
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            check(item, &schema["items"], root, &format!("{at}/{index}"))?;
        }
        let Some(object) = value.as_object() else { return Ok(()) };
        assert_eq!(schema["additionalProperties"], false, "{at}: every object is closed");
        let properties = schema["properties"].as_object().ok_or("properties")?;
        let required = schema["required"].as_array().ok_or("required")?;
        if let Some(key) = object.keys().find(|key| !properties.contains_key(*key)) {
            return Err(format!("{at}: {key} is not in the schema"));
        }
        if let Some(key) = required.iter().filter_map(Value::as_str).find(|key| !object.contains_key(*key)) {
            return Err(format!("{at}: {key} is missing"));
        }
        object.iter().try_for_each(|(key, value)| check(value, &properties[key], root, &format!("{at}/{key}")))
    }

    fn year(files: &[(&str, &str)]) -> String {
        let archive = assemble(&SourceTree::from_texts(files.iter().copied())).value;
        let options = Options::new(jiff::civil::date(2026, 1, 1));
        report(&archive.site, &archive.reports[0], PreviousReport::new(&archive.reports[0], None, &options), false)
    }

    #[test]
    fn the_worked_example_keeps_to_the_schema() {
        macro_rules! content {
            ($($path:literal),+) => { [$(($path, include_str!(concat!("../../../", $path)))),+] };
        }
        let text = year(&content![
            "content/site.yaml",
            "content/2019-20/report.yaml",
            "content/2019-20/governance.yaml",
            "content/2019-20/boards/risk.md",
            "content/2019-20/agencies/tvp.md",
            "content/2019-20/data/attendance.csv",
            "content/2019-20/data/contributions.csv",
            "content/2019-20/data/budget.csv"
        ]);
        let (value, schema): (Value, Value) =
            (serde_json::from_str(&text).unwrap(), serde_json::from_str(SCHEMAS[0].1).unwrap());
        assert_eq!(check(&value, &schema, &schema, ""), Ok(()));
        assert_eq!(value["attendance"]["rate"], json!({"came": 82, "held": 95, "percent": "86.3"}));
        assert_eq!(value["contributions"]["total"], json!({"pence": 26_934_200, "pounds": "269342.00"}));
        assert_eq!(value["contributions"]["funds"][0]["total"]["pounds"], "197617.00");
        assert_eq!(value["contributions"]["funds"][0]["stated_total"]["pounds"], "187617.00");
        assert_eq!(value["budget"]["balance"]["pounds"], "76291.00");
        assert_eq!(value["agencies"][4]["submission"]["status"], "submitted");
    }

    #[test]
    fn small_and_broken_years_keep_to_the_schema() {
        let site = ("content/site.yaml", "title: T\nbase_url: https://example.org/\n");
        let schema: Value = serde_json::from_str(SCHEMAS[0].1).unwrap();
        let full = "title: T\nperiod: {from: 2020-01-01, to: 2020-12-31}\npriorities: [{id: p, name: P}]\nboards: [{id: b, name: B, sponsor: X}]\nagencies: []\nduties: [care-act-2014]\ndistribution: [{to: Y, on: 2021-01-01}]\n";
        for report in ["", "title: [", full] {
            let text = year(&[
                site,
                ("content/2020/report.yaml", report),
                (
                    "content/2020/boards/b.md",
                    "---\nstatus: draft\nauthor: {name: Jo Bloggs}\n---\n## What next?\n- secret\n",
                ),
                (
                    "content/2020/reviews.yaml",
                    "reviews: [{id: a, kind: SAR, status: ongoing, findings: [{finding: x}]}]\n",
                ),
                (
                    "content/2020/data/attendance.csv",
                    "member,organisation,2020-01,2020-02,2020-03\nA,,d: Jo Bloggs,?,\n",
                ),
                ("content/2020/data/budget.csv", ""),
            ]);
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(check(&value, &schema, &schema, ""), Ok(()), "{text}");
            assert!(!text.contains("Bloggs") && !text.contains("secret"), "{text}");
        }
    }
}
