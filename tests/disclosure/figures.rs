//! Each figure that a site shows, beside one that is calculated here from its tables.

use std::collections::BTreeSet;
use std::fmt::Write;

use annal::OutputTree;
use serde_json::Value;

use crate::support;
use crate::support::numbers::Numbers;
use crate::support::site::Site;

/// The years that have a report, which are the periods too.
const YEARS: [&str; 2] = ["2023-24", "2024-25"];

/// The whole and its groups.
const GROUPS: [&str; 4] = ["", "age: 18 to 64", "age: 65 and over", "age: not known"];

const DEFINITIONS: &str = "\
- {id: concerns, name: Concerns received, unit: concerns, people: true, target: {value: 400}}
- {id: enquiries, name: Enquiries begun, unit: enquiries, people: true}
- {id: population, name: People who live here, unit: people}
- {id: waited, name: Days that all waited, unit: days}
- {id: share, name: Concerns that became enquiries, unit: percent, formula: enquiries / concerns}
- {id: rate, name: Concerns by population, unit: \"per 10,000\", formula: concerns / population}
- {id: both, name: Concerns and enquiries, unit: cases, people: true, formula: concerns + enquiries}
- {id: mean, name: Days until the first visit, unit: days, formula: waited / enquiries}
";

const FIGURES: [&str; 5] = ["concerns", "share", "rate", "both", "mean"];

/// Where figures are shown.
const PLACES: [&str; 8] = ["chart", "CSV", "front page", "headline", "JSON", "print edition", "table", "trends"];

/// A value of a table: the report that has it, the indicator, the period and the group by their positions, and the number.
#[derive(Clone)]
struct Row(usize, &'static str, usize, usize, i128);

/// A number as it is shown.
struct ShownFigure {
    place: &'static str,
    report: usize,
    indicator: String,
    period: String,
    group: String,
    text: String,
}

/// A year's counts: mostly large enough to be shown. The second report corrects some of those of the first year.
fn rows(numbers: &mut Numbers) -> Vec<Row> {
    let mut rows = Vec::new();
    for year in 0..YEARS.len() {
        let mut count = |indicator, least: usize, most: usize| {
            let groups = [0; 3].map(|_| least + numbers.below(most));
            let whole: usize = groups.iter().sum();
            for (group, value) in std::iter::once(whole).chain(groups).enumerate() {
                rows.push(Row(year, indicator, year, group, value as i128));
            }
        };
        count("concerns", 9, 900);
        count("enquiries", 3, 90);
        count("waited", 50, 5_000);
        rows.push(Row(year, "population", year, 0, 200_000 + numbers.below(99_999) as i128));
    }
    let more = 1 + numbers.below(9) as i128;
    for group in [0, 1 + numbers.below(3)] {
        let before = rows.iter().find(|row| (row.1, row.2, row.3) == ("concerns", 0, group)).map_or(0, |row| row.4);
        rows.push(Row(1, "concerns", 0, group, before + more));
    }
    rows
}

fn site(rows: &[Row]) -> Site {
    let mut site = Site::from([
        ("content/site.yaml", "title: A partnership\nbase_url: https://reports.example\n"),
        ("content/indicators.yaml", DEFINITIONS),
    ]);
    for (at, year) in YEARS.iter().enumerate() {
        let report = format!(
            "title: Annual report {year}\nperiod: {{from: {}-04-01, to: 20{}-03-31}}\nboards: []\nagencies: []\n\
             figures: [{}]\n",
            &year[..4],
            &year[5..],
            FIGURES.join(", ")
        );
        let mut table = "indicator,period,breakdown,value,note\n".to_owned();
        for Row(_, indicator, period, group, value) in rows.iter().filter(|row| row.0 == at) {
            let note = if *period == at { "" } else { "Counted again" };
            _ = writeln!(table, "{indicator},{},{},{value},{note}", YEARS[*period], GROUPS[*group]);
        }
        site = site
            .file(&format!("content/{year}/report.yaml"), report)
            .file(&format!("content/{year}/data/indicators.csv"), table);
    }
    site
}

/// A figure as a report has it, in tenths.
fn expected(rows: &[Row], shown: &ShownFigure) -> Option<i128> {
    let count = |indicator: &str| {
        let mut given = rows.iter().filter(|Row(report, id, period, group, _)| {
            *report <= shown.report
                && *id == indicator
                && YEARS[*period] == shown.period
                && GROUPS[*group] == shown.group
        });
        given.next_back().map(|row| row.4)
    };
    // Halves up.
    let quotient = |above: i128, below: i128| (above * 20 + below).div_euclid(below * 2);
    Some(match shown.indicator.as_str() {
        "share" => quotient(count("enquiries")? * 100, count("concerns")?),
        "rate" => quotient(count("concerns")? * 10_000, count("population")?),
        "both" => (count("concerns")? + count("enquiries")?) * 10,
        "mean" => quotient(count("waited")?, count("enquiries")?),
        other => count(other)? * 10,
    })
}

/// A number as readers see it, in tenths: `1,985`, `40.2%`. Nothing for `c` and for a dash.
fn tenths(text: &str) -> Option<i128> {
    let text = text.trim().trim_end_matches('%').replace(',', "");
    match text.split_once('.') {
        Some((whole, decimal)) if decimal.len() == 1 => format!("{whole}{decimal}").parse().ok(),
        Some(_) => None,
        None => text.parse::<i128>().ok().map(|number| number * 10),
    }
}

/// The texts between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

fn page<'a>(output: &'a OutputTree, path: &str) -> &'a str {
    std::str::from_utf8(output.get(path).unwrap_or_else(|| panic!("there is {path}"))).unwrap()
}

