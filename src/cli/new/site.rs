//! The files of a new site.

use super::NewFile;

/// The `base_url` of a new site, which nobody can publish to.
pub(crate) const PLACEHOLDER_URL: &str = "https://example.org";

const SITE: &str = "\
# Settings for all years of the report. `annal schema site` lists every setting.
title: Our Safeguarding Partnership
base_url: https://example.org
language: en-GB

# Where readers can get help. The phone numbers and addresses listed here may be used anywhere in the report.
contacts:
  - name: Emergency services
    for: Anyone in immediate danger
    phone: \"999\"
    urgent: true
";

/// The files, by their paths from the site's root.
pub(super) fn drafts() -> Vec<NewFile> {
    let draft = |path: &str, text: &str| NewFile { path: path.to_owned(), text: text.to_owned() };
    vec![draft("content/site.yaml", SITE), draft(".gitignore", "/output/\n/*.pdf\n/.publish.annal\n")]
}

#[cfg(test)]
mod tests {
    use super::{PLACEHOLDER_URL, SITE};

    #[test]
    fn a_new_site_has_the_placeholder() {
        assert!(SITE.contains(&format!("base_url: {PLACEHOLDER_URL}\n")));
    }
}
