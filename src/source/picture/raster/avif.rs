//! AVIF: nested boxes (ISO/IEC 14496-12). Its metadata is stored between the pixels and referred to by offsets, so it
//! is detected but not removed.

use std::ops::Range;

use super::metadata::{self, MetadataKinds};
use super::{Damage, PictureContents, bytes_at, end_of, exif, u32_be};

/// Maximum depth of boxes that are read.
const DEEPEST: usize = 8;

/// A box: its kind, and the range of its content.
struct AvifBox {
    kind: [u8; 4],
    data: Range<usize>,
}

/// Reads an AVIF file: its size, and whether it has metadata.
///
/// # Errors
///
/// If its boxes do not fill the file, or it has no image.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut inside = PictureContents::default();
    // Ranges of boxes still to be read, with their depth.
    let mut pending = vec![(0..bytes.len(), 0)];
    while let Some((range, depth)) = pending.pop() {
        let mut at = range.start;
        while at < range.end {
            let (found, end) = read_box(&bytes[..range.end], at)?;
            at = end;
            let data = found.data.clone();
            match &found.kind {
                // Their content starts with a version and flags.
                b"meta" | b"iinf" if depth < DEEPEST => {
                    let counted = if &found.kind == b"iinf" { items_start(bytes, &data)? } else { 4 };
                    pending.push((end_of(&bytes[..data.end], data.start, counted)?..data.end, depth + 1));
                }
                b"iprp" | b"ipco" | b"moov" | b"trak" if depth < DEEPEST => pending.push((data, depth + 1)),
                b"ispe" => {
                    let (width, height) = (u32_be(bytes, data.start + 4)?, u32_be(bytes, data.start + 8)?);
                    inside.size = (inside.size.0.max(width), inside.size.1.max(height));
                }
                b"infe" => inside.is_bound |= is_metadata(&bytes[data]),
                b"uuid" | b"udta" | b"xml " | b"Exif" => inside.is_bound = true,
                _ => {}
            }
        }
    }
    if inside.size.0 == 0 || inside.size.1 == 0 {
        return Err(Damage::Broken);
    }
    if inside.is_bound {
        inside.held = held(bytes);
    }
    inside.keep(0..bytes.len());
    Ok(inside)
}

/// Reads the box at a place. Also returns the start of the next one.
fn read_box(bytes: &[u8], at: usize) -> Result<(AvifBox, usize), Damage> {
    let kind = bytes_at(bytes, at + 4)?;
    let (header, length) = match u32_be(bytes, at)? as usize {
        0 => (8, bytes.len() - at),
        1 => {
            let length = u64::from_be_bytes(bytes_at(bytes, at + 8)?);
            (16, usize::try_from(length).map_err(|_| Damage::CutShort)?)
        }
        length => (8, length),
    };
    if length < header {
        return Err(Damage::Broken);
    }
    let end = end_of(bytes, at, length)?;
    Ok((AvifBox { kind, data: at + header..end }, end))
}

/// Number of bytes before the entries of the list of items.
fn items_start(bytes: &[u8], data: &Range<usize>) -> Result<usize, Damage> {
    let [version] = bytes_at(&bytes[..data.end], data.start)?;
    Ok(if version == 0 { 6 } else { 8 })
}

/// Whether an entry of the list of items is metadata: EXIF, or text such as XMP.
fn is_metadata(entry: &[u8]) -> bool {
    // An entry has a version and flags, the item's number in two or four bytes, two bytes about protection, and its
    // kind. Entries of the first two versions do not have a kind.
    let at = match entry.first() {
        Some(2) => 8,
        Some(3) => 10,
        _ => return true,
    };
    matches!(entry.get(at..at + 4), Some(b"Exif" | b"mime" | b"uri "))
}

/// The kinds of metadata in the file. Metadata may be anywhere between the pixels, and is found by its markers.
fn held(bytes: &[u8]) -> MetadataKinds {
    let mut held = metadata::of_xmp(bytes);
    let marks = [b"II*\0".as_slice(), b"MM\0*"];
    for mark in marks {
        // Pixels may contain the marker by chance, so several are tried.
        for at in memchr::memmem::find_iter(bytes, mark).take(16) {
            held.add(exif::read(&bytes[at..]).held);
        }
    }
    held
}
