//! The files of rendered years, for later builds: the preview's.

use std::sync::{Arc, Mutex, PoisonError};

use super::outlet::{PutFile, SinkClosed};
use super::render_year::{RenderedYear, YearOutcome};
use crate::cache::Cache;
use crate::output::OutputFile;
use crate::source::digest::Digest;

/// Rendered years and the site's own pages, keyed by [`super::cache_key`].
pub(crate) type YearCache = Cache<Arc<CachedYear>>;

/// A year that was rendered without failures.
#[derive(Debug)]
pub(crate) struct CachedYear {
    rendered: Arc<RenderedYear>,
    /// Its pages and accompanying files, in no particular order.
    files: Vec<OutputFile>,
}

/// Puts the files stored for a key, or those that `make` puts. If pages fail, nothing is stored, so that their failures are
/// reported in each build.
pub(crate) fn put_or_make(
    cache: &YearCache,
    key: Digest,
    put: &PutFile<'_>,
    make: impl FnOnce(&PutFile<'_>) -> Result<YearOutcome, SinkClosed>,
) -> Result<YearOutcome, SinkClosed> {
    if !cache.stores() {
        return make(put);
    }
    if let Some(cached) = cache.get(key) {
        cached.files.iter().cloned().try_for_each(put)?;
        return Ok(YearOutcome { rendered: Arc::clone(&cached.rendered), failures: Vec::new() });
    }
    let files = Mutex::new(Vec::new());
    let outcome = make(&|file: OutputFile| {
        files.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
        put(file)
    })?;
    if outcome.failures.is_empty() {
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        cache.insert(key, Arc::new(CachedYear { rendered: Arc::clone(&outcome.rendered), files }));
    }
    Ok(outcome)
}
