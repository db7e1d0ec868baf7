//! The proof edition: a site that shows on every page that it is a proof, with numbered paragraphs, and with a page for each
//! board and agency that says what is needed of them.
//!
//! It is a sink before the one that keeps the files, so that no page of a site that is published can have any of it.

mod needs;
mod numbers;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

pub(crate) use self::needs::LIST;
use self::numbers::with_numbers;
use crate::diagnostic::RelPath;
use crate::escape;
use crate::locale::Locale;
use crate::model::SiteInfo;
use crate::model::assemble::assemble;
use crate::options::Options;
use crate::output::{OutputContent, OutputFile, OutputSink};
use crate::render::theme::site_locale;
use crate::source::digest::hash128;
use crate::source::{SourceTree, translation};

/// The style sheet of proofs, by which a folder with a proof is known.
pub(crate) const STYLE: &str = "proof.css";

/// The page of each language from which those of boards and agencies are made.
const HOME: &str = "index.html";

/// The options with which a proof is built: with all that is left out of a site, and in spite of errors. Pages show their
/// errors and warnings.
#[must_use]
pub(crate) fn options(options: Options) -> Options {
    Options { drafts: true, embargoed: true, preparing: true, force: true, show_warnings: true, ..options }
}

/// Makes the pages of a site into a proof, and hands them on to another sink.
pub(crate) struct ProofSink<'a, S> {
    sink: &'a S,
    /// The words of the site's languages, by their tags.
    words: HashMap<String, Locale>,
    /// Which state of the files it shows.
    version: String,
    date: Date,
    /// The site's own language.
    language: String,
    /// The home pages that have been put, by their folders: empty for the site's own language, or `cy/`.
    homes: Mutex<HashMap<String, Arc<[u8]>>>,
}

impl<'a, S: OutputSink> ProofSink<'a, S> {
    #[must_use]
    pub(crate) fn new(sink: &'a S, tree: &SourceTree, date: Date) -> Self {
        let site = assemble(tree).value.site;
        let hashes: Vec<_> = tree.files.iter().map(|(path, file)| (path.as_str(), file.hash)).collect();
        let split = translation::split(tree, true);
        let others = split.iter().flat_map(|(_, others)| others).map(|other| other.language.as_str());
        let words = others.chain([site.language.as_str()]).map(|language| {
            let site = SiteInfo { language: language.to_owned(), ..site.clone() };
            (language.to_owned(), site_locale(tree, &site))
        });
        let version = format!("{:032x}", hash128(&hashes))[..7].to_owned();
        Self { sink, words: words.collect(), version, date, language: site.language, homes: Mutex::default() }
    }

    /// What every page says of itself.
    fn state(&self, words: &Locale) -> String {
        words.say("proof.state", &[("version", &self.version), ("date", &words.date(self.date))])
    }

    /// Puts the style sheet that every page names.
    pub(crate) fn put_style(&self) -> Result<(), S::Error> {
        let states: Vec<_> = self.words.values().map(|words| self.state(words)).collect();
        let state = states.first().map_or("", String::as_str).replace(['"', '\\'], "");
        let page = format!("@page{{@bottom-left{{content:\"{state}\";font:9pt sans-serif}}}}\n");
        let style = format!("{}{page}", include_str!("proof.css"));
        self.sink.put(OutputFile::new(RelPath::new(STYLE), style.into_bytes()))
    }

    /// A page as a proof: with its state, hidden from search engines, its paragraphs numbered.
    fn page(&self, path: &RelPath, html: &str) -> String {
        let language =
            html.split_once("<html lang=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        let Some(words) = self.words.get(language).or_else(|| self.words.values().next()) else {
            return html.to_owned();
        };
        let (Some(head), Some(body)) = (html.find("</head>"), html.find("<body")) else { return html.to_owned() };
        // The link to the content stays the first thing on the page.
        let first = html[body..].find("<a class=\"skip\"").map_or((body, ">"), |skip| (body + skip, "</a>"));
        let Some(begin) = html[first.0..].find(first.1).map(|end| first.0 + end + first.1.len()) else {
            return html.to_owned();
        };
        let root = "../".repeat(path.as_str().matches('/').count());
        let folder = if language == self.language { String::new() } else { format!("{language}/") };
        let needs = format!("{root}{folder}{LIST}");
        let link = escaped(words.text("proof.needs"));
        let (state, name) = (escaped(&self.state(words)), escaped(words.text("proof.name")));
        let banner = format!(
            "\n<aside class=\"proof-state\" aria-label=\"{name}\"><strong>{state}</strong> <a href=\"{needs}\">{link}</a></aside>"
        );
        let meta = format!(
            "<meta name=\"robots\" content=\"noindex, nofollow\">\n<link rel=\"stylesheet\" href=\"{root}{STYLE}\">\n"
        );
        format!("{}{meta}{}{banner}{}", &html[..head], &html[head..begin], with_numbers(&html[begin..]))
    }
}

impl<S: OutputSink> OutputSink for ProofSink<'_, S> {
    type Error = S::Error;

    fn put(&self, file: OutputFile) -> Result<(), S::Error> {
        let OutputFile { path, content: OutputContent::Bytes(bytes) } = &file else { return self.sink.put(file) };
        let text = || String::from_utf8_lossy(bytes);
        match path.as_str() {
            // Nobody should find a proof, and where its pages are.
            "robots.txt" => self.sink.put(OutputFile::new(path.clone(), "User-agent: *\nDisallow: /\n".as_bytes())),
            "_headers" => {
                let headers = format!("{}\n/*\n  X-Robots-Tag: noindex, nofollow\n", text());
                self.sink.put(OutputFile::new(path.clone(), headers.into_bytes()))
            }
            name if name.ends_with("sitemap.xml") => Ok(()),
            name if path.extension() == "html" => {
                let folder = name.strip_suffix(HOME);
                let is_language = |folder: &&str| {
                    folder.is_empty() || folder.strip_suffix('/').is_some_and(|tag| self.words.contains_key(tag))
                };
                if let Some(folder) = folder.filter(is_language) {
                    let mut homes = self.homes.lock().unwrap_or_else(PoisonError::into_inner);
                    homes.insert(folder.to_owned(), bytes.clone());
                }
                self.sink.put(OutputFile::new(path.clone(), self.page(path, &text()).into_bytes()))
            }
            _ => self.sink.put(file),
        }
    }
}

/// A text as HTML.
fn escaped(text: &str) -> String {
    let mut html = String::new();
    escape::attribute(&mut html, text);
    html
}
