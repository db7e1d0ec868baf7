//! Numbers before the paragraphs and list items of a page, so that an email can say which one it is about.

use std::fmt::Write;

/// Elements whose paragraphs are not those of the text.
const PASSED_OVER: [&str; 8] = ["nav", "form", "figure", "template", "dialog", "svg", "header", "table"];

/// Elements with which the words of a list item may begin.
const INLINE: [&str; 9] = ["a", "strong", "em", "abbr", "dfn", "code", "del", "span", "q"];

/// The HTML of a page's body with a number before each paragraph and list item of its main part, counted from 1. Pages are
/// made by templates that close what they open.
#[must_use]
pub(super) fn with_numbers(html: &str) -> String {
    let begin = html.find("<main").unwrap_or(html.len());
    let end = html.rfind("</main>").unwrap_or(html.len()).max(begin);
    let mut numbered = String::with_capacity(html.len() + html.len() / 8);
    numbered.push_str(&html[..begin]);
    let (mut rest, mut count, mut depth) = (&html[begin..end], 0, 0_usize);
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|close| open + close + 1) else { break };
        let tag = &rest[open + 1..close - 1];
        numbered.push_str(&rest[..close]);
        rest = &rest[close..];
        let name = |tag: &str| tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned();
        if let Some(closed) = tag.strip_prefix('/') {
            depth -= usize::from(depth > 0 && PASSED_OVER.contains(&closed.trim()));
            continue;
        }
        let opened = name(tag);
        depth += usize::from(PASSED_OVER.contains(&opened.as_str()));
        let begins_with_words = || match rest.trim_start().strip_prefix('<') {
            Some(inner) => INLINE.contains(&name(inner).as_str()),
            None => !rest.trim_start().is_empty(),
        };
        if depth == 0 && (opened == "p" || (opened == "li" && begins_with_words())) {
            count += 1;
            // An address inside the page, for people who send a link.
            _ = write!(numbered, "<span class=\"proof-number\" id=\"paragraph-{count}\">{count}</span> ");
        }
    }
    numbered.push_str(rest);
    numbered.push_str(&html[end..]);
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_numbered() {
        let number = |n: u32| format!("<span class=\"proof-number\" id=\"paragraph-{n}\">{n}</span> ");
        let page = "<p>Top</p><main id=\"main\"><nav><p>x</p></nav><p class=\"a\">One</p><ul><li>Two</li><li><p>Three</p></li>\
            <li><strong>Four</strong></li><li><div>no</div></li></ul><figure><p>no</p></figure></main><p>End</p>";
        let expected = page
            .replace("One", &format!("{}One", number(1)))
            .replace("Two", &format!("{}Two", number(2)))
            .replace("Three", &format!("{}Three", number(3)))
            .replace("<strong>", &format!("{}<strong>", number(4)));
        assert_eq!(with_numbers(page), expected);
        for broken in ["", "<main", "<main><p", "no main <p>x</p>", "</main><main>"] {
            assert_eq!(with_numbers(broken), broken);
        }
    }
}
