//! Chooses the pages that `check` tries to render without building the site: for each template the fullest page, the
//! emptiest, and enough others that every optional feature is present once and missing once.
//!
//! The features are read from the model, because making all views would be most of the work of a build.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::compose;
use super::context::SiteContext;
use super::page::page_list::{self, PlannedPage, SitePage, YearPage};
use super::render_year::{site_plan, try_shared, try_year};
use super::renderer::PageRenderer;
use crate::model::ids::Sponsor;
use crate::model::sections::SectionRules;
use crate::model::{Page, Part, Report, Submission, SubmitterKind};
use crate::render::route::Address;
use crate::render::theme::{RenderError, Theme};
use crate::render::view::shared::ChromeView;
use crate::source::digest::hash;
use crate::source::files::{Outcome, PublicationStatus};
use crate::source::yaml::{RawYaml, YamlValue};

/// The most years of which every part is tried.
const MOST_YEARS: usize = 6;
/// The most submissions that are tried, and the most of any other numerous kind of page.
const MOST_SUBMISSIONS: usize = 20;
const MOST_OTHERS: usize = 8;

/// Renders a sample of pages and returns those that fail.
#[must_use]
pub(crate) fn try_out(site: &SiteContext<'_>, theme: &Theme) -> Vec<(Address, RenderError)> {
    let plan = |year| page_list::of_year(site.report(year), site.routes, year, site.words);
    let plans: Vec<Vec<PlannedPage<YearPage>>> = site.routes.years.iter().map(plan).collect();
    let years: Vec<SampleCandidate> = (0..plans.len()).map(|year| of_year(site, year)).collect();
    let mut picked: BTreeMap<usize, BTreeSet<usize>> =
        cover(&years, MOST_YEARS, &BTreeSet::new()).into_iter().map(|year| (year, BTreeSet::new())).collect();
    // The latest report has no later one, and the oldest no earlier one.
    for year in [0, plans.len().saturating_sub(1)].into_iter().filter(|year| *year < plans.len()) {
        picked.entry(year).or_default();
    }
    let is_one_of_few = |planned: &PlannedPage<YearPage>| matches!(planned.kind, YearPage::Index | YearPage::Part(_));
    for (year, pages) in &mut picked {
        pages.extend((0..plans[*year].len()).filter(|at| is_one_of_few(&plans[*year][*at])));
    }
    // The document contains a whole year, and takes as long to render.
    let longest = years.iter().max_by_key(|year| year.weight);
    if let Some(year) = longest.map(|year| year.year) {
        let print = plans[year].iter().position(|planned| planned.kind == YearPage::Print);
        picked.entry(year).or_default().extend(print);
    }
    let near: BTreeSet<usize> = picked.keys().copied().collect();
    let pages = SamplePages::new(site, &plans);
    for (of_kind, most) in
        [(pages.submissions, MOST_SUBMISSIONS), (pages.narratives, MOST_OTHERS), (pages.priorities, MOST_OTHERS)]
    {
        for at in cover(&of_kind, most, &near) {
            picked.entry(of_kind[at].year).or_default().insert(of_kind[at].at);
        }
    }
    // A template of the site's own may be used by a single page.
    let mut templates = BTreeSet::new();
    for (year, plan) in plans.iter().enumerate() {
        let report = site.report(&site.routes.years[year]);
        for (at, planned) in plan.iter().enumerate() {
            if let YearPage::Narrative(index) = planned.kind
                && let Some(template) = &report.pages[index].template
                && templates.insert(template.as_str())
            {
                picked.entry(year).or_default().insert(at);
            }
        }
    }
    let mut failures: Vec<_> = picked
        .into_iter()
        .flat_map(|(year, pages)| try_year(site, theme, year, &pages.into_iter().collect::<Vec<_>>()))
        .collect();
    failures.extend(try_shared(site, theme, &of_site(site)));
    let renderer = PageRenderer { site, theme, year: None };
    let redirect = site.routes.redirects.iter().next().and_then(|(old, now)| {
        let tried = renderer.render(compose::redirect(site, old, now, ""), &ChromeView::default());
        tried.err().map(|failure| (old.clone(), failure))
    });
    failures.extend(redirect);
    failures
}

