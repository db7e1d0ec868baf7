//! `annal check`: checks the whole site without building it.

use std::process::ExitCode;

use super::args::{CheckArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{clock, print_diagnostics};
use crate::diagnostic::DiagnosticList;
use crate::pipeline::{self, BuildCache, Options};

/// Checks the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &CheckArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    let options = Options {
        drafts: args.inclusion.drafts,
        embargoed: args.inclusion.embargoed,
        ..Options::new(clock::today(args.inclusion.at)?)
    };
    progress.step("checking");
    let mut diagnostics = pipeline::check(&site.tree, &options, &mut BuildCache::none()).diagnostics;
    diagnostics.retain(|diagnostic| open_site::is_about(global.year.as_ref(), &diagnostic.location.file));
    let listing = DiagnosticList::new(diagnostics, &site.tree, site.files(global.year.as_ref()));
    drop(progress);
    print_diagnostics::show(terminal, &listing, args.format, &listing.summary.to_string())?;
    Ok(print_diagnostics::status(listing.summary, args.deny))
}
