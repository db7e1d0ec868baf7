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
