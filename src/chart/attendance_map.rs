//! Attendance map: members by meetings, with a sign and a colour for each seat.

use super::canvas::{Canvas, TextAnchor, Variant, draw};
use super::figure::{ChartContext, Figure, FigureTable, write};
use super::legend::{Swatch, draw_legend};
use super::number_format::count;
use super::seats::draw_seats;
use super::style::StyleClass;
use super::text_metrics::{LINE, widest, width, wrap, wrap_evenly};
use crate::locale::group_thousands;
use crate::quantity::{Presence, Rate};

/// Height of a seat.
const SEAT: f64 = 24.0;

/// Members' attendance at each meeting.
#[derive(Clone, Debug, Default)]
pub struct AttendanceData {
    /// The meetings' short labels: `Jun 2019`.
    pub meetings: Vec<String>,
    /// The rows, from the top.
    pub members: Vec<MemberRow>,
}

/// One member and their attendance.
#[derive(Clone, Debug, Default)]
pub struct MemberRow {
    /// The member's role, such as `Chair`.
    pub role: String,
    /// The organisation, if it is known.
    pub organisation: Option<String>,
    /// One for each meeting.
    pub cells: Vec<Presence>,
}

impl MemberRow {
    fn rate(&self) -> Rate {
        Rate::from_cells(self.cells.iter().copied())
    }
}

/// Draws each member's attendance and rate. `None` if nobody held a seat.
#[must_use]
pub fn attendance_map(input: &AttendanceData, frame: &ChartContext<'_>) -> Option<String> {
    let rate = Rate::from_cells(input.members.iter().flat_map(|member| &member.cells).copied());
    if rate.possible == 0 {
        return None;
    }
    let came = group_thousands(rate.attended as usize);
    let times = frame.say_count("chart.attendance.times", rate.possible as usize, &[("came", &came)]);
    let map = AttendanceMap { frame, input };
    let figure = Figure {
        title: frame.say("chart.attendance.title", &[("period", frame.period)]),
        headline: frame.say("chart.attendance.headline", &[("rate", &frame.rate(rate)), ("times", &times)]),
        note: None,
        description: map.describe(&times),
        drawings: [Variant::Wide, Variant::Narrow]
            .map(|form| draw(frame.id, form, |canvas| map.draw_on(canvas, form)))
            .into(),
        table: map.table(),
    };
    Some(write(frame, &figure))
}

struct AttendanceMap<'a> {
    frame: &'a ChartContext<'a>,
    input: &'a AttendanceData,
}

struct RowTexts {
    role: Vec<String>,
    organisation: Vec<String>,
    rate: String,
}

