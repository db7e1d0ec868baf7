//! A small site in two versions, and the program run in its folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The files of a built site by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What must be in no output, log, error or file.
pub(crate) const CANARIES: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIDCANARY7F3"),
    ("AWS_SECRET_ACCESS_KEY", "SECRETCANARY7F3"),
    ("AWS_SESSION_TOKEN", "TOKENCANARY7F3"),
];

/// A site of two years in a folder of its own, which publishes to the target `live`.
pub(crate) struct Westshire {
    folder: TempDir,
    /// Searched for programs before anything else.
    pub programs: Option<PathBuf>,
}

const YEAR: &str = "title: Annual report\nboards: [{id: risk, name: Risk Board}]\n";

fn submission(done: &str) -> String {
    format!("## What have we done?\n\n{done}\n\n## What will we do next?\n\n- Write a plan for {}.\n", done.len())
}

fn picture(title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>{title}</title><path d=\"M0 0h9\"/></svg>\n"
    )
}

impl Westshire {
    /// The first version, with a target.
    pub(crate) fn new(target: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), programs: None };
        site.target(target);
        site.write(".gitignore", "/output/\n");
        site.write("themes/own/theme.yaml", "name: Own\nversion: 1.0.0\nextends: civic\n");
        site.write(
            "content/2023-24/report.yaml",
            &format!("{YEAR}period: {{from: 2023-04-01, to: 2024-03-31}}\nagencies: [{{id: police, name: Police}}]\n"),
        );
        site.write("content/2023-24/agencies/police.md", &submission("We trained all of our staff."));
        site.write("content/2023-24/boards/risk.md", &submission("We met."));
        site.write("content/2024-25/boards/risk.md", &submission("We met again."));
        site.write("content/static/.well-known/security.txt", "Expires: 2030-01-01T00:00:00Z\n");
        site.one();
        site
    }

    /// Sets where the site is published: YAML for `publish: {live: …}`.
    pub(crate) fn target(&self, target: &str) {
        let text = format!(
            "title: Westshire\nbase_url: https://reports.westshire.example/annual\ntheme: own\npublish:\n  live: {target}\n"
        );
        self.write("content/site.yaml", &text);
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    fn version(&self, agencies: &str, css: &str, words: &str) {
        let agencies = format!("{YEAR}period: {{from: 2024-04-01, to: 2025-03-31}}\nagencies: [{agencies}]\n");
        self.write("content/2024-25/report.yaml", &agencies);
        self.write("themes/own/assets/civic.css", css);
        self.write("content/2024-25/media/map.svg", &picture(words));
        self.write(
            "content/2024-25/agencies/police.md",
            &submission(&format!("{words}.\n\n![A map](../media/map.svg)")),
        );
    }

    /// The first version: police and fire.
    pub(crate) fn one(&self) {
        _ = fs::remove_file(self.root().join("content/2024-25/agencies/nps.md"));
        self.version("{id: police, name: Police}, {id: fire, name: Fire}", "body { color: #111 }\n", "We walked");
        self.write("content/2024-25/agencies/fire.md", &submission("We visited homes."));
    }

    /// The second: other style sheets, so every page changes; another picture; one agency in the place of another.
    pub(crate) fn two(&self) {
        self.version("{id: police, name: Police}, {id: nps, name: Probation}", "body { color: #222 }\n", "We cycled");
        self.write("content/2024-25/agencies/nps.md", &submission("We listened."));
        self.remove("content/2024-25/agencies/fire.md");
    }

    /// The second version in even rounds, the first in odd ones.
    pub(crate) fn version_of(&self, round: u64) {
        if round.is_multiple_of(2) {
            self.two();
        } else {
            self.one();
        }
    }

    /// One word of one page of the first version is another.
    pub(crate) fn one_changed(&self) {
        self.write("content/2024-25/agencies/fire.md", &submission("We visited farms."));
    }

    /// `annal` with arguments, ready to be run in the site's folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
        command.args(args).current_dir(self.root()).envs(CANARIES);
        for name in
            ["SOURCE_DATE_EPOCH", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "NO_COLOR", "CLICOLOR_FORCE"]
        {
            command.env_remove(name);
        }
        // Whoever has a proxy does not reach this machine through it.
        command.env("NO_PROXY", "127.0.0.1");
        if let Some(programs) = &self.programs {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let paths = [programs.clone()].into_iter().chain(std::env::split_paths(&path));
            command.env("PATH", std::env::join_paths(paths).unwrap());
        }
        command
    }

    pub(crate) fn annal(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs `annal publish` with further arguments.
    pub(crate) fn publish(&self, args: &[&str]) -> Output {
        self.annal(&[&["publish"], args].concat())
    }

    /// The same, which must succeed; what it printed.
    pub(crate) fn published(&self, args: &[&str]) -> String {
        let output = self.publish(args);
        assert_eq!(output.status.code(), Some(0), "{}", everything(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same for a script.
    pub(crate) fn published_json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.published(&[args, &["--format", "json"]].concat())).unwrap()
    }

    /// Starts `annal publish` and does not wait for it.
    pub(crate) fn start_publishing(&self) -> Child {
        self.command(&["publish"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The site as `annal build` builds it.
    pub(crate) fn built(&self) -> Files {
        let output = tempfile::tempdir().unwrap();
        let folder = output.path().join("site");
        let built = self.annal(&["build", "-q", "-o", folder.to_str().unwrap()]);
        assert!(folder.exists(), "{}", everything(&built));
        files_in(&folder)
    }
}

/// The files below a folder.
pub(crate) fn files_in(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// What a run printed, with its exit status.
pub(crate) fn everything(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}exit status {:?}", output.status.code())
}

/// Whether what a rollback from the second state to the first says names pages by their titles.
pub(crate) fn assert_titles_of_a_rollback(said: &str) {
    for line in [
        "  added    Fire – 2024-25 · 2024-25/agencies/fire/\n",
        "  changed  Agencies – 2024-25 · 2024-25/agencies/\n",
        "  removed  Probation – 2024-25 · 2024-25/agencies/nps/\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

/// How many files differ between two sites.
pub(crate) fn differing(one: &Files, other: &Files) -> usize {
    let changed = one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).count();
    changed + other.keys().filter(|path| !one.contains_key(*path)).count()
}
