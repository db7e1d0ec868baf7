//! Splits submissions into sections by their level-2 headings.

use std::sync::Arc;

use super::heading_rule::{HeadingRule, built_in_rules, change};
use super::ids::SubmitterKind;
use super::normalize::fold_heading;
use super::section_headings::{PLANS, without_time};
use crate::diagnostic::{Code, Diagnostic, Span, SubjectKind};
use crate::source::files::SectionsEntry;
use crate::source::markdown::{ListItem, Markdown, MarkdownBlock, MarkdownBlockKind};

/// The section rules for one kind of submission.
#[derive(Clone, Debug)]
pub(crate) struct SectionRules {
    kind: SubmitterKind,
    /// Shared by all years that change none of them.
    rules: Arc<[HeadingRule]>,
    /// Whether the rules in `report.yaml` could be read completely. If not, other headings may be meant to open a
    /// section.
    is_complete: bool,
}

/// A section that submissions have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExpectedSection<'a> {
    pub id: &'a str,
    /// The heading that the page shows.
    pub title: &'a str,
    /// Whether every submission must have it.
    pub is_required: bool,
}

impl SectionRules {
    /// The built-in rules for one kind of submission, changed and extended by `report.yaml`.
    #[must_use]
    pub(crate) fn new(kind: SubmitterKind, written: Option<&SectionsEntry>, language: &str) -> Self {
        let built_in = built_in_rules(kind, language);
        let written = written.and_then(|written| match kind {
            SubmitterKind::Board => written.board.as_ref(),
            SubmitterKind::Agency => written.agency.as_ref(),
        });
        let rules = match written {
            None => built_in,
            Some(written) => {
                let mut rules = built_in.to_vec();
                for rule in written {
                    change(&mut rules, rule);
                }
                rules.into()
            }
        };
        Self { kind, rules, is_complete: true }
    }

    /// Marks the rules as incomplete, so that no section is reported as missing.
    #[must_use]
    pub(crate) fn in_doubt(mut self) -> Self {
        self.is_complete = false;
        self
    }

    /// The kind of submission that they are for.
    #[must_use]
    pub(crate) fn kind(&self) -> SubmitterKind {
        self.kind
    }

