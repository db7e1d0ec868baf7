//! A site appears on disk whole or not at all: whatever else is in the folder, whoever else writes, and whenever the
//! build is killed.

#![allow(clippy::disallowed_methods, reason = "these tests are about the disk")]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use annal::{OutputFile, OutputSink, OutputTree, RelPath, StagedSite, WriteError, WriteSummary, manifest};
use tempfile::TempDir;

/// A site of these files, with its manifest.
fn site(files: &[(&str, &str)]) -> OutputTree {
    let mut tree = OutputTree::default();
    for (path, text) in files {
        tree.insert_text(RelPath::new(path), *text);
    }
    tree.insert_text(RelPath::new("manifest.json"), manifest(&tree));
    tree
}

/// Writes a site into a folder, as a build does: file by file.
fn write(tree: &OutputTree, target: &Path, waiting: impl FnOnce() + Send) -> Result<WriteSummary, WriteError> {
    let staged = StagedSite::open(target, waiting)?;
    let files = tree.files.iter().filter(|(path, _)| path.as_str() != "manifest.json");
    for (path, bytes) in files {
        staged.put(OutputFile::new(path.clone(), bytes.clone()))?;
    }
    staged.commit()
}

/// Writes a site into `output` of the folder.
fn put(tree: &OutputTree, folder: &TempDir) -> Result<(usize, usize, usize), WriteError> {
    let written = write(tree, &folder.path().join("output"), || panic!("nobody else writes here"))?;
    assert_eq!(names(folder.path()), ["output"], "nothing is left beside the site");
    Ok((written.written, written.kept, written.removed))
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// Every file below a folder that is no dot-file at its top, as a site.
fn read_back(folder: &Path) -> OutputTree {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut tree = OutputTree::default();
    for file in files {
        let path = RelPath::new(file.path().strip_prefix(folder).unwrap().to_str().unwrap());
        if !path.as_str().starts_with('.') {
            tree.insert(path, fs::read(file.path()).unwrap());
        }
    }
    tree
}

/// Sets a file's time stamp far back, so that a later write would show.
fn age(file: &Path) -> SystemTime {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    fs::File::options().write(true).open(file).unwrap().set_modified(long_ago).unwrap();
    long_ago
}

#[test]
fn the_folder_holds_the_site_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let first = site(&[("index.html", "one"), ("2019-20/boards/risk/index.html", "risk"), ("old/page.html", "gone")]);
    assert_eq!(put(&first, &folder).unwrap(), (4, 0, 0));
    assert_eq!(read_back(&folder.path().join("output")), first);

    let second = site(&[("index.html", "two"), ("2019-20/boards/risk/index.html", "risk"), ("new/page.html", "come")]);
    assert_eq!(put(&second, &folder).unwrap(), (3, 1, 1));
    assert_eq!(read_back(&folder.path().join("output")), second);
    assert!(!folder.path().join("output/old").exists(), "a folder without files goes too");
}

#[test]
fn files_that_did_not_change_keep_their_time_stamps() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    put(&site(&[("a.html", "same"), ("b.html", "old")]), &folder).unwrap();
    let long_ago = age(&output.join("a.html"));
    age(&output.join("b.html"));
    put(&site(&[("a.html", "same"), ("b.html", "new")]), &folder).unwrap();
    let modified = |name| fs::metadata(output.join(name)).unwrap().modified().unwrap();
    assert_eq!(modified("a.html"), long_ago);
    assert!(modified("b.html") > long_ago);
}

#[cfg(unix)]
#[test]
fn where_nothing_changed_nothing_is_touched() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let tree = site(&[("index.html", "one")]);
    put(&tree, &folder).unwrap();
    let inode = || fs::metadata(folder.path().join("output")).unwrap().ino();
    let before = inode();
    assert_eq!(put(&tree, &folder).unwrap(), (0, 2, 0));
    assert_eq!(inode(), before);
}

