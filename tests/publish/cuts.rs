//! The line is cut, or the machine goes down, at every request in turn.

use std::time::Instant;

use crate::proxy::{Moment, Proxy};
use crate::reader::walk;
use crate::s3::{s3_site, s3_target};
use crate::servers::{BUCKET, Server};
use crate::westshire::{Files, Westshire, differing, everything};

/// How a test looks at the objects below a prefix.
type Look<'a> = &'a dyn Fn(&str, &str) -> Option<Vec<u8>>;

/// Publishes the first version to a prefix of its own, then cuts the second off. A reader must find a whole site then and
/// after another run. Returns `false` if the second version was published before the cut.
fn cut(site: &Westshire, proxy: &Proxy, look: Look<'_>, versions: &[Files; 2], at: (usize, Moment)) -> bool {
    let prefix = format!("cut-{}-{:?}", at.0, at.1);
    let what = format!("cut at {at:?}");
    proxy.cut_at(None);
    site.target(&s3_target(proxy, &prefix));
    site.one();
    site.published(&[]);
    site.two();
    proxy.cut_at(Some(at));
    let mut child = site.start_publishing();
    while !proxy.wait(|_, is_cut| is_cut) {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let fetch = |path: &str| look(&prefix, path);
    let seen = walk(fetch, &[&versions[0], &versions[1]]);
    assert_eq!(seen.as_ref().map(|seen| *seen > 20), Ok(true), "{what}: {seen:?}");
    // The files of the release that can be made live again are there too, at their addresses or in the store.
    proxy.cut_at(None);
    let again = site.publish(&[]);
    assert_eq!(again.status.code(), Some(0), "{what}: {}", everything(&again));
    let seen = walk(fetch, &[&versions[1]]);
    assert_eq!(seen.as_ref().map(|seen| *seen > 20), Ok(true), "{what}, again: {seen:?}");
    for (path, bytes) in &versions[1] {
        assert_eq!(fetch(path).as_ref(), Some(bytes), "{what}, again: {path}");
    }
    for path in versions[0].keys().filter(|path| !versions[1].contains_key(*path)) {
        assert_eq!(fetch(path).is_some(), path.starts_with("assets/"), "{what}, again: {path}");
    }
    proxy.cut_at(None);
    site.published(&[]);
    assert_eq!(proxy.requests().len(), 1, "{what}: the run after it has nothing to do");
    site.published(&["--rollback"]);
    let seen = walk(fetch, &[&versions[0]]);
    assert_eq!(seen.as_ref().map(|seen| *seen > 20), Ok(true), "{what}, back: {seen:?}");
    true
}

/// Both versions as they are built.
fn versions(site: &Westshire) -> [Files; 2] {
    let one = site.built();
    site.two();
    [one, site.built()]
}

const MOMENTS: [Moment; 3] = [Moment::Before, Moment::Within, Moment::After];

#[test]
fn a_sample_of_cuts_leaves_a_whole_site() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "first");
    let versions = versions(&site);
    assert!(differing(&versions[0], &versions[1]) > 20);
    let look = |prefix: &str, path: &str| server.object(prefix, path);
    // Around the claim, in the store, in each stage, around the removals and the manifest.
    for (index, request) in [1, 2, 9, 30, 41, 55, 62, 68, 70, 71].into_iter().enumerate() {
        cut(&site, &proxy, &look, &versions, (request, MOMENTS[index % 3]));
    }
}

/// Cuts at every request in turn.
fn sweep(server: &Server, look: Look<'_>) {
    let begun = Instant::now();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "first");
    let versions = versions(&site);
    let mut cuts = 0;
    for request in 0.. {
        let was_cut = MOMENTS.map(|moment| cut(&site, &proxy, look, &versions, (request, moment)));
        cuts += was_cut.iter().filter(|was_cut| **was_cut).count();
        if !was_cut[0] {
            break;
        }
    }
    println!("{cuts} cuts in {} s", begun.elapsed().as_secs());
    assert!(cuts > 150);
}

#[test]
#[ignore = "run by `tests/soak publish`"]
fn every_cut_leaves_a_whole_site_on_moto() {
    let server = Server::moto();
    sweep(&server, &|prefix, path| server.object(prefix, path));
}

#[test]
#[ignore = "run by `tests/soak publish`"]
fn every_cut_leaves_a_whole_site_on_s3s() {
    let server = Server::s3s();
    // It lets nobody read without a signature, and keeps objects as files.
    sweep(&server, &|prefix, path| std::fs::read(server.folder.path().join(BUCKET).join(prefix).join(path)).ok());
}

#[test]
#[ignore = "run by `tests/soak publish`"]
fn a_dead_line_is_given_up_after_twenty_seconds() {
    let server = Server::moto();
    let proxy = Proxy::new(server.port);
    let site = s3_site(&proxy, "a");
    proxy.cut_at(Some((20, Moment::After)));
    let begun = Instant::now();
    let output = site.publish(&[]);
    let seconds = begun.elapsed().as_secs();
    println!("{seconds} s: {}", everything(&output));
    assert_eq!(output.status.code(), Some(2));
    assert!((18..30).contains(&seconds), "{seconds} s");
    assert!(everything(&output).contains("run the same command again"), "{}", everything(&output));
}

#[test]
#[ignore = "run by `tests/soak publish`"]
fn twenty_five_thousand_files_are_published_in_a_minute() {
    let server = Server::s3s();
    let proxy_free = server.port;
    let site = Westshire::new(&format!(
        "{{to: \"s3://{BUCKET}/a\", region: eu-west-2, endpoint: \"http://127.0.0.1:{proxy_free}\"}}"
    ));
    for number in 0..25_000 {
        site.write(
            &format!("content/static/f/{}/{number}.html", number % 100),
            &format!("<title>{number}</title>").repeat(100),
        );
    }
    let log = site.root().join("time");
    let mut command = std::process::Command::new("/usr/bin/time");
    command
        .args(["-v", "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_annal"))
        .args(["publish", "-v"])
        .current_dir(site.root());
    let [key, secret, _] = crate::westshire::CANARIES;
    let begun = Instant::now();
    let output = command.envs([key, secret]).output().unwrap();
    let seconds = begun.elapsed().as_secs();
    assert_eq!(output.status.code(), Some(0), "{}", everything(&output));
    let said = std::fs::read_to_string(log).unwrap();
    let memory = said.lines().find(|line| line.contains("Maximum resident")).unwrap_or_default();
    println!("{seconds} s, {memory}\n{}", everything(&output));
    assert!(seconds < 60, "{seconds} s");
}
