//! Ids of headings, for use as link fragments.

use std::collections::HashMap;

use super::MarkdownHeading;
use crate::source::slug::slug;

/// Gives every heading an id: the one that the author chose, or the slug of its text. Duplicates get `-2`, `-3` and so
/// on. Authors' ids are assigned first, so that no earlier heading takes them.
pub(super) fn give_ids(headings: &mut [MarkdownHeading], own_ids: Vec<Option<String>>) {
    let mut ids = HeadingIds::default();
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

/// The ids in use, each with the last number that was appended to it.
#[derive(Default)]
struct HeadingIds(HashMap<String, usize>);

impl HeadingIds {
    fn take(&mut self, wanted: String) -> String {
        let Some(last) = self.0.get(&wanted) else {
            self.0.insert(wanted.clone(), 1);
            return wanted;
        };
        let mut number = *last;
        let id = loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if !self.0.contains_key(&id) {
                break id;
            }
        };
        self.0.insert(wanted, number);
        self.0.insert(id.clone(), 1);
        id
    }
}
