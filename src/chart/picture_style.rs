//! The style of charts as pictures of their own: what the theme's style sheet says of drawings in light colours, in the plain
//! rules that programs other than browsers understand.

use std::collections::HashMap;

use super::markup::push;

/// The properties that colour and set a drawing.
const PROPERTIES: [&str; 8] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "font-size",
    "font-weight",
];

/// The most variables that are replaced in one value. They may refer to each other in a circle.
const MOST_VARIABLES: usize = 32;

/// The rules for charts as pictures.
#[derive(Debug)]
pub(crate) struct PictureStyle(String);

impl PictureStyle {
    /// The style from the theme's sheet for charts. Rules for dark colours, other media and other elements are left out, and
    /// variables are replaced by their values: those that `sheets`, in the order of a page, set on `:root`.
    #[must_use]
    pub(crate) fn from_css(charts: &str, sheets: &[&str]) -> Self {
        let roots = sheets.iter().flat_map(|sheet| top_rules(sheet)).filter(|(selector, _)| *selector == ":root");
        let values: HashMap<&str, &str> = roots.flat_map(|(_, body)| declarations(body)).collect();
        let value = |written: &str| value(written, &values, &mut { MOST_VARIABLES });
        let mut css = String::from("svg{font-family:Arial,Helvetica,sans-serif}");
        let paper = value("var(--chart-paper)").unwrap_or_else(|| "#ffffff".to_owned());
        push(&mut css, format_args!(".paper{{fill:{paper}}}"));
        for (selector, body) in top_rules(charts) {
            // Few programs but browsers know how to draw a halo below its text; others draw it over the letters.
            if declarations(body).any(|(property, _)| property == "paint-order") {
                continue;
            }
            let selectors = selectors(selector);
            let kept: Vec<String> = declarations(body)
                .filter(|(property, _)| PROPERTIES.contains(property))
                .filter_map(|(property, written)| Some(format!("{property}:{}", value(written)?)))
                .collect();
            if !selectors.is_empty() && !kept.is_empty() {
                push(&mut css, format_args!("{}{{{}}}", selectors.join(","), kept.join(";")));
            }
        }
        Self(css)
    }

    /// The rules, for a `style` element.
    pub(super) fn css(&self) -> &str {
        &self.0
    }
}

/// The rules of a sheet that hold everywhere: their selectors and declarations.
fn top_rules(sheet: &str) -> Vec<(&str, &str)> {
    let mut rules = Vec::new();
    let mut rest = sheet;
    while let Some((selector, after)) = rest.split_once('{') {
        let end = closing(after, b'{', b'}').unwrap_or(after.len());
        // A comment above the rule is not part of it, nor is an `@import`.
        let selector = selector.rsplit("*/").next().unwrap_or_default();
        let selector = selector.rsplit(';').next().unwrap_or_default().trim();
        if !selector.starts_with('@') {
            rules.push((selector, &after[..end]));
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    rules
}

/// Where the bracket closes that opens before a text. `None` if it never does.
fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 1_usize;
    text.bytes().position(|byte| {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        depth == 0
    })
}

/// The declarations of a rule.
fn declarations(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split(';').filter_map(|one| {
        let one = one.rsplit("*/").next().unwrap_or_default();
        let (property, value) = one.split_once(':')?;
        Some((property.trim(), value.trim()))
    })
}

/// The selectors of a rule for parts of a drawing, as they are within the drawing: `.chart :is(.s1, .p1)` is `.s1` and `.p1`.
fn selectors(selector: &str) -> Vec<String> {
    let mut all = Vec::new();
    for one in listed(selector) {
        let Some(within) = one.trim().strip_prefix(".chart ") else { continue };
        let choice = within.split_once(":is(").and_then(|(before, rest)| {
            let end = closing(rest, b'(', b')')?;
            Some((before, &rest[..end], &rest[end + 1..]))
        });
        match choice {
            Some((before, list, after)) => {
                all.extend(list.split(',').map(|item| format!("{before}{}{after}", item.trim())));
            }
            None => all.push(within.to_owned()),
        }
    }
    let all = all.into_iter().map(|one| one.trim_start_matches("svg ").to_owned());
    all.filter(|one| {
        let is_plain = one.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b' ' | b'-'));
        is_plain && (one.starts_with('.') || one.starts_with("text") || one == "svg")
    })
    .collect()
}

