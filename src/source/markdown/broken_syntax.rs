//! Links and pictures that Markdown reads as plain text because their addresses contain spaces.

use super::Markdown;
use super::link_target::{explain_computer, is_on_a_computer};
use crate::diagnostic::{Code, Diagnostic, Fix, Span, TextEdit};

/// Maximum length of a label or address, in bytes. Longer ones are ignored.
const LONGEST: usize = 400;

/// Extensions that show that a text is meant as an address.
const ENDINGS: &[&str] = &[
    "md", "csv", "pdf", "docx", "xlsx", "html", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "heic", "bmp",
    "tif",
];

/// Reports text that was meant as a link or a picture.
pub(super) fn find(markdown: &Markdown) -> Vec<Diagnostic> {
    let text = markdown.text();
    let mut diagnostics = Vec::new();
    for stretch in stretches(markdown) {
        let slice = stretch.slice(text);
        for (at, _) in slice.match_indices("](") {
            let middle = stretch.start as usize + at;
            let Some(link) = IntendedLink::around(text, stretch.start as usize, middle) else { continue };
            let (code, message, help) = link.explain(text);
            let diagnostic = Diagnostic::new(code, markdown.location(link.whole), message).help(help);
            diagnostics.push(match link.brackets(markdown) {
                Some(fix) => diagnostic.fix(fix),
                None => diagnostic,
            });
        }
    }
    diagnostics
}

/// Spans of text that is read exactly as written, as long as possible.
fn stretches(markdown: &Markdown) -> Vec<Span> {
    let mut stretches: Vec<Span> = Vec::new();
    for run in markdown.runs.iter().filter(|run| run.text.is_none()) {
        match stretches.last_mut() {
            Some(before) if before.end == run.span.start && !run.begins_block => before.end = run.span.end,
            _ => stretches.push(run.span),
        }
    }
    stretches
}

/// Text that was meant as a link or picture.
struct IntendedLink<'t> {
    whole: Span,
    is_image: bool,
    label: &'t str,
    address: &'t str,
    title: &'t str,
}

impl<'t> IntendedLink<'t> {
    /// The intended link around the `](` at `middle`, if there is one.
    fn around(text: &'t str, first: usize, middle: usize) -> Option<Self> {
        let before = &text[floor(text, first.max(middle.saturating_sub(LONGEST)))..middle];
        let label = &before[before.rfind('[')? + 1..];
        let open = middle - label.len() - 1;
        let is_image = text[..open].ends_with('!');
        let start = open - usize::from(is_image);
        if text[..start].ends_with('\\') {
            return None;
        }
        let rest = &text[middle + 2..floor(text, (middle + 2 + LONGEST).min(text.len()))];
        let line = rest.lines().next().unwrap_or_default();
        // A file's name may contain brackets. The address ends at the first bracket that leaves it a known extension,
        // or else at the first one.
        let line = &line[..line.find(['[', '`']).unwrap_or(line.len())];
        let ends = || line.match_indices(')').map(|(end, _)| end);
        let end = ends().find(|end| has_ending(split_title(&line[..*end]).0)).or_else(|| ends().next())?;
        let (address, title) = split_title(&line[..end]);
        let is_meant = address.contains([' ', '\t']) && (has_ending(address) || begins_as_one(address));
        let whole = Span::new(start, middle + 2 + end + 1);
        is_meant.then_some(Self { whole, is_image, label, address, title })
    }

    fn explain(&self, text: &str) -> (Code, String, String) {
        if is_on_a_computer(self.address) {
            let (message, help) = explain_computer(self.is_image);
            let code = if self.is_image { Code::BrokenImage } else { Code::UnsafeLink };
            return (code, message.to_owned(), help.to_owned());
        }
        let what = if self.is_image { "picture" } else { "link" };
        let message = format!("this address has spaces in it, so Markdown does not read it as a {what}");
        let mark = if text[self.whole.range()].starts_with('!') { "!" } else { "" };
        let help = format!(
            "put it in angle brackets: `{mark}[{}](<{}>{})`, or give the file a name without spaces",
            self.label, self.address, self.title
        );
        (if self.is_image { Code::BrokenImage } else { Code::BrokenLink }, message, help)
    }

