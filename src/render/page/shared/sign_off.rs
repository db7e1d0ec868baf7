//! Who signed off a submission, or a report as a whole.

use crate::locale::Locale;
use crate::model::SignOff;

/// The person and the day, as far as they are known: `Chief Executive, 3 June 2025`.
#[must_use]
pub(crate) fn in_words(signed: &SignOff, words: &Locale) -> String {
    let date = signed.on.map(|on| words.date(on));
    match (&signed.by, date) {
        (Some(by), Some(on)) => words.say("by_on", &[("by", by), ("on", &on)]),
        (by, on) => by.clone().or(on).unwrap_or_default(),
    }
}
