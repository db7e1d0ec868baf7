//! Pages in another language: counts take the form that the language has for the number, on pages and in charts, and
//! texts that have not been translated are marked with their own language.

mod support;

use annal::SourceTree;
use regex::Regex;
use support::site::Site;
use support::{build, forced, pages as pages_of, text_of};

/// The texts of a Welsh site whose report has as many seats, meetings, members and commitments as `number`: the page of
/// its governance, the page of attendance, and the page of commitments.
fn pages(number: usize) -> [String; 3] {
    let repeated = |text: fn(usize) -> String| (1..=number).map(text).collect::<String>();
    let meetings = repeated(|n| format!(",2023-{:02}", n + 3));
    let row = |n| format!("Aelod {n},Cyngor{}\n", ",yes".repeat(number));
    let members: String = (1..=number).map(row).collect();
    let commitments = repeated(|n| format!("- Gwneud peth {n}.\n"));
    let files = [
        ("content/site.yaml", "title: Safle\nbase_url: https://example.org\nlanguage: cy\n".to_owned()),
        (
            "content/2023-24/report.yaml",
            "title: Adroddiad\nperiod: {from: 2023-04-01, to: 2024-03-31}\nboards: []\n\
             agencies: [{id: cyngor, name: Cyngor}]\n"
                .to_owned(),
        ),
        ("content/2023-24/governance.yaml", format!("bodies:\n  - {{id: bwrdd, name: Bwrdd, seats: {number}}}\n")),
        ("content/2023-24/data/attendance.csv", format!("member,organisation{meetings}\n{members}")),
        ("content/2023-24/agencies/cyngor.md", format!("## What we did\n\nGwaith.\n\n## What next?\n\n{commitments}")),
    ];
    let tree = SourceTree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    let output = build(&tree, &forced("2024-12-01")).output;
    let page = |part: &str| {
        let path = format!("2023-24/{part}/index.html");
        let is_built = output.files.contains_key(path.as_str());
        if is_built { text_of(&output, &path).to_owned() } else { String::new() }
    };
    [page("governance"), page("attendance"), page("commitments")]
}

#[test]
fn welsh_counts_have_six_forms() {
    for (number, seats, meetings, commitments) in [
        (0, "dim seddi", "", ""),
        (1, "1 sedd", "Un aelod, un cyfarfod:", "1 ymrwymiad"),
        (2, "2 sedd", "2 aelod, 2 gyfarfod:", "2 ymrwymiad"),
        (3, "3 sedd", "3 aelod, 3 chyfarfod:", "3 ymrwymiad"),
        (6, "6 sedd", "6 aelod, 6 chyfarfod:", "6 ymrwymiad"),
        (7, "7 sedd", "7 aelod, 7 cyfarfod:", "7 ymrwymiad"),
    ] {
        let [governance, attendance, follow_up] = pages(number);
        assert!(governance.contains(seats), "{number}: {governance}");
        assert!(attendance.contains(meetings), "{number}: {attendance}");
        assert!(follow_up.contains(commitments), "{number}: {follow_up}");
    }
}

/// What is inside elements with `lang="en-GB"`, taken out of a page. Elements inside of the same name are counted.
fn without_english(page: &str) -> String {
    let start = Regex::new(r#"<(\w+)[^>]* lang="en-GB"[^>]*>"#).unwrap();
    let mut rest = page.to_owned();
    while let Some(found) = start.captures(&rest) {
        let (opening, name) = (found.get(0).unwrap().range(), found[1].to_owned());
        let tag = Regex::new(&format!(r"<(/?){name}\b[^>]*>")).unwrap();
        let mut open = 0;
        let end = tag.captures_iter(&rest[opening.start..]).find_map(|tag| {
            open += if tag[1].is_empty() { 1 } else { -1 };
            (open == 0).then(|| opening.start + tag.get(0).unwrap().end())
        });
        rest.replace_range(opening.start..end.unwrap_or(opening.end), "");
    }
    rest
}

#[test]
fn what_has_not_been_translated_is_read_out_in_its_own_language() {
    // Only the front matter and text of this file are English: all else of the site is in Welsh.
    const ENGLISH: &str = "---\nsummary: Zebra summary.\nfollow_up:\n  - {commitment: meet-in-schools, \
        outcome: delivered, note: Zebra note.}\n---\n## What we did\n\nZebra text.\n\n\
        - Zebra work. {priority: neglect}\n\n## What next?\n\n- Zebra promise. {priority: neglect}\n";
    let site = Site::open("tests/sites/bilingual").file("content/2023-24/boards/children.md", ENGLISH);
    let output = site.build(&forced("2026-11-18")).output;
    let mut seen = Vec::new();
    for (path, page) in pages_of(&output).filter(|(path, _)| path.as_str().starts_with("cy/")) {
        let main = &page[page.find("<main").unwrap_or_default()..];
        if main.contains("Zebra") {
            seen.push(path.as_str());
            let welsh = without_english(main);
            assert!(!welsh.contains("Zebra"), "{path}: {welsh}");
        }
    }
    let told = ["boards/children/", "boards/", "commitments/", "print/", "priorities/neglect/"];
    for part in told {
        let path = format!("cy/2023-24/{part}index.html");
        assert!(seen.contains(&path.as_str()), "{path} is not in {seen:?}");
    }
}
