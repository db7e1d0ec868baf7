//! Recognises the columns of an action plan by their names, in English and in Welsh.

use crate::document::tree::all_text;
use crate::document::{Cell, Table};
use crate::source::one_line::one_line;

/// How many rows there may be above the one with the names.
const MOST_ABOVE: usize = 2;

/// The most bytes that the name of a column may have.
pub(super) const LONGEST_HEADING: usize = 100;

/// What a column of a plan is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlanColumn {
    Action,
    /// What is to be reached, which is the action where a plan has no other.
    Aim,
    Owner,
    By,
    Number,
    Other,
}

/// The columns of a plan.
#[derive(Debug)]
pub(super) struct PlanColumns {
    /// The row with their names.
    pub heading: usize,
    pub names: Vec<String>,
    pub kinds: Vec<PlanColumn>,
    /// The column of the actions.
    pub action: usize,
    /// The first column that says who is responsible.
    pub owner: Option<usize>,
    /// The first column that says by when.
    pub by: Option<usize>,
}

impl PlanColumns {
    /// `None` if the table has no column of actions, or no row below its name.
    pub(super) fn find(table: &Table) -> Option<Self> {
        // A cell that covers several columns moves those after it.
        let is_simple = |cells: &[Cell]| cells.len() > 1 && cells.iter().all(|cell| cell.columns == 1);
        let above_others = table.rows.len().saturating_sub(1).min(MOST_ABOVE + 1);
        let rows = table.rows[..above_others].iter().enumerate();
        rows.filter(|(_, row)| is_simple(&row.cells)).find_map(|(heading, row)| {
            let name = |cell: &Cell| one_line(&all_text(&cell.blocks));
            let names: Vec<String> = row.cells.iter().map(name).collect();
            let kinds: Vec<PlanColumn> = names.iter().map(|name| PlanColumn::called(name)).collect();
            let first = |kind| kinds.iter().position(|known| *known == kind);
            // Each name is repeated in every row.
            names.iter().all(|name| name.len() <= LONGEST_HEADING).then_some(())?;
            let action = first(PlanColumn::Action).or_else(|| first(PlanColumn::Aim))?;
            let (owner, by) = (first(PlanColumn::Owner), first(PlanColumn::By));
            Some(Self { heading, names, kinds, action, owner, by })
        })
    }
}

impl PlanColumn {
    fn called(name: &str) -> Self {
        let folded: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        // `Action(s)` has a word of one letter.
        let words: Vec<&str> = folded.split_whitespace().filter(|word| *word != "s").collect();
        let phrase = words.join(" ");
        let kind = NAMES.iter().find(|(_, phrases, any)| {
            phrases.contains(&phrase.as_str())
                || words.len() <= LONGEST_NAME && words.iter().any(|word| any.contains(word))
        });
        kind.map_or(Self::Other, |(kind, ..)| *kind)
    }
}

/// The most words of a name that is recognised by one of them. Longer ones are sentences: *How will we know that the action
/// worked?*
const LONGEST_NAME: usize = 4;

/// For each kind, names of its columns, and words of which one is enough. The first kind that fits counts.
const NAMES: &[(PlanColumn, &[&str], &[&str])] = &[
    (
        PlanColumn::Number,
        &["", "no", "number", "ref", "reference", "item", "action no", "action ref", "action number", "rhif"],
        &[],
    ),
    (
        PlanColumn::Owner,
        &["who", "whom", "by who", "by whom", "who will do it", "who will do this", "pwy", "gan bwy"],
        &["owner", "lead", "leads", "responsible", "responsibility", "arweinydd", "cyfrifol", "perchennog"],
    ),
    (
        PlanColumn::By,
        &["by", "date", "target date", "completion date", "end date", "erbyn", "dyddiad"],
        &["when", "timescale", "timescales", "timeframe", "deadline", "due", "pryd", "amserlen"],
    ),
    (
        PlanColumn::Action,
        &[
            "what",
            "what we will do",
            "what will we do",
            "what will we do next",
            "what we will do next",
            "what will be done",
            "what next",
            "plan",
            "plans",
            "planned work",
            "next step",
            "next steps",
            "recommendation",
            "recommendations",
            "beth",
            "beth fyddwn ni n ei wneud",
            "camau",
            "camau nesaf",
        ],
        &[
            "action",
            "actions",
            "commitment",
            "commitments",
            "activity",
            "activities",
            "task",
            "tasks",
            "gweithredu",
            "ymrwymiad",
            "ymrwymiadau",
        ],
    ),
    (
        PlanColumn::Aim,
        &["aim", "aims", "objective", "objectives", "goal", "goals", "priority", "amcan", "amcanion", "nod"],
        &[],
    ),
];

#[cfg(test)]
mod tests {
    use super::PlanColumn::{self, Action, Aim, By, Number, Other, Owner};

    #[test]
    fn columns_are_known_by_what_people_call_them() {
        for (kind, names) in [
            (
                Action,
                &[
                    "Action",
                    "Key Action(s)",
                    "Actions required:",
                    "What will we do?",
                    "Planned activity",
                    "Camau gweithredu",
                ][..],
            ),
            (Aim, &["Objective", "Priority"]),
            (Owner, &["Lead officer", "Action owner", "Who?", "Responsible", "By whom", "Pwy"]),
            (By, &["By when?", "Timescale", "Target date", "Due", "When will this happen?", "Erbyn pryd"]),
            (Number, &["", "#", "No.", "Action no."]),
            (
                Other,
                &["Start date", "Progress", "How will we know that the actions worked?", "Who will benefit", "RAG"],
            ),
        ] {
            for name in names {
                assert_eq!(PlanColumn::called(name), kind, "{name}");
            }
        }
    }
}
