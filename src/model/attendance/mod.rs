//! Who came to which meeting, and the attendance rates.

mod assemble;
mod column_date;
mod match_columns;

pub(crate) use assemble::assemble;

use super::ids::AgencyId;
use super::meeting::Meeting;
use crate::diagnostic::Location;
use crate::quantity::{Presence, Rate};

/// The contents of `attendance.csv`: members by meetings.
#[derive(Clone, Debug)]
pub(crate) struct AttendanceRecord {
    /// The meetings, in order. Each member has one cell per meeting.
    pub meetings: Vec<Meeting>,
    pub members: Vec<Member>,
    /// Whether the file has a column that says who votes.
    pub has_voting: bool,
}

/// One member's row.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub role: String,
    /// The organisation as readers see it: as written, or the agency's name if its id was written.
    pub organisation: Option<String>,
    /// The year's agency that the organisation is, if it is one.
    pub agency: Option<AgencyId>,
    /// Whether the member votes, if the file says so.
    pub voting: Option<bool>,
    /// One cell per meeting, with the deputy's name if one is given.
    pub cells: Vec<(Presence, Option<String>)>,
    /// The member's row in the file.
    pub location: Location,
}

impl Member {
    /// The member's attendance rate over all meetings.
    #[must_use]
    pub(crate) fn rate(&self) -> Rate {
        Rate::from_cells(self.cells.iter().map(|(presence, _)| *presence))
    }
}

impl AttendanceRecord {
    /// The attendance rate of one meeting, over all members.
    #[must_use]
    pub(crate) fn meeting_rate(&self, meeting: usize) -> Rate {
        Rate::from_cells(
            self.members.iter().filter_map(|member| member.cells.get(meeting)).map(|(presence, _)| *presence),
        )
    }

    /// The attendance rate over all meetings and members.
    #[must_use]
    pub(crate) fn rate(&self) -> Rate {
        Rate::from_cells(self.members.iter().flat_map(|member| &member.cells).map(|(presence, _)| *presence))
    }
}
