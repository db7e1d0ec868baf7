//! The table of codes: what can be wrong, how serious it is, and where `annal explain` finds its text.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops publication until it is fixed or waived.
    Error,
    /// Worth fixing; the site is built all the same.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The name used in every output format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The subject of a code; codes are grouped by it on the reference page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Files that are missing, unreadable or in the wrong place.
    Files,
    /// YAML files and front matter.
    Yaml,
    /// Ids that must match, and ids that must be unique.
    Identity,
    /// The submissions of boards and agencies.
    Submissions,
    /// Commitments, and what is reported back on them.
    Commitments,
    /// The Markdown of submissions and pages.
    Markdown,
    /// CSV files and their totals.
    Data,
    /// Governance bodies and their shared themes.
    Governance,
    /// Terms and acronyms.
    Glossary,
    /// What the law requires the report to contain.
    Duties,
    /// What must never be published.
    Safety,
    /// Waivers of known problems.
    Waivers,
    /// Themes and their templates.
    Theme,
}

impl Category {
    /// The category's heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Yaml => "YAML",
            Self::Identity => "identity",
            Self::Submissions => "submissions",
            Self::Commitments => "commitments",
            Self::Markdown => "Markdown",
            Self::Data => "data",
            Self::Governance => "governance",
            Self::Glossary => "glossary",
            Self::Duties => "duties",
            Self::Safety => "publication safety",
            Self::Waivers => "waivers",
            Self::Theme => "theme",
        }
    }
}

/// Declares [`Code`] from a table with one row per code: its category, name, severity and explanation.
macro_rules! codes {
    ($($family:ident { $($variant:ident = $name:literal $severity:ident,)+ })+) => {
        /// What is wrong. A code never changes its meaning, because waivers and scripts rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(
                #[doc = concat!("`", $name, "`: see `explain/", $name, ".md`.")]
                $variant,
            )+)+
        }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &[Code] = &[$($(Code::$variant,)+)+];

            /// The code's name, as in `missing-section`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// The severity, unless the site changes it.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)+)+ }
            }

            /// The category it belongs to.
            #[must_use]
            pub const fn family(self) -> Category {
                match self { $($(Self::$variant => Category::$family,)+)+ }
            }

            /// Its explanation as Markdown: what it means, why it matters, an example and the remedy.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $($(Self::$variant => include_str!(concat!("explain/", $name, ".md")),)+)+ }
            }
        }
    };
}

codes! {
    Files {
        StrayFile = "stray-file" Warning,
        MissingFile = "missing-file" Error,
        UnreadableFile = "unreadable-file" Error,
        TooLarge = "too-large" Error,
        BadPicture = "bad-picture" Error,
        LargePicture = "large-picture" Warning,
        BadDocument = "bad-document" Error,
        StalePdf = "stale-pdf" Warning,
    }
    Yaml {
        BadYaml = "bad-yaml" Error,
        MissingFrontMatter = "missing-front-matter" Error,
        UnclosedFrontMatter = "unclosed-front-matter" Error,
        UnknownKey = "unknown-key" Error,
        DuplicateKey = "duplicate-key" Error,
        MissingKey = "missing-key" Error,
        WrongType = "wrong-type" Error,
        BadValue = "bad-value" Error,
        LowContrast = "low-contrast" Error,
    }
    Identity {
        UnknownId = "unknown-id" Error,
        DuplicateId = "duplicate-id" Error,
        DuplicateAddress = "duplicate-address" Error,
    }
    Submissions {
        MissingSubmission = "missing-submission" Error,
        UnexpectedSubmission = "unexpected-submission" Error,
        MissingSection = "missing-section" Error,
        EmptySection = "empty-section" Error,
        DuplicateSection = "duplicate-section" Error,
        OverLength = "over-length" Warning,
        LateSubmission = "late-submission" Warning,
        StaleSignOff = "stale-sign-off" Warning,
    }
    Commitments {
        UnknownCommitment = "unknown-commitment" Error,
        DroppedWithoutReason = "dropped-without-reason" Error,
        UnansweredCommitment = "unanswered-commitment" Warning,
        OverdueCommitment = "overdue-commitment" Note,
        OverdueDecision = "overdue-decision" Warning,
        UnansweredDecision = "unanswered-decision" Warning,
    }
    Markdown {
        RawHtml = "raw-html" Error,
        UnsafeLink = "unsafe-link" Error,
        RemoteImage = "remote-image" Error,
        BrokenLink = "broken-link" Error,
        MissingAltText = "missing-alt-text" Error,
        BadChart = "bad-chart" Error,
        HeadingJump = "heading-jump" Warning,
        TypedList = "typed-list" Error,
        TypedTable = "typed-table" Error,
        EmailText = "email-text" Warning,
        ExtraTitle = "extra-title" Warning,
        BrokenImage = "broken-image" Error,
    }
    Data {
        BadCsv = "bad-csv" Error,
        MissingColumn = "missing-column" Error,
        UnknownColumn = "unknown-column" Error,
        BadCell = "bad-cell" Error,
        DuplicateRow = "duplicate-row" Error,
        MixedSigns = "mixed-signs" Error,
        TotalMismatch = "total-mismatch" Error,
        RestatedFigure = "restated-figure" Warning,
        BlankCell = "blank-cell" Note,
        UnmatchedName = "unmatched-name" Note,
    }
    Governance {
        UndecidedLead = "undecided-lead" Warning,
        OverdueReview = "overdue-review" Warning,
    }
    Glossary {
        UndefinedAcronym = "undefined-acronym" Warning,
        ConflictingTerm = "conflicting-term" Warning,
        UnusedTerm = "unused-term" Note,
    }
    Duties {
        UncoveredDuty = "uncovered-duty" Warning,
    }
    Safety {
        PersonalData = "personal-data" Error,
        SmallCount = "small-count" Warning,
        Placeholder = "placeholder" Warning,
        StarterText = "starter-text" Warning,
        UnsafePicture = "unsafe-picture" Error,
        PictureMetadata = "picture-metadata" Note,
        DocumentMetadata = "document-metadata" Warning,
        UncheckedDocument = "unchecked-document" Note,
    }
    Waivers {
        UnusedWaiver = "unused-waiver" Warning,
    }
    Theme {
        TemplateError = "template-error" Error,
        UnknownTheme = "unknown-theme" Error,
        ThemeCycle = "theme-cycle" Error,
        BadStyleSheet = "bad-style-sheet" Error,
        BrokenAsset = "broken-asset" Error,
        BlockedContent = "blocked-content" Error,
        NewerAnnalNeeded = "newer-annal-needed" Error,
        OutdatedCopy = "outdated-copy" Note,
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|code| code.name() == name).ok_or(())
    }
}
