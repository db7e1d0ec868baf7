//! PNG: chunks with length, kind and checksum.

use super::{Damage, PictureContents, end_of, exif, metadata, u32_be};
use crate::source::picture::raster::metadata::MetadataKinds;

/// Length of the signature, in bytes.
const SIGNATURE: usize = 8;

/// Chunks that the pixels and colours need; others are metadata. See the PNG specification, third edition, chapter 11.
const KEPT: &[[u8; 4]] = &[
    *b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"cHRM", *b"gAMA", *b"iCCP", *b"sBIT", *b"sRGB", *b"cICP",
    *b"mDCV", *b"cLLI", *b"bKGD", *b"pHYs", *b"acTL", *b"fcTL", *b"fdAT",
];

/// Reads a PNG. Keeps what its pixels and colours need, and its orientation. Drops everything after its end.
///
/// # Errors
///
/// If it cannot be read to its end, or has an unknown chunk that is marked as critical.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut inside = PictureContents::default();
    inside.keep(0..SIGNATURE);
    let mut at = SIGNATURE;
    let mut has_pixels = false;
    loop {
        let length = u32_be(bytes, at)? as usize;
        let kind = u32_be(bytes, at + 4)?.to_be_bytes();
        let body = at + 8..end_of(bytes, at + 8, length)?;
        let end = end_of(bytes, body.end, 4)?;
        let data = &bytes[body];
        if (at == SIGNATURE) != (&kind == b"IHDR") {
            return Err(Damage::Broken);
        }
        match &kind {
            b"IHDR" => inside.size = (u32_be(data, 0)?, u32_be(data, 4)?),
            b"IDAT" => has_pixels = true,
            b"acTL" => inside.is_animated = true,
            b"eXIf" => {
                let exif = exif::read(data);
                inside.held.add(exif.held);
                inside.orientation = inside.orientation.or(exif.orientation);
            }
            b"tEXt" | b"zTXt" | b"iTXt" => inside.held.add(of_text(data)),
            _ => {}
        }
        if KEPT.contains(&kind) {
            if &kind == b"IEND"
                && let Some(orientation) = inside.orientation
            {
                inside.make(chunk(*b"eXIf", &exif::of_orientation(orientation)));
            }
            inside.keep(at..end);
        } else if kind[0].is_ascii_uppercase() {
            return Err(Damage::Broken);
        }
        if &kind == b"IEND" {
            break;
        }
        at = end;
    }
    if has_pixels && inside.size.0 > 0 && inside.size.1 > 0 { Ok(inside) } else { Err(Damage::Broken) }
}

/// The kinds of metadata in a text chunk.
fn of_text(data: &[u8]) -> MetadataKinds {
    let keyword = data.split(|byte| *byte == 0).next().unwrap_or_default();
    match keyword {
        b"XML:com.adobe.xmp" => metadata::of_xmp(data),
        _ => metadata::of_keyword(keyword),
    }
}

/// Writes a chunk with its length and checksum.
pub(super) fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    let checked = [&kind[..], data].concat();
    [&length[..], &checked, &crc(&checked).to_be_bytes()].concat()
}

/// The checksum of a chunk: CRC-32 (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_follow_the_specification() {
        assert_eq!(chunk(*b"IEND", b""), b"\0\0\0\0IEND\xae\x42\x60\x82");
    }
}
