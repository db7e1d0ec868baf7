//! Finds out what somebody wants to compare, and reads what it published.

use std::cell::OnceCell;
use std::env;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::git;
use crate::cli::args::{ContentInclusion, GlobalArgs};
use crate::cli::error::CliError;
use crate::cli::open_site::{self, OpenSite};
use crate::cli::options;
use crate::cli::progress::Progress;
use crate::cli::publish::environment::environment;
use crate::compare::PublishedSite;
use crate::diagnostic::DiagnosticList;
use crate::diagnostic::located::counted;
use crate::model::UnbuiltContent;
use crate::output::MANIFEST;
use crate::pipeline::{self, BuildCache, Options};
use crate::publish::{BuiltSite, Publisher, ReleaseId, Settings, SiteSettings};
use crate::source::{SourceTree, read_tree};

/// One side of a comparison.
pub(super) struct Side {
    /// What it is, in a few words.
    pub label: String,
    /// The folder that it was read from, if it is one.
    folder: Option<PathBuf>,
    pub site: PublishedSite,
    /// What somebody has to know about it.
    pub notes: Vec<String>,
}

impl Side {
    fn new(label: String, site: PublishedSite) -> Self {
        Self { label, folder: None, site, notes: Vec::new() }
    }

    /// The same, read from a folder.
    fn with_folder(self, folder: &Path) -> Self {
        Self { folder: folder.canonicalize().ok(), ..self }
    }

    /// What both sides are, if they are one and the same.
    pub(super) fn same_as<'s>(&'s self, other: &Self) -> Option<&'s str> {
        if self.folder.is_some() && self.folder == other.folder {
            return Some("the same folder");
        }
        (self.label == other.label).then_some(&self.label)
    }
}

