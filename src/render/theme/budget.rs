//! How much a template may do for one page, so that a theme that runs on without end is a fault with a place, and neither
//! holds a build up nor fills the memory.
//!
//! The engine has no limit of its own and nothing that could be asked at each step. So [`super::budgeted_template`] writes calls of
//! the functions here into templates, at each loop and wherever something is kept, and what a page writes goes through
//! [`BoundedOutput`]. All is counted and nothing timed, so that the same theme gives the same answer on every machine.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// How often loops may go round for one page.
const MOST_STEPS: u64 = 500_000;
/// How many rounds of a loop a call of a component or of another template counts for.
const CALL: u64 = 10;
/// How many bytes a page may have, and how many may be kept in variables for it.
const MOST_BYTES: u64 = 64 << 20;
/// How many bytes one text that is kept may have: texts are joined before they can be weighed.
const LONGEST_TEXT: u64 = 2 << 20;
/// How many values one list that is kept may have, with those in the lists inside of it.
const MOST_VALUES: u64 = 1 << 20;
/// What an item of a list weighs, in bytes.
const ITEM: u64 = 16;

/// The functions that are written into templates: of what a loop goes through, of what is kept, of what is written, and of
/// a call.
pub(super) const OVER: &str = "annal_over";
pub(super) const KEPT: &str = "annal_kept";
pub(super) const OUT: &str = "annal_out";
pub(super) const STEP: &str = "annal_step";

/// Where a template's call of one of the functions stands: the template's index among those that are metered, and the
/// byte in the text that somebody wrote.
pub(super) type CallSite = (usize, usize);

/// Why a page was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BudgetExceeded {
    /// It goes round too often.
    Steps,
    /// It writes or keeps too much.
    Bytes,
}

impl BudgetExceeded {
    /// What is wrong, and what to do about it.
    pub(super) fn told(self) -> (String, &'static str) {
        match self {
            Self::Steps => (
                format!("this template loops more than {MOST_STEPS} times for one page"),
                "loop over what the page is given, and not inside of another long loop",
            ),
            Self::Bytes => (
                format!("this template writes or keeps more than {} MiB for one page", MOST_BYTES >> 20),
                "look for a text or list that is joined to itself again and again",
            ),
        }
    }
}

/// What a page has used.
#[derive(Default)]
struct PageBudget {
    steps: u64,
    bytes: u64,
    last: Option<CallSite>,
    spent: Option<BudgetExceeded>,
}

/// What the pages that are being rendered have used, each on a thread of its own.
#[derive(Default)]
pub(super) struct PageBudgets {
    running: Mutex<HashMap<ThreadId, PageBudget>>,
    /// Whether a page was given up. Then the others need not be tried: a theme that runs on does so on many pages.
    is_over: AtomicBool,
}

impl PageBudgets {
    fn lock(&self) -> MutexGuard<'_, HashMap<ThreadId, PageBudget>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a page was given up before.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Begins a page on this thread.
    pub(super) fn begin(&self) {
        self.lock().insert(thread::current().id(), PageBudget::default());
    }

    /// Ends the page on this thread: why and where it was given up, where it was.
    pub(super) fn end(&self) -> Option<(BudgetExceeded, Option<CallSite>)> {
        let meter = self.lock().remove(&thread::current().id())?;
        let spent = meter.spent?;
        self.is_over.store(true, Ordering::Relaxed);
        Some((spent, meter.last))
    }

    /// Counts what the page on this thread uses.
    fn charge(&self, steps: u64, bytes: u64, is_too_large: bool, at: Option<CallSite>) -> TeraResult<()> {
        let mut running = self.lock();
        let Some(meter) = running.get_mut(&thread::current().id()) else { return Ok(()) };
        meter.steps = meter.steps.saturating_add(steps);
        meter.bytes = meter.bytes.saturating_add(bytes);
        meter.last = at.or(meter.last);
        meter.spent = match () {
            () if meter.steps > MOST_STEPS => Some(BudgetExceeded::Steps),
            () if is_too_large || meter.bytes > MOST_BYTES => Some(BudgetExceeded::Bytes),
            () => return Ok(()),
        };
        Err(Error::message("this template does too much"))
    }

    /// Gives an engine the functions that count.
    pub(super) fn register(self: &Arc<Self>, tera: &mut Tera) {
        let meters = Arc::clone(self);
        tera.register_function(OVER, move |given: Kwargs, _: &State| {
            let value = value(&given);
            let count = value.len().unwrap_or_default() as u64;
            meters.charge(count.saturating_add(1), 0, false, spot(&given)).map(|()| value)
        });
        let meters = Arc::clone(self);
        tera.register_function(KEPT, move |given: Kwargs, _: &State| {
            let value = value(&given);
            let (bytes, is_too_large) = weight(&value);
            meters.charge(1, bytes, is_too_large, spot(&given)).map(|()| value)
        });
        let meters = Arc::clone(self);
        tera.register_function(OUT, move |given: Kwargs, _: &State| {
            let (bytes, is_too_large) = weight(&value(&given));
            meters.charge(1, bytes, is_too_large, spot(&given)).map(|()| "")
        });
        let meters = Arc::clone(self);
        tera.register_function(STEP, move |given: Kwargs, _: &State| {
            meters.charge(CALL, 0, false, spot(&given)).map(|()| "")
        });
        let meters = Arc::clone(self);
        tera.register_filter(KEPT, move |value: Value, given: Kwargs, _: &State| {
            let (bytes, is_too_large) = weight(&value);
            meters.charge(1, bytes, is_too_large, spot(&given)).map(|()| value)
        });
    }
}

/// The value that a function is given.
fn value(given: &Kwargs) -> Value {
    given.iter().find(|(key, _)| key.as_str() == Some("v")).map_or_else(Value::undefined, |(_, value)| value.clone())
}

/// Where the call stands.
fn spot(given: &Kwargs) -> Option<CallSite> {
    let number = |key: &str| given.get::<u64>(key).ok().flatten().and_then(|number| usize::try_from(number).ok());
    number("t").zip(number("at"))
}

/// What a value weighs in bytes, lists without what is in them; and whether it is larger than any may be.
fn weight(value: &Value) -> (u64, bool) {
    if let Some(text) = value.as_str() {
        return (text.len() as u64, text.len() as u64 > LONGEST_TEXT);
    }
    let own = value.len().unwrap_or_default() as u64;
    let (mut left, mut seen) = (vec![value], 0);
    while let Some(value) = left.pop() {
        seen += 1 + value.len().filter(|_| !value.is_string()).unwrap_or_default() as u64;
        if seen > MOST_VALUES {
            return (own * ITEM, true);
        }
        left.extend(value.as_array().into_iter().flatten().filter(|one| one.is_array() || one.is_map()));
        let inside = value.as_map().into_iter().flat_map(|map| map.values());
        left.extend(inside.filter(|one| one.is_array() || one.is_map()));
    }
    (own * ITEM, false)
}

/// The bytes of a page as it is written, up to what one may have.
pub(super) struct BoundedOutput<'m> {
    pub(super) bytes: Vec<u8>,
    meters: &'m PageBudgets,
}

impl<'m> BoundedOutput<'m> {
    /// An empty page.
    pub(super) fn new(meters: &'m PageBudgets) -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), meters }
    }
}

impl Write for BoundedOutput<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > MOST_BYTES {
            // The meter keeps where it was counted last, which is in the loop that writes so much.
            let _ = self.meters.charge(0, 0, true, None);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
