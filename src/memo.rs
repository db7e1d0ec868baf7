//! What was made before and need not be made again.
//!
//! A memo is a value that its owner passes to each build: one cache for each expensive step, keyed by a hash of all
//! that the step depends on, so that a warm build gives what a cold one would. What a build did not ask for is swept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::RelPath;
use crate::source::tree::Hash;

/// How many locks a cache spreads its keys over, so that parallel work seldom waits.
const SHARDS: usize = 16;

/// The caches of a site's builds.
#[derive(Debug, Default)]
pub struct Memo {
    /// Years by the hash of all that their pages and files show.
    pub years: Cache<Arc<Made>>,
}

/// What was made of a year.
#[derive(Debug, Default)]
pub struct Made {
    /// Its pages and the files beside them, by their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// Its pages: each one's address, its title, and whether search engines should know of it.
    pub pages: Vec<(Arc<str>, String, bool)>,
}

impl Memo {
    /// Drops what was not asked for since the last sweep.
    pub fn sweep(&mut self) {
        self.years.sweep();
    }
}

/// Values by the hash of what they were made of.
#[derive(Debug)]
pub struct Cache<V> {
    shards: [Mutex<HashMap<Hash, Entry<V>>>; SHARDS],
}

/// A value, and whether it was asked for since the last sweep.
#[derive(Debug)]
struct Entry<V> {
    value: V,
    is_used: bool,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<V: Clone> Cache<V> {
    /// The value for a key, made now where it was not made before. Two threads that ask for one key at once may both
    /// make it, and get the same. What fails is not kept.
    ///
    /// # Errors
    ///
    /// Where making it fails.
    pub fn get_or_make<E>(&self, key: Hash, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let shard = &self.shards[usize::from(key.to_le_bytes()[0]) % SHARDS];
        if let Some(entry) = shard.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&key) {
            entry.is_used = true;
            return Ok(entry.value.clone());
        }
        let value = make()?;
        let entry = Entry { value: value.clone(), is_used: true };
        shard.lock().unwrap_or_else(PoisonError::into_inner).insert(key, entry);
        Ok(value)
    }

    /// Drops what was not asked for since the last sweep.
    pub fn sweep(&mut self) {
        for shard in &mut self.shards {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, entry| std::mem::take(&mut entry.is_used));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_once_and_swept_when_unused() {
        let mut cache = Cache::default();
        let ask = |cache: &Cache<&'static str>, key, value| cache.get_or_make(key, || Ok::<_, ()>(value));
        assert_eq!(ask(&cache, 1, "made"), Ok("made"));
        assert_eq!(ask(&cache, 1, "made again"), Ok("made"));
        assert_eq!(cache.get_or_make(2, || Err("failed")), Err("failed"));
        assert_eq!(ask(&cache, 2, "other"), Ok("other"));
        cache.sweep();
        assert_eq!(ask(&cache, 1, "made again"), Ok("made"));
        cache.sweep();
        assert_eq!((ask(&cache, 1, "made anew"), ask(&cache, 2, "made anew")), (Ok("made"), Ok("made anew")));
    }
}
