//! The site as pages use it.

use std::sync::OnceLock;

use super::notices::Notices;
use super::prose::ProseContext;
use super::shared_picture::SharedPicture;
use crate::diagnostic::RelPath;
use crate::locale::Locale;
use crate::model::terms::TermIndex;
use crate::model::{Archive, Page, Report, Submission, is_built};
use crate::options::Options;
use crate::render::languages::Languages;
use crate::render::redact::Redactor;
use crate::render::route::{Routes, YearRoutes};
use crate::render::theme::DarkMode;

/// The site in one of its languages.
pub(crate) struct SiteContext<'a> {
    pub archive: &'a Archive,
    pub routes: &'a Routes,
    /// How texts are written.
    pub prose: ProseContext<'a>,
    /// The terms for the site's own pages.
    pub terms: TermIndex,
    /// The texts of the interface.
    pub words: &'a Locale,
    /// The build options.
    pub options: &'a Options,
    /// The URL of the site, without a `/` at the end.
    pub base_url: &'a str,
    /// The notices of every page.
    pub notices: Notices,
    /// Removes text that must not be published.
    pub redactor: &'a Redactor,
    pub languages: &'a Languages,
    /// Whether readers get dark colours.
    pub dark_mode: DarkMode,
    /// The picture for links to the site's own pages, chosen when a page first needs it.
    pub shared_picture: OnceLock<SharedPicture>,
    /// Whether pages are only tried out, so that lists of everything need not be whole.
    pub is_sample: bool,
}

impl<'a> SiteContext<'a> {
    /// The report of a year that is built.
    #[must_use]
    pub(crate) fn report(&self, routes: &YearRoutes) -> &'a Report {
        &self.archive.reports[routes.report]
    }

    /// Whether a submission is built.
    #[must_use]
    pub(crate) fn is_built(&self, sent: &Submission) -> bool {
        is_built(sent.status, self.options)
    }

    /// The BCP 47 tag of the language of a file's text if it has not been translated into the site's; otherwise empty.
    #[must_use]
    pub(crate) fn only_in(&self, file: &RelPath) -> String {
        self.languages.untranslated(Some(file)).unwrap_or_default().to_owned()
    }

    /// The period of a report in words; empty if unknown.
    #[must_use]
    pub(crate) fn period(&self, report: &Report) -> String {
        report.period.map_or_else(String::new, |(from, to)| {
            self.words.say("period", &[("from", &self.words.date(from)), ("to", &self.words.date(to))])
        })
    }

    /// The foreword of a report, if it has one that is built.
    #[must_use]
    pub(crate) fn foreword(&self, report: &'a Report) -> Option<&'a Page> {
        report.pages.iter().find(|page| page.id == "foreword" && self.routes.page_of(&page.file).is_some())
    }
}
