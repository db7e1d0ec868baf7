//! Looks for suppressed figures on pages, in charts and in data: a number beside the name of what is suppressed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::edition::{Edition, FigureId, Shown, StatedChange};
use super::number::ShownNumber;
use crate::diagnostic::RelPath;
use crate::document::html::tokenizer::{HtmlToken, HtmlTokens, attribute};
use crate::output::OutputTree;
use crate::source::one_line::one_line;

/// A number that a file of the site has beside the name of a suppressed figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sighting {
    /// The place of the edition that suppresses it.
    pub edition: usize,
    /// The file's address.
    pub address: String,
    pub figure: FigureId,
    pub number: ShownNumber,
}

/// All that is found in a site. Changes that pages state are added to their editions.
pub(super) fn sightings(site: &OutputTree, editions: &mut [Edition]) -> Vec<Sighting> {
    let wanted: Vec<Wanted> = (0..editions.len()).flat_map(|place| Wanted::all_of(place, &editions[place])).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    for (path, bytes) in &site.files {
        let own = editions.iter().position(|edition| path.as_str().starts_with(&format!("{}/", edition.folder)));
        let text = String::from_utf8_lossy(bytes);
        // The pages that all years share may have the figures of any.
        let mut wanted: Vec<&Wanted> = wanted.iter().filter(|one| own.is_none_or(|own| own == one.edition)).collect();
        if wanted.is_empty() {
            continue;
        }
        let lower = text.to_lowercase();
        let mut is_named: BTreeMap<(usize, &str), bool> = BTreeMap::new();
        wanted.retain(|one| {
            let indicator = (one.edition, one.figure.indicator.as_str());
            *is_named.entry(indicator).or_insert_with(|| one.is_named_in(&lower))
        });
        if wanted.is_empty() {
            continue;
        }
        let mut reader = SightReader { path, wanted: &wanted, found: BTreeSet::new(), changes: Vec::new() };
        match path.extension() {
            "html" | "svg" | "xml" => reader.page(&text),
            "json" => reader.json(&serde_json::from_str(&text).unwrap_or_default(), &mut Vec::new()),
            _ => {}
        }
        found.append(&mut reader.found);
        for (id, change) in reader.changes {
            if let Some(facts) = own.and_then(|own| editions[own].indicators.get_mut(&id)) {
                facts.changes.push(change);
            }
        }
    }
    found.into_iter().collect()
}

/// A suppressed figure, as it would be named.
struct Wanted {
    edition: usize,
    figure: FigureId,
    /// The indicator's name.
    name: String,
    unit: String,
    /// The names of its group: `65 and over`, `age: 65 and over`. None for the whole.
    labels: Vec<String>,
    /// The names of all groups of the indicator.
    all_labels: BTreeSet<String>,
    /// The periods of the indicator, latest last.
    periods: Vec<String>,
    year: String,
}

impl Wanted {
    fn all_of(place: usize, edition: &Edition) -> Vec<Self> {
        let suppressed = edition
            .figures
            .iter()
            .filter(|(figure, shown)| **shown == Shown::Suppressed && edition.is_count(&figure.indicator));
        let labels = |figure: &FigureId| match &figure.group {
            Some((breakdown, group)) => vec![format!("{breakdown}: {group}").to_lowercase(), group.to_lowercase()],
            None => Vec::new(),
        };
        // A group that several breakdowns have is only named together with its breakdown.
        let is_ambiguous = |figure: &FigureId| {
            let same = |other: &&FigureId| other.indicator == figure.indicator && other.period == figure.period;
            let names = edition.figures.keys().filter(same).filter_map(|other| other.group.as_ref());
            figure.group.as_ref().is_some_and(|(_, own)| names.filter(|(_, group)| group == own).count() > 1)
        };
        let wanted = suppressed.map(|(figure, _)| {
            let same = || edition.figures.keys().filter(|other| other.indicator == figure.indicator);
            let facts = edition.indicators.get(&figure.indicator);
            let periods: BTreeSet<&String> = same().map(|other| &other.period).collect();
            Self {
                edition: place,
                name: facts.map_or_else(|| figure.indicator.clone(), |facts| facts.name.to_lowercase()),
                unit: facts.map(|facts| facts.unit.to_lowercase()).unwrap_or_default(),
                labels: labels(figure).into_iter().take(if is_ambiguous(figure) { 1 } else { 2 }).collect(),
                all_labels: same().flat_map(labels).collect(),
                periods: periods.into_iter().cloned().collect(),
                year: edition.year().to_owned(),
                figure: figure.clone(),
            }
        });
        wanted.filter(|one| !one.name.is_empty()).collect()
    }

