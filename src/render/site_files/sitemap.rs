//! The sitemap for search engines.

use crate::escape;
use crate::render::route::Address;

/// `sitemap.xml`: every page that search engines should list, in order of address. `listed` contains the pages of each
/// year and of the site itself, each in order.
#[must_use]
pub(crate) fn sitemap<'a>(base_url: &str, listed: impl Iterator<Item = &'a Address>) -> String {
    let mut addresses: Vec<&Address> = listed.collect();
    addresses.sort();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        xml.push_str("<url><loc>");
        escape::text(&mut xml, base_url);
        xml.push('/');
        escape::text(&mut xml, address.as_str());
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
