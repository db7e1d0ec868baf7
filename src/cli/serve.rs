//! `annal serve`: runs the preview until it is interrupted.

use std::io;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::thread;

use super::args::{GlobalArgs, ServeArgs};
use super::error::CliError;
use super::terminal::{Terminal, print};
use super::{open_site, options};
use crate::pipeline::{self, BuildCache, Options};
use crate::platform::OPENER;
use crate::preview::{Preview, PreviewSettings};

/// The warning if other computers can reach the preview.
const OPEN_TO_OTHERS: &str = "anyone who can reach this computer over the network can read this preview without a \
    password: the whole site and, in the editor's desk, every source file, with all drafts, embargoed years and notes";

/// Serves the site and the desk until the process is interrupted.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &ServeArgs) -> Result<ExitCode, CliError> {
    let root = open_site::find(global)?;
    let options = options::including(&args.inclusion)?;
    let settings = PreviewSettings {
        root: root.clone(),
        host: args.host.clone(),
        port: args.port,
        poll: args.poll,
        today: options.today,
        allow_writes: args.allow_writes,
        stop_on_interrupt: true,
    };
    let preview = Preview::bind(settings, Arc::new(move |line: &str| terminal.message(line)))
        .map_err(|error| CliError::new(error.to_string()).help(error.help()))?;
    let base_url = preview.base_url();
    // A year in preparation is what the preview is for.
    let options = Options { preparing: true, base_url: Some(base_url.clone()), force: true, ..options };
    let page = global.year.as_ref().map(|year| format!("{year}/")).unwrap_or_default();
    print(&format!(
        "{base_url}/{page} shows the site, {base_url}/_desk/ shows the editor's desk. Press Ctrl+C to stop.\n"
    ))?;
    if preview.is_open_to_others() {
        terminal.warn(OPEN_TO_OTHERS, "leave out `--host`, and only this computer can open the preview");
    }
    if args.open
        && let Err(error) = open(&format!("{base_url}/{page}"))
    {
        terminal.message(&format!("Could not open a browser: {error}"));
    }
    let mut cache = BuildCache::default();
    let build = move |tree: &_| pipeline::build_in_memory(tree, &options, &mut cache);
    preview.run(build).map_err(|error| CliError::disk("serve", &root, &error))?;
    Ok(ExitCode::SUCCESS)
}

/// Opens an address in the default browser.
fn open(address: &str) -> io::Result<()> {
    let (opener, arguments) = OPENER;
    let mut opener = Command::new(opener);
    let silent = opener.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = silent.spawn()?;
    // Some openers run for as long as the browser does. Wait for them, or they become zombie processes.
    thread::spawn(move || child.wait());
    Ok(())
}
