//! `broken-link`: links between content files that do not lead anywhere, and missing images.
//!
//! References to undefined labels and footnotes are found when the text is parsed: [`crate::source::markdown`].

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind};
use crate::model::assemble::{as_jpeg, is_other_picture};
use crate::model::links::{LinkError, LinkResolver, relative_path};
use crate::model::{Archive, Report};
use crate::source::markdown::LinkedText;
use crate::source::markdown::link_target::{
    LinkKind, destination, explain_computer, is_bare_web_address, is_on_a_computer,
};
use crate::source::published_document::is_in_documents;
use crate::source::yaml::Text;

/// How many broken links of one text get a suggestion. A text with more than that has not just a few spelling mistakes.
const GUESSES: usize = 50;

/// All broken links of a site.
#[must_use]
pub(crate) fn check(archive: &Archive, targets: &LinkResolver<'_>) -> Vec<Diagnostic> {
    let pages = archive.pages.iter().map(|page| &page.body.linked);
    let own = pages
        .chain(archive.indicators.definitions.prose().map(|text| &text.linked))
        .flat_map(|text| check_text(text, targets));
    let of_year = |report: &Arc<Report>| {
        let written = report.written_links().filter_map(|(file, link)| check_written(file, link, targets));
        report.linked_texts().flat_map(|text| check_text(text, targets)).chain(written).collect()
    };
    let years: Vec<Vec<Diagnostic>> = archive.reports.par_iter().map(of_year).collect();
    own.chain(years.into_iter().flatten()).collect()
}

/// The broken links of one text.
fn check_text(text: &LinkedText, targets: &LinkResolver<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A label with a wrong definition is one mistake, however often it is used.
    let mut seen = HashSet::new();
    for link in text.links.iter().filter(|link| destination(&link.target) == LinkKind::Inside) {
        let broken = if link.is_image {
            targets.image(&text.file, &link.target).err()
        } else {
            targets.link(&text.file, &link.target).err()
        };
        let Some(broken) = broken.filter(|broken| *broken != LinkError::Unknown) else { continue };
        if link.definition.is_some_and(|definition| !seen.insert(definition)) {
            continue;
        }
        let location = text.location(link.definition.unwrap_or(link.span));
        found.push(diagnostic(&broken, location, &link.target, link.is_image, targets, found.len() < GUESSES));
    }
    found
}

/// The diagnostic for a link that is the value of a key, if it is broken.
fn check_written(file: &RelPath, link: &Text, targets: &LinkResolver<'_>) -> Option<Diagnostic> {
    let broken = (destination(link) == LinkKind::Inside).then(|| targets.link(file, link).err()).flatten()?;
    let location = Location::new(file, link.span);
    (broken != LinkError::Unknown).then(|| diagnostic(&broken, location, link, false, targets, true))
}

/// The diagnostic for a broken link with `target` at a location.
fn diagnostic(
    broken: &LinkError<'_>,
    location: Location,
    target: &str,
    is_image: bool,
    targets: &LinkResolver<'_>,
    may_guess: bool,
) -> Diagnostic {
    let is_local = is_on_a_computer(target);
    let (message, help) = if is_local {
        let (message, help) = explain_computer(is_image);
        (message.to_owned(), help.to_owned())
    } else {
        explain(broken, &location.file, is_image, targets, may_guess)
    };
    let code = if is_local && is_image { Code::BrokenImage } else { Code::BrokenLink };
    let diagnostic = Diagnostic::new(code, location, message);
    let diagnostic = match broken {
        LinkError::NoFile(file) => diagnostic.about(SubjectKind::File, file),
        LinkError::NoFragment(file, _)
        | LinkError::Draft(file)
        | LinkError::Embargoed(file)
        | LinkError::Preparing(file) => diagnostic.about(SubjectKind::File, file),
        LinkError::NoAddress(address) => diagnostic.about(SubjectKind::Address, address),
        LinkError::Empty | LinkError::Unknown => diagnostic,
    };
    match broken {
        LinkError::NoFile(file) if targets.is_unused(file) => diagnostic
            .related(Location::whole(file), "this file exists, but annal does not use it")
            .help(unused_help(file)),
        LinkError::NoFile(_) if is_bare_web_address(target) && !is_image => {
            diagnostic.help(format!("if it is on the web, write the whole address: `https://{target}`"))
        }
        _ => diagnostic.help(help),
    }
}

