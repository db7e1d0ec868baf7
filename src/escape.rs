//! Text made fit for HTML, and read back. Control characters, which HTML forbids, are left out.

/// Adds text that is to stand between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => control(c),
    });
}

/// Adds text that is to stand between the double quotes of an attribute.
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

/// Adds an address that is to stand between the double quotes of an attribute. Characters that an address cannot
/// hold are written as the percent codes that they stand for.
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

/// What a control character becomes.
fn control(c: u8) -> Option<&'static str> {
    (c.is_ascii_control() && !matches!(c, b'\n' | b'\t')).then_some("")
}

/// Adds text with the bytes replaced that `instead` gives something for. They are all ASCII, so that the text can be
/// parted at them.
fn escape(out: &mut String, text: &str, instead: impl Fn(u8) -> Option<&'static str>) {
    out.reserve(text.len());
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        // Letters, digits and most signs stand for themselves everywhere: that is found with one look.
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

/// The bytes that are never replaced: all but control characters and the signs that HTML or addresses give a meaning.
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

/// No entity that is read is longer, in bytes.
const LONGEST_ENTITY: usize = 32;

/// The character that an entity at the start of a text stands for, and the entity's length. Pages are written with
/// these alone.
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

#[cfg(test)]
mod tests {
    fn check(escape: fn(&mut String, &str), input: &str) -> String {
        let mut out = String::new();
        escape(&mut out, input);
        out
    }

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(check(super::text, "a < b & \"é\" > c\u{0}\u{1b}\n"), "a &lt; b &amp; \"é\" &gt; c\n");
        assert_eq!(check(super::attribute, "\"><b\n'x"), "&quot;&gt;&lt;b 'x");
        assert_eq!(check(super::address, "a b?x=1&y=\"é\"#[z]\n"), "a%20b?x=1&amp;y=%22é%22#%5Bz%5D");
    }
}
