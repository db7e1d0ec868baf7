//! Tests of what the desk changes on the disk: who may ask for it, what is written, and what is never overwritten.

#![allow(clippy::disallowed_methods, reason = "sites are edited on the disk")]

mod support;

use std::fs;

use support::server::{TestServer, body_of, small_site, status_of, submission};

const POLICE: &str = "content/2019-20/agencies/police.md";

/// The value of an attribute of the first element that has it.
fn attribute<'p>(page: &'p str, name: &str) -> &'p str {
    let value = page.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name} in {page}")).1;
    value.split('"').next().unwrap()
}

/// The token of the desk.
fn token(site: &TestServer) -> String {
    attribute(site.get("/_desk/").split_once("annal-token").unwrap().1, "content").to_owned()
}

/// The answer to a request of the desk to change something.
fn post(site: &TestServer, path: &str, headers: &[(&str, &str)]) -> String {
    let (origin, token) = (format!("http://{}", site.host()), token(site));
    let own = [("Origin", &*origin), ("X-Annal-Token", &*token), ("Content-Length", "0")];
    site.ask("POST", path, &[&own[..], headers].concat())
}

/// A site where the police have sent nothing.
fn site_to_chase() -> TestServer {
    let root = small_site().on_disk();
    fs::remove_file(root.path().join(POLICE)).unwrap();
    TestServer::open(root, |settings| settings.today = "2020-07-02".parse().unwrap())
}

#[test]
fn what_was_chased_is_kept_beside_the_content() {
    let site = site_to_chase();
    let asks = "/_desk/chased/2019-20/agencies/police";
    assert!(site.get("/_desk/").contains(&format!("data-post=\"{asks}\"")));
    let answer = post(&site, asks, &[]);
    assert_eq!((status_of(&answer), body_of(&answer)), (200, "The police: marked as asked on 2 July 2020."));
    let kept = fs::read_to_string(site.root().join("desk.yaml")).unwrap();
    assert!(kept.contains("agencies/police:\n      - on: 2020-07-02\n"), "{kept}");
    let desk = site.get("/_desk/");
    assert!(desk.contains("last asked on 2 July 2020") && desk.contains("We last wrote to you about this"), "{desk}");
    for nobody in ["2019-20/agencies/fire", "2018-19/agencies/police", "2019-20/boards/risk", "x", "../../x"] {
        let answer = post(&site, &format!("/_desk/chased/{nobody}"), &[]);
        assert!(matches!(status_of(&answer), 400 | 404), "{nobody}: {answer}");
    }
    assert_eq!(fs::read_to_string(site.root().join("desk.yaml")).unwrap(), kept);
}

#[test]
fn a_list_that_somebody_broke_is_not_overwritten() {
    let site = site_to_chase();
    fs::write(site.root().join("desk.yaml"), "chased: [").unwrap();
    assert!(site.get("/_desk/").contains("The file desk.yaml, which says who was asked for what, cannot be read."));
    assert_eq!(status_of(&post(&site, "/_desk/chased/2019-20/agencies/police", &[])), 409);
    assert_eq!(fs::read_to_string(site.root().join("desk.yaml")).unwrap(), "chased: [");
}

#[test]
fn nothing_is_changed_for_anybody_else() {
    let site = site_to_chase();
    let (path, origin, token) =
        ("/_desk/chased/2019-20/agencies/police", format!("http://{}", site.host()), token(&site));
    let (own, key) = (("Origin", &*origin), ("X-Annal-Token", &*token));
    for headers in [
        &[][..],
        &[own],
        &[key],
        &[own, ("X-Annal-Token", "0123456789abcdef0123456789abcdef")],
        &[("Origin", "http://evil.example"), key],
        &[("Origin", "null"), key],
        &[own, key, ("Sec-Fetch-Site", "cross-site")],
        &[own, key, ("Host", "evil.example")],
    ] {
        let answer = site.ask("POST", path, &[headers, &[("Content-Length", "0")]].concat());
        assert_eq!(status_of(&answer), 403, "{headers:?}: {answer}");
    }
    for elsewhere in ["/", "/2019-20/", "/_desk/", "/_desk/file/content/site.yaml", "/_annal/events"] {
        assert_eq!(status_of(&post(&site, elsewhere, &[])), 405, "{elsewhere}");
    }
    assert!(!site.root().join("desk.yaml").exists());
}

