//! The chart that an author writes in Markdown: bars, columns or lines of any numbers.

use super::canvas::{Form, Sample};
use super::figure::{Figure, Frame, Table, write};
use super::lines::Lines;
use super::mark::Mark;
use super::numbers::plain;
use super::rows::{Bar, Bars, Row};

/// How a block is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// Bars that lie.
    #[default]
    Bar,
    /// Columns that stand, in an order that means something.
    Column,
    /// Lines over names that follow one another.
    Line,
}

/// What a block says.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// How it is drawn.
    pub kind: BlockKind,
    /// Its title, which is its headline.
    pub title: String,
    /// What somebody should hear who cannot see it.
    pub description: String,
    /// What the numbers count; `%` and `£` stand beside each of them.
    pub unit: Option<String>,
    /// The names of the series, where there is more than one.
    pub series: Vec<String>,
    /// The rows: a name, and a number for each series where there is one.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Block {
    /// How many numbers a row has.
    fn width(&self) -> usize {
        self.rows.iter().map(|(_, numbers)| numbers.len()).max().unwrap_or(0)
    }

    /// A row's number in a series. What is not a number is none.
    fn number(numbers: &[Option<f64>], series: usize) -> Option<f64> {
        numbers.get(series).copied().flatten().filter(|number| number.is_finite())
    }

    /// The name of a series.
    fn name(&self, series: usize) -> String {
        self.series.get(series).cloned().unwrap_or_default()
    }

    /// A number with the units that stand beside it.
    fn say(&self, number: f64) -> String {
        let text = plain(number);
        match (self.unit.as_deref(), text.strip_prefix('−')) {
            (Some("%"), _) => format!("{text}%"),
            (Some("£"), Some(amount)) => format!("−£{amount}"),
            (Some("£"), None) => format!("£{text}"),
            _ => text,
        }
    }
}

/// Draws a block. Nothing where it has no numbers.
#[must_use]
pub fn block(input: &Block, frame: &Frame<'_>) -> Option<String> {
    if input.width() == 0 {
        return None;
    }
    let forms = [Form::Wide, Form::Narrow];
    let drawings = match input.kind {
        BlockKind::Bar => forms.map(|form| bars(input, frame).draw_rows(frame.id, form)),
        BlockKind::Column => forms.map(|form| bars(input, frame).draw_columns(frame.id, form)),
        BlockKind::Line => {
            let names = input.rows.iter().map(|(name, _)| name.clone()).collect();
            let series = (0..input.width()).map(|series| {
                let values = input.rows.iter().map(|(_, numbers)| Block::number(numbers, series));
                (input.name(series), values.collect())
            });
            let say = |number: f64| input.say(number);
            let lines = Lines { names, series: series.collect(), whole: None, say: &say, tick: &say };
            forms.map(|form| lines.draw_lines(frame.id, form))
        }
    };
    let unit = input.unit.clone().filter(|unit| !matches!(unit.as_str(), "%" | "£"));
    let none = frame.say("chart.none", &[]);
    let mut head = vec![frame.say("chart.block.name", &[])];
    head.extend((0..input.width()).map(|series| match input.name(series) {
        name if !name.is_empty() => name,
        _ => unit.clone().unwrap_or_else(|| frame.say("chart.block.value", &[])),
    }));
    let rows = input.rows.iter().map(|(name, numbers)| {
        let mut row = vec![name.clone()];
        row.extend(
            (0..input.width())
                .map(|series| Block::number(numbers, series).map_or_else(|| none.clone(), |number| input.say(number))),
        );
        row
    });
    let figure = Figure {
        title: input.title.clone(),
        headline: input.title.clone(),
        note: unit,
        description: input.description.clone(),
        drawings: drawings.into(),
        table: Table { head, words: 1, rows: rows.collect(), foot: None },
    };
    Some(write(frame, &figure))
}

/// A block as bars, one for each series.
fn bars(input: &Block, frame: &Frame<'_>) -> Bars {
    let rows = input.rows.iter().map(|(name, numbers)| {
        let bars = (0..input.width()).map(|series| match Block::number(numbers, series) {
            Some(number) => Bar::stacked([(number, Mark::series(series))], input.say(number)),
            None => Bar::stacked([], frame.say("chart.none", &[])),
        });
        Row { name: name.clone(), bars: bars.collect(), strong: false }
    });
    let legend = (0..input.width()).filter(|_| input.width() > 1);
    let legend = legend.map(|series| (Sample::Fill(Mark::series(series)), input.name(series)));
    Bars { rows: rows.collect(), legend: legend.collect(), ..Bars::default() }
}
