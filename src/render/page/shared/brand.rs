//! What the partnership looks like: its logo, colours and icon.

use crate::diagnostic::RelPath;
use crate::model::palette::Palette;
use crate::model::site::Brand;
use crate::model::site_picture::SitePicture;
use crate::quantity::Colour;
use crate::render::route::{self, Address};
use crate::render::theme::DarkMode;
use crate::render::view::shared::{BrandView, PictureCopyView, PictureView};
use crate::source::digest::hash;

/// The logo, colours and icon as templates receive them.
#[must_use]
pub(crate) fn view(brand: &Brand, dark_mode: DarkMode) -> BrandView {
    let made = |name: &str| files(brand, dark_mode).into_iter().find(|(address, _)| address.as_str().ends_with(name));
    let square = brand.logo.as_ref().filter(|logo| is_squarish(logo));
    let (icon, icon_type) = match square {
        Some(logo) => (picture(logo).href, media_type(logo)),
        None => made(".svg").map(|(address, _)| (address.to_string(), "image/svg+xml")).unwrap_or_default(),
    };
    BrandView {
        logo: brand.logo.as_ref().map(picture),
        logo_dark: brand.logo_dark.as_ref().map(picture),
        cover: brand.cover.as_ref().map(|cover| PictureView { smaller: smaller(cover), ..picture(cover) }),
        style: made(".css").map(|(address, _)| address.to_string()).unwrap_or_default(),
        icon,
        icon_type,
    }
}

fn picture(picture: &SitePicture) -> PictureView {
    let (width, height) = picture.size.unwrap_or_default();
    let href = route::media(&picture.file).map(|to| to.to_string()).unwrap_or_default();
    PictureView { href, width, height, smaller: Vec::new() }
}

/// The smaller copies of a picture.
fn smaller(picture: &SitePicture) -> Vec<PictureCopyView> {
    let copy =
        |(width, file): &(u32, RelPath)| Some(PictureCopyView { href: route::media(file)?.to_string(), width: *width });
    picture.smaller.iter().filter_map(copy).collect()
}

/// Whether a logo can be an icon: neither side is more than a quarter longer than the other.
fn is_squarish(logo: &SitePicture) -> bool {
    logo.size.is_some_and(|(width, height)| width * 4 <= height * 5 && height * 4 <= width * 5)
}

fn media_type(picture: &SitePicture) -> &'static str {
    match picture.file.extension().to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => "image/jpeg",
    }
}

/// The files that follow from the accent, each at an address that changes with its content: the style sheet with the
/// site's colours, dark as `dark_mode` says, and an icon.
#[must_use]
pub(crate) fn files(brand: &Brand, dark_mode: DarkMode) -> Vec<(Address, String)> {
    let Some(accent) = brand.accent else { return Vec::new() };
    let palette = Palette::new(accent);
    let fingerprinted = |ending: &str, text: String| {
        let print = format!("{:032x}", hash(text.as_bytes()));
        (Address::new(&format!("assets/brand.{}.{ending}", &print[..8])), text)
    };
    vec![
        fingerprinted("css", dark_mode.apply(&palette.style()).into_owned()),
        fingerprinted("svg", icon(palette.light.accent)),
    ]
}

/// A page with lines on a square of the accent.
fn icon(accent: Colour) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"4\" \
         fill=\"{accent}\"/><path d=\"M9 8h14M9 14h14M9 20h9\" stroke=\"#fff\" stroke-width=\"3\" \
         stroke-linecap=\"round\"/></svg>\n"
    )
}
