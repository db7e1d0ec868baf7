//! Formulas: how an indicator is calculated from others. Ids, numbers, `+ - * /` and parentheses.

use crate::diagnostic::{Span, excerpt};
use crate::model::ids::{IndicatorId, in_words};
use crate::quantity::{Decimal, Fraction};
use crate::source::yaml::Slug;

/// The most ids, numbers and signs of a formula.
const MAX_TOKENS: usize = 200;

/// A formula, in the order in which it is calculated: each operator takes the two results before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Formula {
    /// The formula as written.
    pub text: String,
    /// The steps.
    pub steps: Vec<FormulaStep>,
}

/// A step of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormulaStep {
    /// The value of an indicator. The span is its place in the formula.
    Indicator(IndicatorId, Span),
    /// A number.
    Number(Decimal),
    /// Two results put together.
    Operator(Operator),
}

/// What can be done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Why a formula has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoResult {
    /// It divides by zero.
    DivisionByZero,
    /// A number on the way, or the result, is too large to be held.
    TooLarge,
    /// An indicator has no value.
    Unknown,
}

/// What is wrong in a formula, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormulaError {
    pub span: Span,
    /// What is wrong, in words.
    pub message: String,
    pub help: String,
}

impl FormulaError {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }
}

impl Operator {
    fn from_char(sign: char) -> Option<Self> {
        Some(match sign {
            '+' => Self::Add,
            '-' => Self::Subtract,
            '*' => Self::Multiply,
            '/' => Self::Divide,
            _ => return None,
        })
    }

    /// Operators that bind more closely come first.
    fn is_close(self) -> bool {
        matches!(self, Self::Multiply | Self::Divide)
    }

    fn apply(self, left: Fraction, right: Fraction) -> Result<Fraction, NoResult> {
        let result = match self {
            Self::Divide if right.is_zero() => return Err(NoResult::DivisionByZero),
            Self::Divide => left.divided_by(right),
            Self::Add => left.plus(right),
            Self::Subtract => left.minus(right),
            Self::Multiply => left.times(right),
        };
        result.ok_or(NoResult::TooLarge)
    }
}

impl Formula {
    /// Parses a formula.
    ///
    /// # Errors
    ///
    /// If it is not one calculation of ids and numbers, with the place of what is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, FormulaError> {
        let mut parser = FormulaParser { text, steps: Vec::new(), waiting: Vec::new(), wants_value: true };
        let mut at = 0;
        for count in 0.. {
            let Some(first) = text[at..].chars().next() else { break };
            if count >= MAX_TOKENS {
                let message = "this formula is too long";
                return Err(FormulaError::new(
                    Span::new(0, text.len()),
                    message,
                    "calculate it in two steps, with an indicator for each",
                ));
            }
            let length = if first.is_ascii_alphanumeric() { word_length(&text[at..]) } else { first.len_utf8() };
            let span = Span::new(at, at + length);
            at += length;
            parser.take(first, span)?;
        }
        parser.finish()
    }

    /// The indicators that it names, each with its place in the formula.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = (&IndicatorId, Span)> {
        self.steps.iter().filter_map(|step| match step {
            FormulaStep::Indicator(id, span) => Some((id, *span)),
            _ => None,
        })
    }

    /// The formula for readers, with the names of indicators in place of their ids.
    #[must_use]
    pub(crate) fn in_words(&self, name: impl Fn(&IndicatorId) -> Option<String>) -> String {
        let signs = |text: &str| text.replace('*', "×").replace('/', "÷").replace(" - ", " − ");
        let (mut words, mut end) = (String::new(), 0);
        for (id, span) in self.indicators() {
            let (from, to) = (span.start as usize, span.end as usize);
            words.push_str(&signs(&self.text[end..from]));
            words.push_str(&name(id).unwrap_or_else(|| in_words(id.as_str())));
            end = to;
        }
        words + &signs(&self.text[end..])
    }

    /// Whether it divides, so that its results have decimals.
    #[must_use]
    pub(crate) fn divides(&self) -> bool {
        self.steps.contains(&FormulaStep::Operator(Operator::Divide))
    }

    /// Whether it has this number in it.
    #[must_use]
    pub(crate) fn has_number(&self, number: Decimal) -> bool {
        self.steps.contains(&FormulaStep::Number(number))
    }

    /// The result for these values of the indicators.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    pub(crate) fn calculate(
        &self,
        mut value: impl FnMut(&IndicatorId) -> Option<Fraction>,
    ) -> Result<Fraction, NoResult> {
        let mut results: Vec<Fraction> = Vec::new();
        for step in &self.steps {
            let result = match step {
                FormulaStep::Indicator(id, _) => value(id).ok_or(NoResult::Unknown)?,
                FormulaStep::Number(number) => (*number).into(),
                FormulaStep::Operator(operator) => {
                    let (right, left) = results.pop().zip(results.pop()).ok_or(NoResult::Unknown)?;
                    operator.apply(left, right)?
                }
            };
            results.push(result);
        }
        results.pop().ok_or(NoResult::Unknown)
    }
}

