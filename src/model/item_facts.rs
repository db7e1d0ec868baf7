//! The facts in braces at the end of items under `done` and `next`: by when, who is responsible for it, which priority it serves.

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use super::ids::{IndicatorId, PriorityId};
use super::pasted_text::PastedText;
use super::section_headings::PLANS;
use super::section_items::section_items;
use super::sections::SubmissionSection;
use crate::diagnostic::{Diagnostic, Span};
use crate::quantity::MonthOrDate;
use crate::source::files::ItemFactsEntry;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Spanned, Text, read_braces};

/// The sections whose items may have facts.
const SECTIONS: [&str; 2] = ["done", PLANS];

/// What the braces at the end of an item say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ItemFacts {
    /// By when it is to be done. Its span is of the file.
    pub by: Option<Spanned<MonthOrDate>>,
    /// Who is responsible for it, by role or name.
    pub owner: Option<Text>,
    /// The priority that it serves.
    pub priority: Option<PriorityId>,
    /// The indicator that shows whether it works.
    pub measure: Option<IndicatorId>,
}

impl ItemFacts {
    /// No facts, as most items have.
    #[must_use]
    pub(crate) fn none() -> Arc<Self> {
        static NONE: LazyLock<Arc<ItemFacts>> = LazyLock::new(Arc::default);
        Arc::clone(&NONE)
    }

    /// Whether the day or month by which it was to be done has passed.
    #[must_use]
    pub(crate) fn is_past(&self, today: Date) -> bool {
        self.by.as_ref().is_some_and(|by| by.value.is_before(today))
    }
}

/// An item that ends with facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemWithFacts {
    /// The section that it is in: `done` or `next`.
    pub section: &'static str,
    /// The item in the body's Markdown. Its words do not include the facts.
    pub span: Span,
    /// The braces in the body's Markdown.
    pub yaml: Span,
    /// The braces with the white space before them.
    pub hidden: Span,
    pub facts: Arc<ItemFacts>,
}

