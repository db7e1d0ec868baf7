//! What templates are given: a theme's contract, and the only types that turn into a template's values.
//!
//! Every page's template gets `site`, `words` and `page`, a page of a year `year` too, and `view`, which is one of
//! the types of this room by the kind of page. The reference `docs/views.md` is made of these declarations.

pub mod data;
pub mod parts;
pub mod print;
pub mod reference;
pub mod shared;
pub mod submission;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::escape;
use crate::source::yaml::{RawYaml, YamlNode, YamlValue};

pub use reference::{Described, View};

/// Declares a view: a struct whose every field is documented, for the compiler and for themes' writers alike.
#[macro_export]
macro_rules! view {
    ($($(#[doc = $about:literal])+ pub struct $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident: $type:ty,)+
    })+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, Debug, Default, serde::Serialize)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $crate::render::view::View for $name {
            const NAME: &'static str = stringify!($name);
            const ABOUT: &'static str = concat!($($about),+);

            fn fields() -> Vec<$crate::render::view::reference::ViewField> {
                vec![$($crate::render::view::reference::ViewField {
                    name: stringify!($field),
                    type_name: <$type as $crate::render::view::Described>::describe(),
                    about: concat!($($doc),+),
                },)+]
            }
        }

        impl $crate::render::view::Described for $name {
            fn describe() -> String {
                let name = <Self as $crate::render::view::View>::NAME;
                format!("[{name}](#{})", name.to_lowercase())
            }
        }
    )+};
}

/// HTML that is safe to put into a page as it is. In a template: `{{ html | safe }}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A text as HTML.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + text.len() / 16);
        escape::text(&mut html, text);
        Self(html)
    }
}

/// Whatever somebody wrote under `extra`, in the form in which it was written; single values are texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra(Option<YamlNode>);

impl Extra {
    /// What stands under `extra`.
    #[must_use]
    pub fn from_yaml(written: Option<&RawYaml>) -> Self {
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

/// A YAML node in the form in which it was written. Its depth is bounded by the reader of YAML.
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
