//! The phrases of charts: headlines, descriptions, labels. English is built in; a theme's locale can replace it.

pub(crate) use super::english::ENGLISH;

/// A source of phrases: a locale of the theme.
///
/// A phrase is a text with `{placeholders}`. If a locale does not have a phrase, the English one is used.
pub trait ChartPhrases {
    /// The phrase for a key such as `chart.contributions.title`.
    fn phrase(&self, key: &str) -> Option<&str>;
}

/// British English.
#[derive(Clone, Copy, Debug, Default)]
pub struct English;

impl ChartPhrases for English {
    fn phrase(&self, key: &str) -> Option<&str> {
        english(key)
    }
}

/// The English phrase for a key.
fn english(key: &str) -> Option<&'static str> {
    ENGLISH.iter().find(|(known, _)| *known == key).map(|(_, phrase)| *phrase)
}

/// Fills in a phrase.
pub(super) fn say(phrases: &dyn ChartPhrases, key: &str, arguments: &[(&str, &str)]) -> String {
    let template = phrases.phrase(key).or_else(|| english(key));
    debug_assert!(template.is_some(), "no phrase for `{key}`");
    fill(template.unwrap_or(key), arguments)
}

/// Fills in a phrase that depends on a number, available as `{count}`.
pub(super) fn say_count(phrases: &dyn ChartPhrases, key: &str, count: usize, arguments: &[(&str, &str)]) -> String {
    let number = super::number_format::plain(super::number_format::count(count));
    let mut arguments = arguments.to_vec();
    arguments.push(("count", &number));
    say(phrases, &format!("{key}.{}", if count == 1 { "one" } else { "other" }), &arguments)
}

/// Joins names: `a, b and c`.
pub(super) fn list(phrases: &dyn ChartPhrases, names: &[impl AsRef<str>]) -> String {
    let Some((last, rest)) = names.split_last() else { return String::new() };
    if rest.is_empty() {
        return last.as_ref().to_owned();
    }
    // A name that contains a comma would merge with its neighbours.
    let comma =
        if names.iter().any(|name| name.as_ref().contains(',')) { "chart.list.semicolon" } else { "chart.list.comma" };
    let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
    rest.join(&say(phrases, comma, &[])) + &say(phrases, "chart.list.and", &[]) + last.as_ref()
}

/// Replaces `{names}` with arguments. Unknown names stay as they are.
fn fill(template: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after
            .split_once('}')
            .and_then(|(name, tail)| arguments.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text, tail)));
        let (text, tail) = found.unwrap_or(("{", after));
        out.push_str(text);
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_placeholders() {
        assert_eq!(fill("{a} paid {b} of {a}", &[("a", "{b}"), ("b", "£5")]), "{b} paid £5 of {b}");
        assert_eq!(fill("{unknown} {a", &[("a", "x")]), "{unknown} {a");
    }

    #[test]
    fn lists_names() {
        assert_eq!(list(&English, &[] as &[&str]), "");
        assert_eq!(list(&English, &["A"]), "A");
        assert_eq!(list(&English, &["A", "B"]), "A and B");
        assert_eq!(list(&English, &["A", "B", "C"]), "A, B and C");
        assert_eq!(list(&English, &["A, B", "C", "D"]), "A, B; C and D");
    }

    #[test]
    fn another_language_uses_its_own_phrases() {
        struct Welsh;
        impl ChartPhrases for Welsh {
            fn phrase(&self, key: &str) -> Option<&str> {
                (key == "chart.list.and").then_some(" a ")
            }
        }
        assert_eq!(list(&Welsh, &["x", "y", "z"]), "x, y a z");
    }

    #[test]
    fn keys_are_unique_and_plurals_complete() {
        for (i, (key, _)) in ENGLISH.iter().enumerate() {
            assert!(ENGLISH.iter().skip(i + 1).all(|(other, _)| other != key), "`{key}` twice");
            if let Some(stem) = key.strip_suffix(".one") {
                assert!(english(&format!("{stem}.other")).is_some(), "`{stem}` lacks its plural");
            }
        }
    }
}
