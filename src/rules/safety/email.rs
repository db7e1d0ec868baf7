//! Email addresses, as normally written and as people disguise them from machines.

use std::ops::Range;

use super::text_cursor::{char_at, ends_word, is_any_of, near_after, near_before, phrase_at, skip_space, word_before};

/// Top-level domains, which distinguish `jo at example dot org` from `at school dot the i`.
#[rustfmt::skip] // One word per line would take pages.
const TOP_DOMAINS: &[&str] = &[
    "ac", "app", "biz", "blog", "ca", "co", "com", "cymru", "de", "dev", "edu", "email", "es", "eu", "example", "fr",
    "gov", "ie", "in", "info", "invalid", "io", "it", "london", "me", "mil", "net", "nhs", "nl", "online", "org", "pl",
    "police", "ro", "sch", "scot", "test", "tv", "uk", "us", "wales", "xyz",
];
/// Words before or after ` @ ` that make it a place and not an address.
#[rustfmt::skip] // One word per line would take pages.
const NO_NAMES: &[&str] = &[
    "us", "me", "you", "them", "find", "follow", "online", "more", "held", "meet", "meeting", "event", "training",
    "workshop", "session", "is", "are", "was", "all", "and", "or", "the", "on", "to", "live", "available", "up", "info",
    "website", "details", "page", "see", "visit", "read", "look", "here", "twitter", "contact",
];
/// File extensions: file names contain full stops, like domains.
const FILES: &[&str] =
    &["pdf", "html", "htm", "docx", "doc", "xlsx", "csv", "png", "jpg", "jpeg", "svg", "php", "aspx"];
/// The most bytes before the `@`, and after it.
const LONGEST: usize = 64;

/// The most words separated by full stops on either side of the `@`.
const MOST_LABELS: usize = 8;

/// The address around the `@` at `at`.
pub(crate) fn around(text: &str, at: usize) -> Option<Range<usize>> {
    plain(text, at).or_else(|| spaced(text, at))
}

/// An address without spaces or brackets around its `@`.
fn plain(text: &str, at: usize) -> Option<Range<usize>> {
    let start = local_start(text, at)?;
    let domain = domain(text, at + 1)?;
    (domain.labels > 1 && char_at(text, domain.end) != Some('@')).then_some(start..domain.end)
}

/// `jo.bloggs @ example.org`, `jo(@)example.org`, `jo@example dot org`: an `@` with spaces or brackets around it, or a
/// domain in words.
fn spaced(text: &str, at: usize) -> Option<Range<usize>> {
    let (open, close) = (brackets_start(text, at), brackets_end(text, at + 1));
    let start = local_start(text, open)?;
    let local = &text[start..open];
    let domain = domain(text, close)?;
    let has_space = text[open..close].contains(char::is_whitespace);
    let has_brackets = text[open..close].trim().len() > 1;
    let is_web = domain.text(text).get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www."));
    // `Follow us @example.org` and `Meet @ example.org` name a place.
    let is_name = !is_any_of(local.trim_end(), NO_NAMES) && !is_web;
    let is_address = domain.labels > 1
        && domain.is_known
        && (is_name || has_brackets)
        && (has_space || has_brackets || domain.is_spelt);
    is_address.then_some(start..domain.end)
}

/// The address around the word `at` at `start`: `jo [at] example.org`, `jo at example dot org`.
pub(crate) fn spelt(text: &str, start: usize) -> Option<Range<usize>> {
    let end = phrase_at(text, start, "at")?;
    let (open, close) = (brackets_start(text, start), brackets_end(text, end));
    let local_from = local_start(text, open)?;
    let domain = domain(text, close).filter(|domain| domain.labels > 1 && domain.is_known)?;
    let has_brackets = text[open..start].trim().len() + text[end..close].trim().len() > 1;
    let local = text[local_from..open].trim_end();
    let is_capital = text[start..end].eq("AT") && local.contains(|c: char| c.is_ascii_lowercase());
    let is_file = is_any_of(local.rsplit('.').next().unwrap_or_default(), FILES)
        || is_any_of(local.rsplit('.').next().unwrap_or_default(), TOP_DOMAINS);
    let is_name = is_unlike_a_word(local) && !is_file;
    let is_address = has_brackets || is_capital || is_name || (domain.is_spelt && !is_any_of(local, NO_NAMES));
    is_address.then_some(local_from..domain.end)
}

/// Whether a word contains a full stop, an underscore or a digit, as names in addresses do and words do not.
fn is_unlike_a_word(word: &str) -> bool {
    word.contains(['.', '_']) || word.contains(|c: char| c.is_ascii_digit())
}

/// The start of brackets and spaces that end at `at`.
fn brackets_start(text: &str, at: usize) -> usize {
    let before = near_before(text, at, LONGEST);
    let spaces = before.trim_end();
    let bracket = spaces.strip_suffix(['[', '(', '{', '<', '_', '*', '-']).unwrap_or(spaces);
    at - (before.len() - bracket.trim_end().len())
}

/// The end of brackets and spaces that begin at `at`.
fn brackets_end(text: &str, at: usize) -> usize {
    let after = skip_space(text, at);
    match char_at(text, after) {
        Some(']' | ')' | '}' | '>' | '_' | '*' | '-') => skip_space(text, after + 1),
        _ => after,
    }
}

