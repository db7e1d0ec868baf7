//! The types of a table's columns, as far as their cells show them.

/// A column of a table, with the kind of its cells.
#[derive(Debug)]
pub(super) struct TableColumn {
    pub(super) name: String,
    /// `None` while all cells are blank.
    kind: Option<CellKind>,
}

/// The kinds of cells that the format tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellKind {
    Integer,
    Number,
    Date,
    YearMonth,
    Text,
}

impl TableColumn {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), kind: None }
    }

    /// The name of its type in a table schema; text if all its cells are blank.
    pub(super) fn type_name(&self) -> &'static str {
        self.kind.unwrap_or(CellKind::Text).name()
    }

    /// Takes another cell into account.
    pub(super) fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let kind = CellKind::from_cell(cell);
        self.kind = Some(match self.kind {
            None => kind,
            Some(known) if known == kind => kind,
            Some(CellKind::Integer | CellKind::Number) if matches!(kind, CellKind::Integer | CellKind::Number) => {
                CellKind::Number
            }
            Some(_) => CellKind::Text,
        });
    }
}

impl CellKind {
    fn from_cell(cell: &str) -> Self {
        let unsigned = cell.strip_prefix('-').unwrap_or(cell);
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let lengths: Vec<usize> = cell.split('-').map(|part| if is_digits(part) { part.len() } else { 0 }).collect();
        match lengths.as_slice() {
            [4, 2, 2] => Self::Date,
            // The year 2018-19 is no month.
            [4, 2] if matches!(cell[5..].parse(), Ok(1..=12)) => Self::YearMonth,
            _ if is_digits(unsigned) => Self::Integer,
            _ if unsigned.split_once('.').is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest)) => {
                Self::Number
            }
            _ => Self::Text,
        }
    }

    /// The name of the type in a table schema.
    fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::YearMonth => "yearmonth",
            Self::Text => "string",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_type_of_all_their_cells() {
        let kind = |cells: &[&str]| {
            let mut column = TableColumn::new("a");
            for cell in cells {
                column.add(cell);
            }
            column.kind.map_or("-", CellKind::name)
        };
        assert_eq!(kind(&["", ""]), "-");
        assert_eq!(kind(&["12", "", "-3"]), "integer");
        assert_eq!(kind(&["12", "1.50"]), "number");
        assert_eq!(kind(&["2024-10-12", "2024-11-01"]), "date");
        assert_eq!(kind(&["2024-10", "2024-11"]), "yearmonth");
        for text in [
            &["2024-10", "2024-10-12"][..],
            &["2018-19", "2019-20"],
            &["2011-12", "2012-13"],
            &["85%"],
            &["12", "about 3"],
            &["2024-10-12", "5"],
            &["1.", "-"],
        ] {
            assert_eq!(kind(text), "string", "{text:?}");
        }
    }
}
