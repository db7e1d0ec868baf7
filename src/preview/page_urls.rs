//! Which page shows a content file, by its path alone, and how paths are written in addresses.

use crate::diagnostic::RelPath;
use crate::model::Part;
use crate::model::year_data::YearFile;
use crate::output::OutputTree;
use crate::source::translation::original_of;

pub(crate) const DESK: &str = "/_desk/";
/// Where what can be corrected in a file is shown: `/_desk/fix/content/2024-25/agencies/police.md`.
pub(crate) const FIX: &str = "/_desk/fix/";
/// Where it is shown how pages are made: `/_desk/view/2024-25/agencies/police/`.
pub(crate) const INSPECTIONS: &str = "/_desk/view/";
/// Where reports to committees are shown: `/_desk/cover/2024-25/hwb.html`.
pub(crate) const COVER: &str = "/_desk/cover/";
/// Where texts are signed off: `/_desk/sign/2024-25/agencies/police`.
pub(crate) const SIGN: &str = "/_desk/sign/";
/// Where documents are taken in.
pub(crate) const INTAKE: &str = "/_desk/intake";
/// Where it is recorded that a letter was sent: `/_desk/chased/2024-25/agencies/police`.
pub(crate) const CHASED: &str = "/_desk/chased/";

/// The address of the page that shows a content file, if the site has that page: its own page, or the page with its
/// figures.
#[must_use]
pub(crate) fn page_of(file: &RelPath, files: &OutputTree) -> Option<String> {
    let address = address_of(file)?;
    is_there(&address, files).then_some(address)
}

/// The address that a content file's page has or would have. The address of a translation begins with its language.
pub(crate) fn address_of(file: &RelPath) -> Option<String> {
    if let Some((original, language)) = original_of(file) {
        return Some(format!("/{language}{}", address_of(&original)?));
    }
    let parts: Vec<&str> = file.below("content")?.split('/').collect();
    let stem = file.stem();
    let is_page = file.extension() == "md";
    Some(match parts[..] {
        ["site.yaml"] => "/".to_owned(),
        ["glossary.yaml"] => "/glossary/".to_owned(),
        ["pages", _] if is_page => format!("/{stem}/"),
        [year, "pages", _] if is_page => format!("/{year}/{stem}/"),
        [year, group @ ("boards" | "agencies"), _] if is_page => format!("/{year}/{group}/{stem}/"),
        [year, ref below @ ..] => match Part::of_file(YearFile::at(&below.join("/"))?) {
            Some(part) => format!("/{year}/{}/", part.name()),
            None => format!("/{year}/"),
        },
        [] => return None,
    })
}

/// Whether the site has a page at an address. The address must end with `/`.
pub(crate) fn is_there(address: &str, files: &OutputTree) -> bool {
    files.files.contains_key(format!("{}index.html", address.trim_start_matches('/')).as_str())
}

/// The address of an output file: `/2019-20/` of `2019-20/index.html`.
#[must_use]
pub(crate) fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_find_their_pages() {
        for (file, page) in [
            ("content/site.yaml", Some("/")),
            ("content/pages/about.md", Some("/about/")),
            ("content/2019-20/report.yaml", Some("/2019-20/")),
            ("content/2019-20/boards/risk.md", Some("/2019-20/boards/risk/")),
            ("content/2019-20/boards/risk.cy.md", Some("/cy/2019-20/boards/risk/")),
            ("content/2019-20/data/budget.csv", Some("/2019-20/budget/")),
            ("content/2019-20/governance.yaml", Some("/2019-20/governance/")),
            ("content/2019-20/media/a.png", None),
            ("themes/civic/theme.yaml", None),
        ] {
            assert_eq!(address_of(&RelPath::new(file)).as_deref(), page, "{file}");
        }
        assert_eq!(address("index.html"), "/");
        assert_eq!(address("2019-20/index.html"), "/2019-20/");
        assert_eq!(address("my-index.html"), "/my-index.html");
    }
}
