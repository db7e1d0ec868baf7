//! Attendance at meetings, and attendance rates.

use std::ops::AddAssign;

/// The content of one cell of the attendance table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// The member attended.
    Present,
    /// A deputy attended.
    Deputy,
    /// The member sent apologies.
    Apologies,
    /// Nobody attended, and there were no apologies.
    Absent,
    /// The member had no seat at the time. Not counted in rates.
    NoSeat,
    /// The cell could not be read. Not counted in rates.
    Unreadable,
}

/// An attendance rate: meetings attended out of meetings at which there was a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Rate {
    /// Meetings at which the member or a deputy attended.
    pub attended: u32,
    /// Meetings at which there was a seat.
    pub possible: u32,
}

impl AddAssign for Rate {
    /// Counts the meetings of both; stops at the largest number.
    fn add_assign(&mut self, other: Self) {
        self.attended = self.attended.saturating_add(other.attended);
        self.possible = self.possible.saturating_add(other.possible);
    }
}

impl Rate {
    /// The rate over some cells: (present + deputy) ÷ cells with a seat.
    pub(crate) fn from_cells(cells: impl IntoIterator<Item = Presence>) -> Self {
        let mut rate = Self::default();
        for cell in cells {
            match cell {
                Presence::Present | Presence::Deputy => {
                    rate.attended += 1;
                    rate.possible += 1;
                }
                Presence::Apologies | Presence::Absent => rate.possible += 1,
                Presence::NoSeat | Presence::Unreadable => {}
            }
        }
        rate
    }

    /// The rate in tenths of a percent, rounded half up: 863 for 82 of 95. `None` if there was no seat at all.
    #[must_use]
    pub(crate) fn per_mille(self) -> Option<u32> {
        let (attended, possible) = (u64::from(self.attended), u64::from(self.possible));
        let rounded = (possible > 0).then(|| (attended * 2000 + possible) / (possible * 2))?;
        u32::try_from(rounded).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up() {
        for (attended, possible, expected) in
            [(82, 95, 863), (1, 2, 500), (1, 16, 63), (1, 3, 333), (2, 3, 667), (0, 4, 0), (4, 4, 1000)]
        {
            assert_eq!(Rate { attended, possible }.per_mille(), Some(expected), "{attended}/{possible}");
        }
        assert_eq!(Rate::default().per_mille(), None);
    }
}
