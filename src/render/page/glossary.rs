//! The terms from A to Z.

use super::SiteContext;
use crate::model::GlossaryTerm;
use crate::render::view::parts::{GlossaryLetterView, GlossaryView, TermView};
use crate::source::slug::slug;

/// The fragment of a term on the glossary's page.
#[must_use]
pub fn anchor(term: &str) -> String {
    format!("term-{}", slug(term))
}

/// The letter under which something with a slug stands; all that begins with none stands together.
pub(super) fn letter(slug: &str) -> String {
    let first = slug.chars().next().filter(char::is_ascii_alphabetic);
    first.map_or_else(|| "0-9".to_owned(), |first| first.to_ascii_uppercase().to_string())
}

pub(super) fn view(edition: &SiteContext<'_>) -> GlossaryView {
    let mut terms: Vec<(String, &GlossaryTerm)> =
        edition.archive.glossary.terms.iter().map(|term| (slug(&term.term), term)).collect();
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    let mut letters: Vec<GlossaryLetterView> = Vec::new();
    let mut last = String::new();
    for (slug, term) in terms {
        // Two spellings of one term lead to one place.
        if slug == last {
            continue;
        }
        let letter = letter(&slug);
        let entry = TermView {
            term: term.term.clone(),
            anchor: anchor(&term.term),
            meaning: term.meaning.clone(),
            href: link(edition, term),
        };
        if let Some(group) = letters.last_mut().filter(|group| group.letter == letter) {
            group.terms.push(entry);
        } else {
            let anchor = format!("letter-{}", letter.to_ascii_lowercase());
            letters.push(GlossaryLetterView { letter, anchor, terms: vec![entry] });
        }
        last = slug;
    }
    GlossaryView { letters }
}

/// Where to read more of a term: a page of the site, or an address of the web.
fn link(edition: &SiteContext<'_>, term: &GlossaryTerm) -> String {
    let Some(link) = &term.link else { return String::new() };
    if link.starts_with("https://") || link.starts_with("http://") {
        return link.clone();
    }
    let below = link.trim_start_matches("@/").trim_start_matches("./");
    let (file, fragment) = below.split_once('#').map_or((below, None), |(file, fragment)| (file, Some(fragment)));
    let page = edition.routes.page_of(&crate::diagnostic::RelPath::new(&format!("content/{file}")));
    let href = |page: &crate::render::route::Address| match fragment {
        Some(fragment) => format!("../{page}#{fragment}"),
        None => format!("../{page}"),
    };
    page.map(href).unwrap_or_default()
}
