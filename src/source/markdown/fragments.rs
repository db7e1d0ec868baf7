//! The fragments that lead to headings.

use std::collections::{HashMap, HashSet};

use super::Heading;
use crate::source::slug::slug;

/// Gives every heading its id: its own where it has one, else the slug of its text, with `-2`, `-3` … where two
/// collide. Ids that writers chose come first, so that no heading above can take them away.
pub(super) fn give_ids(headings: &mut [Heading], own_ids: Vec<Option<String>>) {
    let mut ids = Ids::default();
    let mut pending = Vec::new();
    for (heading, own) in headings.iter_mut().zip(own_ids) {
        match own {
            Some(own) => heading.id = ids.take(own),
            None => pending.push(heading),
        }
    }
    for heading in pending {
        let slug = slug(&heading.text);
        heading.id = ids.take(if slug.is_empty() { "section".to_owned() } else { slug });
    }
}

/// The ids that are taken.
#[derive(Default)]
struct Ids {
    taken: HashSet<String>,
    /// For an id that was wanted more than once, the last number given.
    numbers: HashMap<String, usize>,
}

impl Ids {
    fn take(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        loop {
            *number += 1;
            let id = format!("{wanted}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
