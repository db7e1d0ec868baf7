//! The frame around pages: top, table of contents, footer. Each part is rendered once for all pages that share it;
//! links to the page itself are then marked in the finished text.

use std::collections::BTreeMap;

use crate::render::page::page_list::PlannedPage;
use crate::render::route::Address;
use crate::render::theme::{self, RenderError, Theme, Value};
use crate::render::view::Html;
use crate::render::view::shared::{ChromePageView, ChromeView, PageView};

/// What a part of the frame depends on: the template, the path to the root, and the open entry of the contents.
type ChromeKey = (&'static str, String, String);

/// The frame parts for the pages of one year, or for the site's own pages.
pub(crate) struct PageChrome {
    parts: BTreeMap<ChromeKey, String>,
}

/// The keys of the parts of one page's frame.
fn keys(root: &str, current: &str) -> [ChromeKey; 3] {
    let of = |template, current: &str| (template, root.to_owned(), current.to_owned());
    [of("top.html", ""), of("contents.html", current), of("foot.html", "")]
}

impl PageChrome {
    /// Renders the frame parts that some pages need. A part that fails is empty and its error is reported once.
    #[must_use]
    pub(crate) fn new<'p, K: 'p>(
        base_url: &str,
        theme: &Theme,
        year: Option<&Value>,
        pages: impl Iterator<Item = &'p PlannedPage<K>>,
    ) -> (Self, Vec<(Address, RenderError)>) {
        let mut wanted: BTreeMap<ChromeKey, &Address> = BTreeMap::new();
        for planned in pages {
            let current = planned.current.as_ref().map_or("", |(_, entry)| entry.as_str());
            for key in keys(&planned.root(base_url), current) {
                wanted.entry(key).or_insert(&planned.address);
            }
        }
        let (mut parts, mut failures) = (BTreeMap::new(), Vec::new());
        for (key, page) in wanted {
            let (template, root, current) = &key;
            if *template == "contents.html" && year.is_none() {
                continue;
            }
            let location = theme::value_of(&ChromePageView { root: root.clone(), current: current.clone() });
            let given = [("page", location), ("year", year.cloned().unwrap_or_else(Value::none))];
            match theme.render(template, given) {
                Ok(bytes) => _ = parts.insert(key, String::from_utf8(bytes).unwrap_or_default()),
                Err(failure) => failures.push((page.clone(), failure)),
            }
        }
        (Self { parts }, failures)
    }

    /// The frame of a page. Links to the page and to the part it belongs to are marked as current.
    #[must_use]
    pub(crate) fn around(&self, page: &PageView, is_of_year: bool) -> ChromeView {
        let [top, contents, foot] = keys(&page.root, &page.current);
        let part = |key: &ChromeKey| self.parts.get(key).map_or("", String::as_str);
        let foot = Html(part(&foot).to_owned());
        // The top links to the site's own pages, the contents to the year's pages.
        if !is_of_year {
            let top = Html(marked(part(&top), page, &page.href, "page"));
            return ChromeView { top, contents: Html::default(), foot };
        }
        let mut contents = marked(part(&contents), page, &page.href, "page");
        if page.current != page.href && !page.current.is_empty() {
            contents = marked(&contents, page, &page.current, "true");
        }
        ChromeView { top: Html(part(&top).to_owned()), contents: Html(contents), foot }
    }
}

/// A part of the frame with `aria-current` on each link to an address.
fn marked(html: &str, page: &PageView, to: &str, how: &str) -> String {
    let link = format!(" href=\"{}{to}\"", page.root);
    let mut out = String::with_capacity(html.len() + 64);
    let mut from = 0;
    for at in memchr::memmem::find_iter(html.as_bytes(), &link) {
        let end = at + link.len();
        out.push_str(&html[from..end]);
        out.push_str(" aria-current=\"");
        out.push_str(how);
        out.push('"');
        from = end;
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_page_itself_are_marked() {
        let page = PageView { root: "../".into(), ..PageView::default() };
        let html = "<a href=\"../a/\">A</a> <a href=\"../a/b/\">B</a>";
        assert_eq!(
            marked(html, &page, "a/", "page"),
            "<a href=\"../a/\" aria-current=\"page\">A</a> <a href=\"../a/b/\">B</a>"
        );
    }
}
