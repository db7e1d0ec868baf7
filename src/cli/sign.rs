//! `annal sign`: writes down who approved a text, bound to its words.

use std::process::ExitCode;

use super::args::{GlobalArgs, SignArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::{Terminal, print};
use crate::diagnostic::printable::sanitize;
use crate::edit::sign_off::{NewSignOff, SignOffRefusal, SignedSite, sign_off};
use crate::edit::write::write;
use crate::pipeline::{self, Options};

/// Signs off a submission, or a report as a whole.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &SignArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    progress.step("checking");
    let today = clock::today(None)?;
    // What is not published yet is signed off too.
    let options = Options { drafts: true, embargoed: true, preparing: true, ..Options::new(today) };
    let checked = pipeline::read(&site.tree, &options);
    let report = open_site::report(&checked.value, global.year.as_ref())?;
    if report.unreadable.contains(&report.file) {
        return Err(open_site::unreadable(report));
    }
    let signed_site = SignedSite { tree: &site.tree, archive: &checked.value, diagnostics: &checked.diagnostics };
    let new = NewSignOff { name: &args.name, by: &args.by, on: args.on.unwrap_or(today), today };
    let signed = sign_off(&signed_site, report, &new)?;
    drop(progress);
    write(&site.root, &signed.path, signed.expected, signed.text.as_bytes())
        .map_err(|error| CliError::new(format!("{} {error}", signed.path)))?;
    let (title, by) = (sanitize(&signed.title, false), sanitize(args.by.trim(), false));
    print(&format!("Signed off {}: {title}, by {by} on {}\n", signed.path, new.on))?;
    terminal
        .message("If its words or figures change, `annal check` says so and `annal publish` refuses to publish them.");
    Ok(ExitCode::SUCCESS)
}

impl From<SignOffRefusal> for CliError {
    fn from(refusal: SignOffRefusal) -> Self {
        let help = refusal.help();
        let error = match refusal {
            // Whoever typed the command made a mistake; otherwise the text is not ready.
            SignOffRefusal::UnknownName(_)
            | SignOffRefusal::NotTranslated(_)
            | SignOffRefusal::InTheFuture(_)
            | SignOffRefusal::Nobody => Self::new(refusal.to_string()),
            _ => Self::not_ready(refusal.to_string()),
        };
        error.help(help)
    }
}
