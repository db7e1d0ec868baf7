//! Lists whose bullets or numbers Markdown does not read.

use super::{TextLine, TypedMarker, fix, line_end};
use crate::diagnostic::{Code, Diagnostic, Span, TextEdit};
use crate::model::typed_marker::TypedMarkerKind;
use crate::source::markdown::Markdown;

/// A line that begins with a bullet or number.
struct TypedItem<'t> {
    line: TextLine<'t>,
    kind: TypedMarkerKind,
    /// From the first character after the marker to the end of the line.
    text: Span,
    /// How far the line is indented, in spaces.
    indent: usize,
    /// The end of the last line that belongs to it.
    end: u32,
    /// Whether text of the same paragraph comes directly before it.
    follows_text: bool,
}

/// Finds typed lists and reports each once. Gives the lists, and the items that are in no other item, without bullets.
pub(super) fn find(
    body: &Markdown,
    lines: &[TextLine<'_>],
    may_be_paragraphs: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Span>, Vec<Span>) {
    let (mut lists, mut top_items) = (Vec::new(), Vec::new());
    for mut items in candidates(body, lines, may_be_paragraphs) {
        keep_sure(&mut items, body);
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let levels = levels(&items);
        let message = match &first.kind {
            TypedMarkerKind::Bullet(bullet) | TypedMarkerKind::Dash(bullet) => {
                format!("Markdown does not read `{bullet}` as a bullet, so these lines run together")
            }
            _ => "Markdown does not read this numbering, so these lines are not a list".to_owned(),
        };
        let help = match first.kind {
            TypedMarkerKind::Bullet(_) | TypedMarkerKind::Dash(_) => "begin each item with a hyphen and a space: `- `",
            _ => "begin each item with a number, a full stop and a space: `1. `, after an empty line",
        };
        let edits = edits(body, &items, &levels);
        diagnostics.push(
            Diagnostic::new(Code::TypedList, body.location(first.line.span), message).help(help).fix(fix(
                body,
                "write these lines as a list",
                true,
                edits,
            )),
        );
        let top = items.iter().zip(&levels).filter(|(_, level)| **level == 0);
        lists.push(Span { start: first.line.span.start, end: last.end });
        top_items.extend(top.flat_map(|(item, _)| parts(body, item)));
    }
    (lists, top_items)
}

/// The lines that begin with a marker, in groups that could each be one list.
fn candidates<'t>(body: &Markdown, lines: &[TextLine<'t>], may_be_paragraphs: bool) -> Vec<Vec<TypedItem<'t>>> {
    let text = body.text();
    let mut groups: Vec<Vec<TypedItem<'t>>> = Vec::new();
    let mut before: Option<&TextLine<'_>> = None;
    for line in lines {
        let continues_block = before.is_some_and(|before| before.block == line.block);
        let continues_group = before.is_some_and(|before| line.block <= before.block + 1);
        // In a list that Markdown reads, only what can be nothing but a bullet is one that was typed.
        let is_bullet = |marker: &TypedMarker| !line.is_in_list || matches!(marker.kind, TypedMarkerKind::Bullet(_));
        let marker = TypedMarker::parse(line.text).filter(is_bullet);
        let open = groups.last_mut().filter(|group| !group.is_empty());
        match marker {
            Some(marker) => {
                let is_number = !matches!(marker.kind, TypedMarkerKind::Bullet(_) | TypedMarkerKind::Dash(_));
                let joins = continues_block || continues_group && (may_be_paragraphs || !is_number);
                let joins = joins && (continues_block || !line.is_in_list);
                let item = TypedItem {
                    text: Span {
                        start: line.span.start + u32::try_from(marker.length).unwrap_or(0),
                        end: line.span.end,
                    },
                    indent: text[line.start..line.span.start as usize]
                        .chars()
                        .map(|c| if c == '\t' { 4 } else { 1 })
                        .sum(),
                    end: line.span.end,
                    follows_text: continues_block,
                    kind: marker.kind,
                    line: *line,
                };
                match open {
                    Some(group) if joins => group.push(item),
                    _ => groups.push(vec![item]),
                }
            }
            // A line without a marker belongs to the item above it in the same paragraph; otherwise it ends the list.
            None => match open {
                Some(group) if continues_block => {
                    if let Some(item) = group.last_mut() {
                        item.end = line.span.end;
                    }
                }
                Some(_) => groups.push(Vec::new()),
                None => {}
            },
        }
        before = Some(line);
    }
    groups
}

