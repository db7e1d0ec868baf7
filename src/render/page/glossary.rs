//! The glossary, from A to Z.

use super::shared::letters::letter;
use crate::diagnostic::RelPath;
use crate::model::GlossaryTerm;
use crate::render::anchors::{letter_anchor, term_anchor};
use crate::render::context::SiteContext;
use crate::render::route::Address;
use crate::render::view::parts::{GlossaryLetterView, GlossaryView, TermView};
use crate::source::slug::slug;

pub(crate) fn view(site: &SiteContext<'_>) -> GlossaryView {
    let mut terms: Vec<(String, &GlossaryTerm)> =
        site.archive.glossary.terms.iter().map(|term| (slug(&term.term), term)).collect();
    terms.sort_by(|a, b| a.0.cmp(&b.0));
    let mut letters: Vec<GlossaryLetterView> = Vec::new();
    let mut last = String::new();
    for (slug, term) in terms {
        // Two spellings of one term share an anchor.
        if slug == last {
            continue;
        }
        let letter = letter(&slug);
        let entry = TermView {
            term: term.term.clone(),
            anchor: term_anchor(&term.term),
            meaning: term.meaning.clone(),
            href: link(site, term),
        };
        if let Some(group) = letters.last_mut().filter(|group| group.letter == letter) {
            group.terms.push(entry);
        } else {
            let anchor = letter_anchor(&letter);
            letters.push(GlossaryLetterView { letter, anchor, terms: vec![entry] });
        }
        last = slug;
    }
    GlossaryView { letters }
}

/// The link of a term: a page of the site, or a URL.
fn link(site: &SiteContext<'_>, term: &GlossaryTerm) -> String {
    let Some(link) = &term.link else { return String::new() };
    if link.starts_with("https://") || link.starts_with("http://") {
        return link.clone();
    }
    let below = link.trim_start_matches("@/").trim_start_matches("./");
    let (file, fragment) = below.split_once('#').map_or((below, None), |(file, fragment)| (file, Some(fragment)));
    let page = site.routes.page_of(&RelPath::new(&format!("content/{file}")));
    let href = |page: &Address| match fragment {
        Some(fragment) => format!("../{page}#{fragment}"),
        None => format!("../{page}"),
    };
    page.map(href).unwrap_or_default()
}