    /// Whether the name of the indicator is in a text in lower case.
    fn is_named_in(&self, text: &str) -> bool {
        contains_word(text, &self.name) || contains_word(text, &self.figure.indicator)
    }

    /// Whether one of the texts is the name or the id of the indicator. A formula has the ids of others in it.
    fn is_one_of(&self, texts: &[String]) -> bool {
        texts.iter().any(|text| *text == self.name || *text == self.figure.indicator)
    }

    /// Whether a text in lower case is the name of its group; of a whole, whether it is not the name of any group.
    fn is_label(&self, text: &str) -> bool {
        if self.labels.is_empty() {
            return !self.all_labels.contains(text)
                && self.all_labels.iter().all(|label| !text.ends_with(label.as_str()));
        }
        self.labels.iter().any(|label| label == text)
    }

    /// Whether a row has the names of its breakdown and of its group in different cells.
    fn is_split_label(&self, row: &[String]) -> bool {
        let has = |name: &str| row.iter().any(|cell| *cell == name.to_lowercase());
        self.figure.group.as_ref().is_some_and(|(breakdown, group)| has(breakdown) && has(group))
    }

    /// Whether a text is about its period, if only because it names no other.
    fn is_period_of(&self, text: &str) -> bool {
        text.contains(&self.figure.period)
            || self.figure.period == self.year && !self.periods.iter().any(|period| text.contains(period))
    }

    /// The number that a row of a table has for it.
    fn in_row(&self, head: &[String], row: &[String]) -> Option<ShownNumber> {
        let number = |cell: &String| (*cell != self.figure.period).then(|| whole_number(cell)).flatten();
        let (label, cells) = row.split_first()?;
        let period = |cell: &String| cell.contains(&self.figure.period);
        // A column for each period, and a row for each group.
        if self.is_label(label) {
            if let Some(column) = head.iter().position(period) {
                return row.get(column).and_then(number);
            }
            let has_no_period = !row.iter().any(|cell| self.periods.contains(cell));
            if !self.labels.is_empty() && self.is_period_of(&head.join(" ")) && has_no_period {
                return cells.iter().find_map(number);
            }
        }
        // A column for each group, and a row for each period.
        if period(label) && !self.labels.is_empty() {
            let column = head.iter().position(|cell| self.is_label(cell))?;
            return row.get(column).and_then(number);
        }
        self.in_record(row)
    }

    /// The number of a row, or of an object of JSON, that names one figure.
    fn in_record(&self, row: &[String]) -> Option<ShownNumber> {
        let number = |cell: &String| (*cell != self.figure.period).then(|| whole_number(cell)).flatten();
        let has_label = if self.labels.is_empty() {
            !row.iter().any(|cell| self.all_labels.contains(cell))
        } else {
            row.iter().any(|cell| self.is_label(cell)) || self.is_split_label(row)
        };
        (row.contains(&self.figure.period) && has_label).then(|| row.iter().find_map(number))?
    }

    /// The number that a text in lower case has for it: after the name of its group, after its period, or before its unit.
    fn in_text(&self, text: &str) -> Option<ShownNumber> {
        let period = self.figure.period.as_str();
        if self.labels.is_empty() {
            if self.all_labels.iter().any(|label| contains_word(text, label)) {
                return None;
            }
            let with_unit = leading_number(text).filter(|(_, rest)| {
                let is_counted = !self.unit.is_empty() && rest.trim_start().starts_with(&self.unit);
                // `12 concerns in 2024-25, up 7 since 2023-24` is about the first of the two.
                is_counted && first_year(rest).is_some_and(|rest| rest.starts_with(period))
            });
            return after(text, period).or(with_unit.map(|(number, _)| number));
        }
        if !self.is_period_of(text) {
            return None;
        }
        self.labels.iter().find_map(|label| after(text, label).or_else(|| after(text, &format!("{label}, {period}"))))
    }
}