/// The start of the part before an `@` that ends at `end`, including spelt-out full stops: `jo dot bloggs`.
fn local_start(text: &str, end: usize) -> Option<usize> {
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '’' | '&' | '=');
    let one = |end: usize| {
        let before = near_before(text, end, LONGEST);
        let start = before.char_indices().rev().take_while(|(_, c)| is_local(*c)).last()?.0;
        // Characters before an address, such as a quotation mark, are not part of it.
        let local = before[start..].trim_start_matches(|c: char| !c.is_alphanumeric());
        (!local.is_empty()).then(|| end - local.len())
    };
    let mut start = one(end)?;
    for _ in 0..MOST_LABELS {
        let before = near_before(text, start, LONGEST);
        let Some((dot, _)) = word_before(before, before.len()).filter(|(_, word)| word.eq_ignore_ascii_case("dot"))
        else {
            break;
        };
        start = one(start - before.len() + before[..dot].trim_end().len())?;
    }
    Some(start)
}

/// The part of an address after its `@`.
struct Domain {
    start: usize,
    end: usize,
    /// The number of words separated by full stops.
    labels: usize,
    /// Whether its full stops are spelt out.
    is_spelt: bool,
    /// Whether it ends with a top-level domain.
    is_known: bool,
}

impl Domain {
    fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// The domain at `start`, with full stops or with `dot`, `(dot)` or `[.]` instead.
fn domain(text: &str, start: usize) -> Option<Domain> {
    let label = |at: usize| {
        let near = near_after(text, at, LONGEST);
        let end = near.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(near.len());
        let label = near[..end].trim_end_matches('-');
        (!label.is_empty()).then(|| at + label.len())
    };
    let mut domain = Domain { start, end: label(start)?, labels: 1, is_spelt: false, is_known: false };
    let mut last = start;
    while domain.labels < MOST_LABELS {
        let Some((next, is_spelt)) = dot_end(text, domain.end) else { break };
        let Some(end) = label(next) else { break };
        let is_top = is_any_of(&text[next..end], TOP_DOMAINS);
        // `jo at example dot org dot the …` ends before the word that is not part of a domain.
        if is_spelt && !is_top && domain.is_known {
            break;
        }
        (last, domain.end, domain.is_known) = (next, end, is_top);
        domain.labels += 1;
        domain.is_spelt |= is_spelt;
    }
    let top = &text[last..domain.end];
    (top.chars().count() > 1 && top.chars().all(char::is_alphabetic)).then_some(domain)
}

/// Whether a top-level domain in small letters is at `at`, which is not the beginning of a sentence.
fn ends_so(text: &str, at: usize, top: &str) -> bool {
    text[at..].starts_with(top) && ends_word(text, at + top.len())
}

/// The end of a full stop between two words of a domain, and whether it is spelt out.
fn dot_end(text: &str, at: usize) -> Option<(usize, bool)> {
    if char_at(text, at) == Some('.') {
        // `jo@gmail. com`: a space after the full stop ends a sentence, unless a top-level domain follows.
        let space = skip_space(text, at + 1);
        let is_top = || ["com", "org", "net", "co.uk", "gov.uk"].iter().any(|top| ends_so(text, space, top));
        return Some((if space == at + 2 && is_top() { space } else { at + 1 }, false));
    }
    let mut start = skip_space(text, at);
    let bracket = matches!(char_at(text, start), Some('[' | '(' | '{' | '<' | '_' | '-'));
    start += usize::from(bracket);
    let dot = phrase_at(text, skip_space(text, start), "dot")
        .or_else(|| (bracket && char_at(text, start) == Some('.')).then_some(start + 1))?;
    let end = skip_space(text, dot);
    let end =
        if bracket && matches!(char_at(text, end), Some(']' | ')' | '}' | '>' | '_' | '-')) { end + 1 } else { end };
    (start > at).then(|| (skip_space(text, end), true))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    fn check(text: &str) -> String {
        found(text, super::super::FindingKind::Email)
    }

    #[test]
    fn addresses_are_found_without_the_text_around_them() {
        assert_eq!(check("Write to jane.doe@example.org."), "jane.doe@example.org");
        assert_eq!(check("'o'neil@nhs.net'"), "o'neil@nhs.net");
        assert_eq!(check("<Jane_Doe+x@Milton-Keynes.gov.uk>"), "Jane_Doe+x@Milton-Keynes.gov.uk");
        assert_eq!(check("mailto:a@b.org?subject=x"), "a@b.org");
        assert_eq!(check("a@b.org,c@d.org"), "a@b.org|c@d.org");
        assert_eq!(check("zoë@example.org"), "zoë@example.org");
        for text in [
            "jo at example dot org",
            "jo.bloggs [at] example.org",
            "jo(at)example(dot)org",
            "jo {at} example {dot} co {dot} uk",
            "jo.bloggs @ example.org",
            "jo.bloggs@ example.org",
            "jbloggs @example.org",
            "jo(@)example.org",
            "jo@example dot org",
            "jo_bloggs AT example DOT co DOT uk",
            "jo.bloggs at example.org",
            "jo AT example.org",
            "jo dot bloggs at example dot org",
            "jo.bloggs@gmail. com",
            "bloggs99 [at] example [.] com",
        ] {
            assert_eq!(check(text), text);
            assert_eq!(check(&format!("Write to: {text}, please.")), text);
        }
    }

    #[test]
    fn other_at_signs_are_allowed() {
        for text in [
            "@mktogether",
            "a@b",
            "5@£3.50",
            "x@.org",
            "a@b..org",
            "maps/@52.04,-0.75",
            "@",
            "a@b.1",
            "Follow us @example.org",
            "Meet us @ example.org",
            "Find it @ www.example.org",
            "the form at example.org",
            "Staff at school dot the field",
            "look at report.pdf at example.org",
            "jo at example",
            "at example dot org",
        ] {
            assert_eq!(check(text), "", "{text}");
        }
    }
}
