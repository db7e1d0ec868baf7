//! Assembles `distribution`: who received the report, and what they did with it.

use jiff::civil::Date;

use super::cover;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, WithDiagnostics, excerpt};
use crate::model::distribution::{Distribution, StatutoryRecipient};
use crate::model::ids::BodyId;
use crate::model::report::Report;
use crate::source::files::DistributionEntry;
use crate::source::markdown::Markdown;
use crate::source::yaml::{Prose, Slug, Spanned, Text};

/// Assembles `distribution`, once the year's bodies and agencies are known.
///
/// A recipient in the form of an id that is close to a known one, and a date before the one on which the report was
/// published or sent, are reported.
#[must_use]
pub(crate) fn assemble(report: &Report, written: Option<Vec<DistributionEntry>>) -> WithDiagnostics<Vec<Distribution>> {
    let mut reading = DistributionAssembler { file: &report.file, report, diagnostics: Vec::new() };
    let entries = written.into_iter().flatten().filter_map(|entry| reading.entry(entry)).collect();
    WithDiagnostics::new(entries, reading.diagnostics)
}

/// Assembles the entries and collects diagnostics.
struct DistributionAssembler<'a> {
    file: &'a RelPath,
    report: &'a Report,
    diagnostics: Vec<Diagnostic>,
}

impl DistributionAssembler<'_> {
    fn prose(&mut self, written: Option<Prose>) -> Option<Markdown> {
        written.map(|prose| Markdown::of_prose(self.file, &prose).emit_into(&mut self.diagnostics))
    }

    fn entry(&mut self, entry: DistributionEntry) -> Option<Distribution> {
        let cover = cover::WrittenCover {
            template: entry.cover,
            lead_officer: entry.lead_officer,
            recommendations: entry.recommendations,
            implications: entry.implications,
        };
        let resolved = self.prose(entry.resolved);
        let published = self.report.published;
        self.check_order(entry.on.as_ref(), published, "sent", "published");
        let sent = entry.on.as_ref().map(|date| date.value);
        let earlier = if sent.is_some() { "sent" } else { "published" };
        self.check_order(entry.considered.as_ref(), sent.or(published), "considered", earlier);
        let to = entry.to?;
        let (recipient, body) = self.recipient(&to);
        let cover = cover::request(self.file, cover).emit_into(&mut self.diagnostics);
        Some(Distribution {
            written: to.value.clone(),
            to: to.value,
            recipient,
            body,
            on: sent,
            purpose: entry.purpose.map(|purpose| purpose.value),
            considered: entry.considered.map(|date| date.value),
            minute: entry.minute.map(|url| url.value.0),
            resolved,
            cover,
        })
    }

    /// Reports a date that is before the one that must come first.
    fn check_order(&mut self, date: Option<&Spanned<Date>>, first: Option<Date>, what: &str, before: &str) {
        let (Some(date), Some(first)) = (date, first) else { return };
        if date.value < first {
            let message =
                format!("the report was {what} on {} according to this line, but {before} on {first}", date.value);
            let location = Location::new(self.file, date.span);
            self.diagnostics
                .push(Diagnostic::new(Code::BadValue, location, message).help("correct one of the two dates"));
        }
    }

    /// The recipient that an entry means, if the law names it or it is one of the year's bodies.
    fn recipient(&mut self, to: &Text) -> (Option<StatutoryRecipient>, Option<BodyId>) {
        if let Some(known) = StatutoryRecipient::with_name(to) {
            return (Some(known), None);
        }
        let bodies = self.report.data.governance.iter().flat_map(|governance| &governance.bodies);
        let ids: Vec<&BodyId> =
            bodies.map(|body| &body.id).chain(self.report.boards.iter().map(|board| &board.id)).collect();
        let body = ids.iter().find(|id| id.as_str() == to.value).copied().cloned();
        let agencies = || self.report.agencies.iter().map(|agency| agency.id.as_str());
        let is_agency = || agencies().any(|id| id == to.value);
        if body.is_none() && Slug::is_valid(to) && !is_agency() && self.report.unreadable.is_empty() {
            let recipients = StatutoryRecipient::ALL.iter().map(|known| known.name());
            let known = recipients.chain(ids.iter().map(|id| id.as_str())).chain(agencies());
            if let Some(help) = did_you_mean(to, known) {
                let message = format!("there is no recipient, body or agency `{}`", excerpt(to));
                let location = Location::new(self.file, to.span);
                self.diagnostics.push(Diagnostic::new(Code::UnknownId, location, message).help(help));
            }
        }
        (None, body)
    }
}
