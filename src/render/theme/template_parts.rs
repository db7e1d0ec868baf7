//! Where the parts of a page come from: the templates that it extends, their blocks, and the components that they use.

use std::collections::{BTreeMap, BTreeSet};

use super::template_text::Templates;
use super::template_uses::{TemplateUses, resolved};
use crate::diagnostic::{LineIndex, RelPath, Span};

/// The parts that a template is put together from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TemplateParts {
    /// The template, followed by those that it extends.
    pub templates: Vec<PartPlace>,
    /// Its blocks, in the order of the page.
    pub blocks: Vec<TemplatePart>,
    /// The components that it uses, by name.
    pub components: Vec<TemplatePart>,
}

/// A block or a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TemplatePart {
    pub name: String,
    /// Where it is declared: the place that the page uses, then those that it replaces.
    pub places: Vec<PartPlace>,
    /// Whether the block also repeats what it replaces.
    pub has_super: bool,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartPlace {
    /// The template with its theme, such as `civic/base.html`.
    pub template: String,
    pub file: RelPath,
    /// The line, from 1.
    pub line: usize,
    /// Whether it is the built-in theme's, word for word.
    pub is_carried: bool,
}

/// The templates of a chain of themes, and what each says.
struct PartFinder<'t> {
    /// The names of the themes, the site's own first.
    themes: &'t [String],
    templates: &'t Templates,
    uses: BTreeMap<&'t str, TemplateUses<'t>>,
    lines: BTreeMap<&'t str, LineIndex<&'t str>>,
}

/// The parts of each of these templates, such as `front.html`.
pub(super) fn parts<'n>(
    themes: &[String],
    templates: &Templates,
    names: impl Iterator<Item = &'n str>,
) -> Vec<(String, TemplateParts)> {
    let texts = || templates.iter().map(|(name, template)| (name.as_str(), &*template.text));
    let uses = texts().map(|(name, text)| (name, TemplateUses::new(text))).collect();
    let lines = texts().map(|(name, text)| (name, LineIndex::new(text))).collect();
    let finder = PartFinder { themes, templates, uses, lines };
    names.map(|name| (name.to_owned(), finder.parts(name))).collect()
}

impl<'t> PartFinder<'t> {
    fn parts(&self, template: &str) -> TemplateParts {
        let chain = self.chain(template);
        TemplateParts {
            templates: chain.iter().map(|name| self.place(name, Span::at(0))).collect(),
            blocks: self.blocks(&chain),
            components: self.components(&chain),
        }
    }

    /// A template, followed by those that it extends.
    fn chain(&self, template: &str) -> Vec<&'t str> {
        let mut chain: Vec<&str> = Vec::new();
        let mut next = resolved(self.templates, template);
        while let Some(name) = next.filter(|name| !chain.contains(name)) {
            chain.push(name);
            next = self.uses[name].extends.and_then(|(parent, _)| resolved(self.templates, parent));
        }
        chain
    }

    fn place(&self, name: &str, at: Span) -> PartPlace {
        let template = &self.templates[name];
        PartPlace {
            template: name.to_owned(),
            file: template.file.clone(),
            line: self.lines[name].position(at.start).line,
            is_carried: template.is_carried,
        }
    }

    /// The blocks of a chain of templates.
    fn blocks(&self, chain: &[&str]) -> Vec<TemplatePart> {
        let mut blocks: Vec<TemplatePart> = Vec::new();
        for name in chain.iter().rev() {
            for block in &self.uses[name].blocks {
                let place = self.place(name, block.span);
                match blocks.iter_mut().find(|known| known.name == block.name) {
                    Some(known) => {
                        known.places.insert(0, place);
                        known.has_super = block.has_super;
                    }
                    None => blocks.push(TemplatePart {
                        name: block.name.to_owned(),
                        places: vec![place],
                        has_super: block.has_super,
                    }),
                }
            }
        }
        blocks
    }

    /// The components that a chain of templates uses, with those that these use.
    fn components(&self, chain: &[&'t str]) -> Vec<TemplatePart> {
        let (mut found, mut read) = (BTreeMap::new(), BTreeSet::new());
        let mut open: Vec<(&str, Option<&str>)> = chain.iter().map(|name| (*name, None)).collect();
        while let Some((name, within)) = open.pop() {
            if !read.insert((name, within)) {
                continue;
            }
            let uses = &self.uses[name];
            if within.is_none() {
                open.extend(
                    uses.includes.iter().filter_map(|included| Some((resolved(self.templates, included)?, None))),
                );
            }
            for call in uses.calls.iter().filter(|call| call.within == within) {
                if found.contains_key(call.name) {
                    continue;
                }
                let declared = self.declared(call.name);
                open.extend(declared.first().map(|(template, _)| (*template, Some(call.name))));
                let places = declared.into_iter().map(|(template, span)| self.place(template, span)).collect();
                found.insert(call.name, places);
            }
        }
        let part = |(name, places): (&str, _)| TemplatePart { name: name.to_owned(), places, has_super: false };
        found.into_iter().map(part).collect()
    }

    /// The templates that declare a component, the one in use first.
    fn declared(&self, component: &str) -> Vec<(&'t str, Span)> {
        let of_theme = |theme: &'t String| {
            let own = self
                .uses
                .iter()
                .filter(move |(name, _)| name.strip_prefix(theme.as_str()).is_some_and(|rest| rest.starts_with('/')));
            own.flat_map(|(name, uses)| uses.components.iter().map(move |declared| (*name, declared)))
        };
        let all = self.themes.iter().flat_map(of_theme);
        all.filter(|(_, declared)| declared.name == component).map(|(name, declared)| (name, declared.span)).collect()
    }
}
