//! WebP: a RIFF file of chunks, each with its kind and length.

use std::ops::Range;

use super::{Damage, PictureContents, PublishedPart, end_of, exif, metadata, u16_le, u32_le};

/// How long the header of the file is.
const HEADER: usize = 12;
/// How long the kind and length of a chunk are.
const CHUNK: usize = 8;
/// How long what stands before the chunks of a frame is.
const FRAME: usize = 16;

/// Flags of the chunk `VP8X`: that there is EXIF, and that there is XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// A chunk: its kind, all of it, and what it holds.
struct WebpChunk {
    kind: [u8; 4],
    whole: Range<usize>,
    data: Range<usize>,
}

/// The chunks of some part of a file.
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
    // A chunk of odd length has one byte more; the last one may lack it.
    let end = (data.end + data.len() % 2).min(bytes.len());
    Ok(WebpChunk { kind, whole: at..end, data })
}

/// Reads a WebP: keeps its images, their colours, and how it is to be turned.
///
/// # Errors
///
/// Where it cannot be read to its end. What stands behind that is not kept.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut inside = PictureContents::default();
    let end = end_of(bytes, CHUNK, u32_le(bytes, 4)? as usize)?;
    let (mut turned, mut flags_of, mut has_image) = (None, None, false);
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
                // Some programs write what JPEG has before the block.
                let exif = exif::read(held.strip_prefix(b"Exif\0\0").unwrap_or(held));
                inside.held.add(exif.held);
                turned = turned.or(exif.orientation);
            }
            b"XMP " => inside.held.add(metadata::of_xmp(held)),
            _ => {}
        }
    }
    if !has_image {
        return Err(Damage::Broken);
    }
    if let Some(PublishedPart::Made(header)) = flags_of.and_then(|at| inside.parts.get_mut(at)) {
        let kept = if turned.is_some() { HAS_EXIF } else { 0 };
        header[CHUNK] = header[CHUNK] & !(HAS_EXIF | HAS_XMP) | kept;
        if let Some(orientation) = turned {
            inside.make(written(*b"EXIF", &exif::of_orientation(orientation)));
        }
    }
    close(&mut inside);
    Ok(inside)
}

/// Puts the header before the parts, with the length that they have.
fn close(inside: &mut PictureContents) {
    let rest = std::mem::take(&mut inside.parts);
    let length: usize = rest.iter().map(PublishedPart::len).sum();
    let length = u32::try_from(4 + length).unwrap_or_default();
    inside.make([b"RIFF", &length.to_le_bytes()[..], b"WEBP"].concat());
    inside.extend(rest);
}

/// Keeps of a frame what its image is made of.
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

/// A chunk as it is written.
fn written(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default().to_le_bytes();
    [&kind[..], &length, data, &[0][..data.len() % 2]].concat()
}

/// The size of an image that says it itself: of VP8 behind its start code, of VP8L in two times 14 bits.
fn size(kind: [u8; 4], data: &[u8]) -> Result<(u32, u32), Damage> {
    if &kind == b"VP8 " {
        let side = |at| u16_le(data, at).map(|side| u32::from(side & 0x3fff));
        return Ok((side(6)?, side(8)?));
    }
    let bits = u32_le(data, 1)?;
    Ok((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)))
}

/// A number of three bytes, the lowest first.
fn u24(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    let low = u16_le(bytes, at)?;
    let high = *bytes.get(at + 2).ok_or(Damage::CutShort)?;
    Ok(u32::from(low) | u32::from(high) << 16)
}
