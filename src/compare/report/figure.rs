//! Figures: amounts, rates and counts, as readers see them.

use serde_json::Value;

use crate::compare::change::Difference;
use crate::quantity::{Money, Rate};

/// A number that a report states.
enum StatedFigure {
    Amount(Money),
    Rate(Rate),
    Count(i64),
    Number(f64),
}

impl StatedFigure {
    fn parse(value: &Value) -> Option<Self> {
        if let Some(pence) = value["pence"].as_i64() {
            return Some(Self::Amount(Money { pence }));
        }
        let count = |key: &str| value[key].as_u64().and_then(|count| u32::try_from(count).ok());
        if let (Some(attended), Some(possible)) = (count("came"), count("held")) {
            return Some(Self::Rate(Rate { attended, possible }));
        }
        value.as_i64().map(Self::Count).or_else(|| value.as_f64().map(Self::Number))
    }

    fn shown(&self) -> String {
        match self {
            Self::Amount(money) => money.to_string(),
            Self::Rate(rate) => {
                let percent = rate.per_mille().map(|rate| format!(" ({}.{}%)", rate / 10, rate % 10));
                format!("{} of {}{}", rate.attended, rate.possible, percent.unwrap_or_default())
            }
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// How much larger `new` is.
    fn difference(&self, new: &Self) -> Option<String> {
        let signed = |text: String| if text.starts_with('-') { text } else { format!("+{text}") };
        match (self, new) {
            (Self::Amount(old), Self::Amount(new)) => Some(signed(new.saturating_sub(*old).to_string())),
            (Self::Count(old), Self::Count(new)) => Some(signed(new.saturating_sub(*old).to_string())),
            (Self::Number(old), Self::Number(new)) => Some(signed(format!("{}", new - old))),
            (Self::Rate(old), Self::Rate(new)) => {
                let points = i64::from(new.per_mille()?) - i64::from(old.per_mille()?);
                let sign = if points < 0 { "-" } else { "+" };
                let points = points.unsigned_abs();
                Some(format!("{sign}{}.{} percentage points", points / 10, points % 10))
            }
            _ => None,
        }
    }
}

/// Whether a value is a figure.
pub(super) fn is_figure(value: &Value) -> bool {
    StatedFigure::parse(value).is_some()
}

/// A figure as readers see it.
pub(super) fn shown(value: &Value) -> Option<String> {
    StatedFigure::parse(value).map(|figure| figure.shown())
}

/// How a figure differs: what it was, what it is, and by how much.
pub(super) fn difference(old: &Value, new: &Value) -> Difference {
    let (old, new) = (StatedFigure::parse(old), StatedFigure::parse(new));
    let by = old.as_ref().zip(new.as_ref()).and_then(|(old, new)| old.difference(new));
    Difference::Value { was: old.map(|figure| figure.shown()), is: new.map(|figure| figure.shown()), by }
}

/// How a figure that is written as a text differs, such as `92%` and `29%`. By how much is known if both are whole numbers
/// with the same unit.
pub(super) fn written_difference(old: &Value, new: &Value) -> Difference {
    let by = written_number(old).zip(written_number(new)).and_then(|((was, unit), (is, new_unit))| {
        let points = if unit == ["", "%"] { " percentage points" } else { "" };
        (unit == new_unit).then(|| format!("{:+}{points}", is - was))
    });
    let shown = |value: &Value| value.as_str().map(str::to_owned);
    Difference::Value { was: shown(old), is: shown(new), by }
}

/// The only whole number in a text, and what is before and after it.
fn written_number(value: &Value) -> Option<(i64, [&str; 2])> {
    let text = value.as_str()?;
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (before, after) = (&text[..start], &text[start + digits..]);
    let is_whole = !after.contains(|c: char| c.is_ascii_digit()) && !before.ends_with(['-', '−', '.', ',']);
    let number = text[start..start + digits].parse::<u32>().ok()?;
    is_whole.then_some((number.into(), [before, after]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(old: &Value, new: &Value) -> String {
        let Difference::Value { was, is, by } = difference(old, new) else { unreachable!() };
        [was, is, by].map(|part| part.unwrap_or_else(|| "?".to_owned())).join(" → ")
    }

    #[test]
    fn figures_in_words_differ_by_their_numbers() {
        let check = |old: &str, new: &str| {
            let Difference::Value { by, .. } = written_difference(&json!(old), &json!(new)) else { unreachable!() };
            by.unwrap_or_default()
        };
        assert_eq!(check("92%", "29%"), "-63 percentage points");
        assert_eq!(check("9 of", "11 of"), "+2");
        assert_eq!(check("9 children", "11 adults"), "");
        assert_eq!(check("1.2 million", "1.3 million"), "");
        assert_eq!(check("-5", "5"), "");
        assert_eq!(check("up", "down"), "");
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(check(&json!({"pence": 100_000}), &json!({"pence": 120_050})), "£1,000 → £1,200.50 → +£200.50");
        assert_eq!(check(&json!({"pence": 200}), &json!({"pence": 100})), "£2 → £1 → -£1");
        let rate = |came| json!({"came": came, "held": 95, "percent": ""});
        assert_eq!(check(&rate(82), &rate(83)), "82 of 95 (86.3%) → 83 of 95 (87.4%) → +1.1 percentage points");
        assert_eq!(check(&json!(3), &json!(5)), "3 → 5 → +2");
        assert_eq!(check(&Value::Null, &json!({"pence": 100})), "? → £1 → ?");
    }
}
