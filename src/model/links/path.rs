//! Paths as they are written in links.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::diagnostic::RelPath;

/// The file that a path in the file `from` names: relative to `from`, or to the content root if it begins with `@/`. A
/// path that leads out of the site gives a name that matches no file.
pub(super) fn resolve_path(from: &RelPath, path: &str) -> RelPath {
    let path = percent_decode_text(path);
    if let Some(rest) = path.strip_prefix("@/") {
        return RelPath::new("content").join(rest);
    }
    let folder: Vec<&str> = from.as_str().split('/').collect();
    let mut depth = folder.len() - 1;
    for part in path.split('/') {
        depth = match part {
            "" | "." => depth,
            ".." if depth == 0 => return RelPath::new(&path.replace("..", "…")),
            ".." => depth - 1,
            _ => depth + 1,
        };
    }
    RelPath::new(&format!("{}/{path}", folder[..folder.len() - 1].join("/")))
}

/// The file that the target of a link in `from` names, as far as it names one. An address in the built site names the
/// file at the same place below `content/`, which pictures and documents have.
#[must_use]
pub(crate) fn linked_file(from: &RelPath, target: &str) -> RelPath {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    match path.strip_prefix('/') {
        Some(address) => RelPath::new("content").join(&percent_decode_text(address)),
        None => resolve_path(from, path),
    }
}

/// The relative path to `file` for a link in the file `from`.
#[must_use]
pub(crate) fn relative_path(from: &RelPath, file: &str) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = file.split('/').collect();
    let most = from.len().min(to.len()).saturating_sub(1);
    let shared = from.iter().zip(&to).take(most).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - 1 - shared), to[shared..].join("/")).replace(' ', "%20")
}

/// Percent-decodes a text; returns it unchanged if the result is not UTF-8.
pub(super) fn percent_decode_text(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_contains_them() {
        let from = RelPath::new("content/2019-20/boards/risk.md");
        for (path, file) in [
            ("tasking.md", "content/2019-20/boards/tasking.md"),
            ("./tasking.md", "content/2019-20/boards/tasking.md"),
            ("../agencies/tvp.md", "content/2019-20/agencies/tvp.md"),
            ("../../pages/a%20b.md", "content/pages/a b.md"),
            ("@/2018-19/boards/risk.md", "content/2018-19/boards/risk.md"),
            ("../../../../content/pages/a.md", "…/…/…/…/content/pages/a.md"),
        ] {
            assert_eq!(resolve_path(&from, path).as_str(), file);
        }
    }

    #[test]
    fn paths_lead_from_file_to_file() {
        let from = RelPath::new("content/2019-20/boards/risk.md");
        for (file, path) in [
            ("content/2019-20/boards/tasking.md", "tasking.md"),
            ("content/2019-20/agencies/tvp.md", "../agencies/tvp.md"),
            ("content/pages/a b.md", "../../pages/a%20b.md"),
        ] {
            assert_eq!(relative_path(&from, file), path);
            assert_eq!(resolve_path(&from, path).as_str(), file);
        }
    }

    #[test]
    fn percent_codes_are_decoded() {
        assert_eq!(percent_decode_text("a%20b%C3%A9"), "a bé");
        assert_eq!(percent_decode_text("100%"), "100%");
        assert_eq!(percent_decode_text("%ff%zz%+1"), "%ff%zz%+1");
    }
}
