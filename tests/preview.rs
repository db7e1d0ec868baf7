//! Tests of the preview as browsers and attackers use it: a server on a free port, a site in a temporary folder, and
//! requests over plain sockets.

#![allow(clippy::disallowed_methods, reason = "sites are edited on the disk")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::server::{TestServer, body_of, small_site, status_of, submission};

/// The longest that an editor should have to wait.
const SOON: Duration = Duration::from_secs(1);

#[test]
fn pages_are_served_by_their_addresses() {
    let site = TestServer::start();
    let page = site.get("/2019-20/boards/risk/");
    assert_eq!(status_of(&page), 200);
    assert!(page.contains("content-type: text/html; charset=utf-8") && page.contains("We wrote a plan."), "{page}");
    assert!(body_of(&page).contains("<script src=\"/_annal/live.js\" data-mark="), "{page}");
    assert!(page.contains("x-content-type-options: nosniff") && page.contains("cache-control: no-cache"), "{page}");
    let moved = site.get("/2019-20/boards/risk");
    assert!(moved.starts_with("HTTP/1.1 307") && moved.contains("location: /2019-20/boards/risk/"), "{moved}");
    assert!(site.get("/robots.txt").contains("content-type: text/plain; charset=utf-8"));
    assert_eq!(status_of(&site.get("/none/")), 404);
    assert!(site.get("/_annal/live.js").contains("content-type: text/javascript; charset=utf-8"));
    assert_eq!(status_of(&site.get("/_desk/")), 200);
    assert_eq!(status_of(&site.get("/_desk")), 307);
}

#[test]
fn the_desk_has_the_attendance_and_the_day_of_the_last_change() {
    let site = TestServer::start();
    let cells = site.get("/_desk/");
    let year = jiff::Zoned::now().year();
    assert!(cells.contains("<th scope=\"col\">Last changed</th>"), "{cells}");
    let changed = cells.split("<td data-label=\"Last changed\">").skip(1);
    assert!(
        changed.clone().count() > 0
            && changed.clone().all(|cell| cell.split('<').next().unwrap().ends_with(&year.to_string()))
    );
    site.write(
        "content/2019-20/data/attendance.csv",
        "member,organisation,2019-06\nChair,Council,y\nDeputy,Police,x\nThird,Fire,d\n",
    );
    site.wait_for("/_desk/", "signed off, attendance 66.7% (2 of 3)");
}

#[test]
fn the_desk_says_what_is_left_out_and_whom_to_write_to() {
    let site = TestServer::start();
    site.write(
        "content/2020-21/report.yaml",
        "title: The next report\nperiod: {from: 2020-04-01, to: 2021-03-31}\nboards: []\n\
         agencies: [{id: fire, name: Fire Service, contact: sam@fire.example}]\nstate: preparing\n",
    );
    site.write("content/2020-21/agencies/fire.md", "---\nstatus: draft\n---\n## What we did\n\n## What next\n");
    site.wait_for("/2020-21/", "The next report");
    let desk = site.get("/_desk/");
    assert!(desk.contains("Left out of what is published:") && desk.contains("2020-21: in preparation"), "{desk}");
    assert!(
        desk.contains("not begun") && desk.contains("We have not yet received Fire Service’s submission"),
        "{desk}"
    );
    assert!(desk.contains("href=\"mailto:sam@fire.example?subject=The%20next%20report%3A%20Fire%20Service&amp;body="));
    assert!(!desk.contains("Thank you for Fire"), "{desk}");
}

