//! Draws the report's numbers as charts: which chart is on which page, under which id.

use std::collections::HashMap;

use crate::chart::{self, AuthoredChartKind, ChartContext};
use crate::locale::{Locale, capitalised};
use crate::model::attendance::AttendanceRecord;
use crate::model::money::BudgetLine;
use crate::model::normalize::normalize_name;
use crate::model::{Agency, AgencyId, BodyId, Part, Report};
use crate::quantity::Rate;
use crate::render::view::Html;
use crate::source::files::ChartKind;
use crate::source::markdown::ChartBlock;
use crate::source::yaml::{ShortOr, Text};

/// The texts that say where a report's numbers come from.
const ATTENDANCE: &str = "chart.source.attendance";
const ACCOUNTS: &str = "chart.source.accounts";
const GOVERNANCE: &str = "chart.source.governance";

/// The charts of a report.
#[derive(Default)]
pub(crate) struct ReportCharts {
    /// Each member's attendance at each meeting.
    pub map: Html,
    /// Attendance rates by meeting.
    pub by_meeting: Html,
    /// Attendance rates by organisation.
    pub by_organisation: Html,
    /// Contributions by agency and fund.
    pub contributions: Html,
    /// Income and expenditure down to the balance.
    pub balance: Html,
    /// Reporting lines between bodies.
    pub governance: Html,
}

impl ReportCharts {
    /// Draws the charts of a report that has the given `agencies`. Attendance is compared with that of the report `before`.
    #[must_use]
    pub(crate) fn draw(
        report: &Report,
        before: Option<&Report>,
        agencies: &HashMap<&AgencyId, &Agency>,
        words: &Locale,
    ) -> Self {
        let inputs = ChartInputs { report, before, agencies, words };
        Self {
            map: inputs.attendance_map(),
            by_meeting: inputs.attendance_by_meeting(),
            by_organisation: inputs.attendance_by_organisation(),
            contributions: inputs.contributions_chart(),
            balance: inputs.balance_chart(),
            governance: inputs.governance_chart(),
        }
    }
}

/// What the charts of a report are drawn from.
struct ChartInputs<'a> {
    report: &'a Report,
    before: Option<&'a Report>,
    agencies: &'a HashMap<&'a AgencyId, &'a Agency>,
    words: &'a Locale,
}