/// Drops what may be something else than an item: a dash that comes alone, a number that nothing comes before or after.
fn keep_sure(items: &mut Vec<TypedItem<'_>>, body: &Markdown) {
    let follows = |one: &TypedItem<'_>, other: &TypedItem<'_>| match (&one.kind, &other.kind) {
        (TypedMarkerKind::Number(one), TypedMarkerKind::Number(other)) => one + 1 == *other,
        (TypedMarkerKind::Letters(one), TypedMarkerKind::Letters(other)) => {
            let (one, other) = (ordinal(one).unwrap_or_default(), ordinal(other).unwrap_or_default());
            one.iter().any(|one| other.contains(&(one + 1)))
        }
        (TypedMarkerKind::Outline(one), TypedMarkerKind::Outline(other)) => {
            let shared = one.iter().zip(other).take_while(|(one, other)| one == other).count();
            match (one.get(shared), other.get(shared)) {
                (Some(one), Some(next)) => one + 1 == *next && other.len() == shared + 1,
                (None, Some(next)) => *next == 1 && other.len() == shared + 1,
                _ => false,
            }
        }
        _ => false,
    };
    let dashes = items.iter().filter(|item| matches!(item.kind, TypedMarkerKind::Dash(_))).count();
    let begins_block = |item: &TypedItem<'_>| {
        let before = body.text()[..item.line.start].trim_end();
        !item.follows_text || before.ends_with(':')
    };
    let begins_well = items.first().is_some_and(|first| {
        begins_block(first)
            && (dashes > 1 || items.len() > 1 || body.text()[..first.line.start].trim_end().ends_with(':'))
    });
    let is_sure = |index: usize| match items[index].kind {
        TypedMarkerKind::Bullet(_) => true,
        TypedMarkerKind::Dash(_) => begins_well,
        _ => {
            let earlier = items[..index].iter().rev().take(20).any(|earlier| follows(earlier, &items[index]));
            earlier || items[index + 1..].iter().take(20).any(|later| follows(&items[index], later))
        }
    };
    let sure: Vec<bool> = (0..items.len()).map(is_sure).collect();
    let mut sure = sure.into_iter();
    let mut kept: Vec<TypedItem<'_>> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        if sure.next().unwrap_or_default() {
            kept.push(item);
        } else if let Some(above) = kept.last_mut().filter(|above| above.line.block == item.line.block) {
            above.end = item.end;
        }
    }
    *items = kept;
}

/// The numbers that letters may stand for: `c` is 3, `iv` is 4, `i` is 9 or 1.
fn ordinal(letters: &str) -> Option<Vec<u64>> {
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    let roman = ROMAN.iter().zip(1..).find(|(numeral, _)| **numeral == letters).map(|(_, number)| number);
    let letter = match letters.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u64::from(letter - b'a') + 1),
        _ => None,
    };
    let both: Vec<u64> = letter.into_iter().chain(roman).collect();
    (!both.is_empty()).then_some(both)
}

/// How deep each item is: by its indentation, its numbering, or the order of bullets in Word (`•`, `o`, `▪`).
fn levels(items: &[TypedItem<'_>]) -> Vec<usize> {
    let rank = |item: &TypedItem<'_>| match &item.kind {
        TypedMarkerKind::Bullet('◦' | '○') | TypedMarkerKind::Dash('o') => 1,
        TypedMarkerKind::Bullet('▪' | '■' | '\u{f0a7}') | TypedMarkerKind::Dash('§') => 2,
        TypedMarkerKind::Outline(numbers) => numbers.len(),
        TypedMarkerKind::Letters(_) => 1,
        _ => 0,
    };
    let is_indented = items.iter().any(|item| item.indent != items[0].indent);
    let mut open: Vec<usize> = Vec::new();
    let depth = |item: &TypedItem<'_>| if is_indented { item.indent } else { rank(item) };
    items
        .iter()
        .map(|item| {
            let depth = depth(item);
            while open.last().is_some_and(|above| *above >= depth) {
                open.pop();
            }
            open.push(depth);
            // What is indented in a real list belongs to one of its items.
            open.len() - usize::from(!item.line.is_in_list || item.indent == 0)
        })
        .collect()
}