#[test]
fn reports_to_committees_are_on_the_desk_and_what_is_overdue_is_named() {
    let (site, year) = (TestServer::start(), "content/2019-20");
    let report = fs::read_to_string(site.root().join(year).join("report.yaml")).unwrap();
    let distribution =
        "distribution:\n  - {to: Town Council, cover: town, recommendations: [That the report be noted.]}\n";
    site.write(&format!("{year}/report.yaml"), &format!("{report}{distribution}"));
    site.write("content/covers/town.yaml", "sections:\n  - {id: purpose, title: Purpose of report, from: summary}\n");
    site.write(
        &format!("{year}/decisions.yaml"),
        "decisions:\n  - {meeting: 2019-06, ref: A/1, decision: Meet again., due: 2019-09, state: open, note: TBC}\n",
    );
    site.wait_for("/_desk/", "A/1");
    let desk = site.get("/_desk/");
    assert!(desk.contains("<summary>1 overdue</summary>"), "{desk}");
    assert!(desk.contains("id=\"findings-2019-20\"><summary>Problems: 1 warning</summary>"), "{desk}");
    let links = "<a href=\"/_desk/cover/2019-20/town-council.html\">Town Council</a> (<a href=\"/_desk/cover/2019-20/town-council.docx\" download>Word</a>)";
    assert!(desk.contains(links), "{desk}");
    let page = site.get("/_desk/cover/2019-20/town-council.html");
    assert!(page.contains("<h2>1. Purpose of report</h2>") && page.contains("That the report be noted."), "{page}");
    let word = site.get("/_desk/cover/2019-20/town-council.docx");
    assert!(word.contains("content-type: application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
    assert_eq!(status_of(&site.get("/_desk/cover/2019-20/parish.html")), 404);
    // As with the command, no document is made of a year with errors; on the page, what must not be published is masked.
    let headline = "headline: Write to jo.bloggs@nhs.example.\n";
    site.write(&format!("{year}/report.yaml"), &format!("{report}{headline}{distribution}"));
    site.wait_for("/_desk/cover/2019-20/town-council.html", "Write to");
    let page = site.get("/_desk/cover/2019-20/town-council.html");
    assert!(!page.contains("jo.bloggs"), "{page}");
    assert_eq!(status_of(&site.get("/_desk/cover/2019-20/town-council.docx")), 404);
    assert!(!site.get("/_desk/").contains("town-council.docx"));
}

#[test]
fn unchanged_pages_are_not_sent_again() {
    let site = TestServer::start();
    let page = site.get("/2019-20/");
    let mark = page.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = site.ask("GET", "/2019-20/", &[("If-None-Match", mark)]);
    assert!(again.starts_with("HTTP/1.1 304") && body_of(&again).is_empty(), "{again}");
    let head = site.ask("HEAD", "/2019-20/", &[]);
    assert!(head.starts_with("HTTP/1.1 200") && body_of(&head).is_empty(), "{head}");
    assert!(head.contains(&format!("content-length: {}", body_of(&page).len())), "{head}");
}

#[test]
fn tabs_are_notified_of_a_save() {
    let site = TestServer::start();
    let mut news = site.events();
    assert!(news.next(SOON).contains("\"changed\":null"), "a new tab has to check its page");
    site.write("content/2019-20/boards/risk.md", &submission("We wrote two plans."));
    let event = news.next(SOON);
    assert!(event.contains("\"/2019-20/boards/risk/\"") && !event.contains("/2019-20/agencies/police/"), "{event}");
    assert!(site.get("/2019-20/boards/risk/").contains("We wrote two plans."));
}

#[test]
fn every_way_of_changing_files_is_noticed() {
    let site = TestServer::start();
    let path = |name: &str| site.root().join("content/2019-20").join(name);
    // An atomic save: a new file replaces the old one.
    fs::write(path("boards/.risk.md.tmp"), submission("Saved at once.")).unwrap();
    fs::rename(path("boards/.risk.md.tmp"), path("boards/risk.md")).unwrap();
    site.wait_for("/2019-20/boards/risk/", "Saved at once.");
    // A save with a backup: the old file is renamed first.
    fs::rename(path("boards/risk.md"), path("boards/risk.md~")).unwrap();
    fs::write(path("boards/risk.md"), submission("Saved with a backup.")).unwrap();
    site.wait_for("/2019-20/boards/risk/", "Saved with a backup.");
    // A folder with a file is created, renamed and removed.
    fs::create_dir_all(path("media/a")).unwrap();
    fs::write(path("media/a/one.txt"), "one").unwrap();
    site.wait_for("/2019-20/media/a/one.txt", "one");
    fs::rename(path("media/a"), path("media/b")).unwrap();
    site.wait_for("/2019-20/media/b/one.txt", "one");
    fs::write(path("media/b/one.txt"), "two").unwrap();
    site.wait_for("/2019-20/media/b/one.txt", "two");
    fs::remove_dir_all(path("media")).unwrap();
    site.wait_until("the folder is gone", || status_of(&site.get("/2019-20/media/b/one.txt")) == 404);
    // The whole content folder is moved away and back.
    let (content, aside) = (site.root().join("content"), site.root().join("aside"));
    fs::rename(&content, &aside).unwrap();
    site.wait_for("/_annal/faults.json", "missing-file");
    fs::rename(&aside, &content).unwrap();
    site.wait_for("/_annal/faults.json", "\"errors\":0");
    site.write("content/2019-20/boards/risk.md", &submission("Watched again."));
    site.wait_for("/2019-20/boards/risk/", "Watched again.");
}

#[test]
fn a_checkout_is_one_build() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join(".git")).unwrap();
    let site = TestServer::open(root, |_| {});
    small_site().write_to(site.root());
    site.wait_for("/2019-20/boards/risk/", "We wrote a plan.");
    let before = site.builds();
    // Git keeps its lock for the whole checkout, however long one file takes.
    let lock = site.root().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    for i in 0..600 {
        site.write(&format!("content/2019-20/media/{i}.txt"), "checked out");
        if i % 100 == 0 {
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    fs::remove_file(lock).unwrap();
    site.wait_for("/2019-20/media/599.txt", "checked out");
    assert_eq!(site.builds() - before, 1);
}

#[test]
fn changes_are_found_by_polling() {
    let site = TestServer::start_with(|settings| settings.poll = true);
    site.write("content/2019-20/boards/risk.md", &submission("Found by polling."));
    site.wait_for("/2019-20/boards/risk/", "Found by polling.");
}

#[test]
fn problems_are_shown_until_they_are_fixed() {
    let site = TestServer::start();
    site.write("content/2019-20/boards/risk.md", "## What have we done?\n\nA plan for <b>all</b>.\n");
    site.wait_for("/_annal/faults.json", "missing-section");
    let faults = site.get("/_annal/faults.json");
    for part in ["\"file\":\"content/2019-20/boards/risk.md\"", "\"line\":3", "\"page\":\"/2019-20/boards/risk/\""] {
        assert!(faults.contains(part), "{part} in {faults}");
    }
    let desk = site.get("/_desk/");
    assert!(desk.contains("missing-section") && desk.contains("Subject: Annual report 2019-20: Risk board"), "{desk}");
    site.write("content/2019-20/boards/risk.md", &submission("Fixed."));
    site.wait_for("/_annal/faults.json", "\"errors\":0");
}

#[test]
fn a_broken_site_is_served_too() {
    let site = TestServer::open(tempfile::tempdir().unwrap(), |_| {});
    assert_eq!(status_of(&site.get("/")), 404);
    assert_eq!(status_of(&site.get("/_desk/")), 200);
    small_site().write_to(site.root());
    site.wait_for("/2019-20/boards/risk/", "We wrote a plan.");
}

#[test]
fn a_last_good_page_stays_while_its_file_cannot_be_read() {
    let site = TestServer::start();
    let report = fs::read_to_string(site.root().join("content/2019-20/report.yaml")).unwrap();
    site.write("content/2019-20/report.yaml", "title: [\n");
    site.wait_for("/_annal/faults.json", "bad-yaml");
    assert!(site.get("/2019-20/boards/risk/").contains("We wrote a plan."));
    site.write("content/2019-20/report.yaml", &report);
    site.wait_for("/_annal/faults.json", "\"errors\":0");
    fs::remove_file(site.root().join("content/2019-20/pages/foreword.md")).unwrap();
    site.wait_until("a removed page is no longer served", || status_of(&site.get("/2019-20/foreword/")) == 404);
}

#[test]
fn no_path_leaves_the_site() {
    let site = TestServer::start();
    fs::write(site.root().join("secret.txt"), "secret").unwrap();
    for path in [
        "/../secret.txt",
        "/2019-20/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/secret.txt",
        "//secret.txt",
        "/content/site.yaml",
        "/_desk/file/../../secret.txt",
        "/_desk/file/secret.txt",
        "/_desk/file//etc/passwd",
        "/_annal/../secret.txt",
        "/%00",
        "/\u{fffd}",
        "file:///etc/passwd",
    ] {
        let answer = site.get(path);
        assert!(matches!(status_of(&answer), 400 | 403 | 404), "{path}: {answer}");
        assert!(!answer.contains("secret\n") && !answer.contains("root:"), "{path}: {answer}");
    }
    assert_eq!(status_of(&site.get("/2019-20/")), 200);
}

#[test]
fn only_its_own_pages_are_answered() {
    let site = TestServer::start();
    for (name, value) in [
        ("Host", "evil.example"),
        ("Host", "127.0.0.1.evil.example:80"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
    ] {
        for path in ["/2019-20/", "/_annal/events", "/_desk/", "/_annal/faults.json"] {
            let answer = site.ask("GET", path, &[(name, value)]);
            assert_eq!(status_of(&answer), 403, "{name}: {value}: {answer}");
        }
    }
    assert!(site.log().contains("refused GET /2019-20/: `evil.example` is not an address of this preview"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"] {
        assert!(matches!(status_of(&site.ask(method, "/2019-20/", &[])), 400 | 403 | 405), "{method}");
    }
    assert_eq!(status_of(&site.get("/2019-20/")), 200);
}

#[test]
fn large_and_broken_requests_are_refused() {
    let site = TestServer::start();
    let long = "x".repeat(64 * 1024);
    assert_eq!(status_of(&site.ask("GET", "/", &[("X-Long", &long)])), 431);
    assert!(matches!(status_of(&site.get(&format!("/{long}"))), 414 | 431));
    let many: Vec<_> = (0..500).map(|_| ("X-Many", "x")).collect();
    assert_eq!(status_of(&site.ask("GET", "/", &many)), 431);
    for bytes in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0\0\0\0\r\n\r\n"] {
        let mut stream = site.connect();
        _ = stream.write_all(bytes);
        _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 400"), "{}", String::from_utf8_lossy(&answer));
    }
    let mut stream = site.connect();
    let declared = format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 99999999999\r\n\r\n", site.host());
    stream.write_all(declared.as_bytes()).unwrap();
    let mut answer = String::new();
    _ = stream.read_to_string(&mut answer);
    assert_eq!(status_of(&answer), 403, "and the connection ends");
    assert_eq!(status_of(&site.get("/2019-20/")), 200);
}

#[test]
fn slow_requests_are_cancelled() {
    let site = TestServer::start();
    let mut stream = site.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let started = Instant::now();
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer);
    assert!(started.elapsed() < Duration::from_secs(8), "cancelled after {:?}", started.elapsed());
    site.wait_until("it is logged", || site.log().contains("it did not send a request in time"));
}

#[test]
fn two_hundred_tabs_are_notified_within_a_second_though_fifty_stall() {
    let site = TestServer::start();
    let _stalled: Vec<_> = (0..50)
        .map(|i| {
            let mut stream = site.connect();
            // Some stall in the middle of a request, others never read their events.
            let request = if i % 2 == 0 {
                "GET / HTTP/1.1\r\nX: "
            } else {
                "GET /_annal/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
            };
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    let mut tabs: Vec<_> = (0..150).map(|_| site.events()).collect();
    for tab in &mut tabs {
        tab.next(SOON);
    }
    for round in 0..5 {
        let started = Instant::now();
        site.write("content/2019-20/boards/risk.md", &submission(&format!("Round {round}.")));
        for tab in &mut tabs {
            assert!(tab.next(SOON).contains("/2019-20/boards/risk/"));
        }
        assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
        assert!(site.get("/2019-20/boards/risk/").contains(&format!("Round {round}.")));
    }
}

#[test]
fn it_stops_cleanly_and_frees_its_port() {
    let site = TestServer::start();
    let mut news = site.events();
    news.next(SOON);
    let port = site.port();
    let started = Instant::now();
    let root = site.stop();
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    let again = TestServer::open(root, |settings| settings.port = Some(port));
    assert_eq!(again.port(), port);
    assert_eq!(status_of(&again.get("/2019-20/")), 200);
}

#[test]
fn a_save_is_visible_at_once() {
    let site = TestServer::start();
    let mut news = site.events();
    news.next(SOON);
    let mut times: Vec<Duration> = (0..21)
        .map(|i| {
            let text = format!("Text number {i}.");
            let started = Instant::now();
            site.write("content/2019-20/boards/risk.md", &submission(&text));
            news.next(SOON);
            assert!(site.get("/2019-20/boards/risk/").contains(&text));
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    // The goal is far less, but a busy machine has slow moments.
    assert!(times[10] < SOON, "median {:?}", times[10]);
    println!("save to new text: median {:?}, worst {:?}", times[10], times[20]);
}

#[test]
fn opening_the_preview_to_others_gives_a_warning() {
    let site = TestServer::start();
    let warning = |host: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
        command.args(["serve", "-q", "--port", "0", "--host", host, "--root"]).arg(site.root());
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let (out, mut err) = (running.stdout.take().unwrap(), running.stderr.take().unwrap());
        BufReader::new(out).read_line(&mut line).unwrap();
        // The warning is printed after the address and before any request is answered.
        let port = line.split(['/', ':']).nth(4).unwrap().to_owned();
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        stream.read_to_string(&mut String::new()).unwrap();
        running.kill().unwrap();
        running.wait().unwrap();
        let mut message = String::new();
        err.read_to_string(&mut message).unwrap();
        message
    };
    let message = warning("0.0.0.0");
    assert!(message.starts_with("warning: anyone who can reach this computer over the network can read"), "{message}");
    assert!(message.contains("drafts") && message.contains("embargoed years"), "{message}");
    assert_eq!(warning("127.0.0.1"), "");
    assert_eq!(warning("localhost"), "");
}

#[test]
fn the_command_uses_the_given_port_and_ends_when_interrupted() {
    let site = TestServer::start();
    let serve = |port: u16| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_annal"));
        command.args(["serve", "--port", &port.to_string(), "--root"]).arg(site.root());
        command
    };
    let refused = serve(site.port()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.starts_with(&format!("error: another program is using port {}\n", site.port())), "{message}");
    let mut running = serve(0).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{line}: {answer}");
    if cfg!(unix) {
        Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
    } else {
        running.kill().unwrap();
    }
    let ended = running.wait().unwrap();
    assert!(ended.code() == Some(0) || cfg!(not(unix)), "{ended}");
}

#[test]
fn it_shows_how_each_page_is_made() {
    let site = small_site()
        .file("content/site.yaml", "title: A partnership\nbase_url: https://example.org/report\ntheme: mine\n")
        .file("content/2019-20/pages/foreword.cy.md", "---\ntitle: Rhagair\n---\nCroeso.\n")
        .file("themes/mine/theme.yaml", "name: Mine\nextends: civic\n")
        .file(
            "themes/mine/templates/submission.html",
            "{% extends \"civic/submission.html\" %}\n{% block content %}\n{{ super() }}<p>Mine</p>{% endblock %}\n",
        )
        .file("themes/mine/templates/cards.html", "{% component link(to) %}{{ to.title }}{% endcomponent link %}\n");
    let mut cache = annal::BuildCache::default();
    let build =
        move |tree: &annal::SourceTree| annal::build_in_memory(tree, &support::options("2020-12-01"), &mut cache);
    let server = TestServer::open_with(site.on_disk(), |_| {}, build);
    let list = server.get("/_desk/view/");
    for link in ["href=\"/_desk/view/index.html\">/</a>", "href=\"/_desk/view/2019-20/boards/risk/\""] {
        assert!(list.contains(link), "{link}: {list}");
    }
    assert!(server.get("/_desk/").contains("href=\"/_desk/view/\""), "the desk leads there");
    let page = server.get("/_desk/view/2019-20/boards/risk/");
    let own = |file: &str, line: u32| format!("<a href=\"/_desk/file/themes/mine/templates/{file}#L{line}\">");
    for words in [
        "How “Risk board” is made",
        &format!("<b><code>content</code></b> {}", own("submission.html", 2)),
        &format!("<b><code>link</code></b> {}", own("cards.html", 1)),
        "<code>civic/submission.html:14</code> (built in)",
        "<code>view.kind</code>",
        "<dd>board</dd>",
        "<code>view.sections.0.title</code>",
        "<code>year.title</code>",
        "<code>settings.dark_mode</code>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("together with"), "the block repeats what it replaces: {page}");
    assert!(server.get("/_desk/view/index.html").contains("home.html"), "the front page has an address of its own");
    assert!(server.get("/_desk/view/cy/2019-20/foreword/").contains("How “Rhagair” is made"));
    assert_eq!(status_of(&server.get("/_desk/view/nowhere/")), 404);
    assert_eq!(status_of(&server.ask("GET", "/_desk/view/", &[("Origin", "http://evil.example")])), 403);
    // What is changed is shown at once, also after an error of which earlier pages survive.
    server.write("themes/mine/templates/submission.html", "{% extends \"civic/submission.html\" %}\n");
    server.wait_until("the block is gone", || {
        !server.get("/_desk/view/2019-20/boards/risk/").contains("submission.html#L2")
    });
}
