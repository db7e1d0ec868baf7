//! The desk's section for one year.

use std::collections::BTreeMap;

use super::html::HtmlBuffer;
use super::reminder::letter;
use super::submissions::{SubmissionRow, SubmissionsTable};
use super::{Desk, source_address};
use crate::diagnostic::Code;
use crate::diagnostic::code::Category;
use crate::diagnostic::located::counted;
use crate::model::{Report, SubmitterKind};
use crate::preview::page_urls::is_there;
use crate::preview::problems::Problem;

/// The form of dates in the table, such as `1 Sep 2024`. The script shows times in the same form.
const SHOWN_DATE: &str = "%-d %b %Y";

/// Writes a year's section: figures, the table of submissions, problems, missing updates and letters.
pub(crate) fn write(html: &mut HtmlBuffer<'_>, desk: &Desk<'_>, report: &Report) {
    let matrix = SubmissionsTable::new(desk.archive, report, (desk.diagnostics, desk.problems), desk.today);
    let id = format!("year-{}", report.year);
    html.open("section", &[("aria-labelledby", &id), ("class", "year")]);
    html.open("h2", &[("id", &id)]);
    let address = format!("/{}/", report.year);
    if is_there(&address, desk.files) {
        html.link(&address, report.year.as_str());
    } else {
        html.text(report.year.as_str());
    }
    html.raw(" ").element("small", &[], &report.title).close("h2");
    write_figures(html, report, &matrix);
    write_matrix(html, desk, report, &matrix);
    if !matrix.others.is_empty() {
        html.raw("<h3>Problems in other files of this year</h3>");
        list(html, &matrix.others);
    }
    write_unanswered(html, &matrix);
    write_letters(html, desk, report, &matrix);
    html.close("section");
}

/// Writes the safety problems of all years: text that must not be published.
pub(crate) fn write_safety(html: &mut HtmlBuffer<'_>, problems: &[Problem]) {
    let is_safety = |problem: &&Problem| {
        problem.code.parse::<Code>().is_ok_and(|code| code.family() == Category::Safety) && problem.waived.is_none()
    };
    let found: Vec<&Problem> = problems.iter().filter(is_safety).collect();
    if !found.is_empty() {
        html.raw("<section class=\"safety\" aria-labelledby=\"safety\">");
        html.raw("<h2 id=\"safety\">Check these before you publish</h2>");
        list(html, &found);
        html.raw("</section>");
    }
}

/// Writes the key figures of a year.
fn write_figures(html: &mut HtmlBuffer<'_>, report: &Report, matrix: &SubmissionsTable<'_>) {
    let rows = &matrix.rows;
    let all = rows.len();
    let received = rows.iter().filter(|row| row.progress.is_received()).count();
    let signed_off = rows.iter().filter(|row| row.status() == "signed-off").count();
    let mut figures =
        vec![("Received", format!("{received} of {all}")), ("Signed off", format!("{signed_off} of {all}"))];
    if let Some(due) = report.due {
        figures.push(("Due", due.strftime("%-d %B %Y").to_string()));
    }
    if let Some(attendance) = &report.data.attendance {
        let rate = attendance.rate();
        if let Some(per_mille) = rate.per_mille() {
            let share = format!("{}.{}% ({} of {})", per_mille / 10, per_mille % 10, rate.attended, rate.possible);
            figures.push(("Attendance", share));
        }
    }
    if let Some(contributions) = &report.data.contributions {
        figures.push(("Contributions", contributions.total().to_string()));
    }
    if let Some(budget) = report.data.budget.as_ref().filter(|budget| !budget.is_empty()) {
        figures.push(("Income", budget.total_income().to_string()));
        figures.push(("Expenditure", budget.total_expenditure().to_string()));
        figures.push(("Balance", budget.computed_balance().to_string()));
    }
    html.raw("<dl class=\"figures\">");
    for (name, figure) in &figures {
        html.raw("<div>").element("dt", &[], name).element("dd", &[], figure).raw("</div>");
    }
    html.raw("</dl>");
}

/// Writes the table of submissions and its filter.
fn write_matrix(html: &mut HtmlBuffer<'_>, desk: &Desk<'_>, report: &Report, matrix: &SubmissionsTable<'_>) {
    if matrix.rows.is_empty() {
        html.raw(
            "<p>No boards or agencies are listed yet. Add them to <code>boards</code> and <code>agencies</code> in ",
        );
        html.link(&source_address(report.file.as_str(), 1), "report.yaml").raw(".</p>");
        return;
    }
    write_filter(html, report, matrix);
    let caption = format!("Submissions for {}", report.year);
    let table_id = format!("matrix-{}", report.year);
    html.open("div", &[("class", "scrolls"), ("role", "region"), ("tabindex", "0"), ("aria-label", &caption)]);
    html.open("table", &[("id", &table_id), ("class", "matrix")]).element("caption", &[], &caption);
    html.raw("<thead><tr>");
    for column in ["Board or agency", "Received", "Status", "Signed off", "Words", "Problems", "Last changed"] {
        html.element("th", &[("scope", "col")], column);
    }
    html.raw("</tr></thead>");
    for (kind, name) in [(SubmitterKind::Board, "Boards"), (SubmitterKind::Agency, "Agencies")] {
        let mut rows = matrix.of_kind(kind).peekable();
        if rows.peek().is_some() {
            html.raw("<tbody><tr class=\"group\"><th colspan=\"7\" scope=\"rowgroup\">").text(name).raw("</th></tr>");
            rows.for_each(|row| write_row(html, desk, report, row));
            html.close("tbody");
        }
    }
    html.raw("</table></div>");
}