#[test]
fn a_preview_that_others_can_reach_changes_nothing_unless_it_is_allowed_to() {
    let path = "/_desk/chased/2019-20/agencies/police";
    for allow_writes in [false, true] {
        let root = small_site().on_disk();
        fs::remove_file(root.path().join(POLICE)).unwrap();
        let site = TestServer::open(root, |settings| {
            settings.host = Some("0.0.0.0".to_owned());
            settings.allow_writes = allow_writes;
        });
        let desk = site.get("/_desk/");
        assert_eq!(desk.contains("annal-token") && desk.contains("data-post"), allow_writes);
        let origin = format!("http://{}", site.host());
        let known = if allow_writes { token(&site) } else { String::new() };
        let headers = [("Origin", &*origin), ("X-Annal-Token", &*known), ("Content-Length", "0")];
        assert_eq!(status_of(&site.ask("POST", path, &headers)), if allow_writes { 200 } else { 403 });
        assert_eq!(site.root().join("desk.yaml").exists(), allow_writes);
    }
}

#[test]
fn a_fix_is_shown_and_then_written_unless_the_file_has_changed() {
    let site = TestServer::start();
    let typed = submission("We did:\n\n• train staff\n• write a plan");
    site.write(POLICE, &typed);
    let path = format!("/_desk/fix/{POLICE}");
    site.wait_for("/_desk/", &format!("href=\"{path}\""));
    let shown = site.get(&path);
    assert!(shown.contains("• train staff</del>") && shown.contains("- train staff</ins>"), "{shown}");
    let mark = attribute(&shown, "data-shown").to_owned();
    let read = || fs::read_to_string(site.root().join(POLICE)).unwrap();
    for wrong in [&[][..], &[("X-Annal-Shown", "00")], &[("X-Annal-Shown", "no hash")]] {
        assert_eq!(status_of(&post(&site, &path, wrong)), 409);
    }
    assert_eq!(read(), typed);
    // Somebody saves the file before the preview has noticed, or after it has.
    let edited = typed.replace("a plan", "two plans");
    site.write(POLICE, &edited);
    let answer = post(&site, &path, &[("X-Annal-Shown", &mark)]);
    assert_eq!(status_of(&answer), 409, "{answer}");
    assert!(body_of(&answer).contains("has changed since this page was made, so nothing was written."), "{answer}");
    site.wait_for(&path, "two plans");
    assert_eq!(status_of(&post(&site, &path, &[("X-Annal-Shown", &mark)])), 409);
    assert_eq!(read(), edited);
    let mark = attribute(&site.get(&path), "data-shown").to_owned();
    let answer = post(&site, &path, &[("X-Annal-Shown", &mark)]);
    assert_eq!(status_of(&answer), 200, "{answer}");
    assert_eq!(read(), edited.replace("• ", "- "));
    site.wait_until("there is nothing left to fix", || status_of(&site.get(&path)) == 307);
}

/// The answer to a document that is dropped or pasted on the desk.
fn drop_on_desk(site: &TestServer, query: &str, headers: &[(&str, &str)], document: &[u8]) -> String {
    let (origin, token) = (format!("http://{}", site.host()), token(site));
    let own = [("Origin", &*origin), ("X-Annal-Token", &*token)];
    site.send("POST", &format!("/_desk/intake?{query}"), &[&own[..], headers].concat(), document)
}

/// A document of `tests/intake/people`.
fn document(name: &str) -> Vec<u8> {
    fs::read(support::root().join("tests/intake/people").join(name)).unwrap()
}