/// The sampled pages of the site itself: all except some of the pages of text.
fn of_site(site: &SiteContext<'_>) -> Vec<usize> {
    let (mut written, mut others) = (Vec::new(), Vec::new());
    for (at, planned) in site_plan(site).iter().enumerate() {
        match planned.kind {
            SitePage::Narrative(index) if site.archive.pages[index].template.is_some() => others.push(at),
            SitePage::Narrative(index) => {
                written.push(of_page(site, &planned.address, 0, at, &site.archive.pages[index]));
            }
            SitePage::Index
            | SitePage::Trends
            | SitePage::Documents
            | SitePage::Glossary
            | SitePage::Contacts
            | SitePage::Search
            | SitePage::NotFound => others.push(at),
        }
    }
    let picked = cover(&written, MOST_OTHERS, &BTreeSet::new()).into_iter().map(|index| written[index].at);
    others.into_iter().chain(picked).collect()
}

/// A candidate for the sample: a page, or a year.
struct SampleCandidate {
    /// The year's index in the routes.
    year: usize,
    /// The page's index in the plan.
    at: usize,
    /// How much content it has.
    weight: usize,
    /// Its features, one bit each.
    has: u128,
}

/// Selects at most `most` candidates, by index: the fullest, the emptiest, and enough that every feature is present in
/// one and missing in one. Ties go to candidates from years that are `near`.
fn cover(all: &[SampleCandidate], most: usize, near: &BTreeSet<usize>) -> Vec<usize> {
    let fullest = (0..all.len()).max_by_key(|at| (all[*at].weight, Reverse(*at)));
    let emptiest = (0..all.len()).min_by_key(|at| (all[*at].weight, *at));
    let mut picked: Vec<usize> = fullest.into_iter().chain(emptiest.filter(|at| fullest != Some(*at))).collect();
    let (had, common) = all.iter().fold((0, u128::MAX), |(any, all), one| (any | one.has, all & one.has));
    let (mut to_have, mut to_lack) = (had, !common);
    loop {
        for at in &picked {
            to_have &= !all[*at].has;
            to_lack &= all[*at].has;
        }
        let gain = |one: &SampleCandidate| (one.has & to_have).count_ones() + (!one.has & to_lack).count_ones();
        let best = (0..all.len()).max_by_key(|at| (gain(&all[*at]), near.contains(&all[*at].year), Reverse(*at)));
        match best.filter(|at| gain(&all[*at]) > 0 && picked.len() < most) {
            Some(at) => picked.push(at),
            None => return picked,
        }
    }
}

/// The pages of a year of which there may be many.
#[derive(Default)]
struct SamplePages {
    submissions: Vec<SampleCandidate>,
    narratives: Vec<SampleCandidate>,
    priorities: Vec<SampleCandidate>,
}

impl SamplePages {
    fn new(site: &SiteContext<'_>, plans: &[Vec<PlannedPage<YearPage>>]) -> Self {
        let mut pages = Self::default();
        for (year, (routes, plan)) in site.routes.years.iter().zip(plans).enumerate() {
            let report = site.report(routes);
            for (at, planned) in plan.iter().enumerate() {
                let address = &planned.address;
                match planned.kind {
                    YearPage::Submission(kind, index) => {
                        let sent = match kind {
                            SubmitterKind::Board => report.boards[index].submission.as_ref(),
                            SubmitterKind::Agency => report.agencies[index].submission.as_ref(),
                        };
                        let one = sent.map(|sent| of_submission(site, address, report, sent));
                        pages.submissions.extend(one.map(|(weight, has)| SampleCandidate { year, at, weight, has }));
                    }
                    YearPage::Narrative(index) => {
                        pages.narratives.push(of_page(site, address, year, at, &report.pages[index]));
                    }
                    YearPage::Priority(index) => {
                        let priority = &report.priorities[index];
                        let mut sent = report.submissions().filter(|sent| site.is_built(sent));
                        let is_named = sent.any(|sent| sent.priorities.contains(&priority.id));
                        let has = bits(&[priority.summary.is_some(), is_named, priority.progress.is_some()])
                            | said_of(site, address);
                        let weight = priority.summary.as_ref().map_or(0, |summary| summary.words);
                        pages.priorities.push(SampleCandidate { year, at, weight, has });
                    }
                    YearPage::Index | YearPage::Part(_) | YearPage::Print => {}
                }
            }
        }
        pages
    }
}

/// Features as bits, starting from the lowest.
fn bits(facts: &[bool]) -> u128 {
    facts.iter().rev().fold(0, |bits, fact| bits << 1 | u128::from(*fact))
}

/// The first of the bits for `extra`; the lower ones are for a page's own features.
const EXTRA: u32 = 80;

