//! Publishing over SFTP.

use std::fs;
use std::time::Duration;

use crate::reader::walk;
use crate::servers::Server;
use crate::westshire::{Files, Westshire, assert_titles_of_a_rollback, everything, files_in};

/// A site that publishes to a folder of a server.
fn sftp_site(server: &Server) -> Westshire {
    let user = String::from_utf8(std::process::Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
    let folder = server.folder.path().join("srv/my report");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    let target = format!("{{to: \"sftp://{}@127.0.0.1:{}{}\"}}", user.trim(), server.port, folder.display());
    let mut site = Westshire::new(&target);
    site.programs = Some(server.folder.path().join("bin"));
    site
}

/// What the web server there shows.
fn live(server: &Server) -> Files {
    files_in(&fs::canonicalize(server.folder.path().join("srv/my report/current")).unwrap())
}

fn shows(server: &Server, files: &Files) -> bool {
    let live = live(server);
    files.iter().all(|(path, bytes)| live.get(path) == Some(bytes))
}

#[test]
fn a_folder_of_another_machine_holds_releases_like_one_of_this() {
    let server = Server::sshd();
    let site = sftp_site(&server);
    site.write("content/static/odd [name] {a,b} 'q' #1.txt", "odd\n");
    let one = site.built();
    site.published(&["--by", "Jo Bloggs"]);
    assert_eq!(live(&server), one);
    assert!(site.published(&[]).contains("is up to date"));
    site.two();
    let two = site.built();
    site.published(&[]);
    assert!(shows(&server, &two));
    assert!(!live(&server).contains_key("2024-25/agencies/fire/index.html"));
    assert_titles_of_a_rollback(&site.published(&["--rollback"]));
    assert!(shows(&server, &one));
    let status = site.published(&["--status"]);
    assert!(status.contains(", by a rollback, "), "{status}");
    let own = files_in(&server.folder.path().join("srv/my report/.annal"));
    assert_eq!(own.into_keys().collect::<Vec<_>>(), ["manifest.json"], "no lock is left behind");
}

#[test]
fn a_run_that_is_killed_leaves_one_whole_site_and_the_next_one_finishes() {
    let server = Server::sshd();
    let site = sftp_site(&server);
    let versions = [site.built(), {
        site.two();
        site.built()
    }];
    site.one();
    site.published(&[]);
    for round in 0..5 {
        site.version_of(round);
        let mut child = site.start_publishing();
        std::thread::sleep(Duration::from_millis(500 + 450 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let shown = fs::canonicalize(server.folder.path().join("srv/my report/current")).unwrap();
        let seen = walk(|path| fs::read(shown.join(path)).ok(), &[&versions[0], &versions[1]]);
        assert_eq!(seen.map(|seen| seen > 20), Ok(true));
        site.published(&["--allow-removals"]);
        assert!(shows(&server, &versions[usize::from(round % 2 == 0)]));
    }
}

#[test]
fn a_name_is_never_a_command() {
    let server = Server::sshd();
    let site = sftp_site(&server);
    site.write("content/static/a\n!touch mark\nb/c.txt", "c\n");
    let refused = site.publish(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", everything(&refused));
    assert!(everything(&refused).contains("it contains a line break"), "{}", everything(&refused));
    assert!(!site.root().join("mark").exists());
}

#[test]
fn what_cannot_be_read_is_not_taken_for_nothing() {
    let server = Server::sshd();
    let site = sftp_site(&server);
    site.published(&[]);
    let before = live(&server);
    site.two();
    let manifest = server.folder.path().join("srv/my report/.annal/manifest.json");
    let kept = fs::read(&manifest).unwrap();
    let check = || {
        for arguments in [&[][..], &["--status"], &["--rollback"]] {
            let output = site.publish(arguments);
            let said = everything(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("error: sftp to ") && said.contains("manifest.json"), "{said}");
        }
        assert_eq!(live(&server), before);
    };
    fs::remove_file(&manifest).unwrap();
    // Nobody can read a folder as a file, nor what is at the beginning of a program's memory.
    fs::create_dir(&manifest).unwrap();
    check();
    fs::remove_dir(&manifest).unwrap();
    #[cfg(target_os = "linux")]
    {
        std::os::unix::fs::symlink("/proc/self/mem", &manifest).unwrap();
        check();
        fs::remove_file(&manifest).unwrap();
    }
    fs::write(&manifest, kept).unwrap();
    site.published(&["--allow-removals"]);
    assert_ne!(live(&server), before);
}

#[test]
fn somebody_elses_lock_is_respected_for_a_minute() {
    let server = Server::sshd();
    let site = sftp_site(&server);
    site.published(&[]);
    site.two();
    let own = server.folder.path().join("srv/my report/.annal");
    let lock = |seen: i64| {
        fs::write(own.join("lock-theirs"), format!("{{\"token\":\"theirs\",\"by\":\"Sam\",\"seen\":{seen}}}")).unwrap();
        _ = fs::remove_file(own.join("lock"));
        std::os::unix::fs::symlink("lock-theirs", own.join("lock")).unwrap();
    };
    let now = jiff::Timestamp::now().as_second();
    lock(now);
    let refused = site.publish(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", everything(&refused));
    assert!(everything(&refused).contains("error: Sam is publishing to this place now"), "{}", everything(&refused));
    lock(now - 61);
    site.published(&[]);
}

#[test]
fn a_key_that_is_not_known_there_is_not_tried_for_long() {
    let server = Server::sshd();
    let mut site = sftp_site(&server);
    let bin = tempfile::tempdir().unwrap();
    let script = "#!/bin/sh\nexec /usr/bin/sftp -o IdentitiesOnly=yes -o IdentityFile=/nonexistent -o \
                  StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \"$@\"\n";
    fs::write(bin.path().join("sftp"), script).unwrap();
    fs::set_permissions(bin.path().join("sftp"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    site.programs = Some(bin.path().to_owned());
    let output = site.publish(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(everything(&output).contains("add your key to the SSH agent"), "{}", everything(&output));
}