#[test]
fn a_document_is_shown_first_and_then_written_as_the_command_writes_it() {
    for name in ["headings.docx", "libre-office.odt", "email.eml", "word-clipboard.html", "outlook-clipboard.html"] {
        let site = site_to_chase();
        let (path, bytes) = (site.root().join(POLICE), document(name));
        let is_pasted = name.ends_with("clipboard.html");
        let query = format!("as=agencies/police&name={}", if is_pasted { "" } else { name });
        let shown = drop_on_desk(&site, &query, &[], &bytes);
        assert_eq!(status_of(&shown), 200, "{name}: {shown}");
        assert!(shown.contains("The police") && shown.contains("This would be a new submission."), "{name}: {shown}");
        assert!(!path.exists(), "{name}: nothing is written before it is asked for");
        let mark = attribute(&shown, "data-saves").to_owned();
        for wrong in [&[][..], &[("X-Annal-Shown", "00")]] {
            assert_eq!(status_of(&drop_on_desk(&site, &format!("{query}&save=1"), wrong, &bytes)), 409, "{name}");
        }
        let answer = drop_on_desk(&site, &format!("{query}&save=1"), &[("X-Annal-Shown", &mark)], &bytes);
        assert_eq!((status_of(&answer), body_of(&answer)), (200, "Taken in: The police."), "{name}");
        let by_desk = fs::read_to_string(&path).unwrap();
        // The command writes the same.
        let other = small_site().on_disk();
        fs::remove_file(other.path().join(POLICE)).unwrap();
        let file = other.path().join(name);
        fs::write(&file, &bytes).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_annal"));
        command.args(["intake", "--quiet", "--as", "agencies/police"]).current_dir(other.path());
        let status = if is_pasted {
            command.arg("-").stdin(fs::File::open(&file).unwrap()).output().unwrap().status
        } else {
            command.arg(&file).output().unwrap().status
        };
        assert!(status.code().is_some_and(|code| code < 2), "{name}");
        assert_eq!(by_desk, fs::read_to_string(other.path().join(POLICE)).unwrap(), "{name}");
    }
}

#[test]
fn what_an_editor_wrote_is_replaced_only_on_purpose_and_not_if_it_changes() {
    let site = TestServer::start();
    let (bytes, query) = (document("headings.docx"), "name=headings.docx&as=agencies/police");
    let shown = drop_on_desk(&site, query, &[], &bytes);
    assert!(shown.contains("Somebody has already written this text.") && !shown.contains("data-saves"), "{shown}");
    assert!(shown.contains("We helped.</del>"), "{shown}");
    let shown = drop_on_desk(&site, &format!("{query}&replace=1"), &[], &bytes);
    let mark = attribute(&shown, "data-saves").to_owned();
    let edited = submission("We helped more.");
    site.write(POLICE, &edited);
    let save = format!("{query}&replace=1&save=1");
    assert_eq!(status_of(&drop_on_desk(&site, &save, &[("X-Annal-Shown", &mark)], &bytes)), 409);
    assert_eq!(fs::read_to_string(site.root().join(POLICE)).unwrap(), edited);
}

#[test]
fn documents_that_cannot_be_taken_in_are_refused_in_plain_words() {
    let site = TestServer::start();
    let check = |query: &str, bytes: &[u8]| drop_on_desk(&site, query, &[], bytes);
    let pdf = check("name=Police%20report.pdf", b"%PDF-1.7");
    assert_eq!(status_of(&pdf), 422);
    assert!(body_of(&pdf).starts_with("Police report.pdf is a PDF, which annal does not read. Ask for the Word file"));
    let unknown = check("name=letter.txt", b"Nothing to see here.");
    assert!(unknown.contains("It does not say whose submission it is."), "{unknown}");
    assert!(unknown.contains("<option value=\"agencies/police\">The police</option>"), "{unknown}");
    let sheet = check("name=a.csv", b"a,b\n1,2\n");
    assert!(sheet.contains("Which table or list is it?") && sheet.contains("<option value=\"attendance\">"), "{sheet}");
    let hostile = check("name=%3Cscript%3E.txt&as=agencies/police&replace=1", b"<script>alert(1)</script> & <b>x</b>");
    assert!(!body_of(&hostile).contains("<script>alert") && !body_of(&hostile).contains("<b>x"), "{hostile}");
    let table = check("name=budget.csv", b"kind,line,amount\nincome,Council,10\nexpenditure,Staff,5\n");
    let mark = attribute(&table, "data-saves").to_owned();
    let bytes = b"kind,line,amount\nincome,Council,10\nexpenditure,Staff,5\n";
    let answer = drop_on_desk(&site, "name=budget.csv&save=1", &[("X-Annal-Shown", &mark)], bytes);
    assert_eq!(body_of(&answer), "Taken in: budget.csv.");
    assert!(site.root().join("content/2019-20/data/budget.csv").exists());
}

