//! The feed of reports.

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::escape;
use crate::model::Report;
use crate::render::anchors::correction_anchor;
use crate::render::context::SiteContext;
use crate::source::markdown::readable_blocks;

/// `atom.xml`: every report, newest first, each after its corrections. A report's date is its publication, or else the end
/// of its period, or that of its latest correction; never the build time, so two builds give the same bytes.
#[must_use]
pub(crate) fn atom(site: &SiteContext<'_>) -> String {
    let info = &site.archive.site;
    let reports: Vec<_> = site.routes.years.iter().map(|year| (year, &site.archive.reports[year.report])).collect();
    let moment = |report: &Report| {
        let date = report.published.or(report.period.map(|(_, to)| to));
        let date = date.max(report.corrections.first().map(|latest| latest.on));
        date.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), midnight)
    };
    let updated = reports.iter().map(|(_, report)| moment(report)).max();
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let mut element = |open: &str, text: &str, close: &str| {
        xml.push_str(open);
        escape::attribute(&mut xml, text);
        xml.push_str(close);
    };
    let home = format!("{}/", site.base_url);
    element("<title>", &info.title, "</title>\n");
    element("<id>", &home, "</id>\n");
    element("<link href=\"", &home, "\"/>\n");
    element("<link rel=\"self\" href=\"", &format!("{home}atom.xml"), "\"/>\n");
    element("<updated>", updated.as_deref().unwrap_or("1970-01-01T00:00:00Z"), "</updated>\n");
    let author = info.publisher.as_ref().map_or(&info.title, |publisher| &publisher.name);
    element("<author><name>", author, "</name></author>\n");
    for (year, report) in reports {
        let address = format!("{home}{}", year.front);
        for (number, correction) in report.corrections.iter().enumerate() {
            let place = format!("{address}#{}", correction_anchor(report, number));
            element("<entry>\n<title>", &site.words.say("correction_of", &[("title", &report.title)]), "</title>\n");
            element("<id>", &place, "</id>\n");
            element("<link href=\"", &place, "\"/>\n");
            element("<updated>", &midnight(correction.on), "</updated>\n");
            let what = readable_blocks(&correction.what, Span::new(0, correction.what.text().len()));
            element("<summary>", &what.join(" "), "</summary>\n");
            element("", "", "</entry>\n");
        }
        element("<entry>\n<title>", &report.title, "</title>\n");
        element("<id>", &address, "</id>\n");
        element("<link href=\"", &address, "\"/>\n");
        element("<updated>", &moment(report), "</updated>\n");
        let foreword = report.pages.iter().find(|page| page.id == "foreword").and_then(|page| page.summary.as_ref());
        if let Some(summary) = foreword {
            element("<summary>", summary, "</summary>\n");
        }
        element("", "", "</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

/// The start of a day, as the feed has moments.
fn midnight(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
