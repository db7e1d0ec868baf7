//! `annal build`: writes the complete site to disk, or nothing.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::args::{BuildArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::{self, shown_folder};
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::located::counted;
use crate::model::Year;
use crate::output::{self, OutputTree, WriteError};

/// The start of every chart on a page.
const CHART: &str = "<figure class=\"chart\"";

/// Builds the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &BuildArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let target = match &args.output {
        Some(folder) => folder.clone(),
        None => open_site::find(global)?.join("output"),
    };
    keep_other_years(global.year.as_ref(), &target)?;
    let built = SiteBuild::new(global, &args.check, args.force, args.base_url.clone(), &progress)?;
    let written = if built.is_built { write(terminal, &progress, &built.output, &target) } else { Ok(()) };
    let listing = built.listing(global.year.as_ref());
    let mut closing = listing.summary.to_string();
    if built.is_built && written.is_ok() {
        let (pages, charts) = count(&built.output);
        let seconds = progress.elapsed().as_secs_f64();
        let (pages, charts, folder) = (counted(pages, "page"), counted(charts, "chart"), shown_folder(&target));
        closing = format!("{closing}\nBuilt {pages} and {charts} in {seconds:.2} s: {folder}");
        if !built.left_out.is_empty() {
            closing = format!("{closing}\nLeft out: {}", built.left_out);
        }
    }
    drop(progress);
    print_diagnostics::show(terminal, &listing, &built.left_out, args.check.format, &closing)?;
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

/// Refuses to put the site of one year in the place of one that has others.
fn keep_other_years(year: Option<&Year>, target: &Path) -> Result<(), CliError> {
    let Some(year) = year else { return Ok(()) };
    // A folder that does not exist yet, or cannot be read, is dealt with when the site is written to it.
    let names = fs::read_dir(target).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut years = names.filter_map(|name| Year::parse(name.to_str()?));
    let Some(other) = years.find(|other| other != year) else { return Ok(()) };
    let folder = shown_folder(target);
    Err(CliError::new(format!("{folder} holds {other} too, and a build of {year} alone would remove it")).help(
        format!("write it to another folder with `--output DIR`, or build all years by leaving out `--year {year}`"),
    ))
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
    CliError { help: error.help(), ..CliError::new(error.to_string()) }
}

/// Counts a site's pages and charts. Charts on the pages for printing are not counted twice.
fn count(site: &OutputTree) -> (usize, usize) {
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| path.extension() == "html").collect();
    let finder = AhoCorasick::new([CHART]).expect("one short word is always searchable");
    let screens = pages.par_iter().filter(|(path, _)| !path.as_str().contains("/print/"));
    let charts = screens.map(|(_, bytes)| finder.find_iter(&bytes[..]).count()).sum();
    (pages.len(), charts)
}
