//! In which order files are sent, and for how long browsers may keep them.

/// The stages of a publication, in their order. Within one, the order does not matter.
///
/// At every moment, each page that a reader can reach has everything that it names: parts come before the pages that
/// use them, and a page that is new comes before any page that links to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Style sheets and scripts, whose names change with their content.
    Assets,
    /// Pictures.
    Media,
    /// Pages and files at new addresses. Nothing links to them yet.
    Added,
    /// Other pages and files.
    Changed,
    /// What lists pages: front pages, search, feed and sitemap.
    Fronts,
}

impl Stage {
    /// All stages, in their order.
    pub(super) const ALL: [Self; 5] = [Self::Assets, Self::Media, Self::Added, Self::Changed, Self::Fronts];

    /// The stage in which a file is sent. `is_new` says whether nothing is at its address yet.
    pub(super) fn for_file(path: &str, is_new: bool) -> Self {
        if is_asset(path) {
            Self::Assets
        } else if folders(path).any(|folder| folder == "media") {
            Self::Media
        } else if is_new {
            Self::Added
        } else if is_front(path) {
            Self::Fronts
        } else {
            Self::Changed
        }
    }
}

/// The folders that a file is in, from the top.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/')
}

/// Whether a file is an asset of the theme whose name has a hash of its content: `assets/civic.8d0b6a99.css`.
pub(super) fn is_asset(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    folders(path).any(|folder| folder == "assets") && name.split('.').rev().skip(1).any(is_hash)
}

/// Whether a file lists other pages.
fn is_front(path: &str) -> bool {
    let depth = path.matches('/').count();
    let name = path.rsplit('/').next().unwrap_or_default();
    match name {
        // The front pages of the site, of a language, of a year, and of a year in a language.
        "index.html" => depth <= 2 && folders(path).all(is_year_or_language),
        "atom.xml" | "sitemap.xml" | "manifest.json" => true,
        _ => folders(path).any(|folder| folder == "search"),
    }
}

/// Whether a folder is named like a year or a language. The root's name is empty.
fn is_year_or_language(folder: &str) -> bool {
    let is_language = folder.len() == 2 && folder.bytes().all(|byte| byte.is_ascii_lowercase());
    folder.is_empty() || is_language || is_year(folder)
}

/// Whether a folder is named like a year: `2024-25`, `2024`.
fn is_year(folder: &str) -> bool {
    let year = folder.split('-').next().unwrap_or_default();
    year.len() == 4 && folder.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The year that a file belongs to, in whichever language: the folder of its pages, or the name of its search index.
pub(crate) fn year_of(path: &str) -> Option<&str> {
    let mut parts = path.split('/');
    let first = parts.next()?;
    let top = if first.len() == 2 && !is_year(first) { parts.next()? } else { first };
    if top == "search" {
        return parts.next()?.strip_suffix(".json").filter(|year| is_year(year));
    }
    Some(top).filter(|top| is_year(top) && parts.next().is_some())
}

/// The `Cache-Control` of a file.
pub(super) fn cache_control(path: &str) -> &'static str {
    if is_asset(path) { "public, max-age=31536000, immutable" } else { "public, max-age=60, must-revalidate" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_comes_before_what_names_it() {
        for (path, stage) in [
            ("assets/civic.8d0b6a99.css", Stage::Assets),
            ("cy/assets/search.ee4dc3dd.js", Stage::Assets),
            ("assets/civic.css", Stage::Changed),
            ("2024-25/media/a.png", Stage::Media),
            ("2024-25/agencies/police/index.html", Stage::Changed),
            ("about/index.html", Stage::Changed),
            ("2024-25/data/report.json", Stage::Changed),
            ("404.html", Stage::Changed),
            ("index.html", Stage::Fronts),
            ("cy/index.html", Stage::Fronts),
            ("2024-25/index.html", Stage::Fronts),
            ("cy/2024-25/index.html", Stage::Fronts),
            ("search/2024-25.json", Stage::Fronts),
            ("sitemap.xml", Stage::Fronts),
        ] {
            assert_eq!(Stage::for_file(path, false), stage, "{path}");
        }
        assert_eq!(Stage::for_file("2024-25/index.html", true), Stage::Added);
        assert_eq!(Stage::for_file("assets/civic.8d0b6a99.css", true), Stage::Assets);
    }

    #[test]
    fn only_what_never_changes_is_cached_for_long() {
        assert!(cache_control("assets/civic.8d0b6a99.css").contains("immutable"));
        assert!(!cache_control("2024-25/media/a.png").contains("immutable"));
        assert!(!cache_control("assets/logo.svg").contains("immutable"));
    }

    #[test]
    fn files_belong_to_years() {
        for (path, year) in [
            ("2024-25/index.html", Some("2024-25")),
            ("cy/2024-25/data/report.json", Some("2024-25")),
            ("2024/index.html", Some("2024")),
            ("search/2024-25.json", Some("2024-25")),
            ("cy/search/2024-25.json", Some("2024-25")),
            ("search/site.json", None),
            ("search/index.html", None),
            ("index.html", None),
            ("about/index.html", None),
        ] {
            assert_eq!(year_of(path), year, "{path}");
        }
    }
}
