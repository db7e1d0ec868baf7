//! The chain of themes that a site's theme extends, and the files of each.

use super::embedded;
use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SourceTexts, Span, quoted_list};
use crate::model::SiteInfo;
use crate::source::files::{ProgramVersion, ThemeFile};
use crate::source::yaml::read_document;
use crate::source::{FileContent, SourceTree};

/// A theme of a chain.
pub(super) struct ChainedTheme {
    /// Its folder in `themes/`.
    pub(super) name: String,
    /// Its `theme.yaml`, and what that says.
    pub(super) file: RelPath,
    pub(super) about: ThemeFile,
}

/// The files of one theme. Civic's built-in files are included unless the site has its own.
pub(super) fn files_of(tree: &SourceTree, name: &str) -> ThemeFiles {
    let mut files = if name == CIVIC { embedded::files() } else { ThemeFiles::new() };
    for (path, below, file) in tree.files_under(&format!("themes/{name}")) {
        let is_own = !matches!(&file.content, FileContent::Text(text) if embedded::is_carried(path, text));
        files.insert(below.to_owned(), ThemeSource { path: path.clone(), content: file.content.clone(), is_own });
    }
    files
}

/// The site's theme, followed by the themes it extends.
pub(super) fn chain_of(tree: &SourceTree, site: &SiteInfo, diagnostics: &mut Vec<Diagnostic>) -> Vec<ChainedTheme> {
    let mut chain: Vec<ChainedTheme> = Vec::new();
    let mut wanted = site.theme.value.clone();
    let mut asked_at = Location::new(&site.file, site.theme.span);
    loop {
        if chain.iter().any(|theme| theme.name == wanted) {
            let message = format!("the theme `{wanted}` extends itself: {}", arrows(&chain, &wanted));
            let help = "remove `extends` from one of them, or change it to `extends: civic`";
            diagnostics.push(Diagnostic::new(Code::ThemeCycle, asked_at, message).help(help));
            return vec![carried()];
        }
        let folder = format!("themes/{wanted}");
        if wanted != CIVIC && tree.files_under(&folder).next().is_none() {
            diagnostics.push(unknown_theme(tree, &wanted, asked_at));
            return vec![carried()];
        }
        let file = RelPath::new(&format!("{folder}/theme.yaml"));
        let Some(text) = &tree.text(&file) else {
            if wanted != CIVIC {
                let message = "this theme has no `theme.yaml`";
                let help = "add one with `name:`, `version:` and, to extend the built-in theme, `extends: civic`";
                diagnostics.push(Diagnostic::new(Code::MissingFile, Location::whole(&file), message).help(help));
                chain.push(ChainedTheme { name: wanted, file, about: ThemeFile::default() });
            }
            chain.push(carried());
            return chain;
        };
        let before = diagnostics.len();
        let about: ThemeFile = read_document(&file, text, Span::new(0, text.len())).emit_into(diagnostics);
        let is_in_doubt = diagnostics.len() > before;
        diagnostics.extend(newer_annal_needed(&file, &about));
        let extends = about.extends.clone();
        let is_civic = wanted == CIVIC;
        chain.push(ChainedTheme { name: wanted, file: file.clone(), about });
        let Some(extends) = extends else {
            // `extends` may be what could not be read.
            chain.extend((is_in_doubt && !is_civic).then(carried));
            return chain;
        };
        asked_at = Location::new(&file, extends.span);
        wanted = extends.value;
    }
}

/// The built-in theme.
pub(super) fn carried() -> ChainedTheme {
    let file = RelPath::new(&format!("themes/{CIVIC}/theme.yaml"));
    let about = match embedded::file("theme.yaml").map(|file| file.content) {
        Some(FileContent::Text(text)) => read_document(&file, &text, Span::new(0, text.len())).value,
        _ => ThemeFile::default(),
    };
    ChainedTheme { name: CIVIC.to_owned(), file, about }
}

/// Reports a theme that was made for a later version of annal.
fn newer_annal_needed(file: &RelPath, about: &ThemeFile) -> Option<Diagnostic> {
    let (needed, here) = (about.requires.as_ref()?, ProgramVersion::current());
    (needed.value > here).then(|| {
        let message = format!("this theme needs annal {} or later, but this is annal {here}", needed.value);
        let help = "install a newer annal, or write an earlier version if you know that the theme works with it";
        Diagnostic::new(Code::NewerAnnalNeeded, Location::new(file, needed.span), message).help(help)
    })
}

/// `a → b → a`.
fn arrows(chain: &[ChainedTheme], again: &str) -> String {
    let names = chain.iter().map(|theme| theme.name.as_str()).chain([again]);
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
}

fn unknown_theme(tree: &SourceTree, wanted: &str, location: Location) -> Diagnostic {
    let mut known: Vec<&str> =
        tree.files_under("themes").filter_map(|(_, below, _)| Some(below.split_once('/')?.0)).collect();
    known.push(CIVIC);
    known.sort_unstable();
    known.dedup();
    let help =
        did_you_mean(wanted, known.iter().copied()).unwrap_or_else(|| format!("choose from {}", quoted_list(&known)));
    Diagnostic::new(Code::UnknownTheme, location, format!("there is no theme `{wanted}` in `themes/`")).help(help)
}
