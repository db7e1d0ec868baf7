//! What cannot be told to be publishable is in no file of a site that is built in spite of errors.

mod support;

use annal::{MemoryBuild, Options, RelPath, Severity};
use support::site::Site;
use support::text_of;

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

fn options() -> Options {
    support::forced("2026-01-01")
}

/// The output files that hold the secret, whatever its case, in their path or their text.
fn leaks(built: &MemoryBuild) -> Vec<String> {
    let holds = |text: &str| text.to_lowercase().contains(&SECRET.to_lowercase());
    let files = built.output.files.iter();
    let leaking = files.filter(|(path, bytes)| holds(path.as_str()) || holds(&String::from_utf8_lossy(bytes)));
    leaking.map(|(path, _)| path.to_string()).collect()
}

/// The errors of a build, by code and file.
fn errors(built: &MemoryBuild) -> Vec<String> {
    let errors = built.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| format!("{} {}", found.code, found.location.file)).collect()
}

/// A site of two years.
fn site() -> Site {
    Site::from([
        ("content/site.yaml", SITE),
        ("content/pages/about.md", "---\ntitle: About\n---\n[a](../2022-23/agencies/police.md) [b](/2022-23/)\n"),
        ("content/2022-23/report.yaml", REPORT),
        ("content/2022-23/agencies/police.md", TEXT),
        ("content/2022-23/agencies/health.md", TEXT),
        ("content/2023-24/report.yaml", REPORT),
        ("content/2023-24/agencies/police.md", TEXT),
        ("content/2023-24/agencies/health.md", TEXT),
    ])
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
        let site =
            site().file("content/2022-23/agencies/police.md", sent).file("content/2022-23/media/Zebrafish.svg", svg);
        let built = site.build(&options());
        assert_eq!(leaks(&built), [""; 0], "{front}");
        let errors = errors(&built);
        let is_own = |error: &&String| error.ends_with("2022-23/agencies/police.md");
        assert!(errors.iter().any(|error| is_own(&error)), "{front}: {errors:?}");
        assert!(!errors.iter().any(|error| error.starts_with("broken-link")), "{front}: {errors:?}");
        let with_drafts = site.build(&Options { drafts: true, ..options() });
        assert!(!leaks(&with_drafts).is_empty(), "{front}: drafts were asked for");
    }
}

#[test]
fn a_page_whose_status_is_in_doubt_is_in_no_file() {
    for front in DOUBTFUL_STATUS {
        let page = secret(front);
        for place in ["content/pages/plan.md", "content/2022-23/pages/plan.md"] {
            let built = site().file(place, page.as_str()).build(&options());
            assert_eq!(leaks(&built), [""; 0], "{place}: {front}");
            assert!(!errors(&built).is_empty(), "{place}: {front}");
        }
    }
    let unclosed = secret("status: draft").replacen("\n---\n", "\n\n", 1);
    assert_eq!(leaks(&site().file("content/pages/plan.md", unclosed).build(&options())), [""; 0]);
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
        "---\n---\nstatus: draft\n---\n",
        "---\ntitle: Police\n---\n\n---\nstatus: drfat\n---\n",
    ] {
        let sent = format!("{head}{}", secret("").split_once("\n---\n").unwrap().1);
        let built = site().file("content/2022-23/agencies/police.md", sent).build(&options());
        assert_eq!(leaks(&built), [""; 0], "{head}");
        assert!(errors(&built).iter().any(|error| error.ends_with("2022-23/agencies/police.md")), "{head}");
    }
    let prose = format!("Status: delivered in full.\n\n{}", secret("").split_once("\n---\n").unwrap().1);
    assert!(!leaks(&site().file("content/2022-23/agencies/police.md", prose).build(&options())).is_empty());
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
        let site = site()
            .file("content/2022-23/report.yaml", report)
            .file("content/2022-23/agencies/police.md", sent.as_str())
            .file("content/2022-23/media/Zebrafish.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        let built = site.build(&options());
        assert_eq!(leaks(&built), [""; 0], "{line}");
        let errors = errors(&built);
        assert!(errors.iter().any(|error| error.ends_with("2022-23/report.yaml")), "{line}: {errors:?}");
        assert!(!errors.iter().any(|error| error.starts_with("broken-link")), "{line}: {errors:?}");
        let embargoed = site.build(&Options { embargoed: true, ..options() });
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
        let site = site()
            .without("content/pages/about.md")
            .file("content/2022-23/report.yaml", report)
            .file("content/2022-23/agencies/police.md", sent.as_str());
        let built = site.build(&support::forced(today));
        assert_eq!(leaks(&built).is_empty(), is_held, "{moment} on {today}");
        assert!(!errors(&built).iter().any(|error| error.contains("report.yaml")), "{moment}: {:?}", errors(&built));
    }
}

