//! Charts as SVG in the page: numbers in, a `<figure>` out.
//!
//! Every chart is a pure function from a plain struct of this module and a [`ChartContext`] to HTML: a headline that states
//! the finding, a drawing for wide screens and paper and one for phones (the style sheet shows one of them), a
//! description for those who cannot see it, a table of the numbers, a download. The same input gives the
//! same bytes. Nothing to draw is `None`.
//!
//! The way of a chart: its own file turns numbers into bars, points or cells and says what they mean;
//! `horizontal_bars`, `line_chart` … lay them out with the widths of `text_metrics`; `canvas` draws through plotters on
//! `backend`, which writes SVG with classes in place of colours (`style`); `figure` puts the rest around it. Colours are
//! the theme's, in `assets/charts.css`.

mod attendance_map;
mod attendance_rates;
mod authored;
mod backend;
mod bars;
mod budget_waterfall;
mod canvas;
mod commitments;
mod contributions;
mod english;
mod figure;
mod horizontal_bars;
mod layered_graph;
mod legend;
mod line_chart;
mod markup;
mod number_format;
mod phrases;
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
pub(crate) use phrases::ChartPhrases;
pub(crate) use phrases::ENGLISH;
pub use phrases::English;
pub(crate) use reporting_diagram::{ReportingDiagram, reporting_diagram};
pub(crate) use trends::{BudgetYear, ContributionYears, attendance_trend, budget_trend, contributions_trend};
