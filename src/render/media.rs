//! The pictures of a site as published.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::context::SiteContext;
use super::outlet::{Outlet, SinkClosed};
use super::route;
use super::theme::AssetCopies;
use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic, RelPath};
use crate::escape;
use crate::model::Report;
use crate::output::{OutputContent, OutputFile, UnreadFile};
use crate::source::digest::{Digest, hash128};
use crate::source::picture::{self, PublishedPicture};
use crate::source::tree::SourceFile;
use crate::source::{FileContent, SourceTree};

/// Published pictures, and their smaller copies.
#[derive(Debug, Default)]
pub(crate) struct PictureCache {
    /// Keyed by the hashes of their files.
    whole: Cache<Option<PublishedPicture>>,
    /// Keyed in the same way, with the width of each copy in pixels.
    smaller: Cache<Vec<(u32, Arc<[u8]>)>>,
}

impl PictureCache {
    /// A cache that stores nothing.
    pub(crate) fn none() -> Self {
        Self { whole: Cache::none(), smaller: Cache::none() }
    }

    /// A picture as published; `None` if it is not to be.
    fn publish(&self, path: &RelPath, file: &SourceFile) -> Option<PublishedPicture> {
        self.whole.get_or_make(picture_key(file.hash, path), || PublishedPicture::new(path, file))
    }

    /// Drops entries that have not been used since the last sweep.
    pub(crate) fn sweep(&mut self) {
        self.whole.sweep();
        self.smaller.sweep();
    }
}

/// The key of a picture: what is made of it depends on its bytes, and on what its name says that it is.
fn picture_key(hash: Digest, path: &RelPath) -> Digest {
    hash128(&(hash, path.extension()))
}

/// Puts the pictures of the site and of the years as published, except those held back.
///
/// # Errors
///
/// If the sink takes no more files.
pub(crate) fn publish<'a>(
    site: &SiteContext<'a>,
    tree: &SourceTree,
    shown: &[&BTreeSet<RelPath>],
    diagnostics: &[Diagnostic],
    memo: &PictureCache,
    outlet: &Outlet<'_>,
) -> Result<(), SinkClosed> {
    // Tags may separate the words, so words cannot be removed while keeping the picture: all of it is withheld.
    let flagged = diagnostics.iter().filter(|one| one.code == Code::PersonalData && one.waived.is_none());
    let flagged: HashSet<&RelPath> = flagged.map(|one| &one.location.file).collect();
    let of_year = |report: &'a Report| report.media.iter().filter(|file| !report.held_files.contains(*file));
    let of_years = site.routes.years.iter().flat_map(|year| of_year(&site.archive.reports[year.report]));
    let own = site.archive.media.iter().filter(|file| !site.archive.held_files.contains(*file));
    let media: Vec<&RelPath> = own.chain(of_years).collect();
    let publish = |path: &&RelPath| {
        let file = tree.files.get(*path)?;
        let published = memo.publish(path, file)?;
        let holds_flagged = || {
            let swept = |bytes: Arc<[u8]>| *site.redactor.sweep(path.as_str(), bytes.to_vec()) != *bytes;
            flagged.contains(path) || published.bytes().map_or(true, swept)
        };
        let is_withheld = matches!(file.content, FileContent::Text(_)) && holds_flagged();
        let path = route::media(path)?.file();
        Some(if is_withheld {
            OutputFile::new(path, placeholder(site.words.text("withheld")))
        } else {
            OutputFile { path, content: OutputContent::Unread(UnreadFile::Picture(published)) }
        })
    };
    media.par_iter().filter_map(publish).try_for_each(|file| outlet.put(file))?;
    let is_cover = |file: &RelPath| site.archive.site.brand.cover.as_ref().is_some_and(|cover| cover.file == *file);
    let shown: HashSet<&RelPath> = shown.iter().copied().flatten().collect();
    let is_shown = |file: &RelPath| is_cover(file) || shown.contains(file);
    // One after the other, since a decoded picture takes much memory.
    media.into_iter().filter(|file| is_shown(file)).try_for_each(|file| put_smaller(tree, file, memo, outlet))
}

/// Puts the smaller copies of a picture, beside it.
fn put_smaller(tree: &SourceTree, path: &RelPath, memo: &PictureCache, outlet: &Outlet<'_>) -> Result<(), SinkClosed> {
    let Some(file) = tree.files.get(path) else { return Ok(()) };
    let drawn = memo.smaller.get_or_make(picture_key(file.hash, path), || {
        let bytes = memo.publish(path, file).and_then(|picture| picture.bytes().ok());
        bytes.map(|bytes| picture::draw_smaller(path, &bytes)).unwrap_or_default()
    });
    drawn.into_iter().try_for_each(|(width, bytes)| {
        match picture::copy_file(tree, path, width).and_then(|copy| route::media(&copy)) {
            Some(address) => outlet.put(OutputFile::new(address.file(), bytes)),
            None => Ok(()),
        }
    })
}

