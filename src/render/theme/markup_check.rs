//! Checks the HTML in a theme's templates: what the pages' security policy forbids, what would be loaded from other sites, and
//! addresses that are right on some pages only.

use std::ops::Range;

use super::files::ThemeSource;
use super::template_tags::tags;
use crate::diagnostic::{Code, Diagnostic, Location, Span, excerpt};

/// Elements that browsers leave out, each with what it is and what to do instead.
const BLOCKED_ELEMENTS: &[(&str, &str, &str)] = &[
    ("style", "a style sheet inside a page", "put the rules into a file in `assets/`, and link to it"),
    ("iframe", "a frame", "link to the page instead"),
    ("frame", "a frame", "link to the page instead"),
    ("object", "an embedded object", "link to the file instead"),
    ("embed", "an embedded object", "link to the file instead"),
    ("video", "a video", "link to it instead"),
    ("audio", "a recording", "link to it instead"),
    ("base", "a base address", "begin each address with `{{ page.root }}` instead"),
];
/// What to do instead of a script inside a page.
const SCRIPT_FILE: &str = "put the script into a file in `assets/`";

/// An attribute of an element in a template.
struct MarkupAttribute<'t> {
    name: &'t str,
    /// Without quotation marks.
    value: &'t str,
    /// The place of the name.
    at: Span,
    /// The place of the value.
    value_at: Span,
}

/// An element's tag in a template.
struct MarkupTag<'t> {
    name: &'t str,
    at: Span,
    attributes: Vec<MarkupAttribute<'t>>,
}

impl<'t> MarkupTag<'t> {
    fn get(&self, name: &str) -> Option<&MarkupAttribute<'t>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

/// Checks a template.
pub(super) fn check(file: &ThemeSource, text: &str, found: &mut Vec<Diagnostic>) {
    for tag in markup(text) {
        check_tag(&tag, &mut |code, span, message, help| {
            found.push(Diagnostic::new(code, Location::new(&file.path, span), message).help(help));
        });
    }
}

fn check_tag(tag: &MarkupTag<'_>, report: &mut impl FnMut(Code, Span, String, &str)) {
    let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
    let ignored = |what: &str| format!("browsers ignore {what} here");
    if let Some((_, what, help)) = BLOCKED_ELEMENTS.iter().find(|(name, ..)| is(name)) {
        report(Code::BlockedContent, tag.at, ignored(what), help);
        return;
    }
    let is_data = tag.get("type").is_some_and(|kind| kind.value.ends_with("json"));
    if is("script") && tag.get("src").is_none() && !is_data {
        report(Code::BlockedContent, tag.at, ignored("a script inside a page"), SCRIPT_FILE);
    }
    let rel = tag.get("rel").filter(|_| is("link")).map(|rel| rel.value);
    let is_loading_link = matches!(rel, Some("stylesheet" | "icon" | "preload" | "manifest" | "modulepreload"));
    for attribute in &tag.attributes {
        let (name, value) = (attribute.name.to_ascii_lowercase(), attribute.value.trim());
        let is_script = name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if name == "style" {
            let help = "give the element a class, and put the rule into a style sheet";
            report(Code::BlockedContent, attribute.at, ignored("a style attribute"), help);
        } else if is_script || value.to_ascii_lowercase().starts_with("javascript:") {
            report(Code::BlockedContent, attribute.at, ignored("a script inside a page"), SCRIPT_FILE);
        } else {
            check_address(tag, &name, attribute, is_loading_link, report);
        }
    }
}

/// Checks an attribute that is an address. `is_loading_link` says whether the tag is a link to what browsers load.
fn check_address(
    tag: &MarkupTag<'_>,
    name: &str,
    attribute: &MarkupAttribute<'_>,
    is_loading_link: bool,
    report: &mut impl FnMut(Code, Span, String, &str),
) {
    let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
    let is_loaded = matches!(name, "src" | "srcset" | "poster") || name == "href" && is_loading_link;
    let is_followed = name == "href" && (is("a") || is("area")) || name == "action" && is("form");
    let value = attribute.value.trim();
    let is_remote = ["http:", "https:", "//"].iter().any(|start| value.starts_with(start));
    if is_remote && is_loaded {
        let help = "put the file into the theme's `assets/`: pages load nothing from other sites";
        report(Code::BlockedContent, attribute.value_at, format!("browsers do not load `{}`", excerpt(value)), help);
    } else if is_remote && name == "action" && is("form") {
        let help = "link to the other site instead: forms of these pages are sent nowhere else";
        report(
            Code::BlockedContent,
            attribute.value_at,
            format!("browsers do not send a form to `{}`", excerpt(value)),
            help,
        );
    } else if is_loaded && is_written_out(value) {
        let file = value.trim_start_matches(['/', '.']).trim_start_matches("assets/");
        let help =
            format!("write `{{{{ page.root }}}}{{{{ asset(path=\"{}\") }}}}` for a file in `assets/`", excerpt(file));
        report(Code::BrokenAsset, attribute.value_at, format!("there is no file at `{}`", excerpt(value)), &help);
    } else if is_followed && is_written_out(value) {
        let help = format!("write `{{{{ page.root }}}}{}`", excerpt(value.trim_start_matches('/')));
        let message = format!("`{}` does not lead to the same page from everywhere", excerpt(value));
        report(Code::TemplateError, attribute.value_at, message, &help);
    }
}

/// Whether an address is written out and within the site, though pages and assets are not at the same place from everywhere.
fn is_written_out(address: &str) -> bool {
    !address.is_empty()
        && !address.contains('{')
        && !address.starts_with(['#', '?'])
        && !address.contains(':')
        && !address.starts_with("//")
}

/// The addresses after `{{ page.root }}` that a template writes out, each with its place.
pub(super) fn links_within(text: &str) -> Vec<(Span, &str)> {
    let link = |attribute: MarkupAttribute<'_>| -> Option<(usize, usize)> {
        let (root, rest) = attribute.value.strip_prefix("{{")?.split_once("}}")?;
        let address = &rest[..rest.find(['#', '?']).unwrap_or(rest.len())];
        let is_link = root.trim() == "page.root" && !address.is_empty() && !address.contains(['{', ' ', ':']);
        let start = attribute.value_at.start as usize + attribute.value.len() - rest.len();
        is_link.then_some((start, start + address.len()))
    };
    let attributes = markup(text).into_iter().flat_map(|tag| tag.attributes);
    let links = attributes.filter_map(link);
    links.map(|(start, end)| (Span::new(start, end), &text[start..end])).collect()
}

