//! Contributions by agency and fund.

use super::bars::{Bar, BarChart, BarRow};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::horizontal_bars::draw_rows;
use super::legend::Swatch;
use super::number_format::measure;
use super::style::StyleClass;
use crate::locale::{PoundsFormat, pounds};
use crate::quantity::Money;

/// The agencies' contributions.
#[derive(Clone, Debug, Default)]
pub struct ContributionData {
    /// The names of the funds: `Children`, `Adults`.
    pub funds: Vec<String>,
    /// The agencies, in any order.
    pub payers: Vec<PayerRow>,
}

/// One agency's payments.
#[derive(Clone, Debug, Default)]
pub struct PayerRow {
    /// The name beside the bar.
    pub name: String,
    /// The short name for use in sentences, if there is one.
    pub short: Option<String>,
    /// One amount for each fund; `None` if the agency paid nothing into it.
    pub amounts: Vec<Option<Money>>,
}

impl PayerRow {
    /// The name for use in a sentence.
    fn called(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

/// Draws each agency's payments into each fund: stacked bars, the largest payer first. `None` if there are no agencies.
#[must_use]
pub fn contributions(input: &ContributionData, frame: &ChartContext<'_>) -> Option<String> {
    if input.payers.is_empty() || input.funds.is_empty() {
        return None;
    }
    let ranked = RankedPayers::new(input, frame);
    let bars = ranked.bars();
    let figure = Figure {
        title: frame.say("chart.contributions.title", &[("period", frame.period)]),
        headline: ranked.headline(),
        note: None,
        description: ranked.describe(),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_rows(&bars, frame.id, form)).into(),
        table: ranked.table(),
    };
    Some(write(frame, &figure))
}

/// The payers, largest first, with all totals.
struct RankedPayers<'a> {
    frame: &'a ChartContext<'a>,
    input: &'a ContributionData,
    payers: Vec<(&'a PayerRow, Money)>,
    funds: Vec<Money>,
    total: Money,
    pounds: PoundsFormat,
}

impl<'a> RankedPayers<'a> {
    fn new(input: &'a ContributionData, frame: &'a ChartContext<'a>) -> Self {
        let paid = |payer: &PayerRow| payer.amounts.iter().flatten().sum::<Money>();
        let mut payers: Vec<_> = input.payers.iter().map(|payer| (payer, paid(payer))).collect();
        payers.sort_by_key(|(_, paid)| std::cmp::Reverse(*paid));
        let fund = |i: usize| input.payers.iter().filter_map(|payer| payer.amounts.get(i)?.as_ref()).sum();
        let funds = (0..input.funds.len()).map(fund).collect();
        let total: Money = payers.iter().map(|(_, paid)| paid).sum();
        let pounds = PoundsFormat::for_amounts(input.payers.iter().flat_map(|payer| &payer.amounts).copied().flatten());
        Self { frame, input, payers, funds, total, pounds }
    }

    /// A payer's share of the total. `None` if negative amounts make a share meaningless.
    fn share(&self, paid: Money) -> Option<String> {
        let all_pay = self.payers.last().is_some_and(|(_, least)| least.pence >= 0);
        self.frame.share(paid, self.total).filter(|_| all_pay)
    }

    fn bars(&self) -> BarChart {
        let rows = self.payers.iter().map(|(payer, paid)| {
            let amounts = payer.amounts.iter().map(|amount| amount.unwrap_or_default());
            let pieces = amounts
                .enumerate()
                .map(|(fund, amount)| (measure(amount), StyleClass::series(fund), self.pounds.text(amount)));
            let amount = self.pounds.text(*paid);
            let value = match self.share(*paid) {
                Some(share) => self.frame.say("chart.value-share", &[("amount", &amount), ("share", &share)]),
                None => amount,
            };
            BarRow { name: payer.name.clone(), bars: vec![Bar::stacked(pieces, value)], strong: false }
        });
        let rows = rows.collect();
        let legend = self.input.funds.iter().zip(&self.funds).enumerate().map(|(i, (fund, paid))| {
            let arguments = [("fund", fund.as_str()), ("amount", &self.pounds.text(*paid))];
            (Swatch::Fill(StyleClass::series(i)), self.frame.say("chart.contributions.legend", &arguments))
        });
        BarChart { rows, legend: legend.collect(), ..BarChart::default() }
    }

