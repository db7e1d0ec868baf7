//! Formulas of computed indicators, as `report.json` states them: `enquiries / concerns`.
//!
//! What the attacker can use of a formula is that its result is one sum of counts divided by another. So that is what a
//! formula is turned into; one that multiplies or divides counts in another way is left alone.

use std::collections::BTreeMap;

use super::number::ShownNumber;

/// A formula as one sum divided by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotient {
    pub top: WeightedSum,
    pub bottom: WeightedSum,
}

/// A sum of multiples of indicators, and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WeightedSum {
    /// The factor of each indicator, by its id. None is 0.
    pub factors: BTreeMap<String, i64>,
    pub(super) constant: i64,
}

impl WeightedSum {
    fn constant(constant: i64) -> Self {
        Self { constant, ..Self::default() }
    }

    /// Whether no indicator is in it.
    pub(super) fn is_constant(&self) -> bool {
        self.factors.is_empty()
    }

    pub(super) fn times(&self, factor: i64) -> Option<Self> {
        let times = |(id, own): (&String, &i64)| Some((id.clone(), own.checked_mul(factor)?));
        let mut factors = self.factors.iter().map(times).collect::<Option<BTreeMap<_, _>>>()?;
        factors.retain(|_, factor| *factor != 0);
        Some(Self { factors, constant: self.constant.checked_mul(factor)? })
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let mut sum = self.clone();
        sum.constant = sum.constant.checked_add(other.constant)?;
        for (id, factor) in &other.factors {
            let own = sum.factors.entry(id.clone()).or_default();
            *own = own.checked_add(*factor)?;
        }
        sum.factors.retain(|_, factor| *factor != 0);
        Some(sum)
    }

    /// The product, if one of the two is a number.
    fn product(&self, other: &Self) -> Option<Self> {
        if other.is_constant() {
            self.times(other.constant)
        } else {
            self.is_constant().then(|| other.times(self.constant))?
        }
    }
}

impl Quotient {
    /// Reads a formula, with the numbers of those indicators that `known` gives put in. `None` if it is not one, or is not
    /// a quotient of sums.
    pub(super) fn parse(text: &str, known: &dyn Fn(&str) -> Option<ShownNumber>) -> Option<Self> {
        let tokens = tokens(text)?;
        let mut reader = FormulaReader { tokens: &tokens, known, depth: 0 };
        let Self { top, bottom } = reader.sum()?;
        if !reader.tokens.is_empty() {
            return None;
        }
        if bottom.is_constant() && bottom.constant < 0 {
            return Some(Self { top: top.times(-1)?, bottom: bottom.times(-1)? });
        }
        Some(Self { top, bottom })
    }

    /// A number, as a whole number and the power of ten that divides it.
    fn number(digits: i64, decimals: u32) -> Option<Self> {
        let bottom = WeightedSum::constant(10_i64.checked_pow(decimals)?);
        Some(Self { top: WeightedSum::constant(digits), bottom })
    }

    /// Whether it is a sum of counts, which is a count too.
    pub(super) fn is_count(&self) -> bool {
        self.bottom == WeightedSum::constant(1)
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        if self.bottom == other.bottom {
            return Some(Self { top: self.top.plus(&other.top)?, bottom: self.bottom.clone() });
        }
        let top = self.top.product(&other.bottom)?.plus(&other.top.product(&self.bottom)?)?;
        Some(Self { top, bottom: self.bottom.product(&other.bottom)? })
    }

    fn times(&self, other: &Self) -> Option<Self> {
        Some(Self { top: self.top.product(&other.top)?, bottom: self.bottom.product(&other.bottom)? })
    }

    fn inverse(&self) -> Self {
        Self { top: self.bottom.clone(), bottom: self.top.clone() }
    }
}

