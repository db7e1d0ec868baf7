//! Income, expenditure and balance as a waterfall.

use super::bars::{Bar, BarChart, BarRow, BarSegment};
use super::canvas::Variant;
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::horizontal_bars::draw_rows;
use super::legend::Swatch;
use super::number_format::measure;
use super::style::StyleClass;
use crate::locale::{PoundsFormat, pounds};
use crate::quantity::Money;

/// A year's budget.
#[derive(Clone, Debug, Default)]
pub(crate) struct BudgetData {
    /// Lines of income in order: name and amount.
    pub income: Vec<(String, Money)>,
    /// Lines of expenditure in order.
    pub expenditure: Vec<(String, Money)>,
}

/// Draws each line of income and expenditure, then the balance. `None` if there are no lines.
#[must_use]
pub(crate) fn budget_waterfall(input: &BudgetData, frame: &ChartContext<'_>) -> Option<String> {
    if input.income.is_empty() && input.expenditure.is_empty() {
        return None;
    }
    let income: Money = input.income.iter().map(|(_, amount)| amount).sum();
    let spent: Money = input.expenditure.iter().map(|(_, amount)| amount).sum();
    let lines = input.income.iter().chain(&input.expenditure);
    let pounds = PoundsFormat::for_amounts(lines.map(|(_, amount)| *amount));
    let sums = BudgetSums { frame, input, income, spent, pounds };
    let bars = sums.bars();
    let figure = Figure {
        title: frame.say("chart.balance.title", &[("period", frame.period)]),
        headline: sums.headline(),
        note: None,
        description: sums.describe(),
        drawings: [Variant::Wide, Variant::Narrow].map(|form| draw_rows(&bars, frame.id, form)).into(),
        table: sums.table(),
    };
    Some(write(frame, &figure))
}

struct BudgetSums<'a> {
    frame: &'a ChartContext<'a>,
    input: &'a BudgetData,
    income: Money,
    spent: Money,
    pounds: PoundsFormat,
}

