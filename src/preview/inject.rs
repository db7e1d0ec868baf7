//! Adds the live-reload script to a page, and permission to run it to the page's content security policy.

use std::borrow::Cow;

use crate::escape::attribute;

/// The directives that must allow the preview's own files: the script itself, its style sheet, and the event stream.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];
/// Directives that override these if a page's policy has them. The script also runs as a worker shared by all tabs.
const NARROWER: [&str; 3] = ["script-src-elem", "style-src-elem", "worker-src"];

/// A page with the preview's script in its head.
///
/// The script compares `mark` to find out whether the page has changed, and shows `texts`, which are JSON. `is_missing`
/// means that this page is shown for an address that does not exist. Bytes that are not UTF-8 are returned unchanged.
#[must_use]
pub(crate) fn inject<'a>(page: &'a [u8], mark: &str, texts: &str, is_missing: bool) -> Cow<'a, [u8]> {
    let Ok(text) = std::str::from_utf8(page) else { return Cow::Borrowed(page) };
    let missing = if is_missing { " data-missing" } else { "" };
    let mut escaped = String::with_capacity(texts.len() * 2);
    attribute(&mut escaped, texts);
    let script = format!(
        "<script src=\"/_annal/live.js\" data-mark=\"{mark}\" data-texts=\"{escaped}\"{missing} defer></script>"
    );
    let head_end = find(text, "</head").or_else(|| find(text, "<body")).unwrap_or(text.len());
    let (head, rest) = text.split_at(head_end);
    let head = allow(head);
    let mut injected = String::with_capacity(text.len() + script.len() + 64);
    for part in [&*head, &script, rest] {
        injected.push_str(part);
    }
    Cow::Owned(injected.into_bytes())
}

/// The byte offset of `wanted` in a text, ignoring case. `wanted` must be in lower case.
fn find(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// The head with content security policies that let the script run.
fn allow(head: &str) -> Cow<'_, str> {
    let mut allowed = Cow::Borrowed(head);
    let mut from = 0;
    while let Some(start) = find(&allowed[from..], "<meta").map(|at| from + at) {
        let end = allowed[start..].find('>').map_or(allowed.len(), |at| start + at);
        from = end;
        let tag = &allowed[start..end];
        if find(tag, "content-security-policy").is_none() {
            continue;
        }
        let Some(value) = content_of(tag) else { continue };
        let quote = tag.as_bytes()[value.start - 1];
        let policy = tag[value.clone()].replace("&#39;", "'").replace("&#x27;", "'").replace("&apos;", "'");
        if let Some(mut widened) = widen(&policy) {
            if quote == b'\'' {
                widened = widened.replace('\'', "&#39;");
            }
            from = start + value.start + widened.len();
            allowed.to_mut().replace_range(start + value.start..start + value.end, &widened);
        }
    }
    allowed
}

/// The byte range of the value of a tag's `content` attribute, without its quotation marks.
fn content_of(tag: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    loop {
        let start = from + find(&tag[from..], "content=")? + "content=".len();
        let quote = tag[start..].chars().next().filter(|quote| matches!(quote, '"' | '\''));
        if let Some(quote) = quote {
            let value = start + 1;
            let length = tag[value..].find(quote)?;
            return Some(value..value + length);
        }
        from = start;
    }
}

/// The policy with the preview's own files allowed, or `None` if it allows them already.
fn widen(policy: &str) -> Option<String> {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|directive| directive.split_ascii_whitespace().collect::<Vec<_>>())
        .filter(|directive| !directive.is_empty())
        .collect();
    let named = |directives: &[Vec<&str>], name: &str| {
        directives.iter().position(|directive| directive[0].eq_ignore_ascii_case(name))
    };
    let mut is_widened = false;
    for name in NEEDED.into_iter().chain(NARROWER) {
        let at = match named(&directives, name) {
            Some(at) => at,
            // A missing directive falls back to `default-src`. Without that, everything is allowed.
            None if NEEDED.contains(&name) => {
                let Some(default) = named(&directives, "default-src") else { continue };
                let mut copy = directives[default].clone();
                copy[0] = name;
                directives.push(copy);
                directives.len() - 1
            }
            None => continue,
        };
        let directive = &mut directives[at];
        if !directive.iter().any(|source| source.eq_ignore_ascii_case("'self'")) {
            directive.retain(|source| !source.eq_ignore_ascii_case("'none'"));
            directive.push("'self'");
            is_widened = true;
        }
    }
    let joined = || directives.iter().map(|directive| directive.join(" ")).collect::<Vec<_>>().join("; ");
    is_widened.then(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str) -> String {
        String::from_utf8(inject(page.as_bytes(), "m", "{\"a\":1}", false).into_owned()).unwrap()
    }

    const SCRIPT: &str =
        "<script src=\"/_annal/live.js\" data-mark=\"m\" data-texts=\"{&quot;a&quot;:1}\" defer></script>";

    #[test]
    fn the_script_is_added_at_the_end_of_the_head() {
        assert_eq!(
            check("<head><title>x</title></HEAD><body>"),
            format!("<head><title>x</title>{SCRIPT}</HEAD><body>")
        );
        assert_eq!(check("<p>x"), format!("<p>x{SCRIPT}"));
        assert_eq!(check("<title>é</title><body>x"), format!("<title>é</title>{SCRIPT}<body>x"));
        assert_eq!(&*inject(b"\xff</head>", "m", "{}", false), b"\xff</head>");
        assert!(String::from_utf8_lossy(&inject(b"", "m", "{}", true)).contains(" data-missing "));
    }

    #[test]
    fn a_policy_lets_it_run() {
        let policy = |policy: &str| {
            let page = check(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head>"));
            page.split('"').nth(3).unwrap_or_default().to_owned()
        };
        let enough = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'";
        assert_eq!(policy(enough), enough);
        assert_eq!(policy("default-src 'self'"), "default-src 'self'");
        assert_eq!(policy("img-src 'none'"), "img-src 'none'");
        assert_eq!(
            policy("default-src 'none'; style-src &#39;unsafe-inline&#39;; worker-src 'none'"),
            "default-src 'none'; style-src 'unsafe-inline' 'self'; worker-src 'self'; script-src 'self'; connect-src 'self'"
        );
        let single = check("<META content='script-src &#39;none&#39;' http-equiv=content-security-policy></head>");
        assert!(single.contains("content='script-src &#39;self&#39;'"), "{single}");
    }

    #[test]
    fn any_text_is_accepted() {
        let pieces =
            ["<meta", " content=", "\"", "'", "content-security-policy", ">", "é", "</head", "<body", ";", " "];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    for fourth in pieces {
                        check(&[first, second, third, fourth].concat());
                    }
                }
            }
        }
    }
}
