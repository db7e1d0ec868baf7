//! The date to use as today. It can be set, which makes builds repeatable.

use std::env;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::error::CliError;

/// The `named` date, or the one in `SOURCE_DATE_EPOCH`, or today's date.
pub(crate) fn today(named: Option<Date>) -> Result<Date, CliError> {
    match named {
        Some(date) => Ok(date),
        // In UTC: it must not depend on the computer's time zone.
        None => Ok(epoch()?.map_or_else(|| Zoned::now().date(), |moment| moment.to_zoned(TimeZone::UTC).date())),
    }
}

/// The moment to use as now: the start of the `named` date, or the moment in `SOURCE_DATE_EPOCH`, or now.
pub(crate) fn moment(named: Option<Date>) -> Result<Timestamp, CliError> {
    let start = |date: Date| date.to_zoned(TimeZone::UTC).map(|start| start.timestamp());
    match named.and_then(|date| start(date).ok()) {
        Some(moment) => Ok(moment),
        None => Ok(epoch()?.unwrap_or_else(Timestamp::now)),
    }
}

/// The moment in `SOURCE_DATE_EPOCH`, if it is set.
fn epoch() -> Result<Option<Timestamp>, CliError> {
    let Some(seconds) = env::var("SOURCE_DATE_EPOCH").ok().filter(|seconds| !seconds.is_empty()) else {
        return Ok(None);
    };
    of_epoch(&seconds).map(Some).ok_or_else(|| {
        CliError::new(format!("SOURCE_DATE_EPOCH must be a number of seconds, not `{seconds}`"))
            .help("set it to the seconds since 1 January 1970, or unset it")
    })
}

/// The moment that is a number of seconds after 1970.
fn of_epoch(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_moments() {
        assert_eq!(of_epoch("1600041600").unwrap().to_string(), "2020-09-14T00:00:00Z");
        assert_eq!(moment(Some("2020-09-14".parse().unwrap())).unwrap(), of_epoch("1600041600").unwrap());
        assert_eq!(of_epoch("soon"), None);
        assert_eq!(of_epoch("99999999999999999"), None);
    }
}
