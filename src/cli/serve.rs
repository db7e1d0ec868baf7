//! `annal serve`: the preview, until it is interrupted.

use std::io;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::thread;

use super::args::{GlobalArgs, ServeArgs};
use super::error::CliError;
use super::terminal::{Terminal, print};
use super::{clock, open_site};
use crate::pipeline::{self, BuildCache, Options};
use crate::preview::{Preview, PreviewSettings};

/// What is said where other computers can reach the preview.
const OPEN_TO_OTHERS: &str = "anybody who can reach this computer over the network can read this preview, without a \
    password: the whole site and, in the editor's desk, every file it is made from, with all drafts, embargoed years and notes";

/// Shows the site and the desk until the process is interrupted.
pub(crate) fn run(voice: Terminal, global: &GlobalArgs, args: &ServeArgs) -> Result<ExitCode, CliError> {
    let root = open_site::find(global)?;
    let today = clock::today(args.inclusion.at)?;
    let settings = PreviewSettings {
        root: root.clone(),
        host: args.host.clone(),
        port: args.port,
        poll: args.poll,
        today,
        stop_on_interrupt: true,
    };
    let preview = Preview::bind(settings, Arc::new(move |line: &str| voice.tell(line)))
        .map_err(|error| CliError::new(error.to_string()).help(error.help()))?;
    let base_url = preview.base_url();
    let options = Options {
        drafts: args.inclusion.drafts,
        embargoed: args.inclusion.embargoed,
        base_url: Some(base_url.clone()),
        force: true,
        ..Options::new(today)
    };
    let page = global.year.as_ref().map(|year| format!("{year}/")).unwrap_or_default();
    print(&format!("{base_url}/{page} shows the site, {base_url}/_desk/ the editor's desk; Ctrl+C stops\n"))?;
    if preview.is_open_to_others() {
        voice.warn(OPEN_TO_OTHERS, "leave `--host` out, so that only this computer can open the preview");
    }
    if args.open
        && let Err(error) = open(&format!("{base_url}/{page}"))
    {
        voice.tell(&format!("no browser could be opened: {error}"));
    }
    let mut memo = BuildCache::default();
    let build = move |tree: &_, read| pipeline::build(tree, read, &options, &mut memo);
    preview.run(build).map_err(|error| CliError::disk("serve", &root, &error))?;
    Ok(ExitCode::SUCCESS)
}

/// Opens an address in the browser that the desktop prefers.
fn open(address: &str) -> io::Result<()> {
    let mut opener = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut explorer = Command::new("rundll32");
        explorer.arg("url.dll,FileProtocolHandler");
        explorer
    } else {
        Command::new("xdg-open")
    };
    let silent = opener.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = silent.spawn()?;
    // Some openers stay for as long as the browser does; somebody must see them end.
    thread::spawn(move || child.wait());
    Ok(())
}
