//! The charts that writers put between their paragraphs.

use crate::source::yaml::{DecimalNumber, FreeMap, ShortOr, Spanned, Text};
use crate::{choice, record};

record! {
    /// The YAML of a `chart` block.
    pub struct ChartFile {
        /// The kind of chart; `bar` unless given.
        "kind" optional kind: Spanned<ChartKind>,
        /// The headline, which says the finding.
        "title" required title: Text,
        /// What somebody hears who cannot see the chart.
        "description" required description: Text,
        /// What the numbers count.
        "unit" optional unit: Text,
        /// The names of the series, where a row has several numbers.
        "series" optional series: Vec<Text>,
        /// The rows: a label with a number, or with a number for each series.
        "rows" required rows: FreeMap<NumberOr<Vec<Spanned<DecimalNumber>>>>,
    }
}

choice! {
    /// The kind of a chart.
    pub enum ChartKind {
        /// Bars from left to right.
        Bar = "bar",
        /// Bars from bottom to top.
        Column = "column",
        /// A line.
        Line = "line",
    }
}

/// One number, or several.
pub(crate) type NumberOr<T> = ShortOr<Spanned<DecimalNumber>, T>;
