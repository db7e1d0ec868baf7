//! The template function `headings(html=…)`: what is on a page, for a list of links at its top.

use serde::Serialize;
use tera::{Kwargs, TeraResult, Value};

use crate::escape::decoded;
use crate::source::one_line::one_line;

/// A heading that can be linked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct PageHeading {
    /// 2 or 3.
    level: u8,
    /// Its fragment.
    id: String,
    /// Its text.
    title: String,
}

/// The headings of level 2 and 3 in some HTML that have an id, in order.
pub(super) fn headings(arguments: &Kwargs) -> TeraResult<Value> {
    let html = arguments.must_get::<&str>("html")?;
    Value::try_from_serializable(&find(html))
}

fn find(html: &str) -> Vec<PageHeading> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<h") {
        rest = &rest[at + 2..];
        let level = match rest.as_bytes() {
            [b'2', b' ', ..] => 2,
            [b'3', b' ', ..] => 3,
            _ => continue,
        };
        let Some((tag, after)) = rest.split_once('>') else { break };
        let Some((inside, _)) = after.split_once(if level == 2 { "</h2>" } else { "</h3>" }) else { break };
        if let Some(id) = tag.split_once(" id=\"").and_then(|(_, id)| id.split('"').next()) {
            found.push(PageHeading { level, id: decoded(id), title: decoded(&without_tags(inside)) });
        }
        rest = after;
    }
    found
}

/// HTML without its tags and what is in `small`, its white space made single.
fn without_tags(html: &str) -> String {
    let html = html.split_once("<small").map_or(html, |(before, _)| before);
    let text: String = html.split('<').enumerate().fold(String::new(), |mut text, (index, piece)| {
        text.push_str(if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
        text
    });
    one_line(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_with_an_id_are_found_in_order() {
        let html = "<h2 id=\"a\">A &amp; <em>B</em>\n <small>C</small></h2><h3>None</h3><h3 class=\"x\" id=\"d\">D</h3>\
                    <header>x</header><h2 id=\"e\">E";
        let found: Vec<_> = find(html).into_iter().map(|one| (one.level, one.id, one.title)).collect();
        let expected = [(2, "a", "A & B"), (3, "d", "D")].map(|(level, id, title)| (level, id.into(), title.into()));
        assert_eq!(found, expected);
    }
}
