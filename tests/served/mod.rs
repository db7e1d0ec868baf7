//! A preview of a small site, on a free port.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use annal::diagnostic::{Diagnostic, RelPath};
use annal::options::Options;
use annal::output::OutputTree;
use annal::pipeline::{self, BuildOutput};
use annal::preview::{Preview, PreviewSettings, Stopper};
use annal::source::{FileContent, SourceTree};
use tempfile::TempDir;

/// How long a test waits for what is to happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// A preview that runs.
pub struct Served {
    root: Option<TempDir>,
    host: String,
    stopper: Stopper,
    running: Option<JoinHandle<()>>,
    log: Arc<Mutex<Vec<String>>>,
}

/// The text of a submission with nothing wrong.
pub fn submission(done: &str) -> String {
    format!("## What have we done?\n\n{done}\n\n## What will we do next?\n\n- Write a plan.\n")
}

impl Served {
    /// A preview of a site with nothing wrong.
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// The same with other settings.
    pub fn start_with(change: impl FnOnce(&mut PreviewSettings)) -> Self {
        let root = tempfile::tempdir().unwrap();
        fill(root.path());
        Self::of(root, change)
    }

    /// A preview of the site in a folder.
    pub fn of(root: TempDir, change: impl FnOnce(&mut PreviewSettings)) -> Self {
        Self::built_by(root, change, build())
    }

    /// A preview of the site in a folder, built in a way of the test's own.
    pub fn built_by(
        root: TempDir,
        change: impl FnOnce(&mut PreviewSettings),
        build: impl FnMut(&SourceTree, Vec<Diagnostic>) -> BuildOutput + Send + 'static,
    ) -> Self {
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let mut settings =
            PreviewSettings { root: root.path().to_owned(), port: Some(0), ..PreviewSettings::default() };
        change(&mut settings);
        let say = Arc::new(move |line: &str| lines.lock().unwrap().push(line.to_owned()));
        let preview = Preview::bind(settings, say).unwrap();
        let host = preview.base_url().trim_start_matches("http://").to_owned();
        let stopper = preview.stopper();
        let running = std::thread::spawn(move || preview.run(build).unwrap());
        let served = Self { root: Some(root), host, stopper, running: Some(running), log };
        served.get("/");
        served
    }

    pub fn root(&self) -> &Path {
        self.root.as_ref().unwrap().path()
    }

    /// Writes the files of the small site.
    pub fn fill(&self) {
        fill(self.root());
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, text: &str) {
        write(self.root(), path, text);
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.host.rsplit(':').next().unwrap().parse().unwrap()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host.to_socket_addrs().unwrap().next().unwrap()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The whole answer to a GET.
    pub fn get(&self, path: &str) -> String {
        self.ask("GET", path, &[])
    }

    /// The whole answer to a request.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
        let mut stream = self.connect();
        let is_given = headers.iter().any(|(name, _)| *name == "Host");
        let host = (!is_given).then_some(("Host", &*self.host));
        let headers = host.iter().chain(headers).map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = headers.collect();
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}");
        // What is refused may be cut off before all of it was sent.
        _ = stream.write_all(format!("{request}\r\n").as_bytes());
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Listens for news.
    pub fn listen(&self) -> News {
        let mut stream = self.connect();
        let request =
            format!("GET /_annal/events HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        News(BufReader::new(stream))
    }

    /// Waits until a page holds a text.
    pub fn wait_for(&self, path: &str, text: &str) {
        self.wait_until(&format!("`{text}` stands at {path}"), || body_of(&self.get(path)).contains(text));
    }

    pub fn wait_until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let started = Instant::now();
        while !is_so() {
            assert!(started.elapsed() < PATIENCE, "it does not happen that {what}; the log says:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// How many builds there were.
    pub fn builds(&self) -> usize {
        self.log.lock().unwrap().iter().filter(|line| line.starts_with("built in")).count()
    }

    /// Stops the preview and gives its folder back.
    pub fn stop(mut self) -> TempDir {
        self.end();
        self.root.take().unwrap()
    }

    fn end(&mut self) {
        self.stopper.stop();
        if let Some(running) = self.running.take() {
            running.join().unwrap();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}

/// A stream of news.
pub struct News(BufReader<TcpStream>);

impl News {
    /// The next message, which must come within a time.
    pub fn next(&mut self, within: Duration) -> String {
        self.0.get_ref().set_read_timeout(Some(within)).unwrap();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("news come in time") > 0, "the stream goes on");
            if let Some(message) = line.strip_prefix("data: ") {
                return message.to_owned();
            }
        }
    }
}

/// An answer's status; 0 where there is none.
pub fn status_of(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// An answer's body.
pub fn body_of(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes the files of the small site.
pub fn fill(root: &Path) {
    write(root, "content/site.yaml", "title: A partnership\nbase_url: https://example.org/report\n");
    let report = "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\n\
                  boards:\n  - {id: risk, name: Risk board}\nagencies:\n  - {id: police, name: The police}\n";
    write(root, "content/2019-20/report.yaml", report);
    write(root, "content/2019-20/pages/foreword.md", "---\ntitle: Foreword\n---\nWelcome.\n");
    write(root, "content/2019-20/boards/risk.md", &submission("We wrote a plan."));
    write(root, "content/2019-20/agencies/police.md", &submission("We helped."));
}

/// A site in the simplest pages that there can be: what each file says.
fn build() -> impl FnMut(&SourceTree, Vec<Diagnostic>) -> BuildOutput + Send + 'static {
    let options = Options::new("2020-01-01".parse().unwrap());
    move |tree, read| {
        let checked = pipeline::check(tree, read, &options);
        let mut output = OutputTree::default();
        output.insert_text(RelPath::new("robots.txt"), "User-agent: *\n");
        for report in &checked.value.reports {
            let mut page = |address: &str, text: &str| {
                let path = RelPath::new(&format!("{}/{address}index.html", report.year));
                output.insert_text(path, format!("<!DOCTYPE html><title>x</title></head><body>{text}"));
            };
            page("", &report.title);
            for own in &report.pages {
                page(&format!("{}/", own.id), tree.shared_text(own.file.as_str()).unwrap());
            }
            for submission in report.submissions() {
                let address = format!("{}/{}/", submission.kind.folder(), submission.id);
                page(&address, tree.shared_text(submission.file.as_str()).unwrap());
            }
            let folder = format!("{}/media", report.folder);
            for (path, below, file) in tree.files_under(&folder) {
                if let FileContent::Text(text) = &file.content {
                    assert!(path.as_str().ends_with(below));
                    output.insert_text(RelPath::new(&format!("{}/media/{below}", report.year)), &**text);
                }
            }
        }
        BuildOutput { output, archive: checked.value, diagnostics: checked.diagnostics }
    }
}
