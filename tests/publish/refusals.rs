//! What is not published, and what is said of it.

use std::fs;

use crate::westshire::{Westshire, everything};

/// A site that publishes to a zip.
fn site() -> Westshire {
    Westshire::new("{to: \"file:www\"}")
}

/// Publishing must be refused, with an exit status and these words, and nothing may be sent.
fn refused(site: &Westshire, args: &[&str], status: i32, words: &str) {
    let link = || fs::read_link(site.root().join("www/current")).ok();
    let before = link();
    for dry_run in [&["--dry-run"][..], &[]] {
        let output = site.publish(&[args, dry_run].concat());
        let said = everything(&output);
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(said.contains("= help: "), "{said}");
        assert_eq!(link(), before);
    }
}

#[test]
fn a_site_with_errors_is_not_published() {
    let site = site();
    site.write("content/2024-25/agencies/fire.md", "Nothing.\n");
    refused(&site, &[], 1, "error: nothing was published: the site has");
    let json = site.publish(&["--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json.status.code(), &value["published"]), (Some(1), &false.into()));
}

#[test]
fn a_text_that_changed_since_it_was_signed_off_is_not_published() {
    let site = site();
    let fire = site.root().join("content/2024-25/agencies/fire.md");
    let signed = site.annal(&["sign", "agencies/fire", "--by", "Chief Fire Officer"]);
    assert!(signed.status.success(), "{}", everything(&signed));
    site.published(&[]);
    let text = fs::read_to_string(&fire).unwrap();
    fs::write(&fire, format!("{text}\n- Fit 40 more smoke alarms.\n")).unwrap();
    refused(&site, &[], 1, "content/2024-25/agencies/fire.md has changed since being signed off");
    let report = site.root().join("content/2024-25/report.yaml");
    let waiver = "waivers: [{code: stale-sign-off, file: agencies/fire.md, reason: They agreed by email.}]\n";
    fs::write(&report, format!("{}{waiver}", fs::read_to_string(&report).unwrap())).unwrap();
    let said = site.published(&[]);
    assert!(said.contains("Release"), "{said}");
}

#[test]
fn a_site_that_gives_a_suppressed_count_away_is_not_published() {
    let site = site();
    site.write("content/indicators.yaml", "- {id: concerns, name: Concerns received, unit: concerns, people: true}\n");
    let table = "indicator,period,breakdown,value,note\nconcerns,2024-25,,20,\nconcerns,2024-25,age: under 85,17,\n\
                 concerns,2024-25,age: 85 and over,3,\n";
    site.write("content/2024-25/data/indicators.csv", table);
    site.published(&[]);
    let typed = "Concerns received, by age:\n\n| age | 2024-25 |\n| --- | --- |\n| 85 and over | 3 |\n";
    let text = format!("## What have we done?\n\n{typed}\n## What will we do next?\n\n- Meet.\n");
    site.write("content/2024-25/boards/risk.md", &text);
    let words = "1 suppressed count could be worked out from what would be published: Concerns received, 2024-25, \
                 age: 85 and over";
    refused(&site, &[], 1, words);
    refused(&site, &["--year", "2024-25"], 1, words);
    site.published(&["--allow-disclosure"]);
}

/// The front page, the feed and the trends are published with one year, and show others too.
#[test]
fn what_nobody_publishes_is_not_shown_on_the_pages_of_all_years() {
    let site = site();
    site.published(&[]);
    let report = site.root().join("content/2024-25/report.yaml");
    let text = fs::read_to_string(&report).unwrap();
    fs::write(&report, format!("{text}headline: What nobody has agreed yet.\n")).unwrap();
    site.write(
        "content/2023-24/boards/risk.md",
        "## What have we done?\n\nWe met twice.\n\n## What will we do next?\n\n- A.\n",
    );
    let words = "2024-25 has changed too, and pages of all years, such as the front page and the trends, would show it";
    refused(&site, &["--year", "2023-24"], 1, words);
    fs::write(&report, text).unwrap();
    site.published(&["--year", "2023-24"]);
}

#[test]
fn an_address_that_nobody_changed_is_not_published() {
    let site = site();
    for url in
        ["https://example.org", "https://example.org/", "https://fill-in.example", "https://fill-in.example/report"]
    {
        site.write("content/site.yaml", &format!("title: T\nbase_url: {url}\ntheme: own\n"));
        refused(&site, &["zip:a.zip"], 1, "the example that `annal new site` wrote");
    }
    // A target may have an address of its own.
    site.write(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org\ntheme: own\npublish: {live: {to: \"file:www\", base_url: \"https://a.example\"}}\n",
    );
    site.published(&[]);
    let page = fs::read_to_string(site.root().join("www/current/sitemap.xml")).unwrap();
    assert!(page.contains("https://a.example/"));
}

#[test]
fn what_is_held_back_is_left_out_and_named() {
    let site = site();
    let report = site.root().join("content/2024-25/report.yaml");
    let text = fs::read_to_string(&report).unwrap();
    fs::write(&report, format!("{text}embargo: 2099-01-15\n")).unwrap();
    let said = site.published(&[]);
    assert!(said.contains("Left out: 2024-25 (under embargo until 15 January 2099)\n"), "{said}");
    assert!(!site.root().join("www/current/2024-25").exists());
    refused(&site, &["--year", "2024-25"], 1, "2024-25 is under embargo until 15 January 2099, so it is not published");
    // Once it is live it does not disappear by an embargo.
    fs::write(&report, &text).unwrap();
    site.published(&[]);
    fs::write(&report, format!("{text}state: preparing\n")).unwrap();
    refused(&site, &["--allow-removals"], 1, "because their year is now left out: 2024-25 (in preparation)");

    let site = self::site();
    for year in ["2023-24", "2024-25"] {
        let report = site.root().join(format!("content/{year}/report.yaml"));
        let text = fs::read_to_string(&report).unwrap();
        fs::write(&report, format!("{text}embargo: 2099-01-15\n")).unwrap();
    }
    refused(&site, &[], 1, "there is no report to publish; left out: 2023-24 (under embargo");
}

#[test]
fn more_than_a_third_of_the_pages_goes_only_if_somebody_says_so() {
    let site = site();
    site.published(&[]);
    fs::remove_dir_all(site.root().join("content/2023-24")).unwrap();
    refused(&site, &[], 1, "that are live would be removed, more than a third");
    site.published(&["--allow-removals"]);
    assert!(!site.root().join("www/current/2023-24").exists());
}

#[test]
fn targets_that_do_not_do_are_named() {
    let site = site();
    refused(&site, &["lvie"], 2, "did you mean `live`?");
    refused(
        &site,
        &["ftp://host/a"],
        2,
        "the address must begin with `file:`, `zip:`, `s3:` or `sftp:`, but is `ftp://host/a`",
    );
    refused(&site, &["s3://bucket/a"], 2, "the bucket's region is not known");
    let output = site.command(&["publish", "s3://bucket/a"]).env_remove("AWS_ACCESS_KEY_ID").output().unwrap();
    assert!(everything(&output).contains("there are none"), "{}", everything(&output));
    site.write("content/site.yaml", "title: T\nbase_url: https://a.example\ntheme: own\n");
    refused(&site, &[], 2, "this site has no place to publish to");
    fs::create_dir_all(site.root().join("there/current")).unwrap();
    let output = site.publish(&["file:there"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(everything(&output).contains("is there, and is not a link"), "{}", everything(&output));
}

#[test]
fn settings_of_targets_are_in_no_output() {
    let canaries = ["canary-bucket", "canary-region", "canary.endpoint", "ECANARY"];
    let target = "{to: \"s3://canary-bucket/x\", region: canary-region, endpoint: \"https://canary.endpoint\", \
                  invalidate: \"cloudfront:ECANARY\"";
    // Also where they are written wrongly, and the site is built in spite of it.
    for (target, options) in
        [(format!("{target}}}"), &["-q"][..]), (format!("{target}, too: much}}"), &["-q", "--force"])]
    {
        let site = Westshire::new(&target);
        let built = site.annal(&[&["build"], options].concat());
        assert!(site.root().join("output/index.html").exists(), "{}", everything(&built));
        for (path, bytes) in crate::westshire::files_in(&site.root().join("output")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!canaries.iter().any(|canary| text.contains(canary)), "{path}");
        }
    }
}
