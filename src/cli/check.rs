//! `annal check`: checks the whole site without building it.

use std::process::ExitCode;

use super::args::{CheckArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::OpenSite;
use super::print_diagnostics;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::model::LeftOut;
use crate::pipeline::{self, Options};

/// Checks the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &CheckArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    let mut options = args.inclusion.options()?;
    if let Some(year) = &global.year {
        // Whoever names a year wants it judged, whether or not it may be built yet.
        options = Options { year: Some(year.to_string()), preparing: true, embargoed: true, ..options };
    }
    progress.step("checking");
    let checked = pipeline::check(&site.tree, site.read.clone(), &options);
    let left_out = LeftOut::new(&checked.value, &options);
    let listing = site.listing(checked.diagnostics, global.year.as_ref());
    drop(progress);
    print_diagnostics::show(terminal, &listing, &left_out, args.format, &listing.summary.to_string())?;
    Ok(print_diagnostics::status(listing.summary, args.deny))
}
