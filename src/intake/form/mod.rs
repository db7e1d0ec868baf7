//! The form of a board or agency: a Word document with the year's headings and last year's commitments. It is written here,
//! and read here when it comes back ([`returned`]).

pub(super) mod returned;

use crate::document::word::write::{WordBlock, WordCell, WordChoice, WordDocument, WordStyle, WordTable};
use crate::locale::Locale;
use crate::model::sections::SectionRules;
use crate::model::{Archive, Commitment, Report, Submitter, Year};
use crate::source::digest::hash;
use crate::source::files::Outcome;
use crate::source::one_line::one_line;

/// The outcomes in the order of the list, each with the key of its text.
const OUTCOMES: [(Outcome, &str); 4] = [
    (Outcome::Delivered, "outcome_delivered"),
    (Outcome::InProgress, "outcome_in_progress"),
    (Outcome::NotStarted, "outcome_not_started"),
    (Outcome::Dropped, "outcome_dropped"),
];

/// The form of a board or agency for a year.
pub(crate) struct Form<'a> {
    report: &'a Report,
    owner: Submitter<'a>,
    /// The year whose commitments it asks about.
    before: Option<&'a Year>,
    commitments: &'a [Commitment],
    /// Where it is to be returned.
    return_to: Option<&'a str>,
    words: &'a Locale,
}

impl<'a> Form<'a> {
    /// The form of `owner`, in the words of the site's language.
    #[must_use]
    pub(crate) fn new(archive: &'a Archive, report: &'a Report, owner: Submitter<'a>, words: &'a Locale) -> Self {
        Self {
            report,
            owner,
            before: archive.before(report).map(|before| &before.year),
            commitments: archive.commitments_to_answer(report, owner),
            return_to: archive.site.return_to.as_deref(),
            words,
        }
    }

    /// The form as a Word document.
    #[must_use]
    pub(crate) fn document(&self) -> WordDocument {
        let report = self.report;
        let title = if report.title.is_empty() { self.words.text("letter.report") } else { &report.title };
        let mut blocks = vec![
            WordBlock::Paragraph(WordStyle::Title, title.to_owned()),
            WordBlock::Paragraph(WordStyle::Subtitle, self.owner.name.to_owned()),
            WordBlock::Paragraph(WordStyle::Notice, self.where_to()),
        ];
        let advice = |text: &str| WordBlock::Paragraph(WordStyle::Bullet, text.to_owned());
        blocks.push(advice(self.words.text("form.how")));
        blocks.extend(report.word_limit.map(|limit| advice(&self.words.count("form.limit", limit as usize))));
        if !report.priorities.is_empty() {
            let names: Vec<&str> = report.priorities.iter().map(|priority| priority.name.as_str()).collect();
            let priorities = self.words.list(&names);
            blocks.push(advice(&self.words.say("form.priorities", &[("priorities", &priorities)])));
        }
        blocks.push(advice(self.words.text("form.published")));
        if !self.commitments.is_empty() {
            blocks.extend(self.questions_about_commitments());
        }
        for rule in report.rules_of(self.owner.kind).into_iter().flat_map(SectionRules::all) {
            blocks.push(WordBlock::Paragraph(WordStyle::Heading, rule.title.to_owned()));
            let guidance = match rule.id {
                "done" => Some("form.done"),
                "impact" => Some("form.impact"),
                "voice" => Some("form.voice"),
                "next" => Some("form.next"),
                _ => None,
            };
            let optional = (!rule.is_required).then_some("form.optional");
            let guidance: Vec<&str> = optional.into_iter().chain(guidance).map(|key| self.words.text(key)).collect();
            if !guidance.is_empty() {
                blocks.push(WordBlock::Paragraph(WordStyle::Guidance, guidance.join(" ")));
            }
            blocks.push(WordBlock::Frame { is_list: matches!(rule.id, "done" | "next") });
        }
        let thanks = format!("{} {}", self.words.text("form.thanks"), self.where_to());
        blocks.push(WordBlock::Paragraph(WordStyle::Plain, thanks));
        WordDocument {
            title: format!("{title}: {}", self.owner.name),
            language: self.words.tag().to_owned(),
            property: (crate::document::FORM_PROPERTY, self.name()),
            blocks,
        }
    }

    /// What the form says of itself: `2024-25/agencies/police`.
    fn name(&self) -> String {
        format!("{}/{}/{}", self.report.year, self.owner.kind.folder(), self.owner.id)
    }

    /// By when and where it is to be returned.
    fn where_to(&self) -> String {
        let date = self.report.due.map(|due| self.words.date(due));
        match (&date, self.return_to) {
            (Some(date), Some(place)) => self.words.say("form.return-by-to", &[("date", date), ("place", place)]),
            (Some(date), None) => self.words.say("form.return-by", &[("date", date)]),
            (None, Some(place)) => self.words.say("form.return-to", &[("place", place)]),
            (None, None) => self.words.text("form.return").to_owned(),
        }
    }

    fn questions_about_commitments(&self) -> Vec<WordBlock> {
        let text = |key: &str| self.words.text(key).to_owned();
        let year = self.before.map_or("", Year::as_str);
        let row = |commitment: &Commitment| {
            let choice = WordChoice {
                tag: tag_of(commitment),
                title: text("form.outcome"),
                hint: text("form.choose"),
                choices: OUTCOMES.iter().map(|(outcome, key)| (outcome.word(), text(key))).collect(),
            };
            vec![WordCell::Text(one_line(&commitment.text)), WordCell::Choice(choice), WordCell::Blank]
        };
        let guidance = self.words.say("form.plans-guidance", &[("year", year)]);
        let table = WordTable {
            description: text("form.plans"),
            widths: vec![42, 26, 32],
            heading: vec![text("form.plan"), text("form.outcome"), text("form.note")],
            rows: self.commitments.iter().map(row).collect(),
        };
        vec![
            WordBlock::Paragraph(WordStyle::Heading, text("form.plans")),
            WordBlock::Paragraph(WordStyle::Guidance, guidance),
            WordBlock::Table(table),
        ]
    }
}

/// The name of the list of outcomes for a commitment. Word allows 64 characters, and ids may have more.
fn tag_of(commitment: &Commitment) -> String {
    format!("outcome-{:032x}", hash(commitment.id.slug().as_bytes()))
}
