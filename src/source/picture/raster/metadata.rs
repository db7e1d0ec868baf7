//! Kinds of metadata about people and places: in XMP, in IPTC, and in PNG's text chunks.

use memchr::memmem::Finder;

/// The kinds of metadata in a picture, never the metadata itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MetadataKinds {
    /// The place where it was taken.
    pub location: bool,
    /// The name of a person who took it, owns it or is in it.
    pub name: bool,
    /// A title, description or comment.
    pub description: bool,
}

impl MetadataKinds {
    /// Adds the kinds found in another part of the file.
    pub(crate) fn add(&mut self, other: Self) {
        self.location |= other.location;
        self.name |= other.name;
        self.description |= other.description;
    }

    /// The kinds in words, for messages. `None` if there are none.
    #[must_use]
    pub(crate) fn words(self) -> Option<&'static str> {
        Some(match (self.location, self.name, self.description) {
            (true, true, _) => "where it was taken and a person's name",
            (true, false, _) => "where it was taken",
            (false, true, _) => "a person's name",
            (false, false, true) => "a description",
            (false, false, false) => return None,
        })
    }
}

/// The kinds in an XMP packet, by the names of its properties.
#[must_use]
pub(crate) fn of_xmp(packet: &[u8]) -> MetadataKinds {
    let has = |names: &[&str]| names.iter().any(|name| Finder::new(name).find(packet).is_some());
    MetadataKinds {
        location: has(&[
            "GPSLatitude",
            "GPSLongitude",
            "photoshop:City",
            "Iptc4xmpCore:Location",
            "LocationCreated",
            "LocationShown",
        ]),
        name: has(&[
            "dc:creator",
            "OwnerName",
            "CreatorContactInfo",
            "PersonInImage",
            "PersonDisplayName",
            "mwg-rs:Name",
            "dc:rights",
        ]),
        description: has(&["dc:description", "dc:title", "photoshop:Headline"]),
    }
}

/// The kinds in the IPTC records of a JPEG's Photoshop block.
#[must_use]
pub(crate) fn of_iptc(block: &[u8]) -> MetadataKinds {
    let mut held = MetadataKinds::default();
    let mut rest = block;
    // A record has a marker, a record number, a data set number, a length in two bytes, and text.
    while let Some(at) = memchr::memchr(0x1c, rest) {
        let Some([_, record, number, high, low]) = rest.get(at..at + 5) else { break };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if *record == 2 && length > 0 && rest.len() >= at + 5 + length {
            match number {
                26 | 27 | 90 | 92 | 95 | 100 | 101 => held.location = true,
                80 | 110 | 116 | 118 | 122 => held.name = true,
                5 | 105 | 120 => held.description = true,
                _ => {}
            }
            rest = &rest[at + 5 + length..];
        } else {
            rest = &rest[at + 1..];
        }
    }
    held
}

/// The kinds in a PNG text chunk, by its keyword.
#[must_use]
pub(crate) fn of_keyword(keyword: &[u8]) -> MetadataKinds {
    match keyword.to_ascii_lowercase().as_slice() {
        b"author" | b"artist" | b"creator" | b"copyright" | b"owner" => {
            MetadataKinds { name: true, ..MetadataKinds::default() }
        }
        b"location" | b"gps" => MetadataKinds { location: true, ..MetadataKinds::default() },
        b"title" | b"description" | b"comment" | b"disclaimer" => {
            MetadataKinds { description: true, ..MetadataKinds::default() }
        }
        _ => MetadataKinds::default(),
    }
}
