//! A contact.

use crate::model::site::Contact;
use crate::render::view::shared::{ContactView, PhoneView};

#[must_use]
pub(crate) fn view(contact: &Contact) -> ContactView {
    let phones = contact.phones.iter().map(|phone| PhoneView {
        number: phone.number.clone(),
        href: format!("tel:{}", phone.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()),
        hours: phone.hours.clone().unwrap_or_default(),
    });
    ContactView {
        name: contact.name.clone(),
        purpose: contact.purpose.clone().unwrap_or_default(),
        phones: phones.collect(),
        email: contact.email.clone().unwrap_or_default(),
        address: contact.address.clone().unwrap_or_default(),
        hours: contact.hours.clone().unwrap_or_default(),
        url: contact.url.clone().unwrap_or_default(),
        urgent: contact.urgent,
    }
}
