//! The contacts page.

use super::shared::contact;
use crate::render::context::SiteContext;
use crate::render::view::parts::ContactsView;

pub(crate) fn view(site: &SiteContext<'_>) -> ContactsView {
    ContactsView { contacts: site.archive.site.contacts.iter().map(contact::view).collect() }
}
