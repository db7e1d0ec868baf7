//! What the template of one page is given, and where its parts come from, for people who make themes.

use std::iter;

use serde_json::Value;

use super::chrome::PageChrome;
use super::compose::Composer;
use super::context::{SiteContext, YearContext, YearIndex};
use super::page::page_list::{self, PlannedPage};
use super::page::shared;
use super::redact::Redactor;
use super::render_year::site_plan;
use super::route::Address;
use super::theme::{self, TemplateParts, Theme};
use super::view::shared::{ChromeView, PageView, SiteView, YearView};
use super::view::template::{PageInput, templates};
use super::view::{View, ViewReference, ViewShape};

/// The most entries of a list that are shown. The others have the same fields.
const MOST_ENTRIES: usize = 3;
/// The most characters of a text that are shown.
const MOST_CHARACTERS: usize = 240;
/// The templates of the parts that most pages share, beside the page's own.
const FRAME: [&str; 3] = ["top.html", "contents.html", "foot.html"];

/// What a page is made from.
pub(crate) struct PageInspection {
    pub title: String,
    /// What its template renders, for example `a report's front page`; empty for a theme's own template.
    pub about: &'static str,
    /// Its template, and those of its frame, with where their parts come from.
    pub templates: Vec<(String, TemplateParts)>,
    /// What the template is given.
    pub fields: Vec<InspectedField>,
}

/// A value that a template is given, or a value within it.
pub(crate) struct InspectedField {
    /// As templates write it, such as `view.members.0.name`.
    pub path: String,
    /// What it holds, such as `text` or `list of LinkView`.
    pub type_name: String,
    /// What it means.
    pub about: &'static str,
    pub content: FieldContent,
}

/// What a field contains.
pub(crate) enum FieldContent {
    /// Nothing, or an empty text.
    Nothing,
    /// A text, a number, or true or false. A long text is cut off.
    Text { text: String, is_cut: bool },
    /// Fields of its own, which follow.
    Fields,
    /// Entries, the first of which follow, and how many there are.
    Entries(usize),
}

impl PageInspection {
    /// The page at an address. `None` if there is no such page.
    #[must_use]
    pub(super) fn of_page(site: &SiteContext<'_>, theme: &Theme, address: &Address) -> Option<Self> {
        let plan = site_plan(site);
        if let Some(at) = plan.iter().position(|planned| planned.address == *address) {
            return Some(Self::new(site, theme, None, &site.compose(&plan, at), &plan[at]));
        }
        site.routes.years.iter().enumerate().find_map(|(position, routes)| {
            let plan = page_list::of_year(site.report(routes), site.routes, routes, site.words);
            let at = plan.iter().position(|planned| planned.address == *address)?;
            let index = YearIndex::new(site, site.report(routes));
            let context = YearContext::new(site, &index, position);
            let year = shared::year::view(&context);
            Some(Self::new(site, theme, Some(&year), &context.compose(&plan, at), &plan[at]))
        })
    }

    fn new<K>(
        site: &SiteContext<'_>,
        theme: &Theme,
        year: Option<&YearView>,
        input: &PageInput,
        planned: &PlannedPage<K>,
    ) -> Self {
        let of_year = year.map(theme::value_of);
        let (chrome, _) = PageChrome::new(site.base_url, theme, of_year.as_ref(), iter::once(planned));
        let frame = chrome.around(&input.page, year.is_some());
        let known = templates().find(|template| template.name == input.template);
        let view = known.or_else(|| templates().find(|template| template.name == "page.html"));
        let view = view.and_then(|template| template.view).map(|view| view());
        let mut reader = FieldReader { redactor: site.redactor, fields: Vec::new() };
        reader.read_view("view", &to_json(&input.view), view.as_ref());
        reader.read_view("page", &to_json(&input.page), Some(&PageView::reference()));
        reader.read_view("year", &to_json(&year), year.map(|_| YearView::reference()).as_ref());
        reader.read_view("site", &to_json(&shared::site::view(site)), Some(&SiteView::reference()));
        reader.read_view("settings", &to_json(&theme.settings), None);
        reader.read_view("frame", &to_json(&frame), Some(&ChromeView::reference()));
        let frame = FRAME.into_iter().filter(|name| year.is_some() || *name != "contents.html");
        let templates = iter::once(&*input.template).chain(frame);
        Self {
            title: reader.published(&planned.title),
            about: known.map_or("", |template| template.about),
            templates: theme.parts(templates),
            fields: reader.fields,
        }
    }
}

fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|_| unreachable!("views contain only texts, numbers and lists"))
}

/// Reads the values that a template is given.
struct FieldReader<'a> {
    redactor: &'a Redactor,
    fields: Vec<InspectedField>,
}

impl FieldReader<'_> {
    /// Reads a value that has a name of its own in templates.
    fn read_view(&mut self, name: &str, value: &Value, reference: Option<&ViewReference>) {
        let (type_name, about) = reference.map_or(("", ""), |reference| (reference.name, reference.about));
        let shape = ViewShape::Anything;
        self.read(name, value, (type_name.to_owned(), about), &shape, reference);
    }

    /// Reads a value, and what it contains. `described` are its type and meaning, `own` is the view that it is.
    fn read(
        &mut self,
        path: &str,
        value: &Value,
        described: (String, &'static str),
        shape: &ViewShape,
        own: Option<&ViewReference>,
    ) {
        let content = match value {
            Value::Object(_) => FieldContent::Fields,
            Value::Array(entries) => FieldContent::Entries(entries.len()),
            Value::Null => FieldContent::Nothing,
            Value::String(text) if text.is_empty() => FieldContent::Nothing,
            Value::String(text) => self.text(text),
            plain => FieldContent::Text { text: plain.to_string(), is_cut: false },
        };
        let (type_name, about) = described;
        self.fields.push(InspectedField { path: path.to_owned(), type_name, about, content });
        match (value, shape) {
            (Value::Object(fields), _) => {
                for (name, value) in fields {
                    let known = own.and_then(|view| view.fields.iter().find(|field| field.name == name));
                    let described =
                        known.map_or((String::new(), ""), |field| (plain(&field.type_name), field.about.trim()));
                    let shape = known.map_or(ViewShape::Anything, |field| field.shape.clone());
                    let inner = view_of(&shape);
                    self.read(&format!("{path}.{name}"), value, described, &shape, inner.as_ref());
                }
            }
            (Value::Array(entries), shape) => {
                let shape = match shape {
                    ViewShape::List(entry) => (**entry).clone(),
                    _ => ViewShape::Anything,
                };
                let inner = view_of(&shape);
                for (at, entry) in entries.iter().enumerate().take(MOST_ENTRIES) {
                    let name = inner.as_ref().map_or("", |view| view.name);
                    self.read(&format!("{path}.{at}"), entry, (name.to_owned(), ""), &shape, inner.as_ref());
                }
            }
            _ => {}
        }
    }

    fn text(&self, text: &str) -> FieldContent {
        let text = self.published(text);
        let end = text.char_indices().nth(MOST_CHARACTERS).map(|(end, _)| end);
        FieldContent::Text { text: text[..end.unwrap_or(text.len())].to_owned(), is_cut: end.is_some() }
    }

    /// A text as a page would have it: without words that must not be published.
    fn published(&self, text: &str) -> String {
        let swept = self.redactor.sweep("index.html", text.as_bytes().to_vec());
        String::from_utf8(swept).unwrap_or_default()
    }
}

/// The view that a field is.
fn view_of(shape: &ViewShape) -> Option<ViewReference> {
    match shape {
        ViewShape::View(view) => Some(view()),
        ViewShape::List(_) | ViewShape::Anything | ViewShape::Plain => None,
    }
}

/// The name of a type without links: `list of LinkView`.
fn plain(type_name: &str) -> String {
    let mut out = String::new();
    let mut rest = type_name;
    while let Some((before, linked)) = rest.split_once('[') {
        let (name, after) = linked.split_once("](").unwrap_or((linked, ")"));
        out.extend([before, name]);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_without_links() {
        assert_eq!(plain("list of [LinkView](#linkview), or nothing"), "list of LinkView, or nothing");
        assert_eq!(plain("true or false"), "true or false");
    }
}