#[test]
fn what_annal_did_not_write_is_never_replaced() {
    // (what lies in the folder after a build, what the error must say)
    for (file, says) in [
        ("notes.txt", "contains `notes.txt`, which annal did not write"),
        ("2019-20/minutes.docx", "contains `2019-20/minutes.docx`, which annal did not write"),
        ("2019-20/.hidden", "contains `2019-20/.hidden`, which annal did not write"),
        ("index.html", "`index.html` in"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        put(&site(&[("index.html", "one"), ("2019-20/index.html", "year")]), &folder).unwrap();
        fs::write(output.join(file), "the work of weeks").unwrap();
        let before = read_back(&output);
        for next in [site(&[("index.html", "two")]), site(&[])] {
            let error = put(&next, &folder).unwrap_err();
            assert!(error.to_string().contains(says), "{file}: {error}");
            assert!(error.help().is_some());
            assert_eq!(read_back(&output), before);
        }
    }
}

#[test]
fn folders_of_other_programs_are_refused() {
    for (file, text) in [
        ("index.html", "somebody's homepage"),
        ("manifest.json", r#"{"name": "a web app"}"#),
        ("manifest.json", r#"{"files": {}}"#),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        fs::create_dir(&output).unwrap();
        fs::write(output.join(file), text).unwrap();
        fs::write(output.join("z.txt"), "").unwrap();
        let error = put(&site(&[("index.html", "one")]), &folder).unwrap_err();
        assert!(matches!(error, WriteError::Foreign { .. }), "{error}");
        assert_eq!(fs::read_to_string(output.join(file)).unwrap(), text);
    }
}

#[test]
fn dot_files_at_the_top_are_carried_along() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    fs::create_dir_all(output.join(".well-known/deep")).unwrap();
    for file in [".gitignore", ".nojekyll", ".well-known/deep/security.txt"] {
        fs::write(output.join(file), file).unwrap();
    }
    let long_ago = age(&output.join(".gitignore"));
    for text in ["one", "two"] {
        put(&site(&[("index.html", text)]), &folder).unwrap();
        for file in [".gitignore", ".nojekyll", ".well-known/deep/security.txt"] {
            assert_eq!(fs::read_to_string(output.join(file)).unwrap(), file);
        }
        assert_eq!(fs::metadata(output.join(".gitignore")).unwrap().modified().unwrap(), long_ago);
    }
    assert_eq!(names(&output), [".gitignore", ".nojekyll", ".well-known", "index.html", "manifest.json"]);
}

#[test]
fn targets_are_made_and_links_followed() {
    let folder = tempfile::tempdir().unwrap();
    let tree = site(&[("index.html", "one")]);
    let deep = folder.path().join("not/yet/there");
    write(&tree, &deep, || ()).unwrap();
    assert_eq!(read_back(&deep), tree);

    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&deep, &link).unwrap();
        let next = site(&[("index.html", "two")]);
        write(&next, &link, || ()).unwrap();
        assert_eq!(read_back(&deep), next);
        assert!(link.is_symlink());

        let dangling = folder.path().join("dangling");
        std::os::unix::fs::symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(matches!(write(&tree, &dangling, || ()), Err(WriteError::BadTarget { .. })));

        // A link inside the old site was made by somebody else, and what it leads to is not ours to replace.
        std::os::unix::fs::symlink("/etc/passwd", deep.join("passwd")).unwrap();
        assert!(matches!(write(&tree, &deep, || ()), Err(WriteError::Foreign { .. })));
    }
}

#[test]
fn unwritable_targets_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "a file").unwrap();
    let tree = site(&[("index.html", "one")]);
    for target in
        [file.clone(), file.join("below"), "/".into(), folder.path().join("..").join("..").join("..").join("..")]
    {
        assert!(write(&tree, &target, || ()).is_err(), "{}", target.display());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "a file");
}

/// Runs `write_again_and_again` below in a process of its own.
fn writer(folder: &TempDir, limit: &str) -> Child {
    let this = std::env::current_exe().unwrap();
    Command::new("bash")
        .args(["-c", &format!("{limit} exec \"$0\" --exact write_again_and_again --ignored"), this.to_str().unwrap()])
        .env("ANNAL_TEST_FOLDER", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Two sites of which a process writes now the one, now the other.
fn two_sites() -> [OutputTree; 2] {
    ["one", "two"].map(|name| {
        let pages = (0..120).map(|i| (format!("2019-20/agencies/{name}-{i}/index.html"), format!("{name} {i}")));
        let shared = (0..120)
            .map(|i| (format!("shared/{i}.html"), if i % 2 == 0 { "same".to_owned() } else { name.to_owned() }));
        let files: Vec<_> = pages.chain(shared).collect();
        site(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
    })
}

#[test]
#[ignore = "no test of its own: other tests run it in a process that they kill"]
fn write_again_and_again() {
    let Ok(folder) = std::env::var("ANNAL_TEST_FOLDER") else { return };
    let sites = two_sites();
    for round in 0.. {
        write(&sites[round % 2], &Path::new(&folder).join("output"), || ()).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let sites = two_sites();
    fs::create_dir(&output).unwrap();
    fs::write(output.join(".gitignore"), "*").unwrap();
    write(&sites[0], &output, || ()).unwrap();
    let mut interrupted = 0;
    for round in 0..60 {
        let mut child = writer(&folder, "");
        // Spread over start and several rounds of writing; what matters is only that the moments differ.
        std::thread::sleep(Duration::from_micros(4_000 + 731 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += usize::from(folder.path().join(".output.annal").exists());
        let found = read_back(&output);
        assert!(sites.contains(&found), "round {round}: the folder holds neither site but {} files", found.files.len());
        assert_eq!(fs::read_to_string(output.join(".gitignore")).unwrap(), "*");
    }
    assert!(interrupted > 10, "only {interrupted} kills met a build at work");
    write(&sites[0], &output, || ()).unwrap();
    assert_eq!(names(folder.path()), ["output"], "the next build clears what killed ones left");
}

#[cfg(unix)]
#[test]
fn two_builds_at_once_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let sites = two_sites();
    let mut others = [writer(&folder, ""), writer(&folder, "")];
    for round in 0..20 {
        write(&sites[round % 2], &output, || ()).unwrap();
    }
    for other in &mut others {
        assert!(other.try_wait().unwrap().is_none(), "no writer failed");
        other.kill().unwrap();
        other.wait().unwrap();
    }
    assert!(sites.contains(&read_back(&output)));
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let sites = two_sites();
    write(&sites[0], &output, || ()).unwrap();
    // No file may grow beyond 1 KiB (in blocks of 1 KiB), which the manifest does; the signal is passed over, so that
    // the write fails as on a full disk.
    let status = writer(&folder, "trap '' XFSZ; ulimit -f 1;").wait().unwrap();
    assert!(!status.success());
    assert_eq!(read_back(&output), sites[0]);
    assert_eq!(names(folder.path()), ["output"]);
}
