//! Signs off a submission, or a report as a whole: writes who approved it, when, and the hash of its words.

use std::fmt;

use jiff::civil::Date;

use super::front_matter::{set, set_in_file};
use super::write::Expected;
use super::yaml_content::{YamlContent, YamlStep};
use crate::diagnostic::located::counted;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, RelPath, Severity, SourceTexts, quoted_list};
use crate::model::assemble::assemble_translations;
use crate::model::signed_text::{hash_of_report, hash_of_submission};
use crate::model::{Archive, Report, SignOff, SubmitterKind};
use crate::source::SourceTree;
use crate::source::files::{PublicationStatus, TextHash};

/// A site in which something is signed off.
pub(crate) struct SignedSite<'a> {
    /// All its files, with those of translations.
    pub tree: &'a SourceTree,
    /// The model in the site's own language.
    pub archive: &'a Archive,
    /// What was found in it.
    pub diagnostics: &'a [Diagnostic],
}

/// A sign-off to write.
pub(crate) struct NewSignOff<'a> {
    /// What is signed off: `agencies/police`, `boards/children`, `report`, and `agencies/police.cy` for a translation.
    pub name: &'a str,
    /// Who signs it off.
    pub by: &'a str,
    /// When they did.
    pub on: Date,
    /// The date to use as today.
    pub today: Date,
}

/// A text that is signed off, to be put on disk with [`super::write::write`].
#[derive(Debug)]
pub(crate) struct SignedText {
    pub path: RelPath,
    /// What is at the path now.
    pub expected: Expected,
    pub text: String,
    /// Whose it is, or the title of the report.
    pub title: String,
}

/// Why something is not signed off.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SignOffRefusal {
    /// Nothing has this name; what may be meant, in words.
    UnknownName(String),
    /// There is no translation of it into this language.
    NotTranslated(RelPath),
    /// Nothing was sent yet.
    NotBegun(String),
    /// It is still a draft, or nobody can tell whether it is one.
    Draft(RelPath),
    /// It has errors, and correcting them changes what would be signed. The path is its file, or the year's folder if they
    /// are errors of the whole report.
    HasErrors(RelPath, usize),
    /// It is signed off already, and has not changed since.
    AlreadySigned { path: RelPath, by: Option<String>, on: Option<Date> },
    /// The date is after today.
    InTheFuture(Date),
    /// Nobody is named.
    Nobody,
    /// Its settings cannot be changed without changing something else.
    Unwritable(RelPath),
}

impl SignOffRefusal {
    /// What to do about it.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::UnknownName(meant) => meant.clone(),
            Self::NotTranslated(path) => {
                format!("write the translation to {path}, or check the letters at the end of the name")
            }
            Self::NotBegun(_) => "sign it off once their text is there".to_owned(),
            Self::Draft(_) => {
                "write `status: submitted` into the file once the text is final, then sign it off".to_owned()
            }
            Self::HasErrors(path, _) => format!(
                "fix them first, or waive them, since what is signed off should not change: `annal check {path}` lists them"
            ),
            Self::AlreadySigned { .. } => {
                "to have somebody else sign it off, remove `signed_off` from the file first".to_owned()
            }
            Self::InTheFuture(_) => "give the day on which they approved it, as in `--on 2025-06-20`".to_owned(),
            Self::Nobody => "give the role or name of whoever approved it, as in `--by \"Chief Executive\"`".to_owned(),
            Self::Unwritable(path) => {
                format!("write `status: signed-off` and `signed_off` with `by` and `on` into {path} yourself")
            }
        }
    }
}

