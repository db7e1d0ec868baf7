//! The date to use as today. It can be set, which makes builds repeatable.

use std::env;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::error::CliError;

/// The `named` date, or the one in `SOURCE_DATE_EPOCH`, or today's date.
pub(crate) fn today(named: Option<Date>) -> Result<Date, CliError> {
    let epoch = env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty());
    match (named, epoch) {
        (Some(date), _) => Ok(date),
        (None, Some(epoch)) => of_epoch(&epoch).ok_or_else(|| {
            CliError::new(format!("SOURCE_DATE_EPOCH must be a number of seconds, not `{epoch}`"))
                .help("set it to the seconds since 1 January 1970, or unset it")
        }),
        (None, None) => Ok(Zoned::now().date()),
    }
}

/// The date of a number of seconds since 1970, in UTC: it must not depend on the computer's time zone.
fn of_epoch(seconds: &str) -> Option<Date> {
    let moment = Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
    Some(moment.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates_in_utc() {
        assert_eq!(of_epoch("1600041600").unwrap().to_string(), "2020-09-14");
        assert_eq!(of_epoch("1600127999").unwrap().to_string(), "2020-09-14");
        assert_eq!(of_epoch("soon"), None);
        assert_eq!(of_epoch("99999999999999999"), None);
    }
}
