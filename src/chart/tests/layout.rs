//! Checks finished charts as a reader would: is anything cut off, do texts overlap?

use std::fmt::Write as _;

use crate::chart::style::StyleClass;
use crate::chart::text_metrics::{LINE, width};
use crate::escape::{decoded, without_whole_years};

/// A rectangle: left, top, right, bottom.
type Rectangle = [f64; 4];

/// Long names and numbers that a report may contain and a layout must handle.
pub(crate) const LONG: &str = "The Royal Borough of Somewhere and Elsewhere Community Rehabilitation Company Limited";

/// Checks a figure and lists its contents: the texts of each drawing, line by line, and marks as `[class ×count]`.
pub(crate) fn check(figure: Option<&str>) -> String {
    let Some(figure) = figure else { return "none".to_owned() };
    let mut output = text_of(figure, "<h3 class=\"headline\">");
    for drawing in figure.split("<svg ").skip(1) {
        let drawing = drawing.split("</svg>").next().unwrap_or_default();
        let class = attribute(drawing, "class").unwrap_or_default();
        let size: Vec<f64> =
            attribute(drawing, "viewBox").unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
        let view = [0.0, 0.0, size[2], size[3]];
        assert!(attribute(drawing, "width").is_none(), "a drawing has no size of its own");
        let texts = texts(drawing);
        for (text, area) in &texts {
            assert!(within(area, &view), "{class}: `{text}` at {area:?} is outside {view:?}");
        }
        for (i, (text, area)) in texts.iter().enumerate() {
            for (other, there) in &texts[i + 1..] {
                assert!(!overlap(area, there), "{class}: `{text}` {area:?} overlaps `{other}` {there:?}");
            }
        }
        let _ = write!(output, "\n{class}:");
        for (text, _) in &texts {
            let _ = write!(output, " {text} |");
        }
        for path in drawing.split("<path ").skip(1) {
            let class = attribute(path, "class").unwrap_or_default();
            let shapes = shapes(attribute(path, "d").unwrap_or_default());
            if class != "hatch" && !class.starts_with('s') || !drawing.contains("<defs>") {
                for area in &shapes {
                    assert!(within(area, &view), "a mark `{class}` at {area:?} is outside {view:?}");
                }
            }
            let _ = write!(output, " [{class} ×{}]", shapes.len());
        }
    }
    output
}

/// The description for screen readers.
pub(crate) fn description(figure: Option<&str>) -> String {
    let figure = figure.unwrap_or_default();
    let start = figure.split("<desc").nth(1).and_then(|rest| rest.split_once('>')).map_or("", |(_, rest)| rest);
    start.split('<').next().unwrap_or_default().to_owned()
}

/// The areas of the marks of a class in the wide drawing.
pub(crate) fn marks(figure: &str, class: &str) -> Vec<Rectangle> {
    let drawing = figure.split("<svg ").nth(1).unwrap_or_default();
    let wanted = format!("class=\"{class}\" d=\"");
    drawing.split(&wanted).skip(1).flat_map(|rest| shapes(rest.split('"').next().unwrap_or_default())).collect()
}

fn text_of(html: &str, opening: &str) -> String {
    without_whole_years(html.split(opening).nth(1).and_then(|rest| rest.split("</h").next()).unwrap_or_default())
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let tag = tag.split('>').next()?;
    let start = tag.split(&format!("{name}=\"")).nth(1)?;
    start.split('"').next()
}

/// Every text with its area according to the width table, including rotated texts.
fn texts(drawing: &str) -> Vec<(String, Rectangle)> {
    let mut texts = Vec::new();
    for group in drawing.split("<g ").skip(1) {
        let class = attribute(group, "class").unwrap_or_default();
        let mark = [StyleClass::LABEL, StyleClass::STRONG, StyleClass::NOTE, StyleClass::ON, StyleClass::OVER]
            .into_iter()
            .find(|mark| mark.class() == class);
        let mark = mark.unwrap_or(StyleClass::LABEL);
        let anchor = attribute(group, "text-anchor").unwrap_or("start");
        for text in group.split("<text ").skip(1) {
            let text = text.split("</text>").next().unwrap_or_default();
            let lines: Vec<String> = text
                .split('<')
                .map(|part| part.split('>').next_back().unwrap_or_default())
                .filter(|line| !line.is_empty())
                .map(decoded)
                .collect();
            let wide = lines.iter().map(|line| width(line, mark)).fold(0.0, f64::max);
            let high = LINE * (f64::from(u32::try_from(lines.len()).unwrap()) - 1.0);
            let formatted = lines.join(" ");
            if let Some(place) = attribute(text, "transform") {
                let spot: Vec<f64> = numbers(place.split(')').next().unwrap_or_default());
                texts.push((formatted, [spot[0] - 10.0, spot[1] - wide, spot[0] + 3.0, spot[1]]));
                continue;
            }
            let (x, y) = (number(text, "x"), number(text, "y"));
            let left = match anchor {
                "middle" => x - wide / 2.0,
                "end" => x - wide,
                _ => x,
            };
            texts.push((formatted, [left, y - 0.75 * mark.size(), left + wide, y + high + 0.2 * mark.size()]));
        }
    }
    texts
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or_default()
}

/// The area of each sub-path.
fn shapes(path: &str) -> Vec<Rectangle> {
    path.split('M')
        .skip(1)
        .map(|part| {
            let end = part.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(part.len());
            let at = numbers(&part[..end]);
            let (mut x, mut y) = (at[0], at[1]);
            let mut area = [x, y, x, y];
            let mut rest = &part[end..];
            while !rest.is_empty() {
                let next = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |i| i + 1);
                let step = numbers(&rest[1..next]);
                match &rest[..1] {
                    "h" => x += step[0],
                    "v" => y += step[0],
                    "l" => (x, y) = (x + step[0], y + step[1]),
                    "a" => x += step[5],
                    _ => {}
                }
                area = [area[0].min(x), area[1].min(y), area[2].max(x), area[3].max(y)];
                rest = &rest[next..];
            }
            area
        })
        .collect()
}

fn numbers(text: &str) -> Vec<f64> {
    text.replace('-', " -")
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|n| n.parse().ok())
        .collect()
}

fn within(area: &Rectangle, view: &Rectangle) -> bool {
    const EDGE: f64 = 0.6;
    area[0] >= view[0] - EDGE && area[1] >= view[1] - EDGE && area[2] <= view[2] + EDGE && area[3] <= view[3] + EDGE
}

fn overlap(a: &Rectangle, b: &Rectangle) -> bool {
    a[0].max(b[0]) + 0.5 < a[2].min(b[2]) && a[1].max(b[1]) + 0.5 < a[3].min(b[3])
}
