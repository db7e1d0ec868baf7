//! Detects the separator of a table: a comma, a semicolon or a tab.

/// The separator between the cells of a table, and where the table starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiter {
    /// `,`, `;` or a tab.
    pub separator: u8,
    /// The byte at which the table starts, after a `sep=` line if there is one.
    pub begin: usize,
}

/// Finds the separator of a table. A first line such as `sep=;` decides; otherwise it is the commonest separator,
/// outside quotation marks, of the first line that has any.
pub(super) fn find(text: &str) -> Delimiter {
    let (stated, begin) = stated(text);
    let (mut commas, mut semicolons, mut tabs) = (0_usize, 0_usize, 0_usize);
    // A tab before the first word of a line or after the last one is not a separator.
    let (mut has_words, mut tabs_since) = (false, 0_usize);
    let mut is_quoted = false;
    for byte in text.bytes().skip(begin) {
        match byte {
            b'\n' | b'\r' if !is_quoted => {
                if commas + semicolons + tabs > 0 {
                    break;
                }
                (has_words, tabs_since) = (false, 0);
                continue;
            }
            b'\t' if !is_quoted => {
                tabs_since += usize::from(has_words);
                continue;
            }
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            b'"' => is_quoted = !is_quoted,
            _ => {}
        }
        (has_words, tabs, tabs_since) = (true, tabs + tabs_since, 0);
    }
    let separator = stated.unwrap_or(if tabs > commas.max(semicolons) {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    });
    Delimiter { separator, begin }
}

/// The text from a byte to the end of its line.
fn rest_of_line(text: &str, from: usize) -> &str {
    text[from..].split(['\n', '\r']).next().unwrap_or_default()
}

/// The separator of a `sep=` line, which spreadsheets write first, and the byte after that line.
fn stated(text: &str) -> (Option<u8>, usize) {
    let line = rest_of_line(text, 0);
    let is_statement = line.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("sep="));
    match line.get(4..).filter(|_| is_statement).map(|rest| rest.trim_matches(' ')) {
        Some("\t") => (Some(b'\t'), line.len()),
        Some(",") => (Some(b','), line.len()),
        Some(";") => (Some(b';'), line.len()),
        Some("") => (None, line.len()),
        _ => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let Delimiter { separator, begin } = find(text);
        format!("{} {begin}", char::from(separator))
    }

    #[test]
    fn the_commonest_separator_of_the_header_wins() {
        assert_eq!(check("a;b,c;d\n,,,,"), "; 0");
        assert_eq!(check("\"a;;;\",b\n;;;;"), ", 0");
        assert_eq!(check("\n\na;b\n"), "; 0");
        assert_eq!(check("a title\na;b\n"), "; 0");
        assert_eq!(check("a"), ", 0");
        assert_eq!(check("a title\na\tb, c\td\n"), "\t 0");
        assert_eq!(check("\ta\t\n1\n"), ", 0");
    }

    #[test]
    fn a_first_line_may_state_it() {
        assert_eq!(check("sep=;\r\na,b,c;d"), "; 5");
        assert_eq!(check("sep=,\n"), ", 5");
        assert_eq!(check("sep=\t\na\tb\n"), "\t 5");
        assert_eq!(check("sep=x,y\n"), ", 0");
    }
}
