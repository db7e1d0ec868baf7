//! What cannot be told to be publishable is in no file of a site that is built in spite of errors.

use annal::diagnostic::{RelPath, Severity};
use annal::pipeline::{self, BuildCache, BuildOutput, Options};
use annal::source::SourceTree;

/// Stands in every text that is to be held back.
const SECRET: &str = "Zebrafish";

const SITE: &str = "title: S\nbase_url: https://s.example\nlanguage: en-GB\n";
const REPORT: &str = "title: Report\nperiod: {from: 2022-04-01, to: 2023-03-31}\nboards: []\n\
    agencies:\n  - {id: police, name: Police}\n  - {id: health, name: Health}\n";
const TEXT: &str = "## What we did\n\n- Much.\n\n## What next\n\n- More.\n";
const ANSWERS: &str = "---\nfollow_up:\n  - {commitment: zebrafish-are-counted, outcome: delivered}\n---\n";

/// The text of a submission or page with the secret wherever a text can be, and with `front` in its front matter.
fn secret(front: &str) -> String {
    format!(
        "---\ntitle: {SECRET}\nsummary: On {SECRET}\naliases: [/old-{SECRET}/]\n{front}\n---\n\
         {SECRET} opens.\n\n## What we did\n\n![{SECRET}](../media/{SECRET}.svg)\n\n## What next\n\n- {SECRET} are counted.\n"
    )
}

fn build(files: &[(&str, &str)], options: Options) -> BuildOutput {
    let tree = SourceTree::from_texts(files.iter().copied());
    pipeline::build(&tree, Vec::new(), &Options { force: true, ..options }, &mut BuildCache::default())
}

fn options() -> Options {
    Options::new("2026-01-01".parse().unwrap())
}

/// The output files that hold the secret, whatever its case, in their path or their text.
fn leaks(built: &BuildOutput) -> Vec<String> {
    let holds = |text: &str| text.to_lowercase().contains(&SECRET.to_lowercase());
    let files = built.output.files.iter();
    let leaking = files.filter(|(path, bytes)| holds(path.as_str()) || holds(&String::from_utf8_lossy(bytes)));
    leaking.map(|(path, _)| path.to_string()).collect()
}

/// The errors of a build, by code and file.
fn errors(built: &BuildOutput) -> Vec<String> {
    let errors = built.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| format!("{} {}", found.code, found.location.file)).collect()
}

/// A site of two years, whose files are overlaid with some others.
fn site<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![
        ("content/site.yaml", SITE),
        ("content/pages/about.md", "---\ntitle: About\n---\n[a](../2022-23/agencies/police.md) [b](/2022-23/)\n"),
        ("content/2022-23/report.yaml", REPORT),
        ("content/2022-23/agencies/police.md", TEXT),
        ("content/2022-23/agencies/health.md", TEXT),
        ("content/2023-24/report.yaml", REPORT),
        ("content/2023-24/agencies/police.md", TEXT),
        ("content/2023-24/agencies/health.md", TEXT),
    ];
    for (path, text) in others {
        files.retain(|(known, _)| known != path);
        files.push((path, text));
    }
    files
}

/// What somebody might write who means a draft.
const DOUBTFUL_STATUS: &[&str] = &[
    "status: drfat",
    "status: [draft]",
    "status: {draft: yes}",
    "stauts: draft",
    "Status: draft",
    "status : DRAFT",
    "status_of_text: signed-off",
    "state: draft",
    "draft: true",
    "status: submitted\nstatus: draft",
    "status: draft\nbroken: [",
    "author:\n  status: draft",
    "broken: \"\n  status: draft",
    "status:",
    "status: ~",
    "embargo: 2099-01-01",
    "publish: false",
    "hidden: true",
];

