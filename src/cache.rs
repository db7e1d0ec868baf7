//! What was made before and need not be made again.
//!
//! A [`Cache`] is a value that its owner passes to each build, for one step of it, keyed by a hash of all that the step
//! depends on, so that a warm build gives what a cold one would. What a build did not ask for is swept.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::source::digest::Digest;

/// How many locks a cache spreads its keys over, so that parallel work seldom waits.
const SHARDS: usize = 16;

/// Values by the hash of what they were made of.
#[derive(Debug)]
pub(crate) struct Cache<V> {
    shards: [Mutex<HashMap<Digest, CacheEntry<V>>>; SHARDS],
}

/// A value, and whether it was asked for since the last sweep.
#[derive(Debug)]
struct CacheEntry<V> {
    value: V,
    is_used: bool,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<V: Clone> Cache<V> {
    /// The value for a key, where it was made before.
    pub(crate) fn get(&self, key: Digest) -> Option<V> {
        let mut shard = self.shard(key);
        let entry = shard.get_mut(&key)?;
        entry.is_used = true;
        Some(entry.value.clone())
    }

    /// Keeps a value that was made.
    pub(crate) fn insert(&self, key: Digest, value: V) {
        self.shard(key).insert(key, CacheEntry { value, is_used: true });
    }

    /// The value for a key, made now where it was not made before. Two threads that ask for one key at once may both
    /// make it, and get the same.
    pub(crate) fn get_or_make(&self, key: Digest, make: impl FnOnce() -> V) -> V {
        self.get(key).unwrap_or_else(|| {
            let value = make();
            self.insert(key, value.clone());
            value
        })
    }

    /// Drops what was not asked for since the last sweep.
    pub(crate) fn sweep(&mut self) {
        for shard in &mut self.shards {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, entry| std::mem::take(&mut entry.is_used));
        }
    }

    /// The part of the cache that a key lies in.
    fn shard(&self, key: Digest) -> MutexGuard<'_, HashMap<Digest, CacheEntry<V>>> {
        self.shards[usize::from(key.to_le_bytes()[0]) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_made_once_and_swept_when_unused() {
        let mut cache = Cache::default();
        assert_eq!(cache.get_or_make(1, || "made"), "made");
        assert_eq!(cache.get_or_make(1, || "made again"), "made");
        assert_eq!((cache.get(1), cache.get(2)), (Some("made"), None));
        cache.insert(2, "other");
        cache.sweep();
        assert_eq!(cache.get_or_make(1, || "made again"), "made");
        cache.sweep();
        assert_eq!((cache.get(1), cache.get(2)), (Some("made"), None));
    }
}