/// Whether a text has these words and not only a part of a longer one.
fn contains_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, rest) = (&text[..at], &text[at + words.len()..]);
        !before.ends_with(char::is_alphanumeric) && !rest.starts_with(char::is_alphanumeric)
    })
}

/// A text from its first year on: four digits that begin a word.
fn first_year(text: &str) -> Option<&str> {
    let begins_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let mut words =
        text.char_indices().filter(|(at, c)| c.is_ascii_digit() && begins_word(*at)).map(|(at, _)| &text[at..]);
    words.find(|word| word.bytes().take_while(u8::is_ascii_digit).count() == 4)
}

/// The number after words: `65 and over: 3`, `65 and over (3)`.
fn after(text: &str, words: &str) -> Option<ShownNumber> {
    text.match_indices(words).find_map(|(at, _)| {
        let rest = &text[at + words.len()..];
        let number = rest.trim_start_matches([':', '=', '(', ' ', '\u{a0}']);
        let is_apart = number.len() < rest.len() && !text[..at].ends_with(char::is_alphanumeric);
        is_apart.then(|| leading_number(number)).flatten().map(|(number, _)| number)
    })
}

/// The whole number that a text begins with, and what follows. A year such as `2024-25` is not a number, and neither is a
/// percentage.
fn leading_number(text: &str) -> Option<(ShownNumber, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let digits = digits.trim_end_matches(',');
    let is_more = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '%'))
        || rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    (!is_more).then(|| Some((whole_number(digits)?, rest)))?
}

/// A cell that is a whole number.
fn whole_number(cell: &str) -> Option<ShownNumber> {
    ShownNumber::parse(cell).filter(|number| number.decimals == 0 && number.digits >= 0)
}

/// Reads a file and keeps what it says about figures that are wanted.
struct SightReader<'a> {
    path: &'a RelPath,
    wanted: &'a [&'a Wanted],
    found: BTreeSet<Sighting>,
    /// Changes that the page states, by the indicator's id.
    changes: Vec<(String, StatedChange)>,
}

/// What encloses a place of a page.
#[derive(Default)]
struct PageContext {
    /// The headings above it, by their levels.
    headings: Vec<(u8, String)>,
    head: Vec<String>,
    row: Vec<String>,
    text: String,
    is_head: bool,
}

