//! The headings that open the built-in sections of submissions, in English and in Welsh.

use super::ids::SubmitterKind;

/// A section that annal knows by itself.
pub(super) struct BuiltInSection {
    pub id: &'static str,
    /// Whether every submission must have it, unless `report.yaml` says otherwise.
    pub required: bool,
    /// The headings that pages show in English, for boards and for agencies.
    english_titles: [&'static str; 2],
    /// The same in Welsh.
    welsh_titles: [&'static str; 2],
    /// All headings that open it in English.
    pub english: &'static [&'static str],
    /// The same in Welsh.
    pub welsh: &'static [&'static str],
    /// What documents often have above it instead, without the words that say when (*Key achievements this year*). They do
    /// not open it in a submission, since they may be meant otherwise; whoever takes in a document may read them so.
    pub usual: &'static [&'static str],
}

impl BuiltInSection {
    /// The heading that the page shows.
    #[must_use]
    pub(super) fn title(&self, kind: SubmitterKind, is_welsh: bool) -> &'static str {
        let titles = if is_welsh { self.welsh_titles } else { self.english_titles };
        match kind {
            SubmitterKind::Board => titles[0],
            SubmitterKind::Agency => titles[1],
        }
    }
}

/// A folded heading without the words at its end that say when: `for next year`, `2024-25`.
pub(super) fn without_time(folded: &str) -> &str {
    const TIMES: &[&str] = &[
        "this year",
        "last year",
        "next year",
        "the year",
        "the year ahead",
        "the coming year",
        "going forward",
        "ahead",
    ];
    let mut words = folded;
    loop {
        let last = words.rsplit(' ').next().unwrap_or_default();
        let is_year = last.len() >= 4 && last.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '/'));
        let time = TIMES.iter().find(|time| words.ends_with(&format!(" {time}"))).map_or(last, |time| time);
        let is_link = matches!(last, "for" | "in" | "during" | "over" | "of" | "and");
        let is_time = is_year || is_link || time.len() > last.len() || TIMES.contains(&last);
        match words.strip_suffix(time) {
            Some(before) if is_time && !before.is_empty() => words = before.trim_end_matches([' ', ',', ':', '-', '–']),
            _ => return words,
        }
    }
}

/// The section whose items are commitments.
pub(crate) const PLANS: &str = "next";

/// The built-in sections, in the order in which a submission has them.
pub(super) const BUILT_IN: [BuiltInSection; 4] = [
    BuiltInSection {
        id: "done",
        required: true,
        english_titles: ["What has the board done?", "What have we done?"],
        welsh_titles: ["Beth mae'r bwrdd wedi'i wneud?", "Beth rydym wedi'i wneud?"],
        english: DONE,
        welsh: DONE_WELSH,
        usual: USUALLY_DONE,
    },
    BuiltInSection {
        id: "impact",
        required: false,
        english_titles: ["What difference did it make?"; 2],
        welsh_titles: ["Pa wahaniaeth a wnaeth hyn?"; 2],
        english: IMPACT,
        welsh: IMPACT_WELSH,
        usual: &[],
    },
    BuiltInSection {
        id: "voice",
        required: false,
        english_titles: ["What have people told us?"; 2],
        welsh_titles: ["Beth mae pobl wedi'i ddweud wrthym?"; 2],
        english: VOICE,
        welsh: VOICE_WELSH,
        usual: &[],
    },
    BuiltInSection {
        id: PLANS,
        required: true,
        english_titles: ["What will the board do next?", "What will we do next?"],
        welsh_titles: ["Beth fydd y bwrdd yn ei wneud nesaf?", "Beth fyddwn ni'n ei wneud nesaf?"],
        english: NEXT,
        welsh: NEXT_WELSH,
        usual: USUALLY_NEXT,
    },
];

/// Headings that open *what we did*, for boards and agencies alike.
const DONE: &[&str] = &[
    "What we did",
    "What we have done",
    "What have we done",
    "What did we do",
    "What has the board done",
    "What the board did",
    "What the board has done",
];
/// Headings that open *what next*.
const NEXT: &[&str] = &[
    "What next",
    "What's next",
    "What will we do next",
    "What we will do next",
    "What will the board do next",
    "What the board will do next",
];
/// What documents have above *what we did*.
const USUALLY_DONE: &[&str] = &[
    "Achievements",
    "Key achievements",
    "Main achievements",
    "Our achievements",
    "Our key achievements",
    "What we achieved",
    "What we have achieved",
    "What have we achieved",
    "What did we achieve",
    "What has the board achieved",
    "Key activities",
    "Work undertaken",
    "Progress made",
];
/// What documents have above *what next*.
const USUALLY_NEXT: &[&str] = &[
    "Plans",
    "Our plans",
    "Future plans",
    "Our future plans",
    "Forward plan",
    "Next steps",
    "Our next steps",
    "Planned actions",
    "Looking ahead",
    "Looking forward",
    "What we plan to do",
    "What we will do",
];
/// Headings that open *what difference it made*.
const IMPACT: &[&str] = &[
    "What difference did it make",
    "What difference did we make",
    "What difference has it made",
    "What difference have we made",
    "What difference did the board make",
    "What difference has the board made",
    "What was the impact",
    "Impact",
    "Our impact",
    "The impact of our work",
];
/// Headings that open *what people said*.
const VOICE: &[&str] = &[
    "What have people told us",
    "What did people tell us",
    "What people told us",
    "What people have told us",
    "What people tell us",
    "What have people told the board",
    "What people told the board",
    "What have we heard",
    "What did we hear",
    "What we heard",
];

/// Welsh headings that open *what we did*.
const DONE_WELSH: &[&str] = &[
    "Beth wnaethom ni",
    "Beth rydym wedi'i wneud",
    "Beth rydym ni wedi'i wneud",
    "Yr hyn a wnaethom",
    "Yr hyn rydym wedi'i wneud",
    "Beth wnaeth y bwrdd",
    "Beth mae'r bwrdd wedi'i wneud",
    "Yr hyn a wnaeth y bwrdd",
];
/// Welsh headings that open *what next*.
const NEXT_WELSH: &[&str] = &[
    "Beth nesaf",
    "Beth sydd nesaf",
    "Beth fyddwn ni'n ei wneud nesaf",
    "Yr hyn y byddwn yn ei wneud nesaf",
    "Beth fydd y bwrdd yn ei wneud nesaf",
    "Yr hyn y bydd y bwrdd yn ei wneud nesaf",
];
/// Welsh headings that open *what difference it made*.
const IMPACT_WELSH: &[&str] = &[
    "Pa wahaniaeth a wnaeth hyn",
    "Pa wahaniaeth wnaeth hyn",
    "Pa wahaniaeth a wnaethom ni",
    "Pa wahaniaeth a wnaeth y bwrdd",
    "Beth oedd yr effaith",
    "Effaith",
    "Ein heffaith",
];
/// Welsh headings that open *what people told us*.
const VOICE_WELSH: &[&str] = &[
    "Beth mae pobl wedi'i ddweud wrthym",
    "Beth ddywedodd pobl wrthym",
    "Yr hyn a ddywedodd pobl wrthym",
    "Beth mae pobl wedi'i ddweud wrth y bwrdd",
    "Beth rydym wedi'i glywed",
    "Yr hyn a glywsom",
];
