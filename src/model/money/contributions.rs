//! What agencies pay into the partnership: `contributions.csv`.

use std::collections::HashMap;

use super::{Amount, note, sum};
use crate::diagnostic::{Code, Diagnostic, Location, SubjectKind, WithDiagnostics, excerpt};
use crate::model::agency_index::AgencyResolver;
use crate::model::columns::{self, Columns};
use crate::model::ids::AgencyId;
use crate::model::members::Agency;
use crate::model::normalize::normalize_name;
use crate::quantity::Money;
use crate::source::csv::CsvTable;

/// What agencies pay into the partnership. Figures are positive, even if the file writes all of them as negatives.
#[derive(Clone, Debug)]
pub(crate) struct ContributionTable {
    /// The headings of the funds, which have one column each.
    pub funds: Vec<String>,
    /// One row per agency.
    pub rows: Vec<Contribution>,
    /// The row named `total`, if there is one.
    pub stated: Option<StatedTotals>,
    /// Whether the file could be read to its end and names its funds. If not, no column total can be checked.
    pub is_complete: bool,
}

/// The contribution of one agency.
#[derive(Clone, Debug)]
pub(crate) struct Contribution {
    /// The contributor as readers see it: as written, or the agency's name if its id was written.
    pub agency: String,
    /// The contributor as written.
    pub written: String,
    /// The year's agency that the contributor is, if it is one.
    pub id: Option<AgencyId>,
    /// One amount per fund.
    pub amounts: Vec<Amount>,
    /// The total that the row states.
    pub stated: Option<Amount>,
    pub note: Option<String>,
    /// Whether an earlier row names the same agency. It is then uncertain whether these amounts count.
    pub is_repeated: bool,
    /// The cell that names the agency.
    pub location: Location,
}

/// The totals that the file states.
#[derive(Clone, Debug)]
pub(crate) struct StatedTotals {
    /// One amount per fund.
    pub amounts: Vec<Amount>,
    /// The total of all funds.
    pub total: Option<Amount>,
    pub note: Option<String>,
    /// The cell that names the row.
    pub location: Location,
}

impl Contribution {
    /// The sum of the row's cells.
    #[must_use]
    pub(crate) fn total(&self) -> Money {
        sum(&self.amounts)
    }
}

impl ContributionTable {
    /// The sum of a fund's cells.
    #[must_use]
    pub(crate) fn fund_total(&self, fund: usize) -> Money {
        sum(self.rows.iter().filter_map(|row| row.amounts.get(fund)))
    }

    /// The sum of all cells.
    #[must_use]
    pub(crate) fn total(&self) -> Money {
        sum(self.rows.iter().flat_map(|row| &row.amounts))
    }