impl fmt::Display for SignOffRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName(_) => f.write_str("the report has nothing with this name to sign off"),
            Self::NotTranslated(path) => write!(f, "there is no translation {path}"),
            Self::NotBegun(name) => write!(f, "{name} has not sent anything yet"),
            Self::Draft(path) => write!(f, "{path} is still a draft"),
            Self::HasErrors(path, errors) => write!(f, "{path} has {}", counted(*errors, "error")),
            Self::AlreadySigned { path, by, on } => {
                let by = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                let on = on.map(|on| format!(" on {on}")).unwrap_or_default();
                write!(f, "{path} was signed off{by}{on}, and its text has not changed since")
            }
            Self::InTheFuture(on) => write!(f, "{on} is in the future"),
            Self::Nobody => f.write_str("a sign-off needs somebody who approved the text"),
            Self::Unwritable(path) => write!(f, "the settings of {path} could not be changed"),
        }
    }
}

/// What a name means in a report.
#[derive(Clone, Copy)]
enum Named<'a> {
    Report,
    Submission(SubmitterKind, &'a str),
}

/// Signs off what `new` names in the report of a year.
///
/// # Errors
///
/// If there is no such text, or it may not be signed off. Nothing is written in either case.
pub(crate) fn sign_off(
    site: &SignedSite<'_>,
    report: &Report,
    new: &NewSignOff<'_>,
) -> Result<SignedText, SignOffRefusal> {
    if new.by.trim().is_empty() {
        return Err(SignOffRefusal::Nobody);
    }
    if new.on > new.today {
        return Err(SignOffRefusal::InTheFuture(new.on));
    }
    let (name, language) = parts_of(new.name, report);
    let named = resolve(name, report)?;
    let Some(language) = language else { return sign_in(site.tree, site, report, named, None, new) };
    let translations = assemble_translations(site.tree, site.archive);
    let translated = translations.iter().find(|other| other.translation.language == language);
    let original = file_of(report, &named);
    let path = RelPath::new(&format!("{}/{}.{language}.{}", original.parent(), original.stem(), original.extension()));
    let Some(translated) = translated.filter(|other| other.translation.files.contains_key(&original)) else {
        return Err(SignOffRefusal::NotTranslated(path));
    };
    match translated.archive.reports().find(|other| other.year == report.year) {
        Some(report) => sign_in(&translated.translation.tree, site, report, named, Some(path), new),
        None => Err(SignOffRefusal::NotTranslated(path)),
    }
}

/// Signs off a text in the language that `report` is in, which `tree` has the files of. `path` is the file, if the report is
/// a translation.
fn sign_in(
    tree: &SourceTree,
    site: &SignedSite<'_>,
    report: &Report,
    named: Named<'_>,
    path: Option<RelPath>,
    new: &NewSignOff<'_>,
) -> Result<SignedText, SignOffRefusal> {
    let path = path.unwrap_or_else(|| file_of(report, &named));
    let is_in_it = |found: &Diagnostic| match named {
        Named::Report => found.location.file.is_at(&report.folder),
        Named::Submission(..) => found.location.file == path,
    };
    let errors = site.diagnostics.iter().filter(|found| found.severity == Severity::Error && is_in_it(found)).count();
    let (title, hash, signed) = match named {
        Named::Report => (report.title.clone(), hash_of_report(report, tree), report.signed_off.as_ref()),
        Named::Submission(kind, id) => {
            let submitter = report.submitter(kind, id);
            let title = submitter.map_or(id, |submitter| submitter.name);
            let Some(sent) = submitter.and_then(|submitter| submitter.submission) else {
                // A file that cannot be read has an error, which says more.
                let refusal = if errors > 0 && report.lost_content(kind, id) {
                    SignOffRefusal::HasErrors(path, errors)
                } else {
                    SignOffRefusal::NotBegun(title.to_owned())
                };
                return Err(refusal);
            };
            if sent.status == PublicationStatus::Draft {
                return Err(SignOffRefusal::Draft(path));
            }
            let is_signed = sent.status == PublicationStatus::SignedOff;
            (title.to_owned(), hash_of_submission(sent), sent.signed_off.as_ref().filter(|_| is_signed))
        }
    };
    if errors > 0 {
        let judged = if matches!(named, Named::Report) { report.folder.clone() } else { path };
        return Err(SignOffRefusal::HasErrors(judged, errors));
    }
    if let Some(SignOff { by, on, text: Some(_), is_stale: false }) = signed {
        return Err(SignOffRefusal::AlreadySigned { path, by: by.clone(), on: *on });
    }
    let unwritable = || SignOffRefusal::Unwritable(path.clone());
    let old = site.tree.text(&path).ok_or_else(unwritable)?;
    let text = written(&old, &named, new, &hash).ok_or_else(unwritable)?;
    let expected = site.tree.files.get(&path).map_or(Expected::Nothing, |read| Expected::File(read.hash));
    Ok(SignedText { path, expected, text, title })
}

