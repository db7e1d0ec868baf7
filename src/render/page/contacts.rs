//! Whom to turn to.

use super::{SiteContext, shared};
use crate::render::view::parts::ContactsView;

pub(super) fn view(edition: &SiteContext<'_>) -> ContactsView {
    ContactsView { contacts: edition.archive.site.contacts.iter().map(shared::contact).collect() }
}
