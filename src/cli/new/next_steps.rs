//! What to do after something was created: commands that can be pasted.

use std::path::Path;

use jiff::ToSpan;

use crate::cli::args::GlobalArgs;
use crate::cli::open_site::{shown, year_due};
use crate::cli::shell::quoted;
use crate::model::{Report, SubmitterKind, Year};

/// A list of submitters to begin with.
const ROSTER: &str = "\
boards:
  - {id: children, name: Children's Safeguarding Board}
agencies:
  - {id: council, name: Westshire Council}
  - {id: police, name: Westshire Police, short: WP}
";

/// A command for the site that this run works on.
pub(in crate::cli) fn command(global: &GlobalArgs, rest: &str) -> String {
    match &global.root {
        Some(root) => format!("  annal --root {} {rest}\n", quoted(&root.display().to_string())),
        None => format!("  annal {rest}\n"),
    }
}

/// After a site.
#[must_use]
pub(super) fn after_site(folder: &Path) -> String {
    let year = year_due();
    let enter = if folder == Path::new(".") {
        String::new()
    } else {
        format!("  cd {}\n", quoted(&folder.display().to_string()))
    };
    format!(
        "Next, create the first report:\n{enter}  annal new year {year}\n\
         Before you publish, replace what is marked [fill in: …] in these files. `annal check` lists what is left."
    )
}

/// After a year, whose report is `report`.
#[must_use]
pub(super) fn after_year(global: &GlobalArgs, root: &Path, report: &Report) -> String {
    let file = shown(&root.join(report.file.as_str())).display().to_string();
    let kinds = [SubmitterKind::Board, SubmitterKind::Agency];
    let listed: Vec<SubmitterKind> =
        kinds.into_iter().filter(|kind| report.submitters_of(*kind).next().is_some()).collect();
    let forms = |kinds: &[SubmitterKind]| -> String {
        let commands: String = kinds.iter().map(|kind| command(global, &all_forms(*kind, &report.year))).collect();
        format!("{commands}Add `--word` for Word documents that you can send out.")
    };
    if listed.is_empty() {
        return format!(
            "Next, list who must send something. In {file}, replace `boards: []` and `agencies: []` with lines like \
             these:\n\n{ROSTER}\nThen create their forms:\n{}",
            forms(&kinds)
        );
    }
    format!(
        "Next, see whether the boards and agencies in {file} are still right, then create their forms:\n{}",
        forms(&listed)
    )
}

/// After the forms of one kind; `lacking` is the other kind, if it has none yet.
#[must_use]
pub(super) fn after_forms(global: &GlobalArgs, year: &Year, lacking: Option<SubmitterKind>) -> String {
    match lacking {
        Some(other) => {
            let what = other.folder();
            format!("Next, create the forms of the {what}:\n{}", command(global, &all_forms(other, year)))
        }
        None => format!(
            "Next, see the report in your browser while it is written:\n{}",
            command(global, &format!("serve --drafts --open --year {year}"))
        ),
    }
}

/// After forms as Word documents, which are returned to `return_to`. What the forms do not say comes first, since they may
/// have to be created again.
#[must_use]
pub(super) fn after_word_forms(global: &GlobalArgs, report: &Report, return_to: Option<&str>) -> String {
    let due = report.due.is_none().then(|| {
        let day = report.period.map_or_else(|| "2026-06-30".to_owned(), |(_, end)| (end + 3.months()).to_string());
        ("by when", format!("`due: {day}` to {}", report.file))
    });
    let place =
        return_to.is_none().then(|| ("where", "`return_to: report@westshire.example` to content/site.yaml".to_owned()));
    let (lacking, lines): (Vec<&str>, Vec<String>) = due.into_iter().chain(place).unzip();
    let lacking = if lines.is_empty() {
        String::new()
    } else {
        format!(
            "The forms do not say {} to return them. Add {}, delete the forms, and create them again.\n",
            lacking.join(" and "),
            lines.join(" and ")
        )
    };
    format!(
        "{lacking}Next, send each form to its board or agency. When they come back, save them in a folder and take them in, for \
         example:\n{}",
        command(global, &format!("intake returned --year {}", report.year))
    )
}

/// After a file that somebody has to fill in.
#[must_use]
pub(super) fn after_file(global: &GlobalArgs, file: &Path) -> String {
    let file = quoted(&shown(file).display().to_string());
    format!("Next, fill it in, then check it:\n{}", command(global, &format!("check {file}")))
}

fn all_forms(kind: SubmitterKind, year: &Year) -> String {
    format!("new {} --all --year {year}", kind.name())
}