/// The help for a link to a file that exists but is of a kind that annal does not use.
fn unused_help(file: &RelPath) -> String {
    if is_other_picture(file) {
        return as_jpeg(file);
    }
    "save it as PDF, Word (.docx) or Excel (.xlsx) in the folder `documents/`, and link to that; or link to a copy of the \
     file on the web"
        .to_owned()
}

/// Removes `stray-file` for files that a broken link points to: that is one mistake.
pub(crate) fn withhold(found: &mut Vec<Diagnostic>) {
    let broken =
        found.iter().filter(|one| matches!(one.code, Code::BrokenLink | Code::BrokenImage) && one.waived.is_none());
    let led_to: HashSet<RelPath> =
        broken.flat_map(|one| &one.related).map(|(location, _)| location.file.clone()).collect();
    found.retain(|one| one.code != Code::StrayFile || !led_to.contains(&one.location.file));
}

/// The message and help for a broken link.
fn explain(
    broken: &LinkError<'_>,
    from: &RelPath,
    is_image: bool,
    targets: &LinkResolver<'_>,
    may_guess: bool,
) -> (String, String) {
    let it = if is_image { "the image" } else { "the link" };
    match broken {
        LinkError::NoFile(file) => {
            let what = match is_image {
                true => "image",
                false if is_in_documents(file) => "document",
                false => "page",
            };
            let name = file.below("content").unwrap_or(file.as_str());
            let near = may_guess.then(|| targets.nearest(file)).flatten();
            let help = match near {
                Some(near) => format!("did you mean `{}`?", relative_path(from, near)),
                None if is_image => "put the image in the year's `media/` folder and write its path from this file: \
                                     `../media/name.png`"
                    .to_owned(),
                None if is_in_documents(file) => {
                    format!("put the document in `{}/`, or write the name of one that is there", file.parent())
                }
                None => "write the path of a `.md` file, from this file (`../boards/risk.md`) or from `content/` \
                         (`@/2019-20/boards/risk.md`)"
                    .to_owned(),
            };
            (format!("there is no {what} `{name}`"), help)
        }
        LinkError::NoFragment(file, fragment) => {
            let known = || targets.fragments_of(file).take(200);
            let near = may_guess.then(|| did_you_mean(fragment, known())).flatten();
            let help = near.unwrap_or_else(|| match known().next() {
                Some(_) => {
                    let known: Vec<String> = known().take(8).map(|id| format!("`#{id}`")).collect();
                    format!("use one of its headings: {}", known.join(", "))
                }
                None => "remove the `#` and everything after it: that page has no headings".to_owned(),
            });
            let whose = if *file == from { "this text".to_owned() } else { format!("`{}`", file.name()) };
            (format!("{whose} has no heading `#{fragment}`"), help)
        }
        LinkError::Draft(file) => (
            format!("`{}` is a draft, so this build leaves it out", file.name()),
            format!("remove {it} until the draft is submitted, or build with `--drafts`"),
        ),
        LinkError::Embargoed(file) => (
            format!("`{}` is in a year under embargo, so this build leaves it out", file.name()),
            format!("remove {it} until the embargo ends, or build with `--embargoed`"),
        ),
        LinkError::Preparing(file) => (
            format!("`{}` is in a year that is still in preparation, so this build leaves it out", file.name()),
            format!("remove {it} until that year is ready to publish"),
        ),
        LinkError::NoAddress(address) => (
            format!("the site has no page at `{address}`"),
            "write the path of a `.md` file, from this file (`../boards/risk.md`) or from `content/` \
             (`@/2019-20/boards/risk.md`)"
                .to_owned(),
        ),
        LinkError::Empty | LinkError::Unknown => {
            let what = if is_image { "this image has no address" } else { "this link has no address" };
            (what.to_owned(), "write the address in the round brackets: `(../boards/risk.md)`".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, SourceTexts};
    use crate::model::links::{LinkIndex, LinkIndexes};
    use crate::options::Options;
    use crate::source::SourceTree;

    /// The broken links of a site in which `body` is the Risk Board's submission, with locations and help.
    fn check_with(body: &str, options: impl FnOnce(&mut Options)) -> String {
        let report = "title: R\nperiod: {from: 2019-04-01, to: 2020-03-31}\n\
                      boards: [{id: risk, name: Risk, purpose: '[x](boards/nosuch.md) [y](#here)'}, {id: voice, name: V}]\n\
                      agencies: [{id: tvp, name: T}]\n";
        let done = "## What we did\n\n- a\n\n## What next {#plans}\n\n- b\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/pages/privacy.md", "---\ntitle: P\n---\n## Café\n"),
            ("content/2019-20/report.yaml", report),
            ("content/2019-20/pages/intro.md", "---\ntitle: I\n---\n[x](../boards/risk.md)\n"),
            ("content/2019-20/boards/risk.md", body),
            ("content/2019-20/boards/voice.md", &format!("---\nstatus: draft\n---\n{done}[r](risk.md)")),
            ("content/2019-20/boards/stranger.md", done),
            ("content/2019-20/agencies/tvp.md", done),
            ("content/2019-20/media/a b.svg", "<svg/>"),
            ("content/2019-20/data/budget.csv", "kind,line,amount\n"),
            ("content/2019-20/data/attendance.csv", "member,organisation,2019-06\nChair,T,y\n"),
            ("content/glossary.yaml", "PST: Problem-solving team\n"),
            ("content/2018-19/report.yaml", &report.replace("boards/nosuch.md", "report.yaml#x").replace('R', "S")),
        ]);
        let archive = crate::model::assemble::assemble(&tree).value;
        let mut set = Options::new("2020-09-01".parse().unwrap());
        options(&mut set);
        let years = archive.reports().map(|report| Arc::new(LinkIndex::of_year(report, &tree, &set)));
        let indexes = LinkIndexes::new(&archive, &set, false, years);
        let mut found = super::check(&archive, &LinkResolver::new(&archive, &tree, &indexes));
        crate::diagnostic::sort(&mut found);
        let shown = found.iter().filter(|one| !one.location.file.as_str().contains("2018-19")).map(|one| {
            let lines = LineIndex::new(tree.text(&one.location.file).unwrap());
            let at = lines.position(one.location.span.start);
            let help = one.help.as_deref().unwrap_or_default();
            format!("{} {}:{} {}; {help}\n", one.location.file.name(), at.line, at.column, one.message)
        });
        shown.filter(|line| !line.contains("nosuch.md")).collect::<Vec<_>>().concat()
    }

    fn check(body: &str) -> String {
        check_with(body, |_| {})
    }

    #[test]
    fn existing_targets_can_be_linked() {
        let body = "## What we did\n\n[a](../agencies/tvp.md) [b](../agencies/tvp.md#plans) [c](@/2019-20/agencies/tvp.md#done) \
                    [d](#what-we-did) [e](#done) [f](risk.md) [g](../pages/intro.md) [h](../../pages/privacy.md#cafe) \
                    [i](@/pages/privacy.md) [j](../media/a%20b.svg) [k](<../media/a b.svg>) ![l](../media/a%20b.svg) \
                    [m](../data/budget.csv) [n](/2019-20/attendance/) [o](/) [p](/glossary/#pst) [q](/privacy/) \
                    [r](../agencies/tvp.md#next) [s](https://example.org/x.md) [t](mailto:x@example.org) [u](#)\n\n- x\n";
        assert_eq!(check(body), "");
    }

    #[test]
    fn missing_targets_are_reported_with_a_suggestion() {
        for (link, expected) in [
            ("[é](tvp.md)", "there is no page `2019-20/boards/tvp.md`; did you mean `../agencies/tvp.md`?"),
            (
                "[a](../agencies/TVP.md)",
                "there is no page `2019-20/agencies/TVP.md`; did you mean `../agencies/tvp.md`?",
            ),
            ("[a](riks.md)", "there is no page `2019-20/boards/riks.md`; did you mean `risk.md`?"),
            (
                "[a](../documents/plan.pdf)",
                "there is no document `2019-20/documents/plan.pdf`; put the document in `content/2019-20/documents/`, or write \
                 the name of one that is there",
            ),
            (
                "[a](@/2019-20/agencies/tvpp.md)",
                "there is no page `2019-20/agencies/tvpp.md`; did you mean `../agencies/tvp.md`?",
            ),
            ("[a](../agencies/tvp.md#plan)", "`tvp.md` has no heading `#plan`; did you mean `plans`?"),
            ("[a](../agencies/tvp.md#Plans)", "`tvp.md` has no heading `#Plans`; did you mean `plans`?"),
            (
                "[a](#zzzzzzzz)",
                "this text has no heading `#zzzzzzzz`; remove the `#` and everything after it: that page has no headings",
            ),
            ("![a](../media/ab.svg)", "there is no image `2019-20/media/ab.svg`; did you mean `../media/a%20b.svg`?"),
            (
                "[a](voice.md)",
                "`voice.md` is a draft, so this build leaves it out; remove the link until the draft is submitted, or build with `--drafts`",
            ),
            ("[a]()", "this link has no address; write the address in the round brackets: `(../boards/risk.md)`"),
        ] {
            assert_eq!(check(&format!("é {link}\n")), format!("risk.md 1:3 {expected}\n"), "{link}");
        }
        for link in [
            "(../report.yaml)",
            "(risk)",
            "(../../../../x.md)",
            "(/nosuch/)",
            "(../media/)",
            "(..)",
            "(risk.html)",
            "(/2019-20/x/)",
        ] {
            assert_eq!(check(&format!("[a]{link}\n")).lines().count(), 1, "{link}");
        }
    }

    #[test]
    fn one_mistake_is_reported_once() {
        assert_eq!(check("[a] and [b][a] and [a][]\n\n[a]: tpv.md\n").lines().count(), 1);
        assert!(check("[a]\n\n[a]: ../agencies/tvq.md\n").starts_with("risk.md 3:1 "));
        assert_eq!(check("[a](stranger.md) [b](javascript:x)\n"), "", "reported in `report.yaml`, and as unsafe");
    }

    #[test]
    fn drafts_can_be_linked_if_they_are_built() {
        assert_eq!(check_with("[a](voice.md)\n", |options| options.drafts = true), "");
        assert_eq!(
            check("---\nstatus: draft\n---\n[a](voice.md)\n").lines().count(),
            1,
            "the introduction links to it"
        );
    }

    /// The broken links of a site with a year that is built and one that `state` holds back.
    fn check_held(state: &str) -> String {
        let year = |title: &str, more: &str| {
            format!(
                "title: {title}\nperiod: {{from: 2019-04-01, to: 2020-03-31}}\nmeetings: [{{date: 2019-06}}]\nagencies: []\n\
                 boards: [{{id: risk, name: Risk, purpose: '[x](boards/risk.md)'}}]\n{more}"
            )
        };
        let built =
            year("B", "key_messages:\n- {text: A, link: ../2020-21/boards/risk.md}\n- {text: B, link: /2020-21/}\n");
        let held = "key_messages:\n- {text: A, link: 'boards/risk.md#done'}\n- {text: B, link: /2020-21/attendance/}\n\
                    - {text: C, link: /2020-21/training/}\nquotations: [{text: D, by: E, link: /2020-21/boards/risk/}]\n";
        let agreement = |id: &str, document: &str| {
            format!("- {{id: {id}, name: N, between: [risk, ex], state: agreed, document: {document}}}\n")
        };
        let governance = format!(
            "bodies: [{{id: risk, name: Risk}}, {{id: ex, name: Ex}}]\nagreements:\n{}{}",
            agreement("a", "documents/a.csv"),
            agreement("b", "/2020-21/documents/a.csv")
        );
        let body = "## What we did\n\nA [link](/2020-21/attendance/).\n\n## What next\n\n- b\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://example.org\n"),
            ("content/2019-20/report.yaml", &built),
            ("content/2019-20/boards/risk.md", "## What we did\n\nA.\n"),
            ("content/2020-21/report.yaml", &year("H", &format!("{state}\n{held}"))),
            ("content/2020-21/governance.yaml", &governance),
            ("content/2020-21/boards/risk.md", body),
            ("content/2020-21/documents/a.csv", "a,b\nc,d\n"),
            ("content/2020-21/data/attendance.csv", "member,organisation,2019-06\nChair,T,y\n"),
        ]);
        let archive = crate::model::assemble::assemble(&tree).value;
        let options = Options::new("2020-09-01".parse().unwrap());
        let years = archive.reports().map(|report| Arc::new(LinkIndex::of_year(report, &tree, &options)));
        let indexes = LinkIndexes::new(&archive, &options, false, years);
        let found = super::check(&archive, &LinkResolver::new(&archive, &tree, &indexes));
        let shown = found.iter().map(|one| format!("{}: {}\n", one.location.file.parent(), one.message));
        shown.collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_year_that_is_held_back_may_link_to_itself() {
        let missing = "content/2020-21: the site has no page at `/2020-21/training/`\n";
        for (state, why) in
            [("embargo: 2099-01-01", "under embargo"), ("state: preparing", "that is still in preparation")]
        {
            let from_outside = format!(
                "content/2019-20: `risk.md` is in a year {why}, so this build leaves it out\n\
                 content/2019-20: the site has no page at `/2020-21/`\n"
            );
            assert_eq!(check_held(state), format!("{from_outside}{missing}"), "{state}");
        }
        assert_eq!(check_held(""), missing, "a year that is built");
    }
}
