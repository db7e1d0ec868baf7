//! Finds names in templates that nothing has: fields of views, variables, words and settings.
//!
//! Printing such a name stops a page. In a condition, or before `default`, it is only ever nothing, so the part of the page
//! that it decides on would be missing without a word. The fields are those that the views declare.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::template_paths::{PathStep, TemplatePath, only_path, read_expression};
use super::template_tags::{TemplateTag, after_word, tags, words};
use super::template_text::Templates;
use super::template_uses::{TemplateUses, declared, resolved};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, Span};
use crate::render::view::{Template, TemplateData, ViewReference, ViewShape};

/// What is known of a value.
#[derive(Clone)]
enum Known {
    Anything,
    /// A text, a number, or true or false.
    Plain,
    /// One of some views.
    Views(Vec<fn() -> ViewReference>),
    List(Box<Known>),
    /// Values by these names.
    Named(BTreeSet<String>),
}

impl Known {
    fn from_shape(shape: &ViewShape) -> Self {
        match shape {
            ViewShape::Anything => Self::Anything,
            ViewShape::Plain => Self::Plain,
            ViewShape::View(view) => Self::Views(vec![*view]),
            ViewShape::List(entries) => Self::List(Box::new(Self::from_shape(entries))),
        }
    }

    /// A field, or the names of all fields if it does not have it.
    fn field(&self, name: &str) -> Result<Self, BTreeSet<String>> {
        match self {
            Self::Anything | Self::List(_) => Ok(Self::Anything),
            Self::Plain => Err(BTreeSet::new()),
            Self::Named(names) if names.contains(name) => Ok(Self::Anything),
            Self::Named(names) => Err(names.clone()),
            Self::Views(views) => {
                let views: Vec<ViewReference> = views.iter().map(|view| view()).collect();
                let fields = || views.iter().flat_map(|view| &view.fields);
                let mut found = fields().filter(|field| field.name == name);
                match (found.next(), found.next()) {
                    (Some(one), None) => Ok(Self::from_shape(&one.shape)),
                    (Some(_), Some(_)) => Ok(Self::Anything),
                    (None, _) => Err(fields().map(|field| field.name.to_owned()).collect()),
                }
            }
        }
    }

    fn entry(&self) -> Self {
        match self {
            Self::List(entries) => (**entries).clone(),
            _ => Self::Anything,
        }
    }

    /// What is known of a value that may be either.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Plain, Self::Plain) => Self::Plain,
            (Self::Views(mut views), Self::Views(others)) => {
                views.extend(others);
                Self::Views(views)
            }
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.or(*other))),
            _ => Self::Anything,
        }
    }
}

/// Values by the names of variables.
type Variables = BTreeMap<String, Known>;
/// What components are called with, by component and argument.
type Arguments = BTreeMap<(String, String), Known>;

/// Everything that templates can name.
pub(super) struct TemplateNames<'a> {
    pub(super) data: &'a TemplateData,
    /// The keys of the interface's texts.
    pub(super) texts: BTreeSet<String>,
    pub(super) settings: BTreeSet<String>,
}

/// Checks the templates that belong to the site.
pub(super) fn check(templates: &Templates, names: &TemplateNames<'_>) -> Vec<Diagnostic> {
    let mut bound = BTreeSet::new();
    for template in templates.values() {
        bound.extend(tags(&template.text).iter().flat_map(|tag| bound_by(&template.text, tag)));
    }
    let mut arguments = Arguments::new();
    let of_none = Arguments::new();
    for (name, template) in templates {
        let mut reader =
            Reader::new(&template.text, given_to(name, templates, names), &of_none, &bound, &mut arguments);
        reader.read();
    }
    let mut found = Vec::new();
    for (name, template) in templates.iter().filter(|(_, template)| !template.is_carried) {
        let mut calls = Arguments::new();
        let mut reader = Reader::new(&template.text, given_to(name, templates, names), &arguments, &bound, &mut calls);
        reader.read();
        found.extend(reader.found.into_iter().map(|(span, message, help)| {
            Diagnostic::new(Code::TemplateError, Location::new(&template.file, span), message).help(help)
        }));
    }
    found
}

