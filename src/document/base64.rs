//! Base64, in which emails and web pages carry files.

/// Decodes base64. Characters that are none of its alphabet are skipped.
#[must_use]
pub(super) fn base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_outside_the_alphabet_are_skipped() {
        assert_eq!(base64(b"SGVsbG8s\r\nIHdvcmxk"), b"Hello, world");
        assert_eq!(base64(b"SGk=SGk="), b"Hi");
        assert_eq!(base64(b""), b"");
    }
}
