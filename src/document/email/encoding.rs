//! The encodings of emails: base64, quoted-printable, and encoded words in headers.

use std::borrow::Cow;

use crate::charset::decode_as;
use crate::document::base64::base64;

/// Decodes a body by the `Content-Transfer-Encoding` of its part.
#[must_use]
pub(super) fn decode_transfer<'b>(encoding: Option<&str>, body: &'b [u8]) -> Cow<'b, [u8]> {
    match encoding.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "base64" => Cow::Owned(base64(body)),
        "quoted-printable" => Cow::Owned(quoted_printable(body, false)),
        _ => Cow::Borrowed(body),
    }
}

/// Decodes quoted-printable; in headers, `_` is a space.
fn quoted_printable(body: &[u8], is_header: bool) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'='),
            },
            (b'_', _) if is_header => bytes.push(b' '),
            _ => bytes.push(*first),
        }
    }
    bytes
}

/// Decodes the encoded words of a header: `=?utf-8?Q?Caf=C3=A9?=`.
#[must_use]
pub(super) fn decode_words(header: &str) -> String {
    let mut decoded = String::with_capacity(header.len());
    let mut rest = header;
    let mut was_encoded = false;
    while let Some(start) = rest.find("=?") {
        let (before, word) = rest.split_at(start);
        let mut parts = word[2..].splitn(4, '?');
        let (charset, encoding, text, end) = (parts.next(), parts.next(), parts.next(), parts.next());
        let (Some(charset), Some(encoding), Some(text), Some(end)) = (charset, encoding, text, end) else { break };
        let Some(after) = end.strip_prefix('=') else { break };
        // Spaces between two encoded words are not part of the text.
        if !(was_encoded && before.trim().is_empty()) {
            decoded.push_str(before);
        }
        let bytes = match encoding {
            "B" | "b" => base64(text.as_bytes()),
            _ => quoted_printable(text.as_bytes(), true),
        };
        decoded.push_str(&decode_as(&bytes, charset).unwrap_or_else(|| String::from_utf8_lossy(&bytes)));
        was_encoded = true;
        rest = after;
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_decoded() {
        assert_eq!(*decode_transfer(Some("Quoted-Printable"), b"a=\r\nb =3D =A3=zz"), *b"ab = \xa3=zz");
        assert_eq!(decode_words("Re: =?iso-8859-1?Q?=A35_a?= =?utf-8?B?w6k=?= end"), "Re: £5 aé end");
        assert_eq!(decode_words("=?ISO-8859-14*cy?Q?D=FEdd_y_D=F0r?="), "Dŷdd y Dŵr");
        assert_eq!(decode_words("=?cp850?Q?a=82?="), "a\u{fffd}", "letters of another charset are not guessed");
        assert_eq!(decode_words("=?x"), "=?x");
    }
}
