//! Links that are the values of keys.

use crate::diagnostic::{Diagnostic, Location, RelPath};
use crate::source::markdown::link_target::check_link;
use crate::source::yaml::Text;

/// A link as written in `file`, unless it is one that a public page must not have, which is reported.
pub(crate) fn safe_link(file: &RelPath, written: Option<Text>, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
    let written = written?;
    let unsafe_link = check_link(&written, || Location::new(file, written.span));
    let is_safe = unsafe_link.is_none();
    diagnostics.extend(unsafe_link);
    is_safe.then_some(written)
}