/// The items of a text that end with facts, in order. What is wrong with the facts is reported; `priority` finds a
/// priority and `measure` an indicator by its id, and each reports an id that does not exist.
pub(crate) fn find(
    file_text: &str,
    body: &Markdown,
    sections: &[SubmissionSection],
    pasted: &PastedText,
    mut priority: impl FnMut(&Text, &mut Vec<Diagnostic>) -> Option<PriorityId>,
    mut measure: impl FnMut(&Text, &mut Vec<Diagnostic>) -> Option<IndicatorId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ItemWithFacts> {
    if !body.text().contains('}') {
        return Vec::new();
    }
    let in_section = |section| section_items(section, body, sections, pasted).map(move |(_, span)| (section, span));
    let items = SECTIONS.into_iter().flat_map(in_section);
    let mut found: Vec<ItemWithFacts> = items
        .filter_map(|(section, span)| {
            let (hidden, yaml) = braces_at_end(body, span)?;
            let slice = body.location(yaml).span;
            let written = read_braces::<ItemFactsEntry>(&body.linked.file, file_text, slice).emit_into(diagnostics);
            let priority = written.priority.as_ref().and_then(|id| priority(id, diagnostics));
            let measure = written.measure.as_ref().and_then(|id| measure(id, diagnostics));
            let facts = Arc::new(ItemFacts { by: written.by, owner: written.owner, priority, measure });
            Some(ItemWithFacts { section, span, yaml, hidden, facts })
        })
        .collect();
    found.sort_by_key(|item| item.span);
    found
}

/// The braces at the end of an item's first block: with the white space before them, and without.
fn braces_at_end(body: &Markdown, item: Span) -> Option<(Span, Span)> {
    let first = body.runs.partition_point(|run| run.span.start < item.start);
    let inside = body.runs[first..].iter().take_while(|run| run.span.start < item.end);
    let block = inside.enumerate().take_while(|(index, run)| *index == 0 || !run.begins_block);
    let end = block.last()?.1.span.end.min(item.end) as usize;
    let written = body.text().get(item.start as usize..end)?.trim_end();
    // A backslash before the brace says that it is text.
    if !written.ends_with('}') || written.ends_with("\\}") {
        return None;
    }
    let mut depth = 0_usize;
    let open = written.bytes().enumerate().rev().find_map(|(at, byte)| {
        match byte {
            b'}' => depth += 1,
            b'{' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let start = item.start as usize;
    let end = start + written.len();
    Some((Span::new(start + written[..open].trim_end().len(), end), Span::new(start + open, end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::model::ids::SubmitterKind;
    use crate::model::sections::SectionRules;

    /// The facts of a text's items with the words that remain, and the diagnostics.
    fn check(text: &str) -> String {
        let file = RelPath::new("a.md");
        let body = Markdown::of_file(&file, &text.into(), Span::new(0, text.len())).value;
        let mut found = Vec::new();
        let (_, sections) = SectionRules::new(SubmitterKind::Agency, None, "en-GB").find(&body, &mut Vec::new());
        let pasted = PastedText::find(&body, true, &mut Vec::new());
        let known = |id: &Text, _: &mut Vec<Diagnostic>| Some(PriorityId::new(id));
        let measure = |id: &Text, _: &mut Vec<Diagnostic>| Some(IndicatorId::new(id));
        let items = find(text, &body, &sections, &pasted, known, measure, &mut found);
        let body = body.without(items.iter().map(|item| item.hidden).collect());
        let shown = items.iter().map(|item| {
            let ItemFacts { by, owner, priority, measure: _ } = &*item.facts;
            let by = by.as_ref().map(|by| by.value.to_string()).unwrap_or_default();
            let owner = owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default();
            let priority = priority.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
            format!("{} {:?} {by}/{owner}/{priority}", item.section, body.text_at(item.span))
        });
        let reported = found.iter().map(|one| format!("{} {}", one.code, one.message));
        shown.chain(reported).collect::<Vec<_>>().join("\n")
    }

    fn next(items: &str) -> String {
        check(&format!("## What we did\n\n- x\n\n## What next\n\n{items}\n"))
    }

    #[test]
    fn facts_are_read_and_are_no_words() {
        assert_eq!(
            next("- Train them. {by: 2026-03, owner: Head of Learning, priority: abuse}"),
            "next \"Train them.\" 2026-03/Head of Learning/abuse"
        );
        assert_eq!(next("- One\n- Two {by: 2026-03-31,\n  owner: \"A, B\"}\n- Three"), "next \"Two\" 2026-03-31/A, B/");
        assert_eq!(
            next("- One {owner: A}\n  - below {owner: B}\n\n  {owner: C}"),
            "next \"One below {owner: B} {owner: C}\" /A/"
        );
        assert_eq!(next("- *One*\n  {owner: A}\n- Two"), "next \"One\" /A/");
        assert_eq!(next("A paragraph. {by: 2026-03}"), "next \"A paragraph.\" 2026-03//");
        assert_eq!(
            check("## What we did\n\n- Done {priority: a}\n\n## Else\n\n- Other {priority: b}\n"),
            "done \"Done\" //a"
        );
    }

    #[test]
    fn other_braces_are_words() {
        for text in ["- a {b} c", "- `{by: 2026}`", "- a \\{b\\}", "- a }", "- a\n\n  {owner: b}", "> - a {owner: b}"] {
            assert_eq!(next(text), "", "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_facts_is_reported() {
        assert_eq!(
            next("- a {due: 2026-03}"),
            "next \"a\" //\nunknown-key `due` is not a setting in this pair of braces"
        );
        assert_eq!(
            next("- a {by: March 2026}"),
            "next \"a\" //\nbad-value `by` must be a date like 2020-09-14, but is `March 2026`"
        );
        assert!(next("- a {by: [}").contains("bad-yaml"));
        assert!(next("- a {}").starts_with("next \"a\" //"));
    }
}
