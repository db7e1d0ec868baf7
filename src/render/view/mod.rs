//! The data that templates receive. These types are the contract with theme authors, and the only ones converted to
//! template values.
//!
//! Every page's template receives `site`, `words` and `page`; a page of a year also receives `year`; and `view` is one
//! of the types of this module, depending on the kind of page. The reference `docs/views.md` is generated from these
//! declarations.

pub(crate) mod commitments;
pub(crate) mod data;
pub(crate) mod governing;
pub(crate) mod indicators;
pub(crate) mod part;
pub(crate) mod parts;
pub(crate) mod print;
#[cfg(test)]
mod reference;
pub(crate) mod shared;
pub(crate) mod submission;
pub(crate) mod template;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::escape;
use crate::source::yaml::{RawYaml, YamlNode, YamlValue};

/// A view: a record that a template receives.
pub(crate) trait View {
    /// Its name, description, and fields in order of declaration.
    fn reference() -> ViewReference;
}

/// A view as described in the reference.
pub(crate) struct ViewReference {
    pub name: &'static str,
    /// Its description.
    pub about: &'static str,
    pub fields: Vec<ViewField>,
}

/// A field of a view.
pub(crate) struct ViewField {
    /// Its name in templates.
    pub name: &'static str,
    /// Its type, in Markdown.
    pub type_name: String,
    /// Its meaning.
    pub about: &'static str,
    /// What it contains.
    pub shape: ViewShape,
}

/// What a field contains, as far as templates can look into it.
#[derive(Clone, Debug)]
pub(crate) enum ViewShape {
    /// Whatever the site's files say.
    Anything,
    /// A text, a number, or true or false.
    Plain,
    View(fn() -> ViewReference),
    List(Box<ViewShape>),
}

#[cfg(test)]
impl ViewShape {
    /// The view that it is, or that its entries are.
    fn held(&self) -> Option<fn() -> ViewReference> {
        match self {
            Self::View(view) => Some(*view),
            Self::List(entries) => entries.held(),
            Self::Anything | Self::Plain => None,
        }
    }
}

impl ViewField {
    /// A field of type `T`.
    #[must_use]
    pub(crate) fn new<T: Described>(name: &'static str, about: &'static str) -> Self {
        Self { name, type_name: T::describe(), about, shape: T::shape() }
    }
}

/// A template for a page, or for a part of many pages.
pub(crate) struct Template {
    /// Its file in the theme's `templates/`.
    pub name: &'static str,
    /// The view that it receives, if it has one.
    pub view: Option<fn() -> ViewReference>,
    /// What it renders.
    pub about: &'static str,
    /// Whether it renders a part of many pages, whose `page` has only what those have in common.
    pub is_shared: bool,
}

/// Names a view that templates receive.
type MakeReference = fn() -> ViewReference;

/// What templates receive: the view of each, and what all of them share.
pub(crate) struct TemplateData {
    /// The templates for pages and for parts of many pages.
    pub templates: Vec<&'static Template>,
    /// What every template receives, by name.
    pub shared: Vec<(&'static str, MakeReference)>,
    /// The `page` of the templates of pages, and of those of parts of many pages.
    pub pages: [MakeReference; 2],
}

/// The template of a kind of page.
pub(crate) const fn template(name: &'static str, view: Option<fn() -> ViewReference>, about: &'static str) -> Template {
    Template { name, view, about, is_shared: false }
}

/// The template of a part of many pages.
pub(crate) const fn shared_template(name: &'static str, about: &'static str) -> Template {
    Template { name, view: None, about, is_shared: true }
}

/// A type that a field can have.
pub(crate) trait Described {
    /// The type's name for theme authors, in Markdown.
    fn describe() -> String;

    /// What it contains.
    #[must_use]
    fn shape() -> ViewShape {
        ViewShape::Plain
    }
}

/// Declares the names of plain types.
macro_rules! described {
    ($($type:ty = $words:literal,)+) => {$(
        impl Described for $type {
            fn describe() -> String {
                $words.to_owned()
            }
        }
    )+};
}

described! {
    String = "text",
    &'static str = "word",
    Html = "HTML",
    bool = "true or false",
    u8 = "number",
    u32 = "number",
    usize = "number",
}

impl Described for Extra {
    fn describe() -> String {
        "anything".to_owned()
    }

    fn shape() -> ViewShape {
        ViewShape::Anything
    }
}

impl<T: Described> Described for Vec<T> {
    fn describe() -> String {
        format!("list of {}", T::describe())
    }

