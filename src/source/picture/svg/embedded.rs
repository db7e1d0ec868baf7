//! Pictures embedded in an SVG as `data:` addresses.

use super::xml::{XmlNode, XmlNodes, is_xml_space};
use crate::source::picture::format::PictureFormat;
use crate::source::picture::raster::{self, PictureContents};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Decodes the picture in a `data:` address: its bytes and contents.
///
/// # Errors
///
/// The reason why it must not be published: it is not PNG, JPEG, GIF or WebP, not what it claims to be, or damaged.
pub(crate) fn read(address: &str) -> Result<(Vec<u8>, PictureContents), String> {
    let (kind, digits) = address
        .strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
        .ok_or("it is not encoded as base64")?;
    let format = match kind.trim().to_ascii_lowercase().as_str() {
        "image/png" => PictureFormat::Png,
        "image/jpeg" | "image/jpg" => PictureFormat::Jpeg,
        "image/gif" => PictureFormat::Gif,
        "image/webp" => PictureFormat::Webp,
        _ => return Err("it is not PNG, JPEG, GIF or WebP".to_owned()),
    };
    let bytes = decode(digits).ok_or("its base64 cannot be read")?;
    if PictureFormat::detect(&bytes) != Some(format) {
        return Err(format!("it is labelled as a {}, but is not one", format.name()));
    }
    let inside = raster::read(format, &bytes).map_err(|damage| damage.to_string())?;
    Ok((bytes, inside))
}

/// Removes metadata from embedded pictures. `None` if there is none. The SVG must have passed [`super::check()`].
#[must_use]
pub(crate) fn without_metadata(text: &str) -> Option<String> {
    if !text.contains("data:") {
        return None;
    }
    let (mut cleaned, mut end) = (String::new(), 0);
    for node in XmlNodes::new(text).map_while(Result::ok) {
        let XmlNode::Start(element) = node else { continue };
        for attribute in element.attributes.iter().filter(|attribute| matches!(attribute.local, "href" | "src")) {
            let value = attribute.value.trim_matches(is_xml_space);
            let Ok((bytes, inside)) = read(value) else { continue };
            let Some(published) = inside.published(&bytes) else { continue };
            cleaned.push_str(&text[end..attribute.written.start as usize]);
            cleaned.push_str(value.split(',').next().unwrap_or_default());
            cleaned.push(',');
            encode(&published, &mut cleaned);
            end = attribute.written.end as usize;
        }
    }
    (end > 0).then(|| cleaned + &text[end..])
}

/// Decodes base64, ignoring white space.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    let digits = text.trim_end_matches(|c: char| c == '=' || c.is_ascii_whitespace());
    for byte in digits.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(held.checked_shr(bits)?.to_le_bytes()[0]);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

/// Encodes base64.
fn encode(bytes: &[u8], text: &mut String) {
    for three in bytes.chunks(3) {
        let held = three.iter().fold(0, |held, byte| held << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for index in 0..4 {
            let digit = DIGITS[held >> (18 - 6 * index) & 63];
            text.push(if index <= three.len() { char::from(digit) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, RelPath};

    #[test]
    fn base64_is_read_and_written() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            let mut written = String::new();
            encode(bytes.as_bytes(), &mut written);
            assert_eq!(written, text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(decode("Zm\n 9v").as_deref(), Some(b"foo".as_slice()));
        assert_eq!(decode("Zm9$"), None);
    }

    #[test]
    fn metadata_of_embedded_pictures_is_removed() {
        let plain = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mP4DwQACfsD/Wj6HMwAAAAASUVORK5CYII=";
        let mut bytes = decode(plain).unwrap();
        bytes.splice(33..33, *b"\0\0\0\x08tEXtAuthor\0Jcrc.");
        let mut written = String::new();
        encode(&bytes, &mut written);
        let svg = |digits: &str| format!("<svg><image href=\" data:image/png;base64,{digits}\"/><g/></svg>");
        let codes = |text: &str| {
            let found = super::super::check(&RelPath::new("a.svg"), text);
            found.into_iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&svg(&written)), [Code::PictureMetadata]);
        let published = without_metadata(&svg(&written)).unwrap();
        assert_eq!(published, svg(plain).replace("\" data", "\"data"));
        assert_eq!((without_metadata(&published), codes(&published)), (None, Vec::new()));
    }
}