impl SightReader<'_> {
    fn see(&mut self, is_about: impl Fn(&Wanted) -> bool, look: impl Fn(&Wanted) -> Option<ShownNumber>) {
        for one in self.wanted.iter().filter(|one| is_about(one)) {
            if let Some(number) = look(one) {
                let address = self.path.as_str().strip_suffix("index.html").unwrap_or(self.path.as_str());
                let (edition, figure) = (one.edition, one.figure.clone());
                self.found.insert(Sighting { edition, address: format!("/{address}"), figure, number });
            }
        }
    }

    fn see_text(&mut self, context: &str, text: &str) {
        let text = words(text);
        let context = format!("{context} {text}");
        self.see(|one| one.is_named_in(&context), |one| one.in_text(&text));
        let Some((_, change)) = text.split_once(['▲', '▼']).filter(|(before, _)| before.is_empty()) else { return };
        let sign = if text.starts_with('▲') { 1 } else { -1 };
        let by = change.split([' ', '\u{a0}']).find_map(ShownNumber::parse);
        for one in self.wanted.iter().filter(|one| one.is_named_in(&context) && one.labels.is_empty()) {
            let from = one.periods.iter().find(|period| change.contains(period.as_str()));
            if let (Some(from), Some(by), Some(to)) = (from, by, one.periods.last()) {
                let by = ShownNumber { digits: sign * by.digits, ..by };
                let change = StatedChange { from: from.clone(), to: to.clone(), by };
                self.changes.push((one.figure.indicator.clone(), change));
            }
        }
    }

    fn page(&mut self, text: &str) {
        let mut tokens = HtmlTokens::new(text);
        let mut context = PageContext::default();
        while let Some(token) = tokens.next() {
            match token {
                HtmlToken::Text(text) => context.text.push_str(&text),
                HtmlToken::Start(name, attributes) => {
                    if name == "script" || name == "style" {
                        if name == "script"
                            && attribute(attributes, "type").is_some_and(|kind| kind.ends_with("json"))
                            && let Some(HtmlToken::Text(text)) = tokens.next()
                        {
                            self.json(&serde_json::from_str(&text).unwrap_or_default(), &mut Vec::new());
                        }
                        tokens.skip_raw(&name);
                        continue;
                    }
                    let said = attribute_texts(attributes);
                    if !said.is_empty() {
                        self.see_text(&context.about(), &said);
                    }
                    if is_block(&name) {
                        self.end_text(&mut context);
                    }
                    match name.as_str() {
                        "table" => context.head.clear(),
                        "thead" => context.is_head = true,
                        "tr" => context.row.clear(),
                        _ => {}
                    }
                }
                HtmlToken::End(name) => self.end(&name, &mut context),
            }
        }
        self.end_text(&mut context);
    }

    fn end(&mut self, name: &str, context: &mut PageContext) {
        if !is_block(name) {
            return;
        }
        let level = name.strip_prefix('h').and_then(|level| level.parse().ok());
        if let Some(level) = level {
            let text = words(&std::mem::take(&mut context.text));
            context.headings.retain(|(other, _)| *other < level);
            context.headings.push((level, text));
        } else if matches!(name, "td" | "th") {
            context.row.push(words(&std::mem::take(&mut context.text)));
        } else if name == "thead" {
            context.is_head = false;
        } else if name == "tr" {
            let row = std::mem::take(&mut context.row);
            if context.is_head || context.head.is_empty() {
                context.head = row;
            } else {
                let about = format!("{} {}", context.about(), row.join(" "));
                self.see(|one| one.is_named_in(&about), |one| one.in_row(&context.head, &row));
            }
        }
        self.end_text(context);
    }

    fn end_text(&mut self, context: &mut PageContext) {
        let text = std::mem::take(&mut context.text);
        if !text.trim().is_empty() {
            self.see_text(&context.about(), &text);
        }
    }

    /// Looks through JSON. `above` has the texts of the objects around it.
    fn json(&mut self, value: &Value, above: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                let own = fields.values().filter_map(Value::as_str).filter(|text| text.len() < 200);
                let own: Vec<String> = own.map(words).collect();
                let before = above.len();
                above.extend(own.iter().cloned());
                for (key, value) in fields {
                    let scalar = scalar(value);
                    let number = scalar.as_deref().and_then(whole_number);
                    let is_value = matches!(key.as_str(), "value" | "count" | "number" | "n" | "y" | "amount");
                    if number.is_some() && (is_value || self.wanted.iter().any(|one| one.figure.period == *key)) {
                        let mut row = own.clone();
                        row.push(words(key));
                        row.extend(scalar);
                        self.see(|one| one.is_one_of(above), |one| one.in_record(&row));
                    }
                    self.json(value, above);
                }
                above.truncate(before);
            }
            Value::Array(items) => {
                let row: Vec<String> = items.iter().filter_map(scalar).map(|text| words(&text)).collect();
                if row.len() == items.len() && row.len() > 1 {
                    self.see(|one| one.is_one_of(above) || one.is_one_of(&row), |one| one.in_record(&row));
                }
                for item in items {
                    self.json(item, above);
                }
            }
            Value::String(text) => self.see_text(&above.join(" "), text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

impl PageContext {
    /// The headings and the table's columns, in lower case.
    fn about(&self) -> String {
        let headings: Vec<&str> = self.headings.iter().map(|(_, text)| text.as_str()).collect();
        headings.join(" ")
    }
}

/// A single value of JSON as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// Words in lower case with single spaces.
fn words(text: &str) -> String {
    one_line(text).to_lowercase()
}

/// Elements whose text is apart from what is around them.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "h1" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "p"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "thead"
            | "table"
            | "caption"
            | "figcaption"
            | "text"
            | "title"
            | "desc"
            | "dt"
            | "dd"
            | "div"
            | "section"
            | "summary"
            | "option"
    )
}

/// What the attributes of an element say that readers or programs are given: labels, and data of any name.
fn attribute_texts(attributes: &str) -> String {
    let data = attributes.split_whitespace().filter_map(|part| part.split_once('=')).map(|(name, _)| name);
    let names = ["aria-label", "aria-valuetext", "title", "alt", "content"].into_iter();
    let names = names.chain(data.filter(|name| name.starts_with("data-")));
    names.filter_map(|name| attribute(attributes, name)).collect::<Vec<_>>().join(" ")
}
