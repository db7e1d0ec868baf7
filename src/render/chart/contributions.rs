//! Who pays how much into which fund.

use super::canvas::{Form, Sample};
use super::figure::{Figure, Frame, Table, write};
use super::mark::Mark;
use super::numbers::{measure, percent, pounds};
use super::rows::{Bar, Bars, Row};
use crate::report::money::Money;

/// What agencies paid.
#[derive(Clone, Debug, Default)]
pub struct Contributions {
    /// The funds as readers should see them: `Children`, `Adults`.
    pub funds: Vec<String>,
    /// The agencies, in any order.
    pub payers: Vec<Payer>,
}

/// What one agency paid.
#[derive(Clone, Debug, Default)]
pub struct Payer {
    /// Its name beside the bar.
    pub name: String,
    /// Its short name for sentences, where it has one.
    pub short: Option<String>,
    /// One amount for each fund; nothing where it pays nothing into it.
    pub amounts: Vec<Option<Money>>,
}

impl Payer {
    /// All that it paid.
    fn total(&self) -> Money {
        sum(self.amounts.iter().flatten())
    }

    /// Its name in a sentence.
    fn called(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a Money>) -> Money {
    // Saturating: a sum that large is nonsense already, and nonsense must not end the build.
    Money { pence: amounts.into_iter().fold(0, |sum, amount| sum.saturating_add(amount.pence)) }
}

/// Draws who paid how much into which fund: stacked bars, the largest payer first. Nothing where nobody is named.
#[must_use]
pub fn contributions(input: &Contributions, frame: &Frame<'_>) -> Option<String> {
    if input.payers.is_empty() || input.funds.is_empty() {
        return None;
    }
    let mut payers: Vec<(&Payer, Money)> = input.payers.iter().map(|payer| (payer, payer.total())).collect();
    payers.sort_by_key(|(_, paid)| std::cmp::Reverse(*paid));
    let total = sum(payers.iter().map(|(_, paid)| paid));
    let funds: Vec<Money> = (0..input.funds.len())
        .map(|i| sum(payers.iter().filter_map(|(payer, _)| payer.amounts.get(i)?.as_ref())))
        .collect();

    let rows = payers.iter().map(|(payer, paid)| {
        let pieces =
            payer.amounts.iter().enumerate().map(|(i, amount)| (measure(amount.unwrap_or_default()), Mark::series(i)));
        let amount = pounds(*paid);
        let value = match share(frame, *paid, total) {
            Some(share) => frame.say("chart.contributions.value", &[("amount", &amount), ("share", &share)]),
            None => amount,
        };
        Row { name: payer.name.clone(), bars: vec![Bar::stacked(pieces, value)], strong: false }
    });
    let legend = input.funds.iter().zip(&funds).enumerate().map(|(i, (fund, paid))| {
        let text = frame.say("chart.contributions.legend", &[("fund", fund), ("amount", &pounds(*paid))]);
        (Sample::Fill(Mark::series(i)), text)
    });
    let bars = Bars { rows: rows.collect(), legend: legend.collect(), ..Bars::default() };
    let figure = Figure {
        title: frame.say("chart.contributions.title", &[("period", frame.period)]),
        headline: headline(frame, &payers, total),
        note: None,
        description: describe(frame, input, &payers, &funds, total),
        drawings: [Form::Wide, Form::Narrow].map(|form| bars.draw_rows(frame.id, form)).into(),
        table: table(frame, input, &payers, &funds, total),
    };
    Some(write(frame, &figure))
}

/// A part's share in whole percent, where that means something.
fn share(frame: &Frame<'_>, part: Money, whole: Money) -> Option<String> {
    match percent(part, whole)? {
        0 if part.pence > 0 => Some(frame.say("chart.under-one-percent", &[])),
        number => Some(frame.say("chart.percent", &[("number", &number.to_string())])),
    }
}

/// Who paid most.
fn headline(frame: &Frame<'_>, payers: &[(&Payer, Money)], total: Money) -> String {
    let sum = pounds(total);
    let Some((first, most)) = payers.first() else { return String::new() };
    if payers.iter().all(|(_, paid)| paid.pence == 0) {
        return frame.say("chart.contributions.headline.nothing", &[]);
    }
    // Shares mean nothing beside amounts below zero.
    let Some(share) = share(frame, *most, total).filter(|_| payers.iter().all(|(_, paid)| paid.pence >= 0)) else {
        return frame.say("chart.contributions.headline.total", &[("total", &sum)]);
    };
    if *most == total {
        return frame.say("chart.contributions.headline.all", &[("agency", first.called()), ("total", &sum)]);
    }
    let tied: Vec<&str> = payers.iter().take_while(|(_, paid)| paid == most).map(|(payer, _)| payer.called()).collect();
    let arguments = [("share", share.as_str()), ("total", &sum)];
    match tied.as_slice() {
        [agency] => {
            // A name with a comma in it would tear the sentence apart if it came first.
            let key = if agency.contains(',') { "most-long" } else { "most" };
            let [share, total] = arguments;
            frame.say(&format!("chart.contributions.headline.{key}"), &[("agency", agency), share, total])
        }
        [_, _] | [_, _, _] => {
            let [share, total] = arguments;
            frame.say("chart.contributions.headline.tied", &[("agencies", &frame.list(&tied)), share, total])
        }
        many => {
            let count = many.len().to_string();
            let arguments = [("count", count.as_str()), ("amount", &pounds(*most)), ("total", &sum)];
            frame.say("chart.contributions.headline.many-tied", &arguments)
        }
    }
}

/// The sum and its funds, the three largest payers, the rest together.
fn describe(
    frame: &Frame<'_>,
    input: &Contributions,
    payers: &[(&Payer, Money)],
    funds: &[Money],
    total: Money,
) -> String {
    let funds: Vec<String> = input
        .funds
        .iter()
        .zip(funds)
        .map(|(fund, paid)| frame.say("chart.contributions.about.fund", &[("fund", fund), ("amount", &pounds(*paid))]))
        .collect();
    let arguments = [("total", pounds(total)), ("funds", frame.list(&funds))];
    let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
    let mut text = frame.say_count("chart.contributions.about", payers.len(), &arguments);
    let (first, rest) = payers.split_at(payers.len().min(3));
    if payers.len() > 1 {
        let named: Vec<String> = first
            .iter()
            .map(|(payer, paid)| {
                let amount = pounds(*paid);
                match share(frame, *paid, total) {
                    Some(share) => frame.say(
                        "chart.contributions.about.payer",
                        &[("agency", payer.called()), ("amount", &amount), ("share", &share)],
                    ),
                    None => frame.say(
                        "chart.contributions.about.payer-plain",
                        &[("agency", payer.called()), ("amount", &amount)],
                    ),
                }
            })
            .collect();
        text.push(' ');
        text.push_str(&frame.say("chart.contributions.about.first", &[("payers", &frame.list(&named))]));
    }
    if !rest.is_empty() {
        let amount = pounds(sum(rest.iter().map(|(_, paid)| paid)));
        text.push(' ');
        text.push_str(&frame.say_count("chart.contributions.about.rest", rest.len(), &[("amount", &amount)]));
    }
    text
}

fn table(frame: &Frame<'_>, input: &Contributions, payers: &[(&Payer, Money)], funds: &[Money], total: Money) -> Table {
    let none = frame.say("chart.none", &[]);
    let sum = frame.say("chart.total", &[]);
    let row = |name: &str, amounts: &mut dyn Iterator<Item = Option<Money>>, paid: Money| {
        let mut row = vec![name.to_owned()];
        row.extend(amounts.map(|amount| amount.map_or_else(|| none.clone(), pounds)));
        row.push(pounds(paid));
        row.push(share(frame, paid, total).unwrap_or_else(|| none.clone()));
        row
    };
    let mut head = vec![frame.say("chart.contributions.agency", &[])];
    head.extend(input.funds.iter().cloned());
    head.extend([sum.clone(), frame.say("chart.contributions.share", &[])]);
    let rows = payers.iter().map(|(payer, paid)| {
        row(&payer.name, &mut (0..funds.len()).map(|i| payer.amounts.get(i).copied().flatten()), *paid)
    });
    let rows = rows.collect();
    Table { head, words: 1, rows, foot: Some(row(&sum, &mut funds.iter().copied().map(Some), total)) }
}
