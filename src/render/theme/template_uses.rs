//! What a template refers to and what it defines: other templates, components and their arguments.

use std::ops::Range;

use super::template_paths::read_expression;
use super::template_tags::{tags, words};
use super::template_text::Templates;
use crate::diagnostic::Span;

/// What a template refers to and what it defines.
#[derive(Default)]
pub(super) struct TemplateUses<'t> {
    /// The template that it extends.
    pub(super) extends: Option<(&'t str, Span)>,
    pub(super) includes: Vec<&'t str>,
    pub(super) blocks: Vec<DeclaredBlock<'t>>,
    pub(super) components: Vec<DeclaredComponent<'t>>,
    pub(super) calls: Vec<ComponentCall<'t>>,
}

/// A block as a template declares it.
pub(super) struct DeclaredBlock<'t> {
    pub(super) name: &'t str,
    /// The place of its name.
    pub(super) span: Span,
    /// Whether it repeats what the block has in the template that this one extends.
    pub(super) has_super: bool,
}

/// A component as a template declares it.
pub(super) struct DeclaredComponent<'t> {
    pub(super) name: &'t str,
    /// The place of its name.
    pub(super) span: Span,
    pub(super) arguments: Vec<DeclaredArgument<'t>>,
}

/// An argument as a component declares it.
pub(super) struct DeclaredArgument<'t> {
    pub(super) name: &'t str,
    /// Whether a call has to give it: it has no default, and does not come from the page by itself.
    pub(super) is_required: bool,
}

/// A call of a component.
pub(super) struct ComponentCall<'t> {
    pub(super) name: &'t str,
    /// The component in which the call is, if it is in one.
    pub(super) within: Option<&'t str>,
    /// The names of the arguments that it gives.
    pub(super) arguments: Vec<&'t str>,
    /// Whether it also passes on a whole map of arguments.
    pub(super) has_more: bool,
}

impl<'t> TemplateUses<'t> {
    pub(super) fn new(template: &'t str) -> Self {
        let mut uses = Self::default();
        // The component and the blocks that are open.
        let (mut within, mut open) = (None, Vec::new());
        for tag in tags(template) {
            let inner = tag.inner();
            match tag.word(template) {
                "extends" if !tag.is_print => uses.extends = quoted(template, inner),
                "include" if !tag.is_print => uses.includes.extend(quoted(template, inner).map(|(name, _)| name)),
                "component" if !tag.is_print => {
                    if let Some((at, name)) = words(template, inner.clone()).nth(1) {
                        let span = Span::new(at, at + name.len());
                        within = Some(name);
                        uses.components.push(DeclaredComponent { name, span, arguments: declared(template, inner) });
                    }
                }
                "endcomponent" if !tag.is_print => within = None,
                "block" if !tag.is_print => {
                    if let Some((at, name)) = words(template, inner).nth(1) {
                        open.push(uses.blocks.len());
                        let span = Span::new(at, at + name.len());
                        uses.blocks.push(DeclaredBlock { name, span, has_super: false });
                    }
                }
                "endblock" if !tag.is_print => _ = open.pop(),
                _ => {
                    let has_more = template[inner.clone()].contains("...");
                    if let Some(block) = open.last().filter(|_| template[inner.clone()].contains("super()")) {
                        uses.blocks[*block].has_super = true;
                    }
                    let read = read_expression(template, inner);
                    uses.calls.extend(read.calls.into_iter().map(|name| {
                        let own = read.arguments.iter().filter(|(component, ..)| *component == name);
                        ComponentCall {
                            name,
                            within,
                            arguments: own.map(|(_, argument, _)| *argument).collect(),
                            has_more,
                        }
                    }));
                }
            }
        }
        uses
    }
}

/// The arguments that the tag of a component declares.
pub(super) fn declared(template: &str, inner: Range<usize>) -> Vec<DeclaredArgument<'_>> {
    let Some((_, list)) = template[inner].split_once('(') else { return Vec::new() };
    let list = list.rsplit_once(')').map_or(list, |(list, _)| list);
    let arguments = list.split(',').map(str::trim).filter(|argument| !argument.is_empty());
    let argument = |written: &'_ str| written.find([':', '=']).unwrap_or(written.len());
    arguments
        .map(|written| DeclaredArgument {
            name: written[..argument(written)].trim().trim_start_matches('@'),
            is_required: !written.contains('=') && !written.starts_with('@'),
        })
        .collect()
}

/// The template that a name refers to in the engine: with its theme, or else the first theme's that has it.
pub(super) fn resolved<'t>(templates: &'t Templates, name: &str) -> Option<&'t str> {
    if let Some((full, _)) = templates.get_key_value(name) {
        return Some(full);
    }
    let named = templates.iter().filter(|(full, _)| full.split_once('/').is_some_and(|(_, short)| short == name));
    named.min_by_key(|(_, template)| template.rank).map(|(full, _)| full.as_str())
}

/// The first quoted text in a range, and its place.
fn quoted(template: &str, range: Range<usize>) -> Option<(&str, Span)> {
    let inside = &template[range.clone()];
    let mark = inside.find(['"', '\''])?;
    let length = inside[mark + 1..].find(['"', '\''])?;
    let start = range.start + mark + 1;
    Some((&template[start..start + length], Span::new(start, start + length)))
}
