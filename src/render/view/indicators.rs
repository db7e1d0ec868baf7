//! What the page of indicators is given.

use super::Html;
use super::shared::LinkView;
use crate::view;

view! {
    /// The indicators of a year.
    pub struct IndicatorsView {
        /// The indicators by group, in the order in which the groups first appear.
        groups: Vec<IndicatorGroupView>,
        /// Whether any value is suppressed, so that the page needs to say what `c` means.
        has_suppressed: bool,
        /// The address of the values as a file.
        csv: String,
    }

    /// The indicators under one heading.
    pub struct IndicatorGroupView {
        /// The heading; empty for indicators without a group.
        title: String,
        /// The fragment of the heading.
        anchor: String,
        /// The indicators, in order.
        indicators: Vec<IndicatorView>,
    }

    /// An indicator of a year.
    pub struct IndicatorView {
        /// Its name.
        name: String,
        /// The fragment of its place on the page.
        anchor: String,
        /// The latest value with its unit, such as `1,985` or `40.2%`; `c` if it is suppressed.
        value: String,
        /// What the value is in, if it does not say it itself.
        unit: String,
        /// The year of the value.
        period: String,
        /// Whether the value is suppressed.
        is_suppressed: bool,
        /// The change since the year before, as a sentence; may be empty.
        change: String,
        /// `up`, `down` or `same`; empty if there is no change to show.
        direction: &'static str,
        /// `better` or `worse`; empty if neither.
        judgement: &'static str,
        /// The target in words; empty if there is none.
        target: String,
        /// `met`, `near` or `missed`; empty if there is no target or nothing to compare with it.
        target_state: &'static str,
        /// The state in words.
        target_text: String,
        /// The headline, the chart and the table of all values.
        chart: Html,
        /// What the table says about single values, each as a sentence.
        notes: Vec<String>,
        /// What counts and what does not.
        definition: Html,
        /// The formula with names in place of ids; empty if it is not calculated.
        formula: String,
        /// Where the values come from.
        source: Option<LinkView>,
        /// The priority that it belongs to.
        priority: Option<LinkView>,
    }
}
