//! WebP: a RIFF file of chunks with kind and length.

use std::ops::Range;

use super::{Damage, PictureContents, PublishedPart, end_of, exif, metadata, u16_le, u32_le};

/// Length of the file's header, in bytes.
const HEADER: usize = 12;
/// Length of a chunk's kind and length, in bytes.
const CHUNK: usize = 8;
/// Length of a frame's header before its chunks, in bytes.
const FRAME: usize = 16;

/// Flag of the `VP8X` chunk: the file has EXIF.
const HAS_EXIF: u8 = 0x08;
/// Flag of the `VP8X` chunk: the file has XMP.
const HAS_XMP: u8 = 0x04;

/// A chunk: its kind, its whole range, and the range of its content.
struct WebpChunk {
    kind: [u8; 4],
    whole: Range<usize>,
    data: Range<usize>,
}

/// The chunks in a range of a file.
fn chunks(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = Result<WebpChunk, Damage>> {
    let mut at = within.start;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over || at >= within.end {
            return None;
        }
        let read = chunk(&bytes[..within.end], at);
        match &read {
            Ok(chunk) => at = chunk.whole.end,
            Err(_) => is_over = true,
        }
        Some(read)
    })
}

fn chunk(bytes: &[u8], at: usize) -> Result<WebpChunk, Damage> {
    let kind = u32_le(bytes, at)?.to_le_bytes();
    let data = at + CHUNK..end_of(bytes, at + CHUNK, u32_le(bytes, at + 4)? as usize)?;
    // A chunk of odd length is padded with one byte, which may be missing at the end of the file.
    let end = (data.end + data.len() % 2).min(bytes.len());
    Ok(WebpChunk { kind, whole: at..end, data })
}

/// Reads a WebP. Keeps its images, their colours, and its orientation. Drops everything after its end.
///
/// # Errors
///
/// If it cannot be read to its end.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut inside = PictureContents::default();
    let end = end_of(bytes, CHUNK, u32_le(bytes, 4)? as usize)?;
    let (mut orientation, mut flags_of, mut has_image) = (None, None, false);
    for chunk in chunks(bytes, HEADER..end) {
        let WebpChunk { kind, whole, data } = chunk?;
        let held = bytes.get(data.clone()).unwrap_or_default();
        match &kind {
            b"VP8X" => {
                inside.size = (1 + u24(held, 4)?, 1 + u24(held, 7)?);
                flags_of = Some(inside.parts.len());
                inside.make(bytes[whole].to_vec());
            }
            b"VP8 " | b"VP8L" => {
                if flags_of.is_none() {
                    inside.size = size(kind, held)?;
                }
                has_image = true;
                inside.keep(whole);
            }
            b"ICCP" | b"ALPH" | b"ANIM" => inside.keep(whole),
            b"ANMF" => {
                has_image = true;
                keep_frame(&mut inside, bytes, whole, data)?;
            }
            b"EXIF" => {
                // Some programs write JPEG's prefix before the block.
                let exif = exif::read(held.strip_prefix(b"Exif\0\0").unwrap_or(held));
                inside.held.add(exif.held);
                orientation = orientation.or(exif.orientation);
            }
            b"XMP " => inside.held.add(metadata::of_xmp(held)),
            _ => {}
        }
    }
    if !has_image {
        return Err(Damage::Broken);
    }
    if let Some(PublishedPart::Made(header)) = flags_of.and_then(|at| inside.parts.get_mut(at)) {
        let kept = if orientation.is_some() { HAS_EXIF } else { 0 };
        header[CHUNK] = header[CHUNK] & !(HAS_EXIF | HAS_XMP) | kept;
        if let Some(orientation) = orientation {
            inside.make(written(*b"EXIF", &exif::of_orientation(orientation)));
        }
    }
    close(&mut inside);
    Ok(inside)
}

/// Adds the header, with the total length, before the parts.
fn close(inside: &mut PictureContents) {
    let rest = std::mem::take(&mut inside.parts);
    let length: usize = rest.iter().map(PublishedPart::len).sum();
    let length = u32::try_from(4 + length).unwrap_or_default();
    inside.make([b"RIFF", &length.to_le_bytes()[..], b"WEBP"].concat());
    inside.extend(rest);
}

/// Keeps the image chunks of a frame.
fn keep_frame(
    inside: &mut PictureContents,
    bytes: &[u8],
    whole: Range<usize>,
    data: Range<usize>,
) -> Result<(), Damage> {
    let start = end_of(&bytes[..data.end], data.start, FRAME)?;
    let mut kept = bytes[data.start..start].to_vec();
    let mut is_all = true;
    for chunk in chunks(bytes, start..data.end) {
        let chunk = chunk?;
        if matches!(&chunk.kind, b"ALPH" | b"VP8 " | b"VP8L") {
            kept.extend_from_slice(&bytes[chunk.whole]);
        } else {
            is_all = false;
        }
    }
    if is_all {
        inside.keep(whole);
    } else {
        inside.make(written(*b"ANMF", &kept));
    }
    Ok(())
}

/// Writes a chunk.
fn written(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_le_bytes();
    [&kind[..], &length, data, &[0][..data.len() % 2]].concat()
}

/// The size in an image chunk: after the start code for VP8, and in two fields of 14 bits for VP8L.
fn size(kind: [u8; 4], data: &[u8]) -> Result<(u32, u32), Damage> {
    if &kind == b"VP8 " {
        let side = |at| u16_le(data, at).map(|side| u32::from(side & 0x3fff));
        return Ok((side(6)?, side(8)?));
    }
    let bits = u32_le(data, 1)?;
    Ok((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)))
}

/// Reads a little-endian 24-bit number.
fn u24(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    let low = u16_le(bytes, at)?;
    let high = *bytes.get(at + 2).ok_or(Damage::CutShort)?;
    Ok(u32::from(low) | u32::from(high) << 16)
}