/// Reads the sides of a comparison.
pub(super) struct Sides<'a> {
    global: &'a GlobalArgs,
    options: Options,
    progress: &'a Progress,
    /// The site that the command is run in, once it is needed: two folders can be compared without one.
    here: OnceCell<OpenSite>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(
        global: &'a GlobalArgs,
        inclusion: &ContentInclusion,
        progress: &'a Progress,
    ) -> Result<Self, CliError> {
        // A site with errors can be compared too: what may not be published is hidden in it.
        let options = Options { force: true, ..options::including(inclusion)? };
        Ok(Self { global, options, progress, here: OnceCell::new() })
    }

    /// The site here, as it would be published now.
    pub(super) fn here(&self) -> Result<Side, CliError> {
        let site = self.open_here()?;
        Ok(self.built("the site here".to_owned(), &site.tree).with_folder(&site.root))
    }

    /// What is live at the only target of the site here.
    pub(super) fn live(&self) -> Result<Side, CliError> {
        let site = self.open_here()?;
        let settings = SiteSettings::from_tree(&site.tree).choose(None, &site.root, &here()?).map_err(|error| {
            let more = "or name what to compare with: a folder, or a revision of Git such as `HEAD`";
            let error = CliError::from(error);
            let help = error.help.as_ref().map_or_else(|| more.to_owned(), |help| format!("{help}; {more}"));
            CliError { help: Some(help), ..error }
        })?;
        self.published(&settings, None)
    }

    /// What somebody named: a folder, a target, a release of one, or a revision of Git.
    pub(super) fn named(&self, name: &str) -> Result<Side, CliError> {
        let folder = Path::new(name);
        if folder.is_dir() {
            return self.folder(folder);
        }
        if folder.is_file() {
            return Err(CliError::new(format!("`{name}` is a file"))
                .help("name a site's folder; for a zip that annal published, write `zip:` before its name"));
        }
        let site = self.open_here()?;
        let targets = SiteSettings::from_tree(&site.tree);
        let choose = |name: &str| targets.choose(Some(name), &site.root, &here()?).map_err(CliError::from);
        let release = name.rsplit_once('@').and_then(|(target, id)| Some((target, ReleaseId::parse(id)?)));
        if let Some((target, release)) = release.filter(|(target, _)| targets.has(target) || target.contains(':')) {
            return self.published(&choose(target)?, Some(&release));
        }
        if targets.has(name) || name.contains(':') {
            return self.published(&choose(name)?, None);
        }
        let exported = TempDir::with_prefix("annal-")
            .map_err(|error| CliError::new(format!("cannot create a temporary folder: {error}")))?;
        self.progress.step("reading from Git");
        let commit = git::export(&site.root, name, exported.path())?;
        Ok(self.built(format!("{name} ({commit})"), &read(exported.path())?))
    }

    /// A site's folder, or one that annal built.
    fn folder(&self, folder: &Path) -> Result<Side, CliError> {
        let label = match open_site::shown(folder).to_str() {
            Some("" | ".") => "this folder".to_owned(),
            _ => format!("the folder {}", open_site::shown(folder).display()),
        };
        if folder.join("content").is_dir() {
            return Ok(self.built(label, &read(folder)?).with_folder(folder));
        }
        if !folder.join(MANIFEST).is_file() {
            return Err(CliError::new(format!("{label} is neither a site nor a built site"))
                .help("name a folder that has `content/`, or one that annal built"));
        }
        Ok(Side::new(label, BuiltSite::open(folder)?.data()?).with_folder(folder))
    }

    /// What is live at a target, or a release of it.
    fn published(&self, settings: &Settings, release: Option<&ReleaseId>) -> Result<Side, CliError> {
        self.progress.step("reading what is live");
        let site = self.open_here()?;
        let base_url = settings.base_url.clone().unwrap_or_else(|| SiteSettings::from_tree(&site.tree).base_url);
        let publisher = Publisher::open(settings, environment(), &base_url, &site.root)?;
        let manifest = publisher.manifest();
        if manifest.files.is_empty() {
            return Err(CliError::new(format!("nothing has been published to {} yet", settings.name))
                .help("name what to compare with: a folder, or a revision of Git such as `HEAD`"));
        }
        let (site, label) = if let Some(release) = release {
            let (site, id) = publisher.release_data(release)?;
            (site, format!("release {id} of {}", settings.name))
        } else {
            let since = manifest.live().and_then(|live| live.date.get(..10));
            let since = since.map(|date| format!(", live since {date}")).unwrap_or_default();
            (publisher.live_data()?, format!("{}{since}", settings.name))
        };
        if site.is_empty() {
            return Err(CliError::new(format!("{label} does not record what its pages say"))
                .help("an earlier version of annal published it; compare with a folder or a revision of Git"));
        }
        Ok(Side::new(label, site))
    }

    /// What a site's files would publish.
    fn built(&self, label: String, tree: &SourceTree) -> Side {
        self.progress.step("building");
        let built = pipeline::build_in_memory(tree, &self.options, &mut BuildCache::none());
        let site = PublishedSite::from_output(&built.output);
        let mut notes = Vec::new();
        let left_out = UnbuiltContent::for_printing(&built.archive, &self.options, &built.diagnostics);
        let errors = DiagnosticList::new(built.diagnostics, tree, 0).summary.errors;
        if errors > 0 {
            notes.push(format!(
                "There {} {} in {label}, so it would not be published as it is.",
                if errors == 1 { "is" } else { "are" },
                counted(errors, "error")
            ));
        }
        if !left_out.is_empty() {
            notes.push(format!("Left out of {label}: {left_out}. To include it, add `--drafts` or `--embargoed`."));
        }
        Side { notes, ..Side::new(label, site) }
    }

    fn open_here(&self) -> Result<&OpenSite, CliError> {
        if self.here.get().is_none() {
            let global = GlobalArgs { root: self.global.root.clone(), year: None, ..*self.global };
            // All of it is kept in memory: were a text changed meanwhile, nothing would be built, and all would seem removed.
            _ = self.here.set(OpenSite::open(&global, self.progress)?);
        }
        Ok(self.here.get().expect("it was set just now"))
    }
}

fn read(folder: &Path) -> Result<SourceTree, CliError> {
    read_tree(folder).map_err(|error| CliError::disk("read", folder, &error))
}

/// The folder that the command is run in.
fn here() -> Result<PathBuf, CliError> {
    env::current_dir().map_err(|error| CliError::disk("find the current folder", Path::new("."), &error))
}
