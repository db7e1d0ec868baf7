//! The training page: attendance, places taken, and how many people said that it changed their practice.

use super::shared::rate;
use crate::model::training::{Training, TrainingTotals};
use crate::render::context::YearContext;
use crate::render::view::part::{TrainingRowView, TrainingView};
use crate::render::view::shared::LinkView;

pub(crate) fn view(year: &YearContext<'_>) -> TrainingView {
    let Some(training) = &year.report.data.training else { return TrainingView::default() };
    let courses = training.by_course().into_iter().map(|(first, totals)| {
        let name = LinkView { title: first.course.clone(), ..LinkView::default() };
        row(year, name, &totals)
    });
    let totals = training.totals();
    TrainingView {
        courses: courses.collect(),
        agencies: agencies(year, training),
        total: row(year, LinkView::default(), &totals),
        has_places: totals.places.is_some(),
        has_evaluation: totals.changed.possible > 0,
        differences: differences(year, training),
        csv: year.routes.data("training.csv").to_string(),
    }
}

/// The agencies, if the table names any.
fn agencies(year: &YearContext<'_>, training: &Training) -> Vec<TrainingRowView> {
    if training.sessions.iter().all(|session| session.agency.is_empty()) {
        return Vec::new();
    }
    let groups = training.by_agency().into_iter().map(|(first, totals)| {
        let name = if first.agency.is_empty() {
            LinkView { title: year.site.words.text("training_for_all").to_owned(), ..LinkView::default() }
        } else {
            year.written_link(&first.agency, first.id.as_ref())
        };
        row(year, name, &totals)
    });
    groups.collect()
}

fn row(year: &YearContext<'_>, name: LinkView, totals: &TrainingTotals) -> TrainingRowView {
    let words = year.site.words;
    let taken = rate::view(words, totals.taken, LinkView::default());
    let changed = rate::view(words, totals.changed, LinkView::default());
    TrainingRowView {
        name,
        sessions: totals.sessions.to_string(),
        places: totals.places.map(|places| places.to_string()).unwrap_or_default(),
        attended: totals.attended.to_string(),
        taken: taken.per_cent,
        changed: if totals.changed.possible > 0 { changed.fraction } else { String::new() },
        changed_share: changed.per_cent,
    }
}

/// The stated totals that differ from the sums of the rows.
fn differences(year: &YearContext<'_>, training: &Training) -> Vec<String> {
    let words = year.site.words;
    let wrong = training.stated_counts().filter(|count| count.stated != count.counted);
    let sentences = wrong.map(|count| {
        let (stated, computed) = (count.stated.to_string(), count.counted.to_string());
        let what = words.text(if count.of == "places" { "training_all_places" } else { "training_all_people" });
        words.say("difference", &[("what", what), ("stated", &stated), ("computed", &computed)])
    });
    sentences.collect()
}
