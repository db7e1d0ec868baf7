//! Printing: results to standard output, everything else to standard error, colour only where it is wanted.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::ColorChoice;

use super::args::GlobalArgs;
use super::error::CliError;
use crate::diagnostic::human::TerminalStyle;

/// How the program speaks in this run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether closing lines are left out.
    pub is_quiet: bool,
    /// Whether steps are told.
    pub is_verbose: bool,
    color: ColorChoice,
}

/// Prints a result.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What came of printing, where a reader that has gone away (`annal check | head`) has read what it wanted.
pub(crate) fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

impl Terminal {
    /// The voice that the options ask for.
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        Self { is_quiet: global.quiet, is_verbose: global.verbose, color: global.color }
    }

    /// Tells something that is no result, unless quiet.
    pub(crate) fn tell(self, text: &str) {
        if !self.is_quiet {
            // Where standard error is gone, there is nobody left to tell.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Warns of something that the reader may not be aware of, quiet or not.
    pub(crate) fn warn(self, message: &str, help: &str) {
        let (bold, yellow, reset) =
            if self.colors(&io::stderr()) { ("\x1b[1m", "\x1b[93m", "\x1b[0m") } else { ("", "", "") };
        // Where standard error is gone, there is nobody left to warn.
        let _ = writeln!(
            io::stderr(),
            "{bold}{yellow}warning{reset}{bold}: {message}{reset}\n  {bold}= help{reset}: {help}"
        );
    }

    /// Says why a command could not run, and gives the exit status for that.
    pub(crate) fn fail(self, failure: &CliError) -> ExitCode {
        let (bold, red, reset) =
            if self.colors(&io::stderr()) { ("\x1b[1m", "\x1b[91m", "\x1b[0m") } else { ("", "", "") };
        let help = failure.help.as_ref().map(|help| format!("  {bold}= help{reset}: {help}\n")).unwrap_or_default();
        // Where standard error is gone, the exit status says it alone.
        let _ = write!(io::stderr(), "{bold}{red}error{reset}{bold}: {}{reset}\n{help}", failure.message);
        ExitCode::from(2)
    }

    /// How diagnostics look on standard output.
    pub(crate) fn look(self) -> TerminalStyle {
        let out = io::stdout();
        let width = out.is_terminal().then(terminal_size::terminal_size).flatten();
        TerminalStyle { color: self.colors(&out), width: width.map(|(width, _)| usize::from(width.0)) }
    }

    /// Whether a stream takes colour: the option first, then `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and whether it is
    /// a terminal.
    fn colors(self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }
}
