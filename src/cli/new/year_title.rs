//! The title of a new year's report: that of the year before, with its years moved on in the spelling that they have.

use std::fmt::Write;

use crate::model::Year;

/// What may be between the two years of a title: `2023-24`, `2023/24`, `2023–24`.
const BETWEEN: [char; 6] = ['-', '/', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}'];

/// The title of the report for `year`, after that of the report for `before`.
pub(super) fn next_title(title: &str, before: &Year, year: &Year) -> String {
    let is_alike = before.as_str().len() == year.as_str().len();
    let moved = if is_alike { moved_on(title, before.first(), year.first()) } else { None };
    moved.unwrap_or_else(|| {
        let written = title.replace(before.as_str(), year.as_str());
        if written == title { format!("{title} {year}") } else { written }
    })
}

/// A title with the years of the report that begins in `was` turned into those of the report that begins in `is`. `None` if
/// it names none of them.
fn moved_on(title: &str, was: u16, is: u16) -> Option<String> {
    let mut new = String::with_capacity(title.len());
    let moved = |found: u16| is.saturating_add(found - was);
    let (mut rest, mut is_moved) = (title, false);
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let length = from.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = from.split_at(length);
        new.push_str(before);
        let number = digits.parse::<u16>().ok();
        if length == 4
            && let Some(found) = number.filter(|number| *number == was || *number == was + 1)
        {
            _ = write!(new, "{:04}", moved(found));
            is_moved = true;
            rest = after;
            // The second year may be written with two digits.
            let gap = after.len() - after.trim_start_matches(|c: char| c == ' ' || BETWEEN.contains(&c)).len();
            let short = &after[gap..];
            let is_short = short.bytes().take_while(u8::is_ascii_digit).count() == 2
                && after[..gap].contains(BETWEEN)
                && short[..2] == format!("{:02}", (found + 1) % 100);
            if is_short {
                new.push_str(&after[..gap]);
                _ = write!(new, "{:02}", (moved(found) + 1) % 100);
                rest = &short[2..];
            }
        } else {
            new.push_str(digits);
            rest = after;
        }
    }
    new.push_str(rest);
    is_moved.then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_keep_their_spelling() {
        for (title, expected) in [
            ("Annual report 2023-24", "Annual report 2024-25"),
            ("Annual Report 2023/24", "Annual Report 2024/25"),
            ("Report 2023–24, final", "Report 2024–25, final"),
            ("Report 2023-2024", "Report 2024-2025"),
            ("Report 2023 / 24", "Report 2024 / 25"),
            ("April 2023 to March 2024", "April 2024 to March 2025"),
            ("Annual report 2024", "Annual report 2025"),
            ("Plan 2020-2030, annual report", "Plan 2020-2030, annual report 2024-25"),
            ("Annual report", "Annual report 2024-25"),
            ("Report 202324", "Report 202324 2024-25"),
        ] {
            let check = |title| next_title(title, &Year::parse("2023-24").unwrap(), &Year::parse("2024-25").unwrap());
            assert_eq!(check(title), expected, "{title}");
        }
        let check = |title, before: &str, year: &str| {
            next_title(title, &Year::parse(before).unwrap(), &Year::parse(year).unwrap())
        };
        assert_eq!(check("R 1998/99", "1998-99", "2001-02"), "R 2001/02");
        assert_eq!(check("R 2019-20", "2019-20", "2021"), "R 2021");
        assert_eq!(check("R 2019", "2019", "2020"), "R 2020");
    }
}
