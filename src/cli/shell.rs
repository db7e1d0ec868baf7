//! Quotes words for a shell, so that suggested commands can be pasted.

/// A word for a shell: unchanged if no character has a special meaning, otherwise in single quotation marks.
#[must_use]
pub(crate) fn quoted(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '+' | ',' | '%' | '@' | '=');
    if !word.is_empty() && word.chars().all(is_plain) {
        // A word that begins with a hyphen would be read as an option.
        return if word.starts_with('-') { format!("./{word}") } else { word.to_owned() };
    }
    let word = word.replace('\'', r"'\''");
    if word.starts_with('-') { format!("'./{word}'") } else { format!("'{word}'") }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_where_needed() {
        for (word, expected) in [
            ("ours", "ours"),
            ("Our Report 2024", "'Our Report 2024'"),
            ("it's $HOME `x`", r"'it'\''s $HOME `x`'"),
            ("-x", "./-x"),
            ("- x", "'./- x'"),
            ("", "''"),
            ("~ours", "'~ours'"),
            ("a\nb", "'a\nb'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