#[test]
fn a_translation_is_signed_off_once_its_original_is() {
    let root = small_site().on_disk();
    let signed =
        |text: &str| format!("---\nstatus: signed-off\nsigned_off:\n  by: Chief\n  on: 2019-12-01\n---\n{text}");
    let original = fs::read_to_string(root.path().join(POLICE)).unwrap();
    let body = original.rsplit_once("---\n").map_or(original.as_str(), |(_, body)| body);
    fs::write(root.path().join(POLICE), signed(body)).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_annal"));
    command.args(["sign", "agencies/police", "--by", "Chief", "--on", "2019-12-01"]);
    assert!(command.current_dir(root.path()).output().unwrap().status.success());
    let welsh = POLICE.replace(".md", ".cy.md");
    fs::write(root.path().join(&welsh), body).unwrap();
    let site = TestServer::open(root, |settings| settings.today = "2020-01-01".parse().unwrap());
    let path = "/_desk/sign/2019-20/agencies/police.cy";
    let desk = site.get("/_desk/");
    assert!(desk.contains("The police (cy)") && desk.contains("the translation is ready to be signed off"), "{desk}");
    let entry = desk.split_once(&format!("data-post=\"{path}\"")).unwrap().1;
    let (origin, token) = (format!("http://{}", site.host()), token(&site));
    let headers = [("Origin", &*origin), ("X-Annal-Token", &*token), ("X-Annal-Shown", attribute(entry, "data-shown"))];
    assert_eq!(status_of(&site.send("POST", path, &headers, b"Interpreter")), 200);
    let written = fs::read_to_string(site.root().join(&welsh)).unwrap();
    assert!(written.contains("  by: Interpreter\n  on: 2020-01-01\n  text: \"v1:"), "{written}");
    site.wait_until("it is not to be signed off any more", || !site.get("/_desk/").contains(path));
}

#[test]
fn a_text_is_signed_off_as_it_was_shown() {
    let site = TestServer::start_with(|settings| settings.today = "2020-01-01".parse().unwrap());
    let path = "/_desk/sign/2019-20/agencies/police";
    let read = || fs::read_to_string(site.root().join(POLICE)).unwrap();
    let desk = site.get("/_desk/");
    let entry = desk.split_once(&format!("data-post=\"{path}\"")).unwrap().1;
    let mark = attribute(entry, "data-shown").to_owned();
    let sign = |by: &str, mark: &str| {
        let (origin, token) = (format!("http://{}", site.host()), token(&site));
        let headers = [("Origin", &*origin), ("X-Annal-Token", &*token), ("X-Annal-Shown", mark)];
        site.send("POST", path, &headers, by.as_bytes())
    };
    let before = read();
    assert_eq!(status_of(&sign(" ", &mark)), 422);
    assert_eq!(status_of(&sign("Chief Constable", "00")), 409);
    assert_eq!(read(), before);
    let answer = sign(" Chief  Constable\n", &mark);
    assert_eq!(
        (status_of(&answer), body_of(&answer)),
        (200, "The police: signed off by Chief Constable on 1 January 2020.")
    );
    let by_desk = read();
    // The command writes the same.
    let other = small_site().on_disk();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_annal"));
    command.args(["sign", "agencies/police", "--by", "Chief Constable", "--on", "2020-01-01"]);
    assert!(command.current_dir(other.path()).output().unwrap().status.success());
    assert_eq!(by_desk, fs::read_to_string(other.path().join(POLICE)).unwrap());
    site.wait_until("it is not to be signed off any more", || !site.get("/_desk/").contains(path));
    site.write(POLICE, &by_desk.replace("We helped.", "We helped more."));
    site.wait_for("/_desk/", "changed since it was signed off");
}