/// The parts of a template in which HTML is only a text: its tags and comments.
struct TemplateCode {
    /// In order, and none overlaps another.
    ranges: Vec<Range<usize>>,
}

impl TemplateCode {
    fn new(text: &str) -> Self {
        let mut written: Vec<Range<usize>> = tags(text).into_iter().map(|tag| tag.start..tag.end).collect();
        for (mark, end) in [("{#", "#}"), ("<!--", "-->")] {
            let mut at = 0;
            while let Some(start) = text[at..].find(mark).map(|found| at + found) {
                at = text[start..].find(end).map_or(text.len(), |length| start + length + end.len());
                written.push(start..at);
            }
        }
        written.sort_by_key(|range| range.start);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for range in written {
            match ranges.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => ranges.push(range),
            }
        }
        Self { ranges }
    }

    /// The end of the part that a byte is in.
    fn end_around(&self, at: usize) -> Option<usize> {
        let next = self.ranges.partition_point(|range| range.end <= at);
        self.ranges.get(next).filter(|range| range.start <= at).map(|range| range.end)
    }
}

/// The tags of elements in a template.
fn markup(text: &str) -> Vec<MarkupTag<'_>> {
    let code = TemplateCode::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|next| at + next) {
        at = code.end_around(open).unwrap_or(open + 1);
        if at != open + 1 || !text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end =
            text[at..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(text.len(), |length| at + length);
        let mut tag = MarkupTag { name: &text[at..end], at: Span::new(open, end), attributes: Vec::new() };
        at = end;
        while at < text.len() && !text[at..].starts_with('>') {
            if let Some(end) = code.end_around(at) {
                at = end;
                continue;
            }
            let length = text[at..].chars().next().map_or(1, char::len_utf8);
            if !text[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                at += length;
                continue;
            }
            let (attribute, end) = read_attribute(text, at, &code);
            tag.attributes.push(attribute);
            at = end.max(at + 1);
        }
        found.push(tag);
    }
    found
}