    /// The fix that puts the address in angle brackets, if it can be an address.
    fn brackets(&self, markdown: &Markdown) -> Option<Fix> {
        let address = self.address.trim();
        if is_on_a_computer(address) || address.contains(['<', '>']) {
            return None;
        }
        let inside = self.whole.slice(markdown.text()).find("](")? + 2;
        let at = self.whole.start as usize + inside;
        let start = at + markdown.text()[at..].find(address)?;
        let bracket = |at: usize, bracket: &str| TextEdit::new(markdown.location(Span::at(at)).span, bracket);
        // Spaces between the brackets and the address are part of neither.
        let edits = vec![bracket(start, "<"), bracket(start + address.len(), ">")];
        // In a value of a YAML file, a place may be that of the whole value.
        let is_exact = markdown.is_of_file() && edits.iter().all(|edit| edit.span.start == edit.span.end);
        let title = "put the address in angle brackets".to_owned();
        is_exact.then_some(Fix { title, edits, is_certain: true })
    }
}

/// The start of the character at `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Splits the content of the brackets into an address and the title after it, with the space between.
fn split_title(inside: &str) -> (&str, &str) {
    let trimmed = inside.trim();
    let begins = trimmed.find(" \"").filter(|at| trimmed.ends_with('"') && at + 2 < trimmed.len());
    trimmed.split_at(begins.unwrap_or(trimmed.len()))
}

/// Whether a text ends like the address of a file or page.
fn has_ending(words: &str) -> bool {
    let path = words.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether a text starts like an address.
fn begins_as_one(words: &str) -> bool {
    is_on_a_computer(words) || ["../", "./", "@/", "http:", "https:"].iter().any(|start| words.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    /// The diagnostics of a text: code, text at the place, and help.
    fn check(text: &str) -> String {
        let markdown = Markdown::of_file(&RelPath::new("a.md"), &text.into(), Span::new(0, text.len())).value;
        let lines = find(&markdown).into_iter().map(|diagnostic| {
            let help = diagnostic.help.unwrap_or_default();
            format!("{} {}: {help}\n", diagnostic.code, diagnostic.location.span.slice(text))
        });
        lines.collect()
    }

    #[test]
    fn addresses_with_spaces_are_reported() {
        for (text, remedy) in [
            ("![The new centre](../media/Centre Photo 1.PNG)", "`![The new centre](<../media/Centre Photo 1.PNG>)`"),
            ("see [the plan](../pages/our plan.md#next) or", "`[the plan](<../pages/our plan.md#next>)`"),
            ("![x](../media/a (1).png)", "`![x](<../media/a (1).png>)`"),
            ("- **a** ![x](a b.jpg \"Photo: J\") c", "`![x](<a b.jpg> \"Photo: J\")`"),
            ("[site](https://a.example/a b.pdf)", "`[site](<https://a.example/a b.pdf>)`"),
        ] {
            let found = check(text);
            let code = if text.contains('!') { "broken-image " } else { "broken-link " };
            assert!(found.starts_with(code) && found.contains(remedy), "{text}: {found}");
        }
        assert!(check("![x](C:\\Users\\Jane Smith\\a.png)").starts_with("broken-image ![x](C:"));
        assert!(check("[x](/Users/Jane Smith/a.docx)").starts_with("unsafe-link [x](/Users"));
    }

    #[test]
    fn other_words_are_left_alone() {
        for text in [
            "![x](<../media/a b.png>)",
            "![x](../media/a.png \"A title.png\")",
            "[sic](as it was said in 2019)",
            "`![x](a b.png)`",
            "    ![x](a b.png)",
            "\\![x](a b.png)",
            "\\[x](a b.png)",
            "a](b c.png",
            "%% ![x](a b.png)",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
        assert_eq!(check(&"](".repeat(100_000)), "");
    }
}
