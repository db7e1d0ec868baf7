//! Layout of a diagram of who reports to whom: in layers, with the bodies that receive reports above.
//!
//! Each layer is one or more rows of boxes. A reporting line runs up from a box into the channel above its row, along a
//! track there, and onwards; to pass a row, it goes through a lane between boxes. So no line crosses a box. Lines to
//! the same body share their tracks and lanes and end in one arrow.

use super::canvas::Point;
use super::number_format::count;

/// Minimum distance between two boxes.
const BETWEEN: f64 = 20.0;

/// Distance between two lanes or two tracks.
const APART: f64 = 10.0;

/// Lines this close look like one.
const TOUCH: f64 = 4.0;

/// Distance from a row to the nearest track, with room for an arrow's head.
const CLEAR: f64 = 18.0;

/// A diagram to lay out.
pub(super) struct GraphInput<'a> {
    /// The number of bodies.
    pub(super) bodies: usize,
    /// Who reports to whom: pairs of body numbers.
    pub(super) reports: &'a [(usize, usize)],
    /// The maximum width of the drawing.
    pub(super) room: f64,
    /// The preferred width of a box, used if there is room.
    pub(super) wide: f64,
}

/// The finished layout.
#[derive(Debug, Default)]
pub(super) struct GraphLayout {
    /// Each body's box: upper left corner and size.
    pub(super) boxes: Vec<(Point, Point)>,
    /// The lines, each with the body it leads to: upwards, or along a track.
    pub(super) lines: Vec<(usize, [Point; 2])>,
    /// The tips of the arrows.
    pub(super) arrows: Vec<Point>,
    /// The size of the diagram.
    pub(super) size: Point,
}

/// A row of boxes and the lanes through it.
#[derive(Default)]
struct GraphLevel {
    /// The bodies, from the left.
    bodies: Vec<usize>,
    /// The lanes: the body each leads to, and its position.
    lanes: Vec<(usize, f64)>,
    /// The bodies to which lines run through the channel below this row.
    tracks: Vec<usize>,
    /// Its upper and lower edge.
    top: f64,
    bottom: f64,
}

