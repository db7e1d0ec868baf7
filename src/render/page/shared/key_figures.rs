//! The key figures of a report.

use super::indicator_value;
use crate::locale::{group_thousands, pounds};
use crate::model::Part;
use crate::model::front_page::ChosenFigure;
use crate::render::context::YearContext;
use crate::render::view::parts::FigureView;
use crate::source::files::FrontFigure;

/// The figures that `report.yaml` chooses, or else all of them. One that the report does not have is left out.
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
    let counted = [
        (FrontFigure::Boards, count("boards_figure", report.boards.len(), Part::Boards)),
        (FrontFigure::Agencies, count("agencies_figure", report.agencies.len(), Part::Agencies)),
        (FrontFigure::Contributions, paid),
        (FrontFigure::Attendance, came),
        (FrontFigure::Commitments, count("commitments_figure", commitments.sum(), Part::Commitments)),
    ];
    let Some(chosen) = &report.front.figures else {
        return counted.into_iter().filter_map(|(_, view)| view).collect();
    };
    let view = |figure: &ChosenFigure| match figure {
        ChosenFigure::Counted(figure) => counted.iter().find(|(one, _)| one == figure)?.1.clone(),
        ChosenFigure::Indicator(id) => indicator_value::key_figure(year, id),
    };
    chosen.iter().filter_map(view).collect()
}
