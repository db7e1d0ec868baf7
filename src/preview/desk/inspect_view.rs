//! Shows how a page is made, for people who make themes: what its template is given, and where its templates, blocks and
//! components come from.

use serde::Serialize;

use super::problem_list::{MessagePart, message_parts, source_address};
use super::templates::{INSPECT, INSPECT_LIST, PageTemplates};
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Diagnostic, percent_encoded};
use crate::locale::Locale;
use crate::output::OutputTree;
use crate::preview::page_urls::{INSPECTIONS, address};
use crate::render::inspect::{FieldContent, InspectedField, PageInspection};
use crate::render::theme::{PartPlace, TemplatePart, TemplateParts};

/// How a page is made.
#[derive(Serialize)]
struct InspectView<'a> {
    title: &'a str,
    /// The address of the page.
    page: String,
    /// What its template is for.
    about: &'a str,
    templates: Vec<TemplateView<'a>>,
    /// What the template receives: each value with the values in it.
    given: Vec<Vec<FieldView<'a>>>,
}

/// A template that the page is rendered with.
#[derive(Serialize)]
struct TemplateView<'a> {
    name: &'a str,
    /// The template and those that it extends.
    chain: Vec<PlaceView<'a>>,
    blocks: Vec<NamedPartView<'a>>,
    components: Vec<NamedPartView<'a>>,
}

/// A block or component.
#[derive(Serialize)]
struct NamedPartView<'a> {
    name: &'a str,
    place: Option<PlaceView<'a>>,
    /// The places that it replaces.
    replaced: Vec<PlaceView<'a>>,
    /// Whether it repeats what it replaces.
    has_super: bool,
}

/// A place in a template.
#[derive(Serialize)]
struct PlaceView<'a> {
    /// The theme's file, or the template's name if it is built in.
    name: &'a str,
    line: usize,
    /// The address of the line in the site's own file; `None` if it is built in.
    source: Option<String>,
}

/// A value that the template receives.
#[derive(Serialize)]
struct FieldView<'a> {
    path: &'a str,
    type_name: &'a str,
    about: Vec<MessagePart<'a>>,
    /// The value, or what it contains in words.
    text: String,
    /// Whether `text` is in the words of this page and not a value.
    is_note: bool,
}

impl<'a> TemplateView<'a> {
    fn new(name: &'a str, parts: &'a TemplateParts) -> Self {
        Self {
            name,
            chain: parts.templates.iter().map(PlaceView::new).collect(),
            blocks: parts.blocks.iter().map(NamedPartView::new).collect(),
            components: parts.components.iter().map(NamedPartView::new).collect(),
        }
    }
}

impl<'a> NamedPartView<'a> {
    fn new(part: &'a TemplatePart) -> Self {
        let mut places = part.places.iter().map(PlaceView::new);
        Self { name: &part.name, place: places.next(), replaced: places.collect(), has_super: part.has_super }
    }
}

impl<'a> PlaceView<'a> {
    fn new(place: &'a PartPlace) -> Self {
        let source = (!place.is_carried).then(|| source_address(place.file.as_str(), place.line));
        let name = if place.is_carried { place.template.as_str() } else { place.file.as_str() };
        Self { name, line: place.line, source }
    }
}

impl<'a> FieldView<'a> {
    fn new(field: &'a InspectedField, words: &Locale) -> Self {
        let (text, is_note) = match &field.content {
            FieldContent::Nothing => (words.text("desk.inspect-nothing").to_owned(), true),
            FieldContent::Text { text, is_cut: false } => (text.clone(), false),
            FieldContent::Text { text, is_cut: true } => (format!("{text} …"), false),
            FieldContent::Fields => (String::new(), true),
            FieldContent::Entries(entries) => (words.count("desk.inspect-entries", *entries), true),
        };
        Self { path: &field.path, type_name: &field.type_name, about: message_parts(field.about.trim()), text, is_note }
    }
}

/// The page that shows how the page at an address is made. Words that `diagnostics` flag are masked.
#[must_use]
pub(crate) fn inspect_page(
    templates: &PageTemplates,
    inspection: &PageInspection,
    address: &str,
    diagnostics: &[Diagnostic],
) -> String {
    let mut given: Vec<Vec<FieldView<'_>>> = Vec::new();
    for field in &inspection.fields {
        let field_view = FieldView::new(field, &templates.words);
        match given.last_mut().filter(|_| field.path.contains('.')) {
            Some(value) => value.push(field_view),
            None => given.push(vec![field_view]),
        }
    }
    let view = InspectView {
        title: &inspection.title,
        page: percent_encoded(&format!("/{address}")),
        about: inspection.about,
        templates: inspection.templates.iter().map(|(name, parts)| TemplateView::new(name, parts)).collect(),
        given,
    };
    templates.render(INSPECT, &view, &Redactions::from_diagnostics(diagnostics))
}

/// The page that lists the pages of a site, each with a link to how it is made.
#[must_use]
pub(crate) fn inspect_list(templates: &PageTemplates, files: &OutputTree, diagnostics: &[Diagnostic]) -> String {
    /// What that page shows.
    #[derive(Serialize)]
    struct ListView {
        pages: Vec<ListedPage>,
    }
    /// A page, and where it is shown how it is made.
    #[derive(Serialize)]
    struct ListedPage {
        address: String,
        href: String,
    }
    let pages = files.files.keys().map(|path| address(path.as_str())).filter(|address| address.ends_with('/'));
    let page = |address: String| {
        // The address without a page is that of this list.
        let page = if address == "/" { "index.html" } else { address.trim_start_matches('/') };
        let href = percent_encoded(&format!("{INSPECTIONS}{page}"));
        ListedPage { address, href }
    };
    let view = ListView { pages: pages.map(page).collect() };
    templates.render(INSPECT_LIST, &view, &Redactions::from_diagnostics(diagnostics))
}