/// The features of `extra`: a bit for each key with its value.
fn of_extra(extra: Option<&RawYaml>) -> u128 {
    let Some(YamlValue::Map(entries)) = extra.map(|extra| &extra.0.value) else { return 0 };
    entries.iter().fold(0, |bits, (key, node)| {
        let value = if let YamlValue::Text(text) = &node.value { text } else { "" };
        let bit = hash([&key.text, "\0", value].concat().as_bytes()) % u128::from(u128::BITS - EXTRA);
        bits | 1 << (EXTRA + u32::try_from(bit).unwrap_or_default())
    })
}

/// The notices, corrections and errors on a page, in the three bits above the features of each kind.
fn said_of(site: &SiteContext<'_>, address: &Address) -> u128 {
    let notices = site.notices.on(address);
    let facts = notices.map_or([false; 3], |notices| {
        [!notices.notices.is_empty(), !notices.corrections.is_empty(), !notices.faults.is_empty()]
    });
    bits(&facts) << (EXTRA - 3)
}

/// A page of text.
fn of_page(site: &SiteContext<'_>, address: &Address, year: usize, at: usize, page: &Page) -> SampleCandidate {
    let facts = [
        page.summary.is_some(),
        page.signed_by.is_some(),
        page.signed_by.as_ref().is_some_and(|(_, role)| role.is_some()),
        !page.evidence.is_empty(),
        page.body.headings.len() > 1,
        site.languages.untranslated(Some(&page.file)).is_some(),
    ];
    let has = bits(&facts) | of_extra(page.extra.as_ref()) | said_of(site, address);
    SampleCandidate { year, at, weight: page.body.words, has }
}

/// The size of a submission, and its features.
fn of_submission(site: &SiteContext<'_>, address: &Address, report: &Report, sent: &Submission) -> (usize, u128) {
    let has_outcome = |outcome: Outcome| {
        sent.follow_ups.iter().any(|answer| answer.outcome.as_ref().is_some_and(|own| own.value == outcome))
    };
    let required = report.rules_of(sent.kind).into_iter().flat_map(SectionRules::required);
    let mut missing = required.filter(|(id, _)| sent.section(id).is_none());
    let came =
        report.data.attendance.iter().flat_map(|table| &table.members).filter_map(|member| member.agency.as_ref());
    let paid = report.data.contributions.iter().flat_map(|table| &table.rows).filter_map(|row| row.id.as_ref());
    let is_agency = sent.kind == SubmitterKind::Agency;
    let facts = [
        is_agency,
        sent.summary.is_some(),
        matches!(sent.sponsor, Some(Sponsor::Agency(_))),
        matches!(sent.sponsor, Some(Sponsor::Other(_))),
        sent.author.as_ref().is_some_and(|(name, _)| name.is_some()),
        sent.author.as_ref().is_some_and(|(_, role)| role.is_some()),
        sent.submitted.is_some(),
        sent.status == PublicationStatus::SignedOff,
        sent.status == PublicationStatus::Draft,
        sent.signed_off.as_ref().is_some_and(|signed| signed.by.is_some()),
        sent.signed_off.as_ref().is_some_and(|signed| signed.on.is_some()),
        !sent.priorities.is_empty(),
        !sent.evidence.is_empty(),
        sent.opening.is_some(),
        sent.sections.iter().any(|section| section.id.is_none()),
        missing.next().is_some(),
        !sent.commitments.is_empty(),
        !sent.follow_ups.is_empty(),
        sent.follow_ups.iter().any(|answer| answer.note.is_some()),
        sent.follow_ups.iter().any(|answer| answer.commitment.is_none()),
        has_outcome(Outcome::Delivered),
        has_outcome(Outcome::InProgress),
        has_outcome(Outcome::NotStarted),
        has_outcome(Outcome::Dropped),
        sent.body.has_footnotes,
        site.languages.untranslated(Some(&sent.file)).is_some(),
        is_agency && came.into_iter().any(|id| id.as_str() == sent.id),
        is_agency && paid.into_iter().any(|id| id.as_str() == sent.id),
        is_agency && sponsors(report).any(|id| id == sent.id),
        report.boards.iter().any(|board| board.id.as_str() == sent.id && board.purpose.is_some()),
    ];
    let has = bits(&facts) | of_extra(sent.extra.as_ref()) | said_of(site, address);
    (sent.words() + 20 * (sent.commitments.len() + sent.follow_ups.len()), has)
}

/// The agencies that sponsor boards.
fn sponsors(report: &Report) -> impl Iterator<Item = &str> {
    report.boards.iter().filter_map(|board| match &board.sponsor {
        Some(Sponsor::Agency(id)) => Some(id.as_str()),
        _ => None,
    })
}

