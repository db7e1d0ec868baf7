//! What is being done, for who waits at a terminal: told after half a second, and gone when it is done.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::terminal::Terminal;

/// How long work may last before it is told of.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the seconds are counted.
const BEAT: Duration = Duration::from_millis(200);

/// Tells what is being done until it is dropped.
pub(crate) struct Progress {
    steps: Option<Sender<&'static str>>,
    teller: Option<JoinHandle<()>>,
    voice: Terminal,
    begun: Instant,
}

impl Progress {
    /// Begins to count the time.
    pub(crate) fn begin(voice: Terminal) -> Self {
        let begun = Instant::now();
        if voice.is_quiet || !io::stderr().is_terminal() {
            return Self { steps: None, teller: None, voice, begun };
        }
        let (steps, told) = mpsc::channel();
        let teller = thread::spawn(move || {
            let (mut step, mut is_drawn, mut next) = ("", false, begun + PATIENCE);
            loop {
                match told.recv_timeout(next.saturating_duration_since(Instant::now())) {
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
        Self { steps: Some(steps), teller: Some(teller), voice, begun }
    }

    /// Says that another step begins: `reading`, `checking` …
    pub(crate) fn step(&self, name: &'static str) {
        if self.voice.is_verbose {
            self.voice.tell(&format!("{:>8.1} ms  {name}", self.begun.elapsed().as_secs_f64() * 1000.0));
        }
        if let Some(steps) = &self.steps {
            // The teller lives until this is dropped.
            let _ = steps.send(name);
        }
    }

    /// How long it has lasted.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}
