//! The settings of the site, from `content/site.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use super::site_picture::SitePicture;
use crate::diagnostic::{Code, RelPath, Severity};
use crate::quantity::Colour;
use crate::source::files::DocumentEntry;
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
    /// What it looks like.
    pub brand: Brand,
    /// Titles of the site's own documents, as written.
    pub documents: Vec<DocumentEntry>,
    /// Contacts, the urgent ones first.
    pub contacts: Vec<Contact>,
    /// Where submissions are to be sent: an email address, or words. It is never published.
    pub return_to: Option<String>,
    /// Words in capitals that are not acronyms, in the form of [`super::glossary::key`].
    pub ignored_acronyms: BTreeSet<String>,
    /// The severities that the site sets; `None` turns a code off.
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Free data for templates.
    pub extra: Option<RawYaml>,
}

/// What the partnership looks like, apart from the theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Brand {
    /// The logo at the top of every page.
    pub logo: Option<SitePicture>,
    /// The logo for dark screens.
    pub logo_dark: Option<SitePicture>,
    /// The colour of links, figures and bands. It can be read on white.
    pub accent: Option<Colour>,
    /// The picture on the site's front page and on the cover of the printed report.
    pub cover: Option<SitePicture>,
    /// The picture shown with links to the site.
    pub share_image: Option<SitePicture>,
}

/// The width and height of a picture that is shown with links, in pixels.
pub(crate) const SHARE_IMAGE_SIZE: (u32, u32) = (1200, 630);

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
