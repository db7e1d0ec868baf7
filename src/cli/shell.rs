//! Texts for a shell: what is told to be run can be pasted.

/// A word as a shell takes it: as it is where no character of it means anything, and else in single quotation marks.
#[must_use]
pub(crate) fn quoted(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '+' | ',' | '%' | '@' | '=');
    if !word.is_empty() && word.chars().all(is_plain) {
        // What begins with a hyphen would be taken for an option.
        return if word.starts_with('-') { format!("./{word}") } else { word.to_owned() };
    }
    let word = word.replace('\'', r"'\''");
    if word.starts_with('-') { format!("'./{word}'") } else { format!("'{word}'") }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_mean_themselves() {
        for (word, due) in [
            ("ours", "ours"),
            ("Our Report 2024", "'Our Report 2024'"),
            ("it's $HOME `x`", r"'it'\''s $HOME `x`'"),
            ("-x", "./-x"),
            ("- x", "'./- x'"),
            ("", "''"),
            ("~ours", "'~ours'"),
            ("a\nb", "'a\nb'"),
        ] {
            assert_eq!(quoted(word), due);
        }
    }
}