    /// Assembles `contributions.csv`.
    #[must_use]
    pub(crate) fn assemble(table: &CsvTable, agencies: &[Agency]) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let Columns { named: [agency, total, notes], others } =
            Columns::find(table, columns::CONTRIBUTIONS, &mut diagnostics);
        if others.is_empty() && diagnostics.is_empty() {
            diagnostics.extend(no_fund(table));
        }
        let mut organisations = AgencyResolver::new(agencies);
        let mut contributions = Self {
            funds: others.iter().map(|column| table.header[*column].text.clone()).collect(),
            rows: Vec::new(),
            stated: None,
            is_complete: table.is_complete && !others.is_empty(),
        };
        let mut seen: HashMap<String, Location> = HashMap::new();
        let mut paid: HashMap<AgencyId, Location> = HashMap::new();
        for row in &table.rows {
            let amounts =
                others.iter().map(|column| Amount::read(table, row.cell(*column), &mut diagnostics)).collect();
            let total = total.map(|column| Amount::read(table, row.cell(column), &mut diagnostics));
            let note = notes.and_then(|column| note(row.cell(column)));
            let Some(cell) = agency.map(|column| row.cell(column)) else {
                let location = table.location(row.span());
                let agency = String::new();
                contributions.rows.push(Contribution {
                    written: agency.clone(),
                    agency,
                    id: None,
                    amounts,
                    stated: total,
                    note,
                    is_repeated: false,
                    location,
                });
                continue;
            };
            let location = table.location(cell.span);
            let id = if cell.is_blank() || cell.is_malformed || columns::is_total(&cell.text) {
                None
            } else {
                organisations.resolve(&cell.text, &location, &mut diagnostics)
            };
            let first = seen.get(&normalize_name(&cell.text)).or_else(|| paid.get(id.as_ref()?));
            let first = first.filter(|_| !cell.is_blank() && !cell.is_malformed);
            let is_repeated = first.is_some();
            if let Some(first) = first {
                let is_same_name = seen.contains_key(&normalize_name(&cell.text));
                let agency = id.as_ref().filter(|_| !is_same_name);
                let who = agency.map_or_else(String::new, |id| format!(", which is the agency `{id}`,"));
                let message = format!("`{}`{who} is in two rows", excerpt(&cell.text));
                let twice = Diagnostic::new(Code::DuplicateRow, location.clone(), message);
                let twice = twice.related(first.clone(), "the first is here").help("combine the two rows");
                diagnostics.push(match agency {
                    Some(id) => twice.about(SubjectKind::Agency, id),
                    None => twice,
                });
            }
            seen.entry(normalize_name(&cell.text)).or_insert_with(|| location.clone());
            if let Some(id) = &id {
                paid.entry(id.clone()).or_insert_with(|| location.clone());
            }
            if columns::is_total(&cell.text) {
                let stated = StatedTotals { amounts, total, note, location };
                contributions.stated.get_or_insert(stated);
                continue;
            }
            if cell.is_blank() && !cell.is_malformed {
                let nobody = Diagnostic::new(Code::BadCell, location.clone(), "this row does not say who contributed");
                diagnostics.push(nobody.help("write an agency's id or a name, or delete the row"));
            }
            let (agency, written) = (cell.text.clone(), cell.text.clone());
            let row = Contribution { agency, written, id, amounts, stated: total, note, is_repeated, location };
            contributions.rows.push(row);
        }
        diagnostics.extend(organisations.unmatched());
        contributions.settle_signs(&mut diagnostics);
        WithDiagnostics::new(contributions, diagnostics)
    }

    /// Makes contributions positive if all of them are written as negatives, as ledgers print them. If signs are mixed,
    /// that is one diagnostic at the first figure of the less common sign, and all figures of that sign count as
    /// unreadable.
    fn settle_signs(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let signs = |amounts: &mut dyn Iterator<Item = &Amount>| -> Vec<i64> {
            amounts
                .filter_map(|amount| amount.value)
                .map(|money| money.pence.signum())
                .filter(|sign| *sign != 0)
                .collect()
        };
        let cells = signs(&mut self.rows.iter().flat_map(|row| &row.amounts));
        let Some(first) = cells.first() else { return };
        let (usual, most) = match cells.iter().sum::<i64>().signum() {
            0 => (*first, "other"),
            sign if cells.iter().all(|cell| *cell == sign) => (sign, "the"),
            sign => (sign, "most"),
        };
        let rows = self.rows.iter_mut().flat_map(|row| row.amounts.iter_mut().chain(&mut row.stated));
        let totals = self.stated.iter_mut().flat_map(|stated| stated.amounts.iter_mut().chain(&mut stated.total));
        let mut odd: Option<(Location, Money, usize)> = None;
        for amount in rows.chain(totals) {
            let Some(money) = amount.value else { continue };
            if money.pence.signum() * usual < 0 {
                odd.get_or_insert_with(|| (amount.location.clone(), money, 0)).2 += 1;
                amount.value = None;
                amount.unreadable = true;
            } else {
                amount.value = Some(Money { pence: money.pence * usual });
            }
        }
        if let Some((location, money, count)) = odd {
            let (sign, usual) = if usual < 0 { ("positive", "negative") } else { ("negative", "positive") };
            let others = match count {
                1 => String::new(),
                2 => ", and so is another figure".to_owned(),
                _ => format!(", and so are {} other figures", count - 1),
            };
            let message = format!("`{money}` is {sign}{others}, while {most} contributions here are {usual}");
            let mixed = Diagnostic::new(Code::MixedSigns, location, message).about(SubjectKind::Figure, money);
            diagnostics.push(mixed.help(format!("write all contributions and totals as {usual} amounts")));
        }
    }
}

