//! JSON Schemas (draft-07) of the YAML files and of front matter, so that editors can complete and check keys.
//!
//! They are made of the same declarations as the readers in [`super::files`]. Where a reader takes what YAML would
//! call a number or a boolean as the text that stands there, so does the schema.

use serde_json::{Map, Value, json};

use super::files::{
    ChartFile, GlossaryFile, GovernanceFile, PageFrontMatter, ReportFile, ReviewsFile, SiteFile, SubmissionFrontMatter,
};
use super::yaml::{FromYaml, Record, RecordField, ValueType};

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug)]
pub struct FileSchema {
    /// Its name: `report`.
    pub name: &'static str,
    /// The files that it is for, from the site's root; front matter and blocks are named by the files they stand in.
    pub files: &'static str,
    shape: fn() -> ValueType,
}

/// Every schema.
pub const SCHEMAS: &[FileSchema] = &[
    FileSchema { name: "site", files: "content/site.yaml", shape: SiteFile::shape },
    FileSchema { name: "report", files: "content/*/report.yaml", shape: ReportFile::shape },
    FileSchema { name: "governance", files: "content/*/governance.yaml", shape: GovernanceFile::shape },
    FileSchema { name: "reviews", files: "content/*/reviews.yaml", shape: ReviewsFile::shape },
    FileSchema { name: "glossary", files: "content/glossary.yaml", shape: GlossaryFile::shape },
    FileSchema {
        name: "submission",
        files: "front matter of boards/*.md and agencies/*.md",
        shape: SubmissionFrontMatter::shape,
    },
    FileSchema { name: "page", files: "front matter of pages/*.md", shape: PageFrontMatter::shape },
    FileSchema { name: "chart", files: "chart blocks", shape: ChartFile::shape },
];

impl FileSchema {
    /// The schema itself.
    #[must_use]
    pub fn document(&self) -> Value {
        let mut document = Map::new();
        document.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        document.insert("title".into(), format!("annal: {} ({})", self.name, self.files).into());
        if let Value::Object(rest) = schema(&(self.shape)()) {
            document.extend(rest);
        }
        document.into()
    }
}

/// The schema of a value.
fn schema(shape: &ValueType) -> Value {
    match shape {
        ValueType::Text { pattern: None, .. } => json!({ "type": ["string", "number", "boolean"] }),
        ValueType::Text { pattern: Some(pattern), takes_numbers, .. } => {
            // An id such as `2019` is a number to YAML, and a pattern is asked of texts alone.
            let types = if *takes_numbers { json!(["string", "number"]) } else { json!("string") };
            json!({ "type": types, "pattern": pattern })
        }
        ValueType::Number => json!({ "type": "number" }),
        ValueType::Bool => json!({ "enum": [true, false, "yes", "Yes", "YES", "no", "No", "NO"] }),
        ValueType::Choice(words) => json!({ "enum": words }),
        ValueType::List(item) => json!({ "type": "array", "items": schema(item) }),
        ValueType::Map(value) => json!({ "type": "object", "additionalProperties": schema(value) }),
        ValueType::Record(record) => object(record),
        ValueType::Either(shapes) => json!({ "anyOf": shapes.iter().map(schema).collect::<Vec<_>>() }),
        ValueType::Anything => json!({}),
    }
}

/// A mapping with known keys.
fn object(record: &Record) -> Value {
    let properties: Map<String, Value> =
        record.fields.iter().map(|field| (field.key.to_owned(), property(field))).collect();
    let required: Vec<_> = record.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut object = json!({
        "type": "object",
        "description": joined(record.doc),
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

/// A key's value with what it means. A key that may be left out may also stand without a value.
fn property(field: &RecordField) -> Value {
    let mut value = schema(&field.shape);
    if !field.required {
        value = or_nothing(value);
    }
    let about = match &field.shape {
        ValueType::Text { name, pattern: Some(_), .. } => format!("{} Takes {name}.", joined(field.doc)),
        _ => joined(field.doc),
    };
    // This takes the place of a record's own words: the key's say more.
    value["description"] = about.into();
    value
}

/// The same schema, with nothing allowed in place of the value.
fn or_nothing(mut schema: Value) -> Value {
    if let Some(types) = schema.get_mut("type") {
        let mut all = match types.take() {
            Value::Array(all) => all,
            one => vec![one],
        };
        all.push("null".into());
        *types = all.into();
    } else if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    } else if let Some(Value::Array(shapes)) = schema.get_mut("anyOf") {
        shapes.push(json!({ "type": "null" }));
    }
    schema
}

/// A doc comment's lines as one.
fn joined(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, path: &str) -> Value {
        let schema = SCHEMAS.iter().find(|schema| schema.name == name).unwrap();
        schema.document().pointer(path).cloned().unwrap_or_default()
    }

    #[test]
    fn keys_are_closed_and_described() {
        assert_eq!(check("report", "/additionalProperties"), json!(false));
        assert_eq!(check("report", "/required"), json!(["title", "period", "boards", "agencies"]));
        assert_eq!(check("report", "/properties/title/description"), json!("The report's title."));
        assert_eq!(check("submission", "/required"), Value::Null);
        assert_eq!(check("submission", "/properties/status/enum"), json!(["draft", "submitted", "signed-off", null]));
        assert_eq!(check("glossary", "/additionalProperties/anyOf/1/required"), json!(["meaning"]));
    }

    #[test]
    fn texts_take_what_yaml_calls_otherwise() {
        assert_eq!(check("site", "/properties/title/type"), json!(["string", "number", "boolean"]));
        assert_eq!(check("report", "/properties/boards/items/properties/id/type"), json!(["string", "number"]));
        assert_eq!(check("report", "/properties/due/type"), json!(["string", "null"]));
    }
}