    /// The text before the first section, and the sections of a body. Problems with the sections are reported.
    pub(crate) fn find(&self, body: &Markdown, diagnostics: &mut Vec<Diagnostic>) -> (Span, Vec<SubmissionSection>) {
        let text_end = body.text().len();
        let headings: Vec<_> = body.headings.iter().filter(|h| h.top_level && h.level == 2).collect();
        let opening = Span::new(0, headings.first().map_or(text_end, |heading| heading.span.start as usize));
        let mut sections: Vec<SubmissionSection> = Vec::with_capacity(headings.len());
        for (index, heading) in headings.iter().enumerate() {
            let end = headings.get(index + 1).map_or(text_end, |next| next.span.start as usize);
            let folded = fold_heading(&heading.text);
            let rule = self.rules.iter().find(|rule| rule.headings.contains(&folded));
            if let Some((first, rule)) = rule.and_then(|rule| {
                sections.iter().find(|section| section.id.as_deref() == Some(&rule.id)).map(|first| (first, rule))
            }) {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateSection, body.location(heading.span), rule.duplicate_message())
                        .related(body.location(first.heading), "the first is here")
                        .help("put both parts under one heading")
                        .about_id(SubjectKind::Section, &rule.id, &rule.title),
                );
            }
            sections.push(SubmissionSection {
                id: rule.map(|rule| rule.id.clone()),
                title: rule.map_or_else(|| heading.text.clone(), |rule| rule.title.clone()),
                anchor: heading.id.clone(),
                heading: heading.span,
                text: Span::new(heading.span.end as usize, end),
            });
        }
        self.check_required(body, &sections, diagnostics);
        (opening, sections)
    }

    /// The id of the section that a heading opens.
    #[must_use]
    pub(crate) fn opened_by(&self, heading: &str) -> Option<&str> {
        let folded = fold_heading(heading);
        self.rules.iter().find(|rule| rule.headings.contains(&folded)).map(|rule| rule.id.as_str())
    }

    /// The id of the section whose heading this nearly is, as somebody may mistype or rephrase it.
    #[must_use]
    pub(crate) fn nearly_opened_by(&self, heading: &str) -> Option<&str> {
        let folded = fold_heading(heading);
        let near = self.rules.iter().filter_map(|rule| Some((rule.distance(&folded)?, rule)));
        near.min_by_key(|(distance, _)| *distance).map(|(_, rule)| rule.id.as_str())
    }

    /// The id of the section that documents often have below such a heading: *Key achievements 2024-25*, *Plans for next
    /// year*.
    #[must_use]
    pub(crate) fn usually_opened_by(&self, heading: &str) -> Option<&str> {
        let folded = fold_heading(heading);
        let words = without_time(&folded);
        self.rules.iter().find(|rule| rule.usual.iter().any(|usual| usual == words)).map(|rule| rule.id.as_str())
    }

    /// The heading that the page shows for a section.
    #[must_use]
    pub(crate) fn title_of(&self, id: &str) -> Option<&str> {
        self.rules.iter().find(|rule| rule.id == id).map(|rule| rule.title.as_str())
    }

    /// The sections that submissions have, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = ExpectedSection<'_>> {
        self.rules.iter().map(|rule| ExpectedSection { id: &rule.id, title: &rule.title, is_required: rule.required })
    }

    /// The ids and titles of the sections that every submission must have, in order.
    pub(crate) fn required(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(|section| section.is_required).map(|section| (section.id, section.title))
    }

    /// Reports each required section that is missing or empty.
    fn check_required(&self, body: &Markdown, sections: &[SubmissionSection], diagnostics: &mut Vec<Diagnostic>) {
        if body.is_cut_short || !self.is_complete {
            // A chart without an end may have swallowed a section, which is then unknown, not missing.
            return;
        }
        let problems = problems_in(body, diagnostics);
        for rule in self.rules.iter().filter(|rule| rule.required) {
            let found = || sections.iter().filter(|section| section.id.as_deref() == Some(&rule.id));
            match found().next() {
                None => {
                    let missing = self.missing(rule, body);
                    // The new diagnostic says that the right words are at another level; that the level is wrong is
                    // the same mistake.
                    let is_same = |earlier: &Diagnostic| {
                        matches!(earlier.code, Code::HeadingJump | Code::ExtraTitle)
                            && earlier.location == missing.location
                    };
                    let fix = diagnostics.iter().filter(|one| is_same(one)).find_map(|earlier| earlier.fix.clone());
                    diagnostics.retain(|earlier| !is_same(earlier));
                    diagnostics.push(Diagnostic { fix, ..missing });
                }
                // The section has text with a problem that is already reported, so it is not reported as empty too.
                Some(_) if found().any(|section| has_problem(body, section, &problems)) => {}
                Some(first) if found().all(|section| is_empty(body, section)) => {
                    let message =
                        format!("there is no paragraph or list item under this heading, so {}", rule.missing_message());
                    let is_table = |block: &MarkdownBlock| {
                        block.kind == MarkdownBlockKind::Other && block.span.slice(body.text()).contains('|')
                    };
                    let help = if rule.id == PLANS && body.blocks_in(first.text).any(is_table) {
                        "annal does not read commitments from a table: write each as a list item"
                    } else {
                        "write at least one paragraph or list item under it"
                    };
                    let empty = Diagnostic::new(Code::EmptySection, body.location(first.heading), message).help(help);
                    diagnostics.push(empty.about_id(SubjectKind::Section, &rule.id, &rule.title));
                }
                Some(_) => {}
            }
        }
    }

    /// The diagnostic for a missing section, at the likely culprit or at the end of the file.
    fn missing(&self, rule: &HeadingRule, body: &Markdown) -> Diagnostic {
        let message = rule.missing_message();
        let write = format!("write \"## {}\" above {}", rule.title, self.whose_text(rule));
        let help = format!("{write}, or waive it in report.yaml");
        let missing = match self.culprit(rule, body) {
            Some((span, label)) => Diagnostic::new(Code::MissingSection, body.location(span), message).label(label),
            None => Diagnostic::new(Code::MissingSection, body.last_line(), message),
        };
        missing.help(help).about_id(SubjectKind::Section, &rule.id, &rule.title)
    }

    /// What was probably meant as the heading: the right words in another form, or similar words.
    fn culprit(&self, rule: &HeadingRule, body: &Markdown) -> Option<(Span, &'static str)> {
        let opens = |text: &str| rule.headings.contains(&fold_heading(text));
        let elsewhere = body.headings.iter().filter(|h| h.top_level && h.level != 2);
        if let Some(heading) = elsewhere.clone().find(|heading| opens(&heading.text)) {
            return Some((heading.span, "these are the right words, but not at level 2 (`##`)"));
        }
        for block in &body.blocks {
            let line = block.span.first_line(body.text());
            let written = line.slice(body.text());
            match &block.kind {
                MarkdownBlockKind::Paragraph { text, is_bold } if opens(text) => {
                    let label = if *is_bold {
                        "this line is bold, but not a heading (`##`)"
                    } else {
                        "this line is not a heading (`##`)"
                    };
                    return Some((block.span, label));
                }
                MarkdownBlockKind::Paragraph { .. }
                    if written.starts_with(['#', '\\']) && opens(written.trim_start_matches(['#', '\\'])) =>
                {
                    return Some((line, "this is not a heading: add a space after the `#`"));
                }
                // Text follows on the next line, without a blank line between.
                MarkdownBlockKind::Paragraph { .. } if opens(bare(written)) => {
                    return Some((line, "this line is not a heading (`##`)"));
                }
                MarkdownBlockKind::List(items) => {
                    let line = |item: &ListItem| item.span.first_line(body.text());
                    let found = items.iter().map(line).find(|line| opens(bare(line.slice(body.text()))));
                    if let Some(line) = found {
                        let is_numbered =
                            line.slice(body.text()).trim_start().starts_with(|c: char| c.is_ascii_digit());
                        let label = if is_numbered {
                            "this line is a numbered list item, not a heading (`##`)"
                        } else {
                            "this line is a list item, not a heading (`##`)"
                        };
                        return Some((line, label));
                    }
                }
                _ => {}
            }
        }
        let open = body.headings.iter().filter(|h| h.top_level && h.level == 2 && !self.opens_any(&h.text));
        let nearest = open
            .chain(elsewhere)
            .filter_map(|heading| Some((rule.distance(&fold_heading(&heading.text))?, heading)))
            .min_by_key(|(distance, _)| *distance);
        nearest.map(|(_, heading)| (heading.span, "this heading is close to one that annal accepts"))
    }

    /// Whether a heading opens one of the sections.
    fn opens_any(&self, heading: &str) -> bool {
        let folded = fold_heading(heading);
        self.rules.iter().any(|rule| rule.headings.contains(&folded))
    }

    fn whose_text(&self, rule: &HeadingRule) -> String {
        let who = self.kind.name();
        match rule.id.as_str() {
            "done" => format!("what the {who} did"),
            PLANS => format!("the {who}'s plans"),
            "impact" => format!("what changed because of what the {who} did"),
            "voice" => format!("what people told the {who}"),
            _ => "that part".to_owned(),
        }
    }
}

