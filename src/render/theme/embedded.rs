//! The theme that the binary carries, so that a new site works at once.

use super::files::{CIVIC, ThemeFiles, ThemeSource};
use crate::diagnostic::RelPath;
use crate::source::FileContent;

/// Lists files of `themes/civic/` with their content.
macro_rules! carried {
    ($($path:literal,)+) => {
        /// The theme's files: their paths in its folder, and their texts.
        const CARRIED: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../../themes/civic/", $path))),)+];
    };
}

carried! {
    "theme.yaml",
    "assets/charts.css",
    "assets/civic.css",
    "assets/icon.svg",
    "assets/search.js",
    "locales/cy.yaml",
    "locales/en-GB.yaml",
    "templates/attendance.html",
    "templates/base.html",
    "templates/budget.html",
    "templates/commitments.html",
    "templates/components.html",
    "templates/contacts.html",
    "templates/contents.html",
    "templates/duties.html",
    "templates/faults.html",
    "templates/foot.html",
    "templates/front.html",
    "templates/glossary.html",
    "templates/governance.html",
    "templates/home.html",
    "templates/lists.html",
    "templates/members.html",
    "templates/not-found.html",
    "templates/page.html",
    "templates/print.html",
    "templates/priorities.html",
    "templates/priority.html",
    "templates/redirect.html",
    "templates/reviews.html",
    "templates/search.html",
    "templates/submission.html",
    "templates/tables.html",
    "templates/top.html",
    "templates/trends.html",
}

/// The carried theme's files.
pub(super) fn files() -> ThemeFiles {
    let file = |(path, text): &(&str, &str)| {
        let at = RelPath::new(&format!("themes/{CIVIC}/{path}"));
        ((*path).to_owned(), ThemeSource { path: at, content: FileContent::Text((*text).into()), is_own: false })
    };
    CARRIED.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_theme_is_carried() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/civic");
        let files = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
        for file in files {
            let path = file.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            assert!(CARRIED.iter().any(|(carried, _)| *carried == path), "{path} is not carried");
        }
    }
}
