//! Splits front matter (the YAML between two `---` lines at the top of a submission or page) from the body.

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Span, WithDiagnostics};

/// A text split into front matter and body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML, including the opening `---` line but not the closing one, so that its line numbers are the file's.
    /// `None` if there is no front matter, or if it cannot be separated from the body.
    pub yaml: Option<Span>,
    /// The Markdown after it.
    pub body: Span,
    /// Whether there is front matter that has no proper fences. Its content and the start of the body are then
    /// uncertain, so nothing should be reported as missing from either.
    pub is_unclosed: bool,
}

/// Splits a file's text into front matter and body.
///
/// Front matter opens with `---` alone on the first line and closes with `---` or `...` alone on another; trailing
/// spaces do not matter. Empty lines before it are skipped if what follows can only be front matter, so that an empty
/// line does not publish a draft. Unclosed front matter is reported, and the body is assumed to start at the first
/// blank line or level-2 heading, where most people meant it to.
#[must_use]
pub fn split(file: &RelPath, text: &str) -> WithDiagnostics<FrontMatter> {
    let whole = Span::new(0, text.len());
    let mut lines = lines(text).skip_while(|(_, line)| line.trim().is_empty()).peekable();
    let opens = |(start, line): &(usize, &str)| line.trim_end() == "---" && (*start == 0 || is_closed(&text[*start..]));
    let Some((first, opening)) = lines.next_if(opens) else {
        if let Some((line, body)) = misfenced(text) {
            let message = "this looks like front matter, but the lines above and below it are not `---`";
            let location = Location::new(file, line);
            let help = "write three hyphens, `---`, on a line of their own above the first setting and below the last";
            let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, location, message).help(help);
            return WithDiagnostics::new(FrontMatter { yaml: None, body, is_unclosed: true }, vec![diagnostic]);
        }
        if let Some(line) = stray_status(text) {
            let message = "this looks like front matter, but it does not start on the first line of the file";
            let help =
                "write three hyphens, `---`, on the first line of the file, the settings below them, and `---` again";
            let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, Location::new(file, line), message).help(help);
            return WithDiagnostics::new(FrontMatter { yaml: None, body: whole, is_unclosed: true }, vec![diagnostic]);
        }
        return WithDiagnostics::new(FrontMatter { yaml: None, body: whole, is_unclosed: false }, Vec::new());
    };
    let mut likely_body = None;
    for (start, line) in lines {
        let trimmed = line.trim_end();
        if trimmed == "---" || trimmed == "..." {
            let (yaml, body) = (Span::new(first, start), Span::new(start + line.len(), text.len()));
            // A second block of settings is text, and its status would be shown instead of followed.
            let has_status = yaml.slice(text).lines().any(|line| line.trim_start().starts_with("status"));
            if let Some(line) = stray_status(body.slice(text)).filter(|_| !has_status) {
                let location = Location::new(file, line.shifted(body.start as usize));
                let message = "this looks like front matter, but the front matter of this file ends above it";
                let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, location, message)
                    .help("move this line between the two lines `---` at the top of the file");
                return WithDiagnostics::new(
                    FrontMatter { yaml: None, body: whole, is_unclosed: true },
                    vec![diagnostic],
                );
            }
            let split = FrontMatter { yaml: Some(yaml), body, is_unclosed: false };
            return WithDiagnostics::new(split, Vec::new());
        }
        if likely_body.is_none() && (trimmed.is_empty() || line.starts_with("## ")) {
            likely_body = Some(start);
        }
    }
    let body = Span::new(likely_body.unwrap_or(text.len()), text.len());
    let location = Location::new(file, Span::new(first, first + opening.trim_end().len()));
    let diagnostic = Diagnostic::new(
        Code::UnclosedFrontMatter,
        location,
        "the front matter that starts here has no closing `---` line",
    )
    .help("add a line `---` below its last setting, or remove this line if there are no settings");
    WithDiagnostics::new(FrontMatter { yaml: None, body, is_unclosed: true }, vec![diagnostic])
}

/// Keys that front matter commonly starts with.
const KEYS: [&str; 12] = [
    "title",
    "summary",
    "status",
    "author",
    "submitted",
    "signed_off",
    "priorities",
    "evidence",
    "follow_up",
    "sponsor",
    "aliases",
    "order",
];

