//! The style of charts as pictures of their own: what the theme's style sheet says of drawings in light colours, in the plain
//! rules that programs other than browsers understand.

use std::collections::HashMap;

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

/// The rules for charts as pictures.
#[derive(Debug)]
pub(crate) struct PictureStyle(String);

impl PictureStyle {
    /// The style from the theme's sheet for charts. Rules for dark colours, other media and other elements are left out, and
    /// variables are replaced by their values.
    #[must_use]
    pub(crate) fn from_css(sheet: &str) -> Self {
        let rules = top_rules(sheet);
        let roots = rules.iter().filter(|(selector, _)| *selector == ":root");
        let values: HashMap<&str, &str> = roots.flat_map(|(_, body)| declarations(body)).collect();
        let mut css = String::from("svg{font-family:Arial,Helvetica,sans-serif}");
        let paper = value("var(--chart-paper)", &values).unwrap_or_else(|| "#ffffff".to_owned());
        css.push_str(&format!(".paper{{fill:{paper}}}"));
        for (selector, body) in rules {
            // Few programs but browsers know how to draw a halo below its text; others draw it over the letters.
            if declarations(body).any(|(property, _)| property == "paint-order") {
                continue;
            }
            let selectors: Vec<String> = selectors(selector).collect();
            let kept: Vec<String> = declarations(body)
                .filter(|(property, _)| PROPERTIES.contains(property))
                .filter_map(|(property, written)| Some(format!("{property}:{}", value(written, &values)?)))
                .collect();
            if !selectors.is_empty() && !kept.is_empty() {
                css.push_str(&format!("{}{{{}}}", selectors.join(","), kept.join(";")));
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
        let mut depth = 1_usize;
        let end = after.bytes().position(|byte| {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = end.unwrap_or(after.len());
        // A comment above the rule is not part of it.
        let selector = selector.rsplit("*/").next().unwrap_or_default().trim();
        if !selector.starts_with('@') {
            rules.push((selector, &after[..end]));
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    rules
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
fn selectors(selector: &str) -> impl Iterator<Item = String> {
    let mut all = Vec::new();
    let mut depth = 0_usize;
    let is_separator = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    for one in selector.split(is_separator) {
        let one = one.trim();
        let Some(within) = one.strip_prefix(".chart ") else { continue };
        match within.split_once(":is(").and_then(|(before, list)| Some((before, list.split_once(')')?))) {
            Some((before, (list, after))) => {
                all.extend(list.split(',').map(|item| format!("{before}{}{after}", item.trim())));
            }
            None => all.push(within.to_owned()),
        }
    }
    all.into_iter().map(|one| one.strip_prefix("svg ").map_or_else(|| one.clone(), str::to_owned)).filter(|one| {
        let is_plain = one.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b' ' | b'-'));
        is_plain && (one.starts_with('.') || one.starts_with("text") || one == "svg")
    })
}

/// A value with its variables replaced. `None` if one is unknown and has no fallback.
fn value(written: &str, values: &HashMap<&str, &str>) -> Option<String> {
    let Some((before, rest)) = written.split_once("var(") else { return Some(written.to_owned()) };
    let mut depth = 1_usize;
    let end = rest.bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let (name, fallback) = rest[..end].split_once(',').map_or((&rest[..end], None), |(name, or)| (name, Some(or)));
    let inner = match (values.get(name.trim()), fallback) {
        // A property can only be defined by others here, never by itself: its definition is in a `:root` rule.
        (Some(value), _) if !value.contains("var(") => (*value).to_owned(),
        (_, Some(fallback)) => self::value(fallback.trim(), values)?,
        _ => return None,
    };
    Some(format!("{before}{inner}{}", self::value(&rest[end + 1..], values)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sheet: &str) -> String {
        let style = PictureStyle::from_css(sheet);
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
    fn what_does_not_hold_everywhere_is_left_out() {
        assert_eq!(check("@media print{:root{--a:#222}.chart .s1{fill:#333}}.chart .s1{fill:#444}"), ".s1{fill:#444}");
        assert_eq!(check(".chart details{font-size:2px}.chart summary:hover{fill:red}p{fill:red}"), "");
        assert_eq!(check(".chart text{paint-order:stroke;stroke:red}.chart .s1{fill:var(--none)}"), "");
        assert_eq!(check(".chart .s1{fill:var(--none"), "");
    }
}
