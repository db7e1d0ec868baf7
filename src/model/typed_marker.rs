//! Bullets and numbers that somebody typed at the start of a line, such as `•`, `1.1` or `a)`.

/// A marker at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypedMarker {
    pub kind: TypedMarkerKind,
    /// The bytes of the line before its text: the marker and the white space around it.
    pub length: usize,
}

/// What is typed in front of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypedMarkerKind {
    /// A bullet that is nothing else: `•`, `▪`.
    Bullet(char),
    /// A dash, `*` or `o`, which may be something else if there is only one.
    Dash(char),
    /// `1.`, `2)` or `(3)`.
    Number(u64),
    /// `1.1` or `2.3.4`, with or without a full stop at the end.
    Outline(Vec<u64>),
    /// `a)`, `(b)` or `iii.`, as it is written, without its punctuation.
    Letters(String),
}

/// Characters that are bullets wherever a line begins with them.
const BULLETS: &[char] = &[
    '•', '·', '‣', '⁃', '∙', '●', '○', '◦', '▪', '▫', '■', '□', '◆', '◇', '➢', '➤', '►', '▶', '❖', '✓', '✔', '➔', '→',
    '☐', '☑', '☒', '\u{f0b7}', '\u{f0a7}',
];
/// Characters that are bullets if white space follows.
const DASHES: &[char] = &['-', '–', '—', '−', '*', '+', 'o', '§'];

impl TypedMarker {
    /// Reads the marker that a line begins with. A line with nothing after its marker has none.
    #[must_use]
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let text = line.trim_start();
        let first = text.chars().next()?;
        let rest = &text[first.len_utf8()..];
        let (kind, rest) = if BULLETS.contains(&first) {
            (TypedMarkerKind::Bullet(first), rest)
        } else if DASHES.contains(&first) && rest.starts_with(char::is_whitespace) {
            (TypedMarkerKind::Dash(first), rest)
        } else {
            let (word, rest) = text.split_at(text.find(char::is_whitespace)?);
            (numbering(word)?, rest)
        };
        let written = rest.trim_start();
        let has_words = written.chars().any(char::is_alphanumeric);
        has_words.then(|| Self { kind, length: line.len() - written.len() })
    }

    /// Whether it begins an item of a list. A single `1.1`, letter or dash may be the beginning of a sentence;
    /// `are_several` says whether other lines have markers too.
    #[must_use]
    pub(crate) fn begins_item(&self, are_several: bool) -> bool {
        match self.kind {
            TypedMarkerKind::Bullet(_) | TypedMarkerKind::Number(_) => true,
            TypedMarkerKind::Dash(c) => are_several || matches!(c, '-' | '*' | '+'),
            TypedMarkerKind::Outline(_) | TypedMarkerKind::Letters(_) => are_several,
        }
    }
}

/// The number or letters of a word such as `1.`, `(a)` or `2.3`.
fn numbering(word: &str) -> Option<TypedMarkerKind> {
    let opened = word.strip_prefix('(');
    let inner = opened.unwrap_or(word);
    let bare = inner.strip_suffix([')', '.']).or_else(|| inner.strip_suffix(".)"));
    if opened.is_some() && !word.ends_with(')') {
        return None;
    }
    let is_number = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = bare.unwrap_or(inner).split('.').collect();
    if parts.iter().all(|part| is_number(part)) {
        let numbers: Vec<u64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        return match (&numbers[..], bare) {
            ([number], Some(_)) => Some(TypedMarkerKind::Number(*number)),
            ([_], None) => None,
            _ => Some(TypedMarkerKind::Outline(numbers)),
        };
    }
    let letters = bare?;
    let is_roman = letters.len() <= 5 && letters.bytes().all(|byte| b"ivx".contains(&byte));
    let is_letter = letters.len() == 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_roman || is_letter).then(|| TypedMarkerKind::Letters(letters.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str) -> String {
        TypedMarker::parse(line)
            .map_or("-".to_owned(), |marker| format!("{:?} {}", marker.kind, &line[marker.length..]))
    }

    #[test]
    fn markers_are_read() {
        assert_eq!(check("•\tTrain"), "Bullet('•') Train");
        assert_eq!(check("  •Train"), "Bullet('•') Train");
        assert_eq!(check("– Train staff"), "Dash('–') Train staff");
        assert_eq!(check("o\tTrain"), "Dash('o') Train");
        assert_eq!(check("1. Train"), "Number(1) Train");
        assert_eq!(check("(12) Train"), "Number(12) Train");
        assert_eq!(check("1.2 Train"), "Outline([1, 2]) Train");
        assert_eq!(check("1.2.3. Train"), "Outline([1, 2, 3]) Train");
        assert_eq!(check("a) Train"), "Letters(\"a\") Train");
        assert_eq!(check("(iv) Train"), "Letters(\"iv\") Train");
    }

    #[test]
    fn words_and_sums_are_no_markers() {
        for line in [
            "Train",
            "-5 degrees",
            "–",
            "• ",
            "2019. It",
            "12 people",
            "A. Smith",
            "of it",
            "I. e",
            "(see a)",
            "e.g. x",
            "1.",
            "..",
            "",
        ] {
            assert_eq!(check(line), "-", "{line:?}");
        }
    }
}