/// Puts the smaller copies of the theme's pictures.
pub(crate) fn put_copies_of_assets(
    pictures: &[AssetCopies],
    memo: &PictureCache,
    outlet: &Outlet<'_>,
) -> Result<(), SinkClosed> {
    for AssetCopies { file, picture, digest, copies } in pictures {
        let drawn = memo.smaller.get_or_make(picture_key(*digest, file), || picture::draw_smaller(file, picture));
        for (address, (_, bytes)) in copies.iter().zip(drawn) {
            outlet.put(OutputFile::new(address.file(), bytes))?;
        }
    }
    Ok(())
}

/// The picture published instead of an SVG that contains flagged words.
fn placeholder(words: &str) -> Arc<[u8]> {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 60\"><text x=\"120\" y=\"36\" font-family=\"sans-serif\" \
         font-size=\"24\" text-anchor=\"middle\">",
    );
    escape::text(&mut svg, words);
    svg.push_str("</text></svg>\n");
    svg.into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::pipeline::{BuildCache, MemoryBuild, build_in_memory, has_errors};
    use crate::source::digest::hash;

    fn options() -> Options {
        Options::new(jiff::civil::date(2026, 1, 1))
    }

    #[test]
    fn pictures_of_a_draft_are_not_published() {
        let check = |council: &str| {
            let tree = SourceTree::from_texts([
                ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
                (
                    "content/2019-20/report.yaml",
                    "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\n\
                     agencies: [{id: council, name: C}, {id: police, name: P}]\n\
                     priorities: [{id: p, name: P, summary: '![Too](media/priority.svg)'}]\n",
                ),
                ("content/2019-20/agencies/council.md", council),
                ("content/2019-20/media/priority.svg", "<svg/>"),
                (
                    "content/2019-20/agencies/police.md",
                    "## What we did\n\n![Both](../media/both.svg)\n\nA.\n\n## What next\n\n- B.\n",
                ),
                ("content/2019-20/media/both.svg", "<svg/>"),
                ("content/2019-20/media/own.svg", "<svg/>"),
                ("content/2019-20/media/unused.svg", "<svg/>"),
            ]);
            let built = build_in_memory(&tree, &options(), &mut BuildCache::none());
            assert!(!has_errors(&built.diagnostics), "{:?}", built.diagnostics);
            let media = built.output.unread.keys().filter_map(|path| path.below("2019-20/media"));
            media.map(str::to_owned).collect::<Vec<_>>().join(" ")
        };
        let text = "## What we did\n\n![Own](../media/own.svg) ![Both](../media/both.svg) ![Too](../media/priority.svg)\n\nA.\n\n## What next\n\n- B.\n";
        assert_eq!(check(text), "both.svg own.svg priority.svg unused.svg");
        assert_eq!(check(&format!("---\nstatus: draft\n---\n{text}")), "both.svg priority.svg unused.svg");
    }

    #[test]
    fn names_stored_in_another_way_than_links_write_them_are_published_once() {
        let check = |stored: &str, written: &str, status: &str| {
            let report = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n";
            let page = format!(
                "---\ntitle: P\nstatus: {status}\n---\n![A](../media/{written}.svg) [B](../documents/{written}.csv) \
                 [C](/2019-20/documents/{written}.csv) [D](@/2019-20/media/{written}.svg)\n"
            );
            let tree = SourceTree::from_texts([
                ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
                (
                    "content/2019-20/report.yaml",
                    &format!("{report}documents: [{{file: {written}.csv, title: Given}}]\n"),
                ),
                ("content/2019-20/pages/p.md", &page),
                (&format!("content/2019-20/media/{stored}.svg"), "<svg/>"),
                (&format!("content/2019-20/documents/{stored}.csv"), "a,b\n1,2\n"),
            ]);
            let built = build_in_memory(&tree, &options(), &mut BuildCache::none());
            assert!(!has_errors(&built.diagnostics), "{:?}", built.diagnostics);
            let files = built.output.unread.keys().chain(built.output.files.keys());
            let files: Vec<&str> = files.filter_map(|file| file.below("2019-20")).collect();
            let kept = ["media", "documents"].map(|folder| {
                let ending = if folder == "media" { "svg" } else { "csv" };
                files.contains(&format!("{folder}/{stored}.{ending}").as_str())
            });
            assert!(stored == written || !files.iter().any(|file| file.contains(written)), "one address: {files:?}");
            if let Some(page) = built.output.files.get("2019-20/p/index.html") {
                let page = String::from_utf8(page.to_vec()).unwrap();
                assert_eq!(page.matches(&format!("/media/{stored}.svg\"")).count(), 2, "{page}");
                assert_eq!(page.matches(&format!("/documents/{stored}.csv\"")).count(), 2, "{page}");
                let list = &built.output.files["2019-20/documents/index.html"];
                assert!(String::from_utf8_lossy(list).contains("Given"), "its title is given");
            }
            kept
        };
        let (composed, apart) = ("caf\u{e9}", "cafe\u{301}");
        for (stored, written) in [(composed, composed), (composed, apart), (apart, composed), (apart, apart)] {
            assert_eq!(check(stored, written, "submitted"), [true, true], "{stored:?} {written:?}");
            assert_eq!(check(stored, written, "draft"), [false, false], "held back with the draft");
        }
    }

    /// Builds a site that contains only a picture, with `--force`.
    fn build_with(name: &str, content: FileContent) -> MemoryBuild {
        let mut tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
            (
                "content/2019-20/report.yaml",
                "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n",
            ),
        ]);
        let file = SourceFile { hash: hash(&content.bytes().unwrap()), content };
        tree.files.insert(RelPath::new(&format!("content/2019-20/media/{name}")), file);
        build_in_memory(&tree, &Options { force: true, ..options() }, &mut BuildCache::none())
    }

    #[test]
    fn files_that_are_not_pictures_are_not_published() {
        for (name, text) in [("a.svg", "<svg><script/></svg>"), ("a.png", "<html>"), ("a.jpg", "")] {
            let built = build_with(name, FileContent::Text(text.into()));
            assert!(has_errors(&built.diagnostics));
            assert!(built.output.unread.is_empty(), "{name}");
            assert!(!built.output.files.keys().any(|path| path.as_str().contains("media")), "{name}");
        }
    }

    #[test]
    fn what_is_shown_has_smaller_copies_without_metadata() {
        let mut photo = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_fn(1000, 500, |x, y| image::Rgb([x, y, x * y].map(|n| (n % 251) as u8)));
        pixels.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
        let photo = photo.into_inner();
        // A comment, directly after the start.
        let photo = [&photo[..2], b"\xff\xfe\0\x06Jane", &photo[2..]].concat();
        let report = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies: []\n";
        let mut tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://a.example\n"),
            ("content/2019-20/report.yaml", report),
            ("content/2019-20/pages/a.md", "---\ntitle: A\n---\n![Us](../media/a.jpg) ![Them](../media/b.jpg)\n"),
        ]);
        for name in ["a.jpg", "b.jpg", "b.480.jpg", "unused.jpg"] {
            let file = SourceFile { hash: hash(&photo), content: FileContent::Bytes(photo.clone().into()) };
            tree.files.insert(RelPath::new(&format!("content/2019-20/media/{name}")), file);
        }
        let built = build_in_memory(&tree, &options(), &mut BuildCache::none());
        assert!(!has_errors(&built.diagnostics), "{:?}", built.diagnostics);
        let page = String::from_utf8(built.output.files["2019-20/a/index.html"].to_vec()).unwrap();
        let written = "srcset=\"../../2019-20/media/a.480.jpg 480w, ../../2019-20/media/a.jpg 1000w\"";
        assert!(page.contains(written) && page.matches("srcset").count() == 1, "{page}");
        let copies = built.output.files.keys().filter_map(|path| path.below("2019-20/media"));
        assert_eq!(copies.collect::<Vec<_>>(), ["a.480.jpg"]);
        let copy = &built.output.files["2019-20/media/a.480.jpg"];
        assert!(copy.len() < photo.len() / 2 && memchr::memmem::find(copy, b"Jane").is_none());
    }

    #[test]
    fn metadata_of_pictures_is_not_published() {
        let gif = |comment: &[u8]| {
            let start = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0";
            [start, comment, b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"].concat()
        };
        let built = build_with("a.gif", FileContent::Bytes(gif(b"\x21\xfe\x04Jane\0").into()));
        assert_eq!(*built.output.unread["2019-20/media/a.gif"].bytes().unwrap(), gif(b"")[..]);
    }

    #[test]
    fn an_svg_with_flagged_words_is_withheld_completely() {
        let text = "<svg><text>Ring 01632 <tspan>960</tspan>777</text></svg>";
        let built = build_with("a.svg", FileContent::Text(text.into()));
        let published = String::from_utf8(built.output.files["2019-20/media/a.svg"].to_vec()).unwrap();
        assert!(published.ends_with(">[withheld]</text></svg>\n"), "{published}");
        assert!(crate::source::picture::check(&RelPath::new("a.svg"), &FileContent::Text(published.into())).is_empty());
    }
}
