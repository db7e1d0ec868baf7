//! The files of a new site, with marks where somebody has to fill something in.

use super::{NewFile, quoted};

/// The settings. Their first value is the title.
const SITE: &str = include_str!("starter/site.yaml");
/// The files that stay as they are here.
const OTHERS: [(&str, &str); 3] = [
    ("content/pages/accessibility.md", include_str!("starter/accessibility.md")),
    ("content/pages/privacy.md", include_str!("starter/privacy.md")),
    (".gitignore", "/output/\n/proof/\n/*.pdf\n/.publish.annal\n"),
];

/// The files, by their paths from the site's root.
pub(super) fn drafts(title: Option<&str>) -> Vec<NewFile> {
    let draft = NewFile::new;
    let site = match title {
        Some(title) => SITE.replace("\"[fill in: the partnership's name]\"", &quoted(title)),
        None => SITE.to_owned(),
    };
    let mut drafts = vec![draft("content/site.yaml", site)];
    drafts.extend(OTHERS.map(|(path, text)| draft(path, text.to_owned())));
    drafts
}
