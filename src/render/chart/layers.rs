//! Where bodies stand in a diagram of who reports to whom: in layers, those who are reported to above.
//!
//! Each layer is one row of boxes or several. A line of reporting runs up from a box into the channel above its row,
//! along a track there, and on; where it must pass a row, it goes through a lane between boxes. So no line crosses a
//! box. Lines to the same body share their tracks and lanes and end in one arrow.

use super::canvas::Spot;
use super::numbers::count;

/// Between two boxes, at least.
const BETWEEN: f64 = 20.0;

/// Between two lanes or two tracks.
const APART: f64 = 10.0;

/// From a row to the nearest track, with room for an arrow's head.
const CLEAR: f64 = 18.0;

/// A diagram to lay out.
pub(super) struct Structure<'a> {
    /// How many bodies there are.
    pub(super) bodies: usize,
    /// Who reports to whom, by number.
    pub(super) reports: &'a [(usize, usize)],
    /// How wide the drawing may be.
    pub(super) room: f64,
    /// How wide a box should be, and is where there is room.
    pub(super) wide: f64,
}

/// A diagram with everything in its place.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The boxes by body: left upper corner and size.
    pub(super) boxes: Vec<(Spot, Spot)>,
    /// The lines, each from below to above or along a track.
    pub(super) lines: Vec<Vec<Spot>>,
    /// Where arrows end.
    pub(super) arrows: Vec<Spot>,
    /// The size of all.
    pub(super) size: Spot,
}

/// A row of boxes and the lanes through it.
#[derive(Default)]
struct Level {
    /// The bodies, from the left.
    bodies: Vec<usize>,
    /// The lanes: to which body, and where.
    lanes: Vec<(usize, f64)>,
    /// Its upper and lower edge.
    top: f64,
    bottom: f64,
}