/// The selectors of a list. A comma within brackets separates none.
fn listed(list: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = list[at..].find([',', '(']) {
        at += found + 1;
        if list[..at].ends_with('(') {
            at += closing(&list[at..], b'(', b')').unwrap_or_default();
        } else {
            all.push(&list[start..at - 1]);
            start = at;
        }
    }
    all.push(&list[start..]);
    all
}

/// A value with its variables replaced, and the variables in their values, at most as many as are `left`. `None` if one is
/// unknown and has no fallback, or if there are more, as in a circle.
fn value(written: &str, values: &HashMap<&str, &str>, left: &mut usize) -> Option<String> {
    let Some((before, rest)) = written.split_once("var(") else { return Some(written.to_owned()) };
    *left = left.checked_sub(1)?;
    let end = closing(rest, b'(', b')')?;
    let (name, fallback) = rest[..end].split_once(',').map_or((&rest[..end], None), |(name, or)| (name, Some(or)));
    let known = values.get(name.trim()).and_then(|known| value(known, values, left));
    let inner = match (known, fallback) {
        (Some(known), _) => known,
        (None, fallback) => value(fallback?.trim(), values, left)?,
    };
    Some(format!("{before}{inner}{}", value(&rest[end + 1..], values, left)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sheet: &str) -> String {
        let style = PictureStyle::from_css(sheet, &[sheet]);
        style.css().split_once('}').and_then(|(_, rest)| rest.split_once('}')).unwrap().1.to_owned()
    }

    #[test]
    fn rules_become_plain() {
        let sheet = "/* A */ :root { --a: #111; --b: 2px } .chart :is(.s1, .p1) { fill: var(--a); margin: 0 }";
        assert_eq!(check(sheet), ".s1{fill:#111}.p1{fill:#111}".replace("{fill:#111}.p1", ",.p1"));
        assert_eq!(
            check(".chart text.on, .chart :is(.on, .over) text{stroke:none}"),
            "text.on,.on text,.over text{stroke:none}"
        );
        assert_eq!(check(".chart text{fill:var(--ground, var(--chart-paper, #fff))}"), "text{fill:#fff}");
        assert_eq!(check(":root{--w:1px 2px}.chart .l1{stroke-dasharray:var(--w)}"), ".l1{stroke-dasharray:1px 2px}");
    }

    #[test]
    fn variables_of_variables_are_replaced() {
        let rule = ".chart .s1{fill:var(--a)}";
        assert_eq!(check(&format!(":root{{--a:var(--b);--b:var(--c,red)}}{rule}")), ".s1{fill:red}");
        assert_eq!(
            check(&format!(":root{{--a:var(--b, mix(var(--c), #000))}}:root{{--c:red}}{rule}")),
            ".s1{fill:mix(red, #000)}"
        );
        for circle in ["--a:var(--a)", "--a:var(--b);--b:var(--a)", "--a:var(--b)var(--b);--b:var(--a)var(--a)"] {
            assert_eq!(check(&format!(":root{{{circle}}}{rule}")), "", "{circle}");
        }
    }

    #[test]
    fn a_later_sheet_sets_the_colours() {
        let charts = ":root{--a:red;--chart-paper:#eee}.chart .s1{fill:var(--a)}";
        let style =
            PictureStyle::from_css(charts, &[charts, "@import url(b.css);:root{--a:blue}.chart .s1{stroke:red}"]);
        assert!(style.css().ends_with(".paper{fill:#eee}.s1{fill:blue}"), "{style:?}");
    }

    #[test]
    fn what_does_not_hold_everywhere_is_left_out() {
        assert_eq!(check("@media print{:root{--a:#222}.chart .s1{fill:#333}}.chart .s1{fill:#444}"), ".s1{fill:#444}");
        assert_eq!(check(".chart details{font-size:2px}.chart summary:hover{fill:red}p{fill:red}"), "");
        assert_eq!(check(".chart text{paint-order:stroke;stroke:red}.chart .s1{fill:var(--none)}"), "");
        assert_eq!(check(".chart .s1{fill:var(--none"), "");
    }
}
