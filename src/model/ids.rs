//! Typed ids, so that the compiler rejects an agency's id in place of a body's.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{RelPath, SubjectKind};

/// Declares an id type: a slug that identifies one kind of thing.
macro_rules! id {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(Arc<str>);

        impl $name {
            /// Wraps a slug.
            #[must_use]
            pub(crate) fn new(text: &str) -> Self {
                Self(text.into())
            }

            /// The id as text.
            #[must_use]
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }
    };
}

id! {
    /// An agency of the year.
    AgencyId
}
id! {
    /// A board or governance body: they share one set of ids.
    BodyId
}
id! {
    /// A priority of the year.
    PriorityId
}
id! {
    /// A commitment: `SUBMISSION/SLUG`.
    CommitmentId
}
id! {
    /// An indicator: a number that is counted every year.
    IndicatorId
}
id! {
    /// A legal duty, such as `sab-reviews-findings`.
    DutyId
}

impl CommitmentId {
    /// The id of a commitment in the same words that another submission made.
    #[must_use]
    pub(crate) fn of_submission(&self, submission: &str) -> Self {
        Self::new(&format!("{submission}/{}", self.slug()))
    }

    /// The part after the id of the board or agency.
    #[must_use]
    pub(crate) fn slug(&self) -> &str {
        self.as_str().split_once('/').map_or(self.as_str(), |(_, slug)| slug)
    }
}

/// The two kinds of submitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SubmitterKind {
    /// A body that governs.
    Board,
    /// A body that delivers.
    Agency,
}

impl SubmitterKind {
    /// The other kind.
    #[must_use]
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Board => Self::Agency,
            Self::Agency => Self::Board,
        }
    }

    /// The name of the folder for its submissions, which is also part of their web addresses.
    #[must_use]
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Board => "boards",
            Self::Agency => "agencies",
        }
    }

    /// The kind of subject that it is for a diagnostic.
    #[must_use]
    pub(crate) fn subject(self) -> SubjectKind {
        match self {
            Self::Board => SubjectKind::Board,
            Self::Agency => SubjectKind::Agency,
        }
    }

    /// The word for it in messages.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Agency => "agency",
        }
    }
}

/// A reporting year: `2019-20`, or `2019` for a calendar year. Ordered by its first year.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Year {
    first: u16,
    name: Arc<str>,
}

impl Year {
    /// Parses the name of a year's folder: `YYYY-YY`, where the second year follows the first, or `YYYY`.
    #[must_use]
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let digits = |text: &str, length: usize| {
            (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse::<u16>().ok())
                .flatten()
        };
        let first = match name.split_once('-') {
            None => digits(name, 4)?,
            Some((first, second)) => {
                let (first, second) = (digits(first, 4)?, digits(second, 2)?);
                ((first + 1) % 100 == second).then_some(first)?
            }
        };
        Some(Self { first, name: name.into() })
    }

    /// The year that a file belongs to, by its folder. `None` if all years share it.
    #[must_use]
    pub(crate) fn of_file(file: &RelPath) -> Option<Self> {
        Self::parse(file.below("content")?.split_once('/')?.0)
    }

    /// The year as the name of its folder.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.name
    }

    /// Its first calendar year: 2019 for `2019-20`.
    #[must_use]
    pub(crate) fn first(&self) -> u16 {
        self.first
    }

    /// The previous year, written in the same form.
    #[must_use]
    pub(crate) fn before(&self) -> Option<Self> {
        let first = self.first.checked_sub(1)?;
        let name =
            if self.name.contains('-') { format!("{first:04}-{:02}", self.first % 100) } else { format!("{first:04}") };
        Self::parse(&name)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Who is responsible for a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sponsor {
    /// One of the year's agencies.
    Agency(AgencyId),
    /// Anybody else, by name.
    Other(String),
}

/// An id as words, for when its name is not known: `train-the-trainers` becomes `Train the trainers`.
#[must_use]
pub(crate) fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_distinguished_from_other_folders() {
        for good in ["2019-20", "1999-00", "2024"] {
            assert_eq!(Year::parse(good).unwrap().as_str(), good);
        }
        for bad in ["2019-21", "2019-2020", "19-20", "pages", "2019-20x", ""] {
            assert!(Year::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(Year::parse("2019-20").unwrap().before().unwrap().as_str(), "2018-19");
        assert_eq!(Year::parse("2000-01").unwrap().before().unwrap().as_str(), "1999-00");
    }
}
