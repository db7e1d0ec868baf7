//! What the program writes for machines is valid by their schemas, and so is the worked example by ours.

#![allow(clippy::disallowed_methods, reason = "the worked example lies on the disk")]

mod support;

use std::fs;

use annal::format::sarif;
use annal::{Code, Diagnostic, DiagnosticList, Location, RelPath, SCHEMAS, Severity, SourceTree, Span};
use serde_json::{Value, json};
use support::root;

/// What of a value a schema does not allow, each with its path.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the schema is valid itself");
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// The log has everything that a log of ours can have: related places, a waiver, a file without text.
#[test]
fn sarif_is_valid() {
    let tree = SourceTree::from_texts([("content/2019-20/boards/a b.md", "one\ntwo\n")]);
    let (file, gone) = (RelPath::new("content/2019-20/boards/a b.md"), RelPath::new("content/2020-21/report.yaml"));
    let mut waived = Diagnostic::new(Code::EmptySection, Location::new(&file, Span::new(0, 3)), "says nothing");
    waived.severity = Severity::Note;
    waived.waived = Some("known".into());
    let found = vec![
        Diagnostic::new(Code::MissingFile, Location::whole(&gone), "is not there").help("add it"),
        Diagnostic::new(Code::DuplicateKey, Location::new(&file, Span::new(4, 8)), "twice")
            .related(Location::whole(&file), "first"),
        waived,
    ];
    let log: Value = serde_json::from_str(&sarif::render(&DiagnosticList::new(found, &tree, 1), "1.0.0")).unwrap();
    // As published it has a bracket too many in two patterns, which no strict reader of patterns takes.
    let schema = include_str!("schemas/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(faults(&schema, &log), Vec::<String>::new());

    let mut broken = log;
    broken["runs"][0]["results"][0]["level"] = json!("fatal");
    assert_eq!(faults(&schema, &broken).len(), 1, "the test would see a fault");
}

#[test]
fn the_worked_example_is_valid_by_our_schemas() {
    let content = root().join("content");
    for (name, file) in [
        ("site", "site.yaml"),
        ("glossary", "glossary.yaml"),
        ("report", "2019-20/report.yaml"),
        ("governance", "2019-20/governance.yaml"),
        ("submission", "2019-20/agencies/scas.md"),
        ("submission", "2019-20/boards/risk.md"),
        ("page", "2019-20/pages/foreword.md"),
    ] {
        let text = fs::read_to_string(content.join(file)).unwrap();
        let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        let yaml = front.map_or(text.as_str(), |(front, _)| front);
        let value: Value = serde_yaml::from_str(yaml).unwrap();
        let schema = SCHEMAS.iter().find(|schema| schema.name == name).unwrap().document();
        assert_eq!(faults(&schema, &value), Vec::<String>::new(), "{file}");
    }
}
