//! Diagnostics for a terminal: the source lines, with carets below the marked words.
//!
//! Drawn by rustc's own renderer. It receives only the lines that are shown, so that a file of a million characters
//! takes no longer than a short one.

use std::cmp::Reverse;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet};
use rayon::prelude::*;

use super::code::Category;
use super::located::{DiagnosticList, LocatedDiagnostic};
use super::printable::{POSITION_MARKER, sanitize, sanitize_source, wrap};
use super::{Location, Position, Severity, SourceText, Span};

/// How diagnostics look on the terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct TerminalStyle {
    /// Whether to use colour.
    pub color: bool,
    /// The terminal's width in columns; `None` if the output is not a terminal.
    pub width: Option<usize>,
}

/// The width of snippets in columns if the output is not a terminal.
const WIDTH: usize = 140;
/// The smallest width in columns; narrower terminals get this width.
const NARROWEST: usize = 40;
/// The longest line in bytes that is passed to the renderer uncut.
const LONGEST_LINE: usize = 2_000;
/// For longer lines: how many characters are kept before and after the start of the mark.
const KEPT: (usize, usize) = (100, 300);
/// The largest distance in bytes between two locations of a file that are shown in one snippet.
const FARTHEST: usize = 16_384;

/// Renders all diagnostics, each followed by an empty line. Notes come first and errors last, because readers look at
/// the end of terminal output. Within one severity the order is that of `listing`.
#[must_use]
pub fn render(listing: &DiagnosticList<'_>, look: TerminalStyle) -> String {
    let drawn = render_each(listing, look);
    let mut all: Vec<_> = listing.found.iter().map(|found| found.diagnostic.severity).zip(drawn).collect();
    all.sort_by_key(|(severity, _)| Reverse(*severity));
    all.into_iter().map(|(_, drawn)| drawn).collect()
}

/// Renders each diagnostic separately, in the order of `listing`.
#[must_use]
pub fn render_each(listing: &DiagnosticList<'_>, look: TerminalStyle) -> Vec<String> {
    let renderer = renderer(look);
    listing.found.par_iter().map(|found| render_one(listing, found, &renderer, look)).collect()
}

/// Renders only the source lines of each diagnostic with their carets, in the order of `listing`. They are empty for
/// diagnostics that are about a file as a whole.
#[must_use]
pub(crate) fn render_snippets(listing: &DiagnosticList<'_>, look: TerminalStyle) -> Vec<String> {
    let renderer = renderer(look);
    let render = |found| {
        let mut excerpts = excerpts(listing, found);
        let Some(first) = excerpts.first_mut() else { return String::new() };
        // The overlay and the desk say themselves which place it is.
        first.path = None;
        let snippets = excerpts.into_iter().map(Excerpt::snippet);
        strip_renderer_positions(&renderer.render(&[Group::with_level(Level::ERROR).elements(snippets)]))
    };
    listing.found.par_iter().map(render).collect()
}

fn renderer(look: TerminalStyle) -> Renderer {
    let width = look.width.unwrap_or(WIDTH).max(NARROWEST);
    if look.color { Renderer::styled() } else { Renderer::plain() }.term_width(width)
}

fn render_one(
    listing: &DiagnosticList<'_>,
    found: &LocatedDiagnostic,
    renderer: &Renderer,
    look: TerminalStyle,
) -> String {
    let diagnostic = &found.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(sanitize(&diagnostic.message, false)).id(diagnostic.code.name());
    let excerpts = excerpts(listing, found);
    let gutter = excerpts.iter().map(|excerpt| excerpt.last_line.to_string().len()).max().unwrap_or(0);
    let mut group = Group::with_title(title);
    if excerpts.is_empty() {
        let Position { line, column } = found.at.start;
        let origin =
            Origin::path(sanitize(&listing.path(&diagnostic.location.file), false)).line(line).char_column(column);
        group = group.element(origin).element(Padding);
    }
    for excerpt in excerpts {
        group = group.element(excerpt.snippet());
    }
    // A waived problem does not need a remedy: somebody has already decided.
    let (level, word, footer) = match (&diagnostic.waived, &diagnostic.help) {
        (Some(reason), _) => (Level::NOTE, "note", Some(format!("waived: {reason}"))),
        (None, help) => (Level::HELP, "help", help.clone()),
    };
    if let Some(footer) = footer {
        let footer = sanitize(&footer, true);
        let indent = gutter + " = : ".len() + word.len();
        let wrapped = look.width.map(|width| wrap(&footer, width.max(NARROWEST).saturating_sub(indent)));
        group = group.element(level.message(wrapped.unwrap_or(footer)));
    }
    let mut drawn = strip_renderer_positions(&renderer.render(&[group]));
    drawn.push_str("\n\n");
    drawn
}

