//! The page of indicators: each with its latest value, how it changed, how it compares with its target, and where it comes
//! from. Everything here is made from what is published: see [`crate::model::indicators::published`].

use super::shared::indicator_chart::{self, cell_text, unit_text};
use super::shared::indicator_value::{amount, figure_of};
use crate::chart::ChartContext;
use crate::locale::Locale;
use crate::model::indicators::definition::{Indicator, IndicatorTarget, TargetState, Tolerance, Unit};
use crate::model::indicators::published::{PublishedCell, PublishedSeries, PublishedValue, PublishedYear};
use crate::model::{Part, PriorityId, Year};
use crate::quantity::Decimal;
use crate::render::anchors::indicator_anchor;
use crate::render::context::YearContext;
use crate::render::view::Html;
use crate::render::view::indicators::{IndicatorGroupView, IndicatorView, IndicatorsView};
use crate::render::view::shared::LinkView;
use crate::source::files::Better;
use crate::source::slug::slug;

pub(crate) fn view(year: &YearContext<'_>) -> IndicatorsView {
    let Some(published) = &year.report.indicators else { return IndicatorsView::default() };
    let mut groups: Vec<IndicatorGroupView> = Vec::new();
    for series in &published.series {
        let title = series.indicator.group.clone().unwrap_or_default();
        let shown = indicator(year, published, series);
        if let Some(group) = groups.iter_mut().find(|group| group.title == title) {
            group.indicators.push(shown);
        } else {
            let anchor = format!("group-{}", slug(&title));
            groups.push(IndicatorGroupView { title, anchor, indicators: vec![shown] });
        }
    }
    if groups.len() > 1 {
        let nameless = groups.iter_mut().filter(|group| group.title.is_empty());
        nameless.for_each(|group| year.site.words.text("indicators_other").clone_into(&mut group.title));
    }
    let mut cells = published.series.iter().flat_map(|series| &series.cells);
    IndicatorsView {
        groups,
        has_suppressed: cells.any(|cell| cell.value == PublishedValue::Suppressed),
        csv: year.routes.data("indicators.csv").to_string(),
    }
}

fn indicator(year: &YearContext<'_>, published: &PublishedYear, series: &PublishedSeries) -> IndicatorView {
    let (indicator, words) = (&*series.indicator, year.site.words);
    let wholes: Vec<&PublishedCell> = series.wholes().collect();
    let latest = wholes.last().copied();
    let change = change(&wholes);
    let state = series.target_state();
    let judgement = match (indicator.better, change) {
        (Better::Neither, _) | (_, None) => "",
        (_, Some((_, difference))) if difference == Decimal::default() => "",
        (better, Some((_, difference))) if (better == Better::Up) == difference.is_negative() => "worse",
        _ => "better",
    };
    let notes = series.cells.iter().filter(|cell| !cell.note.is_empty()).map(|cell| note(words, cell));
    IndicatorView {
        name: indicator.name.clone(),
        anchor: indicator_anchor(&indicator.id),
        value: latest.map(|cell| cell_text(words, indicator, cell.value)).unwrap_or_default(),
        unit: match latest.map(|cell| cell.value) {
            Some(PublishedValue::Shown(_)) if indicator.unit != Unit::Percent => unit_text(words, &indicator.unit),
            _ => String::new(),
        },
        period: latest.map(|cell| cell.period.to_string()).unwrap_or_default(),
        is_suppressed: latest.is_some_and(|cell| cell.value == PublishedValue::Suppressed),
        change: change
            .map(|(before, difference)| change_text(words, indicator, before, difference))
            .unwrap_or_default(),
        direction: match change {
            None => "",
            Some((_, difference)) if difference == Decimal::default() => "same",
            Some((_, difference)) if difference.is_negative() => "down",
            Some(_) => "up",
        },
        judgement,
        target: indicator.target.map(|target| target_text(words, indicator, &target)).unwrap_or_default(),
        target_state: state.map_or("", TargetState::word),
        target_text: state.map(|state| words.text(state_key(state, indicator.better)).to_owned()).unwrap_or_default(),
        chart: chart(year, series),
        notes: notes.collect(),
        definition: year.prose_of(indicator.definition.as_ref()),
        formula: formula(published, indicator),
        source: indicator
            .source
            .as_ref()
            .map(|source| LinkView { title: source.name.clone(), href: source.url.clone().unwrap_or_default() }),
        priority: indicator.priority.as_ref().and_then(|id| {
            let priority = year.report.priority(&PriorityId::new(id))?;
            Some(LinkView { title: priority.name.clone(), href: year.priority_href(priority.id.as_str()) })
        }),
    }
}

/// The change between the last two values of the whole, with the year of the first; nothing where one of them is not shown.
fn change<'a>(wholes: &[&'a PublishedCell]) -> Option<(&'a Year, Decimal)> {
    let [.., before, latest] = wholes else { return None };
    Some((&before.period, latest.value.shown()?.minus(before.value.shown()?)))
}

fn change_text(words: &Locale, indicator: &Indicator, before: &Year, difference: Decimal) -> String {
    let key = match difference {
        zero if zero == Decimal::default() => "indicator_same",
        less if less.is_negative() => "indicator_down",
        _ => "indicator_up",
    };
    let number = figure_of(difference.abs(), indicator.decimals());
    let difference =
        if indicator.unit == Unit::Percent { words.say("indicator_points", &[("number", &number)]) } else { number };
    words.say(key, &[("difference", &difference), ("year", before.as_str())])
}

fn target_text(words: &Locale, indicator: &Indicator, target: &IndicatorTarget) -> String {
    let value = amount(words, indicator, target.value);
    match target.tolerance {
        None => words.say("indicator_target", &[("value", &value)]),
        Some(tolerance) => {
            let tolerance = match tolerance {
                Tolerance::Percent(percent) => words.say("chart.percent", &[("number", &figure_of(percent, 0))]),
                Tolerance::Units(units) => figure_of(units, 0),
            };
            words.say("indicator_target_within", &[("value", &value), ("tolerance", &tolerance)])
        }
    }
}

fn state_key(state: TargetState, better: Better) -> &'static str {
    match (state, better) {
        (TargetState::Met, Better::Neither) => "indicator_within",
        (TargetState::Met, _) => "indicator_met",
        (TargetState::Near, _) => "indicator_near",
        (TargetState::Missed, Better::Neither) => "indicator_outside",
        (TargetState::Missed, _) => "indicator_missed",
    }
}

/// What the table says about a value.
fn note(words: &Locale, cell: &PublishedCell) -> String {
    let about = match &cell.breakdown {
        Some(breakdown) => format!("{}, {breakdown}", cell.period),
        None => cell.period.to_string(),
    };
    words.say("indicator_note", &[("about", &about), ("note", &cell.note)])
}

/// The formula with names in place of ids.
fn formula(published: &PublishedYear, indicator: &Indicator) -> String {
    let name = |id: &_| published.series_of(id).map(|series| series.indicator.name.clone());
    indicator.formula.as_ref().map(|formula| formula.in_words(name)).unwrap_or_default()
}

fn chart(year: &YearContext<'_>, series: &PublishedSeries) -> Html {
    let id = format!("{}-chart", indicator_anchor(&series.indicator.id));
    let (period, words) = (year.report.year.as_str(), year.site.words);
    // In the document too, which is beside the page.
    let picture = format!("../{}/{id}.svg", Part::Indicators.name());
    let picture = Some(picture.as_str());
    indicator_chart::draw(series, &ChartContext { id: &id, period, level: 4, source: None, csv: None, picture, words })
}
