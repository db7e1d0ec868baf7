//! Checks pictures, and removes their metadata.
//!
//! [`check`] reports files that are not what their name says, and content that must not be published. A picture with an
//! error is left out. [`published_bytes`] returns the bytes for readers: without metadata, and otherwise unchanged.

pub(crate) mod format;
mod raster;
mod smaller;
pub(crate) mod svg;

use std::io;
use std::sync::Arc;

use self::format::{PictureFormat, described};
use self::raster::PictureContents;
use super::tree::{FileContent, SourceFile, SourceTree};
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind};

/// Larger pictures get a diagnostic, in bytes.
const HEAVY: usize = 1024 * 1024;
/// Wider or higher pictures get a diagnostic, in pixels.
const WIDE: u32 = 4000;

/// Whether a file has the extension of a picture that pages can show.
#[must_use]
pub(crate) fn is_picture(file: &RelPath) -> bool {
    PictureFormat::of_ending(file.extension()).is_some()
}

/// Checks a picture. A picture with an error must not be published.
#[must_use]
pub(crate) fn check(file: &RelPath, content: &FileContent) -> Vec<Diagnostic> {
    let Some(format) = PictureFormat::of_ending(file.extension()) else { return Vec::new() };
    let diagnostic =
        |code, message: String, help: &str| Diagnostic::new(code, Location::whole(file), message).help(help);
    let bytes = match content.bytes() {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("this file cannot be read: {error}");
            return vec![diagnostic(Code::UnreadableFile, message, "copy the picture here again")];
        }
    };
    let bytes = &*bytes;
    let detected = PictureFormat::detect(bytes);
    let is_another = match format {
        // SVG is text, and its first element is checked later.
        PictureFormat::Svg => detected.is_some() || bytes.is_empty() || described(bytes).starts_with("a web page"),
        _ => detected != Some(format),
    };
    if is_another {
        let message = format!("this file is named `.{}` but it is {}", file.extension(), described(bytes));
        let help = match detected {
            _ if bytes.is_empty() => "copy the picture here again".to_owned(),
            Some(format) => {
                format!("rename it to `{}.{}`, also on the pages that show it", file.stem(), format.ending())
            }
            None => format!("save the picture as {}, or remove the file", plain_format(format)),
        };
        return vec![diagnostic(Code::BadPicture, message, &help)];
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
            vec![diagnostic(Code::BadPicture, message, "open it and save it again, or copy it here again")]
        }
    }
}

/// The diagnostic for a picture's metadata, if there is any.
fn metadata(location: Location, inside: &PictureContents) -> Option<Diagnostic> {
    let about = inside.held.words();
    let (code, message, help) = if inside.is_bound {
        let including = about.map(|about| format!(" ({about})")).unwrap_or_default();
        let message = format!("this AVIF picture has metadata{including} that annal cannot remove");
        let help = "save it again without metadata (EXIF, XMP), or save it as JPEG or PNG, where annal can remove it";
        (Code::UnsafePicture, message, help)
    } else {
        let message = format!("this picture records {}; annal removes this from the published copy", about?);
        let help = "remove it from the file too before you send the file to anyone; the site itself is safe";
        (Code::PictureMetadata, message, help)
    };
    Some(Diagnostic::new(code, location, message).help(help))
}

/// The diagnostic for a picture that is larger than a page needs.
fn large(file: &RelPath, bytes: usize, (width, height): (u32, u32)) -> Option<Diagnostic> {
    let mut reasons = Vec::new();
    if width > WIDE || height > WIDE {
        reasons.push(format!("{width} by {height} pixels"));
    }
    if bytes > HEAVY {
        let tenths = bytes.saturating_mul(10).div_ceil(HEAVY);
        reasons.push(format!("{}.{} MiB", tenths / 10, tenths % 10));
    }
    if reasons.is_empty() {
        return None;
    }
    let message = format!("this picture is large: {}", reasons.join(" and "));
    let help =
        "save a smaller copy, at most 2,000 pixels wide and under 1 MiB (photos as JPEG): every reader has to load it";
    let large = Diagnostic::new(Code::LargePicture, Location::whole(file), message).help(help);
    Some(large.about(SubjectKind::Figure, width).about(SubjectKind::Figure, height))
}

