//! Results of earlier builds, keyed by their inputs.
//!
//! Each [`Cache`] serves one step of a build, and its owner passes it to every build. Keys are hashes of everything
//! that the step depends on, so a warm build gives the same output as a cold one. A sweep drops entries that a build
//! did not use.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::source::digest::Digest;

/// Number of locks in a cache. Keys are spread over them, so parallel work seldom has to wait.
const SHARDS: usize = 16;

/// Values by the hash of their inputs.
#[derive(Debug)]
pub(crate) struct Cache<V> {
    /// `None` if nothing is stored.
    shards: Option<[Shard<V>; SHARDS]>,
}

/// A part of the entries, behind a lock of its own.
type Shard<V> = Mutex<HashMap<Digest, CacheEntry<V>>>;

/// A value, and whether it was used since the last sweep.
#[derive(Debug)]
struct CacheEntry<V> {
    value: V,
    is_used: bool,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { shards: Some(std::array::from_fn(|_| Mutex::default())) }
    }
}

impl<V: Clone> Cache<V> {
    /// A cache that stores nothing.
    pub(crate) fn none() -> Self {
        Self { shards: None }
    }

    /// Whether values are stored for later builds.
    pub(crate) fn stores(&self) -> bool {
        self.shards.is_some()
    }

    /// The cached value for a key, marked as used.
    pub(crate) fn get(&self, key: Digest) -> Option<V> {
        let mut shard = self.shard(key)?;
        let entry = shard.get_mut(&key)?;
        entry.is_used = true;
        Some(entry.value.clone())
    }

    /// Stores a value, marked as used.
    pub(crate) fn insert(&self, key: Digest, value: V) {
        if let Some(mut shard) = self.shard(key) {
            shard.insert(key, CacheEntry { value, is_used: true });
        }
    }

    /// The value for a key, computed if it is not cached. Two threads that ask for the same key at once may both
    /// compute it, with the same result.
    pub(crate) fn get_or_make(&self, key: Digest, make: impl FnOnce() -> V) -> V {
        self.get(key).unwrap_or_else(|| {
            let value = make();
            self.insert(key, value.clone());
            value
        })
    }

    /// Drops values that were not used since the last sweep.
    pub(crate) fn sweep(&mut self) {
        for shard in self.shards.iter_mut().flatten() {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, entry| std::mem::take(&mut entry.is_used));
        }
    }

    /// Locks the shard that holds a key.
    fn shard(&self, key: Digest) -> Option<MutexGuard<'_, HashMap<Digest, CacheEntry<V>>>> {
        let shard = &self.shards.as_ref()?[usize::from(key.to_le_bytes()[0]) % SHARDS];
        Some(shard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_computed_once_and_swept_when_unused() {
        let mut cache = Cache::default();
        assert_eq!(cache.get_or_make(1, || "computed"), "computed");
        assert_eq!(cache.get_or_make(1, || "recomputed"), "computed");
        assert_eq!((cache.get(1), cache.get(2)), (Some("computed"), None));
        cache.insert(2, "other");
        cache.sweep();
        assert_eq!(cache.get_or_make(1, || "recomputed"), "computed");
        cache.sweep();
        assert_eq!((cache.get(1), cache.get(2)), (Some("computed"), None));
    }
}
