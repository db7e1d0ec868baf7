//! `datapackage.json`: the year's tables described for programs, as a [tabular data
//! package](https://specs.frictionlessdata.io/tabular-data-package/) of Frictionless Data.

use serde_json::{Value, json};

use super::csv::WrittenTable;
use crate::model::{Report, SiteInfo};
use crate::source::slug::slug;

/// The name of the file.
pub(crate) const NAME: &str = "datapackage.json";

/// A column of a table, with the kind of its cells.
#[derive(Debug)]
pub(super) struct TableColumn {
    name: String,
    /// `None` while all cells are blank.
    kind: Option<CellKind>,
}

/// The kinds of cells that the format tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellKind {
    Integer,
    Number,
    Date,
    YearMonth,
    Text,
}

impl TableColumn {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), kind: None }
    }

    /// Takes another cell into account.
    pub(super) fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let kind = CellKind::from_cell(cell);
        self.kind = Some(match self.kind {
            None => kind,
            Some(known) if known == kind => kind,
            Some(CellKind::Integer | CellKind::Number) if matches!(kind, CellKind::Integer | CellKind::Number) => {
                CellKind::Number
            }
            Some(_) => CellKind::Text,
        });
    }
}

impl CellKind {
    fn from_cell(cell: &str) -> Self {
        let unsigned = cell.strip_prefix('-').unwrap_or(cell);
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let lengths: Vec<usize> = cell.split('-').map(|part| if is_digits(part) { part.len() } else { 0 }).collect();
        match lengths.as_slice() {
            [4, 2, 2] => Self::Date,
            [4, 2] => Self::YearMonth,
            _ if is_digits(unsigned) => Self::Integer,
            _ if unsigned.split_once('.').is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest)) => {
                Self::Number
            }
            _ => Self::Text,
        }
    }

    /// The name of the type in a table schema.
    fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::YearMonth => "yearmonth",
            Self::Text => "string",
        }
    }
}

/// The description of a year's tables; nothing if there are none.
#[must_use]
pub(super) fn package(site: &SiteInfo, year: &Report, tables: &[(&'static str, WrittenTable)]) -> Option<String> {
    let resource = |(name, table): &(&'static str, WrittenTable)| {
        let field = |column: &TableColumn| {
            let kind = column.kind.unwrap_or(CellKind::Text).name();
            json!({"name": column.name, "type": kind})
        };
        json!({
            "profile": "tabular-data-resource",
            "name": name.trim_end_matches(".csv"),
            "path": name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": table.columns.iter().map(field).collect::<Value>()},
        })
    };
    let licence =
        site.licence.as_ref().and_then(|licence| Some(json!({"title": licence.name, "path": licence.url.as_ref()?})));
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": format!("{}-{}", slug(&site.title), year.year).trim_start_matches('-'),
        "title": year.title,
        "resources": tables.iter().map(resource).collect::<Value>(),
    });
    if let Some(licence) = licence {
        package["licenses"] = json!([licence]);
    }
    (!tables.is_empty()).then(|| format!("{package:#}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_type_of_all_their_cells() {
        let kind = |cells: &[&str]| {
            let mut column = TableColumn::new("a");
            cells.iter().for_each(|cell| column.add(cell));
            column.kind.map_or("-", CellKind::name)
        };
        assert_eq!(kind(&["", ""]), "-");
        assert_eq!(kind(&["12", "", "-3"]), "integer");
        assert_eq!(kind(&["12", "1.50"]), "number");
        assert_eq!(kind(&["2024-10-12", "2024-11-01"]), "date");
        assert_eq!(kind(&["2024-10", "2024-11"]), "yearmonth");
        for text in [&["2024-10", "2024-10-12"][..], &["85%"], &["12", "about 3"], &["2024-10-12", "5"], &["1.", "-"]] {
            assert_eq!(kind(text), "string", "{text:?}");
        }
    }
}
