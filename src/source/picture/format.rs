//! Detects the format of a file from its first bytes.

/// A picture format that pages can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PictureFormat {
    /// PNG, including animated PNG.
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Svg,
}

impl PictureFormat {
    /// The file extensions of each format. The first is the usual one.
    const ENDINGS: &[(Self, &[&str])] = &[
        (Self::Png, &["png"]),
        (Self::Jpeg, &["jpg", "jpeg"]),
        (Self::Gif, &["gif"]),
        (Self::Webp, &["webp"]),
        (Self::Avif, &["avif"]),
        (Self::Svg, &["svg"]),
    ];

    /// The format for a file extension, in any case.
    #[must_use]
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        let known = |endings: &[&str]| endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
        Self::ENDINGS.iter().find(|(_, endings)| known(endings)).map(|(format, _)| *format)
    }

    /// The usual file extension.
    #[must_use]
    pub(crate) fn ending(self) -> &'static str {
        Self::ENDINGS.iter().find(|(format, _)| *format == self).map_or("", |(_, endings)| endings[0])
    }

    /// The name in messages.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG picture",
            Self::Jpeg => "JPEG picture",
            Self::Gif => "GIF picture",
            Self::Webp => "WebP picture",
            Self::Avif => "AVIF picture",
            Self::Svg => "SVG picture",
        }
    }

    /// Detects a format from the first bytes of a file. SVG is text, and is not detected.
    #[must_use]
    pub(crate) fn detect(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ if brands(bytes).any(|brand| matches!(brand, b"avif" | b"avis")) => Some(Self::Avif),
            _ => None,
        }
    }
}

/// The brands of a file made of boxes (MP4, HEIC, AVIF), which name its formats.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = match bytes {
        [a, b, c, d, b'f', b't', b'y', b'p', ..] => u32::from_be_bytes([*a, *b, *c, *d]) as usize,
        _ => 0,
    };
    // Real files have only a few.
    let brands = bytes.get(8..length.min(bytes.len()).min(512)).unwrap_or_default();
    // The second group of four bytes is a version.
    brands.chunks_exact(4).enumerate().filter(|(at, _)| *at != 1).map(|(_, brand)| brand)
}

/// What a file is, in words that follow `this file is`.
#[must_use]
pub(crate) fn described(bytes: &[u8]) -> String {
    if let Some(format) = PictureFormat::detect(bytes) {
        let article = if format == PictureFormat::Avif { "an" } else { "a" };
        return format!("{article} {}", format.name());
    }
    let starts = |start: &[u8]| bytes.starts_with(start);
    let known = if bytes.is_empty() {
        "empty"
    } else if brands(bytes).any(|brand| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1")) {
        "an HEIC picture, the format of iPhones"
    } else if brands(bytes).next().is_some() {
        "a video"
    } else if starts(b"%PDF") {
        "a PDF document"
    } else if starts(b"PK\x03\x04") {
        "a Word, Excel or other Office document, or a ZIP archive"
    } else if starts(b"\xd0\xcf\x11\xe0") {
        "an old Word, Excel or PowerPoint document"
    } else if starts(b"{\\rtf") {
        "a document in RTF"
    } else if starts(b"BM") {
        "a Windows bitmap (BMP)"
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        "a TIFF picture"
    } else if starts(b"8BPS") {
        "a Photoshop document"
    } else if starts(b"%!PS") {
        "a PostScript document"
    } else if starts(b"\xff\x0a") || starts(b"\0\0\0\x0cJXL ") {
        "a JPEG XL picture"
    } else if starts(b"\0\0\x01\0") {
        "an icon (ICO)"
    } else if starts(b"\x1f\x8b") {
        "a compressed (gzip) file"
    } else {
        described_text(bytes)
    };
    known.to_owned()
}

fn described_text(bytes: &[u8]) -> &'static str {
    let start = &bytes[..bytes.len().min(1024)];
    let lower = String::from_utf8_lossy(start).to_ascii_lowercase();
    let begin = lower.trim_start_matches('\u{feff}').trim_start();
    let has = |tag: &str| lower.contains(tag);
    let is_marked_up = begin.starts_with('<');
    if begin.starts_with("<!doctype html") || (is_marked_up && has("<html")) {
        "a web page (HTML)"
    } else if is_marked_up && has("<svg") {
        "an SVG picture"
    } else if is_marked_up && (has("<body") || has("<head") || has("<script")) {
        "a web page (HTML)"
    } else if start.iter().all(|byte| *byte >= b' ' || byte.is_ascii_whitespace()) && std::str::from_utf8(start).is_ok()
    {
        "text"
    } else {
        "not a picture that annal can read"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_recognised_by_their_first_bytes() {
        for (bytes, what) in [
            (b"".as_slice(), "empty"),
            (b"\x89PNG\r\n\x1a\n...", "a PNG picture"),
            (b"\xff\xd8\xff\xe0", "a JPEG picture"),
            (b"GIF89a", "a GIF picture"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP picture"),
            (b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf", "an AVIF picture"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf", "an AVIF picture"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "an HEIC picture, the format of iPhones"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "a video"),
            (b"%PDF-1.7", "a PDF document"),
            (b"  \n<!DOCTYPE html><title>x</title>", "a web page (HTML)"),
            (b"<?xml version='1.0'?><html xmlns='x'>", "a web page (HTML)"),
            (b"<script>x</script>", "a web page (HTML)"),
            (b"<svg xmlns='x'/>", "an SVG picture"),
            (b"hello", "text"),
            (b"\x01\x02\xff\xfe", "not a picture that annal can read"),
            (b"PK\x03\x04", "a Word, Excel or other Office document, or a ZIP archive"),
            (b"RIFF", "text"),
        ] {
            assert_eq!(described(bytes), what, "{bytes:?}");
        }
        assert_eq!(PictureFormat::of_ending("JPEG"), Some(PictureFormat::Jpeg));
        assert_eq!(PictureFormat::of_ending("heic"), None);
        assert_eq!(PictureFormat::Jpeg.ending(), "jpg");
    }
}
