//! Indicators: numbers that are counted every year, and which of them may be published.
//!
//! [`definition`] is `content/indicators.yaml`, and [`table`] a year's `data/indicators.csv` as written. [`series`] puts
//! the tables of all years together: what each report says, with the earlier values that it takes over and the results
//! of formulas. [`suppression`] decides for the whole site which of these values would give away a small count, and
//! [`published`] is what is left. A report has that and nothing else, so that nothing can be made from what is suppressed.

mod checks;
pub(crate) mod definition;
pub(crate) mod formula;
pub(crate) mod published;
mod quotient;
pub(crate) mod series;
pub(crate) mod suppression;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::definition::IndicatorSet;
use self::published::PublishedYear;
use self::table::IndicatorTable;
use super::columns;
use super::ids::Year;
use super::year_data::YearFile;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, WithDiagnostics};
use crate::source::SourceTree;

/// The path of the definitions.
pub(crate) const FILE: &str = "content/indicators.yaml";

/// The indicators of a site: what is counted, and what its reports publish of that.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteIndicators {
    /// What is counted.
    pub definitions: IndicatorSet,
    /// What is published by each report that has values.
    published: BTreeMap<Year, Arc<PublishedYear>>,
}

impl SiteIndicators {
    /// Reads the tables of all years, which are oldest first, and decides what is published of them.
    #[must_use]
    pub(crate) fn assemble(tree: &SourceTree, definitions: IndicatorSet, years: &[Year]) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let read: Vec<_> = years.par_iter().map(|year| read_table(tree, year)).collect();
        let read: Vec<_> = read.into_iter().map(|read| read.map(|read| read.emit_into(&mut diagnostics))).collect();
        let tables: Vec<_> =
            years.iter().zip(&read).filter_map(|(year, table)| Some((year, table.as_ref()?))).collect();
        let given = series::assemble(&definitions, &tables);
        let suppressed = suppression::suppress(&definitions, &given);
        let file = RelPath::new(FILE);
        let has_definitions = tree.files.contains_key(&file) || tree.unreadable.contains(&file);
        if !has_definitions && tables.iter().any(|(_, table)| !table.rows.is_empty()) {
            let missing = Diagnostic::new(Code::MissingFile, Location::whole(&file), format!("there is no `{FILE}`"));
            let help = "create it with an entry for each id in `data/indicators.csv`: `- {id: …, name: …, unit: …}`";
            diagnostics.push(missing.help(help));
        } else {
            diagnostics.extend(checks::check(&definitions, &tables, &given, &suppressed));
        }
        let published = given.iter().zip(&suppressed).map(|(year, suppressed)| {
            (year.year.clone(), Arc::new(PublishedYear::new(&definitions, year, suppressed)))
        });
        WithDiagnostics::new(Self { published: published.collect(), definitions }, diagnostics)
    }

    /// What a year's report publishes; nothing where it has no values of its own.
    #[must_use]
    pub(crate) fn of_year(&self, year: &Year) -> Option<&Arc<PublishedYear>> {
        self.published.get(year)
    }
}

/// The path of the table of a year's report.
fn table_file(year: &Year) -> RelPath {
    RelPath::new(&format!("content/{year}/{}", YearFile::Indicators.name()))
}

/// The table of a year's report, if there is one.
fn read_table(tree: &SourceTree, year: &Year) -> Option<WithDiagnostics<IndicatorTable>> {
    let file = table_file(year);
    let text = tree.text(&file)?;
    let mut diagnostics = Vec::new();
    let table = columns::read_table(&file, &text, &table::TABLE, &[]).emit_into(&mut diagnostics);
    let assembled = IndicatorTable::assemble(&table, year).emit_into(&mut diagnostics);
    Some(WithDiagnostics::new(assembled, diagnostics))
}
