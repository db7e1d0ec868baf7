//! Writes Word documents: headings, paragraphs, frames to write in, and tables with lists of choices.

mod body;

use std::io;

use self::body::body;
use crate::document::package::pack;
use crate::escape;

/// A Word document to write.
#[derive(Clone, Debug)]
pub(crate) struct WordDocument {
    pub title: String,
    /// The language of its text, as a BCP 47 tag, by which Word checks the spelling.
    pub language: String,
    /// A property that readers do not see, as its name and value.
    pub property: (&'static str, String),
    pub blocks: Vec<WordBlock>,
}

/// A block of a Word document.
#[derive(Clone, Debug)]
pub(crate) enum WordBlock {
    Paragraph(WordStyle, String),
    /// A paragraph with its number or label before it, in a column of its own.
    Labelled(WordStyle, String, String),
    /// A frame to write in. It grows with what is written.
    Frame {
        /// Whether it begins with a bullet.
        is_list: bool,
    },
    Table(WordTable),
}

/// The style of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordStyle {
    Title,
    Subtitle,
    Heading,
    Plain,
    Bullet,
    /// A paragraph with its number before it.
    Numbered,
    /// A fact with its label before it.
    Fact,
    /// Instructions, in grey.
    Guidance,
    /// What nobody may overlook, on a coloured ground.
    Notice,
}

/// A table whose first row names the columns.
#[derive(Clone, Debug)]
pub(crate) struct WordTable {
    /// What it is for, for people who cannot see it.
    pub description: String,
    /// The width of each column, in hundredths of the width of the text.
    pub widths: Vec<u32>,
    pub heading: Vec<String>,
    pub rows: Vec<Vec<WordCell>>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(crate) enum WordCell {
    Text(String),
    /// Text at the right, such as an amount of money.
    Amount(String),
    Choice(WordChoice),
    /// Room to write in.
    Blank,
}

/// A list of choices, of which one can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct WordChoice {
    /// The name by which it is found when the document comes back; at most 64 characters.
    pub tag: String,
    /// What it is called in Word.
    pub title: String,
    /// What it shows until something is chosen.
    pub hint: String,
    /// The value of each choice, and the text that it shows.
    pub choices: Vec<(&'static str, String)>,
}

impl WordDocument {
    /// The document as a `.docx` file. The same document gives the same bytes.
    ///
    /// # Errors
    ///
    /// If the archive cannot be put together.
    pub(crate) fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut title = String::new();
        escape::text(&mut title, &self.title);
        let (name, value) = &self.property;
        let mut property = String::new();
        escape::text(&mut property, value);
        let mut language = String::new();
        escape::attribute(&mut language, &self.language);
        let parts = [
            ("[Content_Types].xml", include_str!("parts/content_types.xml").to_owned()),
            ("_rels/.rels", include_str!("parts/relationships.xml").to_owned()),
            ("word/document.xml", body(&self.blocks)),
            ("word/_rels/document.xml.rels", include_str!("parts/document_relationships.xml").to_owned()),
            ("word/styles.xml", include_str!("parts/styles.xml").replace("{language}", &language)),
            ("word/numbering.xml", include_str!("parts/numbering.xml").to_owned()),
            ("word/settings.xml", include_str!("parts/settings.xml").to_owned()),
            ("docProps/core.xml", include_str!("parts/core.xml").replace("{title}", &title)),
            (
                "docProps/custom.xml",
                include_str!("parts/custom.xml").replace("{name}", name).replace("{value}", &property),
            ),
        ];
        pack(&parts)
    }
}

impl WordStyle {
    /// The id in `styles.xml`.
    fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Heading => "Heading1",
            Self::Plain => "Normal",
            Self::Bullet => "ListBullet",
            Self::Numbered => "Numbered",
            Self::Fact => "Fact",
            Self::Guidance => "Guidance",
            Self::Notice => "Notice",
        }
    }
}
