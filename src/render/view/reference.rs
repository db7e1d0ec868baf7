//! The reference of views, made from their declarations.

use std::collections::HashSet;
use std::fmt::Write;

use super::shared::{ChromePageView, ChromeView, PageView, SiteView, YearView};
use super::{View, ViewReference};

/// The views that templates get besides `view`.
const SHARED: &[fn() -> ViewReference] =
    &[SiteView::reference, YearView::reference, PageView::reference, ChromeView::reference, ChromePageView::reference];

/// The section of the reference about one view.
fn section(view: &ViewReference) -> String {
    let mut text =
        format!("## {}\n\n{}\n\n| field | holds | means |\n| --- | --- | --- |\n", view.name, view.about.trim());
    for field in &view.fields {
        let about = field.about.trim().replace('|', "\\|");
        _ = writeln!(text, "| `{}` | {} | {about} |", field.name, field.type_name);
    }
    text
}

/// The sections of a view and of those that it holds, unless they were written before.
fn write_sections(view: &ViewReference, seen: &mut HashSet<&'static str>, sections: &mut Vec<String>) {
    if seen.insert(view.name) {
        sections.push(section(view));
        for held in view.fields.iter().filter_map(|field| field.view) {
            write_sections(&held(), seen, sections);
        }
    }
}

/// The whole reference, `docs/views.md`: every view that a template can reach.
#[must_use]
pub(crate) fn reference() -> String {
    let (mut templates, mut seen, mut sections) = (String::new(), HashSet::new(), Vec::new());
    for view in SHARED {
        write_sections(&view(), &mut seen, &mut sections);
    }
    for template in super::template::templates() {
        let view = template.view.map(|view| view());
        let link = view.as_ref().map(|view| format!("[{}](#{})", view.name, view.name.to_lowercase()));
        let (name, link, about) = (template.name, link.as_deref().unwrap_or("nothing"), template.about);
        _ = writeln!(templates, "| `{name}` | {link} | {about} |");
        if let Some(view) = view {
            write_sections(&view, &mut seen, &mut sections);
        }
    }
    let sections = sections.join("\n");
    format!(
        "<!-- Made of src/render/view by a test; run `ANNAL_BLESS=1 cargo test --lib views_are_documented` to make it anew. -->\n\
         # What templates are given\n\n\
         Every template gets `site` ([SiteView](#siteview)), `page` ([PageView](#pageview)) and `words`, the texts of the \
         interface by key. A page of a year gets `year` too ([YearView](#yearview)); on other pages `year` is nothing. What \
         is a page's own is its `view`.\n\n\
         Texts are escaped by themselves; HTML is put in with `| safe`. Addresses count from the site's root: write \
         `href=\"{{{{ page.root }}}}{{{{ link.href }}}}\"`. Two functions are at hand: `asset(path=\"civic.css\")` gives the \
         address of a file of the theme's `assets/`, and `t(key=\"boards_count\", n=7)` a text with its gaps filled, in the form \
         for the number `n`.\n\n\
         | template | `view` | page |\n| --- | --- | --- |\n{templates}\n{sections}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the page lies on the disk")]
    fn views_are_documented() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/views.md");
        let made = reference();
        if std::env::var_os("ANNAL_BLESS").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            kept == made,
            "docs/views.md is out of date: run `ANNAL_BLESS=1 cargo test --lib views_are_documented`"
        );
    }
}
