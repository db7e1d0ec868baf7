//! What holds for a whole site: `content/site.yaml`, and the entries of `content/glossary.yaml`.

use crate::source::yaml::shape::{Free, TextOr};
use crate::source::yaml::{Anything, Spanned, Text, Url};
use crate::{choice, record};

record! {
    /// `content/site.yaml`: the site as a whole.
    pub struct SiteFile {
        /// The partnership's name.
        "title" due title: Text,
        /// The absolute address at which the site is published, with or without a path.
        "base_url" due base_url: Spanned<Url>,
        /// The BCP 47 tag of the text's language; `en-GB` unless given.
        "language" may language: Text,
        /// A folder in `themes/`; `civic` unless given.
        "theme" may theme: Text,
        /// One sentence for search engines.
        "description" may description: Text,
        /// Who publishes the site.
        "publisher" may publisher: NamedLink,
        /// The licence of the text.
        "licence" may licence: NamedLink,
        /// Whom to turn to. Numbers and addresses here are official and may stand anywhere.
        "contacts" may contacts: Vec<ContactEntry>,
        /// Capitals that are no acronyms.
        "acronyms" may acronyms: AcronymsEntry,
        /// Severities for this site, by code: `error`, `warning`, `note` or `off`.
        "diagnostics" may diagnostics: Free<Spanned<SeverityWord>>,
        /// Named places to publish to.
        "publish" may publish: Free<PublishEntry>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// A name with an address.
    pub struct NamedLink {
        /// The name.
        "name" due name: Text,
        /// The address.
        "url" may url: Spanned<Url>,
    }
}

record! {
    /// Somebody to turn to.
    pub struct ContactEntry {
        /// Who answers.
        "name" due name: Text,
        /// What for.
        "for" may purpose: Text,
        /// A telephone number, or several with the hours at which each is answered.
        "phone" may phone: TextOr<Vec<PhoneEntry>>,
        /// An email address.
        "email" may email: Text,
        /// A postal address.
        "address" may address: Text,
        /// When somebody answers.
        "hours" may hours: Text,
        /// A page to go to.
        "url" may url: Spanned<Url>,
        /// Whether this contact is shown first on every page.
        "urgent" may urgent: Spanned<bool>,
    }
}

record! {
    /// A telephone number and when it is answered.
    pub struct PhoneEntry {
        /// The number.
        "number" due number: Text,
        /// When it is answered.
        "hours" may hours: Text,
    }
}

record! {
    /// How acronyms are told from other capitals.
    pub struct AcronymsEntry {
        /// Capitals that are no acronyms.
        "ignore" may ignore: Vec<Text>,
    }
}

record! {
    /// A place to publish to.
    pub struct PublishEntry {
        /// Its address: `file:///srv/www/report`, `s3://bucket/prefix` …
        "to" due to: Text,
        /// The store's region, where it has any.
        "region" may region: Text,
        /// The store's own address, where it is not the provider's.
        "endpoint" may endpoint: Spanned<Url>,
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
        "meaning" due meaning: Text,
        /// Where to read more.
        "link" may link: Text,
    }
}

/// `content/glossary.yaml`: terms and what they mean.
pub type GlossaryFile = Free<TextOr<TermEntry>>;
