//! Links and pictures that Markdown takes for text, since their addresses have spaces in them.

use super::Markdown;
use super::link_target::{explain_computer, is_on_a_computer};
use crate::diagnostic::{Code, Diagnostic, Span};

/// The longest label and the longest address that are looked at, in bytes.
const LONGEST: usize = 400;

/// What addresses end with that somebody means as such.
const ENDINGS: &[&str] = &[
    "md", "csv", "pdf", "docx", "xlsx", "html", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "heic", "bmp",
    "tif",
];

/// What was meant as a link or a picture, and stands on the page as it is written.
pub(super) fn find(markdown: &Markdown) -> Vec<Diagnostic> {
    let text = markdown.text();
    let mut faults = Vec::new();
    for stretch in stretches(markdown) {
        let slice = stretch.slice(text);
        for (at, _) in slice.match_indices("](") {
            let middle = stretch.start as usize + at;
            let Some(meant) = IntendedLink::around(text, stretch.start as usize, middle) else { continue };
            let (code, message, help) = meant.explain(text);
            let diagnostic = Diagnostic::new(code, markdown.location(meant.whole), message);
            faults.push(diagnostic.help(help));
        }
    }
    faults
}

/// Where text stands that is read as it is written, so far as it goes on without a break.
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

/// A link or picture that somebody meant.
struct IntendedLink<'t> {
    whole: Span,
    is_image: bool,
    label: &'t str,
    address: &'t str,
    title: &'t str,
}

impl<'t> IntendedLink<'t> {
    /// What was meant with the `](` at `middle`, if anything was.
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
        // A file's name may hold brackets: the address ends with the first that leaves it an ending, or else at the first.
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
            return (Code::UnsafeLink, message.to_owned(), help.to_owned());
        }
        let what = if self.is_image { "picture" } else { "link" };
        let message = format!("this address has spaces in it, so Markdown does not read it as a {what}");
        let mark = if text[self.whole.range()].starts_with('!') { "!" } else { "" };
        let help = format!(
            "put it in angle brackets: `{mark}[{}](<{}>{})`, or give the file a name without spaces",
            self.label, self.address, self.title
        );
        (Code::BrokenLink, message, help)
    }
}

/// The nearest place before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// An address, and the title behind it with what is between.
fn split_title(inside: &str) -> (&str, &str) {
    let trimmed = inside.trim();
    let begins = trimmed.find(" \"").filter(|at| trimmed.ends_with('"') && at + 2 < trimmed.len());
    trimmed.split_at(begins.unwrap_or(trimmed.len()))
}

/// Whether some words end as the address of a file or of a page does.
fn has_ending(words: &str) -> bool {
    let path = words.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether some words begin as an address does.
fn begins_as_one(words: &str) -> bool {
    is_on_a_computer(words) || ["../", "./", "@/", "http:", "https:"].iter().any(|start| words.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;

    /// What is told of a text: the words at each place, and the remedy up to its comma.
    fn check(text: &str) -> String {
        let markdown = Markdown::of_file(&RelPath::new("a.md"), &text.into(), Span::new(0, text.len())).value;
        let told = find(&markdown).into_iter().map(|fault| {
            let help = fault.help.unwrap_or_default();
            format!("{} {}: {help}\n", fault.code, fault.location.span.slice(text))
        });
        told.collect()
    }

    #[test]
    fn addresses_with_spaces_are_told() {
        for (text, remedy) in [
            ("![The new centre](../media/Centre Photo 1.PNG)", "`![The new centre](<../media/Centre Photo 1.PNG>)`"),
            ("see [the plan](../pages/our plan.md#next) or", "`[the plan](<../pages/our plan.md#next>)`"),
            ("![x](../media/a (1).png)", "`![x](<../media/a (1).png>)`"),
            ("- **a** ![x](a b.jpg \"Photo: J\") c", "`![x](<a b.jpg> \"Photo: J\")`"),
            ("[site](https://a.example/a b.pdf)", "`[site](<https://a.example/a b.pdf>)`"),
        ] {
            let told = check(text);
            assert!(told.starts_with("broken-link ") && told.contains(remedy), "{text}: {told}");
        }
        assert!(check("![x](C:\\Users\\Jane Smith\\a.png)").starts_with("unsafe-link ![x](C:"));
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
