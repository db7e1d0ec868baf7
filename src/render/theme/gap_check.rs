//! Finds texts with gaps, such as `{n} boards`, that a template writes as they are.

use super::copy::originals;
use super::template_paths::{PathStep, read_expression};
use super::template_tags::tags;
use super::template_text::Templates;
use crate::diagnostic::{Code, Diagnostic, Location, Span};
use crate::locale::{Locale, placeholders};

/// Checks the templates that belong to the site.
pub(super) fn check(templates: &Templates, words: &Locale) -> Vec<Diagnostic> {
    let texts = words.plain();
    let mut found = Vec::new();
    for template in templates.values().filter(|template| !template.is_carried) {
        for (key, span) in written(&template.text) {
            let Some((gap, _)) = texts.get(key).and_then(|text| placeholders(text).next()) else { continue };
            if is_for_scripts(key) {
                continue;
            }
            let message = format!("the text `{key}` has the gap `{{{gap}}}`, which this leaves open");
            let help = format!("write `t(key=\"{key}\", {gap}=…)` to fill it");
            let at = Location::new(&template.file, span);
            found.push(Diagnostic::new(Code::TemplateError, at, message).help(help));
        }
    }
    found
}

/// Whether the built-in theme writes a text with its gaps too, for a script to fill.
fn is_for_scripts(key: &str) -> bool {
    let templates = originals().filter(|original| original.path.starts_with("templates/"));
    templates.flat_map(|original| written(original.text)).any(|(known, _)| known == key)
}

/// The keys of the texts that a template takes from `words`, each with its place.
fn written(template: &str) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    for tag in tags(template).into_iter().filter(|tag| tag.is_print) {
        let paths = read_expression(template, tag.inner()).paths;
        found.extend(paths.into_iter().filter(|path| path.root == "words").filter_map(|path| match path.steps[..] {
            [PathStep::Field(key, span)] => Some((key, span)),
            _ => None,
        }));
    }
    found
}