    /// The headline: who paid most.
    fn headline(&self) -> String {
        let total = pounds(self.total);
        let say = |key: &str, arguments: &[(&str, &str)]| {
            self.frame.say(&format!("chart.contributions.headline.{key}"), &[arguments, &[("total", &total)]].concat())
        };
        if self.payers.iter().all(|(payer, _)| payer.amounts.iter().all(Option::is_none)) {
            return say("unknown", &[]);
        }
        if self.payers.iter().all(|(_, paid)| paid.pence == 0) {
            return say("nothing", &[]);
        }
        let Some((_, most)) = self.payers.first() else { return String::new() };
        let Some(share) = self.share(*most) else { return say("total", &[]) };
        let tied: Vec<&str> =
            self.payers.iter().take_while(|(_, paid)| paid == most).map(|(payer, _)| payer.called()).collect();
        match tied.as_slice() {
            [agency] if *most == self.total => say("all", &[("agency", agency)]),
            // A name with a comma would be confusing at the start of the sentence.
            [agency] if agency.contains(',') => say("most-long", &[("agency", agency), ("share", &share)]),
            [agency] => say("most", &[("agency", agency), ("share", &share)]),
            [_, _] | [_, _, _] => say("tied", &[("agencies", &self.frame.list(&tied)), ("share", &share)]),
            many => {
                let arguments = [("amount", pounds(*most)), ("total", total)];
                let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
                self.frame.say_count("chart.contributions.headline.many-tied", many.len(), &arguments)
            }
        }
    }

    /// The description: the total and its funds, the three largest payers, the rest together. Whoever paid nothing is not
    /// named as a payer.
    fn describe(&self) -> String {
        let frame = self.frame;
        let paying: Vec<_> = self.payers.iter().filter(|(_, paid)| paid.pence != 0).collect();
        let funds = self.input.funds.iter().zip(&self.funds).map(|(fund, paid)| {
            frame.say("chart.contributions.about.fund", &[("fund", fund), ("amount", &self.pounds.text(*paid))])
        });
        let funds = frame.list(&funds.collect::<Vec<_>>());
        let arguments = [("total", self.pounds.text(self.total)), ("funds", funds)];
        let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
        let mut sentences = vec![frame.say_count("chart.contributions.about", paying.len(), &arguments)];
        let (first, rest) = paying.split_at(paying.len().min(3));
        if self.payers.len() > 1 && !first.is_empty() {
            let named = first.iter().map(|(payer, paid)| {
                let amount = self.pounds.text(*paid);
                let arguments = [("agency", payer.called()), ("amount", &amount)];
                match self.share(*paid) {
                    Some(share) => {
                        frame.say("chart.contributions.about.payer", &[&arguments[..], &[("share", &share)]].concat())
                    }
                    None => frame.say("chart.contributions.about.payer-plain", &arguments),
                }
            });
            let named = frame.list(&named.collect::<Vec<_>>());
            let key = if rest.is_empty() { "all" } else { "first" };
            sentences.push(frame.say(&format!("chart.contributions.about.{key}"), &[("payers", &named)]));
        }
        if !rest.is_empty() {
            let amount = self.pounds.text(rest.iter().map(|(_, paid)| paid).sum());
            sentences.push(frame.say_count("chart.contributions.about.rest", rest.len(), &[("amount", &amount)]));
        }
        sentences.join(" ")
    }

