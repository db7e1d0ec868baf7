//! Converts errors of the template engine to diagnostics with places.

use std::collections::BTreeSet;

use tera::{Error, ErrorKind, ReportError, Tera};

use super::budget::{BudgetExceeded, CallSite};
use super::budgeted_template::BudgetedTemplate;
use super::language::{FILTERS, FUNCTIONS, TESTS, names as names_of};
use super::template_tags::tags;
use super::template_text::{TemplateText, Templates};
use super::template_uses::{TemplateUses, resolved};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span};

/// What precedes the list of valid names in an error's text.
pub(super) const KNOWN: &str = " Available here: ";
/// The most names that a help lists.
const LISTED: usize = 40;

/// The errors in some templates.
pub(super) struct TemplateErrors(Vec<Diagnostic>);

impl TemplateErrors {
    /// The errors reported by the engine for a template.
    pub(super) fn from_tera(error: &Error, template: &str, texts: &Templates) -> Self {
        let whole =
            |name: &str| texts.get(name).map_or_else(|| nowhere(texts), |template| Location::whole(&template.file));
        let one = |location: Location, message: String, help: String| {
            Self(vec![Diagnostic::new(Code::TemplateError, location, message).help(help)])
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self(vec![of_report(report, texts)]),
            ErrorKind::CircularExtend { tpl, .. } => circle(tpl, texts),
            ErrorKind::CircularInclude { tpl, .. } => one(
                whole(tpl),
                "this template includes itself".to_owned(),
                "remove one of the `include` tags".to_owned(),
            ),
            ErrorKind::MissingParent { current, parent } => {
                let (message, help) = missing(parent, texts);
                let location = texts.get(current).map(|template| {
                    let name = format!("\"{parent}\"");
                    let start = template.text.find(&name).unwrap_or_default();
                    Location::new(&template.file, Span::new(start, start + name.len()))
                });
                one(location.unwrap_or_else(|| nowhere(texts)), format!("this template extends {message}"), help)
            }
            ErrorKind::TemplateNotFound(name) => {
                let (message, help) = missing(name, texts);
                one(whole(template), format!("this site's theme needs {message}"), help)
            }
            _ => Self::of_message(&error.to_string(), template, texts),
        }
    }

    /// The error of a template that does too much for one page. Its place is the last one counted, or else the page's
    /// template.
    pub(super) fn of_spent(spent: BudgetExceeded, spot: Option<CallSite>, template: &str, texts: &Templates) -> Self {
        let (message, help) = spent.message();
        let counted = spot.and_then(|(index, byte)| Some((texts.values().nth(index)?, byte)));
        let location = match counted {
            Some((template, byte)) => Location::new(&template.file, Span::at(byte).first_line(&template.text)),
            None => texts.get(template).map_or_else(|| nowhere(texts), |template| Location::whole(&template.file)),
        };
        Self(vec![Diagnostic::new(Code::TemplateError, location, message).help(help)])
    }

    /// No error: a page that was not tried because another was abandoned.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// The errors in an error's text. The engine reports all unknown references in one text: `error: MESSAGE`, then
    /// `--> TEMPLATE:LINE:COLUMN`, for each.
    fn of_message(text: &str, template: &str, texts: &Templates) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let mut found = Vec::new();
        for pair in lines.windows(2) {
            let (Some(message), Some(at)) = (pair[0].strip_prefix("error: "), pair[1].trim().strip_prefix("--> "))
            else {
                continue;
            };
            let mut parts = at.rsplitn(3, ':');
            let column = parts.next().and_then(|column| column.parse().ok()).unwrap_or(1);
            let line = parts.next().and_then(|line| line.parse().ok()).unwrap_or(1);
            let location = parts.next().and_then(|name| texts.get(name)).map(|template| {
                let offset = offset_of(&template.text, line, column);
                Location::new(&template.file, Span::at(offset).first_line(&template.text))
            });
            found.push(diagnostic(location.unwrap_or_else(|| nowhere(texts)), message, texts));
        }
        if found.is_empty()
            && let Some(twice) = defined_twice(text, texts)
        {
            return Self(vec![twice]);
        }
        if found.is_empty() {
            let location =
                texts.get(template).map_or_else(|| nowhere(texts), |template| Location::whole(&template.file));
            found.push(diagnostic(location, text, texts));
        }
        Self(found)
    }

    /// The errors that do not follow from others, which have been reported at these places. If there are such, errors
    /// in the built-in templates are theirs.
    pub(super) fn without(mut self, places: &[Location], texts: &Templates) -> Self {
        let is_carried = |file: &RelPath| texts.values().any(|template| template.file == *file && template.is_carried);
        self.0.retain(|fault| {
            !places.contains(&fault.location) && (places.is_empty() || !is_carried(&fault.location.file))
        });
        self
    }

    /// The diagnostics.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }
}

