//! No two files import each other, straight or in a ring, a module and what lies in it apart.
//!
//! A ring is allowed if one file in it is the module that all the others lie in: that is how Rust is written, since a
//! module calls its children and they use what it declares. It is not enough that *some* arrow of a ring joins a module
//! and a child: `a/x.rs` → `b.rs` → `a/mod.rs` → `a/x.rs` ties `a` and `b` together as tightly as two files can be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::arrows::{Arrow, IMPORTS, contains};
use crate::assert_none;
use crate::sources::room;
use crate::syntax::Line;

/// How many files of a room are still in rings that are not allowed. The list is to become empty.
const KNOWN_RINGS: &[(&str, usize)] = &[("model", 7)];

#[test]
fn no_ring_of_files() {
    let graph = Graph(&IMPORTS.arrows);
    let mut rooms: BTreeMap<_, (usize, Vec<String>)> = BTreeMap::new();
    for knot in graph.knots() {
        let (files, rings) = rooms.entry(room(knot.first().unwrap()).unwrap()).or_default();
        *files += knot.len();
        rings.push(graph.rings(&knot));
    }
    let mut faults = Vec::new();
    for (room, (files, rings)) in &rooms {
        let known = KNOWN_RINGS.iter().find(|(known, _)| known == room).map_or(0, |(_, files)| *files);
        if *files > known {
            faults.push(format!("{files} files of `{room}` are in rings, {known} were known:\n{}", rings.join("\n")));
        }
    }
    for (room, known) in KNOWN_RINGS {
        let files = rooms.get(room).map_or(0, |(files, _)| *files);
        if files < *known {
            faults.push(format!("{files} files of `{room}` are in rings and no longer {known}: correct KNOWN_RINGS"));
        }
    }
    assert_none(&faults);
}

#[test]
fn methods_are_declared_with_their_type_or_below_it() {
    // Whoever calls a method names only its type: elsewhere it would be an import that no path shows.
    let faults = IMPORTS.methods.iter().filter(|((file, declared), _)| !contains(declared, file));
    let faults = faults.map(|((file, declared), line)| format!("{file}:{line}: methods of a type of {declared}"));
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn only_rings_through_their_module_are_allowed() {
    let check = |arrows: &[Arrow]| {
        let arrows = arrows.iter().map(|&arrow| (arrow, 1)).collect();
        let knots = Graph(&arrows).knots().into_iter().map(|knot| knot.into_iter().collect::<Vec<_>>().join(" "));
        knots.collect::<Vec<_>>().join("\n")
    };
    let [module, x, y, other] = ["src/a/mod.rs", "src/a/x.rs", "src/a/y.rs", "src/b.rs"];
    assert_eq!(check(&[(module, x), (x, module)]), "");
    assert_eq!(check(&[(module, x), (x, y), (y, module)]), "");
    assert_eq!(check(&[(x, y), (y, x)]), "src/a/x.rs src/a/y.rs");
    assert_eq!(check(&[(module, x), (x, y), (y, x), (y, module)]), "src/a/x.rs src/a/y.rs");
    assert_eq!(check(&[(module, x), (x, other), (other, module)]), "src/a/mod.rs src/a/x.rs src/b.rs");
    assert_eq!(check(&[(x, module), (module, other), (other, x)]), "src/a/mod.rs src/a/x.rs src/b.rs");
    assert_eq!(check(&[(module, x), (x, other), (module, other)]), "");
}

/// How many rings of a knot are shown: one arrow can tie a hundred files together.
const RINGS_SHOWN: usize = 12;

type Files = BTreeSet<&'static str>;

/// Files and the arrows between them.
struct Graph<'a>(&'a BTreeMap<Arrow, Line>);

impl Graph<'_> {
    /// Files that reach each other, and of which none is the module of all the others.
    fn knots(&self) -> Vec<Files> {
        let mut knots = Vec::new();
        let mut open = vec![self.0.keys().flat_map(|&(from, to)| [from, to]).collect::<Files>()];
        while let Some(files) = open.pop() {
            for mut knot in self.components(&files) {
                // All rings through that module are allowed; those that are left without it need not be.
                match module_of(&knot) {
                    Some(module) => {
                        knot.remove(module);
                        open.push(knot);
                    }
                    None => knots.push(knot),
                }
            }
        }
        knots
    }

    /// The shortest rings of a knot with the lines that draw them, each with a file that the ones before it lack.
    fn rings(&self, knot: &Files) -> String {
        let arrows = self.0.keys().filter(|(from, to)| knot.contains(from) && knot.contains(to));
        let mut rings: Vec<_> = arrows.map(|&(from, to)| self.way(to, from, knot)).collect();
        rings.sort_by_key(Vec::len);
        let mut shown = Files::new();
        let mut count = 0;
        let mut lines = vec![format!("  {} files:", knot.len())];
        for ring in rings {
            if count == RINGS_SHOWN || module_of(&ring).is_some() || ring.iter().all(|file| shown.contains(file)) {
                continue;
            }
            count += 1;
            lines.push(String::new());
            for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                lines.push(format!("    {from}:{} → {to}", self.0[&(*from, *to)]));
            }
            shown.extend(ring);
        }
        let rest: Vec<_> = knot.difference(&shown).copied().collect();
        if !rest.is_empty() {
            lines.push(format!("\n    and by other ways {}", rest.join(", ")));
        }
        lines.join("\n")
    }

    /// The sets of files that all reach each other on arrows among `files`.
    fn components(&self, files: &Files) -> BTreeSet<Files> {
        let reach: BTreeMap<_, _> = files.iter().map(|&file| (file, self.reached(file, files))).collect();
        let components = reach
            .iter()
            .map(|(file, there)| there.iter().copied().filter(|other| reach[other].contains(file)).collect::<Files>());
        components.filter(|component| component.len() > 1).collect()
    }

    /// The files that a file imports.
    fn imported(&self, file: &'static str) -> impl Iterator<Item = &'static str> {
        let arrows = self.0.range((file, "")..).map(|(arrow, _)| *arrow);
        arrows.take_while(move |(from, _)| *from == file).map(|(_, to)| to)
    }

    /// The files that arrows lead to from a file, among `files`.
    fn reached(&self, file: &'static str, files: &Files) -> Files {
        let mut reached = Files::new();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            open.extend(self.imported(file).filter(|next| files.contains(next) && reached.insert(next)));
        }
        reached
    }

    /// The shortest way between two files that reach each other, on arrows among `files`.
    fn way(&self, from: &'static str, to: &'static str, files: &Files) -> Vec<&'static str> {
        let mut before = BTreeMap::from([(from, from)]);
        let mut open = VecDeque::from([from]);
        while let Some(file) = open.pop_front() {
            for next in self.imported(file).filter(|next| files.contains(next)) {
                before.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    file
                });
            }
        }
        let mut way = vec![to];
        while way[way.len() - 1] != from {
            way.push(before[way[way.len() - 1]]);
        }
        way.reverse();
        way
    }
}

/// The file that is the module of all the others.
fn module_of<'a>(files: impl IntoIterator<Item = &'a &'static str> + Copy) -> Option<&'static str> {
    let is_module = |file: &&str| files.into_iter().all(|other| file == other || contains(file, other));
    files.into_iter().copied().find(|file| is_module(file))
}
