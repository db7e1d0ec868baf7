//! `content/YEAR/report.yaml`: one year's report.

use crate::record;
use crate::source::yaml::scalar::Count;
use crate::source::yaml::{Anything, Date, Moment, MonthOrDate, Prose, Slug, Spanned, Text};

record! {
    /// `content/YEAR/report.yaml`: one year's report, who must submit, and by what rules.
    pub struct ReportFile {
        /// The report's title.
        "title" due title: Text,
        /// The period that the report is about.
        "period" due period: PeriodEntry,
        /// The date of publication.
        "published" may published: Spanned<Date>,
        /// The date, or date and time, before which the year is neither built nor published.
        "embargo" may embargo: Spanned<Moment>,
        /// The themes that the partnership chose for the year.
        "priorities" may priorities: Vec<PriorityEntry>,
        /// The boards that must submit, in order.
        "boards" due boards: Vec<BoardEntry>,
        /// The agencies that must submit, in order.
        "agencies" due agencies: Vec<AgencyEntry>,
        /// The dated sessions that attendance is kept of, in order.
        "meetings" may meetings: Vec<MeetingEntry>,
        /// The order of the report: page ids and part names.
        "contents" may contents: Vec<Text>,
        /// Rules for the sections of submissions.
        "sections" may sections: SectionsEntry,
        /// Limits that submissions should keep to.
        "limits" may limits: LimitsEntry,
        /// The sets of duties that the report answers to.
        "duties" may duties: Vec<Text>,
        /// Who was sent the report, when, and for what.
        "distribution" may distribution: Vec<DistributionEntry>,
        /// The date by which submissions are due.
        "due" may due: Spanned<Date>,
        /// Known faults that are let through in the open.
        "waivers" may waivers: Vec<WaiverEntry>,
        /// Anything, handed to templates.
        "extra" may extra: Anything,
    }
}

record! {
    /// From when to when.
    pub struct PeriodEntry {
        /// The first day.
        "from" due from: Spanned<Date>,
        /// The last day.
        "to" due to: Spanned<Date>,
    }
}

record! {
    /// A theme that the partnership chose for the year.
    pub struct PriorityEntry {
        /// Its id.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// What it is about.
        "summary" may summary: Prose,
    }
}

record! {
    /// A board that must submit.
    pub struct BoardEntry {
        /// Its id, which is its file's name.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// Its short name.
        "short" may short: Text,
        /// The agency that answers for it: an id, or a name.
        "sponsor" may sponsor: Text,
        /// What it is for.
        "purpose" may purpose: Prose,
    }
}

record! {
    /// An agency that must submit.
    pub struct AgencyEntry {
        /// Its id, which is its file's name.
        "id" due id: Spanned<Slug>,
        /// Its name.
        "name" due name: Text,
        /// Its short name.
        "short" may short: Text,
        /// Other names that it goes by in tables.
        "aliases" may aliases: Vec<Text>,
    }
}

record! {
    /// A dated session.
    pub struct MeetingEntry {
        /// Its month or day.
        "date" due date: Spanned<MonthOrDate>,
        /// What its column is headed with.
        "label" may label: Text,
        /// A note, printed under the attendance table.
        "note" may note: Prose,
    }
}

record! {
    /// Rules for the sections of submissions.
    pub struct SectionsEntry {
        /// Of boards.
        "board" may board: Vec<SectionRule>,
        /// Of agencies.
        "agency" may agency: Vec<SectionRule>,
    }
}

record! {
    /// A section that submissions have.
    pub struct SectionRule {
        /// Its id: `done`, `next`, or another.
        "id" due id: Spanned<Slug>,
        /// What the page shows.
        "title" due title: Text,
        /// Headings that open it besides its title and the built-in ones.
        "headings" may headings: Vec<Text>,
        /// Whether every submission must have it.
        "required" may required: Spanned<bool>,
    }
}

record! {
    /// Limits that submissions should keep to.
    pub struct LimitsEntry {
        /// The most words of a submission.
        "words" may words: Spanned<Count>,
    }
}

record! {
    /// Somebody who was sent the report.
    pub struct DistributionEntry {
        /// Who.
        "to" due to: Text,
        /// When.
        "on" may on: Spanned<Date>,
        /// For what.
        "for" may purpose: Text,
    }
}

record! {
    /// A known fault that is let through in the open.
    pub struct WaiverEntry {
        /// The code of the diagnostics that it covers.
        "code" due code: Text,
        /// The file that they are about, from the year's folder.
        "file" due file: Text,
        /// Words that their place or message must hold.
        "text" may text: Text,
        /// Why, as it is printed on the page.
        "reason" due reason: Prose,
    }
}