/// Some lines of one file, with marks.
struct Excerpt {
    /// The file with the position, unless it is left out.
    path: Option<String>,
    source: String,
    first_line: usize,
    last_line: usize,
    marks: Vec<Highlight>,
}

/// A marked run of bytes in an excerpt.
struct Highlight {
    span: Range<usize>,
    label: Option<String>,
    kind: AnnotationKind,
}

impl Excerpt {
    fn snippet(self) -> Snippet<'static, Annotation<'static>> {
        let marks = self.marks.into_iter().map(|mark| mark.kind.span(mark.span).label(mark.label));
        Snippet::source(self.source).line_start(self.first_line).path(self.path).annotations(marks)
    }
}

/// A location to mark, with the line that it begins on.
struct HighlightTarget<'a> {
    location: &'a Location,
    text: SourceText,
    at: Position,
    line: Span,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// The excerpts to show: first the diagnostic's own location together with related ones near it, then the others.
fn excerpts(listing: &DiagnosticList<'_>, found: &LocatedDiagnostic) -> Vec<Excerpt> {
    let diagnostic = &found.diagnostic;
    let primary =
        target(listing, &diagnostic.location, found.at.start, diagnostic.label.as_deref(), AnnotationKind::Primary);
    let Some(primary) = primary.filter(|primary| !is_about_whole_file(found, primary)) else { return Vec::new() };
    let related = diagnostic.related.iter().zip(&found.related).filter_map(|((location, label), at)| {
        target(listing, location, at.start, Some(label.as_str()), AnnotationKind::Context)
    });
    let (near, far): (Vec<_>, Vec<_>) = related.partition(|other| is_near(&primary, other));
    let first = std::iter::once(primary).chain(near).collect();
    std::iter::once(first)
        .chain(far.into_iter().map(|target| vec![target]))
        .map(|shown| excerpt(listing, &shown))
        .collect()
}

/// Whether a diagnostic is about a file as a whole, so that showing its first line would not explain anything.
fn is_about_whole_file(found: &LocatedDiagnostic, primary: &HighlightTarget<'_>) -> bool {
    found.diagnostic.code.family() == Category::Files
        && primary.location.span == Span::default()
        && primary.label.is_none()
}

fn target<'a>(
    listing: &'a DiagnosticList<'_>,
    location: &'a Location,
    at: Position,
    label: Option<&'a str>,
    kind: AnnotationKind,
) -> Option<HighlightTarget<'a>> {
    let text = listing.texts.text(&location.file).filter(|text| !text.is_empty())?;
    let start = floor(&text, location.span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
    Some(HighlightTarget { location, text, at, line: Span::new(line_start, line_end), label, kind })
}

/// The character boundary at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

/// Whether another location can be shown in the same excerpt.
fn is_near(primary: &HighlightTarget<'_>, other: &HighlightTarget<'_>) -> bool {
    let gap = primary.line.start.abs_diff(other.line.start) as usize;
    let is_short = |target: &HighlightTarget<'_>| target.line.range().len() <= LONGEST_LINE;
    primary.location.file == other.location.file && gap <= FARTHEST && is_short(primary) && is_short(other)
}

/// The lines from the first to the last target, which are all in one file; a long line is cut around its mark.
fn excerpt(listing: &DiagnosticList<'_>, targets: &[HighlightTarget<'_>]) -> Excerpt {
    let first = targets.iter().min_by_key(|target| target.at.line).unwrap_or(&targets[0]);
    let last = targets.iter().max_by_key(|target| target.at.line).unwrap_or(&targets[0]);
    let (primary, text) = (&targets[0], &*first.text);
    let mut part = Span::new(first.line.start as usize, last.line.end as usize);
    let mut ends = ("", "");
    if part.range().len() > LONGEST_LINE && targets.len() == 1 {
        let (whole, mark) = (part.range(), primary.location.span.start as usize);
        let mark = floor(text, mark.clamp(whole.start, whole.end));
        let before = text[whole.start..mark].char_indices().rev().nth(KEPT.0 - 1).map_or(0, |(byte, _)| byte);
        let after = text[mark..whole.end].char_indices().nth(KEPT.1).map_or(whole.end, |(byte, _)| mark + byte);
        part = Span::new(whole.start + before, after);
        ends = (if before > 0 { "…" } else { "" }, if after < whole.end { "…" } else { "" });
    }
    let file = &primary.location.file;
    let shown = listing.flagged.hide_part(file, text, part);
    let source = format!("{}{}{}", ends.0, sanitize_source(&shown), ends.1);
    let marks = targets.iter().map(|target| {
        // Mark only the first line of a span: a span for a whole section would be long.
        let within = |byte: usize| floor(text, byte.clamp(part.start as usize, part.end as usize));
        let start = within((target.location.span.start as usize).min(target.line.end as usize));
        let end = within((target.location.span.end as usize).min(target.line.end as usize)).max(start);
        let end = start + text[start..end].trim_end().len();
        let from = |byte: usize| ends.0.len() + byte - part.start as usize;
        Highlight {
            span: from(start)..from(end),
            label: target.label.map(|label| sanitize(label, false)),
            kind: target.kind,
        }
    });
    let marks = marks.collect();
    let Position { line, column } = primary.at;
    Excerpt {
        path: Some(format!("{}:{line}:{column}{POSITION_MARKER}", sanitize(&listing.path(file), false))),
        source,
        first_line: first.at.line,
        last_line: last.at.line,
        marks,
    }
}

