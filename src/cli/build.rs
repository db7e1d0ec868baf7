//! `annal build`: writes the complete site to disk, or nothing.

use std::process::ExitCode;

use super::args::{BuildArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::shown_folder;
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::located::counted;
use crate::output::{StagedSite, WriteError};

/// Builds the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &BuildArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site_build = SiteBuild::open(global, &args.check, args.force, args.base_url.clone(), &progress)?;
    let target = args.output.clone().unwrap_or_else(|| site_build.site.root.join("output"));
    let folder = shown_folder(&target);
    let waiting = || {
        terminal.message(&format!("Another build is writing to {folder}. Waiting for it to finish."));
    };
    let staged = StagedSite::open(&target, waiting).map_err(|error| failure(&error))?;
    let built = site_build.build_into(&staged, &progress).map_err(|error| failure(&error))?;
    let written = if built.is_built {
        progress.step("writing");
        staged.commit().map(|_| ())
    } else {
        drop(staged);
        Ok(())
    };
    let listing = site_build.listing(&built.diagnostics, global.year.as_ref());
    let mut closing = listing.summary.to_string();
    if built.is_built && written.is_ok() {
        let (pages, charts) = (counted(built.counts.pages, "page"), counted(built.counts.charts, "chart"));
        let seconds = progress.elapsed().as_secs_f64();
        closing = format!("{closing}\nBuilt {pages} and {charts} in {seconds:.2} s: {folder}");
    }
    drop(progress);
    print_diagnostics::show(terminal, &listing, args.check.format, &closing)?;
    written.map_err(|error| failure(&error))?;
    if !built.is_built {
        terminal.message(&format!(
            "Nothing was built and {folder} has not changed. Fix the errors, waive them in report.yaml, or run \
             `annal build --force`.",
        ));
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

fn failure(error: &WriteError) -> CliError {
    CliError { message: error.to_string(), help: error.help() }
}
