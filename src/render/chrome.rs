//! The frame around pages: top, table of contents, footer. Each part is rendered once for all pages that share it, and
//! its links are noted, so that a page only has to mark those that lead to itself.

use std::collections::{BTreeMap, HashMap};

use crate::render::page::page_list::PlannedPage;
use crate::render::route::Address;
use crate::render::theme::{self, RenderError, Theme, Value};
use crate::render::view::Html;
use crate::render::view::shared::{ChromePageView, ChromeView, PageView};

/// What a part of the frame depends on: the template, the path to the root, and the open entry of the contents.
type ChromeKey = (&'static str, String, String);

/// The frame parts for the pages of one year, or for the site's own pages.
pub(crate) struct PageChrome {
    parts: BTreeMap<ChromeKey, ChromePart>,
}

/// A rendered part of the frame.
struct ChromePart {
    html: String,
    /// For each address that it links to, the bytes at which those links' addresses end.
    links: HashMap<String, Vec<usize>>,
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
                Ok(bytes) => {
                    let part = ChromePart::new(String::from_utf8(bytes).unwrap_or_default(), root);
                    parts.insert(key, part);
                }
                Err(failure) => failures.push((page.clone(), failure)),
            }
        }
        (Self { parts }, failures)
    }

    /// The frame of a page. Links to the page and to the part it belongs to are marked as current.
    #[must_use]
    pub(crate) fn around(&self, page: &PageView, is_of_year: bool) -> ChromeView {
        let [top, contents, foot] = keys(&page.root, &page.current);
        let html = |key: &ChromeKey, marks: &[(&str, &str)]| {
            Html::new(self.parts.get(key).map(|part| part.marked(marks)).unwrap_or_default())
        };
        let (itself, above) = ((page.href.as_str(), "page"), (page.current.as_str(), "true"));
        // The top links to the site's own pages, the contents to the year's pages.
        let (in_top, in_contents): (&[_], &[_]) = match is_of_year {
            false => (&[itself], &[]),
            true if page.current == page.href || page.current.is_empty() => (&[], &[itself]),
            true => (&[], &[itself, above]),
        };
        let contents = if is_of_year { html(&contents, in_contents) } else { Html::default() };
        ChromeView { top: html(&top, in_top), contents, foot: html(&foot, &[]) }
    }
}

impl ChromePart {
    /// Notes the links of a rendered part. Its template writes them, in whatever markup its theme likes, so where they
    /// are is only known now. `root` is the path to the site's root before each address.
    fn new(html: String, root: &str) -> Self {
        let before = format!(" href=\"{root}");
        let mut links: HashMap<String, Vec<usize>> = HashMap::new();
        for at in memchr::memmem::find_iter(html.as_bytes(), &before) {
            let start = at + before.len();
            if let Some(length) = html[start..].find('"') {
                links.entry(html[start..start + length].to_owned()).or_default().push(start + length + 1);
            }
        }
        Self { html, links }
    }

    /// The part with `aria-current` on its links to some addresses, each given with the attribute's value.
    fn marked(&self, marks: &[(&str, &str)]) -> String {
        let ends = |address| self.links.get(address).into_iter().flatten();
        let mut places: Vec<_> = marks.iter().flat_map(|(to, how)| ends(*to).map(move |end| (*end, *how))).collect();
        places.sort_unstable();
        let mut out = String::with_capacity(self.html.len() + 64);
        let mut from = 0;
        for (end, how) in places {
            out.push_str(&self.html[from..end]);
            out.push_str(" aria-current=\"");
            out.push_str(how);
            out.push('"');
            from = end;
        }
        out.push_str(&self.html[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_page_itself_are_marked() {
        let html = "<a href=\"../a/\">A</a> <a href=\"../a/b/\">B</a> <a href=\"../c/\">C</a> <a href=\"../a/\">D</a>";
        let part = ChromePart::new(html.to_owned(), "../");
        assert_eq!(
            part.marked(&[("a/", "page"), ("c/", "true"), ("d/", "true")]),
            "<a href=\"../a/\" aria-current=\"page\">A</a> <a href=\"../a/b/\">B</a> \
             <a href=\"../c/\" aria-current=\"true\">C</a> <a href=\"../a/\" aria-current=\"page\">D</a>"
        );
        assert_eq!(part.marked(&[]), html);
    }
}
