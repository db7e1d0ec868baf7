//! `content/indicators.yaml`: what the partnership counts, year by year.

use super::NamedLink;
use crate::quantity::Decimal;
use crate::source::yaml::{FromYaml, Prose, RawYaml, Slug, Spanned, Text, ValueType, YamlNode, YamlReader};
use crate::{choice, record};

/// `content/indicators.yaml`: a list of what is counted.
pub(crate) type IndicatorsFile = Vec<IndicatorEntry>;

record! {
    /// Something that is counted or measured every year. The values are in `data/indicators.csv` of each year.
    pub struct IndicatorEntry {
        /// The indicator's id, by which the tables and formulas name it.
        "id" required id: Spanned<Slug>,
        /// Its name as readers see it.
        "name" required name: Text,
        /// What is counted, such as `concerns`, or `percent`, `days` or `per 10,000`.
        "unit" required unit: Text,
        /// The heading under which it is shown. Groups are in the order in which they first appear.
        "group" optional group: Text,
        /// Whether more is better: `up`, `down` or `neither`, the default.
        "better" optional better: Spanned<Better>,
        /// Whether it counts people. Then small numbers are not published.
        "people" optional people: Spanned<bool>,
        /// Whether somebody can be in two groups of a breakdown, so that the groups do not add up to the whole.
        "overlapping" optional overlapping: Spanned<bool>,
        /// What the partnership wants to reach.
        "target" optional target: TargetEntry,
        /// Where the values come from.
        "source" optional source: NamedLink,
        /// What counts and what does not.
        "definition" optional definition: Prose,
        /// The id of the priority that it belongs to.
        "priority" optional priority: Text,
        /// How it is calculated from other indicators, such as `enquiries / concerns`.
        "formula" optional formula: FormulaText,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// What the partnership wants an indicator to reach.
    pub struct TargetEntry {
        /// The value to reach, in the indicator's unit.
        "value" required value: Spanned<Decimal>,
        /// How far off still counts as close: a share such as `5%`, or a number in the indicator's unit.
        "tolerance" optional tolerance: Text,
    }
}

choice! {
    /// Which direction of change is better.
    pub enum Better {
        /// More is better.
        Up = "up",
        /// Fewer is better.
        Down = "down",
        /// Neither is better by itself.
        Neither = "neither",
    }
}

/// A formula as written, which knows the place of each of its characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormulaText(pub Prose);

impl FromYaml for FormulaText {
    fn shape() -> ValueType {
        ValueType::text("a formula, such as `enquiries / concerns`")
    }

    fn read(node: &YamlNode, reader: &mut YamlReader<'_>) -> Option<Self> {
        Prose::read(node, reader).map(Self)
    }
}
