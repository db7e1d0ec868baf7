//! `annal pdf`: saves a report as a tagged PDF.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use super::args::{GlobalArgs, PdfArgs};
use super::error::CliError;
use super::open_site::{no_report, shown};
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::RelPath;
use crate::model::Year;
use crate::model::documents::report_pdf;
use crate::output::{MemorySink, OutputTree, pdf};
use crate::proof::ProofSink;
use crate::source::published_document::mark_of;

/// Builds the site, saves a year's report as a PDF, and prints the site's problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &PdfArgs) -> Result<ExitCode, CliError> {
    let browser = args.browser.clone().or_else(|| pdf::browser(&env::var_os("PATH").unwrap_or_default()));
    let Some(browser) = browser else {
        return Err(CliError::new(
            "annal needs Chromium, Chrome or Edge to make the PDF, and found none on this computer",
        )
        .help("install one (on Debian and Ubuntu: `apt install chromium`), or name one with `--browser PATH`"));
    };
    let progress = Progress::begin(terminal);
    let site_build = SiteBuild::open(global, &args.check, args.force, args.proof, None, &progress)?;
    let sink = MemorySink::default();
    let (built, left_out) = if args.proof {
        let proof = ProofSink::new(&sink, &site_build.site.tree, site_build.options.today);
        let (built, left_out) = site_build.build_into(&proof, &progress)?;
        proof.put_style()?;
        (built, left_out)
    } else {
        site_build.build_into(&sink, &progress)?
    };
    let year = global.year.as_ref();
    if built.is_built && built.archive.reports.is_empty() {
        return Err(no_report());
    }
    let listing = site_build.site.listing(built.diagnostics, year);
    let mut closing = listing.summary.to_string();
    let printed = if built.is_built {
        let output = sink.into_tree();
        let page = page(&output, year)?;
        let name = page.as_str().split('/').next().unwrap_or_default();
        // Only a PDF of what readers may have is marked as the report, and saved where it is published.
        let is_public = !(args.proof || args.force || site_build.options.drafts);
        let report = built.archive.reports().find(|report| is_public && report.year.as_str() == name);
        let target = match &args.output {
            Some(target) if !is_public && is_published(target, &site_build.site.root) => {
                return Err(CliError::new(
                    "this PDF has content that is not public, so it cannot be saved in `documents/`",
                )
                .help("save it in another folder, or leave out `--proof`, `--drafts` and `--force`"));
            }
            Some(target) => target.clone(),
            None => site_build.site.root.join(match report {
                Some(report) => report_pdf(&report.folder).to_string(),
                None if args.proof => format!("{name}-proof.pdf"),
                None => format!("{name}.pdf"),
            }),
        };
        let end = report.map(|report| mark_of(report.text_hash)).unwrap_or_default();
        progress.step("making the PDF");
        let printed = pdf::print(&output, &page, &browser, &end, &target);
        if printed.is_ok() {
            closing = format!("{closing}\nSaved {}", shown(&target).display());
        }
        printed
    } else {
        Ok(())
    };
    drop(progress);
    print_diagnostics::show(terminal, &listing, &left_out, args.check.format, &closing)?;
    printed.map_err(|error| CliError::new(error.to_string()))?;
    if !built.is_built {
        let remedy = site_build.site.remedy("annal pdf --force");
        terminal.message(&format!("No PDF was made. {remedy}"));
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

/// Whether a build publishes what is at a path.
fn is_published(target: &Path, root: &Path) -> bool {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    root.canonicalize().is_ok_and(|root| folder.starts_with(root.join("content")))
}

/// The page with the full report of `year`, or of the newest year.
fn page(site: &OutputTree, year: Option<&Year>) -> Result<RelPath, CliError> {
    let wanted = |path: &&RelPath| match year {
        Some(year) => path.as_str() == format!("{year}/print/index.html"),
        None => path.as_str().split_once('/').is_some_and(|(_, rest)| rest == "print/index.html"),
    };
    site.files.keys().rfind(wanted).cloned().ok_or_else(|| {
        let what = year.map_or_else(
            || "there is no published report to save".to_owned(),
            |year| format!("the report for {year} is not published yet"),
        );
        CliError::new(what).help("add `--drafts` for a year in preparation, or `--embargoed` for one under embargo")
    })
}