/// Finds front matter whose `---` lines are missing or were changed by a word processor. Returns its first line and the
/// body. This must not publish a draft.
fn misfenced(text: &str) -> Option<(Span, Span)> {
    let is_fence = |line: &str| {
        let line = line.trim();
        !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '−'))
    };
    let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key));
    let mut lines = lines(text).skip_while(|(_, line)| line.trim().is_empty());
    let (first, opening) = lines.next()?;
    if !(is_key(opening) || is_fence(opening) && lines.next().is_some_and(|(_, line)| is_key(line))) {
        return None;
    }
    let location = Span::new(first, first + opening.trim_end().len());
    for (start, line) in lines {
        if is_fence(line) {
            return Some((location, Span::new(start + line.len(), text.len())));
        }
        if line.trim().is_empty() || line.starts_with('#') {
            // Without any fence, a first line such as `Summary: …` may be prose.
            return is_fence(opening).then(|| (location, Span::new(start, text.len())));
        }
    }
    None
}

/// Finds a line such as `status: draft` above the first section of a text without front matter: below a title or a
/// note, indented, in a code block, or in a file with unusual line ends. This must not publish a draft.
fn stray_status(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let words = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '*' | '>' | '|'));
        if line.starts_with("## ") {
            return None;
        }
        if let Some((key, value)) = words.split_once([':', '='])
            && key.trim().eq_ignore_ascii_case("status")
            && is_status(&value.trim().to_lowercase())
        {
            let at = start + line.find(words).unwrap_or_default();
            return Some(Span::new(at, at + words.len()));
        }
        start += line.len();
    }
    None
}

/// Whether a word is a status, perhaps misspelt.
fn is_status(word: &str) -> bool {
    let known = ["draft", "submitted", "signed-off"];
    known.contains(&word) || nearest(word, known).is_some()
}

/// Whether a text that starts with `---` has a key on its next line and another `---` below, unlike a thematic break.
fn is_closed(text: &str) -> bool {
    let mut lines = text.lines().skip(1);
    let is_key = |line: &str| {
        line.split_once(':')
            .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    };
    lines.next().is_some_and(is_key) && lines.any(|line| line.trim_end() == "---")
}

/// The lines of a text with their start bytes, line ends included.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let checked = split(&RelPath::new("a.md"), text);
        let front = checked.value;
        let yaml = front.yaml.map_or("-".to_owned(), |yaml| format!("{:?}", yaml.slice(text)));
        let found: Vec<_> =
            checked.diagnostics.iter().map(|d| format!(" {} at {:?}", d.code, d.location.span)).collect();
        assert_eq!(front.is_unclosed, !found.is_empty());
        format!("{yaml} | {:?}{}", front.body.slice(text), found.concat())
    }

    #[test]
    fn front_matter_is_split_from_the_body() {
        assert_eq!(check("---\na: 1\n---\nText\n"), r#""---\na: 1\n" | "Text\n""#);
        assert_eq!(check("---  \r\na: 1\r\n---\t\r\nText"), r#""---  \r\na: 1\r\n" | "Text""#);
        assert_eq!(check("---\n---\n"), r#""---\n" | """#);
        assert_eq!(check("---\na: 1\n...\n\nText"), r#""---\na: 1\n" | "\nText""#);
        assert_eq!(check("---\na: 1\n---"), r#""---\na: 1\n" | """#);
        assert_eq!(check("---\na: |\n  ---\n---\nx"), r#""---\na: |\n  ---\n" | "x""#);
    }

    #[test]
    fn front_matter_is_optional() {
        assert_eq!(check("Text\n\n---\n\nMore\n"), r#"- | "Text\n\n---\n\nMore\n""#);
        assert_eq!(check("\n---\nText: 1\n---\n"), r#"- | "\n---\nText: 1\n---\n""#);
        assert_eq!(check(" ---\na: 1\n---\n"), r#"- | " ---\na: 1\n---\n""#);
        assert_eq!(check("----\n"), r#"- | "----\n""#);
        assert_eq!(check(""), r#"- | """#);
    }

    #[test]
    fn empty_lines_before_it_do_not_hide_it() {
        assert_eq!(check("\n\r\n---\nstatus: draft\n---\nx"), r#""---\nstatus: draft\n" | "x""#);
    }

    #[test]
    fn rules_in_the_body_stay_there() {
        assert_eq!(check("---\na: 1\n---\nx\n\n---\n\ny"), r#""---\na: 1\n" | "x\n\n---\n\ny""#);
    }

    #[test]
    fn unclosed_front_matter_does_not_swallow_the_body() {
        let at = "unclosed-front-matter at Span { start: 0, end: 3 }";
        assert_eq!(check("---\na: 1\n\n## Next\n\nx\n"), format!(r#"- | "\n## Next\n\nx\n" {at}"#));
        assert_eq!(check("---\na: 1\n## Next\n"), format!(r###"- | "## Next\n" {at}"###));
        assert_eq!(check("---\r\na: 1\r\n"), format!(r#"- | "" {at}"#));
        assert_eq!(check("---"), format!(r#"- | "" {at}"#));
    }
}
