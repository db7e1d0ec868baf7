//! Instructions for web crawlers.

use crate::render::languages::Languages;

/// `robots.txt`.
#[must_use]
pub(crate) fn robots(base_url: &str, languages: &Languages) -> String {
    let folders = languages.all.iter().skip(1).map(|language| language.folder.as_str());
    let sitemaps = [""].into_iter().chain(folders).map(|folder| format!("Sitemap: {base_url}/{folder}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemaps.collect::<String>())
}
