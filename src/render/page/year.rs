//! The pages of one year, or of the site itself: planned, composed and rendered.

use std::sync::Arc;

use rayon::prelude::*;

use super::frame::Frames;
use super::lookup::Lookup;
use super::plan::{self, Planned};
use super::press::Press;
use super::{Edition, Volume, shared};
use crate::diagnostic::RelPath;
use crate::render::route::Address;
use crate::render::search::Entry;
use crate::render::theme::{self, Failure, Theme};

/// What was made of a year, or of the site itself, as it is remembered.
#[derive(Debug, Default)]
pub struct Made {
    /// The pages and the files beside them, by their paths from the site's root.
    pub files: Vec<(RelPath, Arc<[u8]>)>,
    /// The pages: each one's address, its title, and whether search engines should know of it.
    pub pages: Vec<(Arc<str>, String, bool)>,
}

/// What came of some pages.
#[derive(Default)]
pub struct Pages {
    /// The pages that were planned, in reading order.
    pub plan: Vec<Planned>,
    /// The bytes of those that could be rendered.
    pub rendered: Vec<(Address, Arc<[u8]>)>,
    /// What the search knows of them.
    pub searched: Vec<Entry>,
    /// Those that could not be rendered.
    pub failures: Vec<(Address, Failure)>,
}

impl Pages {
    /// What is kept of the pages, with some files that stand beside them.
    #[must_use]
    pub fn made(&mut self, beside: impl Iterator<Item = (Address, Arc<[u8]>)>) -> Made {
        let files = std::mem::take(&mut self.rendered).into_iter().chain(beside);
        let page = |page: &Planned| (page.address.as_str().into(), page.title.clone(), page.is_listed());
        Made {
            files: files.map(|(address, bytes)| (address.file(), bytes)).collect(),
            pages: self.plan.iter().map(page).collect(),
        }
    }
}

/// Renders the pages of the year with an index in [`crate::render::route::Routes::years`].
#[must_use]
pub fn render(edition: &Edition<'_>, theme: &Theme, index: usize) -> Pages {
    let report = edition.report(&edition.routes.years[index]);
    let lookup = Lookup::of(edition, report);
    let volume = Volume::of(edition, &lookup, index);
    let year = theme::value_of(&shared::year(&volume));
    let press = Press { edition, theme, year: Some(&year) };
    render_plan(press, plan::of_year(edition, volume.routes), Some(&volume))
}

/// Renders the pages of the site itself.
#[must_use]
pub fn render_shared(edition: &Edition<'_>, theme: &Theme) -> Pages {
    render_plan(Press { edition, theme, year: None }, plan::of_site(edition), None)
}

fn render_plan(press: Press<'_>, plan: Vec<Planned>, volume: Option<&Volume<'_>>) -> Pages {
    let (frames, mut failures) = Frames::of(press.edition, press.theme, press.year, &plan);
    let render = |at: usize| {
        let sheet = press.edition.compose(&plan, at, volume);
        let frame = frames.around(&sheet.page, volume.is_some());
        let page = press.render(sheet, &frame).map(|bytes| {
            let entry = plan[at].searched(&bytes);
            (bytes, entry)
        });
        (plan[at].address.clone(), page)
    };
    let made: Vec<_> = (0..plan.len()).into_par_iter().map(render).collect();
    let (mut rendered, mut searched) = (Vec::with_capacity(plan.len()), Vec::new());
    for (address, page) in made {
        match page {
            Ok((bytes, entry)) => {
                rendered.push((address, bytes));
                searched.extend(entry);
            }
            Err(failure) => failures.push((address, failure)),
        }
    }
    Pages { plan, rendered, searched, failures }
}
