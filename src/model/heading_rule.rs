//! The headings that open one section of a submission.

use std::sync::{Arc, OnceLock};

use super::ids::SubmitterKind;
use super::normalize::fold_heading;
use super::section_headings::{BUILT_IN, BuiltInSection, PLANS};
use crate::source::files::SectionRule;

/// The language of a site whose `site.yaml` could not be read: headings in any language open the sections.
pub(crate) const UNKNOWN_LANGUAGE: &str = "und";

/// One section: the headings that open it, and whether it is required.
#[derive(Clone, Debug)]
pub(super) struct HeadingRule {
    pub id: String,
    pub title: String,
    /// The headings that open it, in the form of [`fold_heading`].
    pub headings: Vec<String>,
    /// What documents often have above it instead, in the same form.
    pub usual: Vec<String>,
    pub required: bool,
}

/// The language of the headings that open sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeadingLanguage {
    English,
    /// English headings open the sections too, since part of a text may not be translated yet.
    Welsh,
    /// That of a site whose `site.yaml` could not be read.
    Unknown,
}

impl HeadingLanguage {
    /// The language of a site's language tag.
    fn from_tag(language: &str) -> Self {
        match language.split('-').next() {
            Some("cy") => Self::Welsh,
            _ if language == UNKNOWN_LANGUAGE => Self::Unknown,
            _ => Self::English,
        }
    }
}

/// The built-in rules for one kind of submission, on a site in a language.
pub(super) fn built_in_rules(kind: SubmitterKind, language: &str) -> Arc<[HeadingRule]> {
    // Each is made when it is first asked for, since most sites have one language.
    static RULES: [[OnceLock<Arc<[HeadingRule]>>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];
    let language = HeadingLanguage::from_tag(language);
    let known = &RULES[usize::from(kind == SubmitterKind::Agency)][language as usize];
    let make = || BUILT_IN.iter().map(|section| HeadingRule::built_in(section, kind, language)).collect();
    Arc::clone(known.get_or_init(make))
}

impl HeadingRule {
    fn built_in(section: &BuiltInSection, kind: SubmitterKind, language: HeadingLanguage) -> Self {
        let welsh = if language == HeadingLanguage::English { &[] } else { section.welsh };
        Self {
            id: section.id.to_owned(),
            title: section.title(kind, language == HeadingLanguage::Welsh).to_owned(),
            headings: section.english.iter().chain(welsh).map(|heading| fold_heading(heading)).collect(),
            usual: section.usual.iter().map(|heading| fold_heading(heading)).collect(),
            required: section.required,
        }
    }

    /// What a built-in section is about, for messages.
    fn subject(&self) -> Option<&'static str> {
        match self.id.as_str() {
            "done" => Some("what was done"),
            PLANS => Some("what happens next"),
            "impact" => Some("what difference it made"),
            "voice" => Some("what people have said"),
            _ => None,
        }
    }

    /// The message if the section is missing.
    pub(super) fn missing_message(&self) -> String {
        match self.subject() {
            Some(subject) => format!("this submission does not say {subject}"),
            None => format!("this submission does not say anything under `{}`", self.title),
        }
    }

    /// The message if there are two of the section.
    pub(super) fn duplicate_message(&self) -> String {
        match self.subject() {
            Some(subject) => format!("this submission has two sections about {subject}"),
            None => format!("this submission has two sections `{}`", self.title),
        }
    }

    /// The edit distance from a folded heading to one that opens the section, if it is small: at most a third of the
    /// length, and with the key word (`done`, `next`) recognisable.
    pub(super) fn distance(&self, folded: &str) -> Option<usize> {
        let own_length = folded.chars().count();
        let distance_to = |accepted: &String| {
            let length = accepted.chars().count();
            let most = own_length.max(length) / 3;
            // Texts differ at least by what one is longer. Most lines that are no heading are, and distances take long.
            if own_length.abs_diff(length) > most {
                return None;
            }
            let key = accepted.rsplit(' ').next().unwrap_or_default();
            let has_key = folded.split(' ').any(|word| {
                word == key || (key.len() > 2 && word.len() > 2 && strsim::damerau_levenshtein(word, key) <= 1)
            });
            let distance = has_key.then(|| strsim::damerau_levenshtein(folded, accepted))?;
            (distance <= most).then_some(distance)
        };
        self.headings.iter().filter_map(distance_to).min()
    }
}

/// Applies a rule of `report.yaml`: it changes the built-in rule with the same id, or is added as a new one.
pub(super) fn change(rules: &mut Vec<HeadingRule>, written: &SectionRule) {
    let (Some(id), Some(title)) = (&written.id, &written.title) else { return };
    let own = written.headings.iter().flatten().map(|heading| heading.value.as_str());
    let headings: Vec<String> = own.chain([title.value.as_str()]).map(fold_heading).collect();
    let required = written.required.as_ref().map(|required| required.value);
    if let Some(rule) = rules.iter_mut().find(|rule| rule.id == id.as_str()) {
        rule.title.clone_from(&title.value);
        rule.headings.extend(headings);
        rule.required = required.unwrap_or(rule.required);
    } else {
        let (id, title) = (id.as_str().to_owned(), title.value.clone());
        let usual = Vec::new();
        rules.push(HeadingRule { id, title, headings, usual, required: required.unwrap_or(false) });
    }
}