/// A text with the sign-off in its settings; all else is as it was.
fn written(old: &str, named: &Named<'_>, new: &NewSignOff<'_>, hash: &TextHash) -> Option<String> {
    let entries = [("by", new.by.trim().to_owned()), ("on", new.on.to_string()), ("text", hash.to_string())];
    let set_one = |text: &str, path: &[YamlStep<'_>], value: &str| {
        let value = YamlContent::from(value);
        match named {
            Named::Report => set_in_file(text, path, &value),
            Named::Submission(..) => set(text, path, &value),
        }
    };
    let mut text = old.to_owned();
    if matches!(named, Named::Submission(..)) {
        text = set_one(&text, &[YamlStep::Key("status")], PublicationStatus::SignedOff.word())?;
    }
    for (key, value) in entries {
        text = set_one(&text, &[YamlStep::Key("signed_off"), YamlStep::Key(key)], &value)?;
    }
    Some(text)
}

/// A name without the language that it ends with, or the path of a file in its place.
fn parts_of<'n>(name: &'n str, report: &Report) -> (&'n str, Option<&'n str>) {
    let name = name.trim_start_matches("./");
    let name = name.strip_prefix(report.folder.as_str()).map_or(name, |below| below.trim_start_matches('/'));
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name);
    match name.rsplit_once('.') {
        Some((name, language)) => (name, Some(language)),
        None => (name, None),
    }
}

/// What a name means. The folder may be left out where one board or agency alone has the id.
fn resolve<'a>(name: &'a str, report: &'a Report) -> Result<Named<'a>, SignOffRefusal> {
    if name == "report" {
        return Ok(Named::Report);
    }
    let path = |kind: SubmitterKind, id: &str| format!("{}/{id}", kind.folder());
    let mut found = report.submitters().filter(|one| path(one.kind, one.id) == name || one.id == name);
    if let (Some(one), None) = (found.next(), found.next()) {
        return Ok(Named::Submission(one.kind, one.id));
    }
    let known: Vec<String> = report.submitters().map(|one| path(one.kind, one.id)).collect();
    let bare = report.submitters().map(|one| one.id);
    let all = known.iter().map(String::as_str).chain(["report"]);
    let meant = did_you_mean(name, all.clone().chain(bare)).unwrap_or_else(|| {
        let names: Vec<&str> = all.collect();
        format!("choose from {}", quoted_list(&names))
    });
    Err(SignOffRefusal::UnknownName(meant))
}

