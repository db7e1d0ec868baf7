//! `annal build`: writes the complete site to disk, or nothing.

use std::fs;
use std::path::{Path, absolute};
use std::process::ExitCode;

use super::args::{BuildArgs, GlobalArgs};
use super::error::CliError;
use super::open_site::{self, shown_folder};
use super::print_diagnostics;
use super::progress::Progress;
use super::site_build::SiteBuild;
use super::terminal::Terminal;
use crate::diagnostic::located::counted;
use crate::model::Year;
use crate::output::{MANIFEST, StagedSite};
use crate::proof::{self, ProofSink};
use crate::render::redact::Redactor;

/// Builds the site and prints its problems.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &BuildArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let own_folder = if args.proof { "proof" } else { "output" };
    let target = match &args.output {
        Some(folder) => folder.clone(),
        None => open_site::find(global)?.join(own_folder),
    };
    if args.proof {
        keep_published_sites(&open_site::find(global)?, &target)?;
    }
    let site_build = SiteBuild::open(global, &args.check, args.force, args.proof, args.base_url.clone(), &progress)?;
    let folder = shown_folder(&target);
    let waiting = || {
        terminal.message(&format!("Another build is writing to {folder}. Waiting for it to finish."));
    };
    let staged = StagedSite::open(&target, waiting)?;
    let year = global.year.as_ref();
    let proof = args.proof.then(|| ProofSink::new(&staged, &site_build.site.tree, site_build.options.today));
    let (built, left_out) = match &proof {
        Some(proof) => site_build.build_into(proof, &progress)?,
        None => site_build.build_into(&staged, &progress)?,
    };
    // A year that is held back is refused for that first.
    if !args.proof {
        keep_other_years(year, &target)?;
    }
    let proof = proof.map(|proof| (proof, Redactor::from_diagnostics(&built.diagnostics, "")));
    let listing = site_build.site.listing(built.diagnostics, year);
    if let Some((proof, withheld)) = &proof {
        proof.put_needs(&built.archive, &listing, withheld, &site_build.site.tree, year.map(Year::as_str))?;
    }
    drop(proof);
    let written = if built.is_built {
        progress.step("writing");
        staged.commit().map(|_| ())
    } else {
        drop(staged);
        Ok(())
    };
    let mut closing = listing.summary.to_string();
    if built.is_built && written.is_ok() {
        let (pages, charts) = (counted(built.counts.pages, "page"), counted(built.counts.charts, "chart"));
        let seconds = progress.elapsed().as_secs_f64();
        closing = format!("{closing}\nBuilt {pages} and {charts} in {seconds:.2} s: {folder}");
        if args.proof {
            closing = format!(
                "{closing}\nThis is a proof, with everything in it. Do not publish it. Send people its {}",
                proof::LIST
            );
        }
        if !left_out.is_empty() {
            closing = format!("{closing}\nLeft out: {left_out}");
        }
    }
    drop(progress);
    print_diagnostics::show(terminal, &listing, &left_out, args.check.format, &closing)?;
    written?;
    if !built.is_built {
        let remedy = site_build.site.remedy("annal build --force");
        terminal.message(&format!("Nothing was built and {folder} has not changed. {remedy}"));
    }
    Ok(print_diagnostics::status(listing.summary, args.check.deny))
}

/// Refuses to put a proof in the place of a site that may be published.
fn keep_published_sites(root: &Path, target: &Path) -> Result<(), CliError> {
    // A folder that is not there yet has no real path, but the one that it will be in has.
    let real = |path: &Path| {
        let parent = absolute(path).ok()?.parent()?.canonicalize().ok()?;
        Some(parent.join(path.file_name()?))
    };
    let is_site = target.join(MANIFEST).is_file() && !target.join(proof::STYLE).is_file();
    let is_own = real(target).is_some_and(|target| Some(target) == real(&root.join("output")));
    if !is_site && !is_own {
        return Ok(());
    }
    let folder = shown_folder(target);
    Err(CliError::new(format!("{folder} is for the site that is published, and a proof must not be"))
        .help("leave out `--output` to write the proof to proof/, or name another folder"))
}

/// Refuses to put the site of one year in the place of one that has others.
fn keep_other_years(year: Option<&Year>, target: &Path) -> Result<(), CliError> {
    let Some(year) = year else { return Ok(()) };
    // A folder that does not exist yet, or cannot be read, is dealt with when the site is written to it.
    let names = fs::read_dir(target).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let mut years = names.filter_map(|name| Year::parse(name.to_str()?));
    let Some(other) = years.find(|other| other != year) else { return Ok(()) };
    let folder = shown_folder(target);
    Err(CliError::new(format!("{folder} holds {other} too, and a build of {year} alone would remove it")).help(
        format!("write it to another folder with `--output DIR`, or build all years by leaving out `--year {year}`"),
    ))
}
