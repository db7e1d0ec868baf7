//! Fields: text that Word works out, with a code behind it.

use std::collections::BTreeSet;

use super::super::xml::Tag;
use super::run::is_on;

/// A field that has begun and not ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub code: String,
    /// Whether its code has ended, so that its text follows.
    pub has_result: bool,
    /// Whether its text is left out.
    pub is_left_out: bool,
    /// The address, if it is a link.
    pub link: Option<String>,
    /// What a field of an old form shows, which has no text of its own.
    pub form: OldFormField,
    /// How many fields begin before it in the document. `None` if it is an element, which always ends.
    number: Option<usize>,
}

/// The fields that have begun and not ended.
///
/// One whose end is missing would hide all that follows it, which Word shows. Whether an end is missing is known only where
/// the text ends, so a document with such fields is read again, and they are passed over.
#[derive(Debug, Default)]
pub(super) struct OpenFields {
    open: Vec<Field>,
    /// How many have begun so far.
    begun: usize,
    /// The numbers of those that are passed over.
    passed_over: BTreeSet<usize>,
    /// The numbers of those that turned out to have no end.
    pub without_end: BTreeSet<usize>,
}

/// A tick box or a list of choices in a form made with Word's older form fields.
#[derive(Clone, Debug, Default)]
pub(super) struct OldFormField {
    is_tick_box: bool,
    is_ticked: bool,
    choices: Vec<String>,
    chosen: usize,
}

impl Field {
    /// A field that is an element, with its code.
    pub(super) fn new(code: String) -> Self {
        let mut field = Self { code, ..Self::default() };
        field.end_code();
        field
    }

    /// Reads the code once it is complete.
    pub(super) fn end_code(&mut self) {
        self.has_result = true;
        self.link = link_of(&self.code);
        self.is_left_out = is_about_the_document(&self.code);
    }

    /// Takes in an element of the data of an old form field (`w:ffData`).
    pub(super) fn read_form_data(&mut self, tag: &Tag<'_>) {
        let number = || tag.attribute("val").and_then(|value| value.parse().ok());
        match tag.name() {
            "checkBox" => self.form.is_tick_box = true,
            "checked" => self.form.is_ticked = is_on(tag),
            "default" if self.form.is_tick_box => self.form.is_ticked = is_on(tag),
            "default" | "result" => self.form.chosen = number().unwrap_or(self.form.chosen),
            "listEntry" => self.form.choices.extend(tag.attribute("val")),
            _ => {}
        }
    }

    /// What a tick box or a list of choices shows.
    #[must_use]
    pub(super) fn shown_choice(&self) -> Option<String> {
        match name_of(&self.code).as_str() {
            "FORMCHECKBOX" => Some(if self.form.is_ticked { "☒" } else { "☐" }.to_owned()),
            "FORMDROPDOWN" => self.form.choices.get(self.form.chosen).cloned(),
            _ => None,
        }
    }
}

impl OpenFields {
    /// No field, in a document where those with these numbers have no end.
    pub(super) fn new(passed_over: &BTreeSet<usize>) -> Self {
        Self { passed_over: passed_over.clone(), ..Self::default() }
    }

    /// Begins a field; returns whether it has not been passed over.
    pub(super) fn begin(&mut self) -> bool {
        let number = self.begun;
        self.begun += 1;
        let has_end = !self.passed_over.contains(&number);
        if has_end {
            self.open.push(Field { number: Some(number), ..Field::default() });
        }
        has_end
    }

    /// Begins a field that is an element.
    pub(super) fn begin_element(&mut self, field: Field) {
        self.open.push(field);
    }

    /// Ends the field that began last, unless it is an element.
    pub(super) fn end(&mut self) -> Option<Field> {
        self.open.pop_if(|field| field.number.is_some())
    }

    /// Ends all but the first `count` fields, since what they began in has ended.
    pub(super) fn keep(&mut self, count: usize) {
        let ended = self.open.drain(count.min(self.open.len())..);
        self.without_end.extend(ended.filter_map(|field| field.number));
    }

    pub(super) fn count(&self) -> usize {
        self.open.len()
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Field> {
        self.open.last_mut()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.open.iter()
    }
}

/// The name of a field, in capitals.
fn name_of(code: &str) -> String {
    code.split_whitespace().next().unwrap_or_default().to_uppercase()
}

/// The address of a `HYPERLINK` to somewhere outside the document.
fn link_of(code: &str) -> Option<String> {
    if name_of(code) != "HYPERLINK" {
        return None;
    }
    let rest = code.trim_start().get("HYPERLINK".len()..)?.trim_start();
    if rest.starts_with('\\') {
        // `\l "bookmark"`: a place in the document.
        return None;
    }
    let address = rest.strip_prefix('"').map_or_else(
        || rest.split_whitespace().next().unwrap_or_default(),
        |quoted| quoted.split('"').next().unwrap_or_default(),
    );
    Some(address.trim().to_owned()).filter(|address| !address.is_empty())
}

/// Whether the text of a field is a property or a page number of the document, or a list of its headings.
fn is_about_the_document(code: &str) -> bool {
    const NAMES: &[&str] = &[
        "AUTHOR",
        "COMMENTS",
        "CREATEDATE",
        "DOCPROPERTY",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "INDEX",
        "INFO",
        "KEYWORDS",
        "LASTSAVEDBY",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SUBJECT",
        "TEMPLATE",
        "TITLE",
        "TOA",
        "TOC",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
    ];
    NAMES.contains(&name_of(code).as_str())
}
