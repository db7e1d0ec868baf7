//! `datapackage.json`: the year's tables described for programs, as a [tabular data
//! package](https://specs.frictionlessdata.io/tabular-data-package/) of Frictionless Data.

use serde_json::{Value, json};

use super::column_type::TableColumn;
use super::csv::WrittenTable;
use crate::model::{Report, SiteInfo};
use crate::source::slug::slug;

/// The name of the file.
pub(crate) const NAME: &str = "datapackage.json";

/// The description of a year's tables; nothing if there are none.
#[must_use]
pub(super) fn package(site: &SiteInfo, year: &Report, tables: &[(&'static str, WrittenTable)]) -> Option<String> {
    let resource = |(name, table): &(&'static str, WrittenTable)| {
        let field = |column: &TableColumn| json!({"name": column.name, "type": column.type_name()});
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
