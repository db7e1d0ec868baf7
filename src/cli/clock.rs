//! Which day it is, so that a build can be repeated.

use std::env;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::error::CliError;

/// The day that was named; else that of `SOURCE_DATE_EPOCH`, else the clock's.
pub(crate) fn today(named: Option<Date>) -> Result<Date, CliError> {
    let epoch = env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty());
    match (named, epoch) {
        (Some(date), _) => Ok(date),
        (None, Some(epoch)) => of_epoch(&epoch).ok_or_else(|| {
            CliError::new(format!("SOURCE_DATE_EPOCH is no count of seconds: `{epoch}`"))
                .help("set it to the seconds since 1970, or unset it")
        }),
        (None, None) => Ok(Zoned::now().date()),
    }
}

/// The day of a count of seconds since 1970, in the world's time: it must not depend on the machine.
fn of_epoch(seconds: &str) -> Option<Date> {
    let moment = Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
    Some(moment.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_days_in_the_worlds_time() {
        assert_eq!(of_epoch("1600041600").unwrap().to_string(), "2020-09-14");
        assert_eq!(of_epoch("1600127999").unwrap().to_string(), "2020-09-14");
        assert_eq!(of_epoch("soon"), None);
        assert_eq!(of_epoch("99999999999999999"), None);
    }
}
