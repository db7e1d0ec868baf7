//! What holds for a whole site: `content/site.yaml`, and the entries of `content/glossary.yaml`.

use crate::source::yaml::from_yaml::FreeMap;
use crate::source::yaml::{RawYaml, Spanned, Text, TextOr, Url};
use crate::{choice, record};

record! {
    /// `content/site.yaml`: the site as a whole.
    pub struct SiteFile {
        /// The partnership's name.
        "title" required title: Text,
        /// The absolute address at which the site is published, with or without a path.
        "base_url" required base_url: Spanned<Url>,
        /// The BCP 47 tag of the text's language; `en-GB` unless given.
        "language" optional language: Text,
        /// A folder in `themes/`; `civic` unless given.
        "theme" optional theme: Text,
        /// One sentence for search engines.
        "description" optional description: Text,
        /// Who publishes the site.
        "publisher" optional publisher: NamedLink,
        /// The licence of the text.
        "licence" optional licence: NamedLink,
        /// Whom to turn to. Numbers and addresses here are official and may stand anywhere.
        "contacts" optional contacts: Vec<ContactEntry>,
        /// Capitals that are no acronyms.
        "acronyms" optional acronyms: AcronymsEntry,
        /// Severities for this site, by code: `error`, `warning`, `note` or `off`.
        "diagnostics" optional diagnostics: FreeMap<Spanned<SeverityWord>>,
        /// Named places to publish to.
        "publish" optional publish: FreeMap<PublishEntry>,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// A name with an address.
    pub struct NamedLink {
        /// The name.
        "name" required name: Text,
        /// The address.
        "url" optional url: Spanned<Url>,
    }
}

record! {
    /// Somebody to turn to.
    pub struct ContactEntry {
        /// Who answers.
        "name" required name: Text,
        /// What for.
        "for" optional purpose: Text,
        /// A telephone number, or several with the hours at which each is answered.
        "phone" optional phone: TextOr<Vec<PhoneEntry>>,
        /// An email address.
        "email" optional email: Text,
        /// A postal address.
        "address" optional address: Text,
        /// When somebody answers.
        "hours" optional hours: Text,
        /// A page to go to.
        "url" optional url: Spanned<Url>,
        /// Whether this contact is shown first on every page.
        "urgent" optional urgent: Spanned<bool>,
    }
}

record! {
    /// A telephone number and when it is answered.
    pub struct PhoneEntry {
        /// The number.
        "number" required number: Text,
        /// When it is answered.
        "hours" optional hours: Text,
    }
}

record! {
    /// How acronyms are told from other capitals.
    pub struct AcronymsEntry {
        /// Capitals that are no acronyms.
        "ignore" optional ignore: Vec<Text>,
    }
}

record! {
    /// A place to publish to.
    pub struct PublishEntry {
        /// Its address: `file:///srv/www/report`, `s3://bucket/prefix` …
        "to" required to: Text,
        /// The store's region, where it has any.
        "region" optional region: Text,
        /// The store's own address, where it is not the provider's.
        "endpoint" optional endpoint: Spanned<Url>,
    }
}

choice! {
    /// A severity as a site sets it.
    pub enum SeverityWord {
        /// Nothing is built.
        Error = "error",
        /// Worth mending.
        Warning = "warning",
        /// Worth knowing.
        Note = "note",
        /// Not said at all.
        Off = "off",
    }
}

record! {
    /// A term of `content/glossary.yaml` with more than its meaning.
    pub struct TermEntry {
        /// What it means.
        "meaning" required meaning: Text,
        /// Where to read more.
        "link" optional link: Text,
    }
}

/// `content/glossary.yaml`: terms and what they mean.
pub(crate) type GlossaryFile = FreeMap<TextOr<TermEntry>>;
