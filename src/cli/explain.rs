//! `annal explain`: what a diagnostic means and how to fix it.

use std::process::ExitCode;

use super::args::ExplainArgs;
use super::error::CliError;
use super::terminal::print;
use crate::diagnostic::explain;

/// Prints the explanations of the given codes, or the list of all codes.
pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode, CliError> {
    let text = if args.all {
        explain::reference()
    } else if args.codes.is_empty() {
        format!("{}\nRun `annal explain CODE` to see what a code means and how to fix the problem.\n", explain::list())
    } else {
        args.codes.iter().map(|code| explain::page(*code)).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