#[test]
fn what_is_expired_and_faulty_elsewhere_is_built() {
    let report = format!("{REPORT}# embargo: 2027-01-15\nembargo: 2020-01-01\nunknown: 1\n");
    let sent = secret("# status: draft once\nunknown: 1");
    let site = site().file("content/2022-23/report.yaml", report).file("content/2022-23/agencies/police.md", sent);
    assert!(!leaks(&site.build(&options())).is_empty());
}

#[test]
fn last_years_promises_stay_with_a_draft_of_last_year() {
    let answers = format!("{ANSWERS}{TEXT}");
    for (report, front) in
        [(REPORT.to_owned(), "status: draft"), (format!("{REPORT}embargo: 2027-01-15\n"), "order: 1")]
    {
        let sent = secret(front).replace("order: 1\n", "");
        let site = site()
            .file("content/2022-23/report.yaml", report)
            .file("content/2022-23/agencies/police.md", sent.as_str())
            .file("content/2022-23/agencies/health.md", sent)
            .file("content/2023-24/agencies/police.md", answers.as_str());
        let built = site.build(&options());
        // An answer names what it answers for, and so is held back with it.
        assert_eq!(leaks(&built), [""; 0]);
        let pages = ["2023-24/commitments/index.html", "2023-24/agencies/health/index.html"];
        for page in pages {
            assert!(!text_of(&built.output, page).contains("Zebrafish are counted."), "{page}");
        }
    }
}

#[test]
fn a_translation_is_held_back_as_its_original_is() {
    let translated = secret("title: T").replace("title: T\n", "");
    for (embargo, status) in
        [("embargo: 2027-01-15\n", ""), ("embargo: nonsense\n", ""), ("", "status: drfat"), ("", "stauts: draft")]
    {
        let sent = translated.replacen("---\n", &format!("---\n{status}\n"), 1);
        let site = site()
            .file("content/2022-23/report.yaml", format!("{REPORT}{embargo}"))
            .file("content/2022-23/report.cy.yaml", REPORT.replace("Report", "Adroddiad"))
            .file("content/2022-23/agencies/police.cy.md", sent);
        assert_eq!(leaks(&site.build(&options())), [""; 0], "{embargo}{status}");
    }
}

#[test]
fn what_is_there_and_not_published_is_not_called_missing() {
    let (sent_nothing, not_yet) = ("No report received for this year.", "Report received, but not published yet.");
    for front in ["status: draft", "status: drfat", "stauts: draft"] {
        let sent = secret(front);
        let built = site().file("content/2023-24/agencies/police.md", sent).build(&options());
        assert_eq!(leaks(&built), [""; 0], "{front}");
        for path in ["2023-24/agencies/index.html", "2023-24/print/index.html"] {
            let html = text_of(&built.output, path);
            assert!(html.contains(not_yet) && !html.contains(sent_nothing), "{front}: {path}");
        }
        // The front page lists names only, and says of none of them what it sent.
        let html = text_of(&built.output, "2023-24/index.html");
        assert!(html.contains("<li>Police</li>") && !html.contains(sent_nothing), "{front}");
    }
    let health = "content/2023-24/agencies/health.md";
    let site = site().without(health);
    for (is_unread, told, untold) in [(true, not_yet, sent_nothing), (false, sent_nothing, not_yet)] {
        let mut tree = site.tree();
        if is_unread {
            tree.unreadable.insert(RelPath::new(health));
        }
        let built = support::build(&tree, &options());
        let html = text_of(&built.output, "2023-24/agencies/index.html");
        assert!(html.contains(told) && !html.contains(untold), "{is_unread}");
    }
}

