//! Whom to turn to.

use super::{Edition, shared};
use crate::render::view::parts::ContactsView;

pub(super) fn view(edition: &Edition<'_>) -> ContactsView {
    ContactsView { contacts: edition.archive.site.contacts.iter().map(shared::contact).collect() }
}
