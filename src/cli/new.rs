//! `annal new`: creates sites, years, forms, pages and tables. Existing files are never overwritten.

mod carried_links;
mod cover;
mod decisions;
mod glossary;
mod governance;
pub(super) mod next_steps;
mod page;
mod reviews;
mod site;
mod submission;
mod table;
mod word_form;
mod year;
mod year_title;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::args::{GlobalArgs, NewCommand, NewSiteArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{OpenSite, report, shown};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::model::assemble::assemble;
use crate::model::{Submitter, SubmitterKind};
use crate::pipeline::Options;

/// A file to write.
pub(super) struct NewFile {
    /// The path from the site's root.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl NewFile {
    pub(super) fn new(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }
}

/// Writes the new files, and prints their names and what to do next.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, new: &NewCommand) -> Result<ExitCode, CliError> {
    if let NewCommand::Site(site) = new {
        return create_site(terminal, site);
    }
    let site = OpenSite::open(global, &Progress::begin(terminal))?;
    let archive = assemble(&site.tree).value;
    let of_year = || report(&archive, global.year.as_ref());
    let (drafts, next) = match new {
        NewCommand::Site(_) => (Vec::new(), String::new()),
        NewCommand::Year { begun } => {
            year::check_earlier(&archive, begun)?;
            year::warn_of_gap(terminal, &archive, begun);
            (vec![year::draft(&site.tree, &archive, begun)], String::new())
        }
        NewCommand::Board(who) | NewCommand::Agency(who) => {
            let kind = if matches!(new, NewCommand::Board(_)) { SubmitterKind::Board } else { SubmitterKind::Agency };
            let report = of_year()?;
            submission::check_ids(report, kind, &who.ids)?;
            if who.word {
                let drafts = word_form::drafts(&site, &archive, report, kind, who)?;
                if drafts.is_empty() {
                    let message = format!("Every {} in {} already has a form or a file", kind.name(), report.year);
                    terminal.message(&message);
                }
                (drafts, next_steps::after_word_forms(global, report, archive.site.return_to.as_deref()))
            } else {
                let drafts = submission::drafts(&site.tree, &archive, report, kind, who);
                if drafts.is_empty() {
                    terminal.message(&format!("Every {} in {} already has a file", kind.name(), report.year));
                }
                let other = kind.other();
                let has_file = |owner: Submitter<'_>| submission::has_file(&site.tree, report, other, owner.id);
                let lacks = report.submitters_of(other).any(|owner| !has_file(owner));
                (drafts, next_steps::after_forms(global, &report.year, Some(other).filter(|_| lacks)))
            }
        }
        NewCommand::Page(page) => {
            let folder = if page.site { "content" } else { of_year()?.folder.as_str() };
            one(global, &site.root, page::draft(&site.tree, folder, page)?)
        }
        NewCommand::Table { name } => {
            let draft = table::draft(&archive, of_year()?, name);
            let draft = draft.ok_or_else(|| CliError::new(format!("there is no table called `{name}`")))?;
            one(global, &site.root, draft)
        }
        NewCommand::Glossary => {
            let options = Options::new(clock::today(None)?);
            one(global, &site.root, glossary::draft(&site.tree, &options))
        }
        NewCommand::Cover { skeleton } => one(global, &site.root, cover::draft(*skeleton)),
        NewCommand::Decisions => one(global, &site.root, decisions::draft(&archive, of_year()?)),
        NewCommand::Reviews => one(global, &site.root, reviews::draft(&archive, of_year()?)),
        NewCommand::Governance => one(global, &site.root, governance::draft(&site.tree, &archive, of_year()?)),
    };
    write(&site.root, &drafts)?;
    let next = match new {
        // The next steps depend on whom the new file lists.
        NewCommand::Year { begun } => {
            let archive = assemble(&OpenSite::open(global, &Progress::begin(terminal))?.tree).value;
            next_steps::after_year(global, &site.root, report(&archive, Some(begun))?)
        }
        _ => next,
    };
    terminal.message(next.trim_end());
    Ok(ExitCode::SUCCESS)
}

/// Writes the files of a new site.
pub(crate) fn create_site(terminal: Terminal, new: &NewSiteArgs) -> Result<ExitCode, CliError> {
    write(&new.folder, &site::drafts(new.title.as_deref()))?;
    terminal.message(&next_steps::after_site(&new.folder));
    Ok(ExitCode::SUCCESS)
}

/// One file to write, and what to do after it.
fn one(global: &GlobalArgs, root: &Path, draft: NewFile) -> (Vec<NewFile>, String) {
    let next = next_steps::after_file(global, &root.join(&draft.path));
    (vec![draft], next)
}

/// A text as a YAML value in quotation marks, where no character has a special meaning.
pub(super) fn quoted(text: &str) -> String {
    // Every JSON string is also a YAML string.
    serde_json::Value::from(text).to_string()
}

/// Writes all drafts, or none if one of the files already exists.
pub(super) fn write(root: &Path, drafts: &[NewFile]) -> Result<(), CliError> {
    let name = |path: &Path| shown(path.strip_prefix(".").unwrap_or(path)).display().to_string();
    let already_exists = |path: &Path| {
        CliError::new(format!("{} already exists and has not been changed", name(path)))
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
        file.and_then(|mut file| file.write_all(&draft.bytes)).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => already_exists(path),
            _ => CliError::disk("write", path, &error),
        })?;
        print(&format!("Wrote {}\n", name(path)))?;
    }
    Ok(())
}
