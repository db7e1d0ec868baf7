//! What must not be published, put everywhere that somebody could write it, in every spelling: all of it is flagged, and
//! none of it is in any file of a site that is built in spite of it, nor in any answer of the preview.
//!
//! Files are searched as their readers see them, and by code of the test's own: a page without its tags and with its
//! entities resolved, JSON without its escapes, and everything by its letters and digits alone.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use annal::format::{github, human, json, sarif};
use annal::{BuildCache, Code, Diagnostic, DiagnosticList, MemoryBuild, Options, SourceTree};
use support::server::{TestServer, body_of, status_of};
use support::site::Site;
use support::{build, text_of};

/// A kind of personal data: the number-th example of it. No two are alike.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: &[Kind] = &[
    ("NHS number", nhs_number),
    ("telephone", |number| format!("01632 960{number:03}")),
    ("email", |number| format!("jo.smith{number}@private.example")),
    ("postcode", |number| format!("MK9 {}{}", number % 10, pair(number / 10))),
    ("National Insurance number", |number| format!("AB 12 34 {:02} {}", number % 100, letter(number / 100))),
    ("date of birth", |number| format!("DOB {} March {}", number % 28 + 1, 1950 + number / 28)),
    ("initials", |number| format!("Child {}.{}.{}.", letter(number), letter(number / 26), letter(number / 3 + 1))),
];

/// A letter of the alphabet.
fn letter(at: usize) -> char {
    ('A'..='Z').nth(at % 26).unwrap()
}

/// Two letters that a postcode may end with.
fn pair(number: usize) -> String {
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    [number % 20, number / 20 % 20].map(|at| char::from(letters[at])).iter().collect()
}

/// A number with the check digit that an NHS number must have.
fn nhs_number(number: usize) -> String {
    let mut tried = 0;
    loop {
        let digits = format!("943{:06}", number * 12 + tried);
        let sum: u32 = digits.bytes().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        match 11 - sum % 11 {
            10 => tried += 1,
            check => return format!("{} {} {}{}", &digits[..3], &digits[3..6], &digits[6..], check % 11),
        }
    }
}

/// How the places of a template spell what is put there: `{plain}`, `{wrap2}` (parted by a line's end and two spaces) …
fn spelt(spelling: &str, secret: &str) -> String {
    let first = |from: &str, to: &str| {
        if secret.contains(from) { secret.replacen(from, to, 1) } else { secret.to_owned() }
    };
    match spelling {
        "plain" => secret.to_owned(),
        "wrap" => first(" ", "\n"),
        "wrap2" => first(" ", "\n  "),
        "wrap4" => first(" ", "\n    "),
        "wrap8" => first(" ", "\n        "),
        "quote" => first(" ", "\n> "),
        "double" => secret.replace(' ', "  "),
        "fixed" => secret.replace(' ', "\u{a0}"),
        "thin" => secret.replace(' ', "\u{2009}"),
        "unseen" => format!("{}\u{200b}{}", &secret[..2], &secret[2..]),
        "soft" => format!("{}\u{ad}{}", &secret[..2], &secret[2..]),
        "wide" => secret.chars().map(wide).collect(),
        "bold" => match secret.rsplit_once(' ') {
            Some((first, last)) => format!("{first} **{last}**"),
            None => format!("**{secret}**"),
        },
        "entity" => format!("&#{};{}", secret.as_bytes()[0], &secret[1..]),
        "code" => format!("`{secret}`"),
        "yaml" => first(" ", "\\u0020").replacen('@', "\\x40", 1),
        "bare" => secret.replace(' ', ""),
        "slug" => secret.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
        _ => panic!("no spelling `{spelling}`"),
    }
}

fn wide(c: char) -> char {
    if c.is_ascii_digit() { char::from_u32(0xff10 + u32::from(c) - u32::from('0')).unwrap() } else { c }
}

