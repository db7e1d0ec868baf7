//! Who came to which meeting, and the rates that follow.

mod assemble;
mod column_date;
mod match_columns;

pub(crate) use assemble::assemble;

use super::ids::AgencyId;
use super::meeting::Meeting;
use crate::diagnostic::Location;
use crate::quantity::{Presence, Rate};

/// `attendance.csv`: members by meetings.
#[derive(Clone, Debug)]
pub(crate) struct AttendanceRecord {
    /// The meetings, in order: one for each cell of a member.
    pub meetings: Vec<Meeting>,
    /// The members, in order.
    pub members: Vec<Member>,
    /// Whether the file says who votes.
    pub has_voting: bool,
}

/// One member's row.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The member's role.
    pub role: String,
    /// The organisation, as readers see it: as written, or the agency's name where its id was.
    pub organisation: Option<String>,
    /// The agency of the year that it is, where it is one.
    pub agency: Option<AgencyId>,
    /// Whether the member votes, where the file says.
    pub voting: Option<bool>,
    /// One cell for each meeting; the deputy's name where one is given.
    pub cells: Vec<(Presence, Option<String>)>,
    /// The row.
    pub location: Location,
}

impl Member {
    /// The member's rate.
    #[must_use]
    pub(crate) fn rate(&self) -> Rate {
        Rate::from_cells(self.cells.iter().map(|(presence, _)| *presence))
    }
}

impl AttendanceRecord {
    /// The rate of one meeting, over all members.
    #[must_use]
    pub(crate) fn meeting_rate(&self, meeting: usize) -> Rate {
        Rate::from_cells(
            self.members.iter().filter_map(|member| member.cells.get(meeting)).map(|(presence, _)| *presence),
        )
    }

    /// The rate of all meetings and members.
    #[must_use]
    pub(crate) fn rate(&self) -> Rate {
        Rate::from_cells(self.members.iter().flat_map(|member| &member.cells).map(|(presence, _)| *presence))
    }
}