/// Adds all templates and reports every error in them.
pub(super) fn add_templates(tera: &mut Tera, texts: &Templates) -> Result<(), TemplateErrors> {
    let all = texts.iter().map(|(name, template)| (name.as_str(), &*template.text));
    let Err(error) = tera.add_raw_templates(all) else { return Ok(()) };
    // The engine stops at the first template it cannot read, so each one is read separately.
    let unreadable: Vec<Diagnostic> = texts
        .iter()
        .filter_map(|(name, template)| match Tera::new().add_raw_template(name, &template.text).err()?.kind() {
            ErrorKind::SyntaxError(report) => Some(of_report(report, texts)),
            _ => None,
        })
        .collect();
    if unreadable.is_empty() {
        return Err(TemplateErrors::from_tera(&error, "", texts));
    }
    Err(TemplateErrors(unreadable))
}

/// Replaces the site's templates with versions that contain the counting calls. Built-in templates, and templates that
/// could not be read with the calls, stay as they were.
pub(super) fn meter(tera: &mut Tera, texts: &mut Templates, engine: impl Fn() -> Tera) {
    let is_readable = |name: &str, metered: &BudgetedTemplate| {
        let read = Tera::new().add_raw_template(name, &metered.text);
        !read.is_err_and(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)))
    };
    for (index, (name, template)) in texts.iter_mut().enumerate() {
        if !template.is_carried {
            template.metered =
                Some(BudgetedTemplate::new(&template.text, index)).filter(|metered| is_readable(name, metered));
        }
    }
    if texts.values().all(|template| template.metered.is_none()) {
        return;
    }
    let text =
        |template: &TemplateText| template.metered.as_ref().map_or(&*template.text, |metered| &metered.text).to_owned();
    let all: Vec<(&str, String)> = texts.iter().map(|(name, template)| (name.as_str(), text(template))).collect();
    let mut counting = engine();
    if counting.add_raw_templates(all.iter().map(|(name, text)| (*name, text.as_str()))).is_ok() {
        *tera = counting;
    } else {
        for template in texts.values_mut() {
            template.metered = None;
        }
    }
}

/// Templates that extend each other in a circle. It is reported where one of the site's own takes part in it.
fn circle(name: &str, texts: &Templates) -> TemplateErrors {
    let next = |name: &str| {
        let (parent, span) = TemplateUses::new(&texts.get(name)?.text).extends?;
        Some((resolved(texts, parent)?, span))
    };
    let mut names: Vec<&str> = resolved(texts, name).into_iter().collect();
    while let Some((parent, _)) = names.last().and_then(|last| next(last)) {
        if let Some(start) = names.iter().position(|known| *known == parent) {
            names.drain(..start);
            break;
        }
        names.push(parent);
    }
    let own = names.iter().position(|name| texts.get(*name).is_some_and(|template| !template.is_carried));
    names.rotate_left(own.unwrap_or_default());
    let first = names.first().copied().unwrap_or(name);
    let location = match (texts.get(first), next(first)) {
        (Some(template), Some((_, span))) => Location::new(&template.file, span),
        _ => nowhere(texts),
    };
    let message = if let [_] = names[..] {
        "this template extends itself".to_owned()
    } else {
        let chain = names.iter().chain([&first]).map(|name| format!("`{name}`")).collect::<Vec<_>>();
        format!("this template extends itself: {}", chain.join(" → "))
    };
    let short = first.split_once('/').map_or(first, |(_, short)| short);
    let help = format!("to extend the built-in template of the same name, write `{{% extends \"civic/{short}\" %}}`");
    TemplateErrors(vec![Diagnostic::new(Code::TemplateError, location, message).help(help)])
}

/// A component that two templates of one theme define. The engine names them in the text alone.
fn defined_twice(text: &str, texts: &Templates) -> Option<Diagnostic> {
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let [name, first, second] = quoted[..] else { return None };
    let (first, second) = (texts.get(first)?, texts.get(second)?);
    let uses = TemplateUses::new(&second.text);
    let span = uses.components.iter().find(|component| component.name == name)?.span;
    let message = format!("`{}` defines the component `{name}` too", first.file);
    let help = "remove one of them, or give it another name";
    Some(Diagnostic::new(Code::TemplateError, Location::new(&second.file, span), message).help(help))
}

