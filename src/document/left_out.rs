//! What a document has that its tree does not.

use std::collections::BTreeMap;

/// A kind of content that is left out of a document's tree, or changed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LeftOutKind {
    /// A reviewer's comment.
    Comment,
    /// Text that a tracked change deletes, or its place before a move.
    TrackedDeletion,
    /// Text that a tracked change inserts. It is kept.
    TrackedInsertion,
    /// Text that the document hides.
    HiddenText,
    /// Text at the top of every page.
    Header,
    /// Text at the bottom of every page.
    Footer,
    /// The document's properties: title, author, company, keywords, editing times.
    Properties,
    /// The code behind text that Word works out. The text itself is kept.
    FieldCode,
    /// Text that a field takes from the document's properties or pages: authors, file names, page numbers, contents.
    FieldText,
    /// A file inside the document.
    EmbeddedObject,
    /// A program inside the document.
    Macro,
    /// A second version of something, for other programs.
    AlternateContent,
    /// A drawing, diagram or chart.
    Drawing,
    /// A picture that cannot be shown or read.
    Picture,
    /// A formula. Its characters are kept.
    Formula,
    /// A cell that covers several columns or rows. Its text is repeated in each.
    MergedCell,
    /// The hint in a field of a form that nobody has filled in.
    Placeholder,
    /// A link with an address that is not safe to publish. Its text is kept.
    UnsafeLink,
    /// A script, style sheet or other part of a web page that readers do not see.
    PageCode,
    /// The title of the document, which the report already has.
    Title,
    /// A heading in other words than the year's, which takes its place.
    Heading,
    /// A number or letter such as `1.1` or `a)`, typed or counted by Word. The number of a list takes its place.
    Numbering,
    /// The first words of an email.
    Greeting,
    /// The name, role and addresses at the end of an email.
    Signature,
    /// A notice on confidentiality or viruses at the end of an email.
    Disclaimer,
    /// An earlier email, quoted below.
    QuotedEmail,
    /// An email that only says what is attached to it.
    CoverNote,
    /// A file sent with an email that annal does not read.
    Attachment,
    /// What a form says itself.
    FormText,
    /// A row of a form's table of commitments that is not as it was: another commitment, or other words for it.
    FormRow,
    /// The outcome of a commitment in words that are not among the choices.
    Outcome,
    /// A table of plans, written as a list of commitments. Column names, numbers and dates may be left out or changed.
    Plan,
    /// Another table among the plans. It is kept as a table, and only list items are read as commitments.
    PlanTable,
    /// Formatting that Markdown does not have. Its text is kept.
    Formatting,
    /// The day on which an earlier text was submitted. The document does not say when it was changed.
    EarlierDay,
}

