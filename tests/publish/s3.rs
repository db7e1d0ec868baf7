//! Publishing to S3: what is asked for, in which order, and with which headers.

use std::process::Command;

use sha2::{Digest, Sha256};

use crate::proxy::{Moment, Proxy, Request};
use crate::reader::walk;
use crate::servers::{BUCKET, Server, moto_folder};
use crate::westshire::{CANARIES, Westshire, assert_titles_of_a_rollback, differing, everything, files_in};

/// A site that publishes to a prefix of a server, through a proxy.
pub(crate) fn s3_site(proxy: &Proxy, prefix: &str) -> Westshire {
    Westshire::new(&s3_target(proxy, prefix))
}

pub(crate) fn s3_target(proxy: &Proxy, prefix: &str) -> String {
    format!("{{to: \"s3://{BUCKET}/{prefix}\", region: eu-west-2, endpoint: \"http://127.0.0.1:{}\"}}", proxy.port)
}

/// The requests as `METHOD path`, from the prefix on, with `copy` where nothing is sent.
fn shown(requests: &[Request], prefix: &str) -> Vec<String> {
    let below = format!("/{BUCKET}/{prefix}/");
    let show = |request: &Request| {
        let is_copy = request.headers.iter().any(|(name, _)| name == "x-amz-copy-source");
        let method = if is_copy { "copy" } else { request.method.as_str() };
        format!("{method} {}", request.path.strip_prefix(&below).unwrap_or(&request.path))
    };
    requests.iter().map(show).collect()
}

#[test]
fn requests_are_few_and_in_order() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "a");
    let one = site.built();
    site.published(&[]);
    check_signatures(&proxy.requests());
    assert_eq!(walk(|path| server.object("a", path), &[&one]).map(|seen| seen > 20), Ok(true));

    // Unchanged: one read, and no write.
    proxy.cut_at(None);
    site.published(&[]);
    assert_eq!(shown(&proxy.requests(), "a"), ["GET .annal/manifest.json"]);
    proxy.cut_at(None);
    site.published(&["--dry-run"]);
    site.published(&["--status"]);
    assert_eq!(shown(&proxy.requests(), "a"), ["GET .annal/manifest.json"; 2]);

    // Changed: parts before pages, new before changed, front pages after both, removals last.
    site.two();
    let two = site.built();
    proxy.cut_at(None);
    site.published(&[]);
    check_signatures(&proxy.requests());
    let requests = shown(&proxy.requests(), "a");
    let stage = |request: &String| match request.as_str() {
        "GET .annal/manifest.json" => 0,
        _ if request.starts_with("PUT .annal/objects/") || request.starts_with("PUT assets/") => 2,
        _ if request.contains("/media/") => 3,
        "copy 2024-25/agencies/nps/index.html" => 4,
        "copy index.html"
        | "copy 2024-25/index.html"
        | "copy 2023-24/index.html"
        | "copy manifest.json"
        | "copy sitemap.xml"
        | "copy atom.xml"
        | "copy search/site.json"
        | "copy search/2023-24.json"
        | "copy search/2024-25.json" => 6,
        _ if request.starts_with("copy ") => 5,
        _ if request.starts_with("PUT .annal/releases/") => 7,
        _ if request.starts_with("DELETE ") => 8,
        _ => 1,
    };
    let stages: Vec<usize> = requests.iter().map(stage).collect();
    assert_eq!(stages[..2], [0, 1], "{requests:#?}");
    assert_eq!(requests.last().map(String::as_str), Some("PUT .annal/manifest.json"));
    assert!(stages[1..stages.len() - 1].is_sorted(), "{requests:#?}");
    assert!(requests.contains(&"DELETE 2024-25/agencies/fire/index.html".to_owned()));
    assert!(!requests.iter().any(|request| request.starts_with("DELETE assets/")), "{requests:#?}");
    assert_eq!(walk(|path| server.object("a", path), &[&two]).map(|seen| seen > 20), Ok(true));

    // Back: three requests, one for each file that differs, and one for each search index that has titles of pages.
    proxy.cut_at(None);
    assert_titles_of_a_rollback(&site.published(&["--rollback"]));
    check_signatures(&proxy.requests());
    let requests = shown(&proxy.requests(), "a");
    let titles = requests.iter().filter(|request| request.starts_with("GET .annal/objects/")).count();
    assert_eq!(titles, 4, "of what is live, by year and of the site, and of the year that gets a page back");
    assert!(requests.len() <= 3 + differing(&one, &two) + titles, "{} {requests:#?}", differing(&one, &two));
    assert!(!requests.iter().any(|request| request.starts_with("PUT ") && request != "PUT .annal/manifest.json"));
    assert_eq!(walk(|path| server.object("a", path), &[&one]).map(|seen| seen > 20), Ok(true));
}

/// Every request has the signature that `botocore`, AWS's own implementation, gives it, and its body is what was signed.
fn check_signatures(requests: &[Request]) {
    let list = requests.iter().map(|request| {
        let signed = request.headers.iter().find(|(name, _)| name == "x-amz-content-sha256").unwrap();
        assert_eq!(signed.1, format!("{:x}", Sha256::digest(&request.body)), "{}", request.path);
        assert!(!request.path.contains('?'), "nothing of a signature is in an address");
        serde_json::json!({"method": request.method, "path": request.path, "headers": request.headers})
    });
    let list = serde_json::Value::Array(list.collect()).to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("requests.json");
    std::fs::write(&file, list).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/publish/signatures.py");
    let checked =
        Command::new(moto_folder().join("bin/python")).args([script, file.to_str().unwrap()]).envs(CANARIES).output();
    let checked = checked.expect("./tests/run installs Python with moto");
    assert!(checked.status.success(), "{}", everything(&checked));
}

