//! A site to begin from.

use super::NewFile;

const SITE: &str = "\
# What all years of the report share. `annal schema site` tells what else may stand here.
title: Our Safeguarding Partnership
base_url: https://example.org
language: en-GB

# Whom readers can turn to. Numbers and addresses that stand here may stand anywhere in the report.
contacts:
  - name: Emergency services
    for: Anybody who is in immediate danger
    phone: \"999\"
    urgent: true
";

/// The files of a new site.
pub(super) fn drafts() -> Vec<NewFile> {
    let draft = |path: &str, text: &str| NewFile { path: path.to_owned(), text: text.to_owned() };
    vec![draft("content/site.yaml", SITE), draft(".gitignore", "/output/\n/*.pdf\n")]
}
