//! The figures of the worked example, computed a second time from its source files by other means, against what its
//! pages, its charts' tables, its CSV files and its data say.

#![allow(clippy::disallowed_methods, reason = "the worked example lies on the disk")]

mod support;

use std::fs;

use annal::OutputTree;
use serde_json::Value;
use support::{options, read_site, root, text_of};

fn built() -> OutputTree {
    support::build(&read_site("."), &options("2024-12-01")).output
}

fn source(name: &str) -> String {
    fs::read_to_string(root().join("content/2019-20/data").join(name)).unwrap()
}

/// The cells of a table without its head.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let (mut cells, mut is_quoted) = (vec![String::new()], false);
        for c in line.trim_end_matches('\r').chars() {
            match c {
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    csv.lines().skip(1).map(row).collect()
}

/// Whole pounds without their sign.
fn pounds(cell: &str) -> i64 {
    let digits: String = cell.split('.').next().unwrap().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// `£269,342`.
fn shown(pounds: i64) -> String {
    let digits = pounds.to_string();
    let split = digits.len() - 3;
    format!("£{},{}", &digits[..split], &digits[split..])
}

/// The sums of some columns over all rows but the total.
fn sums(csv: &str, columns: [usize; 2]) -> [i64; 2] {
    let rows = cells(csv);
    let own = || rows.iter().filter(|row| !row[0].eq_ignore_ascii_case("total"));
    columns.map(|column| own().map(|row| pounds(&row[column])).sum())
}

#[test]
fn contributions_agree() {
    let output = built();
    let [children, adults] = sums(&source("contributions.csv"), [1, 2]);
    assert_eq!((children, adults), (197_617, 71_725), "the printed report says 187617 for children");
    assert_eq!(sums(text_of(&output, "2019-20/data/contributions.csv"), [1, 2]), [children, adults]);

    let data: Value = serde_json::from_str(text_of(&output, "2019-20/data/report.json")).unwrap();
    let pence = |value: &Value| value["total"]["pence"].as_i64().unwrap();
    let paid = &data["contributions"];
    assert_eq!(pence(paid), (children + adults) * 100);
    assert_eq!((pence(&paid["funds"][0]), pence(&paid["funds"][1])), (children * 100, adults * 100));
    let rows: i64 = paid["rows"].as_array().unwrap().iter().map(pence).sum();
    assert_eq!(rows, (children + adults) * 100);

    let page = text_of(&output, "2019-20/budget/index.html");
    for figure in [children, adults, children + adults] {
        assert!(page.contains(&shown(figure)), "the page does not say {}", shown(figure));
    }
    let council = cells(&source("contributions.csv")).into_iter().find(|row| row[0].starts_with("MK Council")).unwrap();
    let all = children + adults;
    let share = (pounds(&council[3]) * 100 + all / 2) / all;
    assert!(page.contains(&format!("{share}% of {}", shown(children + adults))), "the headline says another share");
    assert!(text_of(&output, "2019-20/index.html").contains(&shown(children + adults)));
}

#[test]
fn the_budget_agrees() {
    let output = built();
    let of = |csv: &str, kind: &str| -> i64 {
        cells(csv).iter().filter(|row| row[0] == kind).map(|row| pounds(&row[2])).sum()
    };
    let data: Value = serde_json::from_str(text_of(&output, "2019-20/data/report.json")).unwrap();
    let page = text_of(&output, "2019-20/budget/index.html");
    let mut left = 0;
    for (kind, sign) in [("income", 1), ("expenditure", -1)] {
        let sum = of(&source("budget.csv"), kind);
        assert_eq!(of(text_of(&output, "2019-20/data/budget.csv"), kind), sum);
        let lines = data["budget"][kind].as_array().unwrap().iter();
        assert_eq!(lines.map(|line| line["amount"]["pence"].as_i64().unwrap()).sum::<i64>(), sum * 100);
        assert!(page.contains(&shown(sum)), "the page does not say {}", shown(sum));
        left += sign * sum;
    }
    assert_eq!(left, of(&source("budget.csv"), "balance"));
    assert!(page.contains(&format!("leaving {}", shown(left))), "the headline says another balance");
}

#[test]
fn attendance_agrees() {
    let output = built();
    let marks = |csv: &str, came: &[&str], held: &[&str]| {
        let count = |wanted: &[&str]| {
            cells(csv).iter().flat_map(|row| &row[2..]).filter(|cell| wanted.contains(&cell.as_str())).count()
        };
        (count(came), count(came) + count(held))
    };
    let (came, held) = marks(&source("attendance.csv"), &["✓"], &["x"]);
    assert_eq!((came, held), (82, 95));
    let published = text_of(&output, "2019-20/data/attendance.csv");
    assert_eq!(marks(published, &["present", "deputy"], &["absent", "apologies"]), (came, held));

    let data: Value = serde_json::from_str(text_of(&output, "2019-20/data/report.json")).unwrap();
    let rate = &data["attendance"]["rate"];
    assert_eq!((rate["came"].as_u64(), rate["held"].as_u64()), (Some(came as u64), Some(held as u64)));
    assert_eq!(rate["percent"], "86.3");
    let of_meetings = data["attendance"]["meetings"].as_array().unwrap().iter();
    assert_eq!(of_meetings.map(|meeting| meeting["rate"]["came"].as_u64().unwrap()).sum::<u64>(), came as u64);

    let page = text_of(&output, "2019-20/attendance/index.html");
    assert!(page.contains("86.3%") && page.contains("82 of 95"), "the page says another rate");
    assert!(text_of(&output, "2019-20/index.html").contains("86.3%"));
}