/// The tag that is still open at the end of a template, or where another tag ends that was open before it.
fn unclosed(template: &str) -> Option<(&str, Span)> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    for tag in tags(template).into_iter().filter(|tag| !tag.is_print) {
        let word = tag.word(template);
        match word {
            "if" | "for" | "block" | "component" | "filter" => open.push((word, Span::new(tag.start, tag.end))),
            "set" | "set_global" if !template[tag.inner()].contains('=') => {
                open.push((word, Span::new(tag.start, tag.end)));
            }
            _ => {
                let Some(ended) = word.strip_prefix("end") else { continue };
                let last = open.pop();
                // What begins with `set_global` ends with `endset`.
                if last.is_some_and(|(word, _)| !word.starts_with(ended)) {
                    return last;
                }
            }
        }
    }
    open.pop()
}

/// An error with the place given by the engine.
fn of_report(report: &ReportError, texts: &Templates) -> Diagnostic {
    if matches!(report.message(), "Unexpected end of input" | "Unknown tag")
        && let Some(template) = texts.get(report.filename())
        && let Some((word, span)) = unclosed(&template.text)
    {
        let at = Location::new(&template.file, span.first_line(&template.text));
        let help = format!("add `{{% end{} %}}` where it ends", word.trim_end_matches("_global"));
        return Diagnostic::new(Code::TemplateError, at, format!("this `{word}` is not closed")).help(help);
    }
    let location = texts.get(report.filename()).map_or_else(
        || nowhere(texts),
        |template| {
            let written = |byte| template.metered.as_ref().map_or(byte, |metered| metered.written(byte));
            let range = &report.span().range;
            Location::new(&template.file, Span::new(written(range.start), written(range.end)))
        },
    );
    diagnostic(location, report.message(), texts)
}

/// The message for a missing template, and a suggestion.
fn missing(name: &str, texts: &Templates) -> (String, String) {
    let help = did_you_mean(name, names(texts))
        .unwrap_or_else(|| "create it, or write `extends: civic` in `theme.yaml` to use civic's".to_owned());
    (format!("the template `{name}`, which does not exist"), help)
}

/// The names that refer to templates: with and without their theme.
fn names(texts: &Templates) -> impl Iterator<Item = &str> {
    texts.keys().filter_map(|name| Some(name.split_once('/')?.1)).chain(texts.keys().map(String::as_str))
}

/// Rewrites an error of the engine as a diagnostic. The list of valid names becomes the help.
fn diagnostic(location: Location, message: &str, texts: &Templates) -> Diagnostic {
    let (what, known) = [KNOWN, " Available fields: ", " Available variables: "]
        .iter()
        .find_map(|mark| message.split_once(mark))
        .map_or((message, None), |(what, known)| (what, Some(known)));
    let wanted = what.split('`').nth(1).unwrap_or_default();
    let known: Vec<&str> = match known {
        Some(known) => known.split(", ").collect(),
        None if what.starts_with("Unknown template") => names(texts).collect(),
        None if what.starts_with("Unknown filter") => names_of(FILTERS).collect(),
        None if what.starts_with("Unknown function") => names_of(FUNCTIONS).collect(),
        None if what.starts_with("Unknown test") => TESTS.to_vec(),
        None if what.starts_with("Unknown component") => named_after(texts, "component ", wanted),
        None if what.starts_with("Block ") => named_after(texts, "block ", wanted),
        None => Vec::new(),
    };
    let help = did_you_mean(wanted, known.iter().copied())
        .or_else(|| (1..=LISTED).contains(&known.len()).then(|| format!("use one of {}", known.join(", "))));
    let what = what.trim_end_matches('.');
    let mut letters = what.chars();
    let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let diagnostic = Diagnostic::new(Code::TemplateError, location, lower);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help("see docs/theme-reference.md for what templates can use"),
    }
}

/// The names after a word in the tags of all templates, such as those of all blocks, except one that is unknown.
fn named_after<'t>(texts: &'t Templates, word: &str, but: &str) -> Vec<&'t str> {
    let tags = texts.values().flat_map(|template| {
        let text: &str = &template.text;
        tags(text).into_iter().filter(|tag| !tag.is_print).map(move |tag| text[tag.inner()].trim())
    });
    let names = tags.filter_map(|tag| tag.strip_prefix(word)?.split([' ', '(']).next());
    names.filter(|name| *name != but).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The place of an error for which the engine gives none: the first file of the theme.
fn nowhere(texts: &Templates) -> Location {
    let file = texts.values().next().map_or_else(|| RelPath::new("themes"), |template| template.file.clone());
    Location::whole(&file)
}

/// The byte of a line and a column, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(byte, _)| byte)
}
