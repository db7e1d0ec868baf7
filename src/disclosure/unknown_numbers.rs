//! Numbers for the cells whose number is not known.

use super::component::Component;
use super::reader::{Knowledge, SearchBudget};
use super::search::Search;
use super::tables::{CellStatus, SMALL};

/// Finds numbers for the cells whose number is not known. Counts that are given as suppressed are supposed to be [`SMALL`]
/// if all of them can be at once. If they cannot be, as when statistics from elsewhere were suppressed by the same sign for
/// both reasons, any of them may be anything.
pub(super) fn fill_in(component: &mut Component) {
    for (cell, is_small) in component.cells.iter().zip(&mut component.is_small) {
        *is_small &= cell.value.number().is_none_or(|number| SMALL.contains(&number));
    }
    if component.cells.iter().all(|cell| cell.value.number().is_some() || cell.value == CellStatus::Figure) {
        return;
    }
    let is_hidden: Vec<bool> = component.cells.iter().map(|cell| cell.value.number().is_none()).collect();
    let is_small = component.is_small.clone();
    for suppose_small in [true, false] {
        for (cell, (is_small, was_small)) in component.cells.iter().zip(component.is_small.iter_mut().zip(&is_small)) {
            *is_small = *was_small && (suppose_small || cell.value.number().is_some());
        }
        let search = Search::new(component, &is_hidden, Knowledge::WhichAreSmall);
        if let Some(numbers) = search.run(None, &mut SearchBudget::default()).numbers() {
            component.numbers = numbers;
            return;
        }
    }
}
