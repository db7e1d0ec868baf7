//! The headers of an email or of one of its parts.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::charset::decode_as;

/// The most bytes of headers that are looked at.
const MOST_BYTES: usize = 256 * 1024;

/// The headers of a part.
pub(super) struct Headers<'b> {
    text: Cow<'b, str>,
}

/// Splits a part into its headers and its body.
pub(super) fn split_headers(part: &[u8]) -> (Headers<'_>, &[u8]) {
    let head = &part[..part.len().min(MOST_BYTES)];
    let mut end = 0;
    // Headers end at the first empty line, or at a line that is no header.
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let is_empty = line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        let colon = line.iter().position(|byte| *byte == b':');
        let name = colon.map_or(&line[..0], |colon| &line[..colon]);
        let is_named = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        if is_empty {
            return (Headers::new(&part[..end]), &part[end + line.len()..]);
        }
        if !(is_named || goes_on && end > 0) {
            break;
        }
        end += line.len();
    }
    (Headers::new(&part[..end]), &part[end..])
}

impl<'b> Headers<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { text: String::from_utf8_lossy(bytes) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The value of a header, with its lines joined.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut value: Option<String> = None;
        for line in self.text.lines() {
            let goes_on = line.starts_with([' ', '\t']);
            match &mut value {
                Some(value) if goes_on => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                Some(_) => break,
                None => {
                    let (known, rest) = line.split_once(':').unwrap_or_default();
                    if !goes_on && known.trim().eq_ignore_ascii_case(name) {
                        value = Some(rest.trim().to_owned());
                    }
                }
            }
        }
        value
    }

    /// The media type in lower case, without parameters. Empty if there is none.
    pub(super) fn content_type(&self) -> String {
        let value = self.get("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    pub(super) fn boundary(&self) -> Option<String> {
        parameter(&self.get("content-type")?, "boundary")
            .filter(|boundary| !boundary.is_empty() && boundary.len() < 300)
    }

    pub(super) fn charset(&self) -> Option<String> {
        parameter(&self.get("content-type")?, "charset")
    }

    pub(super) fn is_attached(&self) -> bool {
        self.get("content-disposition").is_some_and(|value| value.to_ascii_lowercase().starts_with("attachment"))
    }

    /// The name of the file that a part is.
    pub(super) fn file_name(&self) -> Option<String> {
        let of = |header: &str, name: &str| parameter(&self.get(header)?, name);
        of("content-disposition", "filename").or_else(|| of("content-type", "name"))
    }

    /// The day in the `Date` header, such as `Thu, 12 Jun 2025 09:30:00 +0100`.
    pub(super) fn date(&self) -> Option<Date> {
        let value = self.get("date")?;
        let date = value.split_once(',').map_or(value.as_str(), |(_, date)| date);
        let mut words = date.split_whitespace();
        let day: i8 = words.next()?.parse().ok()?;
        let month = words.next()?.get(..3)?.to_ascii_lowercase();
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let month = i8::try_from(months.iter().position(|known| *known == month)? + 1).ok()?;
        Date::new(words.next()?.parse().ok()?, month, day).ok()
    }
}

/// A parameter of a header: `name="value"`, or `name*=iso-8859-14''value` with percent-encoding.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    while let Some(at) = rest.find(';') {
        rest = rest[at + 1..].trim_start();
        let Some((known, after)) = rest.split_once('=') else { break };
        let known = known.trim().to_ascii_lowercase();
        let after = after.trim_start();
        let found = match after.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap_or_default(),
            None => after.split(';').next().unwrap_or_default().trim(),
        };
        if known == name {
            return Some(found.to_owned());
        }
        if known.trim_end_matches("0*").trim_end_matches('*') == name {
            let encoded = found.rsplit('\'').next().unwrap_or_default();
            let charset = found.split_once('\'').map_or("utf-8", |(charset, _)| charset);
            let bytes: Vec<u8> = percent_encoding::percent_decode_str(encoded).collect();
            let text = decode_as(&bytes, charset).unwrap_or_else(|| String::from_utf8_lossy(&bytes));
            return Some(text.into_owned());
        }
    }
    None
}
