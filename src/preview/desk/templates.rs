//! The templates of the preview's own pages: the desk, source files, and the page for addresses that do not exist.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use tera::{Context, Tera};

use crate::diagnostic::redact::Redactions;
use crate::locale::Locale;
use crate::render::theme::register_texts;

/// All templates: names and texts.
const TEMPLATES: [(&str, &str); 14] = [
    ("page.html", include_str!("templates/page.html")),
    ("problems.html", include_str!("templates/problems.html")),
    (DESK, include_str!("templates/desk.html")),
    ("entries.html", include_str!("templates/entries.html")),
    ("queues.html", include_str!("templates/queues.html")),
    ("year.html", include_str!("templates/year.html")),
    ("matrix.html", include_str!("templates/matrix.html")),
    ("difference.html", include_str!("templates/difference.html")),
    (FIX, include_str!("templates/fix.html")),
    (INTAKE, include_str!("templates/intake.html")),
    (SOURCE, include_str!("templates/source.html")),
    (INSPECT, include_str!("templates/inspect.html")),
    (INSPECT_LIST, include_str!("templates/inspect_list.html")),
    (NOT_FOUND, include_str!("templates/not_found.html")),
];

/// The template of the desk.
pub(super) const DESK: &str = "desk.html";
/// The template of the changes that can be made to a file.
pub(super) const FIX: &str = "fix.html";
/// The template of what a document would become.
pub(super) const INTAKE: &str = "intake.html";
/// The template of a source file.
pub(super) const SOURCE: &str = "source.html";
/// The template of how a page is made.
pub(super) const INSPECT: &str = "inspect.html";
/// The template of the list of pages, with links to how each is made.
pub(super) const INSPECT_LIST: &str = "inspect_list.html";
/// The template for addresses that do not exist.
pub(super) const NOT_FOUND: &str = "not_found.html";

/// The templates with the texts of one language, ready to render.
pub(crate) struct PageTemplates {
    tera: Tera,
    /// The texts of the site's main language.
    pub(in crate::preview) words: Arc<Locale>,
}

impl PageTemplates {
    /// Compiles the templates.
    #[must_use]
    pub(crate) fn new(words: Arc<Locale>) -> Self {
        let mut tera = Tera::new();
        register_texts(&mut tera, &words);
        tera.global_context().insert("language", words.tag());
        let added = tera.add_raw_templates(TEMPLATES);
        added.unwrap_or_else(|error| unreachable!("the templates are part of the program: {error}"));
        Self { tera, words }
    }

    /// Renders a page. Every text of the view is escaped, and `flagged` words in it are masked.
    #[must_use]
    pub(super) fn render(&self, template: &str, view: &impl Serialize, flagged: &Redactions) -> String {
        let mut view = serde_json::to_value(view).expect("views contain only texts, numbers and lists");
        clean(&mut view, flagged);
        let context = Context::from_serialize(&view).expect("every view is a struct");
        let page = self.tera.render(template, &context);
        page.unwrap_or_else(|error| unreachable!("tests render every page of the preview: {error}"))
    }
}

/// Masks flagged words in all texts of a view, and replaces control characters, which HTML does not allow.
fn clean(value: &mut Value, flagged: &Redactions) {
    match value {
        Value::String(text) => {
            let is_forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
            *text = flagged.hide(text).replace(is_forbidden, "\u{fffd}");
        }
        Value::Array(values) => values.iter_mut().for_each(|value| clean(value, flagged)),
        Value::Object(fields) => fields.values_mut().for_each(|value| clean(value, flagged)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl PageTemplates {
        /// The templates with the English texts of the built-in theme.
        pub(crate) fn english() -> Self {
            Self::new(Arc::new(crate::render::theme::carried_locale("en-GB")))
        }
    }

    #[test]
    fn texts_are_never_markup() {
        /// A source file.
        #[derive(Serialize)]
        struct View {
            path: &'static str,
            lines: [Line; 1],
        }
        /// A line of it.
        #[derive(Serialize)]
        struct Line {
            text: &'static str,
        }
        let view = View { path: "\"><script>", lines: [Line { text: "<b>&\0" }] };
        let page = PageTemplates::english().render(SOURCE, &view, &Redactions::from_diagnostics(&[]));
        assert!(page.contains("<h1>&quot;&gt;&lt;script&gt;</h1>"), "{page}");
        assert!(page.contains("<code>&lt;b&gt;&amp;\u{fffd}</code>"), "{page}");
    }
}