#[test]
fn a_submission_whose_status_is_in_doubt_is_in_no_file() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for front in DOUBTFUL_STATUS {
        let sent = secret(front);
        let files =
            site(&[("content/2022-23/agencies/police.md", &sent), ("content/2022-23/media/Zebrafish.svg", svg)]);
        let built = build(&files, options());
        assert_eq!(leaks(&built), [""; 0], "{front}");
        let errors = errors(&built);
        let is_own = |error: &&String| error.ends_with("2022-23/agencies/police.md");
        assert!(errors.iter().any(|error| is_own(&error)), "{front}: {errors:?}");
        assert!(!errors.iter().any(|error| error.starts_with("broken-link")), "{front}: {errors:?}");
        let with_drafts = build(&files, Options { drafts: true, ..options() });
        assert!(!leaks(&with_drafts).is_empty(), "{front}: drafts were asked for");
    }
}

#[test]
fn a_page_whose_status_is_in_doubt_is_in_no_file() {
    for front in DOUBTFUL_STATUS {
        let page = secret(front);
        for location in ["content/pages/plan.md", "content/2022-23/pages/plan.md"] {
            let built = build(&site(&[(location, &page)]), options());
            assert_eq!(leaks(&built), [""; 0], "{location}: {front}");
            assert!(!errors(&built).is_empty(), "{location}: {front}");
        }
    }
    let unclosed = secret("status: draft").replacen("\n---\n", "\n\n", 1);
    assert_eq!(leaks(&build(&site(&[("content/pages/plan.md", &unclosed)]), options())), [""; 0]);
}

#[test]
fn front_matter_that_does_not_begin_on_the_first_line_holds_back() {
    for head in [
        "%% Draft, do not publish\n---\nstatus: draft\n---\n",
        "# Police\n\n---\nstatus: draft\n---\n",
        "Some words.\n---\nstatus: drafts\n---\n",
        " ---\n status: draft\n ---\n",
        "status: draft\n\n",
        "--- yaml\nstatus: draft\n---\n",
        "+++\nstatus = draft\n+++\n",
        "```yaml\nstatus: draft\n```\n",
        "---\rstatus: draft\r---\r",
    ] {
        let sent = format!("{head}{}", secret("").split_once("\n---\n").unwrap().1);
        let built = build(&site(&[("content/2022-23/agencies/police.md", &sent)]), options());
        assert_eq!(leaks(&built), [""; 0], "{head}");
        assert!(errors(&built).iter().any(|error| error.ends_with("2022-23/agencies/police.md")), "{head}");
    }
    let prose = format!("Status: delivered in full.\n\n{}", secret("").split_once("\n---\n").unwrap().1);
    assert!(!leaks(&build(&site(&[("content/2022-23/agencies/police.md", &prose)]), options())).is_empty());
}

