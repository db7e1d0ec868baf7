//! Translations: files next to their originals, with a language tag before the extension (`assurance.cy.md` next to
//! `assurance.md`).
//!
//! A site in another language is the same tree of files, with each translation in place of its original. It is built
//! like the site itself, so nothing else needs to know about languages.

use std::collections::BTreeMap;

use super::SourceTree;
use super::files::{PublicationStatus, SubmissionFrontMatter};
use super::front_matter;
use super::tree::STATIC_DIR;
use super::yaml::read_document;
use crate::diagnostic::{RelPath, SourceTexts};

/// A site in another language.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    /// The tag of the language, such as `cy`.
    pub language: String,
    /// The site's files, with each translation in place of its original.
    pub tree: SourceTree,
    /// The paths of the translations, by the paths of their originals.
    pub files: BTreeMap<RelPath, RelPath>,
}

/// Splits the translations from a site's files, by language. `None` if there are none. A draft translation only
/// replaces its original if drafts are included.
#[must_use]
pub(crate) fn split(tree: &SourceTree, drafts: bool) -> Option<(SourceTree, Vec<Translation>)> {
    let mut languages: BTreeMap<&str, BTreeMap<RelPath, RelPath>> = BTreeMap::new();
    let mut unfinished: Vec<&RelPath> = Vec::new();
    for (file, _, _) in tree.files_under("content") {
        if let Some((original, language)) = original_of(file)
            && (tree.files.contains_key(&original) || tree.unreadable.contains(&original))
        {
            // A translation of an unreadable file is neither a translation nor a file of its own.
            if tree.unreadable.contains(&original) || (!drafts && is_draft(tree, file)) {
                unfinished.push(file);
            } else {
                languages.entry(language).or_default().insert(original, file.clone());
            }
        }
    }
    // An unreadable translation does not belong to the site's own language either.
    let has_original = |original: &RelPath| tree.files.contains_key(original) || tree.unreadable.contains(original);
    let is_translation = |file: &&RelPath| original_of(file).is_some_and(|(original, _)| has_original(&original));
    let unread: Vec<&RelPath> = tree.unreadable.iter().filter(is_translation).collect();
    if languages.is_empty() && unfinished.is_empty() && unread.is_empty() {
        return None;
    }
    let mut own = tree.clone();
    for file in unread {
        own.unreadable.remove(file);
    }
    for file in languages.values().flat_map(BTreeMap::values).chain(unfinished) {
        own.files.remove(file);
    }
    let translations = languages.into_iter().map(|(language, files)| {
        // What was wrong in reading is reported once, of the site's own language.
        let mut translated = SourceTree { diagnostics: Vec::new(), ..own.clone() };
        for (original, file) in &files {
            if let Some(content) = tree.files.get(file) {
                translated.files.insert(original.clone(), content.clone());
            }
        }
        Translation { language: language.to_owned(), tree: translated, files }
    });
    let translations = translations.collect();
    Some((own, translations))
}

/// The original of a translation that says it is a draft, and the tag of its language.
#[must_use]
pub(crate) fn draft_of<'a>(tree: &SourceTree, file: &'a RelPath) -> Option<(RelPath, &'a str)> {
    original_of(file).filter(|(original, _)| tree.files.contains_key(original) && is_draft(tree, file))
}

/// Whether the front matter of a submission or page says that it is a draft.
fn is_draft(tree: &SourceTree, file: &RelPath) -> bool {
    let Some(text) = &tree.text(file).filter(|text| text.contains("draft")) else { return false };
    let Some(yaml) = front_matter::split(file, text).value.yaml else { return false };
    // Pages have the same key. Everything else in the front matter is ignored here.
    let written = read_document::<SubmissionFrontMatter>(file, text, yaml).value;
    written.status.is_some_and(|status| status.value == PublicationStatus::Draft)
}

/// The original of a translation, and its language tag: two lower-case letters, optionally with a region (`fr-CA`).
#[must_use]
pub(crate) fn original_of(file: &RelPath) -> Option<(RelPath, &str)> {
    let (stem, language) = file.stem().rsplit_once('.').filter(|_| file.below(STATIC_DIR).is_none())?;
    let (primary, region) = language.split_once('-').map_or((language, ""), |(primary, region)| (primary, region));
    let is_language = primary.len() == 2
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && (region.is_empty() || (region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())))
        && matches!(file.extension(), "md" | "yaml");
    (is_language && !stem.is_empty()).then(|| (file.parent().join(&format!("{stem}.{}", file.extension())), language))
}

/// Guesses from a file's name without extension which file it translates, and into which language. Accepts the correct
/// form (`police.cy`) and common mistakes (`police-cy`, `police.CY`, `police.welsh`).
#[must_use]
pub(crate) fn language_of(stem: &str) -> Option<(&str, String)> {
    let at = stem.rfind(['.', '-', '_', ' '])?;
    let (original, word) = (&stem[..at], stem[at + 1..].to_ascii_lowercase());
    let is_tag = stem[at..].starts_with('.') && word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let language = match word.as_str() {
        // The only other language in which such reports must be available in England and Wales.
        "cy" | "cym" | "welsh" | "cymraeg" => "cy".to_owned(),
        _ if is_tag => word,
        // A tag with a region is only recognised in the correct form.
        _ => original_of(&RelPath::new(&format!("{stem}.md")))?.1.to_owned(),
    };
    let original = original.split_once('.').filter(|_| language.contains('-')).map_or(original, |(first, _)| first);
    Some((original, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_take_the_place_of_their_originals() {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: S"),
            ("content/2019-20/boards/risk.md", "English"),
            ("content/2019-20/boards/risk.cy.md", "Cymraeg"),
            ("content/2019-20/boards/alone.cy.md", "without an original"),
            ("content/2019-20/boards/risk.old.md", "not a language"),
            ("content/2019-20/data/budget.csv", ""),
            ("content/2019-20/data/budget.cy.csv", "numbers are not translated"),
        ]);
        let (own, translations) = split(&tree, false).unwrap();
        let text = |tree: &SourceTree, file: &str| tree.text(&RelPath::new(file)).map(|text| text.to_string());
        assert_eq!(text(&own, "content/2019-20/boards/risk.md").unwrap(), "English");
        assert_eq!(text(&own, "content/2019-20/boards/risk.cy.md"), None);
        assert_eq!(own.files.len(), 6);
        let with_draft = SourceTree::from_texts([
            ("content/2019-20/boards/risk.md", "English"),
            ("content/2019-20/boards/risk.cy.md", "---\nstatus: draft\n---\nHeb ei orffen"),
        ]);
        let (own_alone, none) = split(&with_draft, false).unwrap();
        assert_eq!((own_alone.files.len(), none.len()), (1, 0), "a draft is neither a translation nor a page");
        assert_eq!(split(&with_draft, true).unwrap().1.len(), 1);
        let [welsh] = &translations[..] else { panic!("one language") };
        assert_eq!((welsh.language.as_str(), welsh.files.len(), welsh.tree.files.len()), ("cy", 1, 6));
        assert_eq!(text(&welsh.tree, "content/2019-20/boards/risk.md").unwrap(), "Cymraeg");
        assert!(split(&own, false).is_none());
    }
}
