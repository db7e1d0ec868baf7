//! Limits on what a template may do for one page. A theme that never ends gives an error with a place, instead of
//! blocking the build or filling the memory.
//!
//! The engine has no limits of its own, and no hook that could be called at each step. So [`super::budgeted_template`]
//! inserts calls of the functions here into templates, at each loop and wherever a value is stored, and a page's output
//! goes through [`BoundedOutput`]. Everything is counted and nothing timed, so a theme gives the same result on every
//! machine.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// The most loop iterations for one page.
const MOST_STEPS: u64 = 500_000;
/// The number of loop iterations that a call of a component or another template counts as.
const CALL: u64 = 10;
/// The maximum bytes of a page, and of the variables stored for it.
const MOST_BYTES: u64 = 64 << 20;
/// The maximum bytes of one stored text. Texts are joined before they can be measured.
const LONGEST_TEXT: u64 = 8 << 20;
/// The most values in one stored list, including those in nested lists.
const MOST_VALUES: u64 = 1 << 20;
/// The weight of a list item in bytes.
const ITEM: u64 = 16;

/// The functions inserted into templates: for the values of a loop, for stored values, for output, and for calls.
pub(super) const OVER: &str = "annal_over";
pub(super) const KEPT: &str = "annal_kept";
pub(super) const OUT: &str = "annal_out";
pub(super) const STEP: &str = "annal_step";

/// The place of an inserted call in a template: the template's index among those with limits, and the byte in the
/// original text.
pub(super) type CallSite = (usize, usize);

/// Why a page was abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BudgetExceeded {
    /// Too many loop iterations.
    Steps,
    /// Too much output or stored data.
    Bytes,
}

impl BudgetExceeded {
    /// The message and the help.
    pub(super) fn message(self) -> (String, &'static str) {
        match self {
            Self::Steps => (
                format!("this template repeats its loops more than {MOST_STEPS} times for one page"),
                "loop only over the page's own lists, and not inside another long loop",
            ),
            Self::Bytes => (
                format!("this template uses more than {} MiB for one page", MOST_BYTES >> 20),
                "look for a text or list that is repeatedly joined to itself",
            ),
        }
    }
}

/// What a page has used so far.
#[derive(Default)]
struct PageBudget {
    steps: u64,
    bytes: u64,
    last: Option<CallSite>,
    spent: Option<BudgetExceeded>,
}

/// The usage of the pages being rendered, each on its own thread.
#[derive(Default)]
pub(super) struct PageBudgets {
    running: Mutex<HashMap<ThreadId, PageBudget>>,
    /// Whether a page was abandoned. The others are not tried then, because a theme that never ends does so on many
    /// pages.
    is_over: AtomicBool,
}

impl PageBudgets {
    fn lock(&self) -> MutexGuard<'_, HashMap<ThreadId, PageBudget>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a page was abandoned earlier.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Begins a page on this thread.
    pub(super) fn begin(&self) {
        self.lock().insert(thread::current().id(), PageBudget::default());
    }

    /// Ends the page on this thread. Returns why and where it was abandoned, if it was.
    pub(super) fn end(&self) -> Option<(BudgetExceeded, Option<CallSite>)> {
        let meter = self.lock().remove(&thread::current().id())?;
        let spent = meter.spent?;
        self.is_over.store(true, Ordering::Relaxed);
        Some((spent, meter.last))
    }

    /// Adds to the usage of this thread's page.
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

    /// Registers the counting functions with an engine.
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

/// The value passed to a function.
fn value(given: &Kwargs) -> Value {
    given.iter().find(|(key, _)| key.as_str() == Some("v")).map_or_else(Value::undefined, |(_, value)| value.clone())
}

/// The place of the call.
fn spot(given: &Kwargs) -> Option<CallSite> {
    let number = |key: &str| given.get::<u64>(key).ok().flatten().and_then(|number| usize::try_from(number).ok());
    number("t").zip(number("at"))
}

/// The weight of a value in bytes, counting lists without their contents; and whether it is larger than allowed.
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

/// The bytes of a page, up to the limit.
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
            // The last place counted is in the loop that produces the output.
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
