//! What a report's front page opens with. The site's front page shows it too.

use super::{follow_up, key_figures};
use crate::model::Part;
use crate::model::front_page::{KeyMessage, Quotation};
use crate::model::plain_text::{BLOCK_END, PlainText};
use crate::model::report::Priority;
use crate::model::trends::outcomes_of;
use crate::render::context::YearContext;
use crate::render::route::Address;
use crate::render::view::parts::{
    FrontView, KeyMessageView, OutcomeBarView, OutcomeSegmentView, PriorityChangeView, QuotationView,
};
use crate::source::files::{Direction, Outcome};
use crate::source::yaml::Text;

/// The width of a whole bar.
const BAR: usize = 1000;

/// The opening of a year's report, as shown on the page at `address`.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>, address: &Address) -> FrontView {
    let front = &year.report.front;
    let headline = front.headline.clone().unwrap_or_default();
    let summary = year.site.foreword(year.report).and_then(|page| page.summary.as_ref());
    let summary = summary.filter(|_| headline.is_empty()).map(|text| text.value.clone());
    FrontView {
        headline,
        summary: summary.unwrap_or_default(),
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
    let kept = outcomes_of(year.earlier().report?, Some(year.report), year.site.options);
    let made = kept.made();
    if made == 0 {
        return None;
    }
    let of_outcome = |outcome: Option<Outcome>| outcome.map_or(kept.unanswered, |one| kept.outcomes[one as usize]);
    let outcomes = follow_up::OUTCOMES.iter().map(|outcome| (*outcome, of_outcome(*outcome)));
    let mut so_far = 0;
    let segment = |(outcome, count): (Option<Outcome>, usize)| {
        let start = so_far * BAR / made;
        so_far += count;
        OutcomeSegmentView {
            outcome: outcome.map_or("unanswered", Outcome::word),
            text: follow_up::outcome_text(year, outcome).to_owned(),
            count,
            start,
            width: so_far * BAR / made - start,
        }
    };
    Some(OutcomeBarView {
        title: year.answers_title("last_year"),
        count: year.site.words.count("commitments_count", made),
        href: year.part_href(Part::Commitments),
        segments: outcomes.filter(|(_, count)| *count > 0).map(segment).collect(),
    })
}

/// A priority with its summary in a line. Links in the summary are left out, because the card is a link itself.
fn change(year: &YearContext<'_>, priority: &Priority) -> PriorityChangeView {
    let summary = priority.summary.as_ref().map(|summary| PlainText::shown(summary).text().replace(BLOCK_END, " "));
    PriorityChangeView {
        name: priority.name.clone(),
        href: year.priority_href(priority.id.as_str()),
        change: summary.unwrap_or_default(),
    }
}
