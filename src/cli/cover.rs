//! `annal cover`: writes the reports that go to committees with the annual report.

use std::fs;
use std::process::ExitCode;

use super::args::{CoverArgs, GlobalArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite, is_about, shown};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::cover::{CoverEntry, CoverWriter, html, word};
use crate::diagnostic::located::counted;
use crate::diagnostic::{Diagnostic, Severity, quoted_list};
use crate::model::documents::report_pdf;
use crate::model::{Archive, Report};
use crate::pipeline::{self, Options};
use crate::render::theme::site_locale;
use crate::source::slug::slug;

/// The folder beside `content/`.
const FOLDER: &str = "covers";

/// Writes the reports of a year, unless the year has errors.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &CoverArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    progress.step("checking");
    // Committees may see a report before the public does, but no drafts.
    let options = Options { embargoed: true, preparing: true, ..Options::new(clock::today(None)?) };
    let checked = pipeline::read(&site.tree, &options);
    let archive = &checked.value;
    let report = open_site::report(archive, global.year.as_ref())?;
    let is_error =
        |one: &&Diagnostic| one.severity == Severity::Error && is_about(Some(&report.year), &one.location.file);
    let errors = checked.diagnostics.iter().filter(is_error).count();
    if errors > 0 {
        let (are, errors) = (if errors == 1 { "is" } else { "are" }, counted(errors, "error"));
        return Err(CliError::not_ready(format!("there {are} {errors} in {}, so no report was written", report.year))
            .help(format!("fix what `annal check --year {}` finds", report.year)));
    }
    let recipients = recipients(archive, report, args.to.as_deref())?;
    let words = site_locale(&site.tree, &archive.site);
    let writer = CoverWriter { archive, report, words: &words };
    let mut files = Vec::new();
    for entry in recipients {
        let (cover, name) = (writer.report(&entry), &entry.name);
        let document = word::document(&cover, format!("{}/{name}", report.year)).to_bytes();
        let document =
            document.map_err(|error| CliError::new(format!("{name}.docx cannot be put together: {error}")))?;
        let path = |ending: &str| format!("{FOLDER}/{}/{name}.{ending}", report.year);
        files.push((path("html"), html::page(&cover).into_bytes()));
        files.push((path("docx"), document));
    }
    drop(progress);
    write(&site, &files, args.replace)?;
    let file = report_pdf(&report.folder);
    terminal.message(&format!("Attach the annual report: `annal pdf --year {}` saves it as {file}", report.year));
    Ok(ExitCode::SUCCESS)
}

/// The recipients with a report, or those that are meant by `to`.
fn recipients<'a>(archive: &'a Archive, report: &'a Report, to: Option<&str>) -> Result<Vec<CoverEntry<'a>>, CliError> {
    let all = CoverEntry::all(archive, report);
    if all.is_empty() {
        return Err(CliError::new(format!("no recipient in {} has a report", report.file)).help(
            "create its headings with `annal new cover merton`, then add `cover: merton` to an entry of `distribution`",
        ));
    }
    let Some(to) = to else { return Ok(all) };
    // The name of a file that was written is also a way to name its recipient.
    let asked = slug(to);
    let is_named = |name: &String| name.eq_ignore_ascii_case(to.trim()) || !asked.is_empty() && slug(name) == asked;
    let is_meant =
        |entry: &&CoverEntry<'_>| [&entry.sent.written, &entry.sent.to, &entry.name].into_iter().any(is_named);
    let meant: Vec<_> = all.iter().filter(is_meant).cloned().collect();
    if meant.is_empty() {
        let known: Vec<&str> = all.iter().map(|entry| entry.sent.written.as_str()).collect();
        let error = CliError::new(format!("{} has no report to `{to}`", report.file));
        return Err(error.help(format!("it has reports to {}", quoted_list(&known))));
    }
    Ok(meant)
}

/// Writes all files, or none if one of them is there already and differs: somebody may have written in it.
fn write(site: &OpenSite, files: &[(String, Vec<u8>)], replaces: bool) -> Result<(), CliError> {
    for (path, bytes) in files {
        let there = fs::read(site.root.join(path));
        if !replaces && there.is_ok_and(|there| there != *bytes) {
            return Err(CliError::new(format!("{path} already exists and would change, so nothing was written"))
                .help("rename it to keep what was written in it, or run `annal cover --replace` to write over it"));
        }
    }
    for (path, bytes) in files {
        let target = site.root.join(path);
        let folder = target.parent().unwrap_or(&site.root);
        fs::create_dir_all(folder).map_err(|error| CliError::disk("create the folder", folder, &error))?;
        fs::write(&target, bytes).map_err(|error| CliError::disk("write", &target, &error))?;
        let name = shown(target.strip_prefix(".").unwrap_or(&target)).display().to_string();
        print(&format!("Wrote {name}\n"))?;
    }
    Ok(())
}
