//! The settings of the site, from `content/site.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, RelPath, Severity};
use crate::source::yaml::from_yaml::OpenMap;
use crate::source::yaml::{RawYaml, Text};

/// What all pages share.
#[derive(Clone, Debug)]
pub(crate) struct SiteInfo {
    /// `content/site.yaml`.
    pub file: RelPath,
    /// The partnership's name.
    pub title: String,
    /// The absolute address of the site, without a `/` at its end.
    pub base_url: String,
    /// The BCP 47 tag of the text's language.
    pub language: String,
    /// The theme's folder in `themes/`.
    pub theme: Text,
    /// Settings for the theme, as written.
    pub theme_settings: OpenMap<RawYaml>,
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<NamedAddress>,
    /// The licence of its text.
    pub licence: Option<NamedAddress>,
    /// Contacts, the urgent ones first.
    pub contacts: Vec<Contact>,
    /// Words in capitals that are not acronyms, in the form of [`super::glossary::key`].
    pub ignored_acronyms: BTreeSet<String>,
    /// The severities that the site sets; `None` turns a code off.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

/// A name with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedAddress {
    /// The name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
}

/// Somebody whom readers can contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// The name of the person or service.
    pub name: String,
    /// What to contact them about.
    pub purpose: Option<String>,
    /// Telephone numbers, each with its hours.
    pub phones: Vec<Phone>,
    /// An email address.
    pub email: Option<String>,
    /// A postal address.
    pub address: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
    /// Their web page.
    pub url: Option<String>,
    /// Whether it is shown first on every page.
    pub urgent: bool,
}

/// A telephone number and its hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phone {
    /// The number as written.
    pub number: String,
    /// When it is answered.
    pub hours: Option<String>,
}
