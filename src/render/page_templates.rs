//! Checks the templates that pages name in their front matter.

use std::collections::BTreeSet;

use super::route::{Address, Routes};
use super::theme::Theme;
use super::view::template::template_data;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, excerpt};
use crate::model::{Archive, Page};

/// Reports pages whose template the theme does not have, and what the theme has and no page uses.
pub(super) fn check(archive: &Archive, theme: &mut Theme) -> Vec<Diagnostic> {
    let pages = || archive.pages.iter().chain(archive.reports().flat_map(|report| &report.pages));
    let mut found: Vec<Diagnostic> = pages().filter_map(|page| check_page(page, theme)).collect();
    let mut named: BTreeSet<String> = pages().filter_map(|page| Some(page.template.as_ref()?.value.clone())).collect();
    if !found.is_empty() {
        // Any template may be the one that was meant.
        named.extend(theme.template_names().map(str::to_owned));
    }
    found.extend(theme.check_templates(&named, &template_data()));
    found
}

/// Reports addresses within the site that templates write out, and at which there is nothing.
pub(super) fn check_links(theme: &Theme, routes: &Routes) -> Vec<Diagnostic> {
    let links = theme.written_links().into_iter().filter(|(_, address)| !routes.has(address));
    let report = |(location, address): (Location, Address)| {
        let message = format!("this site has nothing at `/{}`", excerpt(address.as_str()));
        let help = "write the address of a page or a file of this site, without the name of its computer";
        Diagnostic::new(Code::TemplateError, location, message).help(help)
    };
    links.map(report).collect()
}

fn check_page(page: &Page, theme: &Theme) -> Option<Diagnostic> {
    // Without a place it comes from the page that this one translates, where it is reported.
    let template =
        page.template.as_ref().filter(|name| name.span.start < name.span.end && !theme.has_template(name))?;
    let message = format!("the theme has no template `{}`", excerpt(template));
    let help = did_you_mean(template, theme.template_names())
        .unwrap_or_else(|| "add it to the theme's `templates/`, or remove this line".to_owned());
    Some(Diagnostic::new(Code::BadValue, Location::new(&page.file, template.span), message).help(help))
}
