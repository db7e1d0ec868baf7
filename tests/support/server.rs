//! A preview of a small site, on a free port.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use annal::{
    BuildCache, Code, FileContent, MemoryBuild, OutputTree, Preview, PreviewSettings, RelPath, SourceTree, Stopper,
};
use tempfile::TempDir;

use super::options;
use super::site::Site;

/// How long a test waits for what is to happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// A preview that runs.
pub(crate) struct TestServer {
    root: Option<TempDir>,
    host: String,
    stopper: Stopper,
    running: Option<JoinHandle<()>>,
    log: Arc<Mutex<Vec<String>>>,
}

/// The text of a submission with nothing wrong.
pub(crate) fn submission(done: &str) -> String {
    format!("## What have we done?\n\n{done}\n\n## What will we do next?\n\n- Write a plan.\n")
}

impl TestServer {
    /// A preview of a site with nothing wrong.
    pub(crate) fn start() -> Self {
        Self::start_with(|_| {})
    }

    /// The same with other settings.
    pub(crate) fn start_with(change: impl FnOnce(&mut PreviewSettings)) -> Self {
        Self::open(small_site().on_disk(), change)
    }

    /// A preview of the site in a folder.
    pub(crate) fn open(root: TempDir, change: impl FnOnce(&mut PreviewSettings)) -> Self {
        Self::open_with(root, change, build_plainly())
    }

    /// The same, built in a way of the test's own.
    pub(crate) fn open_with(
        root: TempDir,
        change: impl FnOnce(&mut PreviewSettings),
        build: impl FnMut(&SourceTree) -> MemoryBuild + Send + 'static,
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
        let server = Self { root: Some(root), host, stopper, running: Some(running), log };
        server.get("/");
        server
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.as_ref().unwrap().path()
    }

    /// Writes a file of the site.
    pub(crate) fn write(&self, path: &str, text: &str) {
        Site::new().file(path, text).write_to(self.root());
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.host.rsplit(':').next().unwrap().parse().unwrap()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host.to_socket_addrs().unwrap().next().unwrap()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The whole answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        self.ask("GET", path, &[])
    }

    /// The body of the answer to a GET, byte for byte.
    pub(crate) fn bytes_of(&self, path: &str) -> Vec<u8> {
        let answer = self.ask_for_bytes("GET", path, &[]);
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n");
        end.map(|end| answer[end + 4..].to_vec()).unwrap_or_default()
    }

    /// The whole answer to a request.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
        String::from_utf8_lossy(&self.ask_for_bytes(method, path, headers)).into_owned()
    }

    fn ask_for_bytes(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
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
        answer
    }

    /// The whole answer to a request that sends `body` along.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> String {
        let mut stream = self.connect();
        let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers = headers.collect::<Vec<_>>().concat();
        let (host, length) = (&self.host, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        _ = stream.write_all(&[request.as_bytes(), body].concat());
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The stream of what the preview tells its pages.
    pub(crate) fn events(&self) -> EventStream {
        let mut stream = self.connect();
        let request =
            format!("GET /_annal/events HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        EventStream(BufReader::new(stream))
    }

    /// Waits until a page holds a text.
    pub(crate) fn wait_for(&self, path: &str, text: &str) {
        self.wait_until(&format!("`{text}` stands at {path}"), || body_of(&self.get(path)).contains(text));
    }

    pub(crate) fn wait_until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let started = Instant::now();
        while !is_so() {
            assert!(started.elapsed() < PATIENCE, "it does not happen that {what}; the log says:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// How many builds there were.
    pub(crate) fn builds(&self) -> usize {
        self.log.lock().unwrap().iter().filter(|line| line.starts_with("built in")).count()
    }

    /// Stops the preview and gives its folder back.
    pub(crate) fn stop(mut self) -> TempDir {
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

impl Drop for TestServer {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the preview tells its pages, message by message.
pub(crate) struct EventStream(BufReader<TcpStream>);

impl EventStream {
    /// The next message, which must come within a time.
    pub(crate) fn next(&mut self, within: Duration) -> String {
        self.0.get_ref().set_read_timeout(Some(within)).unwrap();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("a message comes in time") > 0, "the stream goes on");
            if let Some(message) = line.strip_prefix("data: ") {
                return message.to_owned();
            }
        }
    }
}

/// An answer's status; 0 where there is none.
pub(crate) fn status_of(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// An answer's body.
pub(crate) fn body_of(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// A site with nothing wrong.
pub(crate) fn small_site() -> Site {
    Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://example.org/report\n"),
        (
            "content/2019-20/report.yaml",
            "title: Annual report 2019-20\nperiod: {from: 2019-04-01, to: 2020-03-31}\n\
             boards:\n  - {id: risk, name: Risk board}\nagencies:\n  - {id: police, name: The police}\n",
        ),
        ("content/2019-20/pages/foreword.md", "---\ntitle: Foreword\n---\nWelcome.\n"),
    ])
    .file("content/2019-20/boards/risk.md", submission("We wrote a plan."))
    .file("content/2019-20/agencies/police.md", submission("We helped."))
}

/// Builds a site of the simplest pages that there can be, what each file says, in place of those of the theme.
fn build_plainly() -> impl FnMut(&SourceTree) -> MemoryBuild + Send + 'static {
    let options = options("2020-01-01");
    move |tree| {
        let mut built = annal::build_in_memory(tree, &options, &mut BuildCache::none());
        let is_unreadable = |file: &RelPath| {
            built.diagnostics.iter().any(|found| found.code == Code::BadYaml && found.location.file == *file)
        };
        let mut output = OutputTree::default();
        output.insert_text(RelPath::new("robots.txt"), "User-agent: *\n");
        for (_, below, content) in tree.files_under("content") {
            let FileContent::Text(text) = &content.content else { continue };
            let Some((year, path)) = below.split_once('/') else { continue };
            if is_unreadable(&RelPath::new(&format!("content/{year}/report.yaml"))) {
                continue;
            }
            let address = match path {
                _ if path.starts_with("media/") => {
                    output.insert_text(RelPath::new(below), &**text);
                    continue;
                }
                "report.yaml" => String::new(),
                _ => format!("{}/", path.trim_start_matches("pages/").trim_end_matches(".md")),
            };
            let page = format!("<!DOCTYPE html><title>x</title></head><body>{text}");
            output.insert_text(RelPath::new(&format!("{year}/{address}index.html")), page);
        }
        built.output = output;
        built
    }
}
