//! `annal disclosure`: tries to work out suppressed counts from a built site.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use walkdir::WalkDir;

use super::args::{DisclosureArgs, GlobalArgs, ListFormat};
use super::error::CliError;
use super::open_site::{OpenSite, shown};
use super::options;
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::attack::{self, AttackReport};
use crate::diagnostic::located::counted;
use crate::diagnostic::{DiagnosticList, RelPath};
use crate::model::UnbuiltContent;
use crate::output::OutputTree;
use crate::pipeline::{self, BuildCache, Options};
use crate::source::{SourceTree, read_tree};

/// Attacks a built site and prints what it found.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &DisclosureArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let mut notes = Vec::new();
    let site = match &args.folder {
        Some(folder) if folder.join("content").is_dir() => {
            let tree = read_tree(folder).map_err(|error| CliError::disk("read", folder, &error))?;
            build(&tree, args, &progress, &mut notes)?
        }
        Some(folder) if !folder.join(FRONT_PAGE).is_file() => {
            return Err(CliError::new(format!("{} is not a built site", shown(folder).display())).help(
                "name a folder that `annal build` wrote, or leave the folder out to build the site here in memory",
            ));
        }
        Some(folder) => read(folder)?,
        // All of it is kept in memory: of a text that is changed meanwhile nothing is built, and in nothing no count is found.
        None => build(&OpenSite::open(global, &progress)?.tree, args, &progress, &mut notes)?,
    };
    progress.step("working out what is suppressed");
    let mut report = AttackReport::new(&site);
    if let Some(year) = &global.year {
        report.only_year(year.as_str());
    }
    drop(progress);
    match args.format {
        ListFormat::Json => print(&format!("{:#}\n", attack::json(&report)))?,
        ListFormat::Human => {
            print(&attack::human(&report))?;
            for note in &notes {
                terminal.message(note);
            }
            terminal.message(&attack::summary(&report));
        }
    }
    Ok(ExitCode::from(u8::from(report.succeeds())))
}

/// Builds a site in memory, as it would be published.
fn build(
    tree: &SourceTree,
    args: &DisclosureArgs,
    progress: &Progress,
    notes: &mut Vec<String>,
) -> Result<OutputTree, CliError> {
    progress.step("building");
    // A site with errors can be attacked too: what may not be published is hidden in it.
    let options = Options { force: true, ..options::including(&args.inclusion)? };
    let built = pipeline::build_in_memory(tree, &options, &mut BuildCache::none());
    let left_out = UnbuiltContent::for_printing(&built.archive, &options, &built.diagnostics);
    let errors = DiagnosticList::new(built.diagnostics, tree, 0).summary.errors;
    if errors > 0 {
        let errors = counted(errors, "error");
        notes.push(format!("The site has {errors}, so it would not be published as it is."));
    }
    if !left_out.is_empty() {
        notes.push(format!("Left out: {left_out}. To include it, add `--drafts` or `--embargoed`."));
    }
    Ok(built.output)
}

/// Reads those files of a built site that can give a figure away.
pub(super) fn read(folder: &Path) -> Result<OutputTree, CliError> {
    let mut site = OutputTree::default();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| CliError::new(format!("cannot read {}: {error}", folder.display())))?;
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        if !entry.file_type().is_file() || !is_read(path) {
            continue;
        }
        let bytes = fs::read(entry.path()).map_err(|error| CliError::disk("read", entry.path(), &error))?;
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        site.insert(RelPath::new(&parts.join("/")), bytes);
    }
    Ok(site)
}

/// The page that every built site has.
const FRONT_PAGE: &str = "index.html";

/// Whether a file can have figures in it that a program can read.
fn is_read(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["csv", "html", "json", "svg", "xml"].contains(&ending)
}