#[test]
fn files_have_their_headers_and_the_cdn_is_told() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let id = server.distribution();
    let target = s3_target(&proxy, "a");
    let site = Westshire::new(&format!("{}, invalidate: \"cloudfront:{id}\"}}", &target[..target.len() - 1]));
    site.write("content/pages/help.md", "---\ntitle: Help\naliases: [/old/help.html]\n---\nHere.\n");
    site.published(&[]);
    let head = |path: &str| server.answer("GET", &format!("/{BUCKET}/a/{path}"), "").unwrap().0.to_ascii_lowercase();
    let page = head("2024-25/agencies/police/index.html");
    assert!(page.contains("content-type: text/html; charset=utf-8"), "{page}");
    assert!(page.contains("cache-control: public, max-age=60, must-revalidate"), "{page}");
    let asset = site.built().into_keys().find(|path| path.starts_with("assets/civic.")).unwrap();
    assert!(head(&asset).contains("cache-control: public, max-age=31536000, immutable"));
    assert!(head("2024-25/media/map.svg").contains("content-type: image/svg+xml; charset=utf-8"));
    let redirect = head("old/help.html");
    assert!(
        redirect.contains("x-amz-website-redirect-location: https://reports.westshire.example/annual/help/"),
        "{redirect}"
    );

    site.one_changed();
    proxy.cut_at(None);
    site.published(&[]);
    let told = proxy.requests().into_iter().find(|request| request.method == "POST").expect("CloudFront is told");
    check_signatures_of_cloudfront(&told);
    let body = String::from_utf8(told.body).unwrap();
    assert!(body.contains("<Path>/annual/2024-25/agencies/fire/</Path>"), "{body}");
    assert!(!body.contains("/assets/"), "{body}");
    let log = server.log();
    let accepted = log.lines().filter(|line| line.contains("/invalidation") && line.contains(" 201 "));
    assert_eq!(accepted.count(), 2, "{log}");
}

fn check_signatures_of_cloudfront(request: &Request) {
    let authorization = &request.headers.iter().find(|(name, _)| name == "authorization").unwrap().1;
    assert!(authorization.contains("/us-east-1/cloudfront/aws4_request"), "{authorization}");
    check_signatures(std::slice::from_ref(request));
}

#[test]
fn a_line_that_loses_requests_does_not_matter() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "a");
    proxy.lose_every(7);
    site.published(&[]);
    assert!(proxy.requests().len() > 70);
    assert_eq!(walk(|path| server.object("a", path), &[&site.built()]).map(|seen| seen > 20), Ok(true));
}

#[test]
fn of_two_publishers_one_is_refused() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let (site, other) = (s3_site(&proxy, "a"), s3_site(&proxy, "a"));
    site.published(&[]);
    site.two();
    other.one_changed();
    // The first one has claimed the place, and is at work.
    proxy.hold(5);
    let first = site.start_publishing();
    while !proxy.wait(|requests, _| requests > 5) {}
    let direct = Proxy::new(server.port);
    other.target(&s3_target(&direct, "a"));
    let refused = other.publish(&["--by", "Sam"]);
    assert_eq!(refused.status.code(), Some(1), "{}", everything(&refused));
    assert!(everything(&refused).contains("somebody else is publishing to this place now"), "{}", everything(&refused));
    assert_eq!(shown(&direct.requests(), "a"), ["GET .annal/manifest.json"]);
    assert!(!other.root().join(".publish.annal").exists());
    // So is a second one from the same folder.
    site.target(&s3_target(&direct, "a"));
    let refused = site.publish(&[]);
    assert!(
        everything(&refused).contains("another `annal publish` from this folder is at work"),
        "{}",
        everything(&refused)
    );
    proxy.release();
    let first = first.wait_with_output().unwrap();
    assert_eq!(first.status.code(), Some(0), "{}", everything(&first));
    assert_eq!(walk(|path| server.object("a", path), &[&site.built()]).map(|seen| seen > 20), Ok(true));
}

#[test]
fn of_two_who_begin_at_once_one_is_refused() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let (site, other) = (s3_site(&proxy, "a"), s3_site(&proxy, "a"));
    // Both have read that nothing is there; the first one's claim waits on its way.
    proxy.hold(1);
    let first = site.start_publishing();
    while !proxy.wait(|requests, _| requests > 1) {}
    let direct = Proxy::new(server.port);
    other.target(&s3_target(&direct, "a"));
    other.published(&[]);
    proxy.release();
    let first = first.wait_with_output().unwrap();
    assert_eq!(first.status.code(), Some(1), "{}", everything(&first));
    assert!(everything(&first).contains("error: somebody else began to publish"), "{}", everything(&first));
}

#[test]
fn keys_are_in_no_output_log_or_file() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "a");
    let mut said = String::new();
    for args in [&["-v"][..], &["--status", "-v"], &["--rollback"], &["s3://nowhere/a"], &["--format", "json"]] {
        said += &everything(&site.publish(args));
    }
    // A service that refuses, and one whose answer repeats what it was sent.
    proxy.cut_at(Some((0, Moment::Before)));
    site.target("{to: \"s3://reports/a\", region: eu-west-2, endpoint: \"http://127.0.0.1:9\"}");
    let mut failing = site.start_publishing();
    std::thread::sleep(std::time::Duration::from_millis(800));
    failing.kill().unwrap();
    said += &everything(&failing.wait_with_output().unwrap());
    said += &server.log();
    for key in server.keys("a") {
        said += &String::from_utf8_lossy(&server.object("a", &key).unwrap());
    }
    for bytes in files_in(site.root()).values() {
        said += &String::from_utf8_lossy(bytes);
    }
    for (_, canary) in CANARIES {
        assert!(!said.contains(canary), "{canary} is in what was said or written");
    }
}
