//! `annal fix`: applies the suggested changes that are certain.

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
use crate::diagnostic::{Diagnostic, Fix, RelPath, SourceText, SourceTexts, quoted_list};
use crate::edit::difference::difference;
use crate::edit::fix::FixedSite;
use crate::edit::write::{Expected, write};
use crate::pipeline::{self, BuildCache, Options};
use crate::source::SourceTree;

/// Fixes the site, shows the difference, and says what is left to look at.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &FixArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::open(global, &progress)?;
    progress.step("checking");
    // A draft is fixed before anybody publishes it.
    let options = Options { drafts: true, embargoed: true, preparing: true, ..Options::new(clock::today(None)?) };
    let check = |tree: &SourceTree| {
        let mut found = pipeline::check(tree, &options, &mut BuildCache::none()).diagnostics;
        found.retain(|one| open_site::is_about(global.year.as_ref(), &one.location.file) && one.waived.is_none());
        found
    };
    let is_wanted = |diagnostic: &Diagnostic, fix: &Fix| match &args.codes[..] {
        [] => fix.is_certain,
        codes => codes.contains(&diagnostic.code),
    };
    let fixed = FixedSite::new(&site.tree, check, is_wanted);
    drop(progress);
    let with_old = fixed.files.iter().filter_map(|(file, new)| Some((file, site.tree.text(file)?, new)));
    let changed: Vec<(&RelPath, SourceText, &String)> = with_old.filter(|(_, old, new)| **old != ***new).collect();
    let shown: String = changed.iter().map(|(file, old, new)| sanitize(&difference(file, old, new), true)).collect();
    // Words that must not be published must not be printed either.
    print(&Redactions::from_diagnostics(&fixed.found).hide(&shown))?;
    if !args.dry_run {
        for (file, _, new) in &changed {
            let expected = site.tree.files.get(*file).map_or(Expected::Nothing, |read| Expected::File(read.hash));
            write(&site.root, file, expected, new.as_bytes())
                .map_err(|error| CliError::new(format!("{file} {error}")))?;
        }
    }
    terminal.message(&summary(fixed.applied, changed.len(), args.dry_run));
    if args.codes.is_empty() && !fixed.left.is_empty() {
        let names: Vec<&str> = fixed.left.iter().map(|code| code.name()).collect();
        terminal.message(&format!(
            "Suggestions for {} remove text or may not be what you mean. Look at them with `annal check`, then apply them with \
             `annal fix {}`.",
            quoted_list(&names),
            names.join(" ")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(fixed: usize, files: usize, is_dry_run: bool) -> String {
    if fixed == 0 {
        return "Nothing to fix".to_owned();
    }
    let what = format!("{} in {}", counted(fixed, "problem"), counted(files, "file"));
    if is_dry_run { format!("Would fix {what}; nothing was written") } else { format!("Fixed {what}") }
}
