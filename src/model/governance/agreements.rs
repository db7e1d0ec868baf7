//! Agreements between bodies, such as protocols and terms of reference, which are reviewed from time to time.

use jiff::civil::Date;

use crate::diagnostic::Location;
use crate::model::ids::BodyId;
use crate::source::files::AgreementState;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Spanned, Text};

/// An agreement between bodies.
#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub id: String,
    pub name: String,
    /// The bodies. Unknown ids are left out.
    pub between: Vec<BodyId>,
    pub version: Option<String>,
    pub state: AgreementState,
    /// When it was agreed.
    pub agreed: Option<Date>,
    /// When it is to be reviewed next.
    pub review_due: Option<Spanned<Date>>,
    pub approved_by: Vec<Approver>,
    /// What it says, in short.
    pub text: Option<Markdown>,
    /// Where its text is: a web address, or a document or page of this site.
    pub document: Option<Text>,
    /// The place of its entry.
    pub location: Location,
}

/// Who approved an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Approver {
    Body(BodyId),
    /// Anybody else, by name.
    Other(String),
}
