//! `annal theme diff`: how copies of the built-in theme's files differ from the originals.

use std::process::ExitCode;

use crate::cli::args::ThemeDiffArgs;
use crate::cli::error::CliError;
use crate::cli::open_site::OpenSite;
use crate::cli::terminal::{Terminal, print};
use crate::diagnostic::RelPath;
use crate::diagnostic::located::counted;
use crate::edit::difference::changed_lines;
use crate::edit::write::{Expected, write};
use crate::render::theme::copy::{CopyMark, OriginalFile, originals, version};
use crate::source::FileContent;

/// A file of one of the site's themes that was copied from the built-in theme.
struct ThemeCopy<'a> {
    file: &'a RelPath,
    text: &'a str,
    mark: CopyMark<'a>,
    /// `None` if the built-in theme no longer has it.
    original: Option<OriginalFile>,
}

impl ThemeCopy<'_> {
    fn is_outdated(&self) -> bool {
        self.original.is_none_or(|original| original.has_changed_since(&self.mark))
    }
}

/// Prints the differences, or marks the copies as seen.
pub(super) fn run(terminal: Terminal, site: &OpenSite, args: &ThemeDiffArgs) -> Result<ExitCode, CliError> {
    let within = site.named(&args.files)?;
    let mut copies = copies(site);
    copies.retain(|copy| within.is_empty() || within.iter().any(|place| copy.file.is_at(place)));
    if copies.is_empty() {
        terminal.message("No file here was copied from the built-in theme with `annal theme eject`");
        return Ok(ExitCode::SUCCESS);
    }
    if args.seen {
        let seen = copies.iter().filter(|copy| copy.is_outdated()).map(|copy| see(site, copy));
        let seen = seen.collect::<Result<Vec<bool>, CliError>>()?.into_iter().filter(|is_seen| *is_seen).count();
        terminal.message(&format!("Marked {} as seen", counted(seen, "copied file")));
        return Ok(ExitCode::SUCCESS);
    }
    for copy in &copies {
        print(&shown(copy))?;
    }
    let outdated = copies.iter().filter(|copy| copy.is_outdated()).count();
    let of = counted(copies.len(), "copied file");
    terminal.message(&match outdated {
        0 => format!("{of}; no original has changed since"),
        1 => format!("{of}; the original of one has changed since"),
        more => format!("{of}; the originals of {more} have changed since"),
    });
    Ok(ExitCode::SUCCESS)
}

/// Remembers that somebody has seen what the original of a copy is now. Returns whether it still has one.
fn see(site: &OpenSite, copy: &ThemeCopy<'_>) -> Result<bool, CliError> {
    let Some(text) = copy.original.and_then(|original| original.seen_by(copy.text)) else { return Ok(false) };
    let expected = site.tree.files.get(copy.file).map_or(Expected::Nothing, |read| Expected::File(read.hash));
    write(&site.root, copy.file, expected, text.as_bytes())
        .map_err(|error| CliError::new(format!("{} {error}", copy.file)))?;
    Ok(true)
}

fn shown(copy: &ThemeCopy<'_>) -> String {
    let Some(original) = copy.original else {
        return format!("{} was copied from civic {}, which no longer has this file\n\n", copy.file, copy.mark.version);
    };
    let state = if copy.is_outdated() { "the original has changed since" } else { "the original has not changed" };
    let seen = original.seen_by(copy.text).unwrap_or_default();
    // The line with the mark is no difference.
    let lines = match changed_lines(&original.copy(), &seen) {
        none if none.is_empty() => "no difference\n".to_owned(),
        lines => format!("--- civic {} ({})\n+++ {}\n{lines}", version(), original.path, copy.file),
    };
    format!("{}: copied from civic {}, {state}\n{lines}\n", copy.file, copy.mark.version)
}

fn copies(site: &OpenSite) -> Vec<ThemeCopy<'_>> {
    let files = site.tree.files_under("themes");
    let copies = files.filter_map(|(file, below, read)| {
        let FileContent::Text(text) = &read.content else { return None };
        let mark = CopyMark::find(text)?;
        let path = below.split_once('/')?.1;
        Some(ThemeCopy { file, text, mark, original: originals().find(|original| original.path == path) })
    });
    copies.collect()
}
