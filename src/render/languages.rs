//! The languages of a site: the folder of each, and which texts are translated into it.

use std::collections::BTreeMap;

use super::route::Address;
use super::theme;
use super::view::shared::LanguageView;
use crate::diagnostic::RelPath;
use crate::model::SiteInfo;
use crate::source::SourceTree;

/// A language that the site is built in.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Language {
    /// Its tag: `cy`, `en-GB`.
    pub tag: String,
    /// Its own name for itself: `Cymraeg`.
    pub name: String,
    /// The folder of its pages from the site's root, with a `/` at the end; empty for the site's own language.
    pub folder: String,
}

/// The languages of a site, from the point of view of one of them.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Languages {
    /// All languages, the site's own first; empty if there is only one.
    pub all: Vec<Language>,
    /// The index of the language being built.
    pub current: usize,
    /// The originals that are translated into this language; `None` for the site's own language.
    pub translated: Option<BTreeMap<RelPath, RelPath>>,
}

impl Languages {
    /// The languages of a site with the given translations.
    #[must_use]
    pub(crate) fn new<'a>(tree: &SourceTree, site: &SiteInfo, others: impl Iterator<Item = &'a str>) -> Self {
        let language = |tag: &str, folder: String| Language {
            tag: tag.to_owned(),
            name: theme::language_name(tree, site, tag).unwrap_or_else(|| tag.to_owned()),
            folder,
        };
        let own = language(&site.language, String::new());
        let others = others.map(|tag| language(tag, format!("{tag}/")));
        Self { all: [own].into_iter().chain(others).collect(), ..Self::default() }
    }

    /// The same languages, from the point of view of another of them.
    #[must_use]
    pub(crate) fn in_other(&self, at: usize, translated: BTreeMap<RelPath, RelPath>) -> Self {
        Self { all: self.all.clone(), current: at, translated: Some(translated) }
    }

    /// The folder of the language being built.
    #[must_use]
    pub(crate) fn folder(&self) -> &str {
        self.all.get(self.current).map_or("", |language| &language.folder)
    }

    /// The language of a text that has not been translated.
    #[must_use]
    pub(crate) fn untranslated(&self, file: Option<&RelPath>) -> Option<&str> {
        let translated = self.translated.as_ref()?;
        file.filter(|file| !translated.contains_key(*file)).map(|_| self.all[0].tag.as_str())
    }

    /// Links to the page in every language: relative to the root of the language being built, and as a full URL.
    #[must_use]
    pub(crate) fn views(&self, page: &Address, base_url: &str) -> Vec<LanguageView> {
        let up = if self.folder().is_empty() { "" } else { "../" };
        let root = base_url.strip_suffix(self.folder().trim_end_matches('/')).unwrap_or(base_url).trim_end_matches('/');
        let view = |(at, language): (usize, &Language)| LanguageView {
            tag: language.tag.clone(),
            name: language.name.clone(),
            href: format!("{up}{}{page}", language.folder),
            url: format!("{root}/{}{page}", language.folder),
            is_current: at == self.current,
        };
        self.all.iter().enumerate().map(view).collect()
    }
}