/// The marks that the filter finds a row by: its status, and the severities and codes of its problems.
fn marks<'a>(row: &SubmissionRow<'a>) -> Vec<&'a str> {
    let mut marks = vec![row.status()];
    marks.extend(row.problems.iter().flat_map(|problem| [problem.severity, problem.code]));
    marks.extend(row.progress.is_late.then_some("late"));
    marks.extend((row.status() != "signed-off").then_some("unsigned"));
    marks.extend((!row.unanswered.is_empty()).then_some("unanswered"));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Writes the filter of rows. It is hidden until the script shows it.
fn write_filter(html: &mut HtmlBuffer<'_>, report: &Report, matrix: &SubmissionsTable<'_>) {
    let mut rows_with: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in matrix.rows.iter().flat_map(marks) {
        *rows_with.entry(mark).or_default() += 1;
    }
    let (id, table_id) = (format!("filter-{}", report.year), format!("matrix-{}", report.year));
    html.open("p", &[("class", "filter"), ("hidden", "hidden")]);
    html.element("label", &[("for", &id)], "Show").raw(" ");
    html.open("select", &[("id", &id), ("data-filters", &table_id)]);
    html.element("option", &[("value", "")], &format!("all ({})", matrix.rows.len()));
    let states = [
        ("missing", "not received"),
        ("late", "late"),
        ("unsigned", "not signed off"),
        ("error", "with errors"),
        ("warning", "with warnings"),
        ("unanswered", "with no update on commitments"),
    ];
    for (mark, words) in states {
        if let Some(count) = rows_with.get(mark) {
            html.element("option", &[("value", mark)], &format!("{words} ({count})"));
        }
    }
    html.raw("<optgroup label=\"With this problem\">");
    for (code, count) in rows_with.iter().filter(|(mark, _)| mark.parse::<Code>().is_ok()) {
        html.element("option", &[("value", code)], &format!("{code} ({count})"));
    }
    html.raw("</optgroup></select></p>");
}

fn write_row(html: &mut HtmlBuffer<'_>, desk: &Desk<'_>, report: &Report, row: &SubmissionRow<'_>) {
    html.open(
        "tr",
        &[
            ("data-marks", &marks(row).join(" ")),
            ("id", &format!("{}-{}-{}", report.year, row.progress.kind.name(), row.progress.id)),
        ],
    );
    html.raw("<th scope=\"row\">").text(row.progress.name);
    if let Some(short) = row.short {
        html.raw(" ").element("small", &[], short);
    }
    let page = format!("/{}/{}/{}/", report.year, row.progress.kind.folder(), row.progress.id);
    html.raw("<span class=\"links\">");
    if is_there(&page, desk.files) {
        html.open("a", &[("href", &page)])
            .raw("page")
            .element("span", &[("class", "visually-hidden")], &format!(" of {}", row.progress.name))
            .raw("</a> ");
    }
    if row.submission().is_some() {
        let source = source_address(row.progress.file.as_str(), 1);
        html.open("a", &[("href", &source)])
            .raw("file")
            .element("span", &[("class", "visually-hidden")], &format!(" of {}", row.progress.name))
            .raw("</a>");
    }
    html.raw("</span></th><td>");
    match row.submission().map(|submission| submission.submitted.as_ref()) {
        Some(Some(date)) => {
            let shown = date.value.strftime(SHOWN_DATE).to_string();
            html.element("time", &[("datetime", &date.value.to_string())], &shown);
        }
        _ if row.progress.is_received() => _ = html.raw("yes, date not given"),
        _ => _ = html.raw("<span class=\"bad\">not received</span>"),
    }
    if row.progress.is_late {
        html.raw(" <span class=\"tag\">late</span>");
    }
    let class = if row.submission().is_none() { "bad" } else { "plain" };
    html.raw("</td><td>").element("span", &[("class", class)], &row.status().replace('-', " ")).raw("</td><td>");
    match row.submission().and_then(|submission| submission.signed_off.as_ref()) {
        Some((by, on)) => {
            let on = on.map(|on| on.strftime(SHOWN_DATE).to_string());
            let details: Vec<&str> = by.as_deref().into_iter().chain(on.as_deref()).collect();
            html.text(&details.join(", "));
        }
        None => _ = html.raw("–"),
    }
    html.raw("</td><td class=\"number\">");
    write_words(html, report, row);
    html.raw("</td><td>");
    write_problems(html, row);
    html.raw("</td><td>");
    match desk.last_changes.get(&row.progress.file) {
        Some(at) => {
            let exact = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            let shown = at.strftime("%-d %b %Y, %H:%M UTC").to_string();
            html.element("time", &[("datetime", &exact), ("class", "moment")], &shown);
        }
        None => _ = html.raw("–"),
    }
    html.raw("</td></tr>");
}