#[test]
fn a_year_whose_embargo_is_in_doubt_is_in_no_file() {
    let sent = secret("status: signed-off");
    for line in [
        "embargo: nonsense",
        "embargo: 15/01/2027",
        "embargo: 2027-02-30",
        "embargo: [2027-01-15]",
        "embargo: {until: 2027-01-15}",
        "embrago: 2027-01-15",
        "Embargo: 2027-01-15",
        "embargo_until: 2027-01-15",
        "embargoed: yes",
        "embargo: 2020-01-01\nembargo: 2027-01-15",
        "limits:\n  embargo: 2027-01-15",
        "embargo: 2027-01-15\nbroken: [",
        "\tembargo: 2027-01-15",
        "embargo: 2027-01-15 9 o'clock",
        "embargo:",
        "embargo: ~ # to be settled",
        "status: draft",
        "\"embargo date\": 2027-01-15",
        "\"embargo\u{200b}\": 2027-01-15",
    ] {
        let report = format!("{}{line}\n", REPORT.replace("Report", SECRET));
        let files = site(&[
            ("content/2022-23/report.yaml", &report),
            ("content/2022-23/agencies/police.md", &sent),
            ("content/2022-23/media/Zebrafish.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ]);
        let built = build(&files, options());
        assert_eq!(leaks(&built), [""; 0], "{line}");
        let errors = errors(&built);
        assert!(errors.iter().any(|error| error.ends_with("2022-23/report.yaml")), "{line}: {errors:?}");
        assert!(!errors.iter().any(|error| error.starts_with("broken-link")), "{line}: {errors:?}");
        let embargoed = build(&files, Options { embargoed: true, ..options() });
        assert!(!leaks(&embargoed).is_empty(), "{line}: embargoed years were asked for");
    }
}

#[test]
fn an_embargo_holds_until_its_moment() {
    let sent = secret("status: signed-off");
    for (moment, today, is_held) in [
        ("2026-01-01", "2026-01-01", false),
        ("2026-01-02", "2026-01-01", true),
        ("2026-01-01T09:00", "2026-01-01", true),
        ("2026-01-01 09:00+00:00", "2026-01-02", false),
        ("2026-01-01T23:00:00-05:00", "2026-01-02", true),
        ("2026-06-01T00:00:00+01:00", "2026-06-01", false),
        ("2026-06-01T00:00Z", "2026-06-01", false),
    ] {
        let report = format!("{}embargo: {moment}\n", REPORT.replace("Report", SECRET));
        let files = site(&[("content/2022-23/report.yaml", &report), ("content/2022-23/agencies/police.md", &sent)]);
        let about = "content/pages/about.md";
        let files: Vec<_> = files.into_iter().filter(|(path, _)| *path != about).collect();
        let built = build(&files, Options::new(today.parse().unwrap()));
        assert_eq!(leaks(&built).is_empty(), is_held, "{moment} on {today}");
        assert!(!errors(&built).iter().any(|error| error.contains("report.yaml")), "{moment}: {:?}", errors(&built));
    }
}

#[test]
fn what_is_expired_and_faulty_elsewhere_is_built() {
    let report = format!("{REPORT}# embargo: 2027-01-15\nembargo: 2020-01-01\nunknown: 1\n");
    let sent = secret("# status: draft once\nunknown: 1");
    let files = site(&[("content/2022-23/report.yaml", &report), ("content/2022-23/agencies/police.md", &sent)]);
    assert!(!leaks(&build(&files, options())).is_empty());
}

#[test]
fn last_years_promises_stay_with_a_draft_of_last_year() {
    let answers = format!("{ANSWERS}{TEXT}");
    for (report, front) in
        [(REPORT.to_owned(), "status: draft"), (format!("{REPORT}embargo: 2027-01-15\n"), "order: 1")]
    {
        let sent = secret(front).replace("order: 1\n", "");
        let files = site(&[
            ("content/2022-23/report.yaml", &report),
            ("content/2022-23/agencies/police.md", &sent),
            ("content/2022-23/agencies/health.md", &sent),
            ("content/2023-24/agencies/police.md", &answers),
        ]);
        let built = build(&files, options());
        // An answer names what it answers for, and so is held back with it.
        assert_eq!(leaks(&built), [""; 0]);
        let pages = ["2023-24/commitments/index.html", "2023-24/agencies/health/index.html"];
        for page in pages {
            let html = String::from_utf8_lossy(built.output.get(page).unwrap()).to_string();
            assert!(!html.contains("Zebrafish are counted."), "{page}");
        }
    }
}

#[test]
fn a_translation_is_held_back_as_its_original_is() {
    let translated = secret("title: T").replace("title: T\n", "");
    let files = |report: &'static str, status: &str| {
        let translated = translated.replacen("---\n", &format!("---\n{status}\n"), 1);
        let welsh_report = REPORT.replace("Report", "Adroddiad");
        (report, welsh_report, translated)
    };
    for (report, status) in [
        (Box::leak(format!("{REPORT}embargo: 2027-01-15\n").into_boxed_str()) as &'static str, ""),
        (Box::leak(format!("{REPORT}embargo: nonsense\n").into_boxed_str()), ""),
        (REPORT, "status: drfat"),
        (REPORT, "stauts: draft"),
    ] {
        let (report, welsh, sent) = files(report, status);
        let built = build(
            &site(&[
                ("content/2022-23/report.yaml", report),
                ("content/2022-23/report.cy.yaml", &welsh),
                ("content/2022-23/agencies/police.cy.md", &sent),
            ]),
            options(),
        );
        assert_eq!(leaks(&built), [""; 0], "{status}");
    }
}

/// A page of a site that is built.
fn page(built: &BuildOutput, path: &str) -> String {
    String::from_utf8_lossy(built.output.get(path).unwrap()).to_string()
}

#[test]
fn what_is_there_and_not_published_is_not_called_missing() {
    let (sent_nothing, not_yet) = ("Nothing was sent for this year.", "What was sent is not published yet.");
    for front in ["status: draft", "status: drfat", "stauts: draft"] {
        let sent = secret(front);
        let built = build(&site(&[("content/2023-24/agencies/police.md", &sent)]), options());
        for path in ["2023-24/index.html", "2023-24/agencies/index.html", "2023-24/print/index.html"] {
            let html = page(&built, path);
            assert!(html.contains(not_yet) && !html.contains(sent_nothing), "{front}: {path}");
        }
    }
    let health = "content/2023-24/agencies/health.md";
    let files: Vec<_> = site(&[]).into_iter().filter(|(path, _)| *path != health).collect();
    for (is_unread, told, untold) in [(true, not_yet, sent_nothing), (false, sent_nothing, not_yet)] {
        let mut tree = SourceTree::from_texts(files.iter().copied());
        if is_unread {
            tree.unreadable.insert(RelPath::new(health));
        }
        let built =
            pipeline::build(&tree, Vec::new(), &Options { force: true, ..options() }, &mut BuildCache::default());
        let html = page(&built, "2023-24/agencies/index.html");
        assert!(html.contains(told) && !html.contains(untold), "{is_unread}");
    }
}

#[test]
fn silence_and_drafts_are_counted_as_no_update() {
    let promise = "## What we did\n\n- Much.\n\n## What next\n\n- Train all officers.\n- Hire two nurses.\n";
    let answers = "follow_up:\n  - {commitment: train-all-officers, outcome: delivered}\n";
    let draft = format!("---\nstatus: draft\n{answers}---\n{promise}");
    let full = format!("---\n{answers}---\n{promise}");
    let before = [("content/2022-23/agencies/police.md", promise), ("content/2022-23/agencies/health.md", promise)];
    let of_police = ("content/2023-24/agencies/police.md", full.as_str());
    let leaver = REPORT.replace("  - {id: health, name: Health}\n", "");
    for other in [
        ("content/2023-24/agencies/health.md", draft.as_str()),
        ("content/2023-24/agencies/health.txt", ""),
        ("content/2023-24/report.yaml", leaver.as_str()),
    ] {
        let files = site(&[before[0], before[1], of_police, other]);
        let is_kept = |path: &str| other.0.ends_with("health.md") || path != "content/2023-24/agencies/health.md";
        let files: Vec<_> = files.into_iter().filter(|(path, _)| is_kept(path)).collect();
        let built = build(&files, options());
        let html = page(&built, "2023-24/commitments/index.html");
        assert!(html.contains("<b>1</b> <span class=\"outcome delivered\">"), "{}: {html}", other.0);
        assert!(html.contains("<b>3</b> <span class=\"outcome unanswered\">"), "{}: {html}", other.0);
        let csv = page(&built, "trends/commitments.csv");
        let of_year = csv.lines().find(|line| line.starts_with("2022-23"));
        assert_eq!(of_year, Some("2022-23,1,0,0,0,3,0,4"), "{csv}");
    }
}

#[test]
fn a_year_that_is_not_the_last_is_named() {
    let answers = format!("---\nfollow_up:\n  - {{commitment: more, outcome: delivered}}\n---\n{TEXT}");
    let files = [("content/2024-25/report.yaml", REPORT), ("content/2024-25/agencies/police.md", &answers)];
    let gap: Vec<_> = site(&files).into_iter().filter(|(path, _)| !path.starts_with("content/2023-24/")).collect();
    for (files, is_named) in [(site(&files), false), (gap, true)] {
        let built = build(&files, options());
        for path in ["2024-25/commitments/index.html", "2024-25/agencies/police/index.html", "2024-25/print/index.html"]
        {
            let html = page(&built, path);
            assert_eq!(html.contains("What became of the commitments made in 2022-23"), is_named, "{path}");
            assert_eq!(html.contains("What became of last year"), !is_named, "{path}");
        }
    }
}
