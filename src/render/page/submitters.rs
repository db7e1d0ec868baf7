//! The list of boards, or of agencies, of a year.

use super::shared::submitters;
use crate::model::SubmitterKind;
use crate::render::context::YearContext;
use crate::render::view::parts::SubmittersView;

pub(crate) fn view(year: &YearContext<'_>, kind: SubmitterKind) -> SubmittersView {
    SubmittersView { kind: kind.name(), members: submitters::view(year, kind) }
}
