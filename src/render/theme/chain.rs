//! The chain of themes that a site's theme extends, and the files of each.

use super::embedded;
use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, quoted_list};
use crate::model::SiteInfo;
use crate::record;
use crate::source::SourceTree;
use crate::source::yaml::{Text, read_document};

record! {
    /// `themes/NAME/theme.yaml`: a theme's name and the theme it extends.
    pub struct ThemeFile {
        /// The theme's display name.
        "name" optional name: Text,
        /// The theme's version.
        "version" optional version: Text,
        /// The theme that provides all files that this one does not have.
        "extends" optional extends: Text,
    }
}

/// The files of one theme. Civic's built-in files are included unless the site has its own.
pub(super) fn files_of(tree: &SourceTree, name: &str) -> ThemeFiles {
    let mut files = if name == CIVIC { embedded::files() } else { ThemeFiles::new() };
    for (path, below, file) in tree.files_under(&format!("themes/{name}")) {
        files.insert(below.to_owned(), ThemeSource { path: path.clone(), content: file.content.clone(), is_own: true });
    }
    files
}

/// The name of the site's theme, followed by those of the themes it extends.
pub(super) fn chain_of(tree: &SourceTree, site: &SiteInfo, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    let mut wanted = site.theme.value.clone();
    let mut asked_at = Location::new(&site.file, site.theme.span);
    loop {
        if chain.contains(&wanted) {
            let message = format!("the theme `{wanted}` extends itself: {}", arrows(&chain, &wanted));
            let help = "remove `extends` from one of them, or change it to `extends: civic`";
            diagnostics.push(Diagnostic::new(Code::ThemeCycle, asked_at, message).help(help));
            return vec![CIVIC.to_owned()];
        }
        let folder = format!("themes/{wanted}");
        if wanted != CIVIC && tree.files_under(&folder).next().is_none() {
            diagnostics.push(unknown_theme(tree, &wanted, asked_at));
            return vec![CIVIC.to_owned()];
        }
        chain.push(wanted);
        let file = RelPath::new(&format!("{folder}/theme.yaml"));
        let Some(text) = tree.shared_text(file.as_str()) else {
            if chain.last().is_some_and(|last| last != CIVIC) {
                let message = "this theme has no `theme.yaml`";
                let help = "add one with `name:`, `version:` and, to extend the built-in theme, `extends: civic`";
                diagnostics.push(Diagnostic::new(Code::MissingFile, Location::whole(&file), message).help(help));
                chain.push(CIVIC.to_owned());
            }
            return chain;
        };
        let whole = crate::diagnostic::Span::new(0, text.len());
        let about: ThemeFile = read_document(&file, text, whole).emit_into(diagnostics);
        let Some(extends) = about.extends else { return chain };
        asked_at = Location::new(&file, extends.span);
        wanted = extends.value;
    }
}

/// `a → b → a`.
fn arrows(chain: &[String], again: &str) -> String {
    let names = chain.iter().map(String::as_str).chain([again]);
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
