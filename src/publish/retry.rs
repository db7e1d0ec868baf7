//! Tries again what a network failed at, and does many things at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::error::PublishError;

/// How long after the last success annal goes on trying.
const PATIENCE: Duration = Duration::from_secs(20);

/// The first pause; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How often somebody looks at what many threads have done.
const TICK: Duration = Duration::from_millis(500);

/// Why an attempt failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// It may succeed later.
    Passing(PublishError),
    /// It will fail again.
    Final(PublishError),
}

/// How long to go on trying, measured from the last success of any attempt or from the first attempt, whichever is later.
#[derive(Debug)]
pub(super) struct Patience {
    last_success: Mutex<Instant>,
}

impl Patience {
    pub(super) fn new() -> Self {
        Self { last_success: Mutex::new(Instant::now()) }
    }

    /// Repeats an attempt with growing pauses until it succeeds, fails for good, or nothing has succeeded for too long.
    pub(super) fn retry<T>(&self, mut attempt: impl FnMut() -> Result<T, Fault>) -> Result<T, PublishError> {
        // Between the last success and this there may have been minutes in which a site was built.
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            match attempt() {
                Ok(done) => {
                    *self.last() = Instant::now();
                    return Ok(done);
                }
                Err(Fault::Final(error)) => return Err(error),
                Err(Fault::Passing(error)) => {
                    let left = PATIENCE.saturating_sub((*self.last()).max(begun).elapsed());
                    if left.is_zero() {
                        let help = "check the connection and run the same command again: it finishes what was begun";
                        return Err(error.help(help));
                    }
                    thread::sleep(pause.min(left));
                }
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.last_success.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Does `work` for each of `items` with some threads at once. Meanwhile `tick` is called again and again with the number
/// of items that are done. The first error of either stops the rest.
pub(super) fn for_each<T: Sync>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> Result<(), PublishError> + Sync,
    mut tick: impl FnMut(usize) -> Result<(), PublishError>,
) -> Result<(), PublishError> {
    let (next, done, is_over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let (failed, failures) = mpsc::channel::<PublishError>();
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let failed = failed.clone();
            let (next, done, is_over, work) = (&next, &done, &is_over, &work);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                    match work(item) {
                        Ok(()) => _ = done.fetch_add(1, Ordering::Relaxed),
                        Err(error) => {
                            is_over.store(true, Ordering::Relaxed);
                            _ = failed.send(error);
                        }
                    }
                }
            });
        }
        drop(failed);
        loop {
            let failure = match failures.recv_timeout(TICK) {
                Ok(error) => Err(error),
                Err(mpsc::RecvTimeoutError::Timeout) => tick(done.load(Ordering::Relaxed)),
                Err(mpsc::RecvTimeoutError::Disconnected) => return tick(done.load(Ordering::Relaxed)),
            };
            if failure.is_err() {
                is_over.store(true, Ordering::Relaxed);
                return failure;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_for_a_while_is_tried_again() {
        let mut attempts = 0;
        let done = Patience::new().retry(|| {
            attempts += 1;
            if attempts < 3 { Err(Fault::Passing(PublishError::new("the line is down"))) } else { Ok(attempts) }
        });
        assert_eq!(done.unwrap(), 3);
    }

    #[test]
    fn the_time_in_which_nothing_was_tried_does_not_count() {
        let long_ago = Instant::now().checked_sub(2 * PATIENCE).unwrap();
        let mut attempts = 0;
        let done = Patience { last_success: Mutex::new(long_ago) }.retry(|| {
            attempts += 1;
            if attempts < 2 { Err(Fault::Passing(PublishError::new("the line is down"))) } else { Ok(attempts) }
        });
        assert_eq!(done.unwrap(), 2);
    }

    #[test]
    fn what_fails_for_good_is_not_tried_again() {
        let mut attempts = 0;
        let done: Result<(), _> = Patience::new().retry(|| {
            attempts += 1;
            Err(Fault::Final(PublishError::new("no such bucket")))
        });
        assert_eq!((done.unwrap_err().message.as_str(), attempts), ("no such bucket", 1));
    }

    #[test]
    fn one_error_stops_the_rest() {
        let begun = AtomicUsize::new(0);
        let items: Vec<usize> = (0..10_000).collect();
        let work = |item: &usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *item == 5 {
                Err(PublishError::new("full"))
            } else {
                thread::sleep(Duration::from_millis(1));
                Ok(())
            }
        };
        assert_eq!(for_each(&items, 4, work, |_| Ok(())).unwrap_err().message, "full");
        assert!(begun.load(Ordering::Relaxed) < 1_000);
        let mut last = 0;
        for_each(
            &items[..100],
            8,
            |_| Ok(()),
            |done| {
                last = done;
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(last, 100);
    }
}
