//! Prints results to standard output and everything else to standard error, with colour if wanted.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::ColorChoice;

use super::args::GlobalArgs;
use super::error::CliError;
use crate::diagnostic::human::TerminalStyle;

/// How this run prints, by its options.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether the summary and progress are hidden.
    pub is_quiet: bool,
    /// Whether each step is shown.
    pub is_verbose: bool,
    color: ColorChoice,
}

/// Prints a result to standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Treats a closed pipe as success: in `annal check | head`, the reader has read what it wanted.
pub(crate) fn unless_gone(done: io::Result<()>) -> io::Result<()> {
    done.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

impl Terminal {
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        Self { is_quiet: global.quiet, is_verbose: global.verbose, color: global.color }
    }

    /// Prints a message for people to standard error, unless quiet.
    pub(crate) fn message(self, text: &str) {
        if !self.is_quiet {
            // A closed standard error has no reader, so the failure does not matter.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Prints a warning to standard error, even if quiet.
    pub(crate) fn warn(self, message: &str, help: &str) {
        let (bold, yellow, reset) =
            if self.colors(&io::stderr()) { ("\x1b[1m", "\x1b[93m", "\x1b[0m") } else { ("", "", "") };
        // A closed standard error has no reader, so the failure does not matter.
        let _ = writeln!(
            io::stderr(),
            "{bold}{yellow}warning{reset}{bold}: {message}{reset}\n  {bold}= help{reset}: {help}"
        );
    }

    /// Prints why a command could not run, and returns its exit status.
    pub(crate) fn fail(self, failure: &CliError) -> ExitCode {
        let (bold, red, reset) =
            if self.colors(&io::stderr()) { ("\x1b[1m", "\x1b[91m", "\x1b[0m") } else { ("", "", "") };
        let help = failure.help.as_ref().map(|help| format!("  {bold}= help{reset}: {help}\n")).unwrap_or_default();
        // If standard error is closed, the exit status has to be enough.
        let _ = write!(io::stderr(), "{bold}{red}error{reset}{bold}: {}{reset}\n{help}", failure.message);
        ExitCode::from(failure.status)
    }

    /// The style of diagnostics on standard output.
    pub(crate) fn look(self) -> TerminalStyle {
        let out = io::stdout();
        let width = out.is_terminal().then(terminal_size::terminal_size).flatten();
        TerminalStyle { color: self.colors(&out), width: width.map(|(width, _)| usize::from(width.0)) }
    }

    /// Whether to print colour to a stream. The option decides first, then `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE`,
    /// then whether the stream is a terminal.
    fn colors(self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }
}
