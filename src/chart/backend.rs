//! The plotters backend: writes SVG with classes for colours, text as text, and a `viewBox` instead of a size.
//!
//! Its pixel is a tenth of a unit of the drawing, so plotters' whole pixels become numbers with one decimal.
//! Consecutive marks of one kind share a `<path>` and texts share a `<g>`, which keeps a chart small.

use std::collections::BTreeSet;
use std::convert::Infallible;

use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};

use super::markup::push;
use super::number_format::{tenths, units};
use super::style::StyleClass;
use super::text_metrics::{self, LINE};
use crate::escape;

/// Drawing into a string cannot fail.
type DrawResult = Result<(), DrawingErrorKind<Infallible>>;

/// The SVG written so far.
pub(super) struct Svg<'a> {
    out: &'a mut String,
    /// The numbers of the patterns used so far.
    patterns: &'a mut BTreeSet<u8>,
    /// The prefix of the patterns' ids.
    id: &'a str,
    open: OpenSvgElement,
}

/// The open element. The next mark joins it if it is of the same kind.
enum OpenSvgElement {
    Nothing,
    Path(StyleClass, bool),
    Texts(StyleClass, &'static str),
}

impl<'a> Svg<'a> {
    /// A backend that writes the inside of an `<svg>` to `out`, and the numbers of the patterns it uses to `patterns`.
    pub(super) fn new(out: &'a mut String, patterns: &'a mut BTreeSet<u8>, id: &'a str) -> Self {
        Self { out, patterns, id, open: OpenSvgElement::Nothing }
    }

    /// Closes the open element.
    fn close(&mut self) {
        self.out.push_str(match self.open {
            OpenSvgElement::Nothing => "",
            OpenSvgElement::Path(..) => "\"/>",
            OpenSvgElement::Texts(..) => "</g>",
        });
        self.open = OpenSvgElement::Nothing;
    }

    /// Begins a sub-path of a mark's path. Filled and stroked marks never share a path.
    fn path(&mut self, style: &impl BackendStyle, filled: bool, (x, y): BackendCoord) {
        let mark = StyleClass::from_color(style.color());
        if !matches!(self.open, OpenSvgElement::Path(open, open_filled) if open == mark && open_filled == filled) {
            self.close();
            self.open = OpenSvgElement::Path(mark, filled);
            self.out.push_str("<path ");
            match mark.pattern() {
                Some(pattern) => {
                    self.patterns.insert(pattern);
                    push(self.out, format_args!("class=\"hatched\" fill=\"url(#{}-p{pattern})\"", self.id));
                }
                None => push(self.out, format_args!("class=\"{}\"", mark.class())),
            }
            self.out.push_str(" d=\"");
        }
        push(self.out, format_args!("M{} {}", units(x), units(y)));
    }

    /// Adds a relative step to the path.
    fn step(&mut self, dx: i32, dy: i32) {
        match (dx, dy) {
            (0, 0) => {}
            (_, 0) => push(self.out, format_args!("h{}", units(dx))),
            (0, _) => push(self.out, format_args!("v{}", units(dy))),
            _ => push(self.out, format_args!("l{} {}", units(dx), units(dy))),
        }
    }

    /// Adds points to the path. Returns false if there are none.
    fn points(
        &mut self,
        style: &impl BackendStyle,
        filled: bool,
        points: impl IntoIterator<Item = BackendCoord>,
    ) -> bool {
        let mut last: Option<BackendCoord> = None;
        for point in points {
            match last {
                None => self.path(style, filled, point),
                Some((x, y)) => self.step(point.0 - x, point.1 - y),
            }
            last = Some(point);
        }
        last.is_some()
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    /// The largest possible size. The layout decides sizes, and plotters would move anything outside the area into it.
    fn get_size(&self) -> (u32, u32) {
        (i32::MAX.unsigned_abs(), i32::MAX.unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> DrawResult {
        Ok(())
    }

    fn present(&mut self) -> DrawResult {
        self.close();
        Ok(())
    }

    /// Nothing that charts draw is reduced to pixels.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> DrawResult {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> DrawResult {
        self.points(style, false, [from, to]);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> DrawResult {
        self.points(style, fill, [a, (b.0, a.1), b, (a.0, b.1)]);
        self.out.push('z');
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> DrawResult {
        self.points(style, false, path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> DrawResult {
        let radius = i32::try_from(radius).unwrap_or_default();
        self.path(style, fill, (x - radius, y));
        let (r, across) = (units(radius), units(2 * radius));
        push(self.out, format_args!("a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0z"));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> DrawResult {
        if self.points(style, true, points) {
            self.out.push('z');
        }
        Ok(())
    }

    /// Writes lines of text, separated by `\n`, around or beside the anchor.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> DrawResult {
        let mark = StyleClass::from_color(style.color());
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        if !matches!(self.open, OpenSvgElement::Texts(open, open_anchor) if open == mark && open_anchor == anchor) {
            self.close();
            self.open = OpenSvgElement::Texts(mark, anchor);
            push(self.out, format_args!("<g class=\"{}\"", mark.class()));
            if anchor != "start" {
                push(self.out, format_args!(" text-anchor=\"{anchor}\""));
            }
            self.out.push('>');
        }
        let further = f64::from(u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX));
        let lift = match style.anchor().v_pos {
            VPos::Top => 0.0,
            VPos::Center => (further + 1.0) * LINE / 2.0,
            VPos::Bottom => (further + 1.0) * LINE,
        };
        // To the middle of the line, then down to the base line of letters centred there.
        let baseline = y + tenths(LINE / 2.0 + 0.35 * mark.size() - lift);
        if matches!(style.transform(), FontTransform::Rotate270) {
            let turned = x + tenths(0.35 * mark.size());
            push(self.out, format_args!("<text transform=\"translate({} {}) rotate(-90)\">", units(turned), units(y)));
        } else {
            self.out.push_str("<text");
            // 0 is what a text has without it, and on a heat map nearly every name is there.
            if x != 0 {
                push(self.out, format_args!(" x=\"{}\"", units(x)));
            }
            push(self.out, format_args!(" y=\"{}\">", units(baseline)));
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                push(self.out, format_args!("<tspan x=\"{}\" dy=\"{LINE}\">", units(x)));
            }
            escape::text(self.out, line);
            self.out.push_str(if i > 0 { "</tspan>" } else { "" });
        }
        self.out.push_str("</text>");
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let mark = StyleClass::from_color(style.color());
        let wide = text.split('\n').map(|line| text_metrics::width(line, mark)).fold(0.0, f64::max);
        Ok((tenths(wide).unsigned_abs(), tenths(LINE).unsigned_abs()))
    }
}
