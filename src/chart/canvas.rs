//! The drawing area of a chart, measured in units of the drawing.

use std::collections::BTreeSet;
use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::prelude::{Cartesian2d, DrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform};
use plotters_backend::BackendCoord;

use super::backend::Svg;
use super::number_format::tenths;
use super::style::{SERIES, StyleClass};
use super::text_metrics::width;

/// A point of the drawing: x and y in units.
pub(super) type Point = (f64, f64);

/// Which of a chart's two drawings: for large screens and paper, or for phones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Wide,
    Narrow,
}

impl Variant {
    /// The width of the drawing. The style sheet shows a unit as about one pixel.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 300.0,
        }
    }

    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// A finished drawing: the inside of an `<svg>` and its size.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub(super) form: Variant,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) inside: String,
    /// The numbers of the patterns that it uses: see [`StyleClass::pattern`].
    pub(super) patterns: BTreeSet<u8>,
}

/// Where a text is placed relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextAnchor {
    /// The point is the middle of the left edge.
    Start,
    /// The point is the centre.
    Middle,
    /// The point is the middle of the right edge.
    End,
    /// The point is the upper left corner.
    Under,
    /// The point is the middle of the upper edge.
    UnderMiddle,
    /// The point is the middle of the lower edge.
    OverMiddle,
    /// Rotated to read upwards; the point is the middle of the lower end.
    Upwards,
}

/// The surface that charts draw on.
pub(super) struct Canvas<'a> {
    area: DrawingArea<Svg<'a>, Shift>,
}

/// Draws with `draw`, which returns the width and height of the drawing.
pub(super) fn draw(id: &str, form: Variant, draw: impl FnOnce(&Canvas<'_>) -> Point) -> Drawing {
    let (mut inside, mut patterns) = (String::new(), BTreeSet::new());
    let id = format!("{id}-{}", form.class());
    let (width, height) = {
        let canvas = Canvas { area: Svg::new(&mut inside, &mut patterns, &id).into_drawing_area() };
        let size = draw(&canvas);
        // Neither this nor `put` can fail: the backend writes to a string.
        let _ = canvas.area.present();
        size
    };
    Drawing { form, width, height, inside, patterns }
}

impl<'a> Canvas<'a> {
    /// Draws a plotters element.
    fn put<'e, E>(&self, element: &'e E)
    where
        &'e E: PointCollection<'e, BackendCoord>,
        E: Drawable<Svg<'a>>,
    {
        let _ = self.area.draw(element);
    }

    /// A filled rectangle between two corners.
    pub(super) fn rect(&self, a: Point, b: Point, mark: StyleClass) {
        self.put(&Rectangle::new([spot(a), spot(b)], mark.colour().filled()));
    }

    /// A line through points.
    pub(super) fn line(&self, spots: &[Point], mark: StyleClass) {
        self.put(&PathElement::new(spots.iter().copied().map(spot).collect::<Vec<_>>(), mark.colour()));
    }

    /// The line of a value to compare with, which can also be seen on filled marks.
    pub(super) fn reference(&self, spots: [Point; 2]) {
        self.line(&spots, StyleClass::HALO);
        self.line(&spots, StyleClass::REFERENCE);
    }

    /// A filled shape.
    pub(super) fn shape(&self, spots: &[Point], mark: StyleClass) {
        self.put(&Polygon::new(spots.iter().copied().map(spot).collect::<Vec<_>>(), mark.colour().filled()));
    }

    /// The filled shape that marks a point of a series. Each series has its own shape.
    pub(super) fn point(&self, (x, y): Point, series: usize) {
        let mark = StyleClass::point(series);
        match series % SERIES {
            0 => self.put(&Circle::new(spot((x, y)), tenths(4.0), mark.colour().filled())),
            1 => self.rect((x - 3.5, y - 3.5), (x + 3.5, y + 3.5), mark),
            2 => self.shape(&[(x, y - 5.0), (x + 5.0, y + 4.0), (x - 5.0, y + 4.0)], mark),
            3 => self.shape(&[(x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)], mark),
            4 => self.shape(&[(x - 5.0, y - 4.0), (x + 5.0, y - 4.0), (x, y + 5.0)], mark),
            _ => self.rect((x - 5.0, y - 2.0), (x + 5.0, y + 2.0), mark),
        }
    }

    /// Lines of text.
    pub(super) fn text(&self, lines: &[impl AsRef<str>], place: Point, at: TextAnchor, mark: StyleClass) {
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        let (across, down) = match at {
            TextAnchor::Start | TextAnchor::Upwards => (HPos::Left, VPos::Center),
            TextAnchor::Middle => (HPos::Center, VPos::Center),
            TextAnchor::End => (HPos::Right, VPos::Center),
            TextAnchor::Under => (HPos::Left, VPos::Top),
            TextAnchor::UnderMiddle => (HPos::Center, VPos::Top),
            TextAnchor::OverMiddle => (HPos::Center, VPos::Bottom),
        };
        let turn = if at == TextAnchor::Upwards { FontTransform::Rotate270 } else { FontTransform::None };
        let font = FontDesc::new(FontFamily::SansSerif, mark.size(), FontStyle::Normal).transform(turn);
        let style = font.color(&mark.colour()).pos(Pos::new(across, down));
        self.put(&Text::new(lines.join("\n"), spot(place), style));
    }

    /// A text in the middle of a filled mark.
    pub(super) fn text_on(&self, mark: StyleClass, text: &str, (x, y): Point) {
        let style = mark.text_on();
        if style == StyleClass::LABEL {
            let half = width(text, style) / 2.0;
            self.rect((x - half, y - 8.0), (x + half, y + 8.0), StyleClass::PLATE);
        }
        self.text(&[text], (x, y), TextAnchor::Middle, style);
    }

    /// A scale from `values` to `units`, for one direction of a plot.
    pub(super) fn scale(values: Range<f64>, units: Range<f64>) -> Scale {
        // A range of a single value has no length to divide by.
        let end = if values.end > values.start { values.end } else { values.start + 1.0 };
        let span = tenths(units.start)..tenths(units.end);
        Scale(Cartesian2d::new(values.start..end, 0.0..1.0, (span, 0..0)))
    }
}

/// A scale for values in one direction.
pub(super) struct Scale(Cartesian2d<RangedCoordf64, RangedCoordf64>);

impl Scale {
    /// The position of a value, in units of the drawing.
    pub(super) fn at(&self, value: f64) -> f64 {
        use plotters::coord::CoordTranslate;
        f64::from(self.0.translate(&(value, 0.0)).0) / 10.0
    }
}

fn spot((x, y): Point) -> BackendCoord {
    (tenths(x), tenths(y))
}
