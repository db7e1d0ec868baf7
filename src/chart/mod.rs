//! Charts as SVG in the page: numbers in, a `<figure>` out.
//!
//! Every chart is a pure function from a plain struct of this module and a [`ChartContext`] to HTML: a headline that
//! states the finding, a drawing for wide screens and paper and another for phones (the style sheet shows one of them),
//! a description for people who cannot see it, a table of the numbers and a download. The same input gives the same
//! bytes. The result is `None` if there is nothing to draw.
//!
//! How a chart is made: its own file turns numbers into bars, points or cells and writes the headline and description;
//! `horizontal_bars`, `line_chart` … lay them out with the widths of `text_metrics`; `canvas` draws through plotters on
//! `backend`, which writes SVG with classes instead of colours (`style`); `figure` adds the rest. The theme sets the
//! colours, in `assets/charts.css`. `picture` takes the charts of a finished page as files of their own.

mod attendance_map;
mod attendance_rates;
mod authored;
mod backend;
mod bars;
mod budget_waterfall;
mod canvas;
mod commitments;
mod contributions;
mod figure;
mod horizontal_bars;
mod indicator;
mod layered_graph;
mod legend;
mod line_chart;
mod markup;
mod number_format;
mod picture;
mod picture_style;
mod reporting_diagram;
mod seats;
mod style;
#[cfg(test)]
mod tests;
mod text_metrics;
mod trends;
mod vertical_bars;

pub use attendance_map::{AttendanceData, MemberRow, attendance_map};
pub(crate) use attendance_rates::{attendance_by_meeting, attendance_by_organisation};
pub(crate) use authored::{AuthoredChart, AuthoredChartKind, authored_chart};
pub(crate) use budget_waterfall::{BudgetData, budget_waterfall};
pub(crate) use commitments::{CommitmentYear, CommitmentYears, commitments_trend};
pub use contributions::{ContributionData, PayerRow, contributions};
pub use figure::ChartContext;
pub(crate) use indicator::{IndicatorPoint, IndicatorSeries, indicator};
pub(crate) use picture::pictures;
pub(crate) use picture_style::PictureStyle;
pub(crate) use reporting_diagram::{ReportingDiagram, reporting_diagram};
pub(crate) use trends::{BudgetYear, ContributionYears, attendance_trend, budget_trend, contributions_trend};