/// The variables that a template receives.
fn given_to(name: &str, all: &Templates, names: &TemplateNames<'_>) -> Variables {
    let data = names.data;
    let of_name = |name: &str| {
        let short = name.split_once('/').map_or(name, |(_, short)| short);
        data.templates.iter().find(|template| template.name == short).copied()
    };
    // What a page's own template extends says what it receives.
    let (mut name, mut known) = (name, of_name(name));
    for _ in 0..all.len() {
        let parent = all.get(name).and_then(|template| TemplateUses::new(&template.text).extends);
        let Some(parent) = parent.and_then(|(parent, _)| resolved(all, parent)).filter(|_| known.is_none()) else {
            break;
        };
        (name, known) = (parent, of_name(parent));
    }
    let [of_page, of_shared] = data.pages;
    let page = match known {
        Some(Template { is_shared: true, .. }) => vec![of_shared],
        Some(_) => vec![of_page],
        None => vec![of_page, of_shared],
    };
    let view = match known {
        Some(template) => template.view.map_or(Known::Anything, |view| Known::Views(vec![view])),
        None => Known::Views(data.templates.iter().filter_map(|template| template.view).collect()),
    };
    let given = [
        ("page", Known::Views(page)),
        ("view", view),
        ("words", Known::Named(names.texts.clone())),
        ("settings", Known::Named(names.settings.clone())),
    ];
    let shared = data.shared.iter().map(|(name, view)| (*name, Known::Views(vec![*view])));
    shared.chain(given).map(|(name, known)| (name.to_owned(), known)).collect()
}

