//! Raster pictures: their size, their metadata, and the parts that are published.
//!
//! Only the containers are read, never the pixels. Each reader walks over the parts of a file by their lengths, and
//! selects those to keep. An unknown part is dropped or makes the file damaged, so nothing is published by oversight.

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

/// What a reader found in a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct PictureContents {
    /// Width and height in pixels, before any rotation.
    pub size: (u32, u32),
    /// How it is rotated or mirrored when it is shown, 2 to 8 as in EXIF.
    pub orientation: Option<u8>,
    /// Whether it is a sequence of pictures.
    pub is_animated: bool,
    /// The kinds of metadata about people and places.
    pub held: MetadataKinds,
    /// Whether it has metadata that cannot be removed.
    pub is_bound: bool,
    parts: Vec<PublishedPart>,
}

/// A part of the published file.
#[derive(Clone, Debug)]
enum PublishedPart {
    /// A range of the original file.
    Kept(Range<usize>),
    /// New bytes that replace a part of the original.
    Made(Vec<u8>),
}

impl PublishedPart {
    /// Length in bytes.
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::Made(bytes) => bytes.len(),
        }
    }
}

/// Why a picture cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// The file ends too early.
    CutShort,
    /// Part of it does not follow the format.
    Broken,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CutShort => "the end of the file is missing",
            Self::Broken => "the file is damaged",
        })
    }
}

impl PictureContents {
    /// Width and height in pixels as it is shown.
    #[must_use]
    pub(crate) fn shown_size(&self) -> (u32, u32) {
        let (width, height) = self.size;
        if self.orientation.is_some_and(|turned| turned >= 5) { (height, width) } else { (width, height) }
    }

    /// Keeps a range of the file.
    fn keep(&mut self, bytes: Range<usize>) {
        match self.parts.last_mut() {
            Some(PublishedPart::Kept(before)) if before.end == bytes.start => before.end = bytes.end,
            _ => self.parts.push(PublishedPart::Kept(bytes)),
        }
    }

    fn extend(&mut self, parts: impl IntoIterator<Item = PublishedPart>) {
        for part in parts {
            match part {
                PublishedPart::Kept(range) => self.keep(range),
                PublishedPart::Made(bytes) => self.make(bytes),
            }
        }
    }

    /// Adds new bytes.
    fn make(&mut self, bytes: Vec<u8>) {
        self.parts.push(PublishedPart::Made(bytes));
    }

    /// The published bytes. `None` if they are the same as the file.
    #[must_use]
    pub(crate) fn published(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if let [PublishedPart::Kept(all)] = &self.parts[..]
            && *all == (0..bytes.len())
        {
            return None;
        }
        let parts = self.parts.iter().map(|part| match part {
            PublishedPart::Kept(range) => bytes.get(range.clone()).unwrap_or_default(),
            PublishedPart::Made(bytes) => bytes,
        });
        let published = parts.collect::<Vec<_>>().concat();
        (published != bytes).then_some(published)
    }
}

/// Reads a picture of a format that [`PictureFormat::detect`] has detected.
///
/// # Errors
///
/// If it cannot be read to its end.
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

/// Reads `N` bytes.
fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Damage> {
    let end = at.checked_add(N).ok_or(Damage::CutShort)?;
    bytes.get(at..end).ok_or(Damage::CutShort)?.try_into().map_err(|_| Damage::CutShort)
}

/// Reads a big-endian `u16`.
fn u16_be(bytes: &[u8], at: usize) -> Result<u16, Damage> {
    bytes_at(bytes, at).map(u16::from_be_bytes)
}

/// Reads a big-endian `u32`.
fn u32_be(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    bytes_at(bytes, at).map(u32::from_be_bytes)
}

/// Reads a little-endian `u16`.
fn u16_le(bytes: &[u8], at: usize) -> Result<u16, Damage> {
    bytes_at(bytes, at).map(u16::from_le_bytes)
}

/// Reads a little-endian `u32`.
fn u32_le(bytes: &[u8], at: usize) -> Result<u32, Damage> {
    bytes_at(bytes, at).map(u32::from_le_bytes)
}

/// The end of a part of `length` bytes at `at`, which must be within the file.
fn end_of(bytes: &[u8], at: usize, length: usize) -> Result<usize, Damage> {
    at.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Damage::CutShort)
}