/// The files of a site with places for what must not be published.
const TEMPLATES: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: Together {plain}\nbase_url: https://a.example\ndescription: >\n    One sentence {wrap4} here\n\
      publisher: {name: \"Us {yaml}\"}\nlicence: {name: Open {plain}}\n\
      contacts: [{name: Helpline, phone: 01908 253169, hours: \"always\"}]\nextra: {footer: {note: \"Said {plain}\"}}\n",
    ),
    (
        "content/glossary.yaml",
        "VARM {plain}: a way of working\nMASH: {meaning: \"a hub {yaml} of us\"}\nPST: >-\n    a team {wrap4} of us\nLADO: it''s {plain}\n",
    ),
    (
        "content/pages/about.md",
        "---\ntitle: >-\n  About {wrap2} us\nsummary: 'It''s {plain}'\n---\nWords {wrap} here.\n\n## Ask {plain} now\n\nAnd MASH.\n",
    ),
    (
        "content/2019-20/report.yaml",
        "title: |\n  Report {plain}\nperiod: {from: 2019-04-01, to: 2020-03-31}\n\
      priorities:\n  - id: abuse\n    name: Abuse {wrap8} here\n    summary: |\n      We **look** {wrap8} at it.\n    progress: {state: little, text: \"Two of {yaml} began\"}\n  - {id: \"p-{slug}\", name: Private}\n  - {id: harm, name: Harm, summary: \"Less \\\n    harm {yaml}\"}\n\
      boards: [{id: risk, name: Risk Board, sponsor: police, purpose: \"To see {yaml} all\"}]\n\
      agencies:\n  - {id: \"n{bare}\", name: Nobody}\n  - {id: police, name: Police {plain}, short: TVP, aliases: [The force {plain}]}\n  - {id: council, name: Council}\n\
      meetings: [{date: 2019-06, label: June {plain}, note: \"Held {yaml} late\"}, {date: 2019-09}]\n\
      distribution: [{to: Mayor {plain}, on: 2020-09-01, for: \"To read {yaml}\", considered: 2020-10-01, minute: \"https://m.example/{slug}\", resolved: \"To **thank** {yaml} all\"}]\n\
      headline: More {plain} came\nkey_messages:\n- {text: \"Fewer {yaml} waited\", figure: \"{plain}\", direction: up}\n- {text: Say {plain}, figure: 6}\n- text: >\n    Heard {wrap4} once\n\
      quotations: [{text: \"Asked {yaml} me\", by: A carer {plain}}]\n\
      corrections: [{on: 2020-11-01, what: \"It was {yaml} and *is* not\", where: boards/risk}, {on: 2020-11-02, what: Wrong {plain}}]\n\
      duties: [care-act-2014]\nnot_applicable: [{duty: care-act-2014/sar, reason: \"No {yaml} here\"}]\nsigned_off: {by: Chair {plain}, on: 2020-08-01}\n\
      extra: {a: [\"b {yaml}\"], \"c {plain}\": d}\n",
    ),
    (
        "content/2019-20/governance.yaml",
        "bodies:\n- id: risk\n  name: Risk Board\n  statute: Act {plain}\n  purpose: >\n    To see {wrap4} all.\n  functions: [\"look {yaml}\"]\n  chair: A chair {wrap4}\n\
      \x20 members: [Healthwatch, {name: Council {plain}, seats: 2}]\n  in_attendance: [Scrutineer {plain}]\n  accountable_to: [Mayor {plain}]\n\
      reporting:\n- {document: Report {plain}, from: risk, to: {risk: {when: \"Oct {yaml}\", note: Note {plain}}}}\n\
      themes:\n- {name: Theme {plain}, lead: risk, with: [risk], work: \"We work {yaml}\", notes: \"Open {yaml}\"}\n\
      agreements:\n- id: pact\n  name: Pact {plain}\n  between: [risk, Mayor {plain}]\n  version: \"V {yaml}\"\n  state: agreed\n  agreed: 2019-06-01\n  approved_by: [Cabinet {plain}]\n  text: >\n    We share {wrap4} data.\n  document: \"https://p.example/{slug}\"\n",
    ),
    (
        "content/2019-20/decisions.yaml",
        "decisions:\n- meeting: 2019-06\n  ref: \"R {plain}\"\n  decision: >\n    To ask {wrap4} them.\n  owner: Chair {plain}\n  due: 2019-09\n  state: open\n  note: \"Asked {yaml} twice\"\n\
      - {meeting: 2019-09, ref: R2, decision: \"To *write* {yaml}\", state: done}\n\
      follow_up:\n- {decision: \"Min {plain}\", outcome: dropped, note: \"Too {yaml} dear\"}\n",
    ),
    (
        "content/2019-20/reviews.yaml",
        "reviews:\n- id: adult-a\n  kind: SAR\n  status: concluded\n  findings:\n  - finding: We found {wrap8} it.\n    action: We did {wrap8} it.\n  - {finding: \"Too {yaml}\", declined: \"No {yaml}\"}\nlearning:\n- We learnt {wrap4} much.\n",
    ),
    (
        "content/2019-20/data/attendance.csv",
        "member,organisation,2019-06,2019-09\nChief {plain},police,1,d: Ann\n\"Head\n{wrap}\",Council {plain},1,0\n",
    ),
    (
        "content/2019-20/data/contributions.csv",
        "agency,adults,note\npolice,£10,\"a note\n{wrap}\"\nBank {plain},£5,\"\"\"{plain}\"\"\"\n",
    ),
    (
        "content/2019-20/data/budget.csv",
        "kind,line,amount,note\nincome,\"Contributions {plain}\",£15,{plain}\nexpenditure,\"Staff\n{wrap}\",£5,x\n",
    ),
    (
        "content/2019-20/pages/foreword.md",
        "---\ntitle: Foreword\nsigned_by: {name: Chair {plain}, role: \"Chair {yaml}\"}\nsummary: \"S {yaml} t\"\naliases: [/2019-20/old-{slug}/]\n---\n\
      Welcome {wrap} all.\n\n> Quoted {quote} here\n\n- [ ] a task {wrap2} here\n\n[words](https://a.example \"t\") [ring {plain}](../boards/risk.md)\n\n\
      | a | b |\n|---|---|\n| cell {plain} | {double} |\n\nA note[^1].\n\n[^1]: Foot {wrap4} note.\n\n```\ncode {plain}\n```\n\n\
      ```chart\nkind: bar\ntitle: >\n  Chart {wrap2} here\ndescription: \"Described {yaml} so\"\nunit: of {plain}\nrows:\n  Row {plain}: 10\n  \"R {yaml}\": 20\n```\n",
    ),
    (
        "content/2019-20/boards/risk.md",
        "---\nstatus: submitted\nauthor: {name: Head {plain}, role: Lead {plain}}\nsigned_off: {by: Boss {plain}, on: 2020-05-01}\nsummary: >\n  Two sentences {wrap2} here.\nextra: {k: \"v {yaml}\"}\n---\n\
      Opening {wrap} words.\n\n## What have we done?\n\n- Did {wrap2} it.\n- Did {bold} it, {code} and {entity}.\n\n### Call {plain}\n\nMore {double}, {fixed}, {thin}, {unseen}, {soft} and {wide}.\n\n![Alt {plain}](../media/plan.svg)\n\n\
      ## What difference has it made?\n\n- Better {wrap2} now.\n\n## What have people told us?\n\n> They {quote} said.\n\nAnd {bold}.\n\n\
      ## What will we do next?\n\n- Promise {wrap2} it.\n- Promise *again* {plain} it.\n- Promise a third. {by: 2020-09, owner: \"Head {plain}\", priority: abuse}\n- Promise a fourth. {owner: \"Chief {yaml}\"}\n\n## Learning {plain}\n\nWords {plain}.\n",
    ),
    (
        "content/2019-20/agencies/police.md",
        "## What have we done?\n\nParagraph {wrap} here.\n\n## What will we do next?\n\nParagraph {wrap} promised.\n",
    ),
    (
        "content/2019-20/agencies/council.md",
        "## What have we done?\n\nParagraph.\n\n## What will we do next?\n\n1. One {wrap4} more\n   - nested {plain}\n",
    ),
    (
        "content/2019-20/media/plan.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>Plan {plain}</title><text x=\"1\" y=\"1\">Seen {wrap} here</text></svg>\n",
    ),
    (
        "content/2019-20/media/scan-{slug}.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>Scan</title></svg>\n",
    ),
    ("content/2019-20/pages/case-{slug}.md", "---\ntitle: A case\n---\nWords.\n"),
    ("content/pages/note-{slug}.md", "---\ntitle: A note\n---\nWords.\n"),
    ("content/2019-20/pages/assurance.cy.md", "---\ntitle: Sicrwydd\n---\nGeiriau {wrap} yma.\n"),
    ("content/2019-20/pages/assurance.md", "---\ntitle: Assurance\n---\nWords.\n"),
    (
        "content/2020-21/report.yaml",
        "title: Next\nperiod: {from: 2020-04-01, to: 2021-03-31}\nboards: [{id: risk, name: Risk Board}]\nagencies: []\n\
      waivers: [{code: late-submission, file: boards/risk.md, reason: \"Because {yaml} of it\"}]\n",
    ),
    (
        "content/2020-21/boards/risk.md",
        "---\nfollow_up:\n- commitment: promise\n  outcome: dropped\n  note: >-\n    It ended {wrap4} so.\n---\n## What have we done?\n\nWords.\n\n## What will we do next?\n\nWords {plain} more.\n",
    ),
];