/// Writes the length of a submission, and the limit if there is one.
fn write_words(html: &mut HtmlBuffer<'_>, report: &Report, row: &SubmissionRow<'_>) {
    let Some(submission) = row.submission() else {
        html.raw("–");
        return;
    };
    let words = submission.words();
    html.text(&words.to_string());
    if let Some(limit) = report.word_limit {
        html.text(&format!(" of {limit}"));
        if words > limit as usize {
            html.raw(" <span class=\"tag\">over</span>");
        }
    }
}

/// Writes the problems of a submission: the numbers, and a list that can be opened.
fn write_problems(html: &mut HtmlBuffer<'_>, row: &SubmissionRow<'_>) {
    if row.problems.is_empty() {
        html.raw("none");
        return;
    }
    let counts: Vec<String> = ["error", "warning", "note"]
        .iter()
        .filter_map(|severity| {
            Some(row.count(severity)).filter(|count| *count > 0).map(|count| counted(count, severity))
        })
        .collect();
    let class = if row.count("error") > 0 { "bad" } else { "plain" };
    html.raw("<details><summary>").element("span", &[("class", class)], &counts.join(", "));
    html.element("span", &[("class", "visually-hidden")], &format!(" for {}", row.progress.name)).raw("</summary>");
    list(html, &row.problems);
    html.close("details");
}

/// Writes a list of problems: what is wrong, where, and what to do.
pub(crate) fn list(html: &mut HtmlBuffer<'_>, problems: &[&Problem]) {
    html.raw("<ul class=\"faults\">");
    for problem in problems {
        let severity = if problem.waived.is_some() { "waived" } else { problem.severity };
        html.open("li", &[("data-severity", severity)]);
        html.element("strong", &[], severity)
            .raw(" ")
            .element("code", &[], problem.code)
            .raw(" ")
            .text(&problem.message);
        html.raw(" <span class=\"where\">");
        html.link(
            &source_address(&problem.file, problem.line),
            &format!("{}:{}:{}", problem.file, problem.line, problem.column),
        );
        if let Some(page) = &problem.page {
            html.raw(", ").link(page, "page");
        }
        html.raw("</span>");
        match (&problem.waived, &problem.help) {
            (Some(reason), _) => _ = html.element("span", &[("class", "help")], &format!("Waived: {reason}")),
            (None, Some(help)) => _ = html.element("span", &[("class", "help")], help),
            (None, None) => {}
        }
        html.close("li");
    }
    html.raw("</ul>");
}

/// Writes the commitments of the year before that nobody has reported back on.
fn write_unanswered(html: &mut HtmlBuffer<'_>, matrix: &SubmissionsTable<'_>) {
    let mut owing = matrix.rows.iter().filter(|row| !row.unanswered.is_empty()).peekable();
    if owing.peek().is_none() {
        return;
    }
    html.raw("<h3>Last year’s commitments with no update yet</h3><dl class=\"owing\">");
    for row in owing {
        html.element("dt", &[], row.progress.name);
        for commitment in &row.unanswered {
            html.raw("<dd>").text(&commitment.text).raw(" ").element("code", &[], commitment.id.slug()).raw("</dd>");
        }
    }
    html.raw("</dl>");
}

/// Writes a letter to each board or agency that has something to send, correct or report back on.
fn write_letters(html: &mut HtmlBuffer<'_>, desk: &Desk<'_>, report: &Report, matrix: &SubmissionsTable<'_>) {
    let letters = matrix.rows.iter().filter_map(|row| Some((row, letter(report, matrix, row, desk.tree)?)));
    let mut letters = letters.peekable();
    if letters.peek().is_none() {
        return;
    }
    html.raw("<h3>Letters to copy and send</h3>");
    for (row, letter) in letters {
        let id = format!("letter-{}-{}-{}", report.year, row.progress.kind.name(), row.progress.id);
        html.open("details", &[("class", "letter"), ("id", &id)]);
        html.raw("<summary>").text(row.progress.name).raw(" ").element("small", &[], &letter.why).raw("</summary>");
        html.open("pre", &[("tabindex", "0"), ("aria-label", &format!("Letter to {}", row.progress.name))]);
        html.text(&letter.text).raw("</pre>");
        html.element("button", &[("type", "button"), ("data-copies", &id), ("hidden", "hidden")], "Copy letter");
        html.close("details");
    }
}
