//! What a report's front page opens with. The site's front page shows it too.

use super::key_figures;
use super::outcomes::OutcomeTally;
use crate::model::Part;
use crate::model::front_page::{KeyMessage, Quotation};
use crate::model::plain_text::{BLOCK_END, PlainText};
use crate::model::report::Priority;
use crate::model::trends::outcomes_of;
use crate::render::context::YearContext;
use crate::render::route::Address;
use crate::render::view::parts::{FrontView, KeyMessageView, OutcomeBarView, PriorityChangeView, QuotationView};
use crate::source::files::Direction;
use crate::source::yaml::Text;

/// The opening of a year's report, as shown on the page at `address`.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, address: &Address) -> FrontView {
    let front = &year.report.front;
    let headline = front.headline.clone().unwrap_or_default();
    let foreword = year.site.foreword(year.report).filter(|_| headline.is_empty());
    let summary = foreword.and_then(|page| page.summary.as_ref()).map(|text| text.value.clone());
    FrontView {
        headline,
        summary: summary.unwrap_or_default(),
        only_in: foreword.map(|page| year.site.only_in(&page.file)).unwrap_or_default(),
        key_messages: front.key_messages.iter().map(|message| key_message(year, message, address)).collect(),
        figures: key_figures::view(year),
        outcomes: outcomes(year),
        priorities: year.report.priorities.iter().map(|priority| change(year, priority)).collect(),
    }
}

fn key_message(year: &YearContext<'_>, message: &KeyMessage, address: &Address) -> KeyMessageView {
    let (direction, text) = match message.direction {
        None => ("", ""),
        Some(Direction::Up) => (Direction::Up.word(), "direction_up"),
        Some(Direction::Down) => (Direction::Down.word(), "direction_down"),
        Some(Direction::Same) => (Direction::Same.word(), "direction_same"),
    };
    KeyMessageView {
        text: message.text.clone(),
        figure: message.figure.clone().unwrap_or_default(),
        direction,
        direction_text: if text.is_empty() { String::new() } else { year.site.words.text(text).to_owned() },
        href: href(year, message.link.as_ref(), address),
    }
}

/// A quotation, as shown on the page at `address`.
#[must_use]
pub(crate) fn quotation(year: &YearContext<'_>, quotation: &Quotation, address: &Address) -> QuotationView {
    QuotationView {
        text: quotation.text.clone(),
        by: quotation.by.clone(),
        href: href(year, quotation.link.as_ref(), address),
    }
}

/// A link of `report.yaml` as seen from the page at `address`; empty if there is none.
fn href(year: &YearContext<'_>, link: Option<&Text>, address: &Address) -> String {
    link.map(|link| year.site.prose.href(&year.report.file, link, address)).unwrap_or_default()
}

/// What became of the commitments in the previous report, counted as the trends count them.
fn outcomes(year: &YearContext<'_>) -> Option<OutcomeBarView> {
    let tally = OutcomeTally::from_report(&outcomes_of(year.earlier().report?, Some(year.report), year.site.options));
    (tally.total() > 0).then(|| OutcomeBarView {
        title: year.answers_title("last_year"),
        href: year.part_href(Part::Commitments),
        outcomes: tally.view(tally, year),
    })
}

/// A priority with a line of what changed: what its progress says, or else its summary. Links in it are left out, because
/// the card is a link itself.
fn change(year: &YearContext<'_>, priority: &Priority) -> PriorityChangeView {
    let progress = priority.progress.as_ref().and_then(|progress| progress.text.as_ref());
    let line = progress.or(priority.summary.as_ref());
    let line = line.map(|line| PlainText::shown(line).text().replace(BLOCK_END, " "));
    PriorityChangeView {
        name: priority.name.clone(),
        href: year.priority_href(priority.id.as_str()),
        change: line.unwrap_or_default(),
    }
}