#[test]
fn silence_and_drafts_are_counted_as_no_update() {
    let promise = "## What we did\n\n- Much.\n\n## What next\n\n- Train all officers.\n- Hire two nurses.\n";
    let answers = "follow_up:\n  - {commitment: train-all-officers, outcome: delivered}\n";
    let draft = format!("---\nstatus: draft\n{answers}---\n{promise}");
    let full = format!("---\n{answers}---\n{promise}");
    let site = site()
        .file("content/2022-23/agencies/police.md", promise)
        .file("content/2022-23/agencies/health.md", promise)
        .file("content/2023-24/agencies/police.md", full)
        .without("content/2023-24/agencies/health.md");
    let leaver = REPORT.replace("  - {id: health, name: Health}\n", "");
    for (path, text) in [
        ("content/2023-24/agencies/health.md", draft.as_str()),
        ("content/2023-24/agencies/health.txt", ""),
        ("content/2023-24/report.yaml", leaver.as_str()),
    ] {
        let built = site.clone().file(path, text).build(&options());
        let html = text_of(&built.output, "2023-24/commitments/index.html");
        assert!(html.contains("<b>1</b> <span class=\"outcome delivered\">"), "{path}: {html}");
        assert!(html.contains("<b>3</b> <span class=\"outcome unanswered\">"), "{path}: {html}");
        let csv = text_of(&built.output, "trends/commitments.csv");
        let of_year = csv.lines().find(|line| line.starts_with("2022-23"));
        assert_eq!(of_year, Some("2022-23,1,0,0,0,3,0,4"), "{csv}");
    }
}

#[test]
fn a_year_that_is_not_the_last_is_named() {
    let answers = format!("---\nfollow_up:\n  - {{commitment: more, outcome: delivered}}\n---\n{TEXT}");
    let three_years =
        site().file("content/2024-25/report.yaml", REPORT).file("content/2024-25/agencies/police.md", answers);
    let mut gap = three_years.clone();
    gap.files.retain(|path, _| !path.starts_with("content/2023-24/"));
    for (site, is_named) in [(three_years, false), (gap, true)] {
        let built = site.build(&options());
        for path in ["2024-25/commitments/index.html", "2024-25/agencies/police/index.html", "2024-25/print/index.html"]
        {
            let html = text_of(&built.output, path);
            assert_eq!(html.contains("Progress on the commitments made in 2022-23"), is_named, "{path}");
            assert_eq!(html.contains("Progress on last year"), !is_named, "{path}");
        }
    }
}

#[test]
fn what_is_wrong_in_the_settings_of_publishing_is_on_no_page() {
    let wrong = "{to: 5, Zebrafish: 1, zebrafish: 1}";
    let anchored = format!("title: S\nbase_url: https://s.example\nspare: &it {wrong}\npublish: {{live: *it}}\n");
    let settings = [
        format!("title: S\nbase_url: https://s.example\npublish:\n  live: {wrong}\n"),
        format!("  title: S\n  base_url: https://s.example\n  publish:\n    live: {wrong}\n"),
        format!("{{title: S, base_url: 'https://s.example',\n  'publish': {{\n    live: {wrong}}}}}\n"),
        anchored.replace("title", "extra: [{}]\ntitle").replace("spare: &it", "licence: &it"),
        "title: S\nbase_url: https://s.example\npublish:\n  live: {to: 'zebrafish:1\n".to_owned(),
    ];
    for text in settings {
        let built = Site::new().file("content/site.yaml", &*text).file("content/2022-23/report.yaml", REPORT);
        let built = built.build(&options());
        assert!(errors(&built).iter().any(|error| error.contains("site.yaml")), "{text}: {:?}", errors(&built));
        assert_eq!(leaks(&built), Vec::<String>::new(), "{text}");
        for (path, page) in support::pages(&built.output) {
            assert!(!page.contains("must begin with"), "{text}: {path}");
        }
    }
}

