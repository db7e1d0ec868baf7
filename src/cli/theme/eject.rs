//! `annal theme eject`: copies files of the built-in theme into the site's theme.

use std::fmt::Write;
use std::process::ExitCode;

use super::new::{NewFile, write};
use crate::cli::args::GlobalArgs;
use crate::cli::error::CliError;
use crate::cli::new::next_steps::command;
use crate::cli::open_site::OpenSite;
use crate::cli::terminal::{Terminal, print};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::assemble::assemble;
use crate::render::theme::copy::{OriginalFile, originals};

/// Prints files of the built-in theme, or lists all of them if none is named.
pub(super) fn print_files(terminal: Terminal, names: &[String]) -> Result<ExitCode, CliError> {
    if names.is_empty() {
        print(&originals().fold(String::new(), |mut list, original| {
            let _ = writeln!(list, "{}", original.path);
            list
        }))?;
        terminal
            .message("\nRun `annal theme eject FILE` to copy one into the site's theme, or add `--print` to read it.");
        return Ok(ExitCode::SUCCESS);
    }
    for original in named(names)? {
        print(original.text)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Copies the named files into the folder of the site's theme.
pub(super) fn run(
    terminal: Terminal,
    global: &GlobalArgs,
    site: &OpenSite,
    names: &[String],
) -> Result<ExitCode, CliError> {
    let theme = assemble(&site.tree).value.site.theme;
    let drafts: Vec<NewFile> = named(names)?
        .into_iter()
        .map(|original| NewFile { path: format!("themes/{}/{}", theme.value, original.path), text: original.copy() })
        .collect();
    write(&site.root, &drafts)?;
    terminal.message(&format!(
        "Next, change what you need. After an update of annal, see whether the originals have changed:\n{}",
        command(global, "theme diff").trim_end()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The files with these names, which may also be paths such as `themes/civic/templates/top.html`.
fn named(names: &[String]) -> Result<Vec<OriginalFile>, CliError> {
    let find = |name: &String| {
        let path = name.strip_prefix("themes/civic/").unwrap_or(name);
        originals().find(|original| original.path == path).ok_or_else(|| {
            let ending = format!("/{path}");
            let same_name = originals().find(|original| original.path.ends_with(&ending));
            let near = same_name.map(|original| format!("did you mean `{}`?", original.path));
            let near = near.or_else(|| did_you_mean(path, originals().map(|original| original.path)));
            let help = near.unwrap_or_else(|| "run `annal theme eject` to list its files".to_owned());
            CliError::new(format!("the built-in theme has no file {name}")).help(help)
        })
    };
    names.iter().map(find).collect()
}
