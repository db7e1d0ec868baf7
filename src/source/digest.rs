//! Stable hashes of bytes, of ordered lists, and of unordered sets.

use std::io;

use crate::diagnostic::RelPath;

/// A 128-bit hash that is the same on every machine and in every run.
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

fn first_half(digest: &blake3::Hash) -> Digest {
    let mut first = [0; 16];
    first.copy_from_slice(&digest.as_bytes()[..16]);
    Digest::from_le_bytes(first)
}

/// The hash of a list of parts. Their order and boundaries count.
#[must_use]
pub(crate) fn hash_of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    let mut hasher = DigestHasher::default();
    parts.into_iter().for_each(|part| hasher.add(part));
    hasher.finish()
}

/// The hash of a list of hashes. Their order counts.
#[must_use]
pub(crate) fn hash_of_hashes(hashes: &[Digest]) -> Digest {
    let mut all = blake3::Hasher::new();
    for one in hashes {
        all.update(&one.to_le_bytes());
    }
    first_half(&all.finalize())
}

/// Hashes parts one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct DigestHasher(blake3::Hasher);

impl DigestHasher {
    /// Adds a part with its length, so that boundaries between parts count.
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.0.update(&part.len().to_le_bytes());
        self.0.update(part);
    }

    /// Adds a file by its path and the hash of its bytes.
    pub(crate) fn add_file(&mut self, path: &RelPath, hash: Digest) {
        self.add(path.as_str().as_bytes());
        self.add(&hash.to_le_bytes());
    }

    /// The hash of everything added so far.
    #[must_use]
    pub(crate) fn finish(&self) -> Digest {
        first_half(&self.0.finalize())
    }
}

/// The hash of a set of pairs in any order: the sum of the pairs' hashes.
#[must_use]
pub(crate) fn hash_of_set<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Digest {
    pairs.fold(0, |sum, (one, other)| sum.wrapping_add(hash_of_parts([one.as_bytes(), other.as_bytes()])))
}