impl Structure<'_> {
    /// Lays the diagram out; `height` says how high the box of a body is at a width.
    pub(super) fn lay_out(&self, height: impl Fn(usize, f64) -> f64) -> Layout {
        let mut levels = self.levels();
        let wide = self.box_width();
        let lefts = self.place(&mut levels, wide);
        let size_of = |body: usize| lefts.get(body).copied().unwrap_or_default();
        let middle = |body: usize| size_of(body) + wide / 2.0;

        let row_of = self.rows_of(&levels);
        let mut y = 0.0;
        let tracks: Vec<Vec<usize>> = (0..levels.len()).map(|level| self.tracks(&row_of, level)).collect();
        for (level, tracks) in levels.iter_mut().zip(&tracks) {
            level.top = y;
            level.bottom = y + level.bodies.iter().map(|body| height(*body, wide)).fold(0.0, f64::max);
            y = level.bottom + CLEAR * 2.0 + APART * (count(tracks.len()) - 1.0).max(0.0);
        }
        let mut layout = Layout::default();
        for body in 0..self.bodies {
            let top = row_of.get(body).and_then(|row| levels.get(*row)).map_or(0.0, |level| level.top);
            layout.boxes.push(((size_of(body), top), (wide, height(body, wide))));
        }
        for (i, tracks) in tracks.iter().enumerate() {
            if let Some([above, below]) = levels.get(i..i + 2) {
                self.draw_channel(&mut layout, (above, below), tracks, &middle, wide, &row_of, i);
            }
        }
        for target in 0..self.bodies {
            if let (true, Some(((x, top), (_, high)))) =
                (self.reports.iter().any(|(_, to)| *to == target), layout.boxes.get(target))
            {
                layout.arrows.push((x + wide / 2.0, top + high));
            }
        }
        let right = layout.boxes.iter().map(|((x, _), (wide, _))| x + wide).fold(self.room, f64::max);
        layout.size = (right, levels.last().map_or(0.0, |level| level.bottom));
        layout
    }

    /// The layer of each body: one below the lowest that it reports to. A circle, which the rules report, ends where
    /// it began.
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

    /// The rows, from the top: each layer in as many as it needs, evenly filled.
    fn levels(&self) -> Vec<Level> {
        let layers = self.layers();
        let most = self.most_in_row();
        let mut levels = Vec::new();
        for layer in 0..=layers.iter().copied().max().unwrap_or(0) {
            let bodies: Vec<usize> = (0..self.bodies).filter(|body| layers.get(*body) == Some(&layer)).collect();
            let rows = bodies.len().div_ceil(most).max(1);
            for row in bodies.chunks(bodies.len().div_ceil(rows).max(1)) {
                levels.push(Level { bodies: row.to_vec(), ..Level::default() });
            }
        }
        levels
    }

    fn most_in_row(&self) -> usize {
        (1..=self.bodies).take_while(|n| count(*n) * (self.wide + BETWEEN) - BETWEEN <= self.room).last().unwrap_or(1)
    }

    /// As wide as the fullest row and its lanes allow.
    fn box_width(&self) -> f64 {
        let most = count(self.most_in_row().min(self.bodies.max(1)));
        ((self.room - (most - 1.0) * BETWEEN - 2.0 * APART) / most).clamp(self.wide.min(80.0), self.wide * 1.25)
    }

    /// The row of each body.
    fn rows_of(&self, levels: &[Level]) -> Vec<usize> {
        let mut rows = vec![0; self.bodies];
        for (i, level) in levels.iter().enumerate() {
            for body in &level.bodies {
                if let Some(row) = rows.get_mut(*body) {
                    *row = i;
                }
            }
        }
        rows
    }

    /// Places boxes and lanes in each row, from the top, and returns each box's left edge.
    fn place(&self, levels: &mut [Level], wide: f64) -> Vec<f64> {
        let mut lefts = vec![0.0; self.bodies];
        let rows = self.rows_of(levels);
        for (i, level) in levels.iter_mut().enumerate() {
            // Boxes near those that they report to, otherwise in their order.
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
            let lanes: Vec<usize> = (0..self.bodies).filter(|target| self.passes(&rows, *target, i)).collect();
            // How many lanes go through each gap, the outer ones included: the gap nearest to where they lead.
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
            let mut x = ((self.room - boxes) / 2.0).max(outer(through.first()));
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

    /// Whether lines to a body pass a row.
    fn passes(&self, rows: &[usize], target: usize, row: usize) -> bool {
        let row_of = |body: usize| rows.get(body).copied().unwrap_or(0);
        row_of(target) < row && self.reports.iter().any(|(from, to)| *to == target && row_of(*from) > row)
    }

    /// The bodies to which lines run through the channel below a row.
    fn tracks(&self, rows: &[usize], row: usize) -> Vec<usize> {
        let row_of = |body: usize| rows.get(body).copied().unwrap_or(0);
        let runs = |target: &usize| {
            row_of(*target) <= row && self.reports.iter().any(|(from, to)| to == target && row_of(*from) > row)
        };
        (0..self.bodies).filter(runs).collect()
    }

    /// The lines between two rows.
    #[allow(clippy::too_many_arguments, reason = "one step of `lay_out`, cut off for length")]
    fn draw_channel(
        &self,
        layout: &mut Layout,
        (above, below): (&Level, &Level),
        tracks: &[usize],
        middle: &impl Fn(usize) -> f64,
        wide: f64,
        rows: &[usize],
        row: usize,
    ) {
        let lane = |level: &Level, target: usize| level.lanes.iter().find(|(to, _)| *to == target).map(|(_, x)| *x);
        let ends = |target: usize| lane(above, target).unwrap_or_else(|| middle(target));
        let bottom_of =
            |target: usize| layout.boxes.get(target).map_or(above.bottom, |((_, top), (_, high))| top + high);
        let mut lines = Vec::new();
        for (n, target) in tracks.iter().enumerate() {
            let y = below.top - CLEAR - count(n) * APART;
            let up = ends(*target);
            let from = if rows.get(*target) == Some(&row) { bottom_of(*target) } else { above.bottom };
            let mut xs = vec![up];
            for body in &below.bodies {
                if self.reports.contains(&(*body, *target)) {
                    // Beside the middle where a line to another body comes down there.
                    let others: Vec<f64> =
                        tracks.iter().filter(|other| *other != target).map(|other| ends(*other)).collect();
                    let mine: Vec<usize> =
                        tracks.iter().copied().filter(|to| self.reports.contains(&(*body, *to))).collect();
                    let place = mine.iter().position(|to| to == target).map_or(0.0, count);
                    let spread = place - (count(mine.len()) - 1.0) / 2.0;
                    let wished = middle(*body) + spread * 2.0 * APART;
                    let free = [0.0, 8.0, -8.0, 16.0, -16.0, 24.0, -24.0].into_iter().map(|aside| wished + aside);
                    let limit = wide / 2.0 - 4.0;
                    let mut free = free.filter(|x| (x - middle(*body)).abs() < limit);
                    let x = free.find(|x| others.iter().all(|other| (other - x).abs() > 5.0)).unwrap_or(wished);
                    lines.push(vec![(x, below.top), (x, y)]);
                    xs.push(x);
                }
            }
            if let Some(x) = lane(below, *target) {
                lines.push(vec![(x, below.bottom), (x, y)]);
                xs.push(x);
            }
            let (left, right) = xs.iter().fold((up, up), |(left, right), x| (left.min(*x), right.max(*x)));
            if right - left > 0.1 {
                lines.push(vec![(left, y), (right, y)]);
            }
            lines.push(vec![(up, y), (up, from)]);
        }
        layout.lines.extend(lines);
    }
}
