//! Charts as SVG in the page: numbers in, a `<figure>` out.
//!
//! Every chart is a pure function from a plain struct of this module and a [`Frame`] to HTML: a headline that states
//! the finding, a drawing for wide screens and paper and one for phones (the style sheet shows one of them), a
//! description for those who cannot see it, a table of the numbers, source and download. The same input gives the
//! same bytes. Nothing to draw is `None`.
//!
//! The way of a chart: its own file turns numbers into bars, points or cells and says what they mean; `rows`,
//! `columns` … lay them out with the widths of `measure`; `canvas` draws through plotters on `backend`, which writes SVG
//! with classes in place of colours (`mark`); `figure` puts the rest around it. Colours are the theme's, in
//! `assets/charts.css`.

mod attendance;
mod backend;
mod balance;
mod block;
mod canvas;
mod columns;
mod commitments;
#[cfg(test)]
mod contrast;
mod contributions;
mod english;
mod figure;
mod governance;
mod layers;
mod lines;
mod mark;
mod measure;
mod numbers;
mod phrases;
#[cfg(test)]
mod probe;
mod rates;
mod rows;
mod trends;

pub use attendance::{Attendance, Attender, attendance};
pub use balance::{Balance, balance};
pub use block::{Block, BlockKind, block};
pub use commitments::{CommitmentYear, CommitmentYears, commitments_trend};
pub use contributions::{Contributions, Payer, contributions};
pub use figure::Frame;
pub use governance::{Governance, governance};
pub use phrases::{ENGLISH, English, Phrases};
pub use rates::{Rated, attendance_by_meeting, attendance_by_organisation};
pub use trends::{BudgetYear, ContributionYears, attendance_trend, budget_trend, contributions_trend};
