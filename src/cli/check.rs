//! `annal check`: checks the whole site without building it.

use std::process::ExitCode;

use super::args::{CheckCommandArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::OpenSite;
use super::progress::Progress;
use super::terminal::Terminal;
use super::{options, print_diagnostics};
use crate::model::UnbuiltContent;
use crate::pipeline::{self, BuildCache, Options};

/// Checks the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &CheckCommandArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::scan(global, &progress)?;
    let within = site.named(&args.files)?;
    for path in within.iter().filter(|path| !site.reads(path)) {
        terminal.warn(&format!("annal does not check {path}"), "it checks the files in content/ and themes/");
    }
    let args = &args.check;
    let mut options = options::including(&args.inclusion)?;
    if let Some(year) = &global.year {
        // Whoever names a year or a file wants it judged, whether or not it may be built yet.
        options = Options { year: Some(year.to_string()), preparing: true, embargoed: true, ..options };
    }
    if !within.is_empty() {
        options = Options { drafts: true, preparing: true, embargoed: true, ..options };
    }
    progress.step("checking");
    let checked = pipeline::check(&site.tree, &options, &mut BuildCache::none());
    let left_out = UnbuiltContent::for_printing(&checked.value, &options, &checked.diagnostics);
    let listing = site.listing_in(checked.diagnostics, global.year.as_ref(), &within);
    drop(progress);
    print_diagnostics::show(terminal, &listing, &left_out, args.format, &listing.summary.to_string())?;
    Ok(print_diagnostics::status(listing.summary, args.deny))
}
