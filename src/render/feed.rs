//! Files for machines: the map of the site, the feed of reports, and what servers and robots should know.

use super::languages::Languages;
use super::page::SiteContext;
use super::page::render_year::RenderedYear;
use super::route::Address;
use crate::escape;

/// What pages may load and do: nothing from elsewhere, and no script that is not a file of the site.
const POLICY: &str = "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'";

/// `sitemap.xml`: every page that search engines should know of, in the order of their addresses.
#[must_use]
pub fn sitemap(made: &[&RenderedYear]) -> String {
    // The addresses of a year's pages all begin with the year's, so that they stay together.
    let mut entries: Vec<(&Address, &str)> =
        made.iter().flat_map(|made| &made.sitemap).map(|(first, entries)| (first, entries.as_str())).collect();
    entries.sort();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    xml.reserve(entries.iter().map(|(_, entries)| entries.len()).sum());
    xml.extend(entries.iter().map(|(_, entries)| *entries));
    xml.push_str("</urlset>\n");
    xml
}

/// The entry of a page in `sitemap.xml`.
#[must_use]
pub fn sitemap_entry(base_url: &str, address: &Address) -> String {
    let mut xml = String::from("<url><loc>");
    escape::text(&mut xml, base_url);
    xml.push('/');
    escape::text(&mut xml, address.as_str());
    xml.push_str("</loc></url>\n");
    xml
}

/// `atom.xml`: every report, newest first. A report is as new as its publication, or else the end of its period, so
/// that two builds give the same bytes.
#[must_use]
pub fn atom(edition: &SiteContext<'_>) -> String {
    let site = &edition.archive.site;
    let reports: Vec<_> =
        edition.routes.years.iter().map(|year| (year, &edition.archive.reports[year.report])).collect();
    let moment = |report: &crate::model::Report| {
        let date = report.published.or(report.period.map(|(_, to)| to));
        date.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |date| format!("{date}T00:00:00Z"))
    };
    let updated = reports.iter().map(|(_, report)| moment(report)).max();
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let mut element = |open: &str, text: &str, close: &str| {
        xml.push_str(open);
        escape::attribute(&mut xml, text);
        xml.push_str(close);
    };
    let home = format!("{}/", edition.base_url);
    element("<title>", &site.title, "</title>\n");
    element("<id>", &home, "</id>\n");
    element("<link href=\"", &home, "\"/>\n");
    element("<link rel=\"self\" href=\"", &format!("{home}atom.xml"), "\"/>\n");
    element("<updated>", updated.as_deref().unwrap_or("1970-01-01T00:00:00Z"), "</updated>\n");
    let author = site.publisher.as_ref().map_or(&site.title, |publisher| &publisher.name);
    element("<author><name>", author, "</name></author>\n");
    for (year, report) in reports {
        let address = format!("{home}{}", year.front);
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

/// `robots.txt`.
#[must_use]
pub fn robots(base_url: &str, tongues: &Languages) -> String {
    let folders = tongues.all.iter().skip(1).map(|tongue| tongue.folder.as_str());
    let sitemaps = [""].into_iter().chain(folders).map(|folder| format!("Sitemap: {base_url}/{folder}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemaps.collect::<String>())
}

/// What an SVG that is opened by itself may do: draw, with its own styles and the pictures that stand in it.
pub const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// `_headers`, which static hosts send with the files: the policy again, that of pictures, and how long assets may be
/// kept.
#[must_use]
pub fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n\
         \u{20} X-Frame-Options: DENY\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n\n\
         /*.svg\n  Content-Security-Policy: {PICTURE_POLICY}\n  X-Content-Type-Options: nosniff\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