/// The file in the site's own language.
fn file_of(report: &Report, named: &Named<'_>) -> RelPath {
    match named {
        Named::Report => report.file.clone(),
        Named::Submission(kind, id) => report.folder.join(kind.folder()).join(&format!("{id}.md")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::options::Options;
    use crate::pipeline;

    const TEXT: &str = "## What we did\n\nMuch.\n\n## What next?\n\n- More.\n";

    /// Signs something off, and gives the new text, or why not.
    fn check(police: &str, name: &str, by: &str, on: &str) -> Result<String, SignOffRefusal> {
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://s.example\n"),
            (
                "content/2019-20/report.yaml",
                "title: T # The title.\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: [{id: risk, name: Risk}]\n\
                 agencies: [{id: police, name: Police}, {id: fire, name: Fire}]",
            ),
            ("content/2019-20/boards/risk.md", TEXT),
            ("content/2019-20/agencies/police.md", police),
        ]);
        let today = jiff::civil::date(2020, 9, 1);
        let options = Options { drafts: true, ..Options::new(today) };
        let read = pipeline::read(&tree, &options);
        let diagnostics: Vec<_> =
            read.diagnostics.into_iter().filter(|one| one.code != Code::MissingSubmission).collect();
        let site = SignedSite { tree: &tree, archive: &read.value, diagnostics: &diagnostics };
        let new = NewSignOff { name, by, on: on.parse().unwrap(), today };
        sign_off(&site, read.value.reports().next().unwrap(), &new).map(|signed| signed.text)
    }

    #[test]
    fn only_the_sign_off_is_written() {
        let head = "---\r\n# Agreed.\r\nstatus: submitted # by email\r\nsigned_off: {by: Nobody} # once\r\n---\r\n";
        let text = check(&format!("{head}{TEXT}"), "agencies/police", " Chief ", "2020-08-31").unwrap();
        let (new, rest) = text.split_once("v1:").unwrap();
        assert_eq!(
            new,
            "---\r\n# Agreed.\r\nstatus: signed-off # by email\r\nsigned_off: {by: Chief, on: 2020-08-31, text: \""
        );
        assert_eq!(rest[32..], format!("\"}} # once\r\n---\r\n{TEXT}"));
        let bare = check(TEXT, "police", "Chief", "2020-08-31").unwrap();
        assert!(
            bare.starts_with("---\nstatus: signed-off\nsigned_off:\n  by: Chief\n  on: 2020-08-31\n  text: \"v1:"),
            "{bare}"
        );
        assert!(bare.ends_with(TEXT), "{bare}");
        let report = check(TEXT, "report", "Chair", "2020-08-31").unwrap();
        assert!(report.starts_with("title: T # The title.\nperiod"), "{report}");
        assert!(report.contains("name: Fire}]\nsigned_off:\n  by: Chair\n  on: 2020-08-31\n  text: \"v1:"), "{report}");
    }

    #[test]
    fn what_cannot_be_signed_is_refused() {
        let refusal = |police: &str, name: &str| {
            let refusal = check(police, name, "Chief", "2020-08-31").unwrap_err();
            format!("{refusal} | {}", refusal.help())
        };
        let draft = format!("---\nstatus: draft\n---\n{TEXT}");
        assert!(refusal(&draft, "police").contains("police.md is still a draft | write `status: submitted`"));
        assert!(refusal(&format!("---\nstatus: drft\n---\n{TEXT}"), "police").contains("is still a draft"));
        assert!(refusal("## What we did\n\nMuch.\n", "police").contains("police.md has 1 error | fix"));
        assert!(refusal("---\na: [\n---\n", "police").contains("police.md has"));
        assert!(refusal("## What we did\n\nMuch.\n", "report").starts_with("content/2019-20 has 1 error"));
        assert!(refusal(TEXT, "agencies/fire").starts_with("Fire has not sent anything yet"));
        assert!(refusal(TEXT, "agencies/polce").ends_with("did you mean `agencies/police`?"));
        assert!(
            refusal(TEXT, "police.cy").starts_with("there is no translation content/2019-20/agencies/police.cy.md")
        );
        let signed = check(TEXT, "police", "Chief", "2020-08-31").unwrap();
        let again = refusal(&signed, "content/2019-20/agencies/police.md");
        assert!(again.contains("was signed off by Chief on 2020-08-31, and its text has not changed since"), "{again}");
        let changed = signed.replace("Much", "Little");
        assert!(check(&changed, "police", "Chief", "2020-08-31").is_ok(), "what has changed is signed again");
        assert_eq!(
            check(TEXT, "police", "Chief", "2020-09-02"),
            Err(SignOffRefusal::InTheFuture(jiff::civil::date(2020, 9, 2)))
        );
        assert_eq!(check(TEXT, "police", " ", "2020-08-31"), Err(SignOffRefusal::Nobody));
    }
}
