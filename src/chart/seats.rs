//! A seat at a meeting as drawn: a colour and a sign for who attended.

use super::canvas::{Canvas, TextAnchor};
use super::style::StyleClass;
use crate::quantity::Presence;

/// Draws seats with the given half width and height around their centres, grouped by kind.
pub(super) fn draw_seats(canvas: &Canvas<'_>, seats: &[(Presence, (f64, f64))], (half, high): (f64, f64)) {
    let of = |wanted: Presence| seats.iter().filter(move |(presence, _)| *presence == wanted).map(|(_, spot)| *spot);
    for (presence, mark) in [
        (Presence::Present, StyleClass::PRESENT),
        (Presence::Deputy, StyleClass::DEPUTY),
        (Presence::Apologies, StyleClass::APOLOGIES),
        (Presence::Absent, StyleClass::ABSENT),
    ] {
        of(presence).for_each(|(x, y)| canvas.rect((x - half, y - high), (x + half, y + high), mark));
    }
    of(Presence::Present).for_each(|(x, y)| {
        canvas.line(&[(x - 5.0, y + 0.5), (x - 1.5, y + 4.0), (x + 5.0, y - 4.0)], StyleClass::TICK);
    });
    of(Presence::Absent).for_each(|(x, y)| {
        canvas.line(&[(x - 4.0, y - 4.0), (x + 4.0, y + 4.0)], StyleClass::CROSS);
        canvas.line(&[(x + 4.0, y - 4.0), (x - 4.0, y + 4.0)], StyleClass::CROSS);
    });
    of(Presence::NoSeat).for_each(|(x, y)| canvas.line(&[(x - 4.0, y), (x + 4.0, y)], StyleClass::GAP));
    of(Presence::Deputy).for_each(|spot| canvas.text(&["d"], spot, TextAnchor::Middle, StyleClass::ON));
    of(Presence::Apologies).for_each(|spot| canvas.text(&["a"], spot, TextAnchor::Middle, StyleClass::LABEL));
    of(Presence::Unreadable).for_each(|spot| canvas.text(&["?"], spot, TextAnchor::Middle, StyleClass::LABEL));
}