/// The length of an id or number at the start of a text. A hyphen belongs to it if a letter or digit follows.
fn word_length(text: &str) -> usize {
    let is_inside = |(at, c): (usize, char)| {
        let follows = text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        c.is_ascii_alphanumeric() || (matches!(c, '-' | '.' | ',' | '_') && follows)
    };
    text.char_indices().find(|found| !is_inside(*found)).map_or(text.len(), |(at, _)| at)
}

/// A formula as far as it has been read.
struct FormulaParser<'a> {
    text: &'a str,
    steps: Vec<FormulaStep>,
    /// Operators and opening parentheses (`None`) that wait for what follows.
    waiting: Vec<(Option<Operator>, Span)>,
    /// Whether an id, a number or `(` must come next.
    wants_value: bool,
}

impl FormulaParser<'_> {
    fn take(&mut self, first: char, span: Span) -> Result<(), FormulaError> {
        let written = span.slice(self.text);
        if first.is_whitespace() {
            return Ok(());
        }
        if first.is_ascii_alphanumeric() {
            return self.value(written, span);
        }
        match (first, Operator::from_char(first)) {
            ('(', _) if self.wants_value => self.waiting.push((None, span)),
            (')', _) if !self.wants_value => self.close(span)?,
            (_, Some(operator)) if !self.wants_value => {
                while let Some((Some(before), _)) = self.waiting.last().copied() {
                    if operator.is_close() && !before.is_close() {
                        break;
                    }
                    self.steps.push(FormulaStep::Operator(before));
                    self.waiting.pop();
                }
                self.waiting.push((Some(operator), span));
                self.wants_value = true;
            }
            ('(', _) => return Err(self.no_operator(span)),
            (')', _) | (_, Some(_)) => {
                let message = format!("an indicator or a number is missing before `{written}`");
                return Err(FormulaError::new(span, message, "write one there, or remove the sign"));
            }
            _ => {
                let help = match first {
                    '×' => "write `*` to multiply",
                    '÷' | ':' => "write `/` to divide",
                    '–' | '−' | '—' => "write `-` with a space on each side to subtract",
                    '%' => "leave it out: an indicator whose unit is `percent` is multiplied by 100",
                    _ => "use ids of indicators, numbers, `+`, `-`, `*`, `/` and parentheses",
                };
                return Err(FormulaError::new(span, format!("a formula cannot have `{written}` in it"), help));
            }
        }
        Ok(())
    }

    fn value(&mut self, written: &str, span: Span) -> Result<(), FormulaError> {
        if !self.wants_value {
            return Err(self.no_operator(span));
        }
        self.wants_value = false;
        self.steps.push(if let Ok(number) = written.parse::<Decimal>() {
            FormulaStep::Number(number)
        } else if Slug::is_valid(written) {
            FormulaStep::Indicator(IndicatorId::new(written), span)
        } else {
            let message = format!("`{}` is neither an id nor a number", excerpt(written));
            return Err(FormulaError::new(span, message, "write the id of an indicator, such as `concerns`"));
        });
        Ok(())
    }

    fn no_operator(&self, span: Span) -> FormulaError {
        let message = format!("there is no `+`, `-`, `*` or `/` before `{}`", excerpt(span.slice(self.text)));
        FormulaError::new(span, message, "write what to do with the two, as in `enquiries / concerns`")
    }

    fn close(&mut self, span: Span) -> Result<(), FormulaError> {
        while let Some((operator, _)) = self.waiting.pop() {
            let Some(operator) = operator else { return Ok(()) };
            self.steps.push(FormulaStep::Operator(operator));
        }
        Err(FormulaError::new(span, "nothing opens this parenthesis", "add `(`, or remove it"))
    }

    fn finish(mut self) -> Result<Formula, FormulaError> {
        let end = Span::new(0, self.text.len());
        if self.wants_value {
            let span = self.waiting.last().map_or(end, |(_, span)| *span);
            let message = if self.steps.is_empty() && self.waiting.is_empty() {
                "this formula is empty"
            } else {
                "an indicator or a number is missing at the end of this formula"
            };
            return Err(FormulaError::new(span, message, "write a formula such as `enquiries / concerns`"));
        }
        while let Some((operator, span)) = self.waiting.pop() {
            let Some(operator) = operator else {
                return Err(FormulaError::new(span, "this parenthesis is not closed", "add `)`"));
            };
            self.steps.push(FormulaStep::Operator(operator));
        }
        let formula = Formula { text: self.text.to_owned(), steps: self.steps };
        if formula.indicators().next().is_none() {
            let message = "this formula names no indicator";
            return Err(FormulaError::new(end, message, "write a formula such as `enquiries / concerns`"));
        }
        Ok(formula)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match Formula::parse(text) {
            Ok(formula) => {
                let value = |id: &IndicatorId| {
                    let number = if id.as_str() == "a" { "7" } else { "2" };
                    Some(Fraction::from(number.parse::<Decimal>().unwrap()))
                };
                match formula.calculate(value) {
                    Ok(result) => result.to_tenths().unwrap().to_string(),
                    Err(why) => format!("{why:?}"),
                }
            }
            Err(error) => format!("`{}`: {}", error.span.slice(text), error.message),
        }
    }

    #[test]
    fn formulas_are_calculated_as_at_school() {
        assert_eq!(check("a / b"), "3.5");
        assert_eq!(check("a - b - b"), "3");
        assert_eq!(check("a + b * b"), "11");
        assert_eq!(check("(a + b) * (a - b)"), "45");
        assert_eq!(check("a / (b - 2)"), "DivisionByZero");
        assert_eq!(check(&format!("a{}", " * 999999999999".repeat(4))), "TooLarge");
        assert_eq!(check(&format!("a{} / (b - 2)", " / 999999999999".repeat(2))), "DivisionByZero");
        assert_eq!(check("1,000 * a / 3"), "2333.3");
        assert_eq!(check("a-b"), "2", "an id with a hyphen");
        assert_eq!(check("a- b"), "5");
    }

    #[test]
    fn faults_have_a_place() {
        assert_eq!(check("a +"), "`+`: an indicator or a number is missing at the end of this formula");
        assert_eq!(check("a / / b"), "`/`: an indicator or a number is missing before `/`");
        assert_eq!(check("a b"), "`b`: there is no `+`, `-`, `*` or `/` before `b`");
        assert_eq!(check("(a + b"), "`(`: this parenthesis is not closed");
        assert_eq!(check("a + b)"), "`)`: nothing opens this parenthesis");
        assert_eq!(check("a × b"), "`×`: a formula cannot have `×` in it");
        assert_eq!(check("A / b"), "`A`: `A` is neither an id nor a number");
        assert_eq!(check("1 + 1"), "`1 + 1`: this formula names no indicator");
        assert_eq!(check(" "), "` `: this formula is empty");
        assert_eq!(check(&"(".repeat(300)), format!("`{}`: this formula is too long", "(".repeat(300)));
    }
}
