//! Pictures: whether a file is the picture that its name says, what in it may not be published, and what is published
//! of it.
//!
//! [`check`] says what is wrong, and a picture with an error is left out. [`published`] gives the bytes that go to
//! readers: without metadata, and otherwise as they are.

pub(crate) mod format;
mod raster;
pub(crate) mod svg;

use std::borrow::Cow;
use std::sync::Arc;

use self::format::{PictureFormat, described};
use self::raster::PictureContents;
use super::tree::FileContent;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath};

/// The most bytes that a picture should have.
const HEAVY: usize = 1024 * 1024;
/// The most pixels that a side of it should have.
const WIDE: u32 = 4000;

/// Whether a file's name is that of a picture that pages may show.
#[must_use]
pub(crate) fn is_picture(file: &RelPath) -> bool {
    PictureFormat::of_ending(file.extension()).is_some()
}

/// What is wrong with a picture, or worth knowing of it. One that an error is said of must not be published.
#[must_use]
pub(crate) fn check(file: &RelPath, content: &FileContent) -> Vec<Diagnostic> {
    let Some(format) = PictureFormat::of_ending(file.extension()) else { return Vec::new() };
    let bytes = bytes_of(content);
    let told = |code, message: String, help: &str| Diagnostic::new(code, Location::whole(file), message).help(help);
    let is = PictureFormat::detect(bytes);
    let is_another = match format {
        // An SVG says what it is in its first element.
        PictureFormat::Svg => is.is_some() || bytes.is_empty() || described(bytes).starts_with("a web page"),
        _ => is != Some(format),
    };
    if is_another {
        let message = format!("this file is named `.{}` but it is {}", file.extension(), described(bytes));
        let help = match is {
            _ if bytes.is_empty() => "copy the picture here again".to_owned(),
            Some(is) => format!("rename it to `{}.{}`, and where pages show it too", file.stem(), is.ending()),
            None => format!("save the picture as {}, or remove the file", plain_format(format)),
        };
        return vec![told(Code::BadPicture, message, &help)];
    }
    if let (PictureFormat::Svg, FileContent::Text(text)) = (format, content) {
        let mut found = svg::check(file, text);
        found.extend(large(file, bytes.len(), (0, 0)));
        return found;
    }
    match raster::read(format, bytes) {
        Ok(inside) => {
            let metadata = metadata(Location::whole(file), &inside);
            metadata.into_iter().chain(large(file, bytes.len(), inside.size)).collect()
        }
        Err(damage) => {
            let message = format!("this {} cannot be read: {damage}", format.name());
            vec![told(Code::BadPicture, message, "open it and save it again, or copy it here again")]
        }
    }
}

/// What is said at a place of the metadata of a picture.
fn metadata(location: Location, inside: &PictureContents) -> Option<Diagnostic> {
    let about = inside.held.words();
    let (code, message, help) = if inside.is_bound {
        let among = about.map(|about| format!(", among it {about}")).unwrap_or_default();
        let message = format!("this AVIF picture holds metadata{among}, which annal cannot remove");
        let help = "save it again without metadata (EXIF, XMP), or as JPEG or PNG, from which annal removes it";
        (Code::UnsafePicture, message, help)
    } else {
        let message = format!("this picture holds {}; annal removes that from the published copy", about?);
        let help = "the site is safe as it is; remove it from the file too before you send the file to anyone";
        (Code::PictureMetadata, message, help)
    };
    Some(Diagnostic::new(code, location, message).help(help))
}

/// What is said of a picture that is larger than a page needs.
fn large(file: &RelPath, bytes: usize, (width, height): (u32, u32)) -> Option<Diagnostic> {
    let mut how = Vec::new();
    if width > WIDE || height > WIDE {
        how.push(format!("{width} by {height} pixels"));
    }
    if bytes > HEAVY {
        let tenths = bytes.saturating_mul(10).div_ceil(HEAVY);
        how.push(format!("{}.{} MiB", tenths / 10, tenths % 10));
    }
    if how.is_empty() {
        return None;
    }
    let message = format!("this picture is large: {}", how.join(" and "));
    let help =
        "save a smaller copy, at most 2,000 pixels wide and under 1 MiB (photos as JPEG): every reader has to load it";
    Some(Diagnostic::new(Code::LargePicture, Location::whole(file), message).help(help))
}

/// What to save a picture as, by what it was to be.
fn plain_format(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Jpeg => "JPEG",
        PictureFormat::Svg => "plain SVG, or PNG",
        PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp | PictureFormat::Avif => "PNG or JPEG",
    }
}

/// The bytes of a picture as they are published; nothing where it is no picture and must not be.
#[must_use]
pub(crate) fn published(file: &RelPath, content: &FileContent) -> Option<Arc<[u8]>> {
    let format = PictureFormat::of_ending(file.extension())?;
    match content {
        FileContent::Text(text) if format == PictureFormat::Svg => {
            let text = svg::without_metadata(text).map_or(Cow::Borrowed(&**text), Cow::Owned);
            Some(text.as_bytes().into())
        }
        FileContent::Bytes(bytes) if PictureFormat::detect(bytes) == Some(format) => {
            let inside = raster::read(format, bytes).ok().filter(|inside| !inside.is_bound)?;
            Some(inside.published(bytes).map_or_else(|| Arc::clone(bytes), Arc::from))
        }
        FileContent::Text(_) | FileContent::Bytes(_) => None,
    }
}

fn bytes_of(content: &FileContent) -> &[u8] {
    match content {
        FileContent::Text(text) => text.as_bytes(),
        FileContent::Bytes(bytes) => bytes,
    }
}