/// Reports a table without a column for any fund, unless a column without a heading has already been reported.
fn no_fund(table: &CsvTable) -> Option<Diagnostic> {
    let mut nameless = (0..table.header.len()).filter(|column| table.header[*column].is_blank());
    let is_reported = nameless.any(|column| table.rows.iter().any(|row| !row.cell(column).is_blank()));
    if table.header.is_empty() || is_reported {
        return None;
    }
    let message = "this table has no column for a fund, so it does not say what was paid";
    let missing = Diagnostic::new(Code::MissingColumn, table.header_location(), message);
    Some(missing.help("add a column for each fund, named after it, as in `agency,children,adults,total`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RelPath;
    use crate::model::agency_index::tests::agencies;
    use crate::testing::one_line_each;

    /// The rows as `agency=id: amounts = total`, then the diagnostics.
    fn check(text: &str) -> String {
        let table =
            columns::read_table(&RelPath::new("contributions.csv"), &text.into(), &columns::CONTRIBUTIONS_TABLE, &[]);
        let mut diagnostics = table.diagnostics;
        let contributions = ContributionTable::assemble(&table.value, &agencies()).emit_into(&mut diagnostics);
        let show = |amount: &Amount| match amount.value {
            _ if amount.unreadable => "?".to_owned(),
            Some(money) => money.to_string(),
            None => "-".to_owned(),
        };
        let row = |name: &str, amounts: &[Amount], total: &Option<Amount>| {
            let total = total.as_ref().map_or_else(String::new, |total| format!(" = {}", show(total)));
            format!("{name}: {}{total}", amounts.iter().map(show).collect::<Vec<_>>().join(" "))
        };
        let mut out: Vec<String> = contributions
            .rows
            .iter()
            .map(|r| {
                let id = r.id.as_ref().map_or_else(String::new, |id| format!("={id}"));
                row(&format!("{}{id}", r.agency), &r.amounts, &r.stated)
            })
            .collect();
        out.extend(contributions.stated.iter().map(|stated| row("TOTAL", &stated.amounts, &stated.total)));
        out.extend(one_line_each(text, &diagnostics));
        out.join("\n")
    }

    #[test]
    fn agencies_funds_and_totals_are_found() {
        assert_eq!(
            check("Agency, Children ,adults,TOTAL,note\nMK CCG,51482,£14.5,,x\ncafcass,550,,550\n total ,52032,-,\n"),
            "MK CCG=mkccg: £51,482 £14.50 = -\ncafcass: £550 - = £550\nTOTAL: £52,032 - = -"
        );
        assert_eq!(check("agency;children\ntvp;\"1,000\"\n"), "tvp=tvp: £1,000");
    }

    #[test]
    fn ledgers_signs_are_taken_off() {
        assert_eq!(
            check("agency,a,b,total\ntvp,-10,(5),-15\nx,0,\u{2212}1,-1\ntotal,-10,-6,-16\n"),
            "tvp=tvp: £10 £5 = £15\nx: £0 £1 = £1\nTOTAL: £10 £6 = £16"
        );
    }

    #[test]
    fn mixed_signs_are_one_diagnostic() {
        assert_eq!(
            check("agency,a,total\nx,-10,-10\ny,5,5\nz,-1,-1\n"),
            "x: £10 = £10\ny: ? = ?\nz: £1 = £1\n\
             mixed-signs 3:3: `£5` is positive, and so is another figure, while most contributions here are negative"
        );
        assert_eq!(
            check("agency,a\nx,10\ny,-5\n"),
            "x: £10\ny: ?\nmixed-signs 3:3: `-£5` is negative, while other contributions here are positive"
        );
        assert_eq!(
            check("agency,a\nx,10\ntotal,-10\n"),
            "x: £10\nTOTAL: ?\nmixed-signs 3:7: `-£10` is negative, while the contributions here are positive"
        );
    }

    #[test]
    fn cells_that_cannot_be_read_are_in_doubt() {
        assert_eq!(
            check("agency,a,b\ntvp,ten,\"1,23\"\nx,1.001,£1000000000000\n"),
            "tvp=tvp: ? ?\nx: ? ?\n\
             bad-cell 2:5: `ten` is not an amount of money\n\
             bad-cell 2:9: `1,23` has commas or spaces in the wrong places\n\
             bad-cell 3:3: `1.001` has more than two decimal places\n\
             bad-cell 3:9: `£1000000000000` is more than £999,999,999,999.99"
        );
        assert_eq!(
            check("agency,a,b\ntvp,1,234,5\n"),
            "tvp: ? ?\nbad-csv 2:11: `5` has no column: the header names only 3",
            "a malformed row may name the wrong agency"
        );
    }

    #[test]
    fn faulty_rows_and_columns_are_reported() {
        assert_eq!(
            check("agency,a,A\ntvp,1,2\nTVP,1,2\n,5,\nTotal,1\nTotal,2\n"),
            "tvp=tvp: £1\nTVP=tvp: £1\n: £5\nTOTAL: £1\n\
             unknown-column 1:10: two columns are called `A`\n\
             duplicate-row 3:1: `TVP` is in two rows\n\
             bad-cell 4:1: this row does not say who contributed\n\
             duplicate-row 6:1: `Total` is in two rows"
        );
        assert_eq!(check("body,a\ntvp,1\n"), "tvp=tvp: £1\nmissing-column 1:1: this table has no column `agency`");
        assert_eq!(
            check("children,adults,total\n1,2,3\n"),
            ": £1 £2 = £3\nmissing-column 1:1: this table has no column `agency`"
        );
        assert_eq!(
            check("agancy,a,totals\ntvp,1,1\n"),
            "tvp=tvp: £1 = £1\nunknown-column 1:1: `agancy` is not a column of this table\nunknown-column 1:10: `totals` is not a column of this table"
        );
        assert_eq!(
            check("agency,a\nThames Valey Police,1\n"),
            "Thames Valey Police: £1\nunknown-id 2:1: `Thames Valey Police` is not one of the year's agencies, but is close to `Thames Valley Police`"
        );
        assert_eq!(
            check("agency,a\ntvp,1\nThames Valley Police,2\n"),
            "tvp=tvp: £1\nThames Valley Police=tvp: £2\n\
             duplicate-row 3:1: `Thames Valley Police`, which is the agency `tvp`, is in two rows"
        );
        assert_eq!(
            check("agency,total\ntvp,1\n"),
            "tvp=tvp:  = £1\n\
             missing-column 1:1: this table has no column for a fund, so it does not say what was paid"
        );
        assert_eq!(check(""), "bad-csv 1:1: this table is empty");
    }
}