/// The ids of all indicators.
fn ids() -> Vec<&'static str> {
    between(DEFINITIONS, "{id: ", ",")
}

/// Everything that a site shows.
fn all_shown(output: &OutputTree) -> Vec<ShownFigure> {
    let mut all = Vec::new();
    for (report, year) in YEARS.iter().enumerate() {
        let csv = page(output, &format!("{year}/data/indicators.csv"));
        for row in csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()) {
            all.push(figure("CSV", report, row[0], row[1], row[2], row[3]));
        }
        let data: Value = serde_json::from_str(page(output, &format!("{year}/data/report.json"))).unwrap();
        for indicator in data["indicators"].as_array().unwrap() {
            for value in indicator["values"].as_array().unwrap() {
                let group = match value["breakdown"].as_str() {
                    Some(breakdown) => format!("{breakdown}: {}", value["group"].as_str().unwrap()),
                    None => String::new(),
                };
                let (id, period) = (indicator["id"].as_str().unwrap(), value["period"].as_str().unwrap());
                all.push(figure("JSON", report, id, period, &group, &value["value"].to_string()));
            }
        }
        let own = page(output, &format!("{year}/indicators/index.html"));
        all.extend(charts("table", report, own));
        all.extend(charts("print edition", report, page(output, &format!("{year}/print/index.html"))));
        for id in ids() {
            let section = between(own, &format!("<h3 id=\"indicator-{id}\">"), "</section>");
            let headline = between(section[0], "<p class=\"value\"><b>", "</b>");
            all.extend(headline.first().map(|text| figure("headline", report, id, year, "", text)));
            let years = between(section[0], "Year by year: ", ".</desc>");
            let years = years.first().map(|text| text.replace(" and ", "; ")).unwrap_or_default();
            for (text, period) in years.split("; ").filter_map(|one| one.split_once(" in ")) {
                all.push(figure("chart", report, id, period, "", text));
            }
        }
        for (at, path) in [(report, format!("{year}/index.html")), (1, "index.html".to_owned())] {
            let figures = between(page(output, &path), "<dl class=\"figures\">", "</dl>");
            let figures = between(figures[0], "#indicator-", "</dd>");
            all.extend(figures.into_iter().map(|text| {
                let (id, value) = (text.split('"').next().unwrap(), text.rsplit("<dd>").next().unwrap());
                figure("front page", at, id, YEARS[at], "", value)
            }));
        }
    }
    all.extend(charts("trends", 1, page(output, "trends/index.html")));
    all
}

fn figure(place: &'static str, report: usize, id: &str, period: &str, group: &str, text: &str) -> ShownFigure {
    let [indicator, period, group, text] = [id, period, group, text].map(str::to_owned);
    ShownFigure { place, report, indicator, period, group, text }
}

/// The tables of a page's charts.
fn charts(place: &'static str, report: usize, html: &str) -> Vec<ShownFigure> {
    let mut all = Vec::new();
    for id in ids() {
        let charts = between(html, &format!("<figure class=\"chart\" id=\"indicator-{id}"), "</figure>");
        let Some(table) = charts.first().and_then(|chart| between(chart, "<table>", "</table>").first().copied())
        else {
            continue;
        };
        let periods = between(table, "<th scope=\"col\" class=\"n\">", "</th>");
        for row in between(table, "<tr><th scope=\"row\">", "</tr>") {
            let label = row.split("</th>").next().unwrap();
            let group = if GROUPS.contains(&label) { label } else { "" };
            let cells = between(row, "<td class=\"n\">", "</td>");
            assert_eq!(cells.len(), periods.len(), "{place}: {row}");
            all.extend(periods.iter().zip(cells).map(|(period, text)| figure(place, report, id, period, group, text)));
        }
    }
    all
}

/// The places that show another number than is calculated here, and how many numbers were compared.
fn wrong(rows: &[Row], shown: &[ShownFigure]) -> (BTreeSet<String>, usize) {
    let mut wrong = BTreeSet::new();
    let mut compared = 0;
    for one in shown {
        let Some(number) = tenths(&one.text) else { continue };
        compared += 1;
        let own = expected(rows, one);
        if own != Some(number) {
            let ShownFigure { place, indicator, period, group, text, .. } = one;
            wrong
                .insert(format!("{place} of {}: {indicator} {period} {group}: {text}, not {own:?}", YEARS[one.report]));
        }
    }
    (wrong, compared)
}

#[test]
fn every_figure_is_what_its_table_says_wherever_it_is_shown() {
    let mut compared = 0;
    for seed in 0..4 {
        let rows = rows(&mut Numbers(seed));
        let built = support::build(&site(&rows).tree(), &support::options("2026-11-18"));
        let shown = all_shown(&built.output);
        let (found, count) = wrong(&rows, &shown);
        assert!(found.is_empty(), "{seed}: {found:#?}");
        compared += count;

        // If a count were another, each place would show it.
        let mut others = rows.clone();
        for row in others.iter_mut().filter(|row| row.1 == "concerns") {
            row.4 += 1_000;
        }
        let (found, _) = wrong(&others, &shown);
        for place in PLACES {
            for indicator in ["concerns", "share", "rate", "both"] {
                let is_of = |text: &String| text.starts_with(place) && text.contains(&format!(": {indicator} "));
                assert!(found.iter().any(is_of), "{seed}: no {place} shows {indicator}");
            }
        }
    }
    assert!(compared > 1_000, "{compared} figures were compared");
}
