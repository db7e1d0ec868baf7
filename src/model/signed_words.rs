//! The words and facts that a sign-off is bound to, in one form whatever their layout.
//!
//! The form must never change: every sign-off that was ever written is compared with it. A change of it needs a new version
//! of [`TextHash`], beside the old one.

use unicode_normalization::UnicodeNormalization;

use crate::quantity::Money;
use crate::source::digest::hash;
use crate::source::files::TextHash;
use crate::source::markdown::comments::is_note;
use crate::source::markdown::{Markdown, MarkdownContent};
use crate::source::yaml::{YamlNode, YamlValue};

/// Words and figures of named fields, a line for each, with one space between two of them. White space counts only between
/// letters and digits, where it makes two words of one; the shape of quotation marks does not count.
#[derive(Debug, Default)]
pub(super) struct SignedWords {
    text: String,
    /// Whether the last character was a letter or digit, which the next one continues.
    is_in_word: bool,
}

impl SignedWords {
    /// Adds a field.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        self.begin(name);
        self.words(value);
    }

    /// Adds a field if it has a value.
    pub(super) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Adds a field of Markdown.
    pub(super) fn markdown(&mut self, name: &str, value: &Markdown) {
        self.begin(name);
        for piece in value.content() {
            match piece {
                MarkdownContent::Words(words) => self.words(&words),
                MarkdownContent::Gap => self.is_in_word = false,
                MarkdownContent::Address { target, title } => {
                    self.mark(&format!("<{target}>"));
                    self.words(&title);
                    self.is_in_word = false;
                }
                MarkdownContent::ListStart(number) => self.mark(&format!("#{number}")),
                MarkdownContent::Box(is_ticked) => self.mark(if is_ticked { "[x]" } else { "[ ]" }),
                MarkdownContent::CellEnd => self.mark("|"),
                MarkdownContent::RowEnd => self.mark("|/"),
                MarkdownContent::Strike => self.mark("~~"),
                MarkdownContent::Footnote(label) => self.mark(&format!("[^{label}]")),
            }
        }
    }

    /// Adds a value of a YAML file. The order of keys does not count, nor do keys that `is_left_out` names. Nesting is
    /// bounded by the parser.
    pub(super) fn yaml(&mut self, name: &str, node: &YamlNode, is_left_out: &dyn Fn(&str) -> bool) {
        match &node.value {
            YamlValue::Nothing => {}
            YamlValue::Text(text) => {
                self.begin(name);
                for line in text.split_inclusive('\n').filter(|line| !is_note(line)) {
                    self.words(line);
                }
            }
            YamlValue::List(items) => {
                for item in items {
                    self.begin(&format!("{name}/item"));
                    self.yaml(name, item, is_left_out);
                }
            }
            YamlValue::Map(entries) => {
                let mut entries: Vec<_> = entries.iter().filter(|(key, _)| !is_left_out(&key.text)).collect();
                entries.sort_by(|(one, _), (other, _)| one.text.cmp(&other.text));
                for (key, value) in entries {
                    self.yaml(&format!("{name}/{}", key.text), value, is_left_out);
                }
            }
        }
    }

    /// Adds a row of a table. However an amount is written, it is the same in pence.
    pub(super) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        self.begin("row");
        for cell in cells {
            match cell.parse::<Money>() {
                Ok(amount) => self.mark(&amount.pence.to_string()),
                Err(_) => self.words(cell),
            }
            self.mark("|");
        }
    }

    pub(super) fn hash(&self) -> TextHash {
        TextHash::new(hash(self.text.as_bytes()))
    }

    fn begin(&mut self, name: &str) {
        self.text.push('\n');
        self.text.push_str(name);
        self.text.push(':');
        self.is_in_word = false;
    }

    /// Adds words as they are.
    fn mark(&mut self, mark: &str) {
        self.text.push(' ');
        self.text.extend(mark.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.is_in_word = false;
    }

    /// Adds the words, figures and signs of a text, each after a space.
    fn words(&mut self, text: &str) {
        for c in text.nfc().filter(|c| !is_invisible(*c)) {
            if c.is_whitespace() || c.is_control() {
                self.is_in_word = false;
                continue;
            }
            let is_of_word = c.is_alphanumeric();
            if !(is_of_word && self.is_in_word) {
                self.text.push(' ');
            }
            match c {
                '\'' | '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | 'ʻ' | '´' | '`' | '‹' | '›' | '"' | '“' | '”' | '„'
                | '‟' | '″' | '«' | '»' | '＂' | '＇' => self.text.push('\''),
                // As pages show what is typed: `...`, `--` and `---`.
                '…' => self.text.push_str(". . ."),
                '–' => self.text.push_str("- -"),
                '—' => self.text.push_str("- - -"),
                _ => self.text.push(c),
            }
            self.is_in_word = is_of_word;
        }
    }
}

/// Whether readers see nothing of a character: soft hyphens, joiners, direction marks, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