/// Removes the positions that the renderer counted, since they are relative to the excerpt.
fn strip_renderer_positions(drawn: &str) -> String {
    let mut parts = drawn.split(POSITION_MARKER);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::located::StaticFiles;
    use crate::diagnostic::{Code, Diagnostic, RelPath};

    const FILE: &str = "content/2019-20/agencies/scas.md";

    fn check(text: &'static str, diagnostic: Diagnostic) -> String {
        let files: &'static [(&str, &str)] = vec![(FILE, text), ("content/other.csv", "a,b\n\"£1\",2\n")].leak();
        render(&DiagnosticList::new(vec![diagnostic], &StaticFiles(files), 1), TerminalStyle::default())
    }

    fn at(span: Range<usize>) -> Diagnostic {
        let location = Location::new(&RelPath::new(FILE), Span::new(span.start, span.end));
        Diagnostic::new(Code::MissingSection, location, "this submission does not say what happens next")
    }

    #[test]
    fn looks_as_documented() {
        let text = "---\nstatus: submitted\n---\n## What weve do next\n\nNothing.\n";
        let diagnostic = at(26..46).label("this heading is close to one that would do").help("write \"## What next?\"");
        insta::assert_snapshot!(check(text, diagnostic), @r###"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:4:1
          |
        4 | ## What weve do next
          | ^^^^^^^^^^^^^^^^^^^^ this heading is close to one that would do
          |
          = help: write "## What next?"
        "###);
    }

    #[test]
    fn errors_come_last() {
        let files = StaticFiles(&[(FILE, "one\ntwo\nthree\n")]);
        let of = |severity, at: Range<usize>| Diagnostic { severity, ..self::at(at) };
        let all = vec![
            of(Severity::Error, 0..3),
            of(Severity::Note, 4..7),
            of(Severity::Warning, 8..13),
            of(Severity::Error, 8..9),
        ];
        let drawn = render(&DiagnosticList::new(all, &files, 1), TerminalStyle::default());
        let places: Vec<&str> =
            drawn.lines().filter_map(|line| line.split_once("scas.md:")).map(|(_, at)| at).collect();
        assert_eq!(places, ["2:1", "3:1", "1:1", "3:1"]);
    }

    #[test]
    fn shows_other_places_near_far_and_in_other_files() {
        let text = "one: 1\ntwo: 2\n\n\none: 3\n";
        let file = RelPath::new(FILE);
        let diagnostic = at(16..19).label("again").related(Location::new(&file, Span::new(0, 3)), "first given here");
        let diagnostic =
            diagnostic.related(Location::new(&RelPath::new("content/other.csv"), Span::new(4, 9)), "the sum");
        insta::assert_snapshot!(check(text, diagnostic), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:5:1
          |
        1 | one: 1
          | --- first given here
        ...
        5 | one: 3
          | ^^^ again
          |
         ::: content/other.csv:2:1
          |
        2 | "£1",2
          | ---- the sum
        "#);
    }

    #[test]
    fn files_without_text_show_their_place_alone() {
        let mut diagnostic = at(0..0);
        diagnostic.waived = Some("They sent none.".into());
        diagnostic.severity = Severity::Note;
        insta::assert_snapshot!(check("", diagnostic.help("not said")), @r#"
        note[missing-section]: this submission does not say what happens next
        --> content/2019-20/agencies/scas.md:1:1
         |
         = note: waived: They sent none.
        "#);
    }

    #[test]
    fn tabs_crlf_wide_characters_and_ends_of_files_keep_carets_in_their_place() {
        insta::assert_snapshot!(check("\tä 漢字 b\r\nx\r\n", at(11..12).label("this")), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:7
          |
        1 |     ä 漢字 b
          |            ^ this
        "#);
        insta::assert_snapshot!(check("one\r\ntwo\r\n", at(5..10)), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:2:1
          |
        2 | two
          | ^^^
        "#);
        insta::assert_snapshot!(check("one\ntwo\n", at(8..8).label("here")), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:3:1
          |
        3 |
          | ^ here
        "#);
        insta::assert_snapshot!(check("one\ntwo", at(7..7)), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:2:4
          |
        2 | two
          |    ^
        "#);
        insta::assert_snapshot!(check("one\n\n\nthree\n", at(4..11)), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:2:1
          |
        2 |
          | ^
        "#);
        insta::assert_snapshot!(check("a \u{1b}[31mb\u{9b}1m\u{202e}c\n", at(15..16)), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:13
          |
        1 | a ␛[31mb·1m�c
          |             ^
        "#);
    }

    #[test]
    fn long_lines_are_cut() {
        let text: &'static str = format!("{}here{}\n", "word ".repeat(200_000), " word".repeat(1_000)).leak();
        insta::assert_snapshot!(check(text, at(1_000_000..1_000_004).label("this")), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:1000001
          |
        1 | …word word word word word word word word word word word word word word word word word word word word here word word word word word wo...
          |                                                                                                      ^^^^ this
        "#);
        insta::assert_snapshot!(check(text, at(2..5_000_000)), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:3
          |
        1 | word word word word word word word word word wo...rd word word word word word word word word wo…
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#);
        let text: &'static str = format!("{}here{}\n", "word ".repeat(20), " word".repeat(50)).leak();
        insta::assert_snapshot!(check(text, at(100..104).label("this")), @r#"
        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:101
          |
        1 | word word word word word word word word word word word word word word word word word word word word here word word word word word wor...
          |                                                                                                     ^^^^ this
        "#);
    }

    #[test]
    fn personal_data_is_starred_whichever_diagnostic_shows_it() {
        let text = "Ring Jo on 01908 253772 now.\n";
        let files = StaticFiles(&[(FILE, "Ring Jo on 01908 253772 now.\n")]);
        let location = Location::new(&RelPath::new(FILE), Span::new(11, 23));
        let flagging =
            Diagnostic::new(Code::PersonalData, location, "a telephone number: `01****72`").flagging("01908 253772");
        let drawn = render(&DiagnosticList::new(vec![flagging, at(24..27)], &files, 1), TerminalStyle::default());
        assert!(!drawn.contains(&text[11..23]) && !drawn.contains("253"), "{drawn}");
        insta::assert_snapshot!(drawn, @r#"
        error[personal-data]: a telephone number: `01****72`
         --> content/2019-20/agencies/scas.md:1:12
          |
        1 | Ring Jo on 01********72 now.
          |            ^^^^^^^^^^^^

        error[missing-section]: this submission does not say what happens next
         --> content/2019-20/agencies/scas.md:1:25
          |
        1 | Ring Jo on 01********72 now.
          |                         ^^^
        "#);
    }

    #[test]
    fn a_terminal_gets_colour_and_wrapped_remedies() {
        let files = StaticFiles(&[(FILE, "one\n")]);
        let diagnostic = at(0..3).help("write a heading that says what the agency plans to do in the year to come");
        let look = TerminalStyle { color: true, width: Some(50) };
        let drawn = render(&DiagnosticList::new(vec![diagnostic], &files, 1), look);
        insta::assert_snapshot!(drawn.replace('\u{1b}', "␛"), @r#"
        ␛[1m␛[91merror[missing-section]␛[0m␛[1m: this submission does not say what happens next␛[0m
         ␛[1m␛[94m--> ␛[0mcontent/2019-20/agencies/scas.md:1:1
          ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m1␛[0m ␛[1m␛[94m|␛[0m one
          ␛[1m␛[94m|␛[0m ␛[1m␛[91m^^^␛[0m
          ␛[1m␛[94m|␛[0m
          ␛[1m␛[94m= ␛[0m␛[1mhelp␛[0m: write a heading that says what the
                  agency plans to do in the year to come
        "#);
    }

    #[test]
    fn any_span_of_any_text_can_be_shown() {
        for text in ["", "\n", "\r\n\r", "é\n\u{1f388}\tx", "a\u{301}\u{200d}b\n\n", "\u{feff}x\r\r\ny"] {
            for start in 0..12 {
                for end in start..12 {
                    let file = RelPath::new(FILE);
                    check(
                        text,
                        at(start..end).related(Location::new(&file, Span::new(end, end + 3)), "x").label("y\nz"),
                    );
                }
            }
        }
    }
}