    fn shape() -> ViewShape {
        ViewShape::List(Box::new(T::shape()))
    }
}

impl<T: Described> Described for Option<T> {
    fn describe() -> String {
        format!("{}, or nothing", T::describe())
    }

    fn shape() -> ViewShape {
        T::shape()
    }
}

/// Declares a view: a struct whose fields all have documentation, used by both the compiler and the reference for theme
/// authors. The fields of a type after `..` become the view's own.
#[macro_export]
macro_rules! view {
    ($($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty,)+
        $(..$rest:ident: $rest_type:ty,)?
    })+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, serde::Serialize)]
        pub(crate) struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
            $(
                /// Collects the fields of one declaration.
                #[serde(flatten)]
                pub $rest: $rest_type,
            )?
        }

        impl $crate::render::view::ViewContent for $name {
            fn charts(&self) -> usize {
                let fields: &[&dyn $crate::render::view::ViewContent] = &[$(&self.$field,)+ $(&self.$rest,)?];
                fields.iter().map(|field| field.charts()).sum()
            }
        }

        impl $crate::render::view::View for $name {
            fn reference() -> $crate::render::view::ViewReference {
                let fields = vec![
                    $($crate::render::view::ViewField::new::<$type>(stringify!($field), concat!($($doc),+)),)+
                ];
                $(let fields = fields.into_iter().chain(<$rest_type>::fields()).collect();)?
                $crate::render::view::ViewReference { name: stringify!($name), about: concat!($($about),+), fields }
            }
        }

        impl $crate::render::view::Described for $name {
            fn describe() -> String {
                let name = stringify!($name);
                format!("[{name}](#{})", name.to_lowercase())
            }

            fn shape() -> $crate::render::view::ViewShape {
                $crate::render::view::ViewShape::View(<Self as $crate::render::view::View>::reference)
            }
        }
    )+};
}

/// HTML that can be put into a page as it is. In a template: `{{ html | safe }}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub(crate) struct Html {
    pub text: String,
    /// The number of charts in it.
    #[serde(skip)]
    pub charts: usize,
}

impl Html {
    /// HTML without charts.
    #[must_use]
    pub(crate) fn new(text: String) -> Self {
        Self { text, charts: 0 }
    }

    /// A chart, or nothing if there was nothing to draw.
    #[must_use]
    pub(crate) fn from_chart(drawn: Option<String>) -> Self {
        drawn.map_or_else(Self::default, |text| Self { text, charts: 1 })
    }

    /// Escapes a text as HTML.
    #[must_use]
    pub(crate) fn of_text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + text.len() / 16);
        escape::text(&mut html, text);
        Self::new(html)
    }

    /// Adds other HTML at the end.
    pub(crate) fn push(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.charts += other.charts;
    }
}

/// What can be counted of a view without reading the page that it becomes.
pub(crate) trait ViewContent {
    /// The number of charts in it.
    fn charts(&self) -> usize;
}

/// Types of fields that have no charts.
macro_rules! without_charts {
    ($($type:ty),+) => {$(
        impl ViewContent for $type {
            fn charts(&self) -> usize {
                0
            }
        }
    )+};
}

without_charts!(String, &'static str, Extra, bool, u8, u32, usize);

impl ViewContent for Html {
    fn charts(&self) -> usize {
        self.charts
    }
}

impl<T: ViewContent> ViewContent for Vec<T> {
    fn charts(&self) -> usize {
        self.iter().map(T::charts).sum()
    }
}

impl<T: ViewContent> ViewContent for Option<T> {
    fn charts(&self) -> usize {
        self.as_ref().map_or(0, T::charts)
    }
}

/// Everything under `extra`, with the structure it has in YAML. Scalar values are texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extra(Option<YamlNode>);

impl Extra {
    /// The value of `extra`.
    #[must_use]
    pub(crate) fn from_yaml(written: Option<&RawYaml>) -> Self {
        Self(written.map(|anything| anything.0.clone()))
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(node) => AsWritten(node).serialize(serializer),
            None => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

/// A YAML node with its original structure. The YAML reader limits its depth.
struct AsWritten<'a>(&'a YamlNode);

impl Serialize for AsWritten<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            YamlValue::Nothing => serializer.serialize_none(),
            YamlValue::Text(text) => serializer.serialize_str(text),
            YamlValue::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&AsWritten(item))?;
                }
                list.end()
            }
            YamlValue::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(&key.text, &AsWritten(value))?;
                }
                map.end()
            }
        }
    }
}
