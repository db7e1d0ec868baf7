//! Which file imports which, from every path that the code names.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use crate::sources::{SOURCES, Source, module};
use crate::syntax::{Line, Module};

/// A file imports another: their paths.
pub(crate) type Arrow = (&'static str, &'static str);

/// Something from outside the crate that a file names.
pub(crate) struct Foreign {
    pub file: &'static str,
    pub line: Line,
    /// In full, whatever `use` shortened: `std::fs::read`.
    pub path: String,
    /// Whether only tests name it.
    pub is_test: bool,
}

/// What the code of the crate names.
#[derive(Default)]
pub(crate) struct Imports {
    /// Every arrow between two files with a line that draws it; tests draw none.
    pub arrows: BTreeMap<Arrow, Line>,
    /// The same from a file that declares methods to the one that declares their type.
    pub methods: Vec<(Arrow, Line)>,
    /// What comes from other crates and the standard library.
    pub foreign: Vec<Foreign>,
}

/// What all files import.
pub(crate) static IMPORTS: LazyLock<Imports> = LazyLock::new(|| imports(&SOURCES));

/// What the files of a crate import.
fn imports(sources: &'static [Source]) -> Imports {
    let names = Names::new(sources);
    let mut imports = Imports::default();
    for source in sources {
        for (mention, line) in &source.syntax.methods {
            for target in names.resolve(&mention.module, &mention.path, &mut HashSet::new()) {
                if let Target::Item(file) = target
                    && file != source.path
                {
                    imports.methods.push(((&source.path, file), *line));
                }
            }
        }
        for (mention, &line) in &source.syntax.mentions {
            let is_test = mention.is_test || source.is_test;
            for target in names.resolve(&mention.module, &mention.path, &mut HashSet::new()) {
                match target {
                    // Whoever uses what a module hands out from its children imports it from the child.
                    Target::Item(file) if mention.is_reexport && contains(&source.path, file) => {}
                    Target::Item(file) if file != source.path && !is_test => {
                        let earliest = imports.arrows.entry((&source.path, file)).or_insert(line);
                        *earliest = line.min(*earliest);
                    }
                    Target::Foreign(path) => {
                        imports.foreign.push(Foreign { file: &source.path, line, path: path.join("::"), is_test });
                    }
                    Target::Item(_) | Target::Module(_) => {}
                }
            }
        }
    }
    imports
}

/// What a path leads to.
enum Target {
    /// Something that a file declares.
    Item(&'static str),
    /// A module: whoever names one imports only what they go on to take from it.
    Module(String),
    /// Something that no module of the crate declares.
    Foreign(Vec<String>),
}

/// The scopes of all modules.
struct Names {
    /// The modules by their full names, each with its file.
    modules: HashMap<&'static str, (&'static str, &'static Module)>,
    /// Exported macros with their files; the whole crate sees them.
    macros: HashMap<&'static str, &'static str>,
}

impl Names {
    fn new(sources: &'static [Source]) -> Self {
        let mut names = Self { modules: HashMap::new(), macros: HashMap::new() };
        for source in sources {
            let modules = source.syntax.modules.iter();
            names.modules.extend(modules.map(|(name, module)| (name.as_str(), (source.path.as_str(), module))));
            let macros = source.syntax.exported_macros.iter();
            names.macros.extend(macros.map(|name| (name.as_str(), source.path.as_str())));
        }
        names
    }

    /// What `path` means in `module`: more than one thing where a function, say, is called like a module.
    fn resolve(&self, module: &str, path: &[String], seen: &mut HashSet<(String, String)>) -> Vec<Target> {
        let mut path = path.iter().map(String::as_str);
        let mut foreign: Vec<String> = Vec::new();
        let first = path.next().unwrap_or_default();
        let mut targets = match first {
            "crate" | "annal" => vec![Target::Module("crate".into())],
            "self" => vec![Target::Module(module.into())],
            "super" => vec![Target::Module(parent(module))],
            name => self.lookup(module, name, seen),
        };
        if targets.is_empty() {
            foreign.push(first.to_owned());
            foreign.extend(path.map(str::to_owned));
            return vec![Target::Foreign(foreign)];
        }
        for segment in path {
            // What a path goes through is a module before it is a function of that name.
            let is_module = targets.iter().any(|target| matches!(target, Target::Module(_)));
            targets.retain(|target| !is_module || matches!(target, Target::Module(_)));
            let next = targets.into_iter().flat_map(|target| match target {
                Target::Module(module) if segment == "super" => vec![Target::Module(parent(&module))],
                Target::Module(module) => {
                    let mut found = self.lookup(&module, segment, seen);
                    // It is declared by a macro of the module, or another crate's and handed out by the module.
                    if found.is_empty() || found.iter().any(|target| matches!(target, Target::Foreign(_))) {
                        found = vec![Target::Item(self.modules[module.as_str()].0)];
                    }
                    found
                }
                Target::Item(file) => vec![Target::Item(file)],
                Target::Foreign(mut path) => {
                    path.push(segment.to_owned());
                    vec![Target::Foreign(path)]
                }
            });
            targets = next.collect();
        }
        targets
    }

