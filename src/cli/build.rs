//! `annal build`: writes the complete site to disk, or nothing.

use std::path::Path;
use std::process::ExitCode;

use super::args::{BuildArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::shown_folder;
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::located::counted;
use crate::output::{self, OutputTree, WriteError};

/// Builds the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &BuildArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let built = SiteBuild::new(global, &args.check, args.force, args.base_url.clone(), &progress)?;
    let target = args.output.clone().unwrap_or_else(|| built.site.root.join("output"));
    let written = if built.is_built { write(terminal, &progress, &built.output, &target) } else { Ok(()) };
    let listing = built.listing(global.year.as_ref());
    let mut closing = listing.summary.to_string();
    if built.is_built && written.is_ok() {
        let pages = built.output.files.keys().filter(|path| path.extension() == "html").count();
        let seconds = progress.elapsed().as_secs_f64();
        let (pages, charts, folder) = (counted(pages, "page"), counted(built.charts, "chart"), shown_folder(&target));
        closing = format!("{closing}\nBuilt {pages} and {charts} in {seconds:.2} s: {folder}");
    }
    drop(progress);
    print_diagnostics::show(terminal, &listing, args.check.format, &closing)?;
    written?;
    if !built.is_built {
        terminal.message(&format!(
            "Nothing was built and {} has not changed. Fix the errors, waive them in report.yaml, or run \
             `annal build --force`.",
            shown_folder(&target)
        ));
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

/// Writes the site to disk, and says so if it has to wait for another build.
fn write(terminal: Terminal, progress: &Progress, site: &OutputTree, target: &Path) -> Result<(), CliError> {
    progress.step("writing");
    let waiting = || {
        let folder = shown_folder(target);
        terminal.message(&format!("Another build is writing to {folder}. Waiting for it to finish."));
    };
    match output::write(site, target, waiting) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

fn failure(error: &WriteError) -> CliError {
    CliError { message: error.to_string(), help: error.help() }
}
