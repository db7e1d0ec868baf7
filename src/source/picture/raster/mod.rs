//! Pictures made of pixels: how large they are, what they hold besides, and what of them is published.
//!
//! Only the containers are read, never the pixels: each reader walks over the parts of a file by their lengths and says
//! which are kept. What it does not know is not kept, or the file is damaged; so nothing is published by oversight.

mod avif;
mod exif;
mod gif;
mod jpeg;
mod metadata;
mod png;
mod webp;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

pub(crate) use self::metadata::MetadataKinds;
use super::format::PictureFormat;

/// What was read of a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct PictureContents {
    /// Its width and height in pixels, before it is turned.
    pub size: (u32, u32),
    /// What is said in it of people and places.
    pub held: MetadataKinds,
    /// Whether it holds metadata that cannot be removed.
    pub is_bound: bool,
    parts: Vec<PublishedPart>,
}

/// A part of what is published.
#[derive(Clone, Debug)]
enum PublishedPart {
    /// Bytes of the file.
    Kept(Range<usize>),
    /// Bytes that stand in place of some that are not kept.
    Made(Vec<u8>),
}

impl PublishedPart {
    /// How many bytes it has.
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Made(bytes) => bytes.len(),
        }
    }
}

/// Why a file is not the picture that it begins as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// It ends before the picture does.
    CutShort,
    /// Something in it is not what the format has there.
    Broken,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CutShort => "it ends before the picture does",
            Self::Broken => "it is damaged",
        })
    }
}

impl PictureContents {
    /// Keeps some bytes of the file.
    fn keep(&mut self, bytes: Range<usize>) {
        match self.parts.last_mut() {
            Some(PublishedPart::Kept(before)) if before.end == bytes.start => before.end = bytes.end,
            _ => self.parts.push(PublishedPart::Kept(bytes)),
        }
    }

    /// Adds parts.
    fn extend(&mut self, parts: impl IntoIterator<Item = PublishedPart>) {
        for part in parts {
            match part {
                PublishedPart::Kept(range) => self.keep(range),
                PublishedPart::Made(bytes) => self.make(bytes),
            }
        }
    }

    /// Puts some bytes there.
    fn make(&mut self, bytes: Vec<u8>) {
        self.parts.push(PublishedPart::Made(bytes));
    }

    /// What is published of the file; nothing where that is all of it.
    #[must_use]
    pub(crate) fn published(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if let [PublishedPart::Kept(all)] = &self.parts[..]
            && *all == (0..bytes.len())
        {
            return None;
        }
        let parts = self.parts.iter().map(|part| match part {
            PublishedPart::Kept(range) => bytes.get(range.clone()).unwrap_or_default(),
            PublishedPart::Made(made) => made,
        });
        let published = parts.collect::<Vec<_>>().concat();
        (published != bytes).then_some(published)
    }
}

/// Reads a picture that [`PictureFormat::detect`] told the format of.
///
/// # Errors
///
/// Where it cannot be read to its end.
pub(crate) fn read(format: PictureFormat, bytes: &[u8]) -> Result<PictureContents, Damage> {
    match format {
        PictureFormat::Png => png::read(bytes),
        PictureFormat::Jpeg => jpeg::read(bytes),
        PictureFormat::Gif => gif::read(bytes),
        PictureFormat::Webp => webp::read(bytes),
        PictureFormat::Avif => avif::read(bytes),
        PictureFormat::Svg => Err(Damage::Broken),
    }
}

/// `N` bytes at a place.
fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Damage> {
    let end = at.checked_add(N).ok_or(Damage::CutShort)?;
    bytes.get(at..end).ok_or(Damage::CutShort)?.try_into().map_err(|_| Damage::CutShort)
}

/// A number of two bytes, the higher first.
fn u16_be(bytes: &[u8], at: usize) -> Result<u16, Damage> {
    bytes_at(bytes, at).map(u16::from_be_bytes)
}

/// A number of four bytes, the highest first.
fn u32_be(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    bytes_at(bytes, at).map(u32::from_be_bytes)
}

/// A number of two bytes, the lower first.
fn u16_le(bytes: &[u8], at: usize) -> Result<u16, Damage> {
    bytes_at(bytes, at).map(u16::from_le_bytes)
}

/// A number of four bytes, the lowest first.
fn u32_le(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    bytes_at(bytes, at).map(u32::from_le_bytes)
}

/// The end of a part that begins at `at`, which the file must reach.
fn end_of(bytes: &[u8], at: usize, length: usize) -> Result<usize, Damage> {
    at.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Damage::CutShort)
}
