//! `annal pdf`: the report as a tagged PDF.

use std::env;
use std::process::ExitCode;

use super::args::{Global, Pdf};
use super::fail::Failure;
use super::progress::Progress;
use super::say::Voice;
use super::site::{self, Site, shown};
use super::{found, today};
use crate::diagnostic::{Listing, RelPath, Severity};
use crate::memo::Memo;
use crate::output::{OutputTree, pdf};
use crate::pipeline::{self, Options};
use crate::report::Year;

/// Builds the site, prints a year's report, and tells what was found.
pub fn run(voice: Voice, global: &Global, args: &Pdf) -> Result<ExitCode, Failure> {
    let browser = args.browser.clone().or_else(|| pdf::browser(&env::var_os("PATH").unwrap_or_default()));
    let Some(browser) = browser else {
        return Err(Failure::new(
            "a browser prints the report, and there is neither Chromium nor Chrome on this machine",
        )
        .help("install one (on Debian and Ubuntu: `apt install chromium`), or name one with `--browser PATH`"));
    };
    let progress = Progress::begin(voice);
    let site = Site::open(global, &progress)?;
    let options = Options {
        drafts: args.check.when.drafts,
        embargoed: args.check.when.embargoed,
        force: args.force,
        ..Options::on(today::today(args.check.when.at)?)
    };
    progress.step("building");
    let built = pipeline::build(&site.tree, site.read.clone(), &options, &mut Memo::default());
    let is_built = options.force || !pipeline::has_errors(&built.diagnostics);
    let year = global.year.as_ref();
    let mut diagnostics = built.diagnostics;
    diagnostics.retain(|found| found.severity == Severity::Error || site::is_about(year, &found.place.file));
    let listing = Listing::new(diagnostics, &site.tree, site.files(year));
    let mut closing = listing.summary.to_string();
    let printed = if is_built {
        let page = page(&built.output, year)?;
        let name = page.as_str().split('/').next().unwrap_or_default();
        let target = args.output.clone().unwrap_or_else(|| site.root.join(format!("{name}.pdf")));
        progress.step("printing");
        closing = format!("{closing}, {}", shown(&target).display());
        pdf::print(&built.output, &page, &browser, &target)
    } else {
        Ok(())
    };
    drop(progress);
    found::tell(voice, &listing, args.check.format, &closing)?;
    printed.map_err(|error| Failure::new(error.to_string()))?;
    if !is_built {
        voice.tell("nothing was printed: mend the errors, waive them in report.yaml, or print with --force");
    }
    Ok(found::status(listing.summary, args.check.deny))
}

/// The page that holds the whole report of a year, or of the newest.
fn page(site: &OutputTree, year: Option<&Year>) -> Result<RelPath, Failure> {
    let wanted = |path: &&RelPath| match year {
        Some(year) => path.as_str() == format!("{year}/print/index.html"),
        None => path.as_str().split_once('/').is_some_and(|(_, rest)| rest == "print/index.html"),
    };
    site.files.keys().rfind(wanted).cloned().ok_or_else(|| {
        let what = year.map_or_else(
            || "there is no report to print".to_owned(),
            |year| format!("the report of {year} is not published yet"),
        );
        Failure::new(what).help("with `--embargoed` a report is printed before its embargo ends")
    })
}
