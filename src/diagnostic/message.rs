//! Helpers for messages: shortened texts and lists of names.

/// `` `a`, `b` and `c` ``.
#[must_use]
pub(crate) fn quoted_list(words: &[&str]) -> String {
    quoted(words, "and")
}

/// `` `a`, `b` or `c` ``.
#[must_use]
pub(crate) fn quoted_choice(words: &[&str]) -> String {
    quoted(words, "or")
}

fn quoted(words: &[&str], conjunction: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {conjunction} {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The first line of a text, cut after 60 characters, for use in a message.
#[must_use]
pub(crate) fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < text.trim_end().len() { format!("{short}…") } else { short }
}
