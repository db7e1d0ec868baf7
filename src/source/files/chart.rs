//! Charts that authors write between their paragraphs.

use crate::source::yaml::{DecimalNumber, FreeMap, ShortOr, Spanned, Text};
use crate::{choice, record};

record! {
    /// The YAML of a `chart` block.
    pub struct ChartFile {
        /// The kind of chart; `bar` by default.
        "kind" optional kind: Spanned<ChartKind>,
        /// The headline: what the chart shows.
        "title" required title: Text,
        /// A description for people who cannot see the chart.
        "description" required description: Text,
        /// What the numbers measure, such as `people` or `£`.
        "unit" optional unit: Text,
        /// A value to reach, as a line across the chart.
        "target" optional target: Spanned<DecimalNumber>,
        /// The names of the series, if each row has several numbers.
        "series" optional series: Vec<Text>,
        /// The rows: a label and its number, or a list with one number for each series.
        "rows" required rows: FreeMap<NumberOr<Vec<Spanned<DecimalNumber>>>>,
    }
}

choice! {
    /// The kind of a chart.
    pub enum ChartKind {
        /// Horizontal bars.
        Bar = "bar",
        /// Vertical bars.
        Column = "column",
        /// A line chart.
        Line = "line",
    }
}

/// One number, or several.
pub(crate) type NumberOr<T> = ShortOr<Spanned<DecimalNumber>, T>;
