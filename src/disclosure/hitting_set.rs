//! The fewest cells that hit every set of a list.

use super::reader::SearchBudget;

/// The cheapest cells of which every set of `sets` has one, and whether they are proven to be the cheapest.
///
/// Branch and bound: of a set that is not hit yet, one cell must be chosen; sets without a common cell that are not hit
/// say what must at least be paid. Cells that hit no set which a cell of the same cost or less does not hit are left out
/// of account. Where costs are equal, cells that come first are preferred.
pub(super) fn cheapest_hitting_set(sets: &[Vec<usize>], cost: &[u64], budget: &mut SearchBudget) -> (Vec<usize>, bool) {
    let mut problem = HittingSets::new(sets, cost);
    let greedy = problem.greedy();
    problem.improve(greedy, budget)
}

/// How many choices may be tried.
const CHOICES: usize = 2_000;

struct HittingSets<'a> {
    cost: &'a [u64],
    sets: Vec<Vec<usize>>,
    /// The sets in which each cell is.
    sets_of: Vec<Vec<usize>>,
    /// How many chosen cells each set has.
    hits: Vec<usize>,
    /// Cells that were tried for an earlier choice, counted once for each.
    is_excluded: Vec<usize>,
}

/// The cells that can be chosen to hit a set, and how many were tried.
struct Choice {
    cells: Vec<usize>,
    tried: usize,
}

impl<'a> HittingSets<'a> {
    fn new(sets: &[Vec<usize>], cost: &'a [u64]) -> Self {
        let mut sets_of = vec![Vec::new(); cost.len()];
        for (index, set) in sets.iter().enumerate() {
            set.iter().for_each(|&cell| sets_of[cell].push(index));
        }
        let cells: Vec<usize> = (0..cost.len()).filter(|&cell| !sets_of[cell].is_empty()).collect();
        let is_dominated = |&cell: &usize| {
            sets[sets_of[cell][0]].iter().any(|&other| {
                let is_preferred = (cost[other], other) < (cost[cell], cell);
                let hits_all = || sets_of[cell].iter().all(|set| sets_of[other].binary_search(set).is_ok());
                other != cell
                    && sets_of[other].len() >= sets_of[cell].len()
                    && cost[other] <= cost[cell]
                    && (is_preferred || sets_of[other].len() > sets_of[cell].len())
                    && hits_all()
            })
        };
        let mut is_left_out = vec![false; cost.len()];
        cells.iter().filter(|&cell| is_dominated(cell)).for_each(|&cell| is_left_out[cell] = true);
        let mut kept = sets.to_vec();
        kept.iter_mut().for_each(|set| set.retain(|&cell| !is_left_out[cell]));
        Self { cost, hits: vec![0; kept.len()], sets: kept, sets_of, is_excluded: vec![0; cost.len()] }
    }

    fn choose(&mut self, cell: usize) {
        self.sets_of[cell].iter().for_each(|&set| self.hits[set] += 1);
    }

    fn take_back(&mut self, cell: usize) {
        self.sets_of[cell].iter().for_each(|&set| self.hits[set] -= 1);
    }

    /// A good hitting set: always the cell that hits most for its cost.
    fn greedy(&mut self) -> Vec<usize> {
        let mut chosen = Vec::new();
        while let Some(set) = (0..self.sets.len()).find(|&set| self.hits[set] == 0) {
            let missed = |&cell: &usize| self.sets_of[cell].iter().filter(|&&set| self.hits[set] == 0).count();
            let best = self.sets[set].iter().copied().max_by_key(|cell| {
                let (missed, cost) = (missed(cell) as u64, self.cost[*cell].max(1));
                (missed * 1_000_000_000 / cost, std::cmp::Reverse(*cell))
            });
            let Some(best) = best else { break };
            self.choose(best);
            chosen.push(best);
        }
        chosen.iter().for_each(|&cell| self.take_back(cell));
        chosen
    }

    /// What has to be paid at least for the sets that are not hit. Nothing, where one of them cannot be hit any more.
    fn bound(&self, budget: &mut SearchBudget) -> Option<u64> {
        let mut is_taken = vec![false; self.cost.len()];
        let mut sum = 0;
        let mut missed: Vec<&Vec<usize>> =
            (0..self.sets.len()).filter(|&set| self.hits[set] == 0).map(|set| &self.sets[set]).collect();
        missed.sort_by_key(|set| set.len());
        for set in missed {
            budget.spend(set.len());
            let open = || set.iter().filter(|&&cell| self.is_excluded[cell] == 0);
            let least = open().map(|&cell| self.cost[cell]).min()?;
            if !open().any(|&cell| is_taken[cell]) {
                open().for_each(|&cell| is_taken[cell] = true);
                sum += least;
            }
        }
        Some(sum)
    }

    /// The cells to choose from for the next set that is not hit: the one with the fewest.
    fn next_choice(&self) -> Option<Choice> {
        let open = |set: usize| self.sets[set].iter().filter(|&&cell| self.is_excluded[cell] == 0);
        let next = (0..self.sets.len()).filter(|&set| self.hits[set] == 0).min_by_key(|&set| open(set).count())?;
        let mut cells: Vec<usize> = open(next).copied().collect();
        cells.sort_by_key(|&cell| {
            let missed = self.sets_of[cell].iter().filter(|&&set| self.hits[set] == 0).count();
            (std::cmp::Reverse(missed), self.cost[cell], cell)
        });
        Some(Choice { cells, tried: 0 })
    }

    /// Branch and bound from a first hitting set.
    fn improve(&mut self, first: Vec<usize>, budget: &mut SearchBudget) -> (Vec<usize>, bool) {
        let mut best_cost: u64 = first.iter().map(|&cell| self.cost[cell]).sum();
        let mut best = first;
        let mut chosen: Vec<usize> = Vec::new();
        let mut paid = 0;
        let mut choices: Vec<Choice> = self.next_choice().into_iter().collect();
        let mut count = 0;
        while let Some(choice) = choices.last_mut() {
            if let Some(last) = choice.tried.checked_sub(1) {
                let cell = choice.cells[last];
                chosen.pop();
                paid -= self.cost[cell];
                self.take_back(cell);
                self.is_excluded[cell] += 1;
            }
            let Some(&cell) = choice.cells.get(choice.tried) else {
                choice.cells.iter().for_each(|&cell| self.is_excluded[cell] -= 1);
                choices.pop();
                continue;
            };
            choice.tried += 1;
            count += 1;
            if count > CHOICES || budget.is_spent() {
                return (best, false);
            }
            chosen.push(cell);
            paid += self.cost[cell];
            self.choose(cell);
            match self.bound(budget) {
                Some(bound) if paid + bound < best_cost => match self.next_choice() {
                    Some(next) => choices.push(next),
                    None => {
                        best_cost = paid;
                        best.clone_from(&chosen);
                    }
                },
                _ => {}
            }
        }
        (best, true)
    }
}
