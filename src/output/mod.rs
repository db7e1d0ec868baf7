//! From a tree of output files to where readers find them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::RelPath;

/// The files of a built site, by their paths from its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    /// Each file's bytes.
    pub files: BTreeMap<RelPath, Arc<[u8]>>,
}