/// The names that a tag gives values to.
fn bound_by(template: &str, tag: &TemplateTag) -> Vec<String> {
    let inner = tag.inner();
    match tag.word(template) {
        _ if tag.is_print => Vec::new(),
        "for" => {
            let end = after_word(template, inner.clone(), "in").unwrap_or(inner.end);
            let names = words(template, inner.start..end).map(|(_, word)| word.to_owned());
            names.filter(|word| word != "for" && word != "in").collect()
        }
        "set" | "set_global" => words(template, inner).nth(1).map(|(_, word)| word.to_owned()).into_iter().collect(),
        "component" => declared(template, inner).into_iter().map(|argument| argument.name.to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Follows a template from its beginning and remembers what each variable holds.
struct Reader<'a> {
    template: &'a str,
    given: Variables,
    /// What components are called with.
    arguments: &'a Arguments,
    /// The names that some template gives a value to.
    bound: &'a BTreeSet<String>,
    calls: &'a mut Arguments,
    /// The variables of the open loops and components. A component sees only its own.
    scopes: Vec<(Variables, bool)>,
    /// The place, message and help of each name that nothing has.
    found: Vec<(Span, String, String)>,
    /// The paths that a test has asked for, and that may be missing from then on.
    tested: BTreeSet<&'a str>,
}

impl<'a> Reader<'a> {
    fn new(
        template: &'a str,
        given: Variables,
        arguments: &'a Arguments,
        bound: &'a BTreeSet<String>,
        calls: &'a mut Arguments,
    ) -> Self {
        let scopes = vec![(Variables::new(), false)];
        Self { template, given, arguments, bound, calls, scopes, found: Vec::new(), tested: BTreeSet::new() }
    }

    fn read(&mut self) {
        for tag in tags(self.template) {
            let inner = tag.inner();
            match tag.word(self.template) {
                "for" if !tag.is_print => {
                    let from = after_word(self.template, inner.clone(), "in").unwrap_or(inner.end);
                    self.expression(from..inner.end);
                    let entry = only_path(self.template, from..inner.end).map(|path| self.value(&path).entry());
                    let names = bound_by(self.template, &tag);
                    let is_pair = names.len() > 1;
                    let entry = entry.filter(|_| !is_pair).unwrap_or(Known::Anything);
                    let mut own: Variables = names.into_iter().map(|name| (name, entry.clone())).collect();
                    own.insert("loop".to_owned(), Known::Anything);
                    self.scopes.push((own, false));
                }
                "component" if !tag.is_print => {
                    let name = words(self.template, inner.clone()).nth(1).map_or("", |(_, name)| name).to_owned();
                    let known = |argument: &str| {
                        let called = self.arguments.get(&(name.clone(), argument.to_owned()));
                        // Arguments such as `@page` come from the page by themselves.
                        called.or_else(|| self.given.get(argument)).cloned().unwrap_or(Known::Anything)
                    };
                    let mut own: Variables = declared(self.template, inner)
                        .into_iter()
                        .map(|argument| (argument.name.to_owned(), known(argument.name)))
                        .collect();
                    own.insert("body".to_owned(), Known::Anything);
                    self.scopes.push((own, true));
                }
                "endfor" | "endcomponent" if !tag.is_print && self.scopes.len() > 1 => _ = self.scopes.pop(),
                "set" | "set_global" if !tag.is_print => {
                    let from = self.template[inner.clone()].find('=').map_or(inner.end, |at| inner.start + at + 1);
                    self.expression(from..inner.end);
                    let value = only_path(self.template, from..inner.end).map(|path| self.value(&path));
                    for name in bound_by(self.template, &tag) {
                        let again = self.scopes.iter().any(|(own, _)| own.contains_key(&name));
                        let value = value.clone().filter(|_| !again).unwrap_or(Known::Anything);
                        if let Some((own, _)) = self.scopes.last_mut() {
                            own.insert(name, value);
                        }
                    }
                }
                "block" | "extends" | "include" | "filter" | "else" | "raw" | "break" | "continue" if !tag.is_print => {
                }
                word if !tag.is_print && word.starts_with("end") => {}
                word @ ("if" | "elif") if !tag.is_print => {
                    let from = after_word(self.template, inner.clone(), word).unwrap_or(inner.start);
                    self.expression(from..inner.end);
                }
                _ => self.expression(inner),
            }
        }
    }

    /// Looks up every path of an expression, and keeps what components are called with.
    fn expression(&mut self, range: Range<usize>) {
        let read = read_expression(self.template, range);
        for path in &read.paths {
            self.look_up(path);
        }
        for (component, argument, value) in read.arguments {
            let known = only_path(self.template, value).map_or(Known::Anything, |path| self.value(&path));
            let key = (component.to_owned(), argument.to_owned());
            let known = match self.calls.remove(&key) {
                Some(other) => other.or(known),
                None => known,
            };
            self.calls.insert(key, known);
        }
    }

    /// The value of a variable; nothing if there is none.
    fn variable(&self, name: &str) -> Option<&Known> {
        for (own, is_isolated) in self.scopes.iter().rev() {
            if let Some(known) = own.get(name) {
                return Some(known);
            }
            if *is_isolated {
                return None;
            }
        }
        self.given.get(name)
    }

    fn value(&self, path: &TemplatePath<'_>) -> Known {
        let root = self.variable(path.root).cloned().unwrap_or(Known::Anything);
        path.steps.iter().fold(root, |known, step| match step {
            PathStep::Field(name, _) => known.field(name).unwrap_or(Known::Anything),
            PathStep::Entry => known.entry(),
        })
    }

    fn look_up(&mut self, path: &TemplatePath<'_>) {
        let written = |end: Span| &self.template[path.span.start as usize..end.end as usize];
        if path.is_tested {
            self.tested.insert(written(path.end()));
        }
        if path.is_tested || self.tested.contains(written(path.span)) || path.root.starts_with("__") {
            return;
        }
        let Some(mut known) = self.variable(path.root).cloned() else {
            return self.found.extend(self.unknown_variable(path));
        };
        for step in &path.steps {
            known = match step {
                PathStep::Entry => known.entry(),
                PathStep::Field(name, span) => match known.field(name) {
                    Ok(known) => known,
                    Err(_) if self.tested.contains(written(*span)) => return,
                    Err(fields) => {
                        let fields = fields.iter().map(String::as_str);
                        let help = match path.root {
                            "settings" => did_you_mean(name, fields)
                                .unwrap_or_else(|| "add it under `settings:` in theme.yaml".to_owned()),
                            _ => help_among(name, fields, "remove this: the value has no fields"),
                        };
                        return self.found.push((*span, format!("field `{name}` is not defined"), help));
                    }
                },
            };
        }
    }

    fn unknown_variable(&self, path: &TemplatePath<'_>) -> Option<(Span, String, String)> {
        let message = format!("variable `{}` is not defined", path.root);
        let is_in_component = self.scopes.iter().any(|(_, is_isolated)| *is_isolated);
        if is_in_component && self.given.contains_key(path.root) {
            let help = format!("add `@{}` to the arguments of this component", path.root);
            return Some((path.span, message, help));
        }
        // A template that is included has the variables of the one that includes it.
        if self.bound.contains(path.root) {
            return None;
        }
        let names = self.scopes.iter().flat_map(|(own, _)| own.keys()).chain(self.given.keys());
        let help = help_among(path.root, names.map(String::as_str), "give it a value with `set`");
        Some((path.span, message, help))
    }
}

/// The name that was meant, or all there are.
fn help_among<'n>(name: &str, known: impl Iterator<Item = &'n str>, otherwise: &str) -> String {
    let known: Vec<&str> = known.collect();
    let listed = || match known.get(..known.len().min(40)) {
        Some(all) if !all.is_empty() => format!("use one of {}", all.join(", ")),
        _ => otherwise.to_owned(),
    };
    did_you_mean(name, known.iter().copied()).unwrap_or_else(listed)
}