impl AttendanceMap<'_> {
    fn draw_on(&self, canvas: &Canvas<'_>, form: Variant) -> (f64, f64) {
        let beside = form == Variant::Wide;
        let lines: Vec<RowTexts> = self.input.members.iter().map(|member| self.lines(member, form)).collect();
        let left = if beside {
            let roles = lines.iter().map(|lines| widest(&lines.role, StyleClass::LABEL));
            let organisations = lines.iter().map(|lines| widest(&lines.organisation, StyleClass::NOTE));
            roles.chain(organisations).fold(0.0, f64::max) + 10.0
        } else {
            0.0
        };
        let rates = lines.iter().map(|lines| width(&lines.rate, StyleClass::LABEL)).fold(0.0, f64::max);
        let meetings = count(self.input.meetings.len());
        let cell = ((form.width() - left - rates - 10.0) / meetings).clamp(16.0, 46.0);
        let rates_at = left + meetings * cell + 10.0 + rates;
        let wide = form.width().max(rates_at);

        let mut y = self.heads(canvas, self.legend(canvas, wide), left, cell);
        let mut middles = Vec::new();
        let mut texts = Vec::new();
        for row in &lines {
            let text = count(row.role.len() + row.organisation.len()) * LINE;
            let at = if beside { y + (text.max(SEAT) - text) / 2.0 } else { y };
            texts.push((at, at + count(row.role.len()) * LINE));
            let high = if beside { text.max(SEAT) } else { text + SEAT + 2.0 };
            middles.push(if beside { y + high / 2.0 } else { y + text + 2.0 + SEAT / 2.0 });
            y += high + if beside { 6.0 } else { 10.0 };
        }
        for (row, (at, _)) in lines.iter().zip(&texts) {
            canvas.text(&row.role, (0.0, *at), TextAnchor::Under, StyleClass::LABEL);
        }
        for (row, (_, at)) in lines.iter().zip(&texts).filter(|(row, _)| !row.organisation.is_empty()) {
            canvas.text(&row.organisation, (0.0, *at), TextAnchor::Under, StyleClass::NOTE);
        }
        let mut seats = Vec::new();
        for (member, middle) in self.input.members.iter().zip(&middles) {
            for (i, presence) in member.cells.iter().take(self.input.meetings.len()).enumerate() {
                seats.push((*presence, (left + (count(i) + 0.5) * cell, *middle)));
            }
        }
        draw_seats(canvas, &seats, ((cell - 3.0) / 2.0, SEAT / 2.0 - 1.0));
        for (row, middle) in lines.iter().zip(&middles) {
            canvas.text(&[&row.rate], (rates_at, *middle), TextAnchor::End, StyleClass::LABEL);
        }
        (wide, y)
    }

    fn lines(&self, member: &MemberRow, form: Variant) -> RowTexts {
        let rate = self.frame.rate(member.rate());
        match (&member.organisation, form) {
            (Some(organisation), Variant::Wide) => {
                let room = form.width() * 0.4;
                let role = wrap_evenly(&member.role, room, StyleClass::LABEL);
                RowTexts { role, organisation: wrap_evenly(organisation, room, StyleClass::NOTE), rate }
            }
            (None, Variant::Wide) => RowTexts {
                role: wrap_evenly(&member.role, form.width() * 0.4, StyleClass::LABEL),
                organisation: Vec::new(),
                rate,
            },
            (_, Variant::Narrow) => RowTexts {
                role: wrap(&self.called(member), form.width(), StyleClass::LABEL),
                organisation: Vec::new(),
                rate,
            },
        }
    }

    /// A member's role and organisation, for use in a sentence.
    fn called(&self, member: &MemberRow) -> String {
        match &member.organisation {
            Some(organisation) => {
                self.frame.say("chart.attendance.member-of", &[("role", &member.role), ("organisation", organisation)])
            }
            None => member.role.clone(),
        }
    }

    /// Draws the legend for the signs in use and returns its lower edge.
    fn legend(&self, canvas: &Canvas<'_>, wide: f64) -> f64 {
        let used = |presence| self.input.members.iter().any(|member| member.cells.contains(&presence));
        let all = [Presence::Present, Presence::Deputy, Presence::Apologies, Presence::Absent, Presence::NoSeat];
        let entries: Vec<_> = all
            .into_iter()
            .filter(|presence| used(*presence))
            .map(|presence| (Swatch::Seat(presence), self.word(presence)))
            .collect();
        draw_legend(canvas, &entries, wide)
    }

    /// Writes the meetings above their columns, turned if they are narrow. Returns the lower edge of the labels.
    fn heads(&self, canvas: &Canvas<'_>, top: f64, left: f64, cell: f64) -> f64 {
        let lying = self.input.meetings.iter().flat_map(|meeting| meeting.split_whitespace());
        let fits = lying.map(|word| width(word, StyleClass::NOTE)).fold(0.0, f64::max) <= cell - 2.0;
        let heads = self.input.meetings.iter();
        let heads: Vec<Vec<String>> = if fits {
            heads.map(|meeting| wrap(meeting, cell - 2.0, StyleClass::NOTE)).collect()
        } else {
            heads.map(|meeting| vec![wrap(meeting, f64::INFINITY, StyleClass::NOTE).concat()]).collect()
        };
        let high = if fits {
            count(heads.iter().map(Vec::len).max().unwrap_or(0)) * LINE
        } else {
            heads.iter().map(|head| widest(head, StyleClass::NOTE)).fold(0.0, f64::max)
        };
        let at = if fits { TextAnchor::OverMiddle } else { TextAnchor::Upwards };
        for (i, head) in heads.iter().enumerate() {
            canvas.text(head, (left + (count(i) + 0.5) * cell, top + high), at, StyleClass::NOTE);
        }
        top + high + 6.0
    }

    /// The word for a cell.
    fn word(&self, presence: Presence) -> String {
        let key = match presence {
            Presence::Present => "present",
            Presence::Deputy => "deputy",
            Presence::Apologies => "apologies",
            Presence::Absent => "absent",
            Presence::NoSeat => "no-seat",
            Presence::Unreadable => "unreadable",
        };
        self.frame.say(&format!("chart.attendance.{key}"), &[])
    }

    /// The description: how many members there are, who attended every meeting, and who attended least often.
    fn describe(&self, times: &str) -> String {
        let frame = self.frame;
        let meetings = frame.say_count("chart.attendance.meetings", self.input.meetings.len(), &[]);
        let arguments = [("times", times), ("meetings", meetings.as_str())];
        let mut sentences = vec![frame.say_count("chart.attendance.about", self.input.members.len(), &arguments)];
        let tenths = |member: &MemberRow| member.rate().per_mille();
        let full = self.input.members.iter().filter(|member| tenths(member) == Some(1000)).count();
        if full > 0 {
            sentences.push(frame.say_count("chart.attendance.full", full, &[]));
        }
        if let Some(least) = self.input.members.iter().filter_map(tenths).min().filter(|least| *least < 1000) {
            let lowest: Vec<_> = self.input.members.iter().filter(|member| tenths(member) == Some(least)).collect();
            let rate = lowest.first().map(|member| frame.rate(member.rate())).unwrap_or_default();
            if lowest.len() <= 3 {
                let names: Vec<_> = lowest.into_iter().map(|member| self.called(member)).collect();
                sentences
                    .push(frame.say("chart.attendance.least", &[("members", &frame.list(&names)), ("rate", &rate)]));
            } else {
                sentences.push(frame.say_count("chart.attendance.many-least", lowest.len(), &[("rate", &rate)]));
            }
        }
        sentences.join(" ")
    }

    fn table(&self) -> FigureTable {
        let say = |key: &str| self.frame.say(&format!("chart.attendance.{key}"), &[]);
        let mut head = vec![say("member"), say("organisation")];
        head.extend(self.input.meetings.iter().cloned());
        let words = head.len();
        head.push(say("rate"));
        let rows = self.input.members.iter().map(|member| {
            let mut row = vec![member.role.clone(), member.organisation.clone().unwrap_or_default()];
            let cells =
                (0..self.input.meetings.len()).map(|i| member.cells.get(i).copied().unwrap_or(Presence::NoSeat));
            row.extend(cells.map(|presence| self.word(presence)));
            row.push(self.frame.rate_of(member.rate()));
            row
        });
        FigureTable { head, words, rows: rows.collect(), foot: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::layout;
    use crate::chart::tests::layout::LONG;

    fn presence(sign: char) -> Presence {
        match sign {
            '✓' => Presence::Present,
            'd' => Presence::Deputy,
            'a' => Presence::Apologies,
            'x' => Presence::Absent,
            '?' => Presence::Unreadable,
            _ => Presence::NoSeat,
        }
    }

    fn check(meetings: &[&str], members: &[(&str, Option<&str>, &str)]) -> String {
        let members = members.iter().map(|(role, organisation, cells)| MemberRow {
            role: (*role).to_owned(),
            organisation: organisation.map(str::to_owned),
            cells: cells.chars().map(presence).collect(),
        });
        let input = AttendanceData {
            meetings: meetings.iter().map(|name| (*name).to_owned()).collect(),
            members: members.collect(),
        };
        let figure = attendance_map(&input, &ChartContext::english());
        layout::check(figure.as_deref()) + "\n" + &layout::description(figure.as_deref())
    }

    #[test]
    fn describes_attendance() {
        let members = [("Chair", None, "✓✓"), ("Nurse", Some("Hospital"), "dx"), ("Head", Some("School"), "a-")];
        insta::assert_snapshot!(check(&["Jun 2019", "Sep 2019"], &members), @r#"
            Attendance was 60.0%: members or their deputies attended 3 of 5 times
            wide: d | a | Present | Deputy | Apologies | Absent | No seat | Jun 2019 | Sep 2019 | Chair | Nurse | Head | Hospital | School | d | a | 100% | 50.0% | 0% | [present ×1] [tick ×1] [deputy ×1] [apologies ×1] [absent ×1] [cross ×2] [gap ×1] [present ×2] [deputy ×1] [apologies ×1] [absent ×1] [tick ×2] [cross ×2] [gap ×1]
            narrow: d | a | Present | Deputy | Apologies | Absent | No seat | Jun 2019 | Sep 2019 | Chair | Nurse, Hospital | Head, School | d | a | 100% | 50.0% | 0% | [present ×1] [tick ×1] [deputy ×1] [apologies ×1] [absent ×1] [cross ×2] [gap ×1] [present ×2] [deputy ×1] [apologies ×1] [absent ×1] [tick ×2] [cross ×2] [gap ×1]
            3 members, 2 meetings: they or their deputies attended 3 of 5 times. One member attended every meeting or sent a deputy. The lowest rate was 0%: Head, School.
            "#);
    }

    #[test]
    fn many_lowest_rates_are_counted_not_named() {
        let members = [("A", None, "x"), ("B", None, "x"), ("C", None, "x"), ("D", None, "x"), ("E", None, "✓")];
        let output = check(&["Jun 2019"], &members);
        assert!(
            output.ends_with(
                "One member attended every meeting or sent a deputy. The lowest rate was 0%, for 4 members."
            ),
            "{output}"
        );
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(check(&[], &[]), "none\n");
        assert_eq!(check(&["Jun 2019"], &[("Chair", None, "-")]), "none\n");
    }

    #[test]
    fn survives_many_meetings_long_names_and_ragged_rows() {
        let meetings: Vec<String> = (1..=30).map(|i| format!("{i} September 2019 (extraordinary)")).collect();
        let meetings: Vec<&str> = meetings.iter().map(String::as_str).collect();
        let cells = "✓dax-?".repeat(5);
        let output =
            check(&meetings, &[(LONG, Some(LONG), &cells), ("Short", None, "✓"), ("Long", None, &"✓".repeat(99))]);
        assert!(output.starts_with("Attendance was 91.7%"), "{output}");
    }
}
