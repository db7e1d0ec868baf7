//! Translations: files that stand beside those that they translate, with a language before their ending
//! (`assurance.cy.md` beside `assurance.md`).
//!
//! A site in another language is the same files with each translation in its original's place. So it is built as the
//! site itself is, and nothing else has to know of languages.

use std::collections::BTreeMap;

use super::SourceTree;
use super::tree::{Hash, hash_on};
use crate::diagnostic::RelPath;

/// A site in another language.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The language's tag: `cy`.
    pub language: String,
    /// The site's files, each translation in the place of its original.
    pub tree: SourceTree,
    /// The translations by their originals.
    pub files: BTreeMap<RelPath, RelPath>,
    /// The hash of the originals, which are not in its tree.
    pub originals: Hash,
}

/// Takes the translations out of a site's files, language by language. Nothing where there are none.
#[must_use]
pub fn split(tree: &SourceTree) -> Option<(SourceTree, Vec<Translation>)> {
    let mut languages: BTreeMap<&str, BTreeMap<RelPath, RelPath>> = BTreeMap::new();
    for (file, _, _) in tree.below("content") {
        if let Some((original, language)) = original_of(file)
            && tree.files.contains_key(&original)
        {
            languages.entry(language).or_default().insert(original, file.clone());
        }
    }
    if languages.is_empty() {
        return None;
    }
    let mut own = tree.clone();
    for file in languages.values().flat_map(BTreeMap::values) {
        own.files.remove(file);
    }
    let translations = languages.into_iter().map(|(language, files)| {
        let mut translated = own.clone();
        let mut originals = 0;
        for (original, file) in &files {
            let hash = tree.files.get(original).map_or(0, |file| file.hash);
            originals = hash_on(originals, &[original.as_str().as_bytes(), &hash.to_le_bytes()]);
            if let Some(content) = tree.files.get(file) {
                translated.files.insert(original.clone(), content.clone());
            }
        }
        Translation { language: language.to_owned(), tree: translated, files, originals }
    });
    let translations = translations.collect();
    Some((own, translations))
}

/// The file that a translation stands beside, and its language: of two small letters, perhaps with a region.
#[must_use]
pub fn original_of(file: &RelPath) -> Option<(RelPath, &str)> {
    let (stem, language) = file.stem().rsplit_once('.')?;
    let (primary, region) = language.split_once('-').map_or((language, ""), |(primary, region)| (primary, region));
    let is_language = primary.len() == 2
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && (region.is_empty() || (region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())))
        && matches!(file.extension(), "md" | "yaml");
    (is_language && !stem.is_empty()).then(|| (file.parent().join(&format!("{stem}.{}", file.extension())), language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_take_the_place_of_their_originals() {
        let tree = SourceTree::of_texts([
            ("content/site.yaml", "title: S"),
            ("content/2019-20/boards/risk.md", "English"),
            ("content/2019-20/boards/risk.cy.md", "Cymraeg"),
            ("content/2019-20/boards/alone.cy.md", "without an original"),
            ("content/2019-20/boards/risk.old.md", "no language"),
            ("content/2019-20/data/budget.csv", ""),
            ("content/2019-20/data/budget.cy.csv", "numbers are not translated"),
        ]);
        let (own, translations) = split(&tree).unwrap();
        let text = |tree: &SourceTree, file: &str| tree.shared_text(file).map(ToString::to_string);
        assert_eq!(text(&own, "content/2019-20/boards/risk.md").unwrap(), "English");
        assert_eq!(text(&own, "content/2019-20/boards/risk.cy.md"), None);
        assert_eq!(own.files.len(), 6);
        let [welsh] = &translations[..] else { panic!("one language") };
        assert_eq!((welsh.language.as_str(), welsh.files.len(), welsh.tree.files.len()), ("cy", 1, 6));
        assert_eq!(text(&welsh.tree, "content/2019-20/boards/risk.md").unwrap(), "Cymraeg");
        assert!(split(&own).is_none());
    }
}
