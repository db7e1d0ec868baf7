//! What all pages share: the site once, and each year once.

use super::{LISTED_IN_CONTENTS, SiteContext, YearContext};
use crate::model::Part;
use crate::model::site::{Contact, NamedAddress};
use crate::model::{Report, SubmitterKind};
use crate::render::route::{self, Address, ContentsEntry, YearRoutes};
use crate::render::view::Extra;
use crate::render::view::shared::{ContactView, ContentsView, LinkView, PhoneView, SiteView, YearView};

impl LinkView {
    /// A link to an address of the site.
    #[must_use]
    pub fn new(title: &str, to: &Address) -> Self {
        Self { title: title.to_owned(), href: to.to_string() }
    }
}

/// What all pages are told of the site.
#[must_use]
pub fn site(edition: &SiteContext<'_>) -> SiteView {
    let site = &edition.archive.site;
    let named =
        |named: &NamedAddress| LinkView { title: named.name.clone(), href: named.url.clone().unwrap_or_default() };
    let words = edition.words;
    let pages = edition.archive.pages.iter();
    SiteView {
        title: site.title.clone(),
        description: site.description.clone().unwrap_or_default(),
        language: site.language.clone(),
        publisher: site.publisher.as_ref().map(named),
        licence: site.licence.as_ref().map(named),
        urgent: site.contacts.iter().filter(|contact| contact.urgent).map(contact).collect(),
        pages: pages.filter_map(|page| Some(LinkView::new(&page.title, edition.routes.page_of(&page.file)?))).collect(),
        newest: edition.routes.years.first().map(|year| LinkView::new(&edition.report(year).title, &year.front)),
        glossary: edition.routes.has_glossary.then(|| LinkView::new(words.text("glossary"), &route::glossary())),
        contacts: edition.routes.has_contacts.then(|| LinkView::new(words.text("contacts"), &route::contacts())),
        trends: (!edition.routes.trends.is_empty()).then(|| LinkView::new(words.text("trends"), &route::trends())),
        search: LinkView::new(words.text("search"), &route::search()),
        feed: "atom.xml".to_owned(),
        extra: Extra::from_yaml(site.extra.as_ref()),
    }
}

/// Somebody to turn to.
pub(super) fn contact(contact: &Contact) -> ContactView {
    let phones = contact.phones.iter().map(|phone| PhoneView {
        number: phone.number.clone(),
        href: format!("tel:{}", phone.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()),
        hours: phone.hours.clone().unwrap_or_default(),
    });
    ContactView {
        name: contact.name.clone(),
        purpose: contact.purpose.clone().unwrap_or_default(),
        phones: phones.collect(),
        email: contact.email.clone().unwrap_or_default(),
        address: contact.address.clone().unwrap_or_default(),
        hours: contact.hours.clone().unwrap_or_default(),
        url: contact.url.clone().unwrap_or_default(),
        urgent: contact.urgent,
    }
}

/// What all pages of a year are told of it.
#[must_use]
pub fn year(volume: &YearContext<'_>) -> YearView {
    let (edition, routes, report, index) = (volume.edition, volume.routes, volume.report, volume.index);
    let neighbour =
        |year: Option<&YearRoutes>| year.map(|year| LinkView::new(edition.report(year).year.as_str(), &year.front));
    YearView {
        name: report.year.to_string(),
        title: report.title.clone(),
        href: routes.front.to_string(),
        print: routes.print().to_string(),
        running_head: routes.running_head().to_string(),
        period: period(edition, report),
        contents: routes.contents().iter().filter_map(|entry| contents(volume, *entry)).collect(),
        earlier: neighbour(edition.routes.years.get(index + 1)),
        later: neighbour(index.checked_sub(1).and_then(|later| edition.routes.years.get(later))),
        extra: Extra::from_yaml(report.extra.as_ref()),
    }
}

/// The style sheet that puts a report's title at the head of every printed page but the first, which has it larger.
/// A style sheet can be given no value but by a page's own styles, which the site's policy forbids.
#[must_use]
pub fn running_head(title: &str, site: &str) -> String {
    let mut text = String::new();
    for c in format!("{title} · {site}").chars() {
        match c {
            '"' | '\\' | '<' => text.extend(['\\', c]),
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    format!("@page{{@top-left{{content:\"{text}\";font:9pt sans-serif}}}}@page:first{{@top-left{{content:none}}}}\n")
}

/// The period of a report in words.
pub(super) fn period(edition: &SiteContext<'_>, report: &Report) -> String {
    let words = edition.words;
    report.period.map_or_else(String::new, |(from, to)| {
        words.say("period", &[("from", &words.date(from)), ("to", &words.date(to))])
    })
}

/// A line of the contents, with what lies below it where that is not too much.
fn contents(volume: &YearContext<'_>, entry: ContentsEntry) -> Option<ContentsView> {
    let (routes, report, edition) = (volume.routes, volume.report, volume.edition);
    let part = match entry {
        ContentsEntry::Page(index) => {
            let page = &report.pages[index];
            let href = edition.routes.page_of(&page.file)?.to_string();
            return Some(ContentsView { title: page.title.value.clone(), href, entries: Vec::new() });
        }
        ContentsEntry::Part(part) => part,
    };
    let mut entries: Vec<LinkView> = match part {
        Part::Boards => {
            let sent = report.boards.iter().filter_map(|board| Some((&board.name, board.submission.as_ref()?)));
            let built = sent.filter(|(_, sent)| edition.is_built(sent));
            built.map(|(name, sent)| LinkView::new(name, &routes.submission(SubmitterKind::Board, &sent.id))).collect()
        }
        Part::Agencies => volume
            .sent_agencies()
            .map(|agency| LinkView::new(&agency.name, &routes.submission(SubmitterKind::Agency, agency.id.as_str())))
            .collect(),
        Part::Priorities => {
            report.priorities.iter().map(|one| LinkView::new(&one.name, &routes.priority(one.id.as_str()))).collect()
        }
        _ => Vec::new(),
    };
    if entries.len() > LISTED_IN_CONTENTS {
        entries.clear();
    }
    let href = routes.part(part)?.to_string();
    Some(ContentsView { title: edition.words.text(part.name()).to_owned(), href, entries })
}
