//! Copies of the built-in theme's files in a site's own themes. A copy begins with a mark that says what it was made
//! from, so that annal can say when the original has changed since.

use super::embedded;
use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::{Code, Diagnostic, Location, Span};
use crate::source::FileContent;
use crate::source::digest::hash;

/// The words of a mark before the version.
const MARK: &str = "copied by annal from civic ";

/// A file of the built-in theme that a theme may have a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OriginalFile {
    /// Its path in the theme's folder, such as `templates/top.html`.
    pub path: &'static str,
    pub text: &'static str,
}

/// The files of the built-in theme that a theme may have a copy of, in the order of their paths.
pub(crate) fn originals() -> impl Iterator<Item = OriginalFile> {
    let files = embedded::texts().filter(|(path, _)| path.contains('/'));
    files.map(|(path, text)| OriginalFile { path, text })
}

impl OriginalFile {
    /// The text of a copy: the original below its mark.
    #[must_use]
    pub(crate) fn copy(self) -> String {
        let (before, after) = match self.path.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "html" => ("{#- ", " -#}"),
            "css" | "js" => ("/* ", " */"),
            "svg" => ("<!-- ", " -->"),
            _ => ("# ", ""),
        };
        format!("{before}{}{after}\n{}", self.mark(), self.text)
    }

    /// The text of a copy with its mark renewed, because somebody has looked at what the original is now. `None` if the
    /// copy has no mark.
    #[must_use]
    pub(crate) fn seen_by(self, copy: &str) -> Option<String> {
        let mark = CopyMark::find(copy)?;
        let (before, after) = (&copy[..mark.span.start as usize], &copy[mark.span.end as usize..]);
        Some(format!("{before}{}{after}", self.mark()))
    }

    /// Whether a copy was made from another version of this file.
    #[must_use]
    pub(crate) fn has_changed_since(self, mark: &CopyMark<'_>) -> bool {
        mark.digest != self.digest()
    }

    fn mark(self) -> String {
        format!("{MARK}{} ({})", version(), self.digest())
    }

    /// What tells this text from other versions of it: 16 hexadecimal digits.
    fn digest(self) -> String {
        let digest = format!("{:032x}", hash(self.text.as_bytes()));
        digest[..16].to_owned()
    }
}

/// What a copy says about its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CopyMark<'a> {
    /// The version of the built-in theme.
    pub version: &'a str,
    digest: &'a str,
    /// Its place in the copy.
    span: Span,
}

impl<'a> CopyMark<'a> {
    /// The mark of a copy, if it has one.
    #[must_use]
    pub(crate) fn find(copy: &'a str) -> Option<Self> {
        let start = copy.find(MARK)?;
        let (version, rest) = copy[start + MARK.len()..].split_once(" (")?;
        let (digest, _) = rest.split_once(')')?;
        let is_mark = !version.contains('\n') && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        let end = start + MARK.len() + version.len() + digest.len() + " ()".len();
        is_mark.then_some(Self { version, digest, span: Span::new(start, end) })
    }
}

/// The version of the built-in theme.
#[must_use]
pub(crate) fn version() -> &'static str {
    let about = embedded::texts().find(|(path, _)| *path == "theme.yaml").map_or("", |(_, text)| text);
    about.lines().find_map(|line| line.strip_prefix("version:")).map_or("", str::trim)
}

/// Reports the copies in a chain of themes whose originals have changed since.
pub(super) fn check(chain: &[ThemeFiles]) -> Vec<Diagnostic> {
    let own = chain.iter().flatten().filter(|(_, file)| file.is_own);
    own.filter_map(|(path, file)| check_file(path, file)).collect()
}

fn check_file(path: &str, file: &ThemeSource) -> Option<Diagnostic> {
    let FileContent::Text(text) = &file.content else { return None };
    let mark = CopyMark::find(text)?;
    let at = Location::new(&file.path, mark.span);
    let Some(original) = originals().find(|original| original.path == path) else {
        let message = format!("{CIVIC} {} has no {path} any more, from which this copy was made", version());
        let help = "see in the change log what replaces it, and remove this file if nothing uses it";
        return Some(Diagnostic::new(Code::OutdatedCopy, at, message).help(help));
    };
    original.has_changed_since(&mark).then(|| {
        let message = format!("{CIVIC}'s own {path} has changed since this copy was made from version {}", mark.version);
        let help = format!(
            "see the difference with `annal theme diff {}`, take over what you need, and add `--seen` when you are done",
            file.path
        );
        Diagnostic::new(Code::OutdatedCopy, at, message).help(help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_remembers_its_original() {
        for original in originals() {
            let copy = original.copy();
            let mark = CopyMark::find(&copy).unwrap_or_else(|| panic!("{}", original.path));
            assert_eq!(mark.version, version());
            assert!(!original.has_changed_since(&mark), "{}", original.path);
            assert!(copy.ends_with(original.text));
            let changed = OriginalFile { text: "changed", ..original };
            assert!(changed.has_changed_since(&mark));
            let seen = changed.seen_by(&copy).unwrap();
            assert!(!changed.has_changed_since(&CopyMark::find(&seen).unwrap()));
            assert!(seen.ends_with(original.text), "the copy itself stays as it is");
        }
        assert!(originals().any(|original| original.path == "templates/top.html"));
        assert_eq!(CopyMark::find("{# copied by annal from civic and changed #}"), None);
        assert_eq!(CopyMark::find("copied by annal from civic 1.0.0 (no)"), None);
    }
}
