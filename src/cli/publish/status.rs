//! `annal publish --status`: what is live, and how it differs from the site here.

use std::fmt::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::changes::Changes;
use super::{Build, Run};
use crate::cli::args::ListFormat;
use crate::cli::error::CliError;
use crate::cli::terminal::print;
use crate::diagnostic::located::counted;
use crate::publish::{HistoryEntry, Publisher};

impl Run<'_> {
    /// Prints what is live.
    pub(super) fn show_status(&self, publisher: &Publisher, build: &Build) -> Result<ExitCode, CliError> {
        let manifest = publisher.manifest();
        let changes = |built| {
            let plan = publisher.plan(built);
            Ok::<_, CliError>(Changes::new(&plan, Some(built), &self.titles(publisher, &plan)?, manifest))
        };
        let differs = build.built.as_ref().map(changes).transpose()?;
        let text = match self.args.format {
            ListFormat::Json => format!("{:#}\n", self.status_json(publisher, differs.as_ref())),
            ListFormat::Human => self.status_in_words(publisher, differs.as_ref()),
        };
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }

    fn status_json(&self, publisher: &Publisher, differs: Option<&Changes>) -> Value {
        let manifest = publisher.manifest();
        json!({
            "target": &self.target.name,
            "address": self.base_url,
            "live": manifest.live(),
            "unfinished": manifest.is_unfinished(),
            "releases": manifest.releases,
            "differs": differs.map(Changes::to_json),
        })
    }

    fn status_in_words(&self, publisher: &Publisher, differs: Option<&Changes>) -> String {
        let (manifest, name) = (publisher.manifest(), &self.target.name);
        let mut text = format!("{name}: {}\n", self.base_url);
        match manifest.live() {
            Some(live) => _ = writeln!(text, "Live: {}", described(live)),
            None if manifest.files.is_empty() => text.push_str("Nothing has been published there yet.\n"),
            None => {}
        }
        if manifest.is_unfinished() {
            _ = writeln!(text, "A publication is under way or was cut off. To finish it, run `annal publish {name}`.");
        }
        match differs {
            None => text.push_str("The site here has errors, so it was not compared: `annal check` lists them.\n"),
            Some(changes) if changes.is_unchanged => text.push_str("The site here is the same.\n"),
            Some(changes) => {
                _ = write!(
                    text,
                    "Publishing the site here would make these changes:\n{}",
                    changes.lines(self.terminal.is_verbose)
                );
            }
        }
        let earlier = manifest.releases.iter().skip(1);
        let earlier: Vec<_> = earlier.map(|entry| format!("  {}\n", described(entry))).collect();
        if !earlier.is_empty() {
            _ = write!(text, "Before that:\n{}", earlier.concat());
        }
        text
    }
}

/// `3f2a91c07d18e455, since 28 November 2026 at 22:03 UTC, by Jane, 59 pages`.
fn described(entry: &HistoryEntry) -> String {
    let moment =
        entry.date.parse().map(|moment: jiff::Timestamp| moment.strftime("%-d %B %Y at %H:%M UTC").to_string());
    let moment = moment.unwrap_or_else(|_| entry.date.clone());
    let by = entry.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
    let how = if entry.rollback { ", by a rollback" } else { "" };
    format!("{}, since {moment}{by}{how}, {}", entry.release, counted(entry.pages, "page"))
}