/// The ids of the indicators in a formula, each once.
pub(super) fn indicators(text: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for token in tokens(text).into_iter().flatten() {
        if let FormulaToken::Indicator(id) = token
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum FormulaToken {
    Indicator(String),
    Number(ShownNumber),
    Sign(char),
}

/// The parts of a formula. A hyphen within an id is part of it; one with space around it subtracts.
fn tokens(text: &str) -> Option<Vec<FormulaToken>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let word = if is_word(first) && first != '-' {
            rest.find(|c| !is_word(c) && c != '.' && c != ',').unwrap_or(rest.len())
        } else {
            0
        };
        let (token, length) = match first {
            '+' | '/' | '(' | ')' | '*' | '-' => (FormulaToken::Sign(first), 1),
            '×' => (FormulaToken::Sign('*'), first.len_utf8()),
            '÷' => (FormulaToken::Sign('/'), first.len_utf8()),
            '−' | '–' => (FormulaToken::Sign('-'), first.len_utf8()),
            _ if word == 0 => return None,
            _ => {
                let written = &rest[..word];
                let number = ShownNumber::parse(written).map(FormulaToken::Number);
                (number.unwrap_or_else(|| FormulaToken::Indicator(written.to_owned())), word)
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// Reads sums, then products, then what is in brackets.
struct FormulaReader<'a> {
    tokens: &'a [FormulaToken],
    known: &'a dyn Fn(&str) -> Option<ShownNumber>,
    depth: usize,
}

/// How deep brackets may be.
const DEEPEST: usize = 32;

impl FormulaReader<'_> {
    fn take(&mut self, signs: &[char]) -> Option<char> {
        let (FormulaToken::Sign(sign), rest) = self.tokens.split_first()? else { return None };
        signs.contains(sign).then(|| {
            self.tokens = rest;
            *sign
        })
    }

    fn sum(&mut self) -> Option<Quotient> {
        let mut sum = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let mut next = self.product()?;
            if sign == '-' {
                next.top = next.top.times(-1)?;
            }
            sum = sum.plus(&next)?;
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<Quotient> {
        let mut product = self.value()?;
        while let Some(sign) = self.take(&['*', '/']) {
            let next = self.value()?;
            product = product.times(&if sign == '/' { next.inverse() } else { next })?;
        }
        Some(product)
    }

    fn value(&mut self) -> Option<Quotient> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        match first {
            FormulaToken::Indicator(id) => match (self.known)(id) {
                Some(number) => Quotient::number(number.digits, number.decimals),
                None => {
                    let top = WeightedSum { factors: BTreeMap::from([(id.clone(), 1)]), constant: 0 };
                    Some(Quotient { top, bottom: WeightedSum::constant(1) })
                }
            },
            FormulaToken::Number(number) => Quotient::number(number.digits, number.decimals),
            FormulaToken::Sign('(') if self.depth < DEEPEST => {
                self.depth += 1;
                let inner = self.sum()?;
                self.depth -= 1;
                self.take(&[')'])?;
                Some(inner)
            }
            FormulaToken::Sign(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(formula: &str) -> String {
        let Some(Quotient { top, bottom }) = Quotient::parse(formula, &|_| None) else { return "not usable".into() };
        let sum = |sum: &WeightedSum| {
            let terms: Vec<_> = sum.factors.iter().map(|(id, factor)| format!("{factor} {id}")).collect();
            format!("{} + {}", terms.join(" + "), sum.constant)
        };
        format!("({}) / ({})", sum(&top), sum(&bottom))
    }

    #[test]
    fn formulas_are_quotients_of_sums() {
        assert_eq!(check("enquiries / concerns"), "(1 enquiries + 0) / (1 concerns + 0)");
        assert_eq!(check("(a + b - 2 * c) / (a+b)"), "(1 a + 1 b + -2 c + 0) / (1 a + 1 b + 0)");
        assert_eq!(check("a / c + b / c"), "(1 a + 1 b + 0) / (1 c + 0)");
        assert_eq!(check("re-referrals - first-time"), "(-1 first-time + 1 re-referrals + 0) / ( + 1)");
        assert_eq!(check("a * 1.5"), "(15 a + 0) / ( + 10)");
        assert_eq!(check("1 - a / b"), "(-1 a + 1 b + 0) / (1 b + 0)");
    }

    #[test]
    fn known_numbers_are_put_in() {
        let known = |id: &str| (id == "k").then_some(ShownNumber { digits: -25, decimals: 1 });
        let formula = Quotient::parse("a * b / k / k", &known);
        assert_eq!(formula, None);
        let formula = Quotient::parse("a * k / k / k", &known).unwrap();
        assert_eq!((formula.top.factors["a"], formula.bottom.constant), (-2500, 6250));
    }

    #[test]
    fn others_are_left_alone() {
        for formula in ["", "a *", "a * b", "a / b + c / d", "(a", "a)", "a b", "a % b", &"(".repeat(10_000)] {
            assert_eq!(check(formula), "not usable", "{formula}");
        }
    }
}
