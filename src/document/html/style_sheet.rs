//! What the style sheets of a page hide.

use std::collections::HashMap;

use super::style::{HtmlStyle, ShownByStyle};
use super::tokenizer::{HtmlToken, HtmlTokens, attribute, is_skipped};

/// The rules of a page that hide or show elements, by what they are about: `p`, `.note`, `#first`, `p.note` or `p#first`.
///
/// A selector of another form says nothing, since it might hide what readers see.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    by_selector: HashMap<String, RuleOnShowing>,
}

/// What the rules about one selector say, with how much each counts: whether it is `!important`, and its place.
#[derive(Clone, Copy, Debug, Default)]
struct RuleOnShowing {
    of_property: [Option<(bool, usize, bool)>; ShownByStyle::PROPERTIES.len()],
}

impl StyleSheet {
    /// Reads the style sheets in a page.
    pub(super) fn of_page(text: &str) -> Self {
        let mut sheet = Self::default();
        let (mut tokens, mut place) = (HtmlTokens::new(text), 0);
        while let Some(token) = tokens.next() {
            match token {
                HtmlToken::Start(name, attributes) if name == "style" => {
                    let rules = tokens.skip_raw(&name);
                    if attribute(attributes, "media").is_none_or(|media| is_for_screens(&media)) {
                        sheet.read(&without_comments(rules), &mut place);
                    }
                }
                HtmlToken::Start(name, _) if is_skipped(&name) => _ = tokens.skip_raw(&name),
                _ => {}
            }
        }
        sheet
    }

    /// Takes in the rules of one sheet.
    fn read(&mut self, sheet: &str, place: &mut usize) {
        let mut rest = sheet;
        while let Some(open) = rest.find(['{', '}', ';']) {
            let (head, block) = (rest[..open].trim(), &rest[open + 1..]);
            if !rest[open..].starts_with('{') {
                // The end of a group, or a statement such as `@import`.
                rest = block;
                continue;
            }
            if head.starts_with('@') {
                let media = head.get(..6).filter(|name| name.eq_ignore_ascii_case("@media")).and(head.get(6..));
                // The rules for screens count as those outside of the group; other groups are passed over.
                rest = if media.is_some_and(is_for_screens) { block } else { after_block(block) };
                continue;
            }
            let end = block.find('}').unwrap_or(block.len());
            *place += 1;
            self.add(head, &block[..end], *place);
            rest = block.get(end + 1..).unwrap_or_default();
        }
    }

    fn add(&mut self, selectors: &str, declarations: &str, place: usize) {
        let said = ShownByStyle::parse(declarations);
        if said.each().all(|(_, of_property)| of_property.is_none()) {
            return;
        }
        for selector in selectors.split(',').map(|selector| selector.trim().to_ascii_lowercase()) {
            if !is_understood(&selector) {
                continue;
            }
            let rule = self.by_selector.entry(selector).or_default();
            for (index, of_property) in said.each() {
                if let Some((is_shown, is_important)) = of_property {
                    let known = &mut rule.of_property[index];
                    let new = (is_important, place, is_shown);
                    *known = Some(known.map_or(new, |known| known.max(new)));
                }
            }
        }
    }

    /// The style of an element with what the sheets say of it. Its own style counts for more, unless they insist.
    pub(super) fn under(&self, mut style: HtmlStyle, name: &str, attributes: &str) -> HtmlStyle {
        if self.by_selector.is_empty() {
            return style;
        }
        let classes = attribute(attributes, "class").unwrap_or_default().to_ascii_lowercase();
        let id = attribute(attributes, "id").unwrap_or_default().trim().to_ascii_lowercase();
        let mut best = [None; ShownByStyle::PROPERTIES.len()];
        let mut take = |weight: u8, selector: &str| {
            let Some(rule) = self.by_selector.get(selector) else { return };
            for (best, of_property) in best.iter_mut().zip(rule.of_property) {
                let new = of_property.map(|(is_important, place, is_shown)| (is_important, weight, place, is_shown));
                *best = (*best).max(new);
            }
        };
        take(0, "*");
        take(1, name);
        for class in classes.split_ascii_whitespace() {
            take(2, &format!(".{class}"));
            take(3, &format!("{name}.{class}"));
        }
        if !id.is_empty() {
            take(4, &format!("#{id}"));
            take(5, &format!("{name}#{id}"));
        }
        for (index, best) in best.into_iter().enumerate() {
            if let Some((is_important, _, _, is_shown)) = best {
                style.shown.set_below(index, is_shown, is_important);
            }
        }
        style
    }
}

