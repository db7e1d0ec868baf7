//! A page of text.

use std::sync::Arc;

use jiff::civil::Date;

use super::{NewFile, quoted};
use crate::cli::args::NewPageArgs;
use crate::cli::error::CliError;
use crate::model::assemble::assemble;
use crate::model::{Part, Trends};
use crate::options::Options;
use crate::render::route::{Routes, YearAddresses};
use crate::source::SourceTree;
use crate::source::slug::slug;
use crate::source::yaml::Slug;

/// A page of a year or of the site itself.
pub(super) fn draft(tree: &SourceTree, folder: &str, page: &NewPageArgs) -> Result<NewFile, CliError> {
    if !Slug::is_valid(&page.id) {
        let like = slug(&page.id);
        let help = if like.is_empty() {
            "choose an id such as `foreword`".to_owned()
        } else {
            format!("use `annal new page {like}`")
        };
        let message = format!("`{}` cannot be a page's id: only a-z, 0-9 and - are allowed", page.id);
        return Err(CliError::new(message).help(help));
    }
    let title = page.title.clone().unwrap_or_else(|| {
        let words = page.id.replace('-', " ");
        let first = words.chars().next().into_iter().flat_map(char::to_uppercase);
        first.chain(words.chars().skip(1)).collect()
    });
    let text = format!(
        "---\ntitle: {}\n---\n\
         %% Write the page below. Lines that begin with %% are notes to you and are not published.\n",
        quoted(&title)
    );
    let path = format!("{folder}/pages/{}.md", page.id);
    // `contents` lists parts and pages by name, so a page must not have the name of a part, even one not written yet.
    let is_part = folder != "content" && Part::ALL.iter().any(|part| part.name() == page.id);
    if is_part || is_taken(tree, &path, &text) {
        return Err(
            CliError::new(format!("another page already uses the address of `{}`", page.id)).help("choose another id")
        );
    }
    Ok(NewFile::new(&path, text))
}

/// Whether the site already has a page at the address that a new one would have.
fn is_taken(tree: &SourceTree, path: &str, text: &str) -> bool {
    let mut tree = tree.clone();
    tree.files.extend(SourceTree::from_texts([(path, text)]).files);
    let options = Options { drafts: true, embargoed: true, ..Options::new(Date::MIN) };
    let archive = assemble(&tree).value;
    let trends = Trends::new(&archive, &options);
    let years: Vec<_> = archive.reports().map(|report| Arc::new(YearAddresses::new(report, &options))).collect();
    let routes = Routes::new(&archive, &options, trends, &[], &[], &years);
    routes.diagnostics.iter().any(|found| found.location.file.as_str() == path)
}
