//! The headline figures of a report.

use crate::locale::{group_thousands, pounds};
use crate::model::Part;
use crate::render::context::YearContext;
use crate::render::view::parts::FigureView;

/// The number of boards and agencies, their contributions, attendance, and the number of commitments.
#[must_use]
pub(crate) fn view(year: &YearContext<'_>) -> Vec<FigureView> {
    let (report, words) = (year.report, year.site.words);
    let count = |key: &str, count: usize, part: Part| {
        (count > 0).then(|| FigureView {
            value: group_thousands(count),
            label: words.count(key, count),
            href: year.part_href(part),
        })
    };
    let commitments = report.submissions().filter(|sent| year.site.is_built(sent)).map(|sent| sent.commitments.len());
    let paid = report.data.contributions.as_ref().filter(|table| !table.rows.is_empty()).map(|table| FigureView {
        value: pounds(table.total()),
        label: words.text("contributions_figure").to_owned(),
        href: year.part_href(Part::Budget),
    });
    let came = report.data.attendance.as_ref().and_then(|table| table.rate().per_mille()).map(|rate| FigureView {
        value: words.per_cent(rate),
        label: words.text("attendance_figure").to_owned(),
        href: year.part_href(Part::Attendance),
    });
    let figures = [
        count("boards_figure", report.boards.len(), Part::Boards),
        count("agencies_figure", report.agencies.len(), Part::Agencies),
        paid,
        came,
        count("commitments_figure", commitments.sum(), Part::Commitments),
    ];
    figures.into_iter().flatten().collect()
}
