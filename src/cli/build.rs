//! `annal build`: the site on disk, whole or not at all.

use std::path::Path;
use std::process::ExitCode;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::args::{BuildArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::shown;
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::located::counted;
use crate::output::{self, OutputTree, WriteError};

/// What every chart on a page begins with.
const CHART: &str = "<figure class=\"chart\"";

/// Builds the site and tells what was found.
pub(crate) fn run(voice: Terminal, global: &GlobalArgs, args: &BuildArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(voice);
    let made = SiteBuild::new(global, &args.check, args.force, args.base_url.clone(), &progress)?;
    let target = args.output.clone().unwrap_or_else(|| made.site.root.join("output"));
    let written = if made.is_built { write(voice, &progress, &made.output, &target) } else { Ok(()) };
    let listing = made.listing(global.year.as_ref());
    let mut closing = listing.summary.to_string();
    if made.is_built && written.is_ok() {
        let (pages, charts) = count(&made.output);
        let seconds = progress.elapsed().as_secs_f64();
        closing = format!(
            "{}, {}, {closing}, {seconds:.2} s, {}",
            counted(pages, "page"),
            counted(charts, "chart"),
            shown(&target).display()
        );
    }
    drop(progress);
    print_diagnostics::tell(voice, &listing, args.check.format, &closing)?;
    written?;
    if !made.is_built {
        voice.tell(&format!(
            "nothing was built, and {} is as it was: mend the errors, waive them in report.yaml, or build with --force",
            shown(&target).display()
        ));
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

/// Puts the site on disk.
fn write(voice: Terminal, progress: &Progress, site: &OutputTree, target: &Path) -> Result<(), CliError> {
    progress.step("writing");
    let waiting = || voice.tell(&format!("another build is writing to {}: waiting for it", shown(target).display()));
    match output::write(site, target, waiting) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

fn failure(error: &WriteError) -> CliError {
    CliError { message: error.to_string(), help: error.help() }
}

/// How many pages and charts a site has. The pages for printing show the same charts again.
fn count(site: &OutputTree) -> (usize, usize) {
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| path.extension() == "html").collect();
    let finder = AhoCorasick::new([CHART]).expect("one short word is always searchable");
    let screens = pages.par_iter().filter(|(path, _)| !path.as_str().contains("/print/"));
    let charts = screens.map(|(_, bytes)| finder.find_iter(&bytes[..]).count()).sum();
    (pages.len(), charts)
}
