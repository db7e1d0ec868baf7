//! Smaller copies of pictures, so that a phone does not load what only a large screen can show.
//!
//! JPEG and PNG pictures get copies, unless they are animated. Others would lose their movement, or there is
//! nothing to write them with. Decoding uses no instructions of particular processors, so that copies are the same everywhere.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageEncoder, ImageResult, RgbImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::format::PictureFormat;
use super::raster::{self, PictureContents};

/// The widths of copies, in pixels: a phone's, that of a phone or a column with fine pixels, and that of a column with the
/// finest.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// Pictures with more pixels get no copies: a progressive JPEG of this size takes some 230 MB to decode.
const MOST_PIXELS: u64 = 25_000_000;

/// The quality of JPEG copies, in percent.
const QUALITY: u8 = 80;

/// The widths of the copies of a picture, in pixels, narrowest first.
#[must_use]
pub(super) fn widths(format: PictureFormat, inside: &PictureContents) -> Vec<u32> {
    let (width, height) = inside.size;
    let is_still = matches!(format, PictureFormat::Jpeg | PictureFormat::Png) && !inside.is_animated;
    if !is_still || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Vec::new();
    }
    // A copy that is hardly narrower saves too little.
    let shown = inside.shown_size().0;
    WIDTHS.into_iter().filter(|copy| copy * 5 <= shown * 4).collect()
}

/// The copies of a published picture, narrowest first, each with its width in pixels. If a copy would not be smaller in
/// bytes, or the picture cannot be decoded, it is `None`.
#[must_use]
pub(super) fn copies(format: PictureFormat, published: &[u8]) -> Vec<(u32, Option<Vec<u8>>)> {
    let Ok(inside) = raster::read(format, published) else { return Vec::new() };
    let widths = widths(format, &inside);
    let decoded = if widths.is_empty() { None } else { DecodedPicture::new(format, published, &inside) };
    let copy = |width: u32| decoded.as_ref()?.copy(width).ok().filter(|copy| copy.len() < published.len());
    widths.into_iter().map(|width| (width, copy(width))).collect()
}

/// A picture in memory, upright.
struct DecodedPicture {
    format: PictureFormat,
    pixels: DynamicImage,
    /// What its colours mean.
    profile: Option<Vec<u8>>,
}

impl DecodedPicture {
    fn new(format: PictureFormat, bytes: &[u8], inside: &PictureContents) -> Option<Self> {
        let (mut pixels, profile) = match format {
            PictureFormat::Jpeg => jpeg(bytes)?,
            PictureFormat::Png => png(bytes).ok()?,
            _ => return None,
        };
        if let Some(orientation) = inside.orientation.and_then(Orientation::from_exif) {
            pixels.apply_orientation(orientation);
        }
        Some(Self { format, pixels, profile })
    }

    /// A copy of a width in pixels.
    fn copy(&self, width: u32) -> ImageResult<Vec<u8>> {
        let (wide, high) = (u64::from(self.pixels.width()), u64::from(self.pixels.height()));
        let height = (u64::from(width) * high + wide / 2) / wide.max(1);
        let small = self.pixels.thumbnail_exact(width, u32::try_from(height).unwrap_or(1).max(1));
        let mut bytes = Vec::new();
        if self.format == PictureFormat::Jpeg {
            write(&small, self.profile.as_ref(), JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        } else {
            let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            write(&small, self.profile.as_ref(), encoder)?;
        }
        Ok(bytes)
    }
}

/// Writes pixels with their profile, if the format can hold it.
fn write(pixels: &DynamicImage, profile: Option<&Vec<u8>>, mut encoder: impl ImageEncoder) -> ImageResult<()> {
    if let Some(profile) = profile {
        let _ = encoder.set_icc_profile(profile.clone());
    }
    pixels.write_with_encoder(encoder)
}

/// The pixels and profile of a JPEG. `None` if it is damaged, or for printing, in four colours.
fn jpeg(bytes: &[u8]) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    let options = DecoderOptions::default().set_use_unsafe(false).set_max_width(1 << 16).set_max_height(1 << 16);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let colours = match decoder.input_colorspace()? {
        ColorSpace::Luma => ColorSpace::Luma,
        ColorSpace::YCbCr | ColorSpace::RGB => ColorSpace::RGB,
        _ => return None,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let profile = decoder.icc_profile();
    let pixels = match colours {
        ColorSpace::Luma => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, pixels)?),
        _ => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels)?),
    };
    Some((pixels, profile))
}

