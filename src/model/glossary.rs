//! The glossary: terms and their meanings.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics, excerpt};
use crate::source::files::GlossaryFile;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::yaml::ShortOr;

/// The path of the glossary.
pub(crate) const FILE: &str = "content/glossary.yaml";

#[derive(Clone, Debug, Default)]
pub(crate) struct Glossary {
    /// The terms, in the order written.
    pub terms: Vec<GlossaryTerm>,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GlossaryTerm {
    /// The term as written.
    pub term: String,
    pub meaning: String,
    /// Where to read more: a web address or a content file.
    pub link: Option<String>,
    pub location: Location,
}

/// The form in which terms and acronyms are looked up: lower case, without hyphens and spaces.
#[must_use]
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–')).flat_map(char::to_lowercase).collect()
}

/// Assembles `content/glossary.yaml`. Two spellings with the same [`key`] (`CP-IS`, `CPIS`) are one term given twice,
/// and the first is kept.
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
            let message = format!("`{}` is given twice: hyphens, spaces and capitals make no difference", term.value);
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
            let message = format!("`link` must be a web address or a page of this site, but is `{}`", excerpt(link));
            let help = "write a web address that begins with `https://`, or a page of this site: `pages/help.md`";
            diagnostics.push(Diagnostic::new(Code::BadValue, Location::new(file, link.span), message).help(help));
        }
        // A term whose meaning could not be read is kept: its uses should not be reported as undefined.
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
        let problems = read.diagnostics.iter().chain(&assembled.diagnostics);
        terms
            .chain(problems.map(|d| format!("{} at `{}`", d.code, d.location.span.slice(text))))
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
    fn a_term_is_kept_once_however_it_is_spelt() {
        assert_eq!(check("CP-IS: a\ncpis: b\n"), "CP-IS: a\nduplicate-key at `cpis`");
        assert_eq!(check("SAR: a\nSAR: b\n"), "SAR: a\nduplicate-key at `SAR`");
    }
}