/// A line without its list marker, numbering and bold markers.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '*', '+', '_', ' ']);
    let number =
        line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ')).len();
    line[number..].trim_matches(['*', '_', ' '])
}

/// Whether a section has neither a paragraph nor a list item.
fn is_empty(body: &Markdown, section: &SubmissionSection) -> bool {
    !body.blocks_in(section.text).any(|block| match &block.kind {
        MarkdownBlockKind::Paragraph { .. } | MarkdownBlockKind::Quotation => true,
        MarkdownBlockKind::List(items) => !items.is_empty(),
        MarkdownBlockKind::Heading(_) | MarkdownBlockKind::Other => false,
    })
}

/// The places of the diagnostics in a body, in order, leaving out duplicate sections.
fn problems_in(body: &Markdown, diagnostics: &[Diagnostic]) -> Vec<Span> {
    let inside = |one: &&Diagnostic| one.location.file == body.linked.file && one.code != Code::DuplicateSection;
    let mut problems: Vec<Span> = diagnostics.iter().filter(inside).map(|one| one.location.span).collect();
    problems.sort_unstable();
    problems
}

/// Whether a section contains the place of a diagnostic.
fn has_problem(body: &Markdown, section: &SubmissionSection, problems: &[Span]) -> bool {
    let span = body.location(section.text).span;
    let first = problems.partition_point(|problem| problem.start < span.start);
    problems.get(first).is_some_and(|problem| problem.end <= span.end)
}