/// Whether a selector is one name, class or id, or a name with one of them.
fn is_understood(selector: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    match selector.find(['.', '#']) {
        Some(at) => (at == 0 || is_word(&selector[..at])) && is_word(&selector[at + 1..]),
        None => selector == "*" || is_word(selector),
    }
}

/// Whether what is said for these media is what somebody sees on a screen of any size.
fn is_for_screens(media: &str) -> bool {
    let mut media = media.split(',').map(|one| one.trim().to_ascii_lowercase());
    media.any(|one| matches!(one.as_str(), "" | "all" | "screen" | "only screen"))
}

/// What follows a block whose `{` has been read.
fn after_block(block: &str) -> &str {
    let mut depth = 1_usize;
    for (at, sign) in block.match_indices(['{', '}']) {
        depth = if sign == "{" { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return &block[at + 1..];
        }
    }
    ""
}

/// A style sheet without its comments, and without the signs by which older pages hid it from older browsers.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find("/*") {
        kept.push_str(&rest[..at]);
        rest = rest[at + 2..].split_once("*/").map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept.replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether an element is hidden by a sheet.
    fn is_hidden(sheet: &str, name: &str, attributes: &str) -> bool {
        let style = HtmlStyle::parse(&attribute(attributes, "style").unwrap_or_default());
        StyleSheet::of_page(&format!("<style>{sheet}</style>")).under(style, name, attributes).shown.is_hidden()
    }

    #[test]
    fn simple_rules_hide_and_others_do_not() {
        for (sheet, name, attributes) in [
            (".a{display:none}", "p", "class=a"),
            ("<!-- /* x{ */ .A , td { color:red; Display : NONE !important } -->", "p", "class='b a'"),
            ("p.a{visibility:hidden}", "p", "class=a"),
            ("#a{mso-hide:all}", "span", "id=a"),
            ("div{display:none}", "div", ""),
            ("@import url(x); @font-face{src:url(x)} .a{display:none}", "p", "class=a"),
            ("@media screen{.b{color:red} .a{display:none}} .c{color:red}", "p", "class=a"),
            (".a{display:none!important}", "p", "class=a style='display:block'"),
            (".a{display:none} p{display:block}", "p", "class=a"),
            (".a{display:none", "p", "class=a"),
        ] {
            assert!(is_hidden(sheet, name, attributes), "{sheet}");
        }
        for (sheet, name, attributes) in [
            (".a{display:block}", "p", "class=a"),
            (".a{display:none}", "p", "class=ab"),
            ("p.a{display:none}", "div", "class=a"),
            ("div .a, .a:hover, .a > p, .a.b, [x].a, .a::before{display:none}", "p", "class='a b'"),
            ("@media print{.a{display:none}}", "p", "class=a"),
            ("@media only screen and (max-width:600px){.a{display:none} .b{display:none}}", "p", "class=a"),
            ("@keyframes x{from{visibility:hidden}to{visibility:visible}}", "to", ""),
            (".a{display:none} .a{display:inline}", "p", "class=a"),
            (".a{display:none} #b{display:inline}", "p", "class=a id=b"),
            (".a{display:none}", "p", "class=a style='display:block'"),
            ("/* .a{display:none} */", "p", "class=a"),
            ("{{}}}{;@", "p", "class=a"),
        ] {
            assert!(!is_hidden(sheet, name, attributes), "{sheet}");
        }
        assert!(
            !StyleSheet::of_page("<style media=print>p{display:none}</style>")
                .under(HtmlStyle::default(), "p", "")
                .shown
                .is_hidden()
        );
    }
}
