//! What the program writes for machines is valid by their schemas, and so is the worked example by ours.

#![allow(clippy::disallowed_methods, reason = "tests may look at the disk")]

use std::fs;
use std::path::Path;

use annal::diagnostic::{Code, Diagnostic, DiagnosticList, Location, RelPath, Severity, Span, sarif};
use annal::source::SourceTree;
use annal::source::schema::SCHEMAS;
use regex::Regex;
use serde_json::{Value, json};

/// What of a value the schema does not allow, each with its path. Knows the keywords that the schemas here use, and
/// fails on any other.
fn faults(schema: &Value, root: &Value, value: &Value, path: &str) -> Vec<String> {
    let mut faults_found = Vec::new();
    let mut fault = |what: &str| faults_found.push(format!("{path}: {what}: {value}"));
    let mut below = Vec::new();
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        match keyword.as_str() {
            "$ref" => {
                let target =
                    root.pointer(rule.as_str().unwrap().trim_start_matches('#')).expect("references lead somewhere");
                below.extend(faults(target, root, value, path));
            }
            "type" => {
                let types: Vec<&Value> = rule.as_array().map_or_else(|| vec![rule], |types| types.iter().collect());
                if !types.iter().any(|name| is_a(value, name.as_str().unwrap())) {
                    fault("is of the wrong type");
                }
            }
            "enum" if !rule.as_array().unwrap().contains(value) => fault("is none of the words"),
            "pattern"
                if value.as_str().is_some_and(|text| !Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)) =>
            {
                fault("does not match");
            }
            "minimum" if value.as_f64().is_some_and(|number| number < rule.as_f64().unwrap()) => fault("is too small"),
            "maximum" if value.as_f64().is_some_and(|number| number > rule.as_f64().unwrap()) => fault("is too large"),
            "minItems" if value.as_array().is_some_and(|items| (items.len() as u64) < rule.as_u64().unwrap()) => {
                fault("is too short");
            }
            "uniqueItems" => {
                let items = value.as_array().map_or(&[][..], Vec::as_slice);
                if items.iter().enumerate().any(|(i, item)| items[..i].contains(item)) {
                    fault("repeats an item");
                }
            }
            "required" if value.is_object() => {
                for key in rule.as_array().unwrap().iter().filter(|key| value.get(key.as_str().unwrap()).is_none()) {
                    fault(&format!("lacks {key}"));
                }
            }
            "properties" => {
                for (key, schema) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        below.extend(faults(schema, root, value, &format!("{path}/{key}")));
                    }
                }
            }
            "additionalProperties" => {
                let known = schema.get("properties");
                for (key, value) in value.as_object().into_iter().flatten() {
                    match rule {
                        _ if known.is_some_and(|known| known.get(key).is_some()) => {}
                        Value::Bool(false) => fault(&format!("has the unknown key {key}")),
                        Value::Bool(true) => {}
                        schema => below.extend(faults(schema, root, value, &format!("{path}/{key}"))),
                    }
                }
            }
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    below.extend(faults(rule, root, item, &format!("{path}/{i}")));
                }
            }
            "anyOf" | "oneOf" => {
                let tried = rule.as_array().unwrap().iter().map(|schema| faults(schema, root, value, path));
                let fitting = tried.filter(Vec::is_empty).count();
                if fitting == 0 || keyword == "oneOf" && fitting > 1 {
                    fault("fits none of the forms, or more than one");
                }
            }
            // What says nothing of values, and rules of other types than the value's.
            "$schema" | "$id" | "title" | "description" | "default" | "definitions" | "format" | "enum" | "pattern"
            | "minimum" | "maximum" | "minItems" | "required" => {}
            other => panic!("`{other}` is a keyword that this test does not know"),
        }
    }
    faults_found.extend(below);
    faults_found
}

fn is_a(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no type"),
    }
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
    let schema: Value = serde_json::from_str(include_str!("schemas/sarif-schema-2.1.0.json")).unwrap();
    assert_eq!(faults(&schema, &schema, &log, ""), Vec::<String>::new());

    let mut broken = log;
    broken["runs"][0]["results"][0]["level"] = json!("fatal");
    assert_eq!(faults(&schema, &schema, &broken, "").len(), 1, "the test would see a fault");
}

#[test]
fn the_worked_example_is_valid_by_our_schemas() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
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
        assert_eq!(faults(&schema, &schema, &value, file), Vec::<String>::new());
    }
}
