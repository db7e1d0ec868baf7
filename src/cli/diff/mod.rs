//! `annal diff`: what readers would notice between two sites.

mod git;
mod side;

use std::fs;
use std::process::ExitCode;

use self::side::{Side, Sides};
use super::args::{ComparisonFormat, DiffArgs, GlobalArgs};
use super::error::CliError;
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::compare::{self, SiteChanges};

/// Compares two sites and prints what differs.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &DiffArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let sides = Sides::new(global, &args.inclusion, &progress)?;
    let mut old = match &args.old {
        Some(old) => sides.named(old)?,
        None => sides.live()?,
    };
    let mut new = match &args.new {
        Some(new) => sides.named(new)?,
        None => sides.here()?,
    };
    if let Some(year) = &global.year {
        for side in [&mut old, &mut new] {
            side.site.only_year(year.as_str());
        }
        if ![&old, &new].iter().any(|side| side.site.has_year(year.as_str())) {
            return Err(CliError::new(format!("neither site has published {year}")).help(
                "to include years in preparation, add `--drafts`; to include years under embargo, `--embargoed`",
            ));
        }
    }
    let changes = compare::compare(&old.site, &new.site);
    let notes = notes(&old, &new, &changes);
    drop(progress);
    let text = match args.format {
        ComparisonFormat::Json => format!("{:#}\n", compare::json(&changes, &old.label, &new.label)),
        ComparisonFormat::Html => compare::html(&changes, &old.label, &new.label, &notes),
        ComparisonFormat::Human => in_words(terminal, args, &old, &new, &changes),
    };
    match &args.output {
        Some(file) => fs::write(file, &text).map_err(|error| CliError::disk("write", file, &error))?,
        None => print(&text)?,
    }
    if args.format == ComparisonFormat::Human {
        for note in &notes {
            terminal.message(note);
        }
    }
    Ok(ExitCode::from(u8::from(args.exit_code && !changes.list.is_empty())))
}

/// The changes with a line of counts.
fn in_words(terminal: Terminal, args: &DiffArgs, old: &Side, new: &Side, changes: &SiteChanges) -> String {
    let is_quiet = terminal.is_quiet;
    if changes.list.is_empty() {
        let same = match old.same_as(new) {
            Some(what) => compared_with_itself(what),
            None => format!("Readers see no difference between {} and {}", old.label, new.label),
        };
        return if is_quiet { String::new() } else { format!("{same}\n") };
    }
    let color = args.output.is_none() && terminal.look().color;
    let text = compare::human(changes, compare::Paint { color });
    if is_quiet {
        return text;
    }
    format!("From {}\nTo   {}\n\n{text}{}\n", old.label, new.label, changes.summary())
}

/// What is said where both sides are the same: `what` they are.
fn compared_with_itself(what: &str) -> String {
    format!(
        "There is nothing to compare: both sides are {what}. Name another folder, a place that the site is published to, or a \
         revision of Git such as `HEAD`."
    )
}

/// What somebody has to know about a comparison.
fn notes(old: &Side, new: &Side, changes: &SiteChanges) -> Vec<String> {
    let mut notes: Vec<String> = old.notes.iter().chain(&new.notes).cloned().collect();
    notes.dedup();
    if changes.is_partial() {
        notes.push(
            "Another version of annal published one of the two. What only one of them records was not compared."
                .to_owned(),
        );
    }
    notes
}
