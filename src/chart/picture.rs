//! Charts as pictures of their own, for slides and documents: the wide drawing with its headline above it, its source below,
//! and its colours inside.
//!
//! They are taken from finished pages, so that nothing is in them that is not on the page.

use super::figure::Figure;
use super::markup::{element, push};
use super::picture_style::PictureStyle;
use super::style::StyleClass;
use super::text_metrics::{LINE, wrap_evenly};
use crate::escape::{decoded, without_whole_years};

/// The space around a chart.
const MARGIN: f64 = 20.0;

/// The size of the headline, and the height of its lines.
const HEADLINE: (f64, f64) = (18.0, 24.0);

/// The charts on a page as pictures: their names, and SVG that can be opened alone. `publisher` is whose numbers they are.
#[must_use]
pub(crate) fn pictures(page: &str, publisher: &str, style: &PictureStyle) -> Vec<(String, String)> {
    let figures = page.split(Figure::START).skip(1);
    let drawn = figures.filter_map(|figure| {
        let figure = DrawnFigure::from_page(figure.split("</figure>").next()?)?;
        Some((figure.name.to_owned(), figure.picture(publisher, style)))
    });
    drawn.collect()
}

/// The parts of a figure in a page.
struct DrawnFigure<'a> {
    /// The name of its picture, which the figure's last link leads to.
    name: &'a str,
    headline: String,
    unit: Option<String>,
    description: &'a str,
    source: Option<String>,
    /// The size of the drawing, as in its `viewBox`.
    size: (f64, f64),
    /// The inside of the drawing, below its names.
    inside: &'a str,
}

impl<'a> DrawnFigure<'a> {
    /// Reads a figure from the markup that follows [`Figure::START`]. `None` if it has no drawing, or leads to no
    /// picture.
    fn from_page(html: &'a str) -> Option<Self> {
        let (before, drawing) = html.split_once("<svg class=\"wide")?;
        let (drawing, after) = drawing.split_once("</svg>")?;
        let (_, size) = drawing.split_once("viewBox=\"0 0 ")?;
        let (wide, high) = size.split_once('"')?.0.split_once(' ')?;
        let description = between(drawing, "<desc>", "</desc>")?;
        let (_, inside) = drawing.split_once("</desc>")?;
        // The source is followed by links, which lead nowhere from a picture.
        let below = between(after, "<p class=\"source\">", "</p>")?;
        let (source, link) = (below.split("<a ").next()?, below.rsplit("<a ").next()?);
        let address = between(link, "href=\"", "\"")?;
        let name = address.rsplit('/').next().filter(|name| name.strip_suffix(".svg").is_some())?;
        Some(Self {
            name,
            headline: decoded(&without_whole_years(between(before, "class=\"headline\">", "</h")?)),
            unit: between(before, "class=\"unit\">", "<").map(decoded),
            description,
            source: Some(decoded(without_whole_years(source).trim_end())).filter(|source| !source.is_empty()),
            size: (wide.parse().ok()?, high.parse().ok()?),
            inside,
        })
    }

    /// The figure as a picture.
    fn picture(&self, publisher: &str, style: &PictureStyle) -> String {
        let (size, line) = HEADLINE;
        let room = self.size.0.max(640.0);
        let headline = wrap_evenly(&self.headline, room * StyleClass::STRONG.size() / size, StyleClass::STRONG);
        let mut texts = Vec::new();
        let mut y = MARGIN;
        for text in headline {
            texts.push((y + line * 0.75, "headline", text));
            y += line;
        }
        for text in self.unit.iter().flat_map(|unit| wrap_evenly(unit, room, StyleClass::NOTE)) {
            texts.push((y + LINE * 0.75, "note", text));
            y += LINE;
        }
        let top = y + 14.0;
        y = top + self.size.1 + 14.0;
        let source = [Some(publisher), self.source.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(". ");
        for text in wrap_evenly(&source, room, StyleClass::NOTE) {
            texts.push((y + LINE * 0.75, "note", text));
            y += LINE;
        }
        let (wide, high) = ((room + 2.0 * MARGIN).ceil(), (y + MARGIN).ceil());
        let mut out = String::with_capacity(self.inside.len() + 4096);
        push(
            &mut out,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
                 role=\"img\" aria-labelledby=\"t\" aria-describedby=\"d\">"
            ),
        );
        element(&mut out, "title", " id=\"t\"", &self.headline);
        push(&mut out, format_args!("<desc id=\"d\">{}</desc><style>{}", self.description, style.css()));
        push(&mut out, format_args!(".headline{{font-size:{size}px;font-weight:700}}</style>"));
        push(&mut out, format_args!("<path class=\"paper\" d=\"M0 0h{wide}v{high}H0z\"/>"));
        for (y, class, text) in texts {
            element(&mut out, "text", &format!(" class=\"{class}\" x=\"{MARGIN}\" y=\"{y}\""), &text);
        }
        push(&mut out, format_args!("<g transform=\"translate({MARGIN} {top})\">{}</g></svg>\n", self.inside));
        out
    }
}

/// The text between two markers.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(html.split_once(start)?.1.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure::ChartContext;
    use crate::chart::{BudgetData, budget_waterfall};
    use crate::quantity::Money;

    fn check(line: &str, level: u8) -> (String, String) {
        let input = BudgetData { income: vec![(line.to_owned(), Money { pence: 12_300 })], expenditure: vec![] };
        let frame = ChartContext { level, source: Some("chart.source.accounts"), ..ChartContext::english() };
        let page = format!("<main>{}</main>", budget_waterfall(&input, &frame).unwrap());
        let charts = include_str!("../../themes/civic/assets/charts.css");
        let style = PictureStyle::from_css(charts, &[charts]);
        let mut pictures = pictures(&page, "Us & <co>", &style);
        assert_eq!(pictures.len(), 1, "one chart has one picture");
        pictures.remove(0)
    }

    #[test]
    fn a_picture_can_be_opened_alone() {
        let (name, svg) = check("Fish & <chips>", 2);
        assert_eq!(name, "c.svg");
        assert!(svg.contains("<title id=\"t\">£123 was received</title>"), "{svg}");
        assert!(svg.contains("Us &amp; &lt;co&gt;. Source: the partnership's accounts, 2019-20."), "{svg}");
        assert!(svg.contains("Fish &amp; &lt;chips&gt;") && !svg.contains("<a "), "{svg}");
        assert!(!svg.contains("var("), "programs other than browsers know no variables: {svg}");
        assert!(svg.contains(".s1,.p1,.present{fill:#12436d}"), "{svg}");
        let file = crate::source::tree::FileContent::Text(svg.into());
        let found = crate::source::picture::check(&crate::diagnostic::RelPath::new("c.svg"), &file);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn the_link_leads_to_the_picture() {
        let input = BudgetData { income: vec![("Levy".to_owned(), Money { pence: 100 })], expenditure: vec![] };
        let figure = budget_waterfall(&input, &ChartContext::english()).unwrap();
        assert!(figure.contains(&format!("href=\"{}\" download", check("Levy", 6).0)), "{figure}");
    }
}