impl GraphInput<'_> {
    /// Lays out the diagram. `height` returns the height that a body's box needs at [`Self::box_width`].
    pub(super) fn lay_out(&self, height: impl Fn(usize) -> f64) -> GraphLayout {
        let mut levels = self.levels();
        let wide = self.box_width();
        let spans = self.spans(&levels);
        let lefts = self.place(&mut levels, &spans, wide);

        let mut y = 0.0;
        for (i, level) in levels.iter_mut().enumerate() {
            level.tracks =
                (0..self.bodies).filter(|body| spans.get(*body).is_some_and(|span| span.leaves(i))).collect();
            level.top = y;
            level.bottom = y + level.bodies.iter().map(|body| height(*body)).fold(0.0, f64::max);
            y = level.bottom + CLEAR * 2.0 + APART * (count(level.tracks.len()) - 1.0).max(0.0);
        }
        let mut layout = GraphLayout { boxes: vec![Default::default(); self.bodies], ..GraphLayout::default() };
        for level in &levels {
            for body in &level.bodies {
                let left = lefts.get(*body).copied().unwrap_or_default();
                if let Some(place) = layout.boxes.get_mut(*body) {
                    *place = ((left, level.top), (wide, level.bottom - level.top));
                }
            }
        }
        for pair in levels.windows(2) {
            if let [above, below] = pair {
                self.draw_channel(&mut layout, above, below);
            }
        }
        let reported_to = layout.boxes.iter().zip(&spans).filter(|(_, span)| span.deepest > span.row);
        layout.arrows = reported_to.map(|(((x, top), (wide, high)), _)| (x + wide / 2.0, top + high)).collect();
        let boxes = layout.boxes.iter().map(|((x, _), (wide, _))| x + wide);
        let right =
            boxes.chain(layout.lines.iter().flat_map(|(_, ends)| ends).map(|(x, _)| *x)).fold(self.room, f64::max);
        layout.size = (right, levels.last().map_or(0.0, |level| level.bottom));
        layout
    }

    /// The layer of each body: one below the lowest body it reports to. A cycle, which the rules report, ends where it
    /// began.
    fn layers(&self) -> Vec<usize> {
        let mut layers = vec![0; self.bodies];
        for _ in 0..self.bodies {
            let before = layers.clone();
            for (from, to) in self.reports {
                let below = layers.get(*to).copied().unwrap_or(0) + 1;
                if let Some(layer) = layers.get_mut(*from).filter(|layer| **layer < below && below < self.bodies) {
                    *layer = below;
                }
            }
            if before == layers {
                break;
            }
        }
        layers
    }

    /// The rows from the top. Each layer has as many as it needs, evenly filled.
    fn levels(&self) -> Vec<GraphLevel> {
        let layers = self.layers();
        let most = self.most_in_row();
        let mut levels = Vec::new();
        for layer in 0..=layers.iter().copied().max().unwrap_or(0) {
            let bodies: Vec<usize> = (0..self.bodies).filter(|body| layers.get(*body) == Some(&layer)).collect();
            let rows = bodies.len().div_ceil(most).max(1);
            for row in bodies.chunks(bodies.len().div_ceil(rows).max(1)) {
                levels.push(GraphLevel { bodies: row.to_vec(), ..GraphLevel::default() });
            }
        }
        levels
    }

    fn most_in_row(&self) -> usize {
        (1..=self.bodies).take_while(|n| count(*n) * (self.wide + BETWEEN) - BETWEEN <= self.room).last().unwrap_or(1)
    }

    /// The width of a box: as wide as the fullest row and its lanes allow.
    pub(super) fn box_width(&self) -> f64 {
        let most = count(self.most_in_row().min(self.bodies.max(1)));
        ((self.room - (most - 1.0) * BETWEEN - 2.0 * APART) / most).clamp(self.wide.min(80.0), self.wide * 1.25)
    }

    /// The rows between which lines lead to each body.
    fn spans(&self, levels: &[GraphLevel]) -> Vec<LaneSpan> {
        let mut spans = vec![LaneSpan::default(); self.bodies];
        for (row, level) in levels.iter().enumerate() {
            for body in &level.bodies {
                if let Some(span) = spans.get_mut(*body) {
                    *span = LaneSpan { row, deepest: row };
                }
            }
        }
        for (from, to) in self.reports {
            let row = spans.get(*from).map_or(0, |span| span.row);
            if let Some(span) = spans.get_mut(*to) {
                span.deepest = span.deepest.max(row);
            }
        }
        spans
    }

    /// Places boxes and lanes in each row, from the top. Returns each box's left edge.
    fn place(&self, levels: &mut [GraphLevel], spans: &[LaneSpan], wide: f64) -> Vec<f64> {
        let mut lefts = vec![0.0; self.bodies];
        for (i, level) in levels.iter_mut().enumerate() {
            // Put boxes near those they report to, otherwise in their order.
            let wish = |body: usize| {
                let above: Vec<f64> = self
                    .reports
                    .iter()
                    .filter(|(from, _)| *from == body)
                    .filter_map(|(_, to)| lefts.get(*to).copied())
                    .collect();
                above.iter().sum::<f64>() / count(above.len().max(1))
            };
            level.bodies.sort_by(|a, b| wish(*a).total_cmp(&wish(*b)));
            let passing = |body: &usize| spans.get(*body).is_some_and(|span| span.passes(i));
            let lanes: Vec<usize> = (0..self.bodies).filter(passing).collect();
            // The number of lanes through each gap, including the outer ones. A lane takes the gap nearest to its
            // target.
            let gaps = level.bodies.len() + 1;
            let pitch = wide + BETWEEN;
            let start = (self.room - (count(level.bodies.len()) * pitch - BETWEEN)) / 2.0;
            let mut through: Vec<Vec<usize>> = vec![Vec::new(); gaps];
            for target in lanes {
                let x = lefts.get(target).copied().unwrap_or_default() + wide / 2.0;
                let near = |gap: &usize| (start + count(*gap) * pitch - BETWEEN / 2.0 - x).abs();
                let nearest = (0..gaps).min_by(|a, b| near(a).total_cmp(&near(b)));
                if let Some(gap) = nearest.and_then(|gap| through.get_mut(gap)) {
                    gap.push(target);
                }
            }
            let gap_wide = |n: usize| if n == 0 { BETWEEN } else { (count(n) + 1.0) * APART };
            let inner = through.get(1..gaps - 1).unwrap_or_default().iter().map(|gap| gap_wide(gap.len())).sum::<f64>();
            let boxes = count(level.bodies.len()) * wide + inner;
            let outer = |gap: Option<&Vec<usize>>| count(gap.map_or(0, Vec::len)) * APART;
            // Centred, or to one side if the lanes on the other side need the room.
            let aside = (self.room - boxes - outer(through.last())).min((self.room - boxes) / 2.0);
            let mut x = aside.max(outer(through.first()));
            for (gap, targets) in through.iter().enumerate() {
                let width = gap_wide(targets.len());
                let from = if gap == 0 { x - count(targets.len() + 1) * APART } else { x };
                level
                    .lanes
                    .extend(targets.iter().enumerate().map(|(n, target)| (*target, from + count(n + 1) * APART)));
                if gap > 0 {
                    x += width;
                }
                if let Some(left) = level.bodies.get(gap).and_then(|body| lefts.get_mut(*body)) {
                    *left = x;
                    x += wide;
                }
            }
        }
        lefts
    }

    /// Draws the lines between two rows.
    fn draw_channel(&self, layout: &mut GraphLayout, above: &GraphLevel, below: &GraphLevel) {
        let ends: Vec<(usize, f64)> = above
            .tracks
            .iter()
            .map(|target| (*target, above.lane(*target).unwrap_or_else(|| layout.middle(*target))))
            .collect();
        let ports: Vec<(usize, f64)> = below.bodies.iter().flat_map(|body| self.ports(layout, *body, &ends)).collect();
        let lanes = ends.iter().filter_map(|(target, _)| Some((*target, below.lane(*target)?)));
        let downs: Vec<(usize, f64)> = ports.iter().copied().chain(lanes).collect();
        for (n, (target, up)) in stack(ends, &downs).iter().enumerate() {
            let y = below.top - CLEAR - count(n) * APART;
            let mut xs = vec![*up];
            for (_, x) in ports.iter().filter(|(to, _)| to == target) {
                layout.lines.push((*target, [(*x, below.top), (*x, y)]));
                xs.push(*x);
            }
            if let Some(x) = below.lane(*target) {
                layout.lines.push((*target, [(x, below.bottom), (x, y)]));
                xs.push(x);
            }
            let (left, right) = xs.iter().fold((*up, *up), |(left, right), x| (left.min(*x), right.max(*x)));
            if right - left > 0.1 {
                layout.lines.push((*target, [(left, y), (right, y)]));
            }
            layout.lines.push((*target, [(*up, y), (*up, above.bottom)]));
        }
    }

    /// Where lines leave a body upwards: the target and the position. It avoids the positions at which lines to other
    /// bodies come down, because the two would look like one.
    fn ports(&self, layout: &GraphLayout, body: usize, ends: &[(usize, f64)]) -> Vec<(usize, f64)> {
        let mine: Vec<usize> = self.reports.iter().filter(|(from, _)| *from == body).map(|(_, to)| *to).collect();
        let mine: Vec<usize> = ends.iter().map(|(target, _)| *target).filter(|target| mine.contains(target)).collect();
        let middle = layout.middle(body);
        let half = layout.boxes.get(body).map_or(0.0, |(_, (wide, _))| wide / 2.0) - 4.0;
        let last = (count(mine.len()) - 1.0).max(1.0);
        let pitch = (2.0 * APART).min(2.0 * half / last);
        let first = middle - (count(mine.len()) - 1.0) * pitch / 2.0;
        let mut ports: Vec<(usize, f64)> = Vec::new();
        for (n, target) in mine.iter().enumerate() {
            let wished = first + count(n) * pitch;
            let places = (0..24).map(|n| wished + if n % 2 == 0 { -2.5 * count(n) } else { 2.5 * count(n + 1) });
            let clear =
                |x: &f64| ends.iter().chain(&ports).all(|(to, taken)| to == target || (taken - x).abs() > TOUCH);
            let place = places.filter(|x| (x - middle).abs() < half).find(clear);
            let edge = half.max(0.0);
            ports.push((*target, place.unwrap_or_else(|| wished.clamp(middle - edge, middle + edge))));
        }
        ports
    }
}