/// The pictures and documents in a built site that are called after the secret.
fn held_files_published(built: &MemoryBuild) -> Vec<&str> {
    let files = built.output.files.keys().chain(built.output.unread.keys()).map(RelPath::as_str);
    files.filter(|path| path.contains("Zebrafish.")).collect()
}

/// A site with a picture and a document in each place where they can be.
fn site_with_files() -> Site {
    let files = ["content", "content/2022-23", "content/2023-24"].map(|place| {
        let picture = (format!("{place}/media/{SECRET}.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        [picture, (format!("{place}/documents/{SECRET}.csv"), "a,b\n1,2\n")]
    });
    files.into_iter().flatten().fold(site(), |site, (path, text)| site.file(&path, text))
}

/// Links to the picture and the document in every place, with nothing that names the secret otherwise.
fn links_to_all() -> String {
    let links = ["", "2022-23/", "2023-24/"]
        .map(|place| format!("![a](@/{place}media/{SECRET}.svg) [b](@/{place}documents/{SECRET}.csv)\n"));
    links.concat()
}

#[test]
fn files_that_only_unbuilt_texts_link_to_are_held_back_wherever_they_are() {
    let links = links_to_all();
    let held = site_with_files().build(&options());
    assert_eq!(held_files_published(&held).len(), 6, "nobody links to them");
    let draft = |text: &str| format!("---\ntitle: T\nstatus: draft\n---\n{links}\n{text}");
    let of_held_year = format!("{links}\n{TEXT}");
    let sent = draft(TEXT).replace("title: T\n", "");
    let (year, page) = ("content/2024-25/report.yaml", "content/2024-25/pages/a.md");
    let preparing = format!("{REPORT}state: preparing\n");
    let embargoed = format!("{REPORT}embargo: 2027-01-15\n");
    let purpose = |report: &str| {
        let board = format!("boards:\n  - {{id: risk, name: Risk, purpose: '{}'}}", links.replace('\n', " "));
        report.replace("boards: []", &board)
    };
    for (what, files) in [
        ("a draft page of a year", vec![("content/2022-23/pages/a.md", draft(""))]),
        ("a draft page of the site", vec![("content/pages/a.md", draft(""))]),
        ("a draft submission", vec![("content/2022-23/agencies/health.md", sent.clone())]),
        ("a draft translation", vec![("content/2022-23/agencies/police.cy.md", sent.clone())]),
        ("the draft translation of a page", vec![("content/pages/about.cy.md", draft(""))]),
        (
            "the translation of a draft",
            vec![
                ("content/2022-23/agencies/police.md", format!("---\nstatus: draft\n---\n{TEXT}")),
                ("content/2022-23/agencies/police.cy.md", of_held_year.clone()),
                ("content/pages/about.md", "---\ntitle: About\n---\nA.\n".to_owned()),
            ],
        ),
        (
            "a page of a year in preparation",
            vec![(year, preparing.clone()), (page, draft("").replace("draft", "submitted"))],
        ),
        ("a page under embargo", vec![(year, embargoed.clone()), (page, draft("").replace("draft", "submitted"))]),
        ("the report of a year in preparation", vec![(year, purpose(&preparing))]),
    ] {
        let site = files.iter().fold(site_with_files(), |site, (path, text)| site.file(path, text.as_str()));
        let built = site.build(&options());
        assert_eq!(held_files_published(&built), [""; 0], "{what}");
        assert_eq!(leaks(&built), [""; 0], "{what}");
        let everything = Options { drafts: true, embargoed: true, preparing: true, ..options() };
        assert!(held_files_published(&site.build(&everything)).len() >= 6, "{what}: everything was asked for");
        let shown = site.file("content/pages/shown.md", format!("---\ntitle: S\n---\n{links}"));
        let built = shown.build(&options());
        let files = held_files_published(&built).into_iter().filter(|path| !path.starts_with("cy/"));
        assert_eq!(files.count(), 6, "{what}: a page that is built links to them too");
    }
}
