//! What a picture's metadata says of people and places: in XMP and IPTC, and in the words that PNG names.

use memchr::memmem::Finder;

/// What kinds of things a picture's metadata holds, never the things themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MetadataKinds {
    /// Where it was taken.
    pub location: bool,
    /// Who took, owns or is in it.
    pub name: bool,
    /// Words about it.
    pub description: bool,
}

impl MetadataKinds {
    /// Takes in what another part of the file holds.
    pub(crate) fn add(&mut self, other: Self) {
        self.location |= other.location;
        self.name |= other.name;
        self.description |= other.description;
    }

    /// What is held, in words; nothing where nothing is.
    #[must_use]
    pub(crate) fn words(self) -> Option<&'static str> {
        Some(match (self.location, self.name, self.description) {
            (true, true, _) => "the place where it was taken and somebody's name",
            (true, false, _) => "the place where it was taken",
            (false, true, _) => "somebody's name",
            (false, false, true) => "a description",
            (false, false, false) => return None,
        })
    }
}

/// What an XMP packet holds, told by the names of its properties.
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

/// What the IPTC records in a Photoshop block of a JPEG hold.
#[must_use]
pub(crate) fn of_iptc(block: &[u8]) -> MetadataKinds {
    let mut held = MetadataKinds::default();
    let mut rest = block;
    // A record: the mark, its book and number, its length in two bytes, and its words.
    while let Some(at) = memchr::memchr(0x1c, rest) {
        let Some([_, book, number, high, low]) = rest.get(at..at + 5) else { break };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if *book == 2 && length > 0 && rest.len() >= at + 5 + length {
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

/// What a text in a PNG holds, by its keyword.
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
