//! `annal publish`: puts the site where the public reads it, or makes an earlier release live again.

mod changes;
pub(crate) mod environment;
mod owed;
mod status;
mod worked_out;

use std::env;
use std::process::ExitCode;

use serde_json::json;
use tempfile::TempDir;

use self::changes::Changes;
use self::environment::environment;
use self::worked_out::worked_out;
use super::args::{DiagnosticFormat, GlobalArgs, ListFormat, PublishArgs};
use super::clock;
use super::error::CliError;
use super::open_site::OpenSite;
use super::print_diagnostics;
use super::progress::Progress;
use super::shell::quoted;
use super::site_build::SiteBuild;
use super::terminal::{Terminal, print};
use crate::compare::{OwedCorrection, corrections_owed};
use crate::diagnostic::located::counted;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::report::YearHold;
use crate::model::{UnbuiltContent, Year};
use crate::options::Options;
use crate::output::StagedSite;
use crate::publish::{
    self, BuiltSite, Occasion, PageTitles, Plan, PublishRefusal, Publisher, Settings, SiteSettings, Turn,
};
use crate::source::FILL_IN_HOST;

/// Publishes, plans to, rolls back, or says what is live.
pub(crate) fn run(terminal: Terminal, global: &GlobalArgs, args: &PublishArgs) -> Result<ExitCode, CliError> {
    let progress = Progress::begin(terminal);
    let site = OpenSite::scan(global, &progress)?;
    let root = site.root.clone();
    let own = SiteSettings::from_tree(&site.tree);
    let here = env::current_dir().map_err(|error| CliError::disk("find the current folder", &root, &error))?;
    let target = own.choose(args.target.as_deref(), &root, &here)?;
    let base_url = target.base_url.clone().unwrap_or_else(|| own.base_url.clone());
    let run = Run { terminal, args, target: &target, base_url: &base_url };
    let open = || {
        progress.step("reading what is live");
        Publisher::open(&target, environment(), &base_url, &root)
    };
    let finished = if args.rollback {
        run.roll_back(open()?, &progress)
    } else if args.status {
        let publisher = open()?;
        let build = run.build(site, global.year.as_ref(), Some(&publisher), &progress)?;
        Ok(Finished::Status(Box::new((publisher, build))))
    } else if is_placeholder(&base_url) {
        Err(refusal(&PublishRefusal::PlaceholderUrl(base_url.clone())))
    } else {
        run.publish(site, global.year.as_ref(), open, &progress)
    };
    // Its line would be drawn between those of the report.
    drop(progress);
    let shown = finished.and_then(|finished| run.show(finished, global.year.as_ref()));
    shown.or_else(|error| run.fail(error))
}

/// One run of the command.
struct Run<'a> {
    terminal: Terminal,
    args: &'a PublishArgs,
    target: &'a Settings,
    /// The address at which readers find the site.
    base_url: &'a str,
}

/// A site that was built to be published.
struct Build {
    site: OpenSite,
    diagnostics: Vec<Diagnostic>,
    left_out: UnbuiltContent,
    /// `None` if errors stopped the build.
    built: Option<BuiltSite>,
    /// The years that were kept as they are live, and that pages of all years would show otherwise.
    shown_otherwise: Vec<String>,
    /// Where it is; removed in the end.
    _folder: TempDir,
}

/// What a run comes to, and is still to be printed.
enum Finished {
    Report(Box<PublishReport>),
    /// The site has errors.
    Refused(Box<Build>),
    Status(Box<(Publisher, Build)>),
}

/// What was or would be published.
struct PublishReport {
    changes: Changes,
    is_sent: bool,
    left_out: String,
    owed: Vec<OwedCorrection>,
}

impl Build {
    fn is_built(&self) -> bool {
        self.built.is_some()
    }
}

