//! `annal build`: the site on disk, whole or not at all.

use std::path::Path;
use std::process::ExitCode;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::args::{Build, Global};
use super::fail::Failure;
use super::progress::Progress;
use super::say::Voice;
use super::site::{self, Site, shown};
use super::{found, today};
use crate::diagnostic::listing::counted;
use crate::diagnostic::{Listing, Severity};
use crate::memo::Memo;
use crate::output::{self, OutputTree, WriteError};
use crate::pipeline::{self, Options};

/// What every chart on a page begins with.
const CHART: &str = "<figure class=\"chart\"";

/// Builds the site and tells what was found.
pub fn run(voice: Voice, global: &Global, args: &Build) -> Result<ExitCode, Failure> {
    let progress = Progress::begin(voice);
    let site = Site::open(global, &progress)?;
    let options = Options {
        drafts: args.check.when.drafts,
        embargoed: args.check.when.embargoed,
        base_url: args.base_url.clone(),
        force: args.force,
        ..Options::on(today::today(args.check.when.at)?)
    };
    progress.step("building");
    let built = pipeline::build(&site.tree, site.read.clone(), &options, &mut Memo::default());
    let is_built = options.force || !pipeline::has_errors(&built.diagnostics);
    let target = args.output.clone().unwrap_or_else(|| site.root.join("output"));
    let written = if is_built { write(voice, &progress, &built.output, &target) } else { Ok(()) };

    // What stops the build is told whichever year it is in.
    let mut diagnostics = built.diagnostics;
    let year = global.year.as_ref();
    diagnostics.retain(|found| found.severity == Severity::Error || site::is_about(year, &found.place.file));
    let listing = Listing::new(diagnostics, &site.tree, site.files(year));
    let mut closing = listing.summary.to_string();
    if is_built && written.is_ok() {
        let (pages, charts) = count(&built.output);
        let seconds = progress.elapsed().as_secs_f64();
        closing = format!(
            "{}, {}, {closing}, {seconds:.2} s, {}",
            counted(pages, "page"),
            counted(charts, "chart"),
            shown(&target).display()
        );
    }
    drop(progress);
    found::tell(voice, &listing, args.check.format, &closing)?;
    written?;
    if !is_built {
        voice.tell(&format!(
            "nothing was built, and {} is as it was: mend the errors, waive them in report.yaml, or build with --force",
            shown(&target).display()
        ));
    }
    Ok(found::status(listing.summary, args.check.deny))
}

/// Puts the site on disk.
fn write(voice: Voice, progress: &Progress, site: &OutputTree, target: &Path) -> Result<(), Failure> {
    progress.step("writing");
    let waiting = || voice.tell(&format!("another build is writing to {}: waiting for it", shown(target).display()));
    match output::write(site, target, waiting) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

fn failure(error: &WriteError) -> Failure {
    Failure { message: error.to_string(), help: error.help() }
}

/// How many pages and charts a site has. The pages for printing show the same charts again.
fn count(site: &OutputTree) -> (usize, usize) {
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| path.extension() == "html").collect();
    let finder = AhoCorasick::new([CHART]).expect("one short word is always searchable");
    let screens = pages.par_iter().filter(|(path, _)| !path.as_str().contains("/print/"));
    let charts = screens.map(|(_, bytes)| finder.find_iter(&bytes[..]).count()).sum();
    (pages.len(), charts)
}
