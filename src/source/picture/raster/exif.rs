//! EXIF, which is a TIFF without pixels: the orientation of a picture, and other metadata.

use super::metadata::MetadataKinds;

/// Numbers of the relevant tags in the EXIF standard (CIPA DC-008).
mod tag {
    pub(crate) const DESCRIPTION: u16 = 0x010e;
    pub(crate) const ORIENTATION: u16 = 0x0112;
    pub(crate) const ARTIST: u16 = 0x013b;
    pub(crate) const COPYRIGHT: u16 = 0x8298;
    pub(crate) const EXIF: u16 = 0x8769;
    pub(crate) const GPS: u16 = 0x8825;
    pub(crate) const USER_COMMENT: u16 = 0x9286;
    pub(crate) const XP_TITLE: u16 = 0x9c9b;
    pub(crate) const XP_COMMENT: u16 = 0x9c9c;
    pub(crate) const XP_AUTHOR: u16 = 0x9c9d;
    pub(crate) const XP_SUBJECT: u16 = 0x9c9f;
    pub(crate) const OWNER: u16 = 0xa430;
}

/// Maximum number of entries read from a directory. Cameras write about fifty.
const MOST_ENTRIES: usize = 512;

/// The content of an EXIF block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exif {
    /// The orientation, 2 to 8. `None` if the picture is not rotated or mirrored.
    pub orientation: Option<u8>,
    /// The kinds of other metadata.
    pub held: MetadataKinds,
}

/// An EXIF block in either byte order.
#[derive(Clone, Copy)]
struct ExifBlock<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

/// An entry of a directory.
struct ExifEntry {
    tag: u16,
    count: u32,
    /// Four bytes: the value, or its offset.
    value: [u8; 4],
}

impl ExifBlock<'_> {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    }

    fn at<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    /// The entries of the directory at an offset.
    fn entries(self, offset: [u8; 4]) -> impl Iterator<Item = ExifEntry> {
        let start = self.u32(offset) as usize;
        let count = self.at(start).map_or(0, |count| usize::from(self.u16(count)));
        (0..count.min(MOST_ENTRIES)).map_while(move |index| {
            let at = start.checked_add(2 + 12 * index)?;
            Some(ExifEntry { tag: self.u16(self.at(at)?), count: self.u32(self.at(at + 4)?), value: self.at(at + 8)? })
        })
    }
}

/// Reads an EXIF block, which starts with its byte order. Unreadable parts are ignored.
#[must_use]
pub(crate) fn read(bytes: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let is_little = match bytes {
        [b'I', b'I', 42, 0, ..] => true,
        [b'M', b'M', 0, 42, ..] => false,
        _ => return exif,
    };
    let block = ExifBlock { bytes, is_little };
    let Some(first) = block.at(4) else { return exif };
    let note = |entry: &ExifEntry, held: &mut MetadataKinds| {
        if entry.count == 0 {
            return;
        }
        match entry.tag {
            tag::ARTIST | tag::COPYRIGHT | tag::XP_AUTHOR | tag::OWNER => held.name = true,
            tag::DESCRIPTION | tag::USER_COMMENT | tag::XP_TITLE | tag::XP_COMMENT | tag::XP_SUBJECT => {
                held.description = true;
            }
            _ => {}
        }
    };
    for entry in block.entries(first) {
        note(&entry, &mut exif.held);
        match entry.tag {
            tag::ORIENTATION => {
                let [a, b, ..] = entry.value;
                exif.orientation = u8::try_from(block.u16([a, b])).ok().filter(|value| (2..=8).contains(value));
            }
            tag::EXIF => block.entries(entry.value).for_each(|entry| note(&entry, &mut exif.held)),
            // Tag 0 is only the version.
            tag::GPS => exif.held.location |= block.entries(entry.value).any(|entry| entry.tag > 0),
            _ => {}
        }
    }
    exif
}

/// Writes the smallest EXIF block, with only an orientation.
#[must_use]
pub(crate) fn of_orientation(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0]);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_blocks_are_read_back() {
        for orientation in 2..=8 {
            let expected = Exif { orientation: Some(orientation), held: MetadataKinds::default() };
            assert_eq!(read(&of_orientation(orientation)), expected);
        }
        assert_eq!(read(&of_orientation(1)), Exif::default());
        assert_eq!(read(&of_orientation(9)), Exif::default());
    }

    #[test]
    fn damaged_blocks_are_ignored() {
        let whole = of_orientation(6);
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length]).held, MetadataKinds::default(), "{length}");
        }
        assert_eq!(read(b"MM\0\x2a\xff\xff\xff\xff"), Exif::default());
        assert_eq!(read(b"II\x2a\0\x08\0\0\0\xff\xff"), Exif::default());
    }
}