impl Run<'_> {
    fn publish(
        &self,
        site: OpenSite,
        year: Option<&Year>,
        open: impl Fn() -> Result<Publisher, publish::PublishError>,
        progress: &Progress,
    ) -> Result<Finished, CliError> {
        // What is live matters to the build only if some years are kept as they are.
        let (build, mut publisher) = if year.is_some() {
            let publisher = open()?;
            (self.build(site, year, Some(&publisher), progress)?, publisher)
        } else {
            let build = self.build(site, None, None, progress)?;
            if !build.is_built() {
                return Ok(Finished::Refused(Box::new(build)));
            }
            (build, open()?)
        };
        let left_out = &build.left_out;
        let why_held = |year: &Year| left_out.hold(year).map(YearHold::reason);
        if let Some((year, why)) = year.and_then(|year| Some((year, why_held(year)?))) {
            return Err(refusal(&PublishRefusal::YearLeftOut { year: year.to_string(), why }));
        }
        let Some(site) = &build.built else { return Ok(Finished::Refused(Box::new(build))) };
        let stale = stale_sign_offs(&build.diagnostics);
        if !stale.is_empty() {
            return Err(refusal(&PublishRefusal::StaleSignOffs(stale)));
        }
        if !build.shown_otherwise.is_empty() {
            return Err(refusal(&PublishRefusal::SharedPagesChange(build.shown_otherwise)));
        }
        if !self.args.allow_disclosure {
            progress.step("looking for suppressed counts");
            let figures = worked_out(site, &publisher)?;
            if !figures.is_empty() {
                return Err(refusal(&PublishRefusal::WorkedOut(figures)));
            }
        }
        let (plan, manifest) = (publisher.plan(site), publisher.manifest());
        let why_held = |name: &str| Year::parse(name).as_ref().and_then(why_held);
        let found = publish::check(&plan, manifest, site, &left_out.to_string(), why_held, self.args.allow_removals);
        if let Some(found) = found {
            return Err(refusal(&found));
        }
        let changes = Changes::new(&plan, Some(site), &self.titles(&publisher, &plan)?, manifest);
        let is_sent = !self.args.dry_run && !plan.is_empty();
        let turn = if is_sent { Some(publisher.take_turn()?) } else { None };
        // What is live can be compared only until it is replaced.
        let owed = corrections_owed(&publisher.changed_data(&plan)?, &site.data()?);
        if let Some(turn) = turn {
            self.carry_out(&mut publisher, turn, &plan, Some(site), progress)?;
        }
        let report = PublishReport { changes, is_sent, left_out: left_out.to_string(), owed };
        Ok(Finished::Report(Box::new(report)))
    }

    fn roll_back(&self, mut publisher: Publisher, progress: &Progress) -> Result<Finished, CliError> {
        let plan = publisher.plan_rollback(self.args.release.as_ref())?;
        let changes = Changes::new(&plan, None, &self.titles(&publisher, &plan)?, publisher.manifest());
        if !self.args.dry_run {
            let turn = publisher.take_turn()?;
            self.carry_out(&mut publisher, turn, &plan, None, progress)?;
        }
        let is_sent = !self.args.dry_run;
        let report = PublishReport { changes, is_sent, left_out: String::new(), owed: Vec::new() };
        Ok(Finished::Report(Box::new(report)))
    }

    /// The titles of pages that are not in the site that is published, if they are to be printed.
    fn titles(&self, publisher: &Publisher, plan: &Plan) -> Result<PageTitles, publish::PublishError> {
        let are_shown = self.args.format == ListFormat::Human && !self.terminal.is_quiet;
        if are_shown { publisher.titles(plan, self.args.rollback) } else { Ok(PageTitles::default()) }
    }

    fn carry_out(
        &self,
        publisher: &mut Publisher,
        turn: Turn,
        plan: &Plan,
        site: Option<&BuiltSite>,
        progress: &Progress,
    ) -> Result<(), CliError> {
        progress.step("publishing");
        let occasion = Occasion { now: clock::moment(self.args.at)?, by: self.args.by.clone() };
        let count = |done: usize, all: usize| progress.count("publishing", done, all);
        Ok(publisher.carry_out(turn, plan, site, &occasion, &count)?)
    }

    /// Builds the site: all of it, or one year beside those that are live.
    fn build(
        &self,
        site: OpenSite,
        year: Option<&Year>,
        publisher: Option<&Publisher>,
        progress: &Progress,
    ) -> Result<Build, CliError> {
        let live = publisher.map(Publisher::live_years).unwrap_or_default();
        let options = Options {
            year: year.map(ToString::to_string),
            kept_years: live.into_iter().map(str::to_owned).collect(),
            base_url: Some(self.base_url.to_owned()),
            ..Options::new(clock::today(self.args.at)?)
        };
        let site = SiteBuild { site, options, year: None };
        let folder = TempDir::with_prefix("annal-")
            .map_err(|error| CliError::new(format!("cannot create a temporary folder: {error}")))?;
        let path = folder.path().join("site");
        let staged = StagedSite::open(&path, || ())?;
        let (result, left_out) = site.build_into(&staged, progress)?;
        let (mut built, mut shown_otherwise) = (None, Vec::new());
        if result.is_built {
            staged.commit()?;
            let mut site = BuiltSite::open(&path)?;
            if let (Some(year), Some(publisher)) = (year, publisher) {
                shown_otherwise = publisher.years_shown_otherwise(&site, year.as_str())?;
                publisher.keep_other_years(&mut site, year.as_str())?;
            }
            built = Some(site);
        }
        let diagnostics = result.diagnostics;
        Ok(Build { site: site.site, diagnostics, left_out, built, shown_otherwise, _folder: folder })
    }

    /// Prints what a run comes to.
    fn show(&self, finished: Finished, year: Option<&Year>) -> Result<ExitCode, CliError> {
        match finished {
            Finished::Report(report) => self.report(&report),
            Finished::Refused(build) => Err(self.refuse_errors(*build, year)?),
            Finished::Status(found) => self.show_status(&found.0, &found.1),
        }
    }

    /// Prints what was or would be published.
    fn report(&self, report: &PublishReport) -> Result<ExitCode, CliError> {
        let PublishReport { changes, is_sent, left_out, owed } = report;
        let today = clock::today(self.args.at)?;
        let text = match self.args.format {
            ListFormat::Json => {
                let mut value = changes.to_json();
                value["target"] = json!(&self.target.name);
                value["address"] = json!(self.base_url);
                value["published"] = json!(is_sent);
                value["left_out"] = json!(left_out);
                value["corrections_owed"] = owed::to_json(owed, today);
                format!("{value:#}\n")
            }
            ListFormat::Human if self.terminal.is_quiet => return Ok(ExitCode::SUCCESS),
            ListFormat::Human => self.in_words(changes, *is_sent, left_out),
        };
        print(&text)?;
        if self.args.format == ListFormat::Human && !owed.is_empty() {
            self.terminal.message(owed::in_words(owed, today, self.terminal.is_verbose).trim_end());
        }
        Ok(ExitCode::SUCCESS)
    }

    fn in_words(&self, changes: &Changes, is_sent: bool, left_out: &str) -> String {
        let (name, address) = (&self.target.name, self.base_url);
        let left_out = if left_out.is_empty() { String::new() } else { format!("Left out: {left_out}\n") };
        if changes.is_unchanged {
            return format!("{left_out}{name} is up to date: it has release {} of {address}\n", changes.release);
        }
        let lines = changes.lines(self.terminal.is_verbose);
        if !is_sent {
            let what = if self.args.rollback { "A rollback of" } else { "Publishing to" };
            return format!("{what} {name} would make these changes:\n{lines}{left_out}Nothing was sent.\n");
        }
        let done = if self.args.rollback { "Rolled back" } else { "Published to" };
        let undo =
            changes.previous.as_ref().map(|_| format!(" To go back: `annal publish {} --rollback`", quoted(name)));
        let undo = undo.unwrap_or_default();
        format!("{lines}{left_out}{done} {name}: {address}\nRelease {} is live.{undo}\n", changes.release)
    }

    /// Prints the errors that keep the site from being published.
    fn refuse_errors(&self, build: Build, year: Option<&Year>) -> Result<CliError, CliError> {
        let listing = build.site.listing(build.diagnostics, year);
        let errors = counted(listing.summary.errors, "error");
        if self.args.format == ListFormat::Human {
            let closing = listing.summary.to_string();
            let format = DiagnosticFormat::Human;
            print_diagnostics::show(self.terminal, &listing, &build.left_out, format, &closing)?;
        }
        let help = if build.site.tree.changed.files().is_empty() {
            "fix them, or waive them in report.yaml; `annal check` lists them"
        } else {
            "files were changed while annal was reading them: run the command again"
        };
        Ok(CliError::not_ready(format!("nothing was published: the site has {errors}")).help(help))
    }

    /// Says why nothing was published, for scripts too.
    fn fail(&self, error: CliError) -> Result<ExitCode, CliError> {
        if self.args.format == ListFormat::Json {
            let value =
                json!({"target": &self.target.name, "published": false, "error": error.message, "help": error.help});
            print(&format!("{value:#}\n"))?;
        }
        Err(error)
    }
}

/// The files that would be published and have changed since somebody signed them off.
fn stale_sign_offs(diagnostics: &[Diagnostic]) -> Vec<String> {
    let is_stale = |one: &&Diagnostic| one.code == Code::StaleSignOff && one.waived.is_none() && !one.is_left_out;
    diagnostics.iter().filter(is_stale).map(|one| one.location.file.to_string()).collect()
}

/// Says in words why nothing was published.
fn refusal(refusal: &PublishRefusal) -> CliError {
    CliError::not_ready(refusal.to_string()).help(refusal.help())
}

/// The address that `annal new site` wrote earlier.
const EARLIER_PLACEHOLDER: &str = "https://example.org";

/// Whether an address is the one that `annal new site` writes, with any path, or the one that it wrote earlier.
fn is_placeholder(base_url: &str) -> bool {
    let base_url = base_url.trim_end_matches('/').to_ascii_lowercase();
    base_url == EARLIER_PLACEHOLDER || base_url.contains(FILL_IN_HOST)
}
