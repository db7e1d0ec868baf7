//! `annal new`: creates sites, years, submissions and pages. Existing files are never overwritten.

pub(super) mod site;
mod submission;
mod year;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::args::{GlobalArgs, NewCommand, NewPageArgs};
use super::error::CliError;
use super::open_site::{OpenSite, report, shown, year_due};
use super::progress::Progress;
use super::shell;
use super::terminal::{Terminal, print};
use crate::cache::Cache;
use crate::model::assemble::assemble;
use crate::model::{Part, SubmitterKind, Trends};
use crate::options::Options;
use crate::render::route::Routes;
use crate::source::SourceTree;
use crate::source::slug::slug;
use crate::source::yaml::Slug;

/// A file to write.
struct NewFile {
    /// The path from the site's root.
    path: String,
    text: String,
}

/// Writes the new files, and prints their names and what to do next.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, new: &NewCommand) -> Result<ExitCode, CliError> {
    if let NewCommand::Site { folder } = new {
        write(folder, &site::drafts())?;
        let folder = shell::quoted(&folder.display().to_string());
        terminal.message(&format!("Next, create its first report:\n  cd {folder}\n  annal new year {}", year_due()));
        return Ok(ExitCode::SUCCESS);
    }
    let site = OpenSite::open(global, &Progress::begin(terminal))?;
    let archive = assemble(&site.tree).value;
    let drafts = match new {
        NewCommand::Site { .. } => Vec::new(),
        NewCommand::Year { begun } => vec![year::draft(&site.tree, &archive, begun)],
        NewCommand::Board(who) | NewCommand::Agency(who) => {
            let kind = if matches!(new, NewCommand::Board(_)) { SubmitterKind::Board } else { SubmitterKind::Agency };
            let report = report(&archive, global.year.as_ref())?;
            let drafts = submission::drafts(&site.tree, &archive, report, kind, who)?;
            if drafts.is_empty() {
                terminal.message(&format!("Every {} in {} already has a file", kind.name(), report.year));
            }
            drafts
        }
        NewCommand::Page(page) if page.site => vec![page_in(&site.tree, "content", page)?],
        NewCommand::Page(page) => {
            vec![page_in(&site.tree, report(&archive, global.year.as_ref())?.folder.as_str(), page)?]
        }
    };
    write(&site.root, &drafts)?;
    if let NewCommand::Year { begun } = new {
        terminal.message(&year::next_steps(&site.root, begun));
    }
    Ok(ExitCode::SUCCESS)
}

/// A page of a year or of the site itself.
fn page_in(tree: &SourceTree, folder: &str, page: &NewPageArgs) -> Result<NewFile, CliError> {
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
    Ok(NewFile { path, text })
}

/// Whether the site already has a page at the address that a new one would have.
fn is_taken(tree: &SourceTree, path: &str, text: &str) -> bool {
    let mut tree = tree.clone();
    tree.files.extend(SourceTree::from_texts([(path, text)]).files);
    let options = Options { drafts: true, embargoed: true, ..Options::new(Date::MIN) };
    let archive = assemble(&tree).value;
    let trends = Trends::new(&archive, &options, &Cache::default());
    let routes = Routes::new(&archive, &options, trends, &[], &[], &Cache::default());
    routes.diagnostics.iter().any(|found| found.location.file.as_str() == path)
}

/// A text as a YAML value in quotation marks, where no character has a special meaning.
fn quoted(text: &str) -> String {
    // Every JSON string is also a YAML string.
    serde_json::Value::from(text).to_string()
}

/// Writes all drafts, or none if one of the files already exists.
fn write(root: &Path, drafts: &[NewFile]) -> Result<(), CliError> {
    let already_exists = |path: &Path| {
        CliError::new(format!("{} already exists and has not been changed", shown(path).display()))
            .help("edit it, or move it somewhere else first")
    };
    let paths: Vec<_> = drafts.iter().map(|draft| root.join(&draft.path)).collect();
    if let Some(path) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(already_exists(path));
    }
    for (path, draft) in paths.iter().zip(drafts) {
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).map_err(|error| CliError::disk("create the folder", folder, &error))?;
        // Another program may have created the file since the check above.
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        file.and_then(|mut file| file.write_all(draft.text.as_bytes())).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => already_exists(path),
            _ => CliError::disk("write", path, &error),
        })?;
        print(&format!("Wrote {}\n", shown(path).display()))?;
    }
    Ok(())
}