    /// What `name` means in the scope of a module.
    fn lookup(&self, module: &str, name: &str, seen: &mut HashSet<(String, String)>) -> Vec<Target> {
        let Some((file, scope)) = self.modules.get(module) else { return Vec::new() };
        let mut found = Vec::new();
        if scope.items.iter().any(|item| item == name) {
            found.push(Target::Item(file));
        }
        if let Some(file) = self.macros.get(name).filter(|_| module == "crate") {
            found.push(Target::Item(file));
        }
        let child = format!("{module}::{name}");
        if self.modules.contains_key(child.as_str()) {
            found.push(Target::Module(child));
        }
        if !seen.insert((module.to_owned(), name.to_owned())) {
            return found;
        }
        for (_, path) in scope.imports.iter().filter(|(known_as, _)| known_as == name) {
            found.extend(self.resolve(module, path, seen));
        }
        if found.is_empty() {
            for glob in &scope.globs {
                for target in self.resolve(module, glob, seen) {
                    if let Target::Module(module) = target {
                        found.extend(self.lookup(&module, name, seen));
                    }
                }
            }
        }
        found
    }
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or(module, |(parent, _)| parent).to_owned()
}

/// Whether one file is the module that another lies in, however deep.
pub(crate) fn contains(file: &str, other: &str) -> bool {
    module(other).strip_prefix(&module(file)).is_some_and(|rest| rest.starts_with("::"))
}

#[test]
fn imports_are_seen_however_they_are_written() {
    let check = |text: &str| {
        let files = [
            ("src/lib.rs", "pub mod a; pub mod b; mod c;"),
            ("src/a.rs", text),
            (
                "src/b/mod.rs",
                "mod d; #[cfg(test)] mod probe; pub use d::{D, d as e}; pub use tera::Value; pub fn d() {}",
            ),
            ("src/b/d.rs", "pub struct D; pub fn d() {}"),
            ("src/b/probe.rs", "use crate::c::C;"),
            ("src/c.rs", "#[macro_export] macro_rules! m { () => { $crate::b::D } } m! { pub struct C }"),
        ];
        let sources = crate::sources::parse(files.map(|(path, text)| (path.into(), text.into())).into());
        let imports = imports(Vec::leak(sources));
        let from_a = imports.arrows.into_keys().filter(|(from, _)| *from == "src/a.rs");
        from_a.map(|(_, to)| to.trim_start_matches("src/")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(check("use crate::b::D;"), "b/d.rs");
    assert_eq!(check("use super::{b::{self as bee, D as _}, c::C};"), "b/d.rs c.rs");
    assert_eq!(check("use crate::b; fn f(_: b::D) {}"), "b/d.rs");
    assert_eq!(check("use crate::b;"), "");
    assert_eq!(check("fn f() { crate::b::d(); crate::b::d::d() }"), "b/d.rs b/mod.rs");
    assert_eq!(check("fn f() { super::b::e() }"), "b/d.rs");
    assert_eq!(check("use crate::b::*; fn f(_: D) {}"), "b/d.rs");
    assert_eq!(check("fn f(_: crate::b::Value) {}"), "b/mod.rs");
    assert_eq!(check("use crate::b::Value as V; fn f(_: V) {}"), "b/mod.rs");
    assert_eq!(check("fn f() { println!(\"{:?}\", crate::b::D) }"), "b/d.rs");
    assert_eq!(check("crate::m!();"), "c.rs");
    assert_eq!(check("#[serde(with = crate::c::C)] struct S;"), "c.rs");
    assert_eq!(check("#[cfg(test)] mod tests { use crate::c::C; }"), "");
    assert_eq!(check("#[test] fn f() { crate::c::C }"), "");
    assert_eq!(check("pub(in crate::b) fn f() {}"), "");
}

#[test]
#[ignore = "prints every arrow, to see where a ring can be cut"]
fn print_arrows() {
    for ((file, other), line) in &IMPORTS.arrows {
        println!("{file}:{line} → {other}");
    }
}
