//! Sites that give a suppressed count away, one for each way, and their nearest neighbours that do not.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{AttackReport, human, summary};
use crate::diagnostic::RelPath;
use crate::output::OutputTree;

/// A site with these rows of indicators, by year, and this in `report.json`.
fn site(tables: &[(&str, &str)], indicators: &str) -> OutputTree {
    let mut site = OutputTree::default();
    for (year, rows) in tables {
        let rows: Vec<_> = rows.split_whitespace().map(|row| format!("{}\n", row.replace('_', " "))).collect();
        let table = format!("indicator,period,breakdown,value,note\n{}", rows.concat());
        site.insert_text(RelPath::new(&format!("{year}/data/indicators.csv")), table);
        let report = format!(r#"{{"indicators": [{indicators}]}}"#);
        site.insert_text(RelPath::new(&format!("{year}/data/report.json")), report);
    }
    site
}

/// The first line of each leak, with what gives it away, and the summary.
fn check(tables: &[(&str, &str)], indicators: &str) -> String {
    let report = AttackReport::new(&site(tables, indicators));
    let leaks = report.inference.leaks.iter().map(|leak| {
        let values: Vec<_> = leak.values.iter().map(ToString::to_string).collect();
        let clues: Vec<_> = leak.clues.iter().map(|clue| report.words(clue)).collect();
        format!("{}: {} because {}\n", report.name(&leak.figure), values.join(" or "), clues.join("; and "))
    });
    format!("{}{}", leaks.collect::<String>(), summary(&report))
}

#[test]
fn the_rest_of_a_total() {
    assert_eq!(
        check(
            &[("2024", "a,2024,,20 a,2024,age:_x,12 a,2024,age:_y,5 a,2024,age:_z,c")],
            r#"{"id": "a", "name": "All"}"#
        ),
        "All, 2024, age: z: 3 because the groups of “age” add up to the whole\n\
         1 suppressed count: 1 can be worked out from what is published."
    );
    assert_eq!(
        check(&[("2024", "a,2024,,20 a,2024,age:_x,c a,2024,age:_y,c a,2024,age:_z,12")], r#"{"id": "a"}"#),
        "2 suppressed counts: none can be worked out from what is published."
    );
}

#[test]
fn two_that_can_only_be_small() {
    let overlapping = r#"{"id": "a", "overlapping": true}"#;
    let rule = "a count is suppressed if it is 1 to 4, or to protect one that is, and nothing else here can be 1 to 4";
    // A group of people who are 3 in all.
    assert_eq!(
        check(&[("2024", "a,2024,,3 a,2024,need:_x,c")], overlapping),
        format!(
            "a, 2024, need: x: 1 or 2 or 3 because a group cannot be larger than the whole; and {rule}\n\
             1 suppressed count: 1 can be worked out from what is published."
        )
    );
    assert_eq!(
        check(&[("2024", "a,2024,,4 a,2024,need:_x,c")], overlapping),
        "1 suppressed count: none can be worked out from what is published."
    );
}

#[test]
fn another_breakdown() {
    // Both breakdowns have one suppressed group, and no whole is published: each is what the other has more.
    let rows = "a,2024,age:_x,12 a,2024,age:_y,8 a,2024,sex:_f,17 a,2024,sex:_m,c";
    assert_eq!(
        check(&[("2024", rows)], r#"{"id": "a"}"#),
        "a, 2024, sex: m: 3 because the groups of “age” add up to the whole; and the groups of “sex” add up to the whole\n\
         1 suppressed count: 1 can be worked out from what is published."
    );
}

#[test]
fn another_year_s_report() {
    let shown = [("2023", "a,2023,,20 a,2023,age:_x,17 a,2023,age:_y,c"), ("2024", "a,2023,age:_y,3")];
    assert!(check(&shown, r#"{"id": "a"}"#).starts_with("a, 2023, age: y: 3 because it is shown here\n"));
    // One report has a group that the other leaves out.
    let parts = [("2023", "a,2023,,20 a,2023,age:_x,c a,2023,age:_y,c"), ("2024", "a,2023,age:_x,17")];
    assert!(check(&parts, r#"{"id": "a"}"#).contains("a, 2023, age: y: 3 because the groups of “age” add up"));
}

#[test]
fn restated_figures_belong_to_their_report() {
    // 20 less 12 is not what was suppressed a year later, of 25.
    let tables = [
        ("2023", "a,2023,,20 a,2023,age:_x,12 a,2023,age:_y,8"),
        ("2024", "a,2023,,25 a,2023,age:_x,c a,2023,age:_y,c"),
    ];
    let found = check(&tables, r#"{"id": "a"}"#);
    assert_eq!(found, "2 suppressed counts: none can be worked out from what is published.");
}

#[test]
fn a_figure_that_is_shown_later_with_a_note_was_restated() {
    let later = |row: &str| {
        let first = "a,2023,,40 a,2023,age:_x,c a,2023,age:_y,c";
        check(&[("2023", first), ("2024", row)], r#"{"id": "a"}"#)
    };
    let (plain, noted) = (later("a,2023,age:_y,3"), later("a,2023,age:_y,3,late"));
    assert!(plain.contains("a, 2023, age: y: 3 because it is shown here"), "{plain}");
    assert_eq!(noted, "2 suppressed counts: none can be worked out from what is published.");
    let shown_before = [("2023", "a,2023,,7"), ("2024", "a,2023,,c,late a,2023,age:_x,c a,2023,age:_y,c")];
    assert!(check(&shown_before, r#"{"id": "a"}"#).ends_with("none can be worked out from what is published."));
}

#[test]
fn formulas() {
    let rate = r#"{"id": "r", "unit": "percent", "formula": "b / a"}"#;
    assert!(check(&[("2024", "a,2024,,10 b,2024,,c r,2024,,30")], rate).starts_with("b, 2024: 3 because"));
    // Between 12.45 and 12.55 percent of about a thousand there are several numbers.
    let many = "a,2024,,1000 b,2024,,c r,2024,,12.5";
    assert!(
        check(&[("2024", many)], rate).starts_with("b, 2024: 125 because"),
        "tenths of a percent of 1,000 are single people"
    );
    assert!(
        check(&[("2024", "a,2024,,9000 b,2024,,c r,2024,,12.5")], rate)
            .ends_with("none can be worked out from what is published.")
    );
    let sum = r#"{"id": "s", "unit": "people", "formula": "a + b"}"#;
    assert!(check(&[("2024", "a,2024,,c b,2024,,6 s,2024,,9")], sum).starts_with("a, 2024: 3 because"));
    assert!(check(&[("2024", "a,2024,,7 b,2024,,6 s,2024,,c")], sum).starts_with("s, 2024: 13 because"));
    assert!(
        check(&[("2024", "a,2024,,c b,2024,,6 s,2024,,c")], sum)
            .ends_with("none can be worked out from what is published.")
    );
    let per = r#"{"id": "p", "unit": "per 10,000", "formula": "a / population"}"#;
    assert!(check(&[("2024", "population,2024,,20000 a,2024,,c p,2024,,1.5")], per).starts_with("a, 2024: 3 because"));
}

#[test]
fn what_formulas_say_of_groups() {
    let rate = r#"{"id": "r", "unit": "percent", "formula": "b / a"}"#;
    let rows = "a,2024,age:_x,8 b,2024,age:_x,c r,2024,age:_x,37.5";
    assert!(check(&[("2024", rows)], rate).starts_with("b, 2024, age: x: 3 because"));
}

#[test]
fn formulas_that_cannot_be_used_leave_it_undecided() {
    let product = r#"{"id": "p", "unit": "x", "formula": "a * b"}"#;
    let found = check(&[("2024", "a,2024,,c b,2024,,c p,2024,,12")], product);
    assert_eq!(found, "2 suppressed counts: none was worked out; 2 not decided.");
    // With one of the two known it is a multiple.
    assert!(check(&[("2024", "a,2024,,c b,2024,,4 p,2024,,12")], product).starts_with("a, 2024: 3 because"));
}

#[test]
fn targets() {
    let target = |better: &str, state: &str| {
        let indicator =
            format!(r#"{{"id": "a", "better": "{better}", "target": {{"value": 3}}, "target_state": "{state}"}}"#);
        check(&[("2024", "a,2024,,c")], &indicator)
    };
    assert!(target("up", "met").starts_with("a, 2024: 3 or 4 because the target is published as met"));
    assert!(target("down", "met").starts_with("a, 2024: 1 or 2 or 3 because the target is published as met"));
    assert!(target("up", "missed").starts_with("a, 2024: 1 or 2 because the target is published as missed"));
    assert!(target("neither", "met").starts_with("a, 2024: 3 because the target is published as met"));
    assert!(target("up", "unknown").ends_with("none can be worked out from what is published."));
}

/// What is found if the site has another file.
fn check_with(path: &str, text: &str) -> String {
    let rows = "a,2023,,30 a,2023,age:_x,20 a,2023,age:_y,10 a,2024,,c a,2024,age:_x,c a,2024,age:_y,12";
    let mut site = site(&[("2024", rows)], r#"{"id": "a", "name": "Concerns received", "unit": "concerns"}"#);
    site.insert_text(RelPath::new(path), text);
    let report = AttackReport::new(&site);
    let leaks = report.inference.leaks.iter().map(|leak| {
        let clue = leak.clues.first().map(|clue| clue.address.as_str()).unwrap_or_default();
        format!("{} {:?} {clue}", leak.figure.figure.group.as_ref().map_or("all", |(_, group)| group), leak.values)
    });
    leaks.collect::<Vec<_>>().join(", ")
}

#[test]
fn numbers_on_pages() {
    let check =
        |html: &str| check_with("2024/indicators/index.html", &format!("<h1>A</h1><h2>Concerns received</h2>{html}"));
    let table = |x: &str, all: &str| {
        format!(
            "<table><thead><tr><th></th><th>2023</th><th>2024</th></tr></thead><tr><th>All</th><td>30</td><td>{all}</td></tr>\
             <tr><th>age: x</th><td>20</td><td>{x}</td></tr><tr><th>age: y</th><td>10</td><td>12</td></tr></table>"
        )
    };
    let page = "/2024/indicators/";
    assert_eq!(check(&table("c", "c")), "");
    assert_eq!(check(&table("3", "c")), format!("x [3] {page}"));
    assert_eq!(check(&table("c", "15")), format!("all [15] {page}"));
    assert_eq!(check("<p><b>c</b> is not published for 2024</p><p>Target: 20</p><p>2023: 30</p>"), "");
    assert_eq!(check("<p><b>15</b> concerns in 2024</p>"), format!("all [15] {page}"));
    assert_eq!(check("<p>15 concerns in 2025, up 7 since 2024</p>"), "", "another year's number");
    assert_eq!(check("<svg aria-label='2023: 30; 2024: 15'></svg>"), format!("all [15] {page}"));
    assert_eq!(check("<svg aria-label='2023: 30; 2024: c'><text>2024</text><text>30</text></svg>"), "");
    assert_eq!(check("<svg><title>X (3)</title></svg>"), format!("x [3] {page}"));
    assert_eq!(check("<td data-group='x' data-value='3'></td>"), format!("x [3] {page}"));
    assert_eq!(
        check("<p>▼ 15 less than in 2023</p>"),
        format!("all [15] {page}, x [3] {page}"),
        "a change from what is shown"
    );
}

#[test]
fn numbers_in_data() {
    let index = |text: &str| {
        check_with("search/site.json", &format!(r#"{{"pages": [{{"title": "Concerns received", {text}}}]}}"#))
    };
    assert_eq!(index(r#""text": "2023: 30, 2024: c""#), "");
    assert_eq!(index(r#""text": "2023: 30, 2024: 15""#), "all [15] /search/site.json");
    assert_eq!(index(r#""rows": [["2023", 30], ["2024", 15]]"#), "all [15] /search/site.json");
    assert_eq!(index(r#""values": [{"period": "2024", "group": "x", "value": 3}]"#), "x [3] /search/site.json");
    assert_eq!(index(r#""values": [{"period": "2024", "group": "y", "value": 12}], "target": {"value": 20}"#), "");
    let own = r#"{"year": "2024", "indicators": [{"id": "a", "name": "Concerns received", "target": {"value": 20}, "values": [
        {"period": "2024", "breakdown": "age", "group": "x", "value": "c"}, {"period": "2023", "breakdown": null, "value": 30}]}]}"#;
    assert_eq!(check_with("2024/data/report.json", own), "");
    assert_eq!(check_with("2024/data/report.json", &own.replace(r#""c""#, "3")), "x [3] /2024/data/report.json");
}

#[test]
fn contradictions_are_not_called_safe() {
    let found = check(&[("2024", "a,2024,,5 a,2024,age:_x,12 a,2024,age:_y,c")], r#"{"id": "a"}"#);
    assert_eq!(found, "1 suppressed count: none was worked out; 1 not decided.");
}

#[test]
fn people_read_what_gives_it_away_and_what_to_do() {
    let rows = "a,2024,,20 a,2024,age:_x,12 a,2024,age:_y,5 a,2024,age:_z,c";
    let report = AttackReport::new(&site(&[("2024", rows)], r#"{"id": "a", "name": "Concerns received"}"#));
    assert_eq!(
        human(&report),
        "Concerns received, 2024, age: z must be 3\n  \
           suppressed in /2024/data/indicators.csv\n  \
           given away by\n    \
             /2024/indicators/: the groups of “age” add up to the whole:\n      \
               20 Concerns received, 2024\n      \
               12 Concerns received, 2024, age: x\n      \
               5 Concerns received, 2024, age: y\n  \
           what to do: suppress one more of these figures: write `c` as its value in content/2024/data/indicators.csv\n\n"
    );
}

/// Tenths of a percent, halves up, as the site computes them.
fn tenths_of_a_percent(part: i64, whole: i64) -> i64 {
    (2000 * part + whole).div_euclid(2 * whole)
}

/// A site of two indicators, `a` with three groups and `b` with two, and the share `b / a` of the whole and one group.
#[derive(Clone, Debug)]
struct Small {
    a: [i64; 3],
    b: [i64; 2],
    /// Which of the whole of `a`, its groups, the whole of `b` and its groups are suppressed.
    suppressed: Vec<bool>,
    shows_share: bool,
    shows_whole: bool,
}

impl Small {
    fn values(&self) -> [i64; 7] {
        let ([x, y, z], others) = (self.a, self.b);
        [x + y + z, x, y, z, others[0] + others[1], others[0], others[1]]
    }

    fn table(&self) -> String {
        let names = ["a,2024,", "a,2024,g:_x", "a,2024,g:_y", "a,2024,g:_z", "b,2024,", "b,2024,h:_f", "b,2024,h:_m"];
        let values = self.values();
        let mut rows = Vec::new();
        for (place, name) in names.iter().enumerate() {
            if self.shows_whole || place != 0 {
                let value = if self.suppressed[place] { "c".to_owned() } else { values[place].to_string() };
                rows.push(format!("{name},{value}"));
            }
        }
        if self.shows_share && values[0] > 0 {
            let share = tenths_of_a_percent(values[4], values[0]);
            rows.push(format!("r,2024,,{}.{}", share / 10, share % 10));
        }
        rows.join(" ")
    }

    /// All values of the suppressed figures with which everything that is published would be the same. No count of a
    /// group above `most` is tried.
    fn possible(&self, most: i64) -> Vec<[i64; 7]> {
        let truth = self.values();
        let mut found = Vec::new();
        let range = |place: usize| if self.suppressed[place] { 0..=most } else { truth[place]..=truth[place] };
        for x in range(1) {
            for y in range(2) {
                for z in range(3) {
                    for f in range(5) {
                        for m in range(6) {
                            let other = Self { a: [x, y, z], b: [f, m], ..self.clone() };
                            let values = other.values();
                            let is_same = |place: usize| self.suppressed[place] || values[place] == truth[place];
                            let is_whole_same = !self.shows_whole || is_same(0);
                            let share = |values: [i64; 7]| tenths_of_a_percent(values[4], values[0]);
                            let is_share_same =
                                !self.shows_share || truth[0] == 0 || values[0] > 0 && share(values) == share(truth);
                            if is_whole_same && is_same(4) && is_share_same {
                                found.push(values);
                            }
                        }
                    }
                }
            }
        }
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn what_is_worked_out_is_what_enumeration_leaves(
        a in prop::array::uniform3(0i64..7),
        b in prop::array::uniform2(0i64..7),
        mut suppressed in prop::collection::vec(prop::bool::weighted(0.5), 7),
        shows_share in any::<bool>(),
        shows_whole in prop::bool::weighted(0.8),
    ) {
        const MOST: i64 = 24;
        // At most three groups, so that enumeration is quick.
        for place in [1, 5] {
            suppressed[place] &= !(suppressed[2] && suppressed[3] && suppressed[6]);
        }
        let small = Small { a, b, suppressed, shows_share, shows_whole };
        let report = AttackReport::new(&site(&[("2024", &small.table())], r#"{"id": "r", "unit": "percent", "formula": "b / a"}"#));
        prop_assert!(report.inference.undecided.is_empty() && report.inference.contradicted.is_empty());
        let possible = small.possible(MOST);
        let names = ["a", "a x", "a y", "a z", "b", "b f", "b m"];
        for place in (0..7).filter(|place| small.suppressed[*place] && (*place > 0 || small.shows_whole)) {
            let values: BTreeSet<i64> = possible.iter().map(|values| values[place]).collect();
            let leak = report.inference.leaks.iter().find(|leak| {
                let figure = &leak.figure.figure;
                let group = figure.group.as_ref().map(|(_, group)| format!(" {group}")).unwrap_or_default();
                format!("{}{group}", figure.indicator) == names[place]
            });
            let is_by_rule = leak.is_some_and(|leak| {
                leak.clues.iter().any(|clue| clue.kind == super::clue::ClueKind::SomeSmall)
            });
            if let Some(leak) = leak.filter(|_| !is_by_rule) {
                prop_assert!(values.iter().all(|value| leak.values.contains(value)), "{:?} is not all: {values:?}", leak.values);
            }
            // Without a total, there may be more that enumeration did not try.
            let is_bounded = small.shows_whole && !small.suppressed[0];
            let is_whole_range = is_bounded && possible.iter().flatten().all(|value| *value < MOST);
            let is_small = values.iter().all(|value| (1..=4).contains(value)) && values.len() < 4;
            if is_whole_range && (values.len() == 1 || is_small) {
                prop_assert!(leak.is_some(), "{} is one of {values:?}", names[place]);
            }
        }
    }
}