impl ChartInputs<'_> {
    /// Draws a chart on the page of a part. `source` says where its numbers come from, and `file` names the file of the
    /// year's data with them, if there is one.
    fn drawn(
        &self,
        (part, id): (Part, &str),
        (source, file): (&str, Option<&str>),
        draw: impl FnOnce(&ChartContext<'_>) -> Option<String>,
    ) -> Html {
        // The page of a part is one folder below the report's front page, as is the document.
        let csv = file.map(|file| format!("../data/{file}"));
        let picture = format!("../{}/{id}.svg", part.name());
        let frame = ChartContext {
            id,
            period: self.report.year.as_str(),
            level: 3,
            source: Some(source),
            csv: csv.as_deref(),
            picture: Some(&picture),
            words: self.words,
        };
        Html::from_chart(draw(&frame))
    }

    /// Each member's attendance at each meeting.
    fn attendance_map(&self) -> Html {
        let Some(table) = &self.report.data.attendance else { return Html::default() };
        let members = table.members.iter().map(|member| chart::MemberRow {
            role: member.role.clone(),
            organisation: member.organisation.clone(),
            cells: member.cells.iter().map(|(presence, _)| *presence).collect(),
        });
        let input = chart::AttendanceData { meetings: self.meeting_names(), members: members.collect() };
        self.drawn((Part::Attendance, "attendance-map"), (ATTENDANCE, Some("attendance.csv")), |frame| {
            chart::attendance_map(&input, frame)
        })
    }

    /// Attendance rates by meeting.
    fn attendance_by_meeting(&self) -> Html {
        let Some(table) = &self.report.data.attendance else { return Html::default() };
        let rates = self.meeting_names().into_iter().enumerate().map(|(at, name)| (name, table.meeting_rate(at)));
        let rates: Vec<(String, Rate)> = rates.collect();
        self.drawn((Part::Attendance, "attendance-meetings"), (ATTENDANCE, None), |frame| {
            chart::attendance_by_meeting(&rates, self.before().as_ref(), frame)
        })
    }

    /// Attendance rates by organisation.
    fn attendance_by_organisation(&self) -> Html {
        let Some(table) = &self.report.data.attendance else { return Html::default() };
        let rates = self.organisations(table);
        self.drawn((Part::Attendance, "attendance-organisations"), (ATTENDANCE, None), |frame| {
            chart::attendance_by_organisation(&rates, self.before().as_ref(), frame)
        })
    }

    /// The attendance of the year before, if it is known.
    fn before(&self) -> Option<(String, Rate)> {
        let before = self.before?;
        let rate = before.data.attendance.as_ref()?.rate();
        (rate.possible > 0).then(|| (before.year.to_string(), rate))
    }

    /// The column headings of the attendance table.
    fn meeting_names(&self) -> Vec<String> {
        let meetings = self.report.data.attendance.iter().flat_map(|table| &table.meetings);
        let words = self.words;
        meetings.map(|one| one.label.clone().unwrap_or_else(|| words.short_date(one.date))).collect()
    }

    /// Contributions by agency and fund.
    fn contributions_chart(&self) -> Html {
        let Some(table) = &self.report.data.contributions else { return Html::default() };
        let payers = table.rows.iter().map(|row| {
            let agency = row.id.as_ref().and_then(|id| self.agencies.get(id));
            chart::PayerRow {
                name: row.agency.clone(),
                short: agency.and_then(|agency| agency.short.clone()),
                amounts: row.amounts.iter().map(|amount| amount.value).collect(),
            }
        });
        let input = chart::ContributionData {
            funds: table.funds.iter().map(|fund| capitalised(fund)).collect(),
            payers: payers.collect(),
        };
        self.drawn((Part::Budget, "contributions-chart"), (ACCOUNTS, Some("contributions.csv")), |frame| {
            chart::contributions(&input, frame)
        })
    }

    /// Income and expenditure down to the balance.
    fn balance_chart(&self) -> Html {
        let Some(budget) = &self.report.data.budget else { return Html::default() };
        let lines = |lines: &[BudgetLine]| {
            lines.iter().filter_map(|line| Some((line.line.clone(), line.amount.value?))).collect()
        };
        let input = chart::BudgetData { income: lines(&budget.income), expenditure: lines(&budget.expenditure) };
        self.drawn((Part::Budget, "balance-chart"), (ACCOUNTS, Some("budget.csv")), |frame| {
            chart::budget_waterfall(&input, frame)
        })
    }

    /// Reporting lines between bodies.
    fn governance_chart(&self) -> Html {
        let Some(governance) = &self.report.data.governance else { return Html::default() };
        let bodies = &governance.bodies;
        let places: HashMap<&BodyId, usize> = bodies.iter().enumerate().map(|(at, body)| (&body.id, at)).collect();
        let reports = bodies.iter().enumerate().flat_map(|(from, body)| {
            let to = body.reports_to.iter().filter_map(|id| places.get(id).copied());
            to.map(move |to| (from, to))
        });
        let input = chart::ReportingDiagram {
            bodies: bodies.iter().map(|body| body.name.clone()).collect(),
            reports: reports.collect(),
        };
        self.drawn((Part::Governance, "governance-chart"), (GOVERNANCE, None), |frame| {
            chart::reporting_diagram(&input, frame)
        })
    }

    /// The rates of organisations, in order of first appearance in the table. Rows that refer to one agency are merged,
    /// even if they name it differently.
    fn organisations(&self, table: &AttendanceRecord) -> Vec<(String, Rate)> {
        let mut rates: Vec<(String, Rate)> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for member in &table.members {
            let Some(name) = member.organisation.as_deref() else { continue };
            let (key, called) = match &member.agency {
                Some(id) => {
                    let name = self.agencies.get(id).map_or(id.as_str(), |agency| &agency.name);
                    (id.to_string(), name.to_owned())
                }
                // Ids never begin with a slash, so a name cannot be mistaken for one.
                None => (format!("/{}", normalize_name(name)), name.to_owned()),
            };
            let own = member.rate();
            let at = *seen.entry(key).or_insert_with(|| {
                rates.push((called, Rate::default()));
                rates.len() - 1
            });
            rates[at].1 += own;
        }
        rates
    }
}

/// Draws a `chart` block of a text, with a headline of this level. All ids in it begin with `id`, and `picture` is the address
/// of its drawing as a picture.
#[must_use]
pub(crate) fn authored(block: &ChartBlock, id: &str, picture: Option<&str>, level: u8, words: &Locale) -> Html {
    let written = &block.chart;
    let kind = match written.kind.as_ref().map(|kind| kind.value) {
        None | Some(ChartKind::Bar) => AuthoredChartKind::Bar,
        Some(ChartKind::Column) => AuthoredChartKind::Column,
        Some(ChartKind::Line) => AuthoredChartKind::Line,
    };
    let rows = written.rows.iter().flat_map(|rows| &rows.0).map(|(label, numbers)| {
        let numbers = match numbers {
            ShortOr::One(number) => std::slice::from_ref(number),
            ShortOr::More(numbers) => numbers.as_slice(),
        };
        (label.value.clone(), numbers.iter().map(|number| Some(number.value.0)).collect())
    });
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let input = chart::AuthoredChart {
        kind,
        title: text(&written.title).unwrap_or_default(),
        description: text(&written.description).unwrap_or_default(),
        unit: text(&written.unit),
        target: written.target.as_ref().map(|target| target.value.0),
        series: written.series.iter().flatten().map(|name| name.value.clone()).collect(),
        rows: rows.collect(),
    };
    let frame = ChartContext { id, period: "", level, source: None, csv: None, picture, words };
    Html::from_chart(chart::authored_chart(&input, &frame))
}
