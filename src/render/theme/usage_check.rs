//! Finds what a theme brings and nothing uses: a component under a name that is not called, a template that no page reaches,
//! a custom property that no rule reads. After an update of annal these are changes that no longer have an effect.

use std::collections::{BTreeMap, BTreeSet};

use super::copy::{CopyMark, originals};
use super::custom_property::custom_properties;
use super::files::{ThemeFiles, ThemeSource};
use super::template_text::Templates;
use super::template_uses::{ComponentCall, DeclaredComponent, TemplateUses};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, excerpt, quoted_list};
use crate::render::view::TemplateData;
use crate::source::FileContent;

/// Checks the site's own templates. `named` are the templates that pages name in their front matter.
pub(super) fn check_templates(templates: &Templates, named: &BTreeSet<String>, data: &TemplateData) -> Vec<Diagnostic> {
    let uses: BTreeMap<&str, TemplateUses<'_>> =
        templates.iter().map(|(name, template)| (name.as_str(), TemplateUses::new(&template.text))).collect();
    let is_own = |name: &str| !templates[name].is_carried;
    let reached = reached(&uses, named, data);
    let calls: Vec<(&RelPath, &ComponentCall<'_>)> =
        uses.iter().flat_map(|(name, uses)| uses.calls.iter().map(|call| (&templates[*name].file, call))).collect();
    // Those of the built-in theme, whether the site's theme extends it or has copies of its files. Some are for other themes.
    let carried = originals().filter(|original| original.path.starts_with("templates/"));
    let original: BTreeSet<&str> = carried
        .flat_map(|original| TemplateUses::new(original.text).components)
        .map(|component| component.name)
        .collect();
    let mut found = Vec::new();
    for (name, uses) in uses.iter().filter(|(name, _)| is_own(name)) {
        let file = &templates[*name].file;
        for component in &uses.components {
            found.extend(check_component(file, component, &calls, &original));
        }
        let short = short(name);
        let is_copy = CopyMark::find(&templates[*name].text).is_some();
        if uses.components.is_empty() && !is_copy && !reached.contains(short) && !reached.contains(*name) {
            let message = format!("no page uses the template `{short}`");
            let known = data.templates.iter().map(|template| template.name).chain(uses_names(&reached));
            let help = did_you_mean(short, known)
                .unwrap_or_else(|| format!("remove it, or name it in the front matter of a page: `template: {short}`"));
            found.push(Diagnostic::new(Code::UnusedOverride, Location::whole(file), message).help(help));
        }
    }
    found
}

fn uses_names<'n>(names: &BTreeSet<&'n str>) -> impl Iterator<Item = &'n str> {
    names.iter().copied()
}

/// A component that nothing calls, or that does not fit its calls.
fn check_component(
    file: &RelPath,
    component: &DeclaredComponent<'_>,
    calls: &[(&RelPath, &ComponentCall<'_>)],
    original: &BTreeSet<&str>,
) -> Option<Diagnostic> {
    let own: Vec<_> = calls.iter().filter(|(_, call)| call.name == component.name).collect();
    let at = Location::new(file, component.span);
    // A whole copy of a file may have components that this theme's other templates no longer need.
    if own.is_empty() && !original.contains(component.name) {
        let message = format!("no template uses the component `{}`", component.name);
        let known = calls.iter().map(|(_, call)| call.name).chain(original.iter().copied());
        let help = did_you_mean(component.name, known).unwrap_or_else(|| "remove it, or use it".to_owned());
        return Some(Diagnostic::new(Code::UnusedOverride, at, message).help(help));
    }
    own.into_iter().find_map(|(caller, call)| {
        let has = |name: &str| component.arguments.iter().any(|argument| argument.name == name);
        let extra: Vec<&str> = call.arguments.iter().copied().filter(|name| !has(name)).collect();
        let is_missing = |name: &str| !call.has_more && !call.arguments.contains(&name);
        let missing = component.arguments.iter().filter(|argument| argument.is_required && is_missing(argument.name));
        let missing: Vec<&str> = missing.map(|argument| argument.name).collect();
        let (message, help) = if !extra.is_empty() {
            let message = format!("`{caller}` gives this component {}, which it does not have", quoted_list(&extra));
            (message, format!("add {} to its arguments", quoted_list(&extra)))
        } else if !missing.is_empty() {
            let message = format!("`{caller}` uses this component without {}", quoted_list(&missing));
            (message, "give the argument a default, such as `title: string = \"\"`, or remove it".to_owned())
        } else {
            return None;
        };
        Some(Diagnostic::new(Code::TemplateError, at.clone(), message).help(help))
    })
}

/// The names of the templates that pages are rendered with, and of those that these extend or include.
fn reached<'t>(
    uses: &BTreeMap<&'t str, TemplateUses<'t>>,
    named: &'t BTreeSet<String>,
    data: &TemplateData,
) -> BTreeSet<&'t str> {
    let mut open: Vec<&str> =
        data.templates.iter().map(|template| template.name).chain(named.iter().map(String::as_str)).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !reached.insert(name) {
            continue;
        }
        let of_name = uses.iter().filter(|(full, _)| **full == name || short(full) == name);
        for (_, uses) in of_name {
            open.extend(uses.extends.map(|(name, _)| name));
            open.extend(&uses.includes);
        }
    }
    reached
}