    fn table(&self) -> FigureTable {
        let none = self.frame.say("chart.none", &[]);
        let total = self.frame.say("chart.total", &[]);
        let row = |name: &str, amounts: &[Option<Money>], paid: Money| {
            let mut row = vec![name.to_owned()];
            let amounts = (0..self.funds.len()).map(|i| amounts.get(i).copied().flatten());
            row.extend(amounts.map(|amount| amount.map_or_else(|| none.clone(), |amount| self.pounds.text(amount))));
            row.push(self.pounds.text(paid));
            row.push(self.share(paid).unwrap_or_else(|| none.clone()));
            row
        };
        let mut head = vec![self.frame.say("chart.contributions.agency", &[])];
        head.extend(self.input.funds.iter().cloned());
        head.extend([total.clone(), self.frame.say("chart.contributions.share", &[])]);
        let rows = self.payers.iter().map(|(payer, paid)| row(&payer.name, &payer.amounts, *paid)).collect();
        let funds: Vec<_> = self.funds.iter().copied().map(Some).collect();
        FigureTable { head, words: 1, rows, foot: Some(row(&total, &funds, self.total)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn paid(rows: &[(&str, &[i64])]) -> ContributionData {
        let payers = rows.iter().map(|(name, amounts)| PayerRow {
            name: (*name).to_owned(),
            short: None,
            amounts: amounts.iter().map(|pounds| (*pounds != 0).then_some(Money { pence: pounds * 100 })).collect(),
        });
        ContributionData { funds: vec!["Children".to_owned(), "Adults".to_owned()], payers: payers.collect() }
    }

    fn check(rows: &[(&str, &[i64])]) -> String {
        let output = layout::check(contributions(&paid(rows), &ChartContext::english()).as_deref());
        output.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn headline_names_who_paid_most() {
        assert_eq!(
            check(&[("CCG", &[65_782]), ("Council", &[149_004]), ("Police", &[54_556])]),
            "Council paid 55% of £269,342"
        );
        assert_eq!(
            check(&[("CCG", &[1]), ("Council, with public health", &[3])]),
            "75% of £4 came from Council, with public health"
        );
        assert_eq!(check(&[("A", &[40]), ("B", &[20, 20]), ("C", &[20])]), "A and B each paid 40% of £100");
        assert_eq!(check(&[("A", &[5]), ("B", &[5]), ("C", &[5]), ("D", &[5])]), "4 agencies each paid £5 of £20");
        assert_eq!(check(&[("A", &[5]), ("B", &[0])]), "A paid the full £5");
        assert_eq!(check(&[("A", &[999]), ("B", &[1])]), "A paid over 99% of £1,000");
        assert_eq!(check(&[("A", &[0])]), "No amounts are given", "empty cells are not zero");
        let mut nothing = paid(&[("A", &[0])]);
        nothing.payers[0].amounts = vec![Some(Money::default())];
        let output = layout::check(contributions(&nothing, &ChartContext::english()).as_deref());
        assert_eq!(output.lines().next(), Some("No agency paid anything"));
        assert_eq!(check(&[("A", &[50]), ("B", &[-20])]), "Contributions came to £30");
        assert_eq!(check(&[("A", &[-50]), ("B", &[-20])]), "Contributions came to −£70");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(check(&[]), "none");
        assert_eq!(
            contributions(&ContributionData { funds: vec![], ..paid(&[("A", &[1])]) }, &ChartContext::english()),
            None
        );
    }

    #[test]
    fn survives_many_long_and_lopsided_payers() {
        let names: Vec<String> = (0..40).map(|i| format!("{} {i}", if i % 3 == 0 { LONG } else { "Agency" })).collect();
        let rows: Vec<(&str, [i64; 2])> = names
            .iter()
            .zip(0_i64..)
            .map(|(name, i)| (name.as_str(), [if i == 7 { 90_000_000 } else { i * 37 }, i % 4 - 1]))
            .collect();
        let rows: Vec<(&str, &[i64])> = rows.iter().map(|(name, amounts)| (*name, &amounts[..])).collect();
        assert_eq!(check(&rows), "Contributions came to £90,028,621");
    }

    #[test]
    fn bars_are_as_long_as_what_was_paid() {
        let figure =
            contributions(&paid(&[("A", &[3000, 1000]), ("B", &[1000, 2000])]), &ChartContext::english()).unwrap();
        let long = |class| -> Vec<f64> {
            layout::marks(&figure, class).iter().skip(1).map(|area| area[2] - area[0]).collect()
        };
        let (children, adults) = (long("s1"), long("s2"));
        // Skip the sample in the legend. The gap takes 1.5 from the first piece of each bar.
        let unit = adults[0];
        assert!((children[0] + 1.5 - 3.0 * unit).abs() < 0.5, "{children:?} {adults:?}");
        assert!((children[1] + 1.5 - unit).abs() < 0.5);
        assert!((adults[1] - 2.0 * unit).abs() < 0.5);
    }

    #[test]
    fn describes_sum_funds_and_payers() {
        let rows: &[(&str, &[i64])] = &[("A", &[50, 10]), ("B", &[20]), ("C", &[15]), ("D", &[3]), ("E", &[0, 2])];
        insta::assert_snapshot!(
            layout::description(contributions(&paid(rows), &ChartContext::english()).as_deref()),
            @"5 agencies paid £100 in all: £88 into Children and £12 into Adults. The largest payers were A with £60, 60%; B with £20, 20% and C with £15, 15%. The other 2 agencies paid £5 between them."
        );
        let rows: &[(&str, &[i64])] = &[("A", &[50, 10]), ("B", &[0])];
        insta::assert_snapshot!(
            layout::description(contributions(&paid(rows), &ChartContext::english()).as_deref()),
            @"One agency paid £60: £50 into Children and £10 into Adults. Paid by: A with £60, 100%."
        );
    }

    #[test]
    fn whole_figure() {
        let figure = contributions(
            &paid(&[("Council", &[3000, 1000]), ("Police & Crime <Commissioner>", &[0, 2000])]),
            &ChartContext::english(),
        );
        insta::assert_snapshot!(figure.unwrap());
    }
}