impl LeftOutKind {
    /// The name in JSON.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::TrackedDeletion => "tracked-deletion",
            Self::TrackedInsertion => "tracked-insertion",
            Self::HiddenText => "hidden-text",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Properties => "properties",
            Self::FieldCode => "field-code",
            Self::FieldText => "field-text",
            Self::EmbeddedObject => "embedded-object",
            Self::Macro => "macro",
            Self::AlternateContent => "alternate-content",
            Self::Drawing => "drawing",
            Self::Picture => "picture",
            Self::Formula => "formula",
            Self::MergedCell => "merged-cell",
            Self::Placeholder => "placeholder",
            Self::UnsafeLink => "unsafe-link",
            Self::PageCode => "page-code",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Numbering => "numbering",
            Self::Greeting => "greeting",
            Self::Signature => "signature",
            Self::Disclaimer => "disclaimer",
            Self::QuotedEmail => "quoted-email",
            Self::CoverNote => "cover-note",
            Self::Attachment => "attachment",
            Self::FormText => "form-text",
            Self::FormRow => "form-row",
            Self::Outcome => "outcome",
            Self::Plan => "plan",
            Self::PlanTable => "plan-table",
            Self::Formatting => "formatting",
            Self::EarlierDay => "earlier-day",
        }
    }

    /// What it is, in words that follow a number: one, and several.
    #[must_use]
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Comment => ("comment", "comments"),
            Self::TrackedDeletion => ("tracked deletion", "tracked deletions"),
            Self::TrackedInsertion => ("tracked insertion, which was kept", "tracked insertions, which were kept"),
            Self::HiddenText => ("piece of hidden text", "pieces of hidden text"),
            Self::Header => ("page header", "page headers"),
            Self::Footer => ("page footer", "page footers"),
            Self::Properties => {
                ("set of properties (title, author and so on)", "sets of properties (title, author and so on)")
            }
            Self::FieldCode => ("field code", "field codes"),
            Self::FieldText => ("text that a field fills in", "texts that fields fill in"),
            Self::EmbeddedObject => ("embedded file", "embedded files"),
            Self::Macro => ("macro", "macros"),
            Self::AlternateContent => ("second version for other programs", "second versions for other programs"),
            Self::Drawing => ("drawing or chart", "drawings or charts"),
            Self::Picture => ("picture that cannot be shown", "pictures that cannot be shown"),
            Self::Formula => ("formula, written as plain text", "formulas, written as plain text"),
            Self::MergedCell => ("merged cell, whose text is repeated", "merged cells, whose text is repeated"),
            Self::Placeholder => ("hint of a form", "hints of a form"),
            Self::UnsafeLink => {
                ("link with an unsafe address, kept as text", "links with unsafe addresses, kept as text")
            }
            Self::PageCode => ("script or style sheet", "scripts or style sheets"),
            Self::Title => ("title", "titles"),
            Self::Heading => ("heading, written in the year's words", "headings, written in the year's words"),
            Self::Numbering => {
                ("number in another form, written as a list's", "numbers in another form, written as a list's")
            }
            Self::Greeting => ("greeting", "greetings"),
            Self::Signature => ("signature", "signatures"),
            Self::Disclaimer => ("disclaimer", "disclaimers"),
            Self::QuotedEmail => ("earlier email", "earlier emails"),
            Self::CoverNote => ("covering email", "covering emails"),
            Self::Attachment => ("attachment that annal does not read", "attachments that annal does not read"),
            Self::FormText => ("text of the form itself", "texts of the form itself"),
            Self::FormRow => {
                ("row of the form that is not as it was sent", "rows of the form that are not as they were sent")
            }
            Self::Outcome => ("outcome that is not one of the choices", "outcomes that are not among the choices"),
            Self::Plan => {
                ("table of plans, written as a list of commitments", "tables of plans, written as lists of commitments")
            }
            Self::PlanTable => (
                "table among the plans, kept as a table: only list items are commitments",
                "tables among the plans, kept as tables: only list items are commitments",
            ),
            Self::Formatting => ("symbol", "symbols"),
            Self::EarlierDay => (
                "date in `submitted`, which was the earlier text's; write the day on which this one arrived",
                "dates in `submitted`, which were the earlier texts'; write the day on which each of these arrived",
            ),
        }
    }
}

/// Something that is not in the tree, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub kind: LeftOutKind,
    /// The number of the paragraph where it was, from 1. 0 if it belongs to the whole document.
    pub paragraph: u32,
    /// How many there were in that paragraph.
    pub count: u32,
    /// Its words, if readers of the document saw them. What they did not see is never repeated.
    pub text: Option<String>,
}

impl LeftOut {
    /// The day on which an earlier text was submitted.
    #[must_use]
    pub(crate) fn earlier_day(day: String) -> Self {
        Self { kind: LeftOutKind::EarlierDay, paragraph: 0, count: 1, text: Some(day) }
    }
}

/// Collects what is left out, counting what is of one kind and in one paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOutLog {
    counts: BTreeMap<(u32, LeftOutKind), (u32, Option<String>)>,
}

impl LeftOutLog {
    /// Counts something whose words nobody may see.
    pub(crate) fn add(&mut self, kind: LeftOutKind, paragraph: u32) {
        let (count, _) = self.counts.entry((paragraph, kind)).or_default();
        *count = count.saturating_add(1);
    }

    /// Notes words that readers of the document saw. Those of one kind and paragraph count as one.
    pub(crate) fn add_text(&mut self, kind: LeftOutKind, paragraph: u32, text: &str) {
        let (count, words) = self.counts.entry((paragraph, kind)).or_default();
        *count = (*count).max(1);
        words.get_or_insert_default().push_str(text);
    }

    /// Counts something, and notes its name on a line of its own.
    pub(crate) fn add_named(&mut self, kind: LeftOutKind, paragraph: u32, name: &str) {
        self.add(kind, paragraph);
        self.add_text(kind, paragraph, &format!("{name}\n"));
    }

    /// Forgets the words of what was left out of a paragraph that turns out to be hidden.
    pub(crate) fn hide_words(&mut self, paragraph: u32) {
        let of_paragraph = (paragraph, LeftOutKind::Comment)..=(paragraph, LeftOutKind::EarlierDay);
        self.counts.range_mut(of_paragraph).for_each(|(_, (_, words))| *words = None);
    }

    /// Everything that was left out, in the order of the document.
    #[must_use]
    pub(crate) fn into_list(self) -> Vec<LeftOut> {
        let entry = |((paragraph, kind), (count, text))| LeftOut { kind, paragraph, count, text };
        self.counts.into_iter().map(entry).collect()
    }
}
