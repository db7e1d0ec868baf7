//! What an editor sends to who is missing or has errors, ready to be copied into a letter.

use std::fmt::Write;

use super::matrix::Row;
use super::sentence;
use crate::diagnostic::listing::counted;
use crate::report::Report;

/// The letter to a board or agency; nothing where there is nothing to ask for.
pub fn letter(report: &Report, row: &Row<'_>) -> Option<String> {
    let errors = row.errors().count();
    if row.has_file && errors == 0 {
        return None;
    }
    let title = if report.title.is_empty() { "annual report" } else { &report.title };
    let mut letter = format!("Subject: {title}: {}\n\nDear colleagues,\n\n", row.standing.name);
    if row.has_file {
        let needs = if errors == 1 { "one thing needs" } else { &*format!("{errors} things need") };
        _ = writeln!(
            letter,
            "Thank you for the submission of {} to “{title}”. Before we can publish it, {needs} to be put right:\n",
            row.standing.name
        );
        for (i, fault) in row.errors().enumerate() {
            _ = write!(letter, "{}. Line {}: {}.", i + 1, fault.line, sentence(&fault.message));
            if let Some(help) = &fault.help {
                _ = write!(letter, " To put it right: {help}.");
            }
            letter.push('\n');
        }
    } else {
        _ = write!(letter, "We have not had the submission of {} for “{title}” yet.", row.standing.name);
        if let Some(due) = report.due {
            let was = if row.standing.is_late { "was" } else { "is" };
            _ = write!(letter, " It {was} due on {}.", due.strftime("%-d %B %Y"));
        }
        letter.push_str(
            "\n\nA page or two will do. Please write under these two headings:\n\n\
             - What have we done?\n- What will we do next?\n",
        );
    }
    if !row.unanswered.is_empty() {
        let promises = counted(row.unanswered.len(), "commitment");
        _ = write!(letter, "\nPlease also say what became of last year’s {promises}:\n\n");
        for commitment in &row.unanswered {
            _ = writeln!(letter, "- {}", commitment.text);
        }
    }
    letter.push_str("\nThank you.\n");
    Some(letter)
}
