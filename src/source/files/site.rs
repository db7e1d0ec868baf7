//! Settings for a whole site (`content/site.yaml`), and the entries of `content/glossary.yaml`.

use super::PublishEntry;
use super::documents::DocumentEntry;
use crate::quantity::Colour;
use crate::source::yaml::from_yaml::FreeMap;
use crate::source::yaml::{RawYaml, Spanned, Text, TextOr, Url};
use crate::{choice, record};

record! {
    /// `content/site.yaml`: settings for the whole site.
    pub struct SiteFile {
        /// The partnership's name.
        "title" required title: Text,
        /// The full web address at which the site is published, with or without a path.
        "base_url" required base_url: Spanned<Url>,
        /// The language of the texts, as a BCP 47 tag; `en-GB` by default.
        "language" optional language: Text,
        /// The theme: a folder in `themes/`; `civic` by default.
        "theme" optional theme: Text,
        /// One sentence about the site, for search engines.
        "description" optional description: Text,
        /// Who publishes the site.
        "publisher" optional publisher: NamedLink,
        /// The licence under which the texts are published.
        "licence" optional licence: NamedLink,
        /// The partnership's logo, colour and pictures.
        "brand" optional brand: BrandEntry,
        /// Titles of the documents in `content/documents/`, in the order of the list.
        "documents" optional documents: Vec<DocumentEntry>,
        /// Contacts for readers. Telephone numbers and addresses listed here are public, so they may appear anywhere.
        "contacts" optional contacts: Vec<ContactEntry>,
        /// Where boards and agencies send their submissions: an email address, or words. It is on their forms and never
        /// published.
        "return_to" optional return_to: Text,
        /// Words in capitals that are not acronyms.
        "acronyms" optional acronyms: AcronymsEntry,
        /// Your own severities for this site, by code: `error`, `warning`, `note` or `off`.
        "diagnostics" optional diagnostics: FreeMap<Spanned<SeverityWord>>,
        /// Places to publish to with `annal publish`, each with a name of your choice. They are never published.
        "publish" optional publish: FreeMap<PublishEntry>,
        /// Settings of the theme. `annal theme settings` lists them.
        "theme_settings" optional theme_settings: FreeMap<RawYaml>,
        /// Your own data, passed on to the theme's templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A name with a web address.
    pub struct NamedLink {
        /// The name to show.
        "name" required name: Text,
        /// The web address to link to.
        "url" optional url: Spanned<Url>,
    }
}

record! {
    /// What the partnership looks like. Pictures are files in `content/media/`.
    pub struct BrandEntry {
        /// The logo at the top of every page, such as `media/logo.svg`.
        "logo" optional logo: Text,
        /// The logo for dark screens.
        "logo_dark" optional logo_dark: Text,
        /// The colour of links, figures and bands, such as `"#12436d"`.
        "accent" optional accent: Spanned<Colour>,
        /// A picture for the site's front page and the cover of the printed report.
        "cover" optional cover: Text,
        /// The picture that is shown where somebody shares a link to the site: 1200 by 630 pixels.
        "share_image" optional share_image: Text,
    }
}

record! {
    /// A contact for readers.
    pub struct ContactEntry {
        /// The name of the person or service.
        "name" required name: Text,
        /// What the contact is for.
        "for" optional purpose: Text,
        /// A telephone number, or a list of numbers with their opening hours.
        "phone" optional phone: TextOr<Vec<PhoneEntry>>,
        /// An email address.
        "email" optional email: Text,
        /// A postal address.
        "address" optional address: Text,
        /// Opening hours.
        "hours" optional hours: Text,
        /// A web page.
        "url" optional url: Spanned<Url>,
        /// Whether this contact is shown first on every page.
        "urgent" optional urgent: Spanned<bool>,
    }
}

record! {
    /// A telephone number with its opening hours.
    pub struct PhoneEntry {
        /// The telephone number.
        "number" required number: Text,
        /// Opening hours of this number.
        "hours" optional hours: Text,
    }
}

record! {
    /// Rules for acronyms.
    pub struct AcronymsEntry {
        /// Words in capitals that are not acronyms.
        "ignore" optional ignore: Vec<Text>,
    }
}

choice! {
    /// A severity that a site chooses.
    pub enum SeverityWord {
        /// Stops the build.
        Error = "error",
        /// Should be fixed.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
        /// Not reported.
        Off = "off",
    }
}

record! {
    /// A term of `content/glossary.yaml` with a link.
    pub struct TermEntry {
        /// What the term means.
        "meaning" required meaning: Text,
        /// Where to read more: a web address, or a page of this site.
        "link" optional link: Text,
    }
}

/// `content/glossary.yaml`: terms and what they mean.
pub(crate) type GlossaryFile = FreeMap<TextOr<TermEntry>>;
