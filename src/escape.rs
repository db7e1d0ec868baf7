//! Escapes text for HTML, and decodes entities. Control characters, which HTML forbids, are dropped.

/// Adds text for use between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => control(c),
    });
}

/// Adds text for use between tags, in which years such as `2024-25` stay on one line: browsers break lines after their hyphen.
/// The text that readers copy is as it was.
pub(crate) fn text_with_whole_years(out: &mut String, whole: &str) {
    let mut rest = whole;
    while let Some(span) = year_range(rest) {
        text(out, &rest[..span.start]);
        out.push_str(WHOLE);
        text(out, &rest[span.clone()]);
        out.push_str("</span>");
        rest = &rest[span.end..];
    }
    text(out, rest);
}

/// What text without markup was written as by [`text_with_whole_years`].
pub(crate) fn without_whole_years(html: &str) -> String {
    html.replace(WHOLE, "").replace("</span>", "")
}

/// The tag before a year that stays on one line.
const WHOLE: &str = "<span class=\"nowrap\">";

/// The first range of years in a text: four digits, a hyphen, dash or slash, and two or four digits.
fn year_range(text: &str) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = 0;
    while at < bytes.len() {
        let first = digits(at);
        if first == 0 {
            at += 1;
            continue;
        }
        let join = ["-", "–", "/"].into_iter().find(|join| text[at + first..].starts_with(join));
        let second = join.map_or(0, |join| digits(at + first + join.len()));
        if let Some(join) = join
            && first == 4
            && matches!(second, 2 | 4)
        {
            return Some(at..at + first + join.len() + second);
        }
        at += first;
    }
    None
}

/// Adds text for use in an attribute in double quotes.
pub(crate) fn attribute(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\n' | b'\t' => Some(" "),
        _ => control(c),
    });
}

/// Adds an address for use in an attribute in double quotes. Characters that an address cannot contain are
/// percent-encoded.
pub(crate) fn address(out: &mut String, address: &str) {
    escape(out, address, |c| match c {
        b'&' => Some("&amp;"),
        b' ' => Some("%20"),
        b'"' => Some("%22"),
        b'<' => Some("%3C"),
        b'>' => Some("%3E"),
        b'[' => Some("%5B"),
        b'\\' => Some("%5C"),
        b']' => Some("%5D"),
        b'^' => Some("%5E"),
        b'`' => Some("%60"),
        b'{' => Some("%7B"),
        b'|' => Some("%7C"),
        b'}' => Some("%7D"),
        b'\n' | b'\t' => Some(""),
        _ => control(c),
    });
}

/// The replacement for a control character: nothing. Line feeds and tabs stay.
fn control(c: u8) -> Option<&'static str> {
    (c.is_ascii_control() && !matches!(c, b'\n' | b'\t')).then_some("")
}

/// Adds text, replacing each byte for which `instead` returns a replacement. These bytes are all ASCII, so the text can
/// be cut at them.
fn escape(out: &mut String, text: &str, instead: impl Fn(u8) -> Option<&'static str>) {
    out.reserve(text.len());
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        // Letters, digits and most punctuation are never escaped, which one table lookup shows.
        if PLAIN[usize::from(byte)] {
            continue;
        }
        if let Some(instead) = instead(byte) {
            out.push_str(&text[written..at]);
            out.push_str(instead);
            written = at + 1;
        }
    }
    out.push_str(&text[written..]);
}

/// Bytes that are never replaced: all except control characters and characters with a meaning in HTML or addresses.
const PLAIN: [bool; 256] = {
    let signs = b" \"&<>[\\]^`{|}\x7f";
    let mut plain = [true; 256];
    let mut at = 0;
    while at < 32 {
        plain[at] = false;
        at += 1;
    }
    at = 0;
    while at < signs.len() {
        plain[signs[at] as usize] = false;
        at += 1;
    }
    plain
};

/// Maximum length of an entity that is decoded, in bytes.
const LONGEST_ENTITY: usize = 32;

/// Decodes the entity at the start of a text. Returns its character and its length in bytes. Knows every entity that
/// annal's own pages use.
#[must_use]
pub(crate) fn decode(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.get(1..text.floor_char_boundary(LONGEST_ENTITY))?.split_once(';')?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "shy" => '\u{ad}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, name.len() + 2))
}

/// A text with its entities decoded. Those that are unknown stay as they are.
#[must_use]
pub(crate) fn decoded(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = decode(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    fn check(escape: fn(&mut String, &str), input: &str) -> String {
        let mut out = String::new();
        escape(&mut out, input);
        out
    }

    #[test]
    fn years_stay_on_one_line() {
        let whole = |text: &str| format!("<span class=\"nowrap\">{text}</span>");
        for years in ["2024-25", "2024–25", "2024/25", "2019-2020"] {
            let html = check(super::text_with_whole_years, &format!("<{years}, é {years}"));
            assert_eq!(html, format!("&lt;{}, é {}", whole(years), whole(years)));
            assert_eq!(super::without_whole_years(&html), format!("&lt;{years}, é {years}"));
        }
        for other in ["2024", "2024-", "24-25", "2024 - 25", "2024-256", "12024-25", "A–Z", "2024-é", ""] {
            assert_eq!(check(super::text_with_whole_years, other), other);
        }
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(check(super::text, "a < b & \"é\" > c\u{0}\u{1b}\n"), "a &lt; b &amp; \"é\" &gt; c\n");
        assert_eq!(check(super::attribute, "\"><b\n'x"), "&quot;&gt;&lt;b 'x");
        assert_eq!(
            super::decoded("a &lt; b &amp;amp; &quot;&#233;&#xE9;&quot; & &none; &"),
            "a < b &amp; \"éé\" & &none; &"
        );
        assert_eq!(check(super::address, "a b?x=1&y=\"é\"#[z]\n"), "a%20b?x=1&amp;y=%22é%22#%5Bz%5D");
    }
}
