//! Attendance rates in words.

use crate::locale::Locale;
use crate::quantity::Rate;
use crate::render::view::data::RateView;
use crate::render::view::shared::LinkView;

/// A rate in words.
#[must_use]
pub(crate) fn view(words: &Locale, rate: Rate, who: LinkView) -> RateView {
    let (came, held) = (rate.attended.to_string(), rate.possible.to_string());
    RateView {
        who,
        fraction: words.say("fraction", &[("came", &came), ("held", &held)]),
        per_cent: rate.per_mille().map(|rate| words.per_cent(rate)).unwrap_or_default(),
    }
}
