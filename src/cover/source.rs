//! What reports to committees take from the annual report.

use super::{Content, CoverTable, CoverWriter, plain};
use crate::locale::pounds;
use crate::model::Budget;
use crate::model::cover::CoverRequest;
use crate::model::documents::REPORT_PDF;
use crate::model::duties::{CoverageScope, DutyStatus, RequiredDutySet, coverage};
use crate::model::money::BudgetLine;
use crate::quantity::Money;
use crate::source::files::{CoverSource, ProgressState};

impl CoverWriter<'_> {
    /// What is taken from the annual report, or from the entry of `distribution`.
    pub(super) fn taken(&self, source: CoverSource, cover: &CoverRequest) -> Vec<Content> {
        match source {
            CoverSource::Summary => self.summary(),
            CoverSource::Highlights => self.highlights(),
            CoverSource::Budget => self.report.data.budget.iter().flat_map(|budget| self.budget(budget)).collect(),
            CoverSource::Duties => self.report.duties.iter().flat_map(|asked| self.duties(asked)).collect(),
            CoverSource::Recommendations => plain(cover.recommendations.iter()),
            CoverSource::Appendices => vec![Content::Paragraph(self.appendix())],
        }
    }

    /// The headline and key messages, or else what the priorities are about.
    fn summary(&self) -> Vec<Content> {
        let front = &self.report.front;
        let headline = front.headline.iter().cloned().map(Content::Paragraph);
        let messages = front.key_messages.iter().map(|message| Content::Bullet(message.with_figure()));
        let mut contents: Vec<_> = headline.chain(messages).collect();
        if contents.is_empty() {
            for priority in &self.report.priorities {
                contents.extend(
                    plain(priority.summary.as_deref().into_iter()).into_iter().map(|one| one.after(&priority.name)),
                );
            }
        }
        contents
    }

    /// How much progress was made on each priority, or else what each board and agency says of its year.
    fn highlights(&self) -> Vec<Content> {
        let mut contents = Vec::new();
        for priority in &self.report.priorities {
            let Some(progress) = &priority.progress else { continue };
            let state = self.text(match progress.state {
                ProgressState::Good => "progress_good",
                ProgressState::Some => "progress_some",
                ProgressState::Little => "progress_little",
                ProgressState::None => "progress_none",
            });
            contents.push(Content::Paragraph(format!("{}: {state}.", priority.name)));
            contents.extend(plain(progress.text.as_deref().into_iter()).into_iter().map(Content::into_bullet));
        }
        if contents.is_empty() {
            let highlights = self.report.highlights();
            contents.extend(highlights.map(|(title, says)| Content::Bullet(format!("{title}: {says}"))));
        }
        contents
    }

    /// Income and expenditure with their totals, and the balance, to the penny.
    fn budget(&self, budget: &Budget) -> Vec<Content> {
        let table = |caption: &str, lines: &[BudgetLine], total: Money| CoverTable {
            caption: self.text(caption),
            heading: [self.text(caption), self.text("amount")],
            rows: lines.iter().filter_map(|line| Some([line.line.clone(), pounds(line.amount.value?)])).collect(),
            total: [self.text("total"), pounds(total)],
        };
        let (income, expenditure) = (budget.total_income(), budget.total_expenditure());
        let tables = [table("income", &budget.income, income), table("expenditure", &budget.expenditure, expenditure)];
        let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).map(Content::Table);
        let (income, expenditure, balance) = (pounds(income), pounds(expenditure), pounds(budget.computed_balance()));
        let given = [("income", &*income), ("expenditure", &*expenditure), ("balance", &*balance)];
        std::iter::once(Content::Paragraph(self.words.say("cover.money", &given))).chain(tables).collect()
    }

    /// How many of a set's duties the annual report covers, and which it does not.
    fn duties(&self, asked: &RequiredDutySet) -> Vec<Content> {
        let scope = CoverageScope { report: self.report, before: self.archive.before(self.report), drafts: false };
        let found = coverage(&scope, asked.set);
        let met = found.iter().filter(|duty| duty.verdict == DutyStatus::Met).count();
        let applicable = found.iter().filter(|duty| duty.verdict != DutyStatus::NotApplicable).count();
        let given = [("met", &*met.to_string()), ("source", &*asked.set.source)];
        let says = self.words.count_with("cover.duties", applicable, &given);
        let unmet = found.iter().filter(|duty| duty.verdict == DutyStatus::Unmet);
        let unmet: Vec<_> =
            unmet.map(|unmet| Content::Bullet(format!("{} ({})", unmet.duty.text, unmet.duty.source))).collect();
        let heading = (!unmet.is_empty()).then(|| Content::Paragraph(self.text("cover.duties-unmet")));
        std::iter::once(Content::Paragraph(says)).chain(heading).chain(unmet).collect()
    }

    /// The annual report as `annal pdf` saves it.
    fn appendix(&self) -> String {
        self.words.say("cover.appendix", &[("title", &self.title()), ("file", REPORT_PDF)])
    }
}

impl Content {
    /// The same, said of something.
    fn after(self, name: &str) -> Self {
        match self {
            Self::Paragraph(text) => Self::Paragraph(format!("{name}: {text}")),
            other => other,
        }
    }

    /// A paragraph as a bullet.
    fn into_bullet(self) -> Self {
        match self {
            Self::Paragraph(text) => Self::Bullet(text),
            other => other,
        }
    }
}