/// The format in which to save a picture again, by the format it should have.
fn plain_format(format: PictureFormat) -> &'static str {
    match format {
        PictureFormat::Jpeg => "JPEG",
        PictureFormat::Svg => "plain SVG, or PNG",
        PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp | PictureFormat::Avif => "PNG or JPEG",
    }
}

/// What pages need to know of a picture to show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PictureFacts {
    /// Its width and height as it is shown: in pixels, or in units if it is an SVG that gives them.
    pub size: Option<(u32, u32)>,
    /// The widths of its smaller copies in pixels, narrowest first.
    pub smaller: Vec<u32>,
}

impl PictureFacts {
    /// Reads a picture. Nothing is known of a file that is none, or is damaged.
    #[must_use]
    pub(crate) fn read(file: &RelPath, content: &FileContent) -> Self {
        let Some(format) = PictureFormat::of_ending(file.extension()) else { return Self::default() };
        if let (PictureFormat::Svg, FileContent::Text(text)) = (format, content) {
            return Self { size: svg::size(text), smaller: Vec::new() };
        }
        let inside = content.bytes().ok().and_then(|bytes| raster::read(format, &bytes).ok());
        inside.map(|inside| Self::of_raster(format, &inside)).unwrap_or_default()
    }

    fn of_raster(format: PictureFormat, inside: &PictureContents) -> Self {
        let (width, height) = inside.shown_size();
        Self { size: (width > 0 && height > 0).then_some((width, height)), smaller: smaller::widths(format, inside) }
    }
}

/// The file that a copy of a picture with a width in pixels is published as, beside it: `day.480.jpg`. `None` if somebody
/// called a picture so, which is published under that name.
#[must_use]
pub(crate) fn copy_file(tree: &SourceTree, file: &RelPath, width: u32) -> Option<RelPath> {
    let copy = file.parent().join(&format!("{}.{width}.{}", file.stem(), file.extension()));
    (!tree.files.contains_key(&copy)).then_some(copy)
}

/// The smaller copies of a published picture, narrowest first, each with its width in pixels. A copy that cannot be made
/// smaller is the picture itself.
#[must_use]
pub(crate) fn draw_smaller(file: &RelPath, published: &Arc<[u8]>) -> Vec<(u32, Arc<[u8]>)> {
    let format = PictureFormat::of_ending(file.extension()).filter(|format| *format != PictureFormat::Svg);
    let copies = format.map(|format| smaller::copies(format, published)).unwrap_or_default();
    let drawn = copies.into_iter();
    drawn.map(|(width, copy)| (width, copy.map_or_else(|| Arc::clone(published), Arc::from))).collect()
}

/// The bytes of a picture that are published. `None` if the file is not a picture, and must not be published.
#[must_use]
pub(crate) fn published_bytes(file: &RelPath, bytes: &[u8]) -> Option<Vec<u8>> {
    let format = PictureFormat::of_ending(file.extension())?;
    if format == PictureFormat::Svg {
        let text = std::str::from_utf8(bytes).ok()?;
        return Some(svg::without_metadata(text).map_or_else(|| bytes.to_vec(), String::into_bytes));
    }
    if PictureFormat::detect(bytes) != Some(format) {
        return None;
    }
    let inside = raster::read(format, bytes).ok().filter(|inside| !inside.is_bound)?;
    Some(inside.published(bytes).unwrap_or_else(|| bytes.to_vec()))
}

/// A picture as it is published: without metadata. It is read when it is needed.
#[derive(Clone, Debug)]
pub struct PublishedPicture {
    file: RelPath,
    source: SourceFile,
}

impl PublishedPicture {
    /// The published form of the picture in a source file. `None` if the file must not be published.
    #[must_use]
    pub(crate) fn new(file: &RelPath, source: &SourceFile) -> Option<Self> {
        let picture = Self { file: file.clone(), source: source.clone() };
        picture.bytes().is_ok().then_some(picture)
    }

    /// The published bytes.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or has been changed since the site was read.
    pub fn bytes(&self) -> io::Result<Arc<[u8]>> {
        let published = published_bytes(&self.file, &self.source.content.bytes()?);
        published.map(Arc::from).ok_or_else(|| io::Error::other("it is not a picture"))
    }
}

/// Two pictures are the same if they are published as the same bytes.
impl PartialEq for PublishedPicture {
    fn eq(&self, other: &Self) -> bool {
        (self.source.hash, self.file.extension()) == (other.source.hash, other.file.extension())
    }
}

impl Eq for PublishedPicture {}
