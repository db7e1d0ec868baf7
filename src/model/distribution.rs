//! Who received the report, when, and what they did with it.

use jiff::civil::Date;

use super::cover::CoverRequest;
use super::ids::BodyId;
use super::named::named;
use crate::source::markdown::Markdown;

named! {
    /// A recipient that the law or its guidance names, as against anybody else. The name is the one in `to`.
    pub enum StatutoryRecipient {
        /// The chief executive of the council that set up the board: Care Act 2014, Schedule 2, paragraph 4(2)(a).
        ChiefExecutive = "chief-executive",
        /// The leader of that council: paragraph 4(2)(a).
        Leader = "leader",
        /// The local policing body: paragraph 4(2)(b).
        PolicingBody = "policing-body",
        /// The Local Healthwatch organisation: paragraph 4(2)(c).
        Healthwatch = "healthwatch",
        /// The chair of the Health and Wellbeing Board: paragraph 4(2)(d).
        HwbChair = "hwb-chair",
        /// The Child Safeguarding Practice Review Panel: Working Together 2023, chapter 2.
        Csprp = "csprp",
        /// Foundations, the What Works Centre for Children and Families: Working Together 2023, chapter 2.
        Foundations = "foundations",
    }
}

impl StatutoryRecipient {
    /// The recipient with this name, whatever its capital letters.
    #[must_use]
    pub(crate) fn with_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.name().eq_ignore_ascii_case(name.trim()))
    }

    /// The key of its name in a locale.
    #[must_use]
    pub(crate) fn text_key(self) -> &'static str {
        match self {
            Self::ChiefExecutive => "recipient_chief_executive",
            Self::Leader => "recipient_leader",
            Self::PolicingBody => "recipient_policing_body",
            Self::Healthwatch => "recipient_healthwatch",
            Self::HwbChair => "recipient_hwb_chair",
            Self::Csprp => "recipient_csprp",
            Self::Foundations => "recipient_foundations",
        }
    }
}

/// Somebody who received the report.
#[derive(Clone, Debug)]
pub(crate) struct Distribution {
    /// The recipient's name for readers; the id of a statutory recipient.
    pub to: String,
    /// The same as it is written in `report.yaml`: often an id.
    pub written: String,
    /// The recipient, if the law names it.
    pub recipient: Option<StatutoryRecipient>,
    /// The recipient, if it is one of the year's bodies.
    pub body: Option<BodyId>,
    pub on: Option<Date>,
    /// Why they received it.
    pub purpose: Option<String>,
    /// When they considered it.
    pub considered: Option<Date>,
    /// The web address of the minutes.
    pub minute: Option<String>,
    /// What they decided.
    pub resolved: Option<Markdown>,
    /// The report to a committee that goes with it. It is never published.
    pub cover: Option<CoverRequest>,
}
