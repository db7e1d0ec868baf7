//! `annal fix`: applies the suggested changes that are certain.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use super::args::{FixArgs, GlobalArgs};
use super::clock;
use super::error::CliError;
use super::open_site::{self, OpenSite};
use super::progress::Progress;
use super::terminal::{Terminal, print};

use crate::diagnostic::located::counted;
use crate::diagnostic::printable::sanitize;
use crate::diagnostic::redact::Redactions;
use crate::diagnostic::{Code, Diagnostic, Fix, RelPath, SourceTexts, quoted_list};
use crate::edit::difference::difference;
use crate::edit::replace::apply;
use crate::edit::write::{Expected, write};
use crate::pipeline::{self, BuildCache, Options};
use crate::source::SourceTree;

/// How often the site is checked again after fixes: one fix may make way for another.
const MOST_ROUNDS: usize = 8;

/// Fixes the site, shows the difference, and says what is left to look at.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &FixArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    progress.step("checking");
    // A draft is fixed before anybody publishes it.
    let options = Options { drafts: true, embargoed: true, preparing: true, ..Options::new(clock::today(None)?) };
    let mut tree = site.tree.clone();
    let (mut fixed, mut flagged, mut left) = (0, Vec::new(), BTreeSet::new());
    for _ in 0..MOST_ROUNDS {
        let mut found = pipeline::check(&tree, &options, &mut BuildCache::none()).diagnostics;
        found.retain(|one| open_site::is_about(global.year.as_ref(), &one.location.file) && one.waived.is_none());
        left =
            found.iter().filter(|one| one.fix.is_some() && !is_wanted(one, &args.codes)).map(|one| one.code).collect();
        let done = fix_once(&mut tree, &found, &args.codes);
        flagged.extend(found);
        fixed += done;
        if done == 0 {
            break;
        }
    }
    drop(progress);
    let changed: Vec<(&RelPath, &str, &str)> = site
        .tree
        .files
        .keys()
        .filter_map(|file| {
            let (old, new) = (site.tree.text(file)?, tree.text(file)?);
            (old != new).then_some((file, old, new))
        })
        .collect();
    let shown: String = changed.iter().map(|(file, old, new)| sanitize(&difference(file, old, new), true)).collect();
    // Words that must not be published must not be printed either.
    print(&Redactions::from_diagnostics(&flagged).hide(&shown))?;
    if !args.dry_run {
        for (file, _, new) in &changed {
            let expected = site.tree.files.get(*file).map_or(Expected::Nothing, |read| Expected::File(read.hash));
            write(&site.root, file, expected, new.as_bytes())
                .map_err(|error| CliError::new(format!("{file} {error}")))?;
        }
    }
    terminal.message(&summary(fixed, changed.len(), args.dry_run));
    if args.codes.is_empty() && !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|code| code.name()).collect();
        terminal.message(&format!(
            "Suggestions for {} remove text or may not be what you mean. Look at them with `annal check`, then apply them with \
             `annal fix {}`.",
            quoted_list(&names),
            names.join(" ")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether to apply a suggestion: if it is certain, or somebody asked for its code.
fn is_wanted(diagnostic: &Diagnostic, codes: &[Code]) -> bool {
    if codes.is_empty() {
        diagnostic.fix.as_ref().is_some_and(|fix| fix.is_certain)
    } else {
        codes.contains(&diagnostic.code)
    }
}

/// Applies the suggestions to the texts, as far as they do not touch one another, and says how many those were.
fn fix_once(tree: &mut SourceTree, found: &[Diagnostic], codes: &[Code]) -> usize {
    let mut by_file: BTreeMap<&RelPath, Vec<&Fix>> = BTreeMap::new();
    for diagnostic in found.iter().filter(|diagnostic| is_wanted(diagnostic, codes)) {
        by_file.entry(&diagnostic.location.file).or_default().extend(&diagnostic.fix);
    }
    let mut fixed = 0;
    for (file, fixes) in by_file {
        let Some(text) = tree.text(file) else { continue };
        let (new, applied) = apply(text, &fixes);
        fixed += applied;
        tree.files.extend(SourceTree::from_texts([(file.as_str(), new.as_str())]).files);
    }
    fixed
}

fn summary(fixed: usize, files: usize, is_dry_run: bool) -> String {
    if fixed == 0 {
        return "Nothing to fix".to_owned();
    }
    let what = format!("{} in {}", counted(fixed, "problem"), counted(files, "file"));
    if is_dry_run { format!("Would fix {what}; nothing was written") } else { format!("Fixed {what}") }
}
