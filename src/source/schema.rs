//! JSON Schemas (draft-07) of the YAML files and of front matter, so that editors can complete and check keys.
//!
//! They come from the same declarations as the readers in [`super::files`]. Like the readers, they accept numbers and
//! booleans as text.

use serde_json::{Map, Value, json};

use super::files::{
    ChartFile, CoverFile, DecisionsFile, GlossaryFile, GovernanceFile, IndicatorsFile, PageFrontMatter, ReportFile,
    ReviewsFile, SiteFile, SubmissionFrontMatter, ThemeFile,
};
use super::yaml::{FromYaml, Record, RecordField, ValueType};

/// A kind of file that has a schema.
#[derive(Clone, Copy, Debug)]
pub struct FileSchema {
    /// The name that `annal schema` takes, such as `report`.
    pub name: &'static str,
    /// The files that it is for, as a pattern relative to the site's root, or words for front matter and chart blocks.
    pub files: &'static str,
    shape: fn() -> ValueType,
}

/// All schemas.
pub const SCHEMAS: &[FileSchema] = &[
    FileSchema { name: "site", files: "content/site.yaml", shape: SiteFile::shape },
    FileSchema { name: "report", files: "content/*/report.yaml", shape: ReportFile::shape },
    FileSchema { name: "governance", files: "content/*/governance.yaml", shape: GovernanceFile::shape },
    FileSchema { name: "decisions", files: "content/*/decisions.yaml", shape: DecisionsFile::shape },
    FileSchema { name: "reviews", files: "content/*/reviews.yaml", shape: ReviewsFile::shape },
    FileSchema { name: "cover", files: "content/covers/*.yaml", shape: CoverFile::shape },
    FileSchema { name: "glossary", files: "content/glossary.yaml", shape: GlossaryFile::shape },
    FileSchema { name: "indicators", files: "content/indicators.yaml", shape: IndicatorsFile::shape },
    FileSchema {
        name: "submission",
        files: "front matter of boards/*.md and agencies/*.md",
        shape: SubmissionFrontMatter::shape,
    },
    FileSchema { name: "page", files: "front matter of pages/*.md", shape: PageFrontMatter::shape },
    FileSchema { name: "theme", files: "themes/*/theme.yaml", shape: ThemeFile::shape },
    FileSchema { name: "chart", files: "chart blocks", shape: ChartFile::shape },
];

impl FileSchema {
    /// The schema as a JSON document.
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

/// The schema of values of a type.
fn schema(shape: &ValueType) -> Value {
    match shape {
        ValueType::Text { pattern: None, .. } => json!({ "type": ["string", "number", "boolean"] }),
        ValueType::Text { pattern: Some(pattern), takes_numbers, .. } => {
            // YAML reads an id such as `2019` as a number. JSON Schema ignores `pattern` for numbers.
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

/// The schema of an optional value of a type, with its description.
#[must_use]
pub(crate) fn described(shape: &ValueType, about: &str) -> Value {
    let mut value = or_nothing(schema(shape));
    value["description"] = about.into();
    value
}

/// The schema of a mapping with known keys.
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

/// The schema of a key's value, with its description. An optional key may also have no value.
fn property(field: &RecordField) -> Value {
    let mut value = schema(&field.shape);
    if !field.required {
        value = or_nothing(value);
    }
    let about = match &field.shape {
        ValueType::Text { name, pattern: Some(_), .. } => format!("{} Must be {name}.", joined(field.doc)),
        _ => joined(field.doc),
    };
    // Replaces the record's own description, since the key's is more specific.
    value["description"] = about.into();
    value
}

/// The same schema, but `null` is allowed too.
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

/// The lines of a doc comment joined into one.
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
    fn texts_accept_numbers_and_booleans() {
        assert_eq!(check("site", "/properties/title/type"), json!(["string", "number", "boolean"]));
        assert_eq!(check("report", "/properties/boards/items/properties/id/type"), json!(["string", "number"]));
        assert_eq!(check("report", "/properties/due/type"), json!(["string", "null"]));
    }
}
