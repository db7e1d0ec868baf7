//! The value of an indicator as readers see it.

use crate::locale::Locale;
use crate::model::indicators::definition::{Indicator, Unit};
use crate::model::{IndicatorId, Part};
use crate::quantity::Decimal;
use crate::render::anchors::indicator_anchor;
use crate::render::context::YearContext;
use crate::render::view::parts::FigureView;
use crate::render::view::shared::LinkView;

/// A number with commas, at least so many decimals and a true minus sign.
#[must_use]
pub(crate) fn figure_of(number: Decimal, decimals: usize) -> String {
    number.grouped_with(decimals).replace('-', "−")
}

/// A value: a percentage has its sign, and everything else is the number alone.
#[must_use]
pub(crate) fn amount(words: &Locale, indicator: &Indicator, number: Decimal) -> String {
    let number = figure_of(number, indicator.decimals());
    if indicator.unit == Unit::Percent { words.say("chart.percent", &[("number", &number)]) } else { number }
}

/// The latest value of an indicator as a key figure; nothing if readers may not see it.
#[must_use]
pub(crate) fn key_figure(year: &YearContext<'_>, id: &IndicatorId) -> Option<FigureView> {
    let series = year.report.indicators.as_ref()?.series_of(id)?;
    let value = series.latest()?.value.shown()?;
    let LinkView { title, href } = link(year, id)?;
    Some(FigureView { value: amount(year.site.words, &series.indicator, value), label: title, href })
}

/// A link to an indicator, if the report has values of it.
#[must_use]
pub(crate) fn link(year: &YearContext<'_>, id: &IndicatorId) -> Option<LinkView> {
    let series = year.report.indicators.as_ref()?.series_of(id)?;
    let href = year.in_part(Part::Indicators, &indicator_anchor(id));
    Some(LinkView { title: series.indicator.name.clone(), href })
}