impl BudgetSums<'_> {
    /// The balance.
    fn left(&self) -> Money {
        self.income.saturating_sub(self.spent)
    }

    fn bars(&self) -> BarChart {
        let [income, expenditure, balance] =
            ["income", "expenditure", "balance"].map(|key| self.frame.say(&format!("chart.balance.{key}"), &[]));
        let marks = [StyleClass::series(0), StyleClass::series(1), StyleClass::SUM];
        let mut rows = Vec::new();
        let mut reached = 0.0;
        let mut step = |name: &str, amount: Money, mark| {
            let piece = BarSegment { from: reached, to: reached + measure(amount), mark, label: String::new() };
            reached = piece.to;
            let bar = Bar { pieces: vec![piece], value: self.pounds.text(amount) };
            BarRow { name: name.to_owned(), bars: vec![bar], strong: false }
        };
        let whole = |name: String, amount: Money| {
            let piece = BarSegment { from: 0.0, to: measure(amount), mark: StyleClass::SUM, label: String::new() };
            BarRow { name, bars: vec![Bar { pieces: vec![piece], value: self.pounds.text(amount) }], strong: true }
        };
        rows.extend(self.input.income.iter().map(|(name, amount)| step(name, *amount, marks[0])));
        if rows.len() > 1 {
            rows.push(whole(self.frame.say("chart.balance.total-income", &[]), self.income));
        }
        let spent = self.input.expenditure.iter();
        rows.extend(spent.map(|(name, amount)| step(name, Money::default().saturating_sub(*amount), marks[1])));
        if self.has_both() {
            rows.push(whole(balance.clone(), self.left()));
        }
        let legend = marks.into_iter().zip([income, expenditure, balance]);
        BarChart {
            rows,
            legend: legend.map(|(mark, name)| (Swatch::Fill(mark), name)).collect(),
            steps: true,
            ..BarChart::default()
        }
    }

    /// Whether both sides are given. Without both, the balance is unknown.
    fn has_both(&self) -> bool {
        !self.input.income.is_empty() && !self.input.expenditure.is_empty()
    }

    /// The headline: how much of the income was spent and what is left.
    fn headline(&self) -> String {
        let (income, spent, left) = (pounds(self.income), pounds(self.spent), pounds(self.left()));
        let over = pounds(self.spent.saturating_sub(self.income));
        let key = match (self.income.pence, self.spent.pence, self.left().pence) {
            (_, 0, _) => "income-only",
            (0, _, _) => "expenditure-only",
            (..0, _, _) | (_, ..0, _) => "both",
            (_, _, 1..) => "left",
            (_, _, 0) => "even",
            _ => "overspent",
        };
        let arguments = [("income", income.as_str()), ("spent", &spent), ("left", &left), ("over", &over)];
        self.frame.say(&format!("chart.balance.headline.{key}"), &arguments)
    }

    /// The description: income and its lines, expenditure and its lines, the balance.
    fn describe(&self) -> String {
        let lines = |lines: &[(String, Money)]| {
            let formatted = lines.iter().map(|(name, amount)| {
                self.frame.say("chart.balance.about.line", &[("line", name), ("amount", &self.pounds.text(*amount))])
            });
            self.frame.list(&formatted.collect::<Vec<_>>())
        };
        let mut sentences = Vec::new();
        let sides = [("income", &self.input.income, self.income), ("expenditure", &self.input.expenditure, self.spent)];
        for (key, side, total) in sides {
            if !side.is_empty() {
                let arguments = [("total", self.pounds.text(total)), ("lines", lines(side))];
                let arguments = arguments.each_ref().map(|(name, text)| (*name, text.as_str()));
                sentences.push(self.frame.say(&format!("chart.balance.about.{key}"), &arguments));
            }
        }
        if self.has_both() {
            let left = self.pounds.text(self.left());
            sentences.push(self.frame.say("chart.balance.about.balance", &[("left", &left)]));
        }
        sentences.join(" ")
    }

    fn table(&self) -> FigureTable {
        let say = |key: &str| self.frame.say(&format!("chart.balance.{key}"), &[]);
        let mut rows = Vec::new();
        for (kind, total, lines, all) in [
            ("income", "total-income", &self.input.income, self.income),
            ("expenditure", "total-expenditure", &self.input.expenditure, self.spent),
        ] {
            rows.extend(lines.iter().map(|(name, amount)| vec![name.clone(), say(kind), self.pounds.text(*amount)]));
            if !lines.is_empty() {
                rows.push(vec![say(total), say(kind), self.pounds.text(all)]);
            }
        }
        let foot = self.has_both().then(|| vec![say("balance"), String::new(), self.pounds.text(self.left())]);
        FigureTable { head: vec![say("line"), say("kind"), say("amount")], words: 2, rows, foot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn lines(lines: &[(&str, i64)]) -> Vec<(String, Money)> {
        lines.iter().map(|(name, pounds)| ((*name).to_owned(), Money { pence: pounds * 100 })).collect()
    }

    fn check(income: &[(&str, i64)], expenditure: &[(&str, i64)]) -> String {
        let input = BudgetData { income: lines(income), expenditure: lines(expenditure) };
        let figure = budget_waterfall(&input, &ChartContext::english());
        layout::check(figure.as_deref()) + "\n" + &layout::description(figure.as_deref())
    }

    #[test]
    fn describes_the_balance() {
        insta::assert_snapshot!(check(&[("Brought forward", 60), ("Levy", 40)], &[("Staff", 70)]), @r#"
            £70 of £100 was spent, leaving £30
            wide: Income | Expenditure | Balance | Brought forward | Levy | Total income | Staff | Balance | £60 | £40 | £100 | −£70 | £30 | [s1 ×1] [s2 ×1] [sum ×1] [s1 ×2] [sum ×2] [s2 ×1] [grid ×4] [axis ×1]
            narrow: Income | Expenditure | Balance | Brought forward | Levy | Total income | Staff | Balance | £60 | £40 | £100 | −£70 | £30 | [s1 ×1] [s2 ×1] [sum ×1] [s1 ×2] [sum ×2] [s2 ×1] [axis ×5]
            Income came to £100: Brought forward £60 and Levy £40. Expenditure came to £70: Staff £70. The balance is £30.
            "#);
        insta::assert_snapshot!(check(&[("Levy", 40)], &[("Staff", 70), ("Refund", -5)]), @r#"
            £65 was spent, £25 more than was received
            wide: Income | Expenditure | Balance | Levy | Staff | Refund | Balance | £40 | −£70 | £5 | −£25 | [s1 ×1] [s2 ×1] [sum ×1] [s1 ×1] [s2 ×2] [sum ×1] [grid ×3] [axis ×1]
            narrow: Income | Expenditure | Balance | Levy | Staff | Refund | Balance | £40 | −£70 | £5 | −£25 | [s1 ×1] [s2 ×1] [sum ×1] [s1 ×1] [s2 ×2] [sum ×1] [axis ×4]
            Income came to £40: Levy £40. Expenditure came to £65: Staff £70 and Refund −£5. The balance is −£25.
            "#);
    }

    #[test]
    fn headline_fits_every_year() {
        let headline = |income, spent| {
            let income: &[(&str, i64)] = income;
            check(income, spent).lines().next().unwrap_or_default().to_owned()
        };
        assert_eq!(headline(&[("Levy", 40)], &[("Staff", 40)]), "All £40 was spent");
        assert_eq!(headline(&[("Levy", 40)], &[]), "£40 was received");
        assert_eq!(headline(&[], &[("Staff", 40)]), "£40 was spent");
        assert_eq!(headline(&[("Levy", -40)], &[("Staff", 40)]), "Income came to −£40, expenditure to £40");
        assert_eq!(headline(&[("Levy", 0)], &[("Staff", 0)]), "£0 was received");
        assert_eq!(headline(&[], &[]), "none");
    }

    #[test]
    fn survives_long_lopsided_and_negative_lines() {
        check(
            &[(LONG, 9_999_999_999), ("Small", 1)],
            &[(LONG, 3), ("Over", 99_999_999_999), ("Nothing", 0), ("Refund", -5)],
        );
    }
}
