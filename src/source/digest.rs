//! Stable hashes of bytes, and of the inputs of steps whose results are kept.

use std::hash::{Hash, Hasher};
use std::io;

/// A 128-bit hash that is the same in every run. Those of bytes are the same on every machine too.
pub(crate) type Digest = u128;

/// The first 128 bits of the BLAKE3 hash of `bytes`.
#[must_use]
pub fn hash(bytes: &[u8]) -> Digest {
    first_half(&blake3::hash(bytes))
}

/// The same for all bytes that a reader gives.
///
/// # Errors
///
/// If it fails.
pub(crate) fn hash_of_reader(reader: impl io::Read) -> io::Result<Digest> {
    Ok(first_half(&blake3::Hasher::new().update_reader(reader)?.finalize()))
}

/// The hash of everything that a value's `Hash` covers. Keys of caches are derived with this from a step's inputs.
#[must_use]
pub(crate) fn hash128(value: &(impl Hash + ?Sized)) -> Digest {
    let mut hasher = DigestHasher::default();
    value.hash(&mut hasher);
    hasher.digest()
}

fn first_half(digest: &blake3::Hash) -> Digest {
    let mut first = [0; 16];
    first.copy_from_slice(&digest.as_bytes()[..16]);
    Digest::from_le_bytes(first)
}

/// Hashes values one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct DigestHasher(blake3::Hasher);

impl DigestHasher {
    /// The hash of everything added so far.
    #[must_use]
    pub(crate) fn digest(&self) -> Digest {
        first_half(&self.0.finalize())
    }
}

impl Hasher for DigestHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let bytes = self.digest().to_le_bytes();
        bytes.iter().take(8).rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_and_order_count() {
        let different =
            [hash128(&["ab", "c"]), hash128(&["a", "bc"]), hash128(&["c", "ab"]), hash128(&["ab", "c", ""])];
        assert!(different.iter().enumerate().all(|(at, one)| !different[..at].contains(one)));
        assert_eq!(hash128(&["ab", "c"]), hash128(&["ab".to_owned(), "c".to_owned()]));
        assert_eq!(hash_of_reader(&b"bytes"[..]).unwrap(), hash(b"bytes"));
    }
}