/// A section of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SubmissionSection {
    /// `done`, `next` or another id from the year's rules; `None` for an extra section.
    pub id: Option<String>,
    /// The heading that the page shows.
    pub title: String,
    /// The fragment of its heading.
    pub anchor: String,
    /// Its heading, as a span of the body's Markdown.
    pub heading: Span,
    /// Everything below the heading, as a span of the body's Markdown.
    pub text: Span,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, RelPath};

    fn check_with(sections: Option<&SectionsEntry>, text: &str) -> String {
        let file = RelPath::new("a.md");
        let body = Markdown::of_file(&file, &text.into(), Span::new(0, text.len())).value;
        let mut diagnostics = Vec::new();
        let (_, sections) = SectionRules::new(SubmitterKind::Agency, sections, "en-GB").find(&body, &mut diagnostics);
        let lines = LineIndex::new(text);
        let reported = diagnostics.iter().map(|d| {
            format!("{}:{} {}", lines.position(d.location.span.start).line, d.code, d.label.as_deref().unwrap_or(""))
        });
        let found = sections.iter().map(|section| section.id.as_deref().unwrap_or("-").to_owned());
        found.chain(reported.map(|line| line.trim().to_owned())).collect::<Vec<_>>().join(" | ")
    }

    fn check(text: &str) -> String {
        check_with(None, text)
    }

    #[test]
    fn headings_are_compared_leniently() {
        for (done, next) in [
            ("## What we did", "## What next"),
            ("## 1. WHAT HAVE WE DONE?", "## 2.3 What’s next?"),
            ("What *have* we done\n---", "## What will we do next? {#plans}"),
            ("## What has the board done:", "## What the board will do next ##"),
        ] {
            assert_eq!(check(&format!("{done}\n\n- x\n\n{next}\n\nText.\n")), "done | next", "{done}");
        }
    }

    #[test]
    fn missing_sections_are_reported_at_the_likely_culprit() {
        let near = "this heading is close to one that annal accepts";
        let level = "these are the right words, but not at level 2 (`##`)";
        let bold = "this line is bold, but not a heading (`##`)";
        for (heading, label) in [
            ("## What weve do next", near),
            ("## What wil we do nxt?", near),
            ("### What will we do next?", level),
            ("# What next", level),
            ("**What will we do next?**", bold),
            ("What will we do next?", "this line is not a heading (`##`)"),
            ("##What will we do next?", "this is not a heading: add a space after the `#`"),
            ("##\u{a0}What next", "this is not a heading: add a space after the `#`"),
        ] {
            let reported = check(&format!("## What we did\n\nx\n\n{heading}\n\n- y\n"));
            assert!(reported.ends_with(&format!("5:missing-section {label}")), "{heading}: {reported}");
        }
        assert_eq!(check("## What we did\n\nx\n\n## What have we learnt?\n\ny\n"), "done | - | 7:missing-section");
        assert_eq!(check("## What we did\n\nx\n\n> ## What next\n> y\n"), "done | 6:missing-section");
        assert_eq!(check(""), "1:missing-section | 1:missing-section");
    }

    #[test]
    fn empty_and_repeated_sections_are_reported() {
        assert_eq!(check("## What we did\n\n## What next\n\n- x\n"), "done | next | 1:empty-section");
        assert_eq!(check("## What we did\n\n### How\n\n## What next\n\n- x\n"), "done | next | 1:empty-section");
        assert_eq!(
            check("## What we did\n\nx\n\n## What next\n\ny\n\n## What we have done\n\nz\n"),
            "done | next | done | 9:duplicate-section"
        );
    }

    #[test]
    fn a_report_can_change_and_add_rules() {
        let yaml = "agency:\n  - {id: next, title: Our plans, required: false}\n  - {id: learning, title: Learning, required: true}\n";
        let file = RelPath::new("report.yaml");
        let read = crate::source::yaml::read_document::<SectionsEntry>(&file, yaml, Span::new(0, yaml.len()));
        assert!(read.diagnostics.is_empty());
        let check = |text| check_with(Some(&read.value), text);
        assert_eq!(check("## What we did\n\nx\n\n## Our plans\n\ny\n\n## Learning\n\nz\n"), "done | next | learning");
        assert_eq!(check("## What we did\n\nx\n\n## What next\n\ny\n"), "done | next | 7:missing-section");
        assert_eq!(check("## What we did\n\nx\n\n## Learning\n\ny\n"), "done | learning");
    }
}
