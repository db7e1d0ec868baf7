//! Diagnostics for code-scanning services: SARIF 2.1.0.

use serde_json::{Value, json};

use super::located::{DiagnosticList, LocatedDiagnostic, PositionRange};
use super::{Code, Location, Severity, explain, percent_encoded};

/// Where the format's schema is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Renders a SARIF log with one run. `version` is annal's version.
#[must_use]
pub fn render(listing: &DiagnosticList<'_>, version: &str) -> String {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "annal",
                "semanticVersion": version,
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": listing.found.iter().chain(&listing.left_out).map(|found| result(listing, found)).collect::<Vec<_>>(),
        }],
    });
    format!("{log}\n")
}

/// The description of a code, which the service shows on its rule pages.
fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": explain::title(code) },
        "fullDescription": { "text": explain::summary(code) },
        "help": { "text": explain::body(code), "markdown": explain::body(code) },
        "defaultConfiguration": { "level": code.severity().name() },
        "properties": { "tags": [code.family().name()] },
    })
}

fn result(listing: &DiagnosticList<'_>, found: &LocatedDiagnostic) -> Value {
    let diagnostic = &found.diagnostic;
    let text = match (&diagnostic.waived, &diagnostic.help) {
        (None, Some(help)) => format!("{}\nhelp: {help}", diagnostic.message),
        _ => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        // A service must not fail a change for what is not published.
        "level": if diagnostic.is_left_out { Severity::Note.name() } else { diagnostic.severity.name() },
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical(listing, &diagnostic.location, found.at) }],
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().zip(&found.related).enumerate().map(|(id, ((location, label), at))| {
            json!({ "id": id, "physicalLocation": physical(listing, location, *at), "message": { "text": label } })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &diagnostic.fix {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .zip(&found.edits)
            .map(|(edit, at)| json!({ "deletedRegion": region(*at), "insertedContent": { "text": edit.replacement } }))
            .collect();
        let file = artifact(listing, &diagnostic.location);
        result["fixes"] = json!([{
            "description": { "text": fix.title },
            "artifactChanges": [{ "artifactLocation": file, "replacements": replacements }],
            "properties": { "certain": fix.is_certain },
        }]);
    }
    if diagnostic.is_left_out {
        result["properties"] = json!({ "leftOut": true });
    }
    if let Some(reason) = &diagnostic.waived {
        // The waiver is in `report.yaml` and not next to the problem, which SARIF calls an external suppression.
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": reason }]);
    }
    result
}

fn physical(listing: &DiagnosticList<'_>, location: &Location, at: PositionRange) -> Value {
    json!({ "artifactLocation": artifact(listing, location), "region": region(at) })
}

fn artifact(listing: &DiagnosticList<'_>, location: &Location) -> Value {
    json!({ "uri": percent_encoded(&listing.path(&location.file)) })
}

fn region(at: PositionRange) -> Value {
    json!({
        "startLine": at.start.line,
        "startColumn": at.start.column,
        "endLine": at.end.line,
        "endColumn": at.end.column,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::located::StaticFiles;
    use crate::diagnostic::{Diagnostic, RelPath, Severity, Span};

    #[test]
    fn results_point_at_their_rule_and_place() {
        let files = StaticFiles(&[("content/a é.md", "one\ntwo\n")]);
        let file = RelPath::new("content/a é.md");
        let mut diagnostic = Diagnostic::new(Code::MissingSection, Location::new(&file, Span::new(4, 7)), "no plans")
            .help("write some")
            .related(Location::whole(&file), "begins here");
        let log: Value =
            serde_json::from_str(&render(&DiagnosticList::new(vec![diagnostic.clone()], &files, 1), "1.0.0")).unwrap();
        let result = &log["runs"][0]["results"][0];
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "missing-section");
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "content/a%20%C3%A9.md");
        assert_eq!(physical["region"], json!({"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}));
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "begins here");
        assert_eq!(result["suppressions"], Value::Null);

        diagnostic.severity = Severity::Note;
        diagnostic.waived = Some("known".into());
        let log: Value =
            serde_json::from_str(&render(&DiagnosticList::new(vec![diagnostic], &files, 1), "1.0.0")).unwrap();
        assert_eq!(log["runs"][0]["results"][0]["suppressions"][0]["justification"], "known");
    }
}
