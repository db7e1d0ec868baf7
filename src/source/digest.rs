//! Stable hashes: of bytes, of what comes in an order, and of what comes in any.

use crate::diagnostic::RelPath;

/// A stable 128-bit hash of some bytes.
pub(crate) type Digest = u128;

/// The first 128 bits of the BLAKE3 hash of `bytes`.
#[must_use]
pub fn hash(bytes: &[u8]) -> Digest {
    first_half(&blake3::hash(bytes))
}

fn first_half(digest: &blake3::Hash) -> Digest {
    let mut first = [0; 16];
    first.copy_from_slice(&digest.as_bytes()[..16]);
    Digest::from_le_bytes(first)
}

/// The hash of some parts in their order.
#[must_use]
pub(crate) fn hash_of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    let mut hasher = DigestHasher::default();
    parts.into_iter().for_each(|part| hasher.add(part));
    hasher.finish()
}

/// The hash of some hashes in their order.
#[must_use]
pub(crate) fn hash_of_hashes(hashes: &[Digest]) -> Digest {
    let mut all = blake3::Hasher::new();
    for one in hashes {
        all.update(&one.to_le_bytes());
    }
    first_half(&all.finalize())
}

/// A hash in the making, of parts one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct DigestHasher(blake3::Hasher);

impl DigestHasher {
    /// Adds a part, so that it is told from the one before it and the one after.
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.0.update(&part.len().to_le_bytes());
        self.0.update(part);
    }

    /// Adds a file by its path and the hash of its bytes.
    pub(crate) fn add_file(&mut self, path: &RelPath, hash: Digest) {
        self.add(path.as_str().as_bytes());
        self.add(&hash.to_le_bytes());
    }

    /// The hash of all that was added.
    #[must_use]
    pub(crate) fn finish(&self) -> Digest {
        first_half(&self.0.finalize())
    }
}

/// The hash of pairs that come in any order: each is hashed by itself, and the hashes are added up.
#[must_use]
pub(crate) fn hash_of_set<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Digest {
    pairs.fold(0, |sum, (one, other)| sum.wrapping_add(hash_of_parts([one.as_bytes(), other.as_bytes()])))
}