/// Orders the tracks of a channel from the lowest. If a line coming down to one body is directly above a line going up
/// to another, the upper one must turn off first.
fn stack(mut ends: Vec<(usize, f64)>, downs: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut stacked = Vec::new();
    while !ends.is_empty() {
        let free = ends.iter().position(|(target, up)| {
            downs
                .iter()
                .all(|(to, down)| to == target || (down - up).abs() > TOUCH || !ends.iter().any(|(left, _)| left == to))
        });
        stacked.push(ends.remove(free.unwrap_or(0)));
    }
    stacked
}

impl GraphLevel {
    /// The position of the lane to a body.
    fn lane(&self, target: usize) -> Option<f64> {
        self.lanes.iter().find(|(to, _)| *to == target).map(|(_, x)| *x)
    }
}

impl GraphLayout {
    /// The middle of a body's box.
    fn middle(&self, body: usize) -> f64 {
        self.boxes.get(body).map_or(0.0, |((x, _), (wide, _))| x + wide / 2.0)
    }
}

/// The rows through which lines lead to a body.
#[derive(Clone, Copy, Default)]
struct LaneSpan {
    /// The body's own row.
    row: usize,
    /// The lowest row with a body that reports to it.
    deepest: usize,
}

impl LaneSpan {
    /// Whether a line runs through the channel below a row.
    fn leaves(self, row: usize) -> bool {
        self.row <= row && row < self.deepest
    }

