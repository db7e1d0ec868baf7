//! Terms and what they mean.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt};
use crate::source::files::GlossaryFile;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::yaml::ShortOr;

/// The file that the glossary is written in.
pub(crate) const FILE: &str = "content/glossary.yaml";

/// The terms of the glossary and the short names of boards, agencies and bodies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glossary {
    /// The terms, in the order written.
    pub terms: Vec<GlossaryTerm>,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GlossaryTerm {
    /// The term as it is written.
    pub term: String,
    /// What it means.
    pub meaning: String,
    /// Where to read more: an address, or a content file.
    pub link: Option<String>,
    /// Where it stands.
    pub location: Location,
}

/// The form in which terms and acronyms are looked up: without hyphens, spaces and case.
#[must_use]
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')).flat_map(char::to_lowercase).collect()
}

/// The terms that `content/glossary.yaml` writes. Two spellings that are looked up as one (`CP-IS`, `CPIS`) are one
/// term given twice; the first stands.
#[must_use]
pub(crate) fn assemble(file: &RelPath, written: &GlossaryFile) -> WithDiagnostics<Glossary> {
    let mut glossary = Glossary::default();
    let mut diagnostics = Vec::new();
    let mut first_of: HashMap<String, Span> = HashMap::new();
    for (term, entry) in &written.0 {
        let location = Location::new(file, term.span);
        let key = key(&term.value);
        if key.is_empty() {
            let empty = Diagnostic::new(Code::BadValue, location, "this term is empty");
            diagnostics.push(empty.help("write the term before the colon"));
            continue;
        }
        if let Some(first) = first_of.get(&key) {
            let message = format!("`{}` is given twice: hyphens, spaces and case make no other term", term.value);
            let twice = Diagnostic::new(Code::DuplicateKey, location, message);
            diagnostics
                .push(twice.related(Location::new(file, *first), "first given here").help("keep one of the two"));
            continue;
        }
        first_of.insert(key, term.span);
        let (meaning, link) = match entry {
            ShortOr::One(meaning) => (Some(meaning), None),
            ShortOr::More(entry) => (entry.meaning.as_ref(), entry.link.as_ref()),
        };
        if let Some(link) = link.filter(|link| !matches!(destination(link), LinkKind::Inside | LinkKind::Web)) {
            let message = format!("`link` leads to no page: `{}`", excerpt(link));
            let help = "write a web address that begins with `https://`, or a page of this site: `pages/help.md`";
            diagnostics.push(Diagnostic::new(Code::BadValue, Location::new(file, link.span), message).help(help));
        }
        // A term whose meaning could not be read stays a term, so that its uses are not diagnosed as well.
        glossary.terms.push(GlossaryTerm {
            term: term.value.clone(),
            meaning: meaning.map(|meaning| meaning.value.clone()).unwrap_or_default(),
            link: link.map(|link| link.value.clone()),
            location,
        });
    }
    WithDiagnostics::new(glossary, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml::read_document;

    fn check(text: &str) -> String {
        let file = RelPath::new("content/glossary.yaml");
        let read = read_document::<GlossaryFile>(&file, text, Span::new(0, text.len()));
        let assembled = assemble(&file, &read.value);
        let terms = assembled.value.terms.iter().map(|term| {
            let link = term.link.as_ref().map_or(String::new(), |link| format!(" ({link})"));
            format!("{}: {}{link}", term.term, term.meaning)
        });
        let faults = read.diagnostics.iter().chain(&assembled.diagnostics);
        terms
            .chain(faults.map(|d| format!("{} at `{}`", d.code, d.location.span.slice(text))))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn terms_have_a_meaning_and_perhaps_a_link() {
        assert_eq!(
            check(
                "MASH: Multi-agency safeguarding hub\nSAR: {meaning: Safeguarding adult review, link: https://a.b}\n"
            ),
            "MASH: Multi-agency safeguarding hub\nSAR: Safeguarding adult review (https://a.b)"
        );
        assert_eq!(check("SAR: {link: https://a.b}\n"), "SAR:  (https://a.b)\nmissing-key at `{`");
    }

    #[test]
    fn a_term_stands_once_however_it_is_spelt() {
        assert_eq!(check("CP-IS: a\ncpis: b\n"), "CP-IS: a\nduplicate-key at `cpis`");
        assert_eq!(check("SAR: a\nSAR: b\n"), "SAR: a\nduplicate-key at `SAR`");
    }
}