/// The pixels and profile of a PNG, with eight bits for each colour.
fn png(bytes: &[u8]) -> ImageResult<(DynamicImage, Option<Vec<u8>>)> {
    let mut decoder = PngDecoder::new(Cursor::new(bytes))?;
    let profile = decoder.icc_profile()?;
    let pixels = DynamicImage::from_decoder(decoder)?;
    let has_colour = pixels.color().has_color();
    let pixels = match (has_colour, pixels.color().has_alpha()) {
        (true, true) => pixels.into_rgba8().into(),
        (true, false) => pixels.into_rgb8().into(),
        (false, true) => pixels.into_luma_alpha8().into(),
        (false, false) => pixels.into_luma8().into(),
    };
    Ok((pixels, profile))
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    /// A photograph of a width and height: soft shapes with some noise.
    fn photo(width: u32, height: u32) -> DynamicImage {
        let part = |n: u32| u8::try_from(n % 256).unwrap_or_default();
        let pixel = |x, y| Rgba([part(x * 255 / width), part(y * 255 / height), part((x * 7 + y * 13) % 61 + 90), 255]);
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, pixel)).to_rgb8().into()
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// The size of each copy of a file.
    fn check(format: PictureFormat, bytes: &[u8]) -> String {
        let copies = copies(format, bytes);
        let sizes = copies.iter().map(|(width, copy)| match copy {
            None => format!("{width} none"),
            Some(copy) => {
                let inside = raster::read(format, copy).unwrap();
                assert!(inside.size.0 == *width && inside.orientation.is_none(), "{inside:?}");
                format!("{}x{}", inside.size.0, inside.size.1)
            }
        });
        sizes.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn large_pictures_have_smaller_copies() {
        for (format, written) in [(PictureFormat::Jpeg, ImageFormat::Jpeg), (PictureFormat::Png, ImageFormat::Png)] {
            assert_eq!(check(format, &encoded(&photo(2000, 1000), written)), "480x240 960x480 1600x800");
            assert_eq!(check(format, &encoded(&photo(1000, 100), written)), "480x48");
            assert_eq!(check(format, &encoded(&photo(500, 100), written)), "");
        }
        let grey = DynamicImage::ImageLuma8(photo(700, 20).to_luma8());
        assert_eq!(check(PictureFormat::Jpeg, &encoded(&grey, ImageFormat::Jpeg)), "480x14");
    }

    #[test]
    fn copies_of_a_turned_picture_are_upright() {
        let photo = encoded(&photo(1000, 600), ImageFormat::Jpeg);
        let exif = b"\xff\xe1\0\x22Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let turned = [&photo[..2], exif, &photo[2..]].concat();
        assert_eq!(check(PictureFormat::Jpeg, &photo), "480x288");
        assert_eq!(check(PictureFormat::Jpeg, &turned), "480x800");
        assert_eq!(raster::read(PictureFormat::Jpeg, &turned).unwrap().shown_size(), (600, 1000));
    }

    #[test]
    fn the_same_picture_has_the_same_copies() {
        let bytes = encoded(&photo(1300, 200), ImageFormat::Jpeg);
        let once = copies(PictureFormat::Jpeg, &bytes);
        assert_eq!(once, copies(PictureFormat::Jpeg, &bytes));
        assert!(matches!(once[..], [(480, Some(_)), (960, Some(_))]), "{once:?}");
    }

    #[test]
    fn damaged_pixels_have_no_copies() {
        let whole = encoded(&photo(700, 700), ImageFormat::Png);
        let mut bytes = whole.clone();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 64].fill(0x55);
        assert_eq!(copies(PictureFormat::Png, &bytes), [(480, None)]);
    }
}
