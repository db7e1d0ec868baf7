//! The site as a whole: what `content/site.yaml` means.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, RelPath, Severity};
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
    /// One sentence for search engines.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Option<NamedAddress>,
    /// The licence of its text.
    pub licence: Option<NamedAddress>,
    /// Whom to turn to, the urgent first.
    pub contacts: Vec<Contact>,
    /// Capitals that are no acronyms, as they are looked up: see [`super::glossary::key`].
    pub ignored_acronyms: BTreeSet<String>,
    /// Severities that the site sets; nothing means that the code is off.
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

/// Somebody to turn to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Who answers.
    pub name: String,
    /// What for.
    pub purpose: Option<String>,
    /// Telephone numbers, each with its hours.
    pub phones: Vec<Phone>,
    /// An email address.
    pub email: Option<String>,
    /// A postal address.
    pub address: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// A page to go to.
    pub url: Option<String>,
    /// Whether it is shown first on every page.
    pub urgent: bool,
}

/// A telephone number and when it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phone {
    /// The number as written.
    pub number: String,
    /// When it is answered.
    pub hours: Option<String>,
}
