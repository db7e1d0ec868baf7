//! GIF: blocks made of pieces, each with its length.

use std::ops::Range;

use super::{Damage, PictureContents, PublishedPart, end_of, u16_le};

/// The bytes that start blocks (`GIF89a`, appendix A).
mod mark {
    pub(crate) const EXTENSION: u8 = 0x21;
    pub(crate) const IMAGE: u8 = 0x2c;
    pub(crate) const END: u8 = 0x3b;
    /// The duration and transparency of an image.
    pub(crate) const CONTROL: u8 = 0xf9;
    pub(crate) const PLAIN_TEXT: u8 = 0x01;
    pub(crate) const APPLICATION: u8 = 0xff;
}

/// Application blocks that the picture needs: the number of repeats, and the colour profile.
const KEPT: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Reads a GIF. Keeps its images with their durations, and its colour profile. Drops everything after its end.
///
/// # Errors
///
/// If it cannot be read to its end.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut inside =
        PictureContents { size: (u16_le(bytes, 6)?.into(), u16_le(bytes, 8)?.into()), ..PictureContents::default() };
    let mut at = end_of(bytes, 13, colours(*bytes.get(10).ok_or(Damage::CutShort)?))?;
    inside.keep(0..at);
    // A control block belongs to the next image or plain text, and is kept or dropped with it.
    let mut control: Option<Range<usize>> = None;
    let mut has_image = false;
    loop {
        match bytes.get(at).copied() {
            Some(mark::EXTENSION) => {
                let kind = *bytes.get(at + 1).ok_or(Damage::CutShort)?;
                let end = blocks_end(bytes, at + 2)?;
                match kind {
                    mark::CONTROL => control = Some(at..end),
                    mark::PLAIN_TEXT => control = None,
                    mark::APPLICATION => {
                        let name = bytes.get(at + 3..at + 14).unwrap_or_default();
                        if bytes[at + 2] == 11 && KEPT.contains(&name) {
                            inside.keep(at..end);
                        } else if name == b"XMP DataXMP" {
                            inside.held.add(super::metadata::of_xmp(&bytes[at..end]));
                        }
                    }
                    _ => {}
                }
                at = end;
            }
            Some(mark::IMAGE) => {
                let colours = colours(*bytes.get(at + 9).ok_or(Damage::CutShort)?);
                // One byte before the pixels is the initial length of their codes.
                let end = blocks_end(bytes, end_of(bytes, at + 10 + 1, colours)?)?;
                inside.extend(control.take().map(PublishedPart::Kept));
                inside.keep(at..end);
                has_image = true;
                at = end;
            }
            // Some programs write zeros between blocks.
            Some(0) => at += 1,
            Some(mark::END) => {
                inside.keep(at..at + 1);
                break;
            }
            // Some programs omit the end marker. All images are present.
            None if has_image => {
                inside.make(vec![mark::END]);
                break;
            }
            None => return Err(Damage::CutShort),
            Some(_) => return Err(Damage::Broken),
        }
    }
    if has_image { Ok(inside) } else { Err(Damage::Broken) }
}

/// Length of a colour table in bytes, from its flags.
pub(super) fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The end of the pieces that start at `at`, including the empty one that ends them.
fn blocks_end(bytes: &[u8], mut at: usize) -> Result<usize, Damage> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or(Damage::CutShort)?);
        at = end_of(bytes, at + 1, length)?;
        if length == 0 {
            return Ok(at);
        }
    }
}
