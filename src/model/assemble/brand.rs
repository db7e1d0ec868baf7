//! `brand:` in `content/site.yaml`.

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, Severity, WithDiagnostics};
use crate::model::palette::{self, Palette};
use crate::model::site::{Brand, SHARE_IMAGE_SIZE};
use crate::model::site_picture::SitePicture;
use crate::quantity::Colour;
use crate::source::SourceTree;
use crate::source::files::BrandEntry;
use crate::source::picture;
use crate::source::spelling::StoredSpellings;
use crate::source::yaml::{Spanned, Text};

/// The folder with the site's own pictures.
const FOLDER: &str = "content/media";

/// The brand as `file`, the site's `site.yaml`, describes it.
pub(super) fn assemble(tree: &SourceTree, file: &RelPath, written: Option<BrandEntry>) -> WithDiagnostics<Brand> {
    let Some(written) = written else { return WithDiagnostics::default() };
    let mut reading = BrandAssembler { tree, file, diagnostics: Vec::new() };
    let share = written.share_image.as_ref().map(|share| share.span);
    let brand = Brand {
        logo: reading.picture(written.logo),
        logo_dark: reading.picture(written.logo_dark),
        accent: written.accent.map(|accent| reading.accent(&accent)),
        cover: reading.picture(written.cover),
        share_image: reading.picture(written.share_image),
    };
    let size = brand.share_image.as_ref().and_then(|picture| picture.size);
    if let (Some((width, height)), Some(span)) = (size.filter(|size| *size != SHARE_IMAGE_SIZE), share) {
        let (wide, high) = SHARE_IMAGE_SIZE;
        let message = format!("this picture is {width} by {height} pixels, but `share_image` must be {wide} by {high}");
        let help = format!("save a copy of {wide} by {high} pixels, or remove `share_image`: annal draws one");
        reading.diagnostics.push(Diagnostic::new(Code::BadValue, Location::new(file, span), message).help(help));
    }
    WithDiagnostics::new(brand, reading.diagnostics)
}

/// Reads values and collects diagnostics.
struct BrandAssembler<'a> {
    tree: &'a SourceTree,
    file: &'a RelPath,
    diagnostics: Vec<Diagnostic>,
}

impl BrandAssembler<'_> {
    /// The accent, or the nearest shade that can be read.
    fn accent(&mut self, written: &Spanned<Colour>) -> Colour {
        let accent = written.value;
        let nearest = palette::readable(accent);
        if nearest != accent {
            let contrast = accent.contrast(Colour::WHITE);
            let message = format!(
                "`{accent}` is too light to read on a white page: its contrast is {contrast:.1}:1, and text needs 4.5:1"
            );
            let low = Diagnostic::new(Code::LowContrast, Location::new(self.file, written.span), message);
            self.diagnostics.push(low.help(format!("the nearest shade that can be read is `\"{nearest}\"`")));
        }
        debug_assert!(Palette::new(nearest).is_readable());
        nearest
    }

    /// A picture of the site's own `media/`.
    fn picture(&mut self, written: Option<Text>) -> Option<SitePicture> {
        let written = written?;
        let path = written.strip_prefix("content/").unwrap_or(&written);
        let file = RelPath::new("content").join(path.trim_start_matches("./"));
        let file = StoredSpellings::new(self.tree.files_under(FOLDER).map(|(file, ..)| file)).as_stored(file);
        let is_fit = file.below(FOLDER).is_some() && picture::is_picture(&file);
        if let Some(read) = self.tree.files.get(&file).filter(|_| is_fit) {
            let fails =
                picture::check(&file, &read.content).iter().any(|found| found.code.severity() == Severity::Error);
            // A picture with an error has a diagnostic of its own.
            return (!fails).then(|| SitePicture::new(self.tree, &file));
        }
        if self.tree.unreadable.contains(&file) {
            return None;
        }
        let pictures = self.tree.files_under(FOLDER).map(|(file, ..)| file).filter(|file| picture::is_picture(file));
        let known: Vec<&str> = pictures.filter_map(|file| file.below("content")).collect();
        let help = did_you_mean(path, known.iter().copied()).unwrap_or_else(|| {
            "put the picture in `content/media/` and write its path, such as `media/logo.svg`".to_owned()
        });
        let message = if self.tree.files.contains_key(&file) {
            format!("`{}` is not a picture in `content/media/`", written.value)
        } else {
            format!("there is no picture `{}`", written.value)
        };
        let missing = Diagnostic::new(Code::BrokenLink, Location::new(self.file, written.span), message);
        self.diagnostics.push(missing.help(help));
        None
    }
}
