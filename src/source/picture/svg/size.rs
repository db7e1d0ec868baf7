//! The size of an SVG picture.

use super::xml::{XmlNode, XmlNodes};

/// The width and height that an SVG gives, in whole units: its `width` and `height`, or else those of its `viewBox`.
#[must_use]
pub(crate) fn size(text: &str) -> Option<(u32, u32)> {
    let root = XmlNodes::new(text).find_map(|node| match node {
        Ok(XmlNode::Start(element)) => Some(element),
        _ => None,
    })?;
    let value = |name: &str| root.attributes.iter().find(|one| one.name == name).map(|one| &*one.value);
    let stated = || Some((length(value("width")?)?, length(value("height")?)?));
    let viewed = || {
        let numbers: Vec<&str> =
            value("viewBox")?.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty()).collect();
        let [_, _, width, height] = numbers[..] else { return None };
        Some((length(width)?, length(height)?))
    };
    stated().or_else(viewed)
}

/// A length in pixels or without a unit, rounded; `None` if it is relative or in another unit.
fn length(text: &str) -> Option<u32> {
    let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    // Larger than any screen, and exact in all number types here.
    (0.5..=100_000.0).contains(&number).then(|| format!("{number:.0}").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_stated_or_follow_from_the_view() {
        for (attributes, expected) in [
            ("width='120' height='40px'", Some((120, 40))),
            ("viewBox='0 0 32 16'", Some((32, 16))),
            ("width='100%' height='100%' viewBox='0,0,30.4,10'", Some((30, 10))),
            ("width='1e9' height='1'", None),
            ("width='4em' height='1em'", None),
            ("viewBox='0 0 10'", None),
            ("", None),
        ] {
            let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>");
            assert_eq!(size(&text), expected, "{attributes}");
        }
        assert_eq!(size("<svg"), None);
    }
}
