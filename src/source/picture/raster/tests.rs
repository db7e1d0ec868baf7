//! Builds pictures with metadata, and checks that only their pixels and colour profiles are published.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Rgba, RgbaImage};

use super::{Damage, MetadataKinds, PictureContents, PictureFormat, exif, read};

/// Text that must not be in any published picture.
const SECRET: &str = "Jane Smith 943 476 5919";

/// A picture with several colours.
fn picture() -> RgbaImage {
    RgbaImage::from_fn(24, 16, |x, y| {
        let part = |n: u32| u8::try_from(n % 256).unwrap();
        Rgba([part(x * 10), part(y * 15), part(x * y), 255])
    })
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgba8(picture());
    let image = if format == ImageFormat::Jpeg { image.to_rgb8().into() } else { image };
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture's decoded pixels and colour profile.
fn decoded(bytes: &[u8]) -> (Vec<u8>, Option<Vec<u8>>) {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
    let mut decoder = reader.into_decoder().unwrap();
    let profile = decoder.icc_profile().unwrap();
    (DynamicImage::from_decoder(decoder).unwrap().into_rgba8().into_raw(), profile)
}

/// An EXIF block with an orientation, a name, and a place.
fn full_exif() -> Vec<u8> {
    let mut block = b"II\x2a\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        [head, count.to_le_bytes().to_vec(), value.to_le_bytes().to_vec()].concat()
    };
    let after = 8 + 2 + 3 * 12 + 4;
    block.extend([3, 0]);
    block.extend(entry(0x0112, 3, 1, 6));
    block.extend(entry(0x013b, 2, u32::try_from(SECRET.len()).unwrap(), after + 2 + 12 + 4));
    block.extend(entry(0x8825, 4, 1, after));
    block.extend([0; 4]);
    // The GPS directory: a latitude.
    block.extend([1, 0]);
    block.extend(entry(2, 5, 3, after + 2 + 12 + 4));
    block.extend([0; 4]);
    block.extend(SECRET.as_bytes());
    block
}

/// A segment of a JPEG.
fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

/// A chunk of a PNG.
fn png_chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    super::png::chunk(kind.try_into().unwrap(), body)
}

/// A chunk of a WebP.
fn riff_chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [kind, &length[..], body, &[0][..body.len() % 2]].concat()
}

const PROFILE: &[u8] = include_bytes!("profile.icc");

fn jpeg() -> Vec<u8> {
    let plain = encoded(ImageFormat::Jpeg);
    let profile = [b"ICC_PROFILE\0\x01\x01".as_slice(), PROFILE].concat();
    let exif = [b"Exif\0\0".as_slice(), &full_exif()].concat();
    let iptc =
        [b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0a".as_slice(), SECRET.as_bytes()].concat();
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x><dc:creator>{SECRET}</dc:creator></x>");
    let metadata = [
        segment(0xe1, &exif),
        segment(0xe1, xmp.as_bytes()),
        segment(0xe2, &profile),
        segment(0xe2, format!("MPF\0{SECRET}").as_bytes()),
        segment(0xed, &iptc),
        segment(0xec, format!("Ducky{SECRET}").as_bytes()),
        segment(0xfe, SECRET.as_bytes()),
        vec![0xff, 0xff],
    ];
    // The encoder's own first segment is JFIF's.
    let jfif = 4 + 16;
    [&plain[..jfif], &metadata.concat(), &plain[jfif..], SECRET.as_bytes()].concat()
}

fn png() -> Vec<u8> {
    let plain = encoded(ImageFormat::Png);
    let header = 8 + 25;
    let text = |keyword: &str| png_chunk(b"tEXt", format!("{keyword}\0{SECRET}").as_bytes());
    let compressed = zlib(PROFILE);
    let metadata = [
        text("Author"),
        text("Comment"),
        png_chunk(b"iCCP", &[b"x\0\0".as_slice(), &compressed].concat()),
        png_chunk(b"eXIf", &full_exif()),
        png_chunk(b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLatitude>{SECRET}").as_bytes()),
        png_chunk(b"zTXt", b"Raw profile type exif\0\0x"),
        png_chunk(b"tIME", &[7, 232, 1, 1, 0, 0, 0]),
        png_chunk(b"prVt", SECRET.as_bytes()),
        png_chunk(b"pHYs", &[0, 0, 11, 19, 0, 0, 11, 19, 1]),
    ];
    [&plain[..header], &metadata.concat(), &plain[header..], SECRET.as_bytes()].concat()
}

/// Wraps bytes as zlib data without compression.
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    let check = (b << 16 | a).to_be_bytes();
    [&[0x78, 0x01, 1], &length.to_le_bytes()[..], &(!length).to_le_bytes(), bytes, &check].concat()
}

fn webp() -> Vec<u8> {
    let plain = encoded(ImageFormat::WebP);
    let image = &plain[12..];
    let header = [0x20 | 0x10 | 0x08 | 0x04, 0, 0, 0, 23, 0, 0, 15, 0, 0];
    let chunks = [
        riff_chunk(b"VP8X", &header),
        riff_chunk(b"ICCP", PROFILE),
        image.to_vec(),
        riff_chunk(b"EXIF", &full_exif()),
        riff_chunk(b"XMP ", format!("<dc:creator>{SECRET}").as_bytes()),
        riff_chunk(b"abcd", SECRET.as_bytes()),
    ]
    .concat();
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &chunks, SECRET.as_bytes()].concat()
}

