//! Checks the templates that pages name in their front matter.

use super::theme::Theme;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, excerpt};
use crate::model::{Archive, Page};

/// Reports pages whose template the theme does not have.
pub(super) fn check(archive: &Archive, theme: &Theme) -> Vec<Diagnostic> {
    let pages = archive.pages.iter().chain(archive.reports().flat_map(|report| &report.pages));
    pages.filter_map(|page| check_page(page, theme)).collect()
}

fn check_page(page: &Page, theme: &Theme) -> Option<Diagnostic> {
    let template = page.template.as_ref().filter(|name| !theme.has_template(name))?;
    let message = format!("the theme has no template `{}`", excerpt(template));
    let help = did_you_mean(template, theme.template_names())
        .unwrap_or_else(|| "add it to the theme's `templates/`, or remove this line".to_owned());
    Some(Diagnostic::new(Code::BadValue, Location::new(&page.file, template.span), message).help(help))
}
