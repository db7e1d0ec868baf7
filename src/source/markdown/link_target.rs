//! Kinds of link targets, and whether a public page may link to them.

use crate::diagnostic::{Code, Diagnostic, Location};

/// The kind of a link's target, as a browser would understand it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// Part of this site: a content file, an image or a heading.
    Inside,
    /// A web address: `https` or `http`.
    Web,
    /// A person: `mailto` or `tel`.
    Person,
    /// Another host without a scheme (`//example.org`).
    Host,
    /// Any other scheme, such as `javascript:`, `data:` or `file:`.
    Forbidden,
}

/// The kind of `target`, whose entities and escapes must already be decoded.
///
/// Like browsers, this ignores white space, control characters and case in a scheme, and reads `\` as `/`. Anything
/// with a colon before its first slash counts as having a scheme, so disguised schemes do not pass.
#[must_use]
pub(crate) fn destination(target: &str) -> LinkKind {
    let seen = || target.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let is_slash = |c: char| matches!(c, '/' | '\\');
    if seen().take(2).filter(|c| is_slash(*c)).count() == 2 {
        return LinkKind::Host;
    }
    let Some(end) = seen().position(|c| matches!(c, ':' | '?' | '#') || is_slash(c)) else {
        return LinkKind::Inside;
    };
    if seen().nth(end) != Some(':') {
        return LinkKind::Inside;
    }
    let is = |scheme: &str| seen().take(end).map(|c| c.to_ascii_lowercase()).eq(scheme.chars());
    if is("https") || is("http") {
        LinkKind::Web
    } else if is("mailto") || is("tel") {
        LinkKind::Person
    } else {
        LinkKind::Forbidden
    }
}

/// Checks the target of a link.
#[must_use]
pub(crate) fn check_link(target: &str, location: impl FnOnce() -> Location) -> Option<Diagnostic> {
    match destination(target) {
        LinkKind::Inside | LinkKind::Web | LinkKind::Person => None,
        LinkKind::Host => {
            let message = "this web address does not start with `https:`";
            let help = format!("write the whole address: `https:{}`", target.trim().replace('\\', "/"));
            Some(Diagnostic::new(Code::UnsafeLink, location(), message).help(help))
        }
        LinkKind::Forbidden => Some(forbidden(target, false, location())),
    }
}

/// Checks the target of an image.
#[must_use]
pub(crate) fn check_image(target: &str, location: impl FnOnce() -> Location) -> Option<Diagnostic> {
    match destination(target) {
        LinkKind::Inside => None,
        LinkKind::Web | LinkKind::Host => {
            let message = "this image would be loaded from another site, which could then see who reads the report";
            let help = "save the image in the year's `media/` folder and write `![what it shows](../media/name.png)`";
            Some(Diagnostic::new(Code::RemoteImage, location(), message).help(help))
        }
        LinkKind::Person | LinkKind::Forbidden => Some(forbidden(target, true, location())),
    }
}

/// Whether a target is a file on the author's computer: a drive letter, a user's folder, `file:` or a shared drive.
#[must_use]
pub(crate) fn is_on_a_computer(target: &str) -> bool {
    let target = target.trim().trim_start_matches('<');
    let lower = target.to_ascii_lowercase();
    let has_drive = matches!(lower.as_bytes(), [b'a'..=b'z', b':', ..]);
    let folders = ["file:", "\\", "~/", "/users/", "/home/", "/volumes/", "/mnt/"];
    has_drive || folders.iter().any(|folder| lower.starts_with(folder))
}

/// Whether a target is a web address without `https://`, such as `www.example.org` or `example.org/protocol`.
#[must_use]
pub(crate) fn is_bare_web_address(target: &str) -> bool {
    let host = target.split('/').next().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_host = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && host.split('.').all(|part| !part.is_empty())
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_host && (host.starts_with("www.") || (host.contains('.') && host.len() < target.len()))
}

/// The message and help for a file on the author's computer.
#[must_use]
pub(crate) fn explain_computer(is_image: bool) -> (&'static str, &'static str) {
    if is_image {
        let help = "copy the picture into the year's `media/` folder and write `![what it shows](../media/name.png)`";
        ("this is a file on your computer, which readers cannot see", help)
    } else {
        let help = "link to where it is published (`https://…`) or to a page of this site, or keep only the text";
        ("this is a file on your computer, which readers cannot open", help)
    }
}

/// The diagnostic for a scheme that pages may not use.
fn forbidden(target: &str, is_image: bool, location: Location) -> Diagnostic {
    if is_on_a_computer(target) {
        let (message, help) = explain_computer(is_image);
        let code = if is_image { Code::BrokenImage } else { Code::UnsafeLink };
        return Diagnostic::new(code, location, message).help(help);
    }
    let scheme = target.split(':').next().unwrap_or_default();
    let scheme: String = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(20).collect();
    let message = format!("an address that starts with `{}:` is not safe to publish", scheme.to_lowercase());
    let help = "use an address that starts with `https:`, `http:`, `mailto:` or `tel:`, or the path of a content file; \
                or keep only the text";
    Diagnostic::new(Code::UnsafeLink, location, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_on_a_computer_are_recognised() {
        for local in [
            "C:\\Users\\jane\\a.png",
            "c:/a.png",
            "file:///S:/a",
            "\\server\\a",
            "/Users/jane/a.png",
            "/home/j/a",
            "~/a.png",
        ] {
            assert!(is_on_a_computer(local), "{local}");
        }
        for other in ["../media/a.png", "/2019-20/media/a.png", "https://a.example/home/x", "javascript:x", ""] {
            assert!(!is_on_a_computer(other), "{other}");
        }
    }

    #[test]
    fn web_addresses_without_their_scheme_are_recognised() {
        for address in ["www.example.org", "www.example.org/a.pdf", "example.org/", "reports.example.gov.uk/a"] {
            assert!(is_bare_web_address(address), "{address}");
        }
        for other in
            ["protocol.pdf", "../a.md", "./a.md", "documents/a.pdf", "www", "a..b/c", "/a.b/c", "2019.20/a", ""]
        {
            assert!(!is_bare_web_address(other), "{other}");
        }
    }

    #[test]
    fn disguised_destinations_are_recognised() {
        use LinkKind::{Forbidden, Host, Inside, Person, Web};
        for (target, expected) in [
            ("https://example.org", Web),
            ("HTTP://example.org", Web),
            ("mailto:a@example.org", Person),
            ("tel:01908 253772", Person),
            ("javascript:alert(1)", Forbidden),
            ("JaVaScRiPt:alert(1)", Forbidden),
            (" java\nscr\tipt:alert(1)", Forbidden),
            ("\u{1}javascript:alert(1)", Forbidden),
            ("java\u{a0}script:alert(1)", Forbidden),
            ("data:text/html,x", Forbidden),
            ("vbscript:x", Forbidden),
            ("file:///etc/passwd", Forbidden),
            ("c:\\report.docx", Forbidden),
            ("java%0ascript:x", Forbidden),
            (":x", Forbidden),
            ("//evil.example/x", Host),
            ("\\\\evil.example", Host),
            ("/\\evil.example", Host),
            (" /\t/evil.example", Host),
            ("../boards/risk.md#next", Inside),
            ("@/2019-20/boards/risk.md", Inside),
            ("#at-12:30", Inside),
            ("a/b:c.md", Inside),
            ("a.md?x=y:z", Inside),
            ("/contacts/", Inside),
            ("/", Inside),
            ("", Inside),
        ] {
            assert_eq!(destination(target), expected, "{target:?}");
        }
    }
}
