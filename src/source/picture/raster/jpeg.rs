//! JPEG: segments with markers and lengths, and the pixels between them.

use std::ops::Range;

use super::{Damage, PictureContents, PublishedPart, end_of, exif, metadata, u16_be};

/// The relevant markers (ITU-T T.81, table B.1).
mod marker {
    pub(crate) const END: u8 = 0xd9;
    pub(crate) const SCAN: u8 = 0xda;
    pub(crate) const APP0: u8 = 0xe0;
    pub(crate) const APP1: u8 = 0xe1;
    pub(crate) const APP2: u8 = 0xe2;
    pub(crate) const APP13: u8 = 0xed;
    pub(crate) const APP14: u8 = 0xee;
    pub(crate) const APP15: u8 = 0xef;
    pub(crate) const COMMENT: u8 = 0xfe;
}

/// Length of a JFIF segment without its thumbnail, in bytes.
const JFIF: usize = 14;
/// Length of Adobe's colour segment, in bytes.
const ADOBE: usize = 12;

/// Reads a JPEG. Keeps what its pixels and colours need, and its orientation. Drops everything after its first picture.
///
/// # Errors
///
/// If it cannot be read to the end of its first picture.
pub(crate) fn read(bytes: &[u8]) -> Result<PictureContents, Damage> {
    let mut walk = JpegWalker::default();
    let mut at = 2;
    while let Some(next) = walk.step(bytes, at)? {
        at = next;
    }
    let mut inside = walk.inside;
    if !walk.has_scan || inside.size.0 == 0 {
        return Err(Damage::Broken);
    }
    let rest = std::mem::take(&mut inside.parts);
    inside.keep(0..2);
    inside.extend(walk.jfif);
    if let Some(orientation) = inside.orientation {
        inside.make(app1(orientation));
    }
    inside.extend(rest);
    Ok(inside)
}

/// The state of reading a file. Parts that come first in the published file are stored separately.
#[derive(Default)]
struct JpegWalker {
    inside: PictureContents,
    jfif: Option<PublishedPart>,
    has_scan: bool,
}

impl JpegWalker {
    /// Reads the segment at `at`. Returns the start of the next one, or `None` at the end of the picture.
    fn step(&mut self, bytes: &[u8], at: usize) -> Result<Option<usize>, Damage> {
        if *bytes.get(at).ok_or(Damage::CutShort)? != 0xff {
            return Err(Damage::Broken);
        }
        // Any number of 0xff may come before a marker.
        let filled = bytes[at..].iter().take_while(|byte| **byte == 0xff).count();
        let at = at + filled - 1;
        let marker = *bytes.get(at + 1).ok_or(Damage::CutShort)?;
        if marker == marker::END {
            self.inside.keep(at..at + 2);
            return Ok(None);
        }
        // Tables, frames, scans, application segments and comments. Other markers are reserved or belong to other
        // formats.
        if !matches!(marker, 0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdd | marker::APP0..=marker::APP15 | marker::COMMENT) {
            return Err(Damage::Broken);
        }
        let end = end_of(bytes, at + 2, usize::from(u16_be(bytes, at + 2)?))?;
        let body = bytes.get(at + 4..end).ok_or(Damage::Broken)?;
        match marker {
            marker::APP0 if body.starts_with(b"JFIF\0") && body.len() >= JFIF => {
                self.jfif = self.jfif.take().or_else(|| Some(jfif(body, at..end)));
            }
            marker::APP2 if body.starts_with(b"ICC_PROFILE\0") => self.inside.keep(at..end),
            marker::APP14 if body.starts_with(b"Adobe") && body.len() == ADOBE => self.inside.keep(at..end),
            marker::APP14 if body.starts_with(b"Adobe") && body.len() > ADOBE => {
                self.inside.make([&[0xff, marker::APP14, 0, 14], &body[..ADOBE]].concat());
            }
            marker::APP0..=marker::APP15 | marker::COMMENT => self.note(marker, body),
            marker::SCAN => {
                self.has_scan = true;
                let pixels = scan_end(bytes, end)?;
                self.inside.keep(at..pixels);
                return Ok(Some(pixels));
            }
            _ => {
                if (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xcc) {
                    self.inside.size = (u16_be(body, 3)?.into(), u16_be(body, 1)?.into());
                }
                self.inside.keep(at..end);
            }
        }
        Ok(Some(end))
    }

    /// Records the metadata of a segment that is not kept.
    fn note(&mut self, marker: u8, body: &[u8]) {
        let held = &mut self.inside.held;
        if marker == marker::APP1
            && let Some(block) = body.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..))
        {
            let exif = exif::read(block);
            held.add(exif.held);
            self.inside.orientation = self.inside.orientation.or(exif.orientation);
        } else if marker == marker::APP1 && body.starts_with(b"http://ns.adobe.com/") {
            held.add(metadata::of_xmp(body));
        } else if marker == marker::APP13 {
            held.add(metadata::of_iptc(body));
        }
    }
}

/// The JFIF segment without its thumbnail.
fn jfif(body: &[u8], segment: Range<usize>) -> PublishedPart {
    if body.len() == JFIF && body[JFIF - 2..] == [0, 0] {
        return PublishedPart::Kept(segment);
    }
    let mut bytes = vec![0xff, marker::APP0, 0, 16];
    bytes.extend_from_slice(&body[..JFIF - 2]);
    bytes.extend([0, 0]);
    PublishedPart::Made(bytes)
}

/// An EXIF segment with only an orientation.
fn app1(orientation: u8) -> Vec<u8> {
    let block = exif::of_orientation(orientation);
    let length = u16::try_from(2 + 6 + block.len()).unwrap_or_default().to_be_bytes();
    [&[0xff, marker::APP1], &length[..], b"Exif\0\0", &block].concat()
}

/// The end of the pixels that start at `from`: the next marker that does not belong to them.
fn scan_end(bytes: &[u8], from: usize) -> Result<usize, Damage> {
    let mut at = from;
    loop {
        at += memchr::memchr(0xff, &bytes[at..]).ok_or(Damage::CutShort)?;
        match bytes.get(at + 1).ok_or(Damage::CutShort)? {
            // An escaped 0xff in the pixels, or a restart marker.
            0x00 | 0xd0..=0xd7 => at += 2,
            _ => return Ok(at),
        }
    }
}