/// What was put somewhere, and where that is.
type Secrets = Vec<(String, String)>;

/// A site with one kind of personal data in every place, and what was put where.
fn filled(kind: &Kind) -> (Site, Secrets) {
    let mut secrets = Vec::new();
    let files = TEMPLATES.iter().map(|(path, template)| {
        let name = fill_in(path, kind, path, &mut secrets);
        (name, fill_in(template, kind, path, &mut secrets))
    });
    (files.collect(), secrets)
}

/// A template with its places filled.
fn fill_in(template: &str, kind: &Kind, file: &str, secrets: &mut Secrets) -> String {
    let (mut text, mut rest) = (String::new(), template);
    while let Some((before, spelling, after)) = place_in(rest) {
        text.push_str(before);
        rest = after;
        let secret = (kind.1)(secrets.len());
        // What is not made of digits cannot be told from other words in an address.
        if matches!(spelling, "slug" | "bare") && !secret.starts_with(|c: char| c.is_ascii_digit()) {
            text.push('x');
            continue;
        }
        text.push_str(&spelt(spelling, &secret));
        let near = &before[before.floor_char_boundary(before.len().saturating_sub(12))..];
        secrets.push((secret, format!("{file}, {spelling}, after `{near}`")));
    }
    text + rest
}

/// The first place of a template: what is before it, how it spells, and what comes after.
fn place_in(template: &str) -> Option<(&str, &str, &str)> {
    let known = [
        "plain", "wrap8", "wrap4", "wrap2", "wrap", "quote", "double", "fixed", "thin", "unseen", "soft", "wide",
        "bold", "entity", "code", "yaml", "joined", "slug", "bare",
    ];
    template.match_indices('{').find_map(|(at, _)| {
        let rest = &template[at + 1..];
        let spelling =
            known.into_iter().find(|known| rest.strip_prefix(known).is_some_and(|rest| rest.starts_with('}')))?;
        Some((&template[..at], spelling, &rest[spelling.len() + 1..]))
    })
}