/// The edits that write the items as a Markdown list.
fn edits(body: &Markdown, items: &[TypedItem<'_>], levels: &[usize]) -> Vec<TextEdit> {
    let end = line_end(body.text());
    // The widths of the markers of the items around an item.
    let mut widths: Vec<usize> = Vec::new();
    let is_roman =
        items.iter().any(|item| matches!(&item.kind, TypedMarkerKind::Letters(letters) if letters.len() > 1));
    let mut edits = Vec::new();
    for (item, level) in items.iter().zip(levels) {
        widths.truncate(*level);
        let marker = match &item.kind {
            TypedMarkerKind::Bullet(_) | TypedMarkerKind::Dash(_) => "- ".to_owned(),
            TypedMarkerKind::Number(number) => format!("{number}. "),
            TypedMarkerKind::Outline(numbers) => format!("{}. ", numbers.last().unwrap_or(&1)),
            TypedMarkerKind::Letters(letters) => {
                let numbers = ordinal(letters).unwrap_or_default();
                format!("{}. ", if is_roman { numbers.last() } else { numbers.first() }.unwrap_or(&1))
            }
        };
        // A number other than 1 does not begin a list in the middle of a paragraph.
        let is_first = edits.is_empty() && item.follows_text && !marker.starts_with('-');
        let gap = if is_first { end } else { "" };
        let (start, margin) = if item.line.is_in_list {
            (item.line.span.start as usize, body.text()[item.line.start..item.line.span.start as usize].to_owned())
        } else {
            (item.line.start, " ".repeat(widths.iter().sum()))
        };
        let written = if item.line.is_in_list { marker.clone() } else { format!("{gap}{margin}{marker}") };
        edits.push(TextEdit::new(Span::new(start, item.text.start as usize), written));
        let parts = parts(body, item);
        let gaps = parts.windows(2).map(|pair| Span { start: pair[0].end, end: pair[1].start });
        edits.extend(gaps.map(|gap| TextEdit::new(gap, format!("{end}{margin}- "))));
        widths.push(marker.len());
    }
    edits
}

/// The item, or several if its line goes on with bullets of the same kind: `• one • two`.
fn parts(body: &Markdown, item: &TypedItem<'_>) -> Vec<Span> {
    let text = item.text.slice(body.text());
    let mut parts = Vec::new();
    let mut start = item.text.start as usize;
    if let TypedMarkerKind::Bullet(bullet) = item.kind {
        let between = format!(" {bullet} ");
        for (at, _) in text.match_indices(&between) {
            let end = item.text.start as usize + at;
            parts.push(Span::new(start, end));
            start = end + between.len();
        }
    }
    parts.push(Span::new(start, item.end as usize));
    parts
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn typed_bullets_become_lists() {
        for (text, fixed) in [
            ("• a\n• b\n", "- a\n- b\n"),
            ("•\ta\r\n•\tb\r\n", "- a\r\n- b\r\n"),
            ("We will:\n– a\n– b\n", "We will:\n- a\n- b\n"),
            ("– a\n\n– b\n", "- a\n\n- b\n"),
            ("o\ta\no\tb\n", "- a\n- b\n"),
            ("· a b\n  c\n· d\n", "- a b\n  c\n- d\n"),
            ("•\ta\no\tb\n▪\tc\n•\td\n", "- a\n  - b\n    - c\n- d\n"),
            ("• a\n   • b\n• c\n", "- a\n  - b\n- c\n"),
            ("• a • b\n", "- a\n- b\n"),
            ("\t• a\n\t• b\n", "- a\n- b\n"),
            ("1.1 a\n1.2 b\n", "1. a\n2. b\n"),
            ("1.1 a\n\n1.2 b\n", "1. a\n\n2. b\n"),
            ("1.1 a\n1.1.1 b\n1.2 c\n", "1. a\n   1. b\n2. c\n"),
            ("We:\n2) a\n3) b\n", "We:\n\n2. a\n3. b\n"),
            ("(a) a\n(b) b\n", "1. a\n2. b\n"),
            ("i. a\nii. b\n", "1. a\n2. b\n"),
            ("- a:\n  • b\n  • c\n- d\n", "- a:\n  - b\n  - c\n- d\n"),
            ("- a\n• b\n• c\n", "- a\n- b\n- c\n"),
            ("- a\n\n\t• b\n\t• c\n", "- a\n\n\t- b\n\t- c\n"),
        ] {
            let found = check(text);
            let after = found.split_once("---\n").map_or("", |(_, after)| after);
            assert_eq!(after, fixed, "{text:?}: {found}");
            assert!(found.starts_with("typed-list ") && found.matches("typed-list").count() == 1, "{found}");
            assert_eq!(check(after), "", "{text:?}");
        }
    }

    #[test]
    fn prose_is_left_alone() {
        for text in [
            "- a\n- b\n",
            "1. a\n2) b\n",
            "The grant was\n1.5 million pounds in\n2.5 years.\n",
            "1.2 million people\n",
            "It ended – late\n– and then\n– it began.\n",
            "> “It helped.”\n\n— A parent\n",
            "Dawn • Dusk • Night\n",
            "```\n• a\n• b\n```\n",
            "%% • a\n%% • b\n",
            "Gwaith\no fewn\no dan\n",
            "A. Smith spoke.\nB. Jones did too.\n",
            "| • a | b |\n|---|---|\n| • c | d |\n",
            "(see a) and\n(b) then\n",
        ] {
            assert_eq!(check(text), "", "{text:?}");
        }
    }
}
