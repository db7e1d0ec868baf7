//! The functions and filters that templates have in addition to the engine's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::headings::headings;
use super::{template_error, value_of};
use crate::diagnostic::{RelPath, SourceText, Span};
use crate::escape;
use crate::locale::{Locale, decimal, group_thousands, interpolate, placeholders};
use crate::render::prose::{GapValues, ImageTarget, LinkDestination, LinkTargets, ProseOptions, UnplacedProse};
use crate::render::view::Html;
use crate::render::view::shared::PictureView;
use crate::source::markdown::Markdown;

/// Gives templates the functions `asset`, `image`, `headings`, and a `t` that fills every gap of a text. `addresses` are
/// the published addresses by path in `assets/`, and `pictures` the pictures among them.
pub(super) fn register_page_functions(
    tera: &mut Tera,
    addresses: &Arc<BTreeMap<String, String>>,
    pictures: &Arc<BTreeMap<String, PictureView>>,
    words: &Arc<Locale>,
) {
    let (words, addresses, pictures) = (Arc::clone(words), Arc::clone(addresses), Arc::clone(pictures));
    let of_images = Arc::clone(&addresses);
    tera.register_function("image", move |arguments: Kwargs, _: &State| image(&of_images, &pictures, &arguments));
    tera.register_function("t", move |arguments: Kwargs, _: &State| say(&words, &arguments, true));
    tera.register_function("asset", move |arguments: Kwargs, _: &State| asset(&addresses, &arguments));
    tera.register_function("headings", |arguments: Kwargs, _: &State| headings(&arguments));
}

/// Gives templates the function `t` and the filters that depend on the language.
pub(crate) fn register_texts(tera: &mut Tera, words: &Arc<Locale>) {
    let of_texts = Arc::clone(words);
    tera.register_function("t", move |arguments: Kwargs, _: &State| say(&of_texts, &arguments, false));
    let of_dates = Arc::clone(words);
    tera.register_filter("date", move |text: &str, _: Kwargs, _: &State| date(&of_dates, text));
    tera.register_filter("number", |number: f64, _: Kwargs, _: &State| decimal(number));
    tera.register_filter("whole_years", |text: &str, _: Kwargs, _: &State| {
        let mut html = String::new();
        escape::text_with_whole_years(&mut html, text);
        Value::safe_string(&html)
    });
    let of_markdown = Arc::clone(words);
    tera.register_filter("markdown", move |text: &str, _: Kwargs, _: &State| {
        Value::safe_string(&markdown(&of_markdown, text))
    });
}

/// The template function `asset(path=…)`: an asset's published address from the site's root.
fn asset(addresses: &BTreeMap<String, String>, arguments: &Kwargs) -> TeraResult<String> {
    let path = arguments.must_get::<&str>("path")?;
    addresses.get(path).cloned().ok_or_else(|| no_asset(path, addresses.keys()))
}

/// The template function `image(path=…)`: a picture's published address from the site's root, its
/// size, and its smaller copies.
fn image(
    addresses: &BTreeMap<String, String>,
    pictures: &BTreeMap<String, PictureView>,
    arguments: &Kwargs,
) -> TeraResult<Value> {
    let path = arguments.must_get::<&str>("path")?;
    if let Some(picture) = pictures.get(path) {
        return Ok(value_of(picture));
    }
    if addresses.contains_key(path) {
        return Err(tera::Error::message(format!(
            "`{path}` is not a picture whose size can be read: write `asset(path=\"{path}\")`"
        )));
    }
    Err(no_asset(path, pictures.keys()))
}

/// The error for a file that no theme has. `known` are those that could be meant.
fn no_asset<'a>(path: &str, known: impl Iterator<Item = &'a String>) -> tera::Error {
    let known: Vec<&str> = known.map(String::as_str).collect();
    tera::Error::message(format!("this theme has no asset `{path}`.{}{}", template_error::KNOWN, known.join(", ")))
}

/// The template function `t(key=…, n=…, …)`: a text of the interface with its placeholders filled in.
/// Scripts of the desk fill some gaps themselves, so it may leave them.
fn say(words: &Locale, arguments: &Kwargs, is_complete: bool) -> TeraResult<String> {
    let key = arguments.must_get::<&str>("key")?;
    let count = arguments.get::<i128>("n")?.and_then(|count| u128::try_from(count).ok());
    let text = words.find(key, count).ok_or_else(|| {
        let known: Vec<&str> = words.plain().into_keys().collect();
        tera::Error::message(format!("no locale has the text `{key}`.{}{}", template_error::KNOWN, known.join(", ")))
    })?;
    let number = count.and_then(|count| usize::try_from(count).ok()).map(group_thousands);
    let given = arguments.iter().filter_map(|(name, value)| match (name.as_str()?, &number) {
        ("n", Some(number)) => Some(("n", number.clone())),
        (name, _) => Some((name, value.to_string())),
    });
    let given: Vec<(&str, String)> = given.collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut gaps = placeholders(text).filter(|_| is_complete);
    if let Some((gap, _)) = gaps.find(|(gap, _)| !given.iter().any(|(name, _)| name == gap)) {
        return Err(tera::Error::message(format!(
            "the text `{key}` has the gap `{{{gap}}}`: write `{gap}=` to fill it"
        )));
    }
    Ok(interpolate(text, &given))
}

/// The filter `date`: a date such as `2024-06-12` in the page's language.
fn date(words: &Locale, text: &str) -> TeraResult<String> {
    let date: Date = text.parse().map_err(|_| {
        tera::Error::message(format!("`{text}` is not a date: write the year, month and day, such as `2024-06-12`"))
    })?;
    Ok(words.date(date))
}

/// The filter `markdown`: text with the Markdown that submissions may have. Its links must be whole addresses.
fn markdown(words: &Locale, text: &str) -> String {
    let (file, text) = (RelPath::new(""), SourceText::from(text));
    let whole = Span::new(0, text.len());
    let read = Markdown::of_file(&file, &text, whole).value;
    let options = ProseOptions { links: &NoTargets, terms: &[], items: &[], words };
    let values = GapValues {
        root: "",
        prefix: "",
        shift: 0,
        page: &|_, _| String::new(),
        chart: &|_| Html::default(),
        facts: &[],
        marks_terms: false,
    };
    UnplacedProse::new(&read, &[whole], &options).on_page(&values).into_html().text
}

/// A text that belongs to no page, so that it has no links within the site.
struct NoTargets;

impl LinkTargets for NoTargets {
    fn link(&self, _: &str) -> Option<(LinkDestination, String)> {
        None
    }

    fn image(&self, _: &str) -> Option<ImageTarget> {
        None
    }
}
