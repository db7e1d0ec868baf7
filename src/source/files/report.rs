//! `content/YEAR/report.yaml`: one year's report.

use crate::record;
use crate::source::yaml::scalar::Count;
use crate::source::yaml::{Date, DateOrTime, MonthOrDate, Prose, RawYaml, Slug, Spanned, Text};

record! {
    /// `content/YEAR/report.yaml`: one year's report, who must submit, and by what rules.
    pub struct ReportFile {
        /// The report's title.
        "title" required title: Text,
        /// The period that the report is about.
        "period" required period: PeriodEntry,
        /// The date of publication.
        "published" optional published: Spanned<Date>,
        /// The date, or date and time, before which the year is neither built nor published.
        "embargo" optional embargo: Spanned<DateOrTime>,
        /// The themes that the partnership chose for the year.
        "priorities" optional priorities: Vec<PriorityEntry>,
        /// The boards that must submit, in order.
        "boards" required boards: Vec<BoardEntry>,
        /// The agencies that must submit, in order.
        "agencies" required agencies: Vec<AgencyEntry>,
        /// The dated sessions that attendance is kept of, in order.
        "meetings" optional meetings: Vec<MeetingEntry>,
        /// The order of the report: page ids and part names.
        "contents" optional contents: Vec<Text>,
        /// Rules for the sections of submissions.
        "sections" optional sections: SectionsEntry,
        /// Limits that submissions should keep to.
        "limits" optional limits: LimitsEntry,
        /// The sets of duties that the report answers to.
        "duties" optional duties: Vec<Text>,
        /// Who was sent the report, when, and for what.
        "distribution" optional distribution: Vec<DistributionEntry>,
        /// The date by which submissions are due.
        "due" optional due: Spanned<Date>,
        /// Known faults that are let through in the open.
        "waivers" optional waivers: Vec<WaiverEntry>,
        /// Anything, handed to templates.
        "extra" optional extra: RawYaml,
    }
}

record! {
    /// From when to when.
    pub struct PeriodEntry {
        /// The first day.
        "from" required from: Spanned<Date>,
        /// The last day.
        "to" required to: Spanned<Date>,
    }
}

record! {
    /// A theme that the partnership chose for the year.
    pub struct PriorityEntry {
        /// Its id.
        "id" required id: Spanned<Slug>,
        /// Its name.
        "name" required name: Text,
        /// What it is about.
        "summary" optional summary: Prose,
    }
}

record! {
    /// A board that must submit.
    pub struct BoardEntry {
        /// Its id, which is its file's name.
        "id" required id: Spanned<Slug>,
        /// Its name.
        "name" required name: Text,
        /// Its short name.
        "short" optional short: Text,
        /// The agency that answers for it: an id, or a name.
        "sponsor" optional sponsor: Text,
        /// What it is for.
        "purpose" optional purpose: Prose,
    }
}

record! {
    /// An agency that must submit.
    pub struct AgencyEntry {
        /// Its id, which is its file's name.
        "id" required id: Spanned<Slug>,
        /// Its name.
        "name" required name: Text,
        /// Its short name.
        "short" optional short: Text,
        /// Other names that it goes by in tables.
        "aliases" optional aliases: Vec<Text>,
    }
}

record! {
    /// A dated session.
    pub struct MeetingEntry {
        /// Its month or day.
        "date" required date: Spanned<MonthOrDate>,
        /// What its column is headed with.
        "label" optional label: Text,
        /// A note, printed under the attendance table.
        "note" optional note: Prose,
    }
}

record! {
    /// Rules for the sections of submissions.
    pub struct SectionsEntry {
        /// Of boards.
        "board" optional board: Vec<SectionRule>,
        /// Of agencies.
        "agency" optional agency: Vec<SectionRule>,
    }
}

record! {
    /// A section that submissions have.
    pub struct SectionRule {
        /// Its id: `done`, `next`, or another.
        "id" required id: Spanned<Slug>,
        /// What the page shows.
        "title" required title: Text,
        /// Headings that open it besides its title and the built-in ones.
        "headings" optional headings: Vec<Text>,
        /// Whether every submission must have it.
        "required" optional required: Spanned<bool>,
    }
}

record! {
    /// Limits that submissions should keep to.
    pub struct LimitsEntry {
        /// The most words of a submission.
        "words" optional words: Spanned<Count>,
    }
}

record! {
    /// Somebody who was sent the report.
    pub struct DistributionEntry {
        /// Who.
        "to" required to: Text,
        /// When.
        "on" optional on: Spanned<Date>,
        /// For what.
        "for" optional purpose: Text,
    }
}

record! {
    /// A known fault that is let through in the open.
    pub struct WaiverEntry {
        /// The code of the diagnostics that it covers.
        "code" required code: Text,
        /// The file that they are about, from the year's folder.
        "file" required file: Text,
        /// Words that their place or message must hold.
        "text" optional text: Text,
        /// Why, as it is printed on the page.
        "reason" required reason: Prose,
    }
}
