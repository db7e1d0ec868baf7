//! The progress line for people at a terminal. It appears after half a second and is erased at the end.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::terminal::Terminal;

/// How long a command may take before the progress line appears.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is drawn again.
const BEAT: Duration = Duration::from_millis(200);

/// Shows the current step until it is dropped.
pub(crate) struct Progress {
    steps: Option<Sender<Cow<'static, str>>>,
    printer: Option<JoinHandle<()>>,
    terminal: Terminal,
    begun: Instant,
}

impl Progress {
    /// Starts measuring the time. The line is only shown on a terminal, and never with `--quiet`.
    pub(crate) fn begin(terminal: Terminal) -> Self {
        let begun = Instant::now();
        if terminal.is_quiet || !io::stderr().is_terminal() {
            return Self { steps: None, printer: None, terminal, begun };
        }
        let (steps, received) = mpsc::channel::<Cow<'static, str>>();
        let printer = thread::spawn(move || {
            let (mut step, mut is_drawn, mut next) = (Cow::Borrowed(""), false, begun + PATIENCE);
            loop {
                match received.recv_timeout(next.saturating_duration_since(Instant::now())) {
                    Ok(begins) => step = begins,
                    Err(RecvTimeoutError::Timeout) => {
                        let _ = write!(io::stderr(), "\r\x1b[K{step} … {} s", begun.elapsed().as_secs());
                        (is_drawn, next) = (true, Instant::now() + BEAT);
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if is_drawn {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        Self { steps: Some(steps), printer: Some(printer), terminal, begun }
    }

    /// Starts another step: `reading`, `checking` …
    pub(crate) fn step(&self, name: &'static str) {
        if self.terminal.is_verbose {
            self.terminal.message(&format!("{:>8.1} ms  {name}", self.begun.elapsed().as_secs_f64() * 1000.0));
        }
        if let Some(steps) = &self.steps {
            // The printer thread runs until this is dropped, so it always receives.
            let _ = steps.send(name.into());
        }
    }

    /// Says how far the current step has got: `sending 12 of 40`.
    pub(crate) fn count(&self, name: &str, done: usize, all: usize) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(format!("{name} {done} of {all}").into());
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        if let Some(printer) = self.printer.take() {
            let _ = printer.join();
        }
    }
}