fn gif() -> Vec<u8> {
    let plain = encoded(ImageFormat::Gif);
    let header = 13 + super::gif::colours(plain[10]);
    let comment = [&[0x21, 0xfe, u8::try_from(SECRET.len()).unwrap()], SECRET.as_bytes(), &[0]].concat();
    let plain_text =
        [&[0x21, 0x01, 12][..], &[0; 12], &[u8::try_from(SECRET.len()).unwrap()], SECRET.as_bytes(), &[0]].concat();
    let blocks = [
        [&[0x21, 0xff, 11][..], b"NETSCAPE2.0", &[3, 1, 0, 0, 0]].concat(),
        comment,
        [&[0x21, 0xf9, 4, 0, 0, 0, 0, 0][..], &plain_text].concat(),
        [&[0x21, 0xff, 11][..], b"XMP DataXMP", &[4], b"dc:c", &[0]].concat(),
        [&[0x21, 0xff, 11][..], b"ICCRGBG1012", &[3, 1, 2, 3, 0]].concat(),
    ];
    [&plain[..header], &blocks.concat(), &plain[header..], SECRET.as_bytes()].concat()
}

fn all() -> [(PictureFormat, Vec<u8>); 4] {
    [
        (PictureFormat::Jpeg, jpeg()),
        (PictureFormat::Png, png()),
        (PictureFormat::Webp, webp()),
        (PictureFormat::Gif, gif()),
    ]
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(bytes, words).is_some()
}

/// The orientation in the EXIF block of a published picture.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let at = memchr::memmem::find(bytes, b"MM\0*")?;
    exif::read(&bytes[at..]).orientation
}

#[test]
fn metadata_is_removed_and_pixels_stay() {
    for (format, bytes) in all() {
        let inside = read(format, &bytes).unwrap();
        assert_eq!(inside.size, (24, 16), "{format:?}");
        let published = inside.published(&bytes).unwrap();
        for part in [SECRET, "Smith", "943 476", "dc:creator", "MPF", "Ducky", "prVt", "tIME", "Raw profile", "abcd"] {
            assert!(!contains(&published, part.as_bytes()), "{format:?} contains {part}");
        }
        let before = decoded(&bytes);
        assert_eq!(decoded(&published), before, "{format:?}");
        if format == PictureFormat::Gif {
            assert!(contains(&published, b"NETSCAPE2.0") && contains(&published, b"ICCRGBG1012"));
            assert!(published.len() < bytes.len());
        } else {
            let held = MetadataKinds { name: true, location: true, description: format == PictureFormat::Png };
            assert_eq!((before.1.as_deref(), inside.held), (Some(PROFILE), held), "{format:?}");
            assert_eq!(orientation(&published), Some(6), "{format:?}");
        }
        let again = read(format, &published).unwrap();
        assert_eq!(again.published(&published), None, "{format:?} is clean");
        assert_eq!(again.held, MetadataKinds::default());
    }
}

#[test]
fn pictures_without_metadata_are_published_as_they_are() {
    for (format, kind) in [
        (PictureFormat::Png, ImageFormat::Png),
        (PictureFormat::Jpeg, ImageFormat::Jpeg),
        (PictureFormat::Gif, ImageFormat::Gif),
        (PictureFormat::Webp, ImageFormat::WebP),
    ] {
        let bytes = encoded(kind);
        let inside = read(format, &bytes).unwrap();
        assert_eq!(
            (inside.published(&bytes), inside.held, inside.size),
            (None, MetadataKinds::default(), (24, 16)),
            "{format:?}"
        );
    }
}

#[test]
fn thumbnails_are_removed() {
    let mut bytes = jpeg();
    // JFIF gives the size of the thumbnail that follows.
    let thumbnail = [&[0xff, 0xe0, 0, 16 + 3], &bytes[6..18], &[1, 1], b"abc"].concat();
    bytes.splice(2..20, thumbnail);
    let published = read(PictureFormat::Jpeg, &bytes).unwrap().published(&bytes).unwrap();
    assert!(!contains(&published, b"abc"));
    assert_eq!(&published[2..6], &[0xff, 0xe0, 0, 16]);
    assert_eq!(decoded(&published), decoded(&jpeg()));
}

