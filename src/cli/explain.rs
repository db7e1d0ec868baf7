//! `annal explain`: what a diagnostic means and how to mend it.

use std::process::ExitCode;

use super::args::ExplainArgs;
use super::error::CliError;
use super::terminal::print;
use crate::diagnostic::explain;

/// Prints the explanations that were asked for, or what there is to explain.
pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode, CliError> {
    let text = if args.all {
        explain::reference()
    } else if args.codes.is_empty() {
        format!("{}\n`annal explain CODE` tells what a code means and how to mend it.\n", explain::list())
    } else {
        args.codes.iter().map(|code| explain::page(*code)).collect::<Vec<_>>().join("\n")
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