fn short(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, short)| short)
}

/// Checks the custom properties in the site's own style sheets.
pub(super) fn check_properties(chain: &[ThemeFiles]) -> Vec<Diagnostic> {
    let own = chain.iter().flatten().filter(|(_, file)| file.is_own && file.path.extension() == "css");
    let own: Vec<(&ThemeSource, &str)> = own.filter_map(|(_, file)| Some((file, text_of(file)?))).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let texts: Vec<&str> = chain.iter().flat_map(ThemeFiles::values).filter_map(text_of).collect();
    let (mut set, mut read) = (BTreeSet::new(), BTreeSet::new());
    for text in &texts {
        for (name, _, is_set) in properties(text) {
            if is_set {
                set.insert(name)
            } else {
                read.insert(name)
            };
        }
    }
    let mut found = Vec::new();
    for (file, text) in own {
        let mut seen = BTreeSet::new();
        for (name, span, is_set) in properties(text) {
            let at = Location::new(&file.path, span);
            if is_set && !read.contains(name) && seen.insert(name) {
                let message = format!("no rule reads the custom property `{name}`");
                let known = custom_properties().into_iter().map(|property| property.name);
                let help = did_you_mean(name, known)
                    .unwrap_or_else(|| format!("remove it, or read it in a rule: `var({name})`"));
                found.push(Diagnostic::new(Code::UnusedOverride, at, message).help(help));
            } else if !is_set && !set.contains(name) && !text[span.end as usize..].trim_start().starts_with(',') {
                let message = format!("nothing sets the custom property `{name}`");
                let help = did_you_mean(name, set.iter().copied()).unwrap_or_else(|| {
                    format!("set it on `:root`, or write a value to use instead: `var({name}, 1rem)`")
                });
                found.push(Diagnostic::new(Code::BadStyleSheet, at, message).help(help));
            }
        }
    }
    found
}

/// Checks the site's own files in a chain of themes: whether something loads them. `settings` is the file with the
/// theme's settings, which may name assets too.
pub(super) fn check_files(chain: &[ThemeFiles], settings: &str) -> Vec<Diagnostic> {
    let texts = || chain.iter().flat_map(ThemeFiles::values).filter_map(text_of).chain([settings]);
    let is_original = |path: &str| originals().any(|original| original.path == path);
    let own = chain.iter().flatten().filter(|(path, file)| file.is_own && !is_original(path));
    let report = |(path, file): (&String, &ThemeSource)| {
        let (folder, below) = path.split_once('/')?;
        let (message, help) = match folder {
            "templates" | "locales" => return None,
            // Sheets and scripts may be work in progress; nobody reads the other files there.
            "assets" if text_of(file).is_some() => return None,
            "assets" if texts().any(|text| text.contains(below)) => return None,
            // A sheet may name what is beside it without the folder.
            "assets" if below.rsplit_once('/').is_some_and(|(_, name)| texts().any(|text| text.contains(name))) => {
                return None;
            }
            "assets" => (
                "nothing in the theme loads this file".to_owned(),
                format!("write `asset(path=\"{}\")` in a template to use it, or remove it", excerpt(below)),
            ),
            _ => (
                format!("annal does not read the folder `{}` of a theme", excerpt(folder)),
                "move it into `templates/`, `assets/` or `locales/`, or out of the theme".to_owned(),
            ),
        };
        Some(Diagnostic::new(Code::StrayFile, Location::whole(&file.path), message).help(help))
    };
    own.filter_map(report).collect()
}

fn text_of(file: &ThemeSource) -> Option<&str> {
    match &file.content {
        FileContent::Text(text) if matches!(file.path.extension(), "css" | "js" | "html" | "svg") => Some(text),
        _ => None,
    }
}

/// The custom properties in a style sheet or a script, each with its place and whether it is set there.
fn properties(text: &str) -> Vec<(&str, Span, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['-', '/']).map(|next| at + next) {
        let rest = &text[next..];
        if let Some(comment) = rest.strip_prefix("/*") {
            at = comment.find("*/").map_or(text.len(), |end| next + 2 + end + 2);
            continue;
        }
        let is_start = !text[..next].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
        if is_start && rest.starts_with("--") && length > 2 {
            let before = text[..next].trim_end();
            let is_set =
                rest[length..].trim_start().starts_with(':') && !before.ends_with('(') || before.ends_with("@property");
            found.push((&rest[..length], Span::new(next, next + length), is_set));
        }
        at = next + length.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_properties_are_set_or_read() {
        let css = ":root { --a: 1px; --b-c : var(--d, var(--e)) } /* --f: 1 */ .x--y { g: var( --a ) } <!-- z -->";
        let found: Vec<String> = properties(css)
            .into_iter()
            .map(|(name, _, is_set)| format!("{name}{}", if is_set { " set" } else { "" }))
            .collect();
        assert_eq!(found, ["--a set", "--b-c set", "--d", "--e", "--a"]);
    }
}