#[test]
fn frames_of_webp_lose_unknown_chunks() {
    let plain = encoded(ImageFormat::WebP);
    let frame = [
        &[0, 0, 0, 0, 0, 0, 23, 0, 0, 15, 0, 0, 100, 0, 0, 0][..],
        &plain[12..],
        &riff_chunk(b"abcd", SECRET.as_bytes()),
    ];
    let header = [0x02, 0, 0, 0, 23, 0, 0, 15, 0, 0];
    let chunks =
        [riff_chunk(b"VP8X", &header), riff_chunk(b"ANIM", &[0; 6]), riff_chunk(b"ANMF", &frame.concat())].concat();
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    let bytes = [b"RIFF", &length[..], b"WEBP", &chunks].concat();
    let published = read(PictureFormat::Webp, &bytes).unwrap().published(&bytes).unwrap();
    assert!(!contains(&published, SECRET.as_bytes()));
    assert_eq!(decoded(&published), decoded(&bytes));
}

/// A box of an AVIF.
fn cell(kind: &[u8], body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind, &body].concat()
}

fn avif(item: &[u8]) -> Vec<u8> {
    let entry = |kind: &[u8]| cell(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0], kind, b"\0"]);
    let items = cell(b"iinf", &[&[0; 4], &[0, 2], &entry(b"av01"), &entry(item)]);
    let size = cell(b"ispe", &[&[0; 4], &24_u32.to_be_bytes(), &16_u32.to_be_bytes()]);
    let properties = cell(b"iprp", &[&cell(b"ipco", &[&size])]);
    let meta = cell(b"meta", &[&[0; 4], &items, &properties]);
    [cell(b"ftyp", &[b"avif\0\0\0\0avifmif1"]), meta, cell(b"mdat", &[&full_exif()])].concat()
}

#[test]
fn metadata_of_avif_is_found() {
    let plain = read(PictureFormat::Avif, &avif(b"av01")).unwrap();
    assert_eq!((plain.is_bound, plain.size), (false, (24, 16)));
    for item in [b"Exif", b"mime"] {
        let bound = read(PictureFormat::Avif, &avif(item)).unwrap();
        assert!(bound.is_bound && bound.held.location && bound.held.name);
    }
    let bytes = [avif(b"av01"), cell(b"uuid", &[&[0; 16]])].concat();
    assert!(read(PictureFormat::Avif, &bytes).unwrap().is_bound);
    for length in 0..bytes.len() {
        let cut = read(PictureFormat::Avif, &bytes[..length]);
        assert!(cut.is_err() || !cut.is_ok_and(|inside| inside.is_bound), "{length}");
    }
}

#[test]
fn incomplete_files_are_rejected() {
    for (format, bytes) in all() {
        let whole = read(format, &bytes).unwrap().published(&bytes).unwrap();
        for length in 0..whole.len() {
            let cut = read(format, &whole[..length]);
            // The last byte of a GIF may be missing.
            let is_complete = format == PictureFormat::Gif && length + 1 == whole.len();
            assert_eq!(cut.is_ok(), is_complete, "{format:?} of {length} bytes");
        }
    }
    assert_eq!(read(PictureFormat::Png, b"\x89PNG\r\n\x1a\n").err(), Some(Damage::CutShort));
}

#[test]
fn random_bytes_do_not_panic() {
    let mut chance = 1_u64;
    let mut random = move |below: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    let files = all().into_iter().chain([(PictureFormat::Avif, avif(b"Exif"))]);
    for (format, bytes) in files {
        for _ in 0..1000 {
            let mut changed = bytes.clone();
            for _ in 0..=random(4) {
                let at = random(changed.len());
                changed[at] = [0, 1, 0x7f, 0xff, 0xda, u8::try_from(random(256)).unwrap()][random(6)];
            }
            changed.truncate(changed.len() - random(8));
            let inside = read(format, &changed).unwrap_or_else(|_| PictureContents::default());
            assert!(inside.published(&changed).is_none_or(|published| published.len() <= changed.len() + 64));
        }
    }
}

#[test]
fn large_files_take_no_longer_than_they_should() {
    let many = |part: &[u8]| part.repeat(500_000 / part.len());
    for (format, start, part) in [
        (PictureFormat::Jpeg, b"\xff\xd8".as_slice(), b"\xff\xfe\0\x02".as_slice()),
        (PictureFormat::Jpeg, b"\xff\xd8", b"\xff\xff"),
        (PictureFormat::Jpeg, b"\xff\xd8\xff\xda\0\x02", b"\xff\0"),
        (PictureFormat::Gif, b"GIF89a\0\0\0\0\0\0\0", b"\x21\xfe\0"),
        (PictureFormat::Png, b"\x89PNG\r\n\x1a\n\0\0\0\x08IHDR\0\0\0\x01\0\0\0\x01\0\0\0\0", b"\0\0\0\0abcd\0\0\0\0"),
        (PictureFormat::Avif, b"\0\0\0\x14ftypavif\0\0\0\0avif", b"\0\0\0\x08free"),
    ] {
        assert!(read(format, &[start, &many(part)].concat()).is_err());
    }
}
