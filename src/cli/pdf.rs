//! `annal pdf`: the report as a tagged PDF.

use std::env;
use std::process::ExitCode;

use super::args::{GlobalArgs, PdfArgs};
use super::error::CliError;
use super::open_site::shown;
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::RelPath;
use crate::model::Year;
use crate::output::{OutputTree, pdf};

/// Builds the site, prints a year's report, and tells what was found.
pub(crate) fn run(voice: Terminal, global: &GlobalArgs, args: &PdfArgs) -> Result<ExitCode, CliError> {
    let browser = args.browser.clone().or_else(|| pdf::browser(&env::var_os("PATH").unwrap_or_default()));
    let Some(browser) = browser else {
        return Err(CliError::new(
            "a browser prints the report, and there is neither Chromium nor Chrome on this machine",
        )
        .help("install one (on Debian and Ubuntu: `apt install chromium`), or name one with `--browser PATH`"));
    };
    let progress = Progress::begin(voice);
    let made = SiteBuild::new(global, &args.check, args.force, None, &progress)?;
    let year = global.year.as_ref();
    let listing = made.listing(year);
    let mut closing = listing.summary.to_string();
    let printed = if made.is_built {
        let page = page(&made.output, year)?;
        let name = page.as_str().split('/').next().unwrap_or_default();
        let target = args.output.clone().unwrap_or_else(|| made.site.root.join(format!("{name}.pdf")));
        progress.step("printing");
        let printed = pdf::print(&made.output, &page, &browser, &target);
        if printed.is_ok() {
            closing = format!("{closing}, {}", shown(&target).display());
        }
        printed
    } else {
        Ok(())
    };
    drop(progress);
    print_diagnostics::tell(voice, &listing, args.check.format, &closing)?;
    printed.map_err(|error| CliError::new(error.to_string()))?;
    if !made.is_built {
        voice.tell("nothing was printed: mend the errors, waive them in report.yaml, or print with --force");
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

/// The page that holds the whole report of a year, or of the newest.
fn page(site: &OutputTree, year: Option<&Year>) -> Result<RelPath, CliError> {
    let wanted = |path: &&RelPath| match year {
        Some(year) => path.as_str() == format!("{year}/print/index.html"),
        None => path.as_str().split_once('/').is_some_and(|(_, rest)| rest == "print/index.html"),
    };
    site.files.keys().rfind(wanted).cloned().ok_or_else(|| {
        let what = year.map_or_else(
            || "there is no report to print".to_owned(),
            |year| format!("the report of {year} is not published yet"),
        );
        CliError::new(what).help("with `--embargoed` a report is printed before its embargo ends")
    })
}