/// The attribute that begins at a byte, and its end.
fn read_attribute<'t>(text: &'t str, start: usize, code: &TemplateCode) -> (MarkupAttribute<'t>, usize) {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '{' | '"' | '\'');
    let end = text[start..].find(is_end).map_or(text.len(), |length| start + length);
    let name = &text[start..end];
    let at = Span::new(start, end);
    let Some(value) = text[end..].strip_prefix('=') else {
        return (MarkupAttribute { name, value: "", at, value_at: at }, end);
    };
    let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = end + 1 + usize::from(mark.is_some());
    let mut to = from;
    while let Some(c) = text[to..].chars().next() {
        if let Some(end) = code.end_around(to) {
            to = end;
            continue;
        }
        if mark.map_or(c.is_whitespace() || c == '>', |mark| c == mark) {
            break;
        }
        to += c.len_utf8();
    }
    let end = (to + usize::from(mark.is_some())).min(text.len());
    (MarkupAttribute { name, value: &text[from..to], at, value_at: Span::new(from, to) }, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::source::FileContent;

    fn check_text(text: &str) -> Vec<String> {
        let path = RelPath::new("themes/mine/templates/a.html");
        let file = ThemeSource { path, content: FileContent::Text(text.into()), is_own: true };
        let mut found = Vec::new();
        check(&file, text, &mut found);
        found.iter().map(|one| format!("{} {}", one.code, one.location.span.slice(text))).collect()
    }

    #[test]
    fn addresses_below_the_root_are_found() {
        let text = "<a href=\"{{ page.root }}2023-24/budget/#a\"><a href='{{page.root}}'><a href=\"{{ page.root }}{{ a.b }}\">";
        let found: Vec<&str> = links_within(text).into_iter().map(|(_, address)| address).collect();
        assert_eq!(found, ["2023-24/budget/"]);
    }

    #[test]
    fn templates_are_checked_for_what_browsers_leave_out() {
        for (html, found) in [
            ("<p class=\"a\">{{ page.title }}</p>", &[][..]),
            ("<p style=\"color: red\">", &["blocked-content style"]),
            ("<p style=color:red>", &["blocked-content style"]),
            ("{# <p style=\"no\"> #}<p><!-- <style> -->", &[]),
            ("{{ \"<style>\" }}", &[]),
            ("<style>a {}</style>", &["blocked-content <style"]),
            ("<script>alert(1)</script>", &["blocked-content <script"]),
            ("<script src=\"{{ page.root }}{{ asset(path=\"a.js\") }}\"></script>", &[]),
            ("<script type=\"application/ld+json\">{}</script>", &[]),
            ("<button{% if a %} onmouseover='b()'{% endif %}>", &["blocked-content onmouseover"]),
            ("<a href='javascript:a()'>", &["blocked-content href"]),
            ("<img src='https://example.org/a.png' alt=\"\">", &["blocked-content https://example.org/a.png"]),
            ("<img srcset=\"//example.org/a.png 2x\">", &["blocked-content //example.org/a.png 2x"]),
            (
                "<link rel=\"stylesheet\" href=\"https://example.org/a.css\">",
                &["blocked-content https://example.org/a.css"],
            ),
            ("<link rel=\"license\" href=\"https://example.org/a\">", &[]),
            ("<iframe src=\"a\"></iframe>", &["blocked-content <iframe"]),
            ("<form action=\"https://example.org/\">", &["blocked-content https://example.org/"]),
            ("<a href=\"https://example.org\">", &[]),
            ("<a href=\"/budget/\">", &["template-error /budget/"]),
            ("<a href=\"budget/\">", &["template-error budget/"]),
            ("<a href=\"#main\"><a href=\"mailto:a@example.org\"><a href=\"{{ page.root }}a/\">", &[]),
            ("<img src=\"logo.svg\" alt=\"\">", &["broken-asset logo.svg"]),
        ] {
            assert_eq!(check_text(html), *found, "{html}");
        }
    }

    #[test]
    fn nested_code_is_skipped_as_one() {
        for (html, found) in [
            ("<!-- {{ a }} <style> {# {# #} --><p {# <!-- #} style>-->", &[][..]),
            ("{% raw %}{{{{ {% \"{% endraw %}<p style=\"\">", &["blocked-content style"]),
            ("<p style {# <style>", &["blocked-content style"]),
        ] {
            assert_eq!(check_text(html), *found, "{html}");
        }
    }

    #[test]
    fn long_templates_are_read_to_their_end() {
        let start = "{{ a }}<p a=\"{{ b }}\">".repeat(1000);
        for (piece, end) in [
            ("{#", ""),
            ("{#", "#}"),
            ("<!--", "-->"),
            ("{{ a }}", ""),
            ("<a b={{ c }} ", ">"),
            ("{% raw %}{{", "}}"),
            ("{%", "%}"),
            ("{{ '", ""),
        ] {
            let text = format!("{start}{}{end}", piece.repeat((1 << 20) / piece.len()));
            assert_eq!(check_text(&text), [""; 0], "{piece}");
        }
        let links = format!("<link{} rel=icon>", " href=a".repeat(1 << 15));
        assert_eq!(check_text(&links).len(), 1 << 15);
    }
}
