//! Amounts: what is read is what was written, to the penny: shown and read again it is the same.
#![no_main]

use annal::piece::Money;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(money) = text.parse::<Money>() {
        assert!(money.pence.abs() <= 99_999_999_999_999, "{text}");
        assert_eq!(money.to_string().parse::<Money>().ok(), Some(money), "{text}");
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let shown = digits(&format!("{}.{:02}", money.pence.abs() / 100, money.pence.abs() % 100));
        let written = digits(text);
        let written = written.trim_start_matches('0');
        assert!(shown.trim_start_matches('0').starts_with(written.trim_end_matches('0')), "{text} gave {money}");
    }
});
