//! `annal check`: everything that is wrong, and nothing built.

use std::process::ExitCode;

use super::args::{Check, Global};
use super::fail::Failure;
use super::progress::Progress;
use super::say::Voice;
use super::site::{self, Site};
use super::{found, today};
use crate::diagnostic::DiagnosticList;
use crate::pipeline::{self, Options};

/// Checks the site and tells what was found.
pub fn run(voice: Voice, global: &Global, args: &Check) -> Result<ExitCode, Failure> {
    let progress = Progress::begin(voice);
    let site = Site::open(global, &progress)?;
    let options = Options {
        drafts: args.when.drafts,
        embargoed: args.when.embargoed,
        ..Options::on(today::today(args.when.at)?)
    };
    progress.step("checking");
    let mut diagnostics = pipeline::check(&site.tree, site.read.clone(), &options).diagnostics;
    diagnostics.retain(|diagnostic| site::is_about(global.year.as_ref(), &diagnostic.location.file));
    let listing = DiagnosticList::new(diagnostics, &site.tree, site.files(global.year.as_ref()));
    drop(progress);
    found::tell(voice, &listing, args.format, &listing.summary.to_string())?;
    Ok(found::status(listing.summary, args.deny))
}
