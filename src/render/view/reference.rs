//! Generates the reference of views from their declarations.

use std::collections::HashSet;
use std::fmt::Write;

use super::shared::{ChromePageView, ChromeView, PageView, SiteView, YearView};
use super::{View, ViewReference};

/// The views that templates receive in addition to `view`.
const SHARED: &[fn() -> ViewReference] =
    &[SiteView::reference, YearView::reference, PageView::reference, ChromeView::reference, ChromePageView::reference];

/// The section about one view.
fn section(view: &ViewReference) -> String {
    let mut text =
        format!("## {}\n\n{}\n\n| field | holds | means |\n| --- | --- | --- |\n", view.name, view.about.trim());
    for field in &view.fields {
        let about = field.about.trim().replace('|', "\\|");
        _ = writeln!(text, "| `{}` | {} | {about} |", field.name, field.type_name);
    }
    text
}

/// Adds the sections of a view and of the views it contains, unless they have been added already.
fn write_sections(view: &ViewReference, seen: &mut HashSet<&'static str>, sections: &mut Vec<String>) {
    if seen.insert(view.name) {
        sections.push(section(view));
        for field in &view.fields {
            if let Some(held) = field.shape.held() {
                write_sections(&held(), seen, sections);
            }
        }
    }
}

/// The whole reference, `docs/views.md`: every view that a template can use.
#[must_use]
pub(crate) fn reference() -> String {
    let (mut templates, mut seen, mut sections) = (String::new(), HashSet::new(), Vec::new());
    for view in SHARED {
        write_sections(&view(), &mut seen, &mut sections);
    }
    for template in super::template::templates() {
        let view = template.view.map(|view| view());
        let link = view.as_ref().map(|view| format!("[{}](#{})", view.name, view.name.to_lowercase()));
        let shared = if template.is_shared { "; its `page` is a [ChromePageView](#chromepageview)" } else { "" };
        let (name, link, about) = (template.name, link.as_deref().unwrap_or("nothing"), template.about);
        _ = writeln!(templates, "| `{name}` | {link} | {about}{shared} |");
        if let Some(view) = view {
            write_sections(&view, &mut seen, &mut sections);
        }
    }
    let sections = sections.join("\n");
    format!(
        "<!-- Generated from src/render/view by a test; run `ANNAL_BLESS=1 cargo test --lib views_are_documented` to update it. -->\n\
         # Data for templates\n\n\
         Every template receives `site` ([SiteView](#siteview)), `page` ([PageView](#pageview)) and `words`, the texts of \
         the interface by key. A page of a year also receives `year` ([YearView](#yearview)); on other pages `year` is \
         empty. The content of the page itself is in `view`.\n\n\
         Texts are escaped automatically; write HTML with `| safe`. Addresses are relative to the site's root: write \
         `href=\"{{{{ page.root }}}}{{{{ link.href }}}}\"`. Also at hand are `settings`, and [the functions and filters](theme-reference.md#functions) \
         that the reference of themes lists. While `annal serve` runs, [`/_desk/view/`](themes.md#how-a-page-is-made) shows what the \
         template of each page receives.\n\n\
         | template | `view` | page |\n| --- | --- | --- |\n{templates}\n{sections}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_documented() {
        crate::testing::assert_kept("docs/views.md", &reference());
    }
}