/// A year: its size, and the features of its own pages.
fn of_year(site: &SiteContext<'_>, year: usize) -> SampleCandidate {
    let routes = &site.routes.years[year];
    let report = site.report(routes);
    let parts = Part::ALL.iter().map(|part| routes.part(*part).is_some());
    let table = report.data.attendance.as_ref();
    let members = || table.into_iter().flat_map(|table| &table.members);
    let bodies = || report.data.governance.iter().flat_map(|governance| &governance.bodies);
    let findings = || report.data.reviews.iter().flat_map(|record| &record.reviews).flat_map(|review| &review.findings);
    let decisions = || report.data.decisions.iter().flat_map(|record| &record.decisions);
    let agreements = || report.data.governance.iter().flat_map(|governance| &governance.agreements);
    let lines = || {
        report
            .data
            .budget
            .iter()
            .flat_map(|budget| budget.income.iter().chain(&budget.expenditure).chain(&budget.balances))
    };
    let built = || report.submissions().filter(|sent| site.is_built(sent));
    let facts = [
        report.period.is_some(),
        report.published.is_some(),
        report.signed_off.is_some(),
        !report.distribution.is_empty(),
        report.pages.iter().any(|page| page.id == "foreword"),
        report.pages.is_empty(),
        table.is_some_and(|table| table.has_voting),
        members().any(|member| member.organisation.is_none()),
        members().any(|member| member.cells.iter().any(|(_, who)| who.is_some())),
        report.meetings.iter().any(|meeting| meeting.note.is_some()),
        report.meetings.iter().any(|meeting| meeting.date.day.is_some()),
        report.data.contributions.is_some(),
        report.data.budget.is_some(),
        lines().any(|line| line.note.is_some()),
        bodies().any(|body| body.purpose.is_some()),
        bodies().any(|body| !body.reports_to.is_empty()),
        report.data.governance.as_ref().is_some_and(|governance| !governance.themes.is_empty()),
        report.data.governance.as_ref().is_some_and(|governance| !governance.reporting.is_empty()),
        report.data.reviews.as_ref().is_some_and(|record| !record.learning.is_empty()),
        report.data.reviews.as_ref().is_some_and(|record| record.none.is_some()),
        report.not_applicable.is_empty(),
        decisions().any(|decision| decision.note.is_some()),
        decisions().any(|decision| decision.due.is_some()),
        report.data.decisions.as_ref().is_some_and(|record| !record.answers.is_empty()),
        agreements().any(|agreement| agreement.text.is_some()),
        agreements().any(|agreement| agreement.document.is_some()),
        agreements().any(|agreement| !agreement.approved_by.is_empty()),
        report.distribution.iter().any(|sent| sent.considered.is_some()),
        report.distribution.iter().any(|sent| sent.resolved.is_some()),
        findings().any(|finding| finding.action.is_some()),
        findings().any(|finding| finding.declined.is_some()),
        built().any(|sent| !sent.follow_ups.is_empty()),
        built().count() < report.boards.len() + report.agencies.len(),
        built().next().is_none(),
        built().any(|sent| !sent.evidence.is_empty()),
        report.boards.iter().any(|board| board.purpose.is_some()),
        site.notices.on(&routes.front).is_some(),
        !report.corrections.is_empty(),
    ];
    let facts: Vec<bool> = facts.into_iter().chain(parts).collect();
    let cells = table.map_or(0, |table| table.members.len() * table.meetings.len());
    let weight = cells + built().map(Submission::words).sum::<usize>() + bodies().count() + lines().count();
    SampleCandidate { year, at: 0, weight, has: bits(&facts) | of_extra(report.extra.as_ref()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_present_once_and_missing_once() {
        let check = |all: &[(usize, u128)], most: usize| {
            let all: Vec<SampleCandidate> = all
                .iter()
                .map(|(weight, has)| SampleCandidate { year: 0, at: 0, weight: *weight, has: *has })
                .collect();
            cover(&all, most, &BTreeSet::new())
        };
        assert_eq!(check(&[], 9), [0; 0]);
        assert_eq!(check(&[(1, 0b1)], 9), [0]);
        assert_eq!(check(&[(1, 0b1); 50], 9), [0]);
        assert_eq!(check(&[(5, 0b0), (9, 0b11), (7, 0b01), (1, 0b11)], 9), [1, 3, 0]);
        assert_eq!(check(&[(5, 0b100), (9, 0b1), (7, 0b10), (1, 0b1000)], 9), [1, 3, 0, 2]);
        assert_eq!(check(&[(5, 0b100), (9, 0b1), (7, 0b10), (1, 0b1000)], 3), [1, 3, 0]);
    }
}
