//! Data about a report and its tables for search engines, in the words of schema.org.

use serde_json::{Value, json};

use crate::model::Part;
use crate::render::context::YearContext;
use crate::render::export;
use crate::render::view::Html;
use crate::render::view::shared::PageView;

/// About a report.
#[must_use]
pub(crate) fn report(year: &YearContext<'_>, page: &PageView) -> Html {
    html(&about(year, page, "Report", &year.report.title))
}

/// About the tables that the page of a part shows; empty if it has none.
#[must_use]
pub(crate) fn dataset(year: &YearContext<'_>, page: &PageView, part: Part) -> Html {
    let download = |name: &'static str| {
        let address = format!("{}/{}", year.site.base_url, year.routes.data(name));
        json!({"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address})
    };
    let downloads: Vec<Value> = export::tables_of(year.report, part).map(download).collect();
    if downloads.is_empty() {
        return Html::default();
    }
    let name = format!("{}: {}", page.title, year.report.title);
    let mut data = about(year, page, "Dataset", &name);
    data["isAccessibleForFree"] = true.into();
    data["distribution"] = downloads.into();
    html(&data)
}

/// What is known of everything that a report publishes.
fn about(year: &YearContext<'_>, page: &PageView, kind: &str, name: &str) -> Value {
    let (report, info, base_url) = (year.report, &year.site.archive.site, year.site.base_url);
    let publisher = info.publisher.as_ref();
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        "name": name,
        "description": page.description,
        "url": page.canonical,
        "image": page.image,
        "inLanguage": info.language,
        "publisher": {
            "@type": "Organization",
            "name": publisher.map_or(&info.title, |publisher| &publisher.name),
            "url": publisher.and_then(|publisher| publisher.url.clone()).unwrap_or_else(|| format!("{base_url}/")),
        },
    });
    if let Some(published) = report.published {
        data["datePublished"] = published.to_string().into();
    }
    if let Some(latest) = report.corrections.first() {
        data["dateModified"] = latest.on.to_string().into();
    }
    if let Some((from, to)) = report.period {
        data["temporalCoverage"] = format!("{from}/{to}").into();
    }
    if let Some(url) = info.licence.as_ref().and_then(|licence| licence.url.as_deref()) {
        data["license"] = url.into();
    }
    data
}

/// The data as the content of `script`. Nothing is decoded there, so characters that could end it are written as JSON
/// escapes.
fn html(data: &Value) -> Html {
    Html::new(data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}
