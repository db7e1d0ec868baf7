//! Names for readers: where somebody wrote an id, readers see the name that belongs to it.

use std::collections::HashMap;

use super::ids::{Sponsor, in_words};
use super::members::Agency;
use super::normalize::normalize_name;
use super::report::Report;
use crate::source::yaml::Slug;

/// Replaces ids in tables, lists of members and the like by names. Anything else stays as written; what it means has
/// been resolved before.
pub(crate) fn name(report: &mut Report) {
    let called = DisplayNames::new(report);
    for row in report.data.contributions.iter_mut().flat_map(|table| &mut table.rows) {
        called.agency(&mut row.agency);
    }
    for session in report.data.training.iter_mut().flat_map(|training| &mut training.sessions) {
        called.agency(&mut session.agency);
    }
    let members = report.data.attendance.iter_mut().flat_map(|table| &mut table.members);
    members.filter_map(|member| member.organisation.as_mut()).for_each(|name| called.agency(name));
    if let Some(budget) = &mut report.data.budget {
        let lines = budget.income.iter_mut().chain(&mut budget.expenditure).chain(&mut budget.balances);
        lines.for_each(|line| called.agency(&mut line.line));
    }
    for sent in &mut report.distribution {
        called.anybody(&mut sent.to);
    }
    for body in report.data.governance.iter_mut().flat_map(|governance| &mut governance.bodies) {
        let seats = body.members.iter_mut().map(|seat| &mut seat.name.value);
        let others = body.in_attendance.iter_mut().chain(&mut body.accountable_to).chain(&mut body.chair);
        seats.chain(others).for_each(|name| called.anybody(name));
        called.sponsor(&mut body.sponsor);
    }
    for board in &mut report.boards {
        called.sponsor(&mut board.sponsor);
        if let Some(sent) = &mut board.submission {
            called.sponsor(&mut sent.sponsor);
        }
    }
}

/// The year's agencies and bodies by their ids.
struct DisplayNames {
    /// The name of each agency, and its other names exactly as written.
    agencies: HashMap<String, (String, Vec<String>)>,
    bodies: HashMap<String, String>,
}

impl DisplayNames {
    fn new(report: &Report) -> Self {
        let agency = |agency: &Agency| {
            let others = agency.short.iter().chain(&agency.aliases).cloned().collect();
            (agency.id.to_string(), (agency.name.clone(), others))
        };
        let boards = report.boards.iter().map(|board| (board.id.to_string(), board.name.clone()));
        let bodies = report.data.governance.iter().flat_map(|governance| &governance.bodies);
        let bodies = bodies.map(|body| (body.id.to_string(), body.name.clone()));
        Self { agencies: report.agencies.iter().map(agency).collect(), bodies: boards.chain(bodies).collect() }
    }

    /// The name of the agency whose id was written. Without a hyphen, case matters: `Police` for the id `police` is a
    /// name. With one it is always an id, since names do not look like that.
    fn agency_with(&self, written: &str) -> Option<&String> {
        let id = if written.contains('-') { normalize_name(written) } else { written.trim().to_owned() };
        let (name, others) = self.agencies.get(&id)?;
        (!others.iter().any(|other| other == written)).then_some(name)
    }

    fn agency(&self, written: &mut String) {
        if let Some(name) = self.agency_with(written) {
            written.clone_from(name);
        }
    }

    fn anybody(&self, written: &mut String) {
        if let Some(name) = self.agency_with(written).or_else(|| self.bodies.get(written.trim())) {
            written.clone_from(name);
        }
    }

    /// Replaces a sponsor that is not an agency. Text in the form of an id is turned into words, since it is not a
    /// name.
    fn sponsor(&self, sponsor: &mut Option<Sponsor>) {
        if let Some(Sponsor::Other(written)) = sponsor {
            self.anybody(written);
            if Slug::is_valid(written) {
                *written = in_words(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assemble::assemble;
    use crate::source::SourceTree;

    #[test]
    fn ids_become_names_and_names_stay() {
        let report = "title: T\nperiod: {from: 2023-04-01, to: 2024-03-31}\n\
            boards: [{id: risk, name: Risk Board, sponsor: health-watch}, {id: other, name: O, sponsor: risk}]\n\
            agencies: [{id: womens-refuge, name: Women's Refuge, aliases: [WOMENS-REFUGE]}, {id: nps, name: National Probation Service, short: NPS}]\n\
            distribution: [{to: womens-refuge}, {to: hwb}, {to: The mayor}]\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2023-24/report.yaml", report),
            (
                "content/2023-24/governance.yaml",
                "bodies: [{id: hwb, name: Wellbeing Board, members: [nps, NPS, {name: Womens-Refuge}], accountable_to: [risk]}]\n",
            ),
            (
                "content/2023-24/data/contributions.csv",
                "agency,all\nwomens-refuge,1\nnps,2\nNational probation service,3\n",
            ),
            (
                "content/2023-24/data/attendance.csv",
                "member,organisation,2023-06\nA,WOMENS-REFUGE,y\nB,Womens-refuge,y\nC,NPS,y\nD,Nps,y\nE,nps,y\n",
            ),
            ("content/2023-24/data/budget.csv", "kind,line,amount\nincome,nps,5\nexpenditure,risk,5\n"),
        ]);
        let archive = assemble(&tree).value;
        let report = &archive.reports[0];
        let paid: Vec<&str> =
            report.data.contributions.iter().flat_map(|t| &t.rows).map(|row| row.agency.as_str()).collect();
        assert_eq!(paid, ["Women's Refuge", "National Probation Service", "National probation service"]);
        let came = report.data.attendance.iter().flat_map(|table| &table.members);
        let came: Vec<&str> = came.filter_map(|member| member.organisation.as_deref()).collect();
        assert_eq!(came, ["WOMENS-REFUGE", "Women's Refuge", "NPS", "Nps", "National Probation Service"]);
        let body = &report.data.governance.as_ref().unwrap().bodies[0];
        let members: Vec<&str> = body.members.iter().map(|seat| seat.name.value.as_str()).collect();
        assert_eq!(members, ["National Probation Service", "NPS", "Women's Refuge"]);
        assert_eq!(body.accountable_to, ["Risk Board"]);
        let sent: Vec<&str> = report.distribution.iter().map(|sent| sent.to.as_str()).collect();
        assert_eq!(sent, ["Women's Refuge", "Wellbeing Board", "The mayor"]);
        let sponsors: Vec<_> = report.boards.iter().map(|board| board.sponsor.clone().unwrap()).collect();
        assert_eq!(sponsors, [Sponsor::Other("Health watch".to_owned()), Sponsor::Other("Risk Board".to_owned())]);
        let budget = report.data.budget.as_ref().unwrap();
        assert_eq!(
            (budget.income[0].line.as_str(), budget.expenditure[0].line.as_str()),
            ("National Probation Service", "risk")
        );
    }
}