/// Letters and digits alone, small: what every spelling shares.
fn letters(text: &str) -> String {
    let plain = |c: char| {
        let code = u32::from(c);
        if (0xff10..0xff1a).contains(&code) { char::from_u32(code - 0xff10 + 48).unwrap() } else { c }
    };
    text.chars().map(plain).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a path is that of a JSON file.
fn is_json(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "json")
}

/// A file as its readers may see it: as it is, without its tags, with entities, escapes and percent codes resolved.
fn readings(path: &str, text: &str) -> Vec<String> {
    let mut readings = vec![text.to_owned()];
    if is_json(path) {
        let value: serde_json::Value = serde_json::from_str(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let mut strings = String::new();
        gather(&value, &mut strings);
        readings.push(strings);
    } else {
        let mut bare = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            bare.push_str(before);
            let Some((_, after)) = after.split_once('>') else { break };
            rest = after;
        }
        bare.push_str(rest);
        readings.push(unescaped(&bare));
        readings.push(unescaped(text));
        readings.push(percent_decoded(&unescaped(text)));
    }
    readings
}

fn gather(value: &serde_json::Value, strings: &mut String) {
    match value {
        serde_json::Value::String(text) => _ = writeln!(strings, "{text}|"),
        serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, strings)),
        serde_json::Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            _ = writeln!(strings, "{key}|");
            gather(value, strings);
        }),
        _ => {}
    }
}

fn unescaped(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        read.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() < 10);
        let c = entity.and_then(|(name, _)| {
            let number = name.strip_prefix('#')?;
            let code =
                number.strip_prefix('x').map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)
        });
        read.push(c.unwrap_or(' '));
        rest = entity.map_or(after, |(_, rest)| rest);
    }
    read + rest
}

fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => read.extend([char::from(byte)].into_iter().chain(part[2..].chars())),
            None => read.push_str(part),
        }
    }
    read
}

/// Which of the secrets stand in some text, with what it is called.
fn raw_in(name: &str, text: &str, secrets: &[(String, String)], raw: &mut BTreeSet<String>) {
    let readings: Vec<String> = readings(name, text).iter().map(|reading| letters(reading)).collect();
    for (secret, place) in secrets {
        let wanted = letters(secret);
        if readings.iter().any(|reading| reading.contains(&wanted)) {
            raw.insert(format!("{secret} ({place}) stands in {name}"));
        }
    }
}

fn options() -> Options {
    support::forced("2026-01-01")
}

#[test]
fn everything_is_flagged_and_nothing_is_built_raw() {
    let mut faults = BTreeSet::new();
    for kind in KINDS {
        let (site, secrets) = filled(kind);
        let tree = site.tree();
        let MemoryBuild { output, diagnostics, .. } = build(&tree, &options());
        assert!(output.files.len() > 30, "{}: {} files", kind.0, output.files.len());
        let flagged: Vec<String> =
            diagnostics.iter().flat_map(|one| &one.flagged).map(|flagged| letters(&flagged.words)).collect();
        for (secret, place) in &secrets {
            let wanted = letters(secret.trim_start_matches("DOB "));
            if !flagged.iter().any(|flagged| flagged.contains(&wanted) || wanted.ends_with(flagged.as_str())) {
                faults.insert(format!("{}: {secret} ({place}) is not flagged", kind.0));
            }
        }
        // A date is nobody's without the word beside it.
        let secrets: Vec<_> =
            secrets.into_iter().map(|(secret, place)| (secret.trim_start_matches("DOB ").to_owned(), place)).collect();
        for (path, bytes) in &output.files {
            raw_in(&format!("{path}.path"), path.as_str(), &secrets, &mut faults);
            if let Ok(text) = std::str::from_utf8(bytes) {
                raw_in(path.as_str(), text, &secrets, &mut faults);
            }
        }
        said(&tree, &diagnostics, &secrets, &mut faults);
    }
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is said of a site in each of the formats.
fn said(tree: &SourceTree, diagnostics: &[Diagnostic], secrets: &[(String, String)], raw: &mut BTreeSet<String>) {
    let listing = DiagnosticList::new(diagnostics.to_vec(), tree, tree.files.len());
    let formats = [
        ("human", human::render(&listing, human::TerminalStyle::default())),
        ("said.json", json::render(&listing)),
        ("sarif.json", sarif::render(&listing, "0")),
        ("github", github::render(&listing)),
    ];
    for (name, text) in &formats {
        raw_in(name, text, secrets, raw);
    }
}

/// Where the links of a page lead from its address, as paths from the site's root.
fn links(address: &str, html: &str) -> Vec<String> {
    let values = ["href=\"", "src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    let targets = values.filter_map(|rest| rest.split('"').next()).map(unescaped);
    let targets = targets.filter(|target| !target.contains(':') && !target.starts_with('#'));
    let resolved = targets.map(|target| {
        let target = target.split(['#', '?']).next().unwrap_or_default();
        let mut parts: Vec<&str> = address.split('/').collect();
        parts.pop();
        if target.starts_with('/') {
            parts.clear();
        }
        for part in target.split('/') {
            match part {
                ".." => _ = parts.pop(),
                "." => {}
                part => parts.push(part),
            }
        }
        format!("/{}", parts.join("/").trim_start_matches('/'))
    });
    resolved.collect()
}

#[test]
fn no_answer_of_the_preview_says_it() {
    let mut faults = BTreeSet::new();
    for kind in [KINDS[0], KINDS[6]] {
        let (site, secrets) = filled(&kind);
        let mut cache = BuildCache::default();
        let build = move |tree: &SourceTree| annal::build_in_memory(tree, &options(), &mut cache);
        let server = TestServer::open_with(site.on_disk(), |_| {}, build);
        let mut waiting =
            vec!["/".to_owned(), "/_desk/".to_owned(), "/_annal/faults.json".to_owned(), "/nowhere/".to_owned()];
        waiting.extend(["/sitemap.xml", "/atom.xml", "/robots.txt", "/search/2019-20.json"].map(str::to_owned));
        let mut seen = BTreeSet::new();
        while let Some(address) = waiting.pop() {
            if !seen.insert(address.clone()) {
                continue;
            }
            let answer = server.get(&address);
            raw_in(if is_json(&address) { "a" } else { &address }, &answer, &secrets, &mut faults);
            let body = body_of(&answer);
            if is_json(&address) && status_of(&answer) == 200 {
                raw_in(&address, body, &secrets, &mut faults);
            }
            if answer.contains("text/html") {
                waiting.extend(links(&address, body));
            }
        }
        let of_desk = seen.iter().filter(|address| address.starts_with("/_desk/file/")).count();
        assert!(seen.len() > 60 && of_desk > 8, "{} answers, {of_desk} of them files on the desk", seen.len());
    }
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn settings_that_are_never_published_may_say_it() {
    let secret = "s3://bucket-01632-960777/01632 960777";
    let site = Site::from([
        ("content/site.yaml", format!("title: T\nbase_url: https://a.example\npublish: {{live: {{to: \"{secret}\"}}}}\n")),
        ("content/2019-20/report.yaml", "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: risk, name: Risk}]\nagencies: []\n\
          waivers: [{code: personal-data, file: boards/risk.md, text: 01632 960777, reason: We have agreed}]\n".to_owned()),
        ("content/2019-20/boards/risk.md", "---\nauthor: {name: A, email: jo@private.example}\n---\n## What have we done?\n\nWe rang 01632 960777.\n\n## What will we do next?\n\n- Plan.\n".to_owned()),
    ]);
    let MemoryBuild { output, diagnostics, .. } = site.build(&options());
    let errors: Vec<_> = diagnostics.iter().filter(|one| one.waived.is_none()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut raw = BTreeSet::new();
    let secrets = [
        ("bucket-01632-960777".to_owned(), "publish".to_owned()),
        ("jo@private.example".to_owned(), "author".to_owned()),
    ];
    for (path, bytes) in &output.files {
        raw_in(path.as_str(), std::str::from_utf8(bytes).unwrap_or_default(), &secrets, &mut raw);
    }
    assert!(raw.is_empty(), "{raw:?}");
    let page = text_of(&output, "2019-20/boards/risk/index.html");
    assert!(page.contains("01632 960777"), "what is waived is published");
}

#[test]
fn what_is_said_of_files_and_settings_says_it_neither() {
    let report = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: risk, name: \"Risk of Child J.Q. and\"}]\nagencies: []\n\
                  waivers: [{code: \"943 476 5919\", file: x, reason: y}]\n";
    let risk = "## What have we done?\n\nSee [his file](../boards/9434765919.md) and [it](#x-943-476-5919).\n\n## What will we do next?\n\n- Plan.\n";
    let site = "title: T\nbase_url: https://a.example\npublish: {live: {to: \"s3://b\", key-AKIA0secret: 1}, qwerty4: qwerty5}\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" a9434765919=\"1\"/>";
    let site = Site::from([
        ("content/site.yaml", site),
        ("content/2019-20/report.yaml", report),
        ("content/2019-20/boards/risk.md", risk),
        ("content/2019-20/agencies/j-9434765919.md", risk),
        ("content/2019-20/media/9434765919.png", "x"),
        ("content/2019-20/media/plan.svg", svg),
        ("content/2019-20/x-943 476 5919.txt", "x"),
        ("content/2019-20/pages/case-jo@private.example.md", "---\ntitle: C\n---\nWords.\n"),
    ]);
    let tree = site.tree();
    let MemoryBuild { output, diagnostics, .. } = build(&tree, &options());
    let secret = |secret: &str| (secret.to_owned(), "a name".to_owned());
    let mut secrets = vec![secret("943 476 5919"), secret("jo@private.example"), secret("Child J.Q.")];
    let mut raw = BTreeSet::new();
    said(&tree, &diagnostics, &secrets, &mut raw);
    secrets.extend([secret("AKIA0secret"), secret("qwerty5")]);
    for (path, bytes) in &output.files {
        raw_in(&format!("{path}.path"), path.as_str(), &secrets, &mut raw);
        raw_in(path.as_str(), std::str::from_utf8(bytes).unwrap_or_default(), &secrets, &mut raw);
    }
    assert!(raw.is_empty(), "{raw:#?}");
    assert!(output.files.len() > 10, "the site is built");
}

#[test]
fn every_language_is_built_without_it() {
    let told = "## What we did\n\n- Rang 07700 900123 {#rang}.\n\n### 07700 900123\n\n## What next\n\n- See 07700 900123 again.\n";
    let titled = "---\ntitle: Call 07700 900456\nsummary: Or 07700 900456\naliases: [/call-07700900456/]\n---\n\
                  x 07700 900456\n\n## Jo {#jo-07700900456}\n\nx 07700\u{200b}900456\n";
    let site = Site::open("tests/sites/bilingual")
        .file("content/2023-24/agencies/health.md", told)
        .file("content/2023-24/agencies/health.cy.md", told)
        .file("content/2023-24/pages/call.md", titled)
        .file("content/pages/privacy.md", titled.replace("/call-", "/ring-"))
        .file("content/2023-24/media/a.svg", "<svg><text>07700 900456</text></svg>");
    let built = site.build(&options());
    assert!(built.diagnostics.iter().any(|found| found.code == Code::PersonalData));
    for (path, bytes) in &built.output.files {
        let text = String::from_utf8_lossy(bytes);
        for number in ["07700 900123", "07700-900123", "07700 900456", "07700-900456", "07700900456", "0\u{200b}9"] {
            assert!(!text.contains(number) && !path.as_str().contains(number), "{path} holds {number}");
        }
    }
    assert!(built.output.files.contains_key("cy/2023-24/call/index.html"), "the pages are there");
}

/// A site with these counts of people by age, of which the first two are small, and two editions of them.
fn site_with_counts(by_age: [u32; 3], by_source: [u32; 2], upheld: u32) -> SourceTree {
    let mut tree = support::read_site("tests/cases/_base");
    let definitions = "- id: allegations
  name: Allegations
  unit: people
  people: true
  target: {value: 90, tolerance: 5%}
- id: upheld
  name: Allegations upheld
  unit: people
  people: true
- id: share
  name: Share upheld
  unit: percent
  formula: upheld / allegations
";
    support::put(&mut tree, "content/indicators.yaml", definitions);
    let [young, middle, old] = by_age;
    let [public, staff] = by_source;
    let rows = format!(
        "allegations,2023-24,,100,
allegations,2023-24,age: under 18,{young},
allegations,2023-24,age: 18 to 64,{middle},
allegations,2023-24,age: 65 and over,{old},
allegations,2023-24,source: public,{public},
allegations,2023-24,source: staff,{staff},
upheld,2023-24,,{upheld},
"
    );
    let table = format!("indicator,period,breakdown,value,note\n{rows}");
    support::put(&mut tree, "content/2023-24/data/indicators.csv", &table);
    tree
}

#[test]
fn sites_that_differ_only_in_suppressed_counts_are_the_same() {
    let built = |tree: &SourceTree| {
        let built = build(tree, &support::options("2026-01-01"));
        assert!(
            built.diagnostics.iter().all(|found| found.severity != annal::Severity::Error),
            "{:?}",
            built.diagnostics
        );
        built.output.files
    };
    let site = built(&site_with_counts([3, 2, 95], [1, 99], 3));
    let table = String::from_utf8(site[&annal::RelPath::new("2023-24/data/indicators.csv")].to_vec()).unwrap();
    let shown = |row: &str| table.lines().any(|line| line.starts_with(row));
    assert!(shown("allegations,2023-24,,100"), "{table}");
    assert!(shown("allegations,2023-24,age: 65 and over,95"), "{table}");
    for hidden in ["age: under 18", "age: 18 to 64", "source: public", "source: staff"] {
        assert!(shown(&format!("allegations,2023-24,{hidden},c")), "{hidden}: {table}");
    }
    assert!(shown("share,2023-24,,c"), "the share would give the count away: {table}");
    for (by_age, by_source, upheld) in [([1, 4, 95], [4, 96], 1), ([4, 1, 95], [2, 98], 4)] {
        let other = built(&site_with_counts(by_age, by_source, upheld));
        let paths = || site.keys().chain(other.keys()).collect::<BTreeSet<_>>();
        let differing: Vec<_> = paths().into_iter().filter(|path| site.get(*path) != other.get(*path)).collect();
        assert!(differing.is_empty(), "{differing:?}");
    }
}
