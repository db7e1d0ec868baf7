//! Errors from rendering pages.

use super::template_error::TemplateErrors;
use crate::diagnostic::Diagnostic;
use crate::render::route::Address;

/// A page that could not be rendered, with the errors in its template.
pub(crate) struct RenderError {
    pub(super) faults: TemplateErrors,
    /// Whether the page was abandoned because its template did too much. The others were not tried then.
    pub(super) is_spent: bool,
}

/// The diagnostics of pages that could not be rendered: one for each error, even if it affects many pages.
#[must_use]
pub(crate) fn report_failures(failures: Vec<(Address, RenderError)>) -> Vec<Diagnostic> {
    let mut seen: Vec<(Diagnostic, Option<Address>, usize)> = Vec::new();
    for (address, failure) in failures {
        // If a page was abandoned, which page it was depends on timing.
        let address = Some(address).filter(|_| !failure.is_spent);
        for diagnostic in failure.faults.into_diagnostics() {
            match seen
                .iter_mut()
                .find(|(first, ..)| first.location == diagnostic.location && first.message == diagnostic.message)
            {
                Some((.., more)) => *more += 1,
                None => seen.push((diagnostic, address.clone(), 0)),
            }
        }
    }
    let named = seen.into_iter().map(|(mut diagnostic, address, more)| {
        diagnostic.message = match (address, more) {
            (None, _) => diagnostic.message,
            (Some(address), 0) => format!("{}, on the page `/{address}`", diagnostic.message),
            (Some(address), more) => format!("{}, on the page `/{address}` and {more} more", diagnostic.message),
        };
        diagnostic
    });
    named.collect()
}