    /// Whether a line runs through the row itself.
    fn passes(self, row: usize) -> bool {
        self.row < row && row < self.deepest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lays out a diagram and asserts that no line crosses a box and no two boxes touch.
    fn check(bodies: usize, reports: &[(usize, usize)], room: f64) -> GraphLayout {
        let layout = GraphInput { bodies, reports, room, wide: 126.0 }.lay_out(|body| 30.0 + 10.0 * count(body % 3));
        for (i, ((x, y), (wide, high))) in layout.boxes.iter().enumerate() {
            assert!(*x >= 0.0 && x + wide <= layout.size.0 && y + high <= layout.size.1 + 0.1, "box {i} is outside");
            let apart = |((left, top), (w, h)): &(Point, Point)| {
                left + w <= *x || x + wide <= *left || top + h <= *y || y + high <= *top
            };
            assert!(layout.boxes[i + 1..].iter().all(apart), "box {i} overlaps another");
            for (_, [(ax, ay), (bx, by)]) in &layout.lines {
                assert!((ax - bx).abs() < 1e-6 || (ay - by).abs() < 1e-6, "a slanting line");
                let across = ax.max(*bx) > x + 0.5 && ax.min(*bx) < x + wide - 0.5;
                let down = ay.max(*by) > y + 0.5 && ay.min(*by) < y + high - 0.5;
                assert!(!(across && down), "a line runs through box {i}");
                assert!(ax.min(*bx) >= 0.0 && ax.max(*bx) <= layout.size.0, "a line is outside");
            }
        }
        for (i, (target, [(ax, ay), (bx, by)])) in layout.lines.iter().enumerate() {
            for (other, [(cx, cy), (dx, dy)]) in &layout.lines[i + 1..] {
                let shared = |a: f64, b: f64, c: f64, d: f64| a.max(b).min(c.max(d)) - a.min(b).max(c.min(d));
                let near = |a: f64, b: f64, c: f64| (a - b).abs() < 1.0 && (b - c).abs() < 1.0;
                let upright = near(*ax, *bx, *cx) && near(*bx, *cx, *dx) && shared(*ay, *by, *cy, *dy) > 1.0;
                let level = near(*ay, *by, *cy) && near(*by, *cy, *dy) && shared(*ax, *bx, *cx, *dx) > 1.0;
                assert!(target == other || !(upright || level), "lines to {target} and {other} overlap");
            }
        }
        layout
    }

    #[test]
    fn bodies_that_receive_reports_are_above() {
        let reports = [(2, 0), (2, 1), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2), (8, 2), (9, 2)];
        let layout = check(10, &reports, 638.0);
        for (from, to) in reports {
            assert!(layout.boxes[from].0.1 > layout.boxes[to].0.1, "{from} is above {to}");
        }
        assert_eq!(layout.arrows.len(), 3);
    }

    #[test]
    fn no_line_crosses_a_box_or_hides_another_in_any_of_many_diagrams() {
        // A small generator that gives the same numbers on every run.
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or_default() % below
        };
        for _ in 0..300 {
            let bodies = 2 + next(24);
            let lines = next(bodies * 2);
            let reports: Vec<(usize, usize)> =
                (0..lines).map(|_| (next(bodies), next(bodies))).filter(|(from, to)| from > to).collect();
            check(bodies, &reports, 298.0);
            check(bodies, &reports, 638.0);
        }
    }
}
