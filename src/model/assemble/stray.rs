//! Advice about a file that annal does not use: what it most likely should be, and what to call it.

use std::collections::BTreeSet;

use crate::diagnostic::suggest::{did_you_mean, nearest};
use crate::diagnostic::{RelPath, quoted_choice, quoted_list};
use crate::model::ids::Year;
use crate::model::year_data::YearFile;
use crate::source::published_document::{DOCUMENTS_DIR, DocumentFormat};
use crate::source::slug::slug;

/// The folders of a year.
pub(super) const YEAR_FOLDERS: &[&str] = &["pages", "boards", "agencies", "data", "media", DOCUMENTS_DIR];
/// What `content/` may hold apart from years, for suggestions.
pub(super) const TOP_PARTS: &[&str] =
    &["site.yaml", "glossary.yaml", "indicators.yaml", "pages", "covers", "media", DOCUMENTS_DIR, "static"];

/// What a year's folder may hold, for suggestions.
pub(super) fn year_parts() -> impl Iterator<Item = &'static str> + Clone {
    let files = YearFile::ALL.iter().map(|file| file.name()).filter(|name| !name.contains('/'));
    files.chain(YEAR_FOLDERS.iter().copied())
}

/// Advice about `file`. `below` is its path from `content/` or from its year's folder. `None` if there is nothing to
/// say except that its place is wrong.
pub(super) fn advice(file: &RelPath, below: &[&str]) -> Option<String> {
    let (stem, ending) = (file.stem(), file.extension().to_ascii_lowercase());
    let folder = below.first().copied().filter(|_| below.len() > 1);
    let is_text_folder = matches!(folder, Some("agencies" | "boards" | "pages"));
    let expected = format!("`{}.md`", slug(stem.strip_suffix(".md").unwrap_or(stem)));
    // Windows hides file endings, so people add one to a name that already has one.
    let ends = |ending: &&str| stem.to_ascii_lowercase().ends_with(*ending);
    if ending == "txt" && [".yaml", ".csv", ".md"].iter().any(ends) {
        return Some(format!("rename it to `{stem}`: its name ends in `.txt`, which Windows may not show"));
    }
    if folder == Some(DOCUMENTS_DIR) && !matches!(ending.as_str(), "yml" | "yaml") {
        return Some(document_advice(stem, &ending, below.len()));
    }
    match ending.as_str() {
        "docx" | "docm" | "odt" | "doc" | "dotx" | "rtf" if folder == Some("pages") => {
            Some(format!("copy its text into {expected}: annal takes in Word documents for boards and agencies only"))
        }
        "docx" | "docm" | "odt" | "eml" | "xlsx" | "xlsm" | "ods" => Some(format!(
            "take it in with `{}`, which writes what is in it to the right place; then move it out of `content/`",
            intake_command(file)
        )),
        "doc" | "dotx" | "rtf" | "pages" => Some(format!(
            "open it in Word, save it as .docx outside `content/`, and take that in with `annal intake {stem}.docx`"
        )),
        "txt" | "text" | "markdown" | "mdown" | "md" if is_text_folder && below.len() == 2 => {
            Some(format!("rename it to {expected}"))
        }
        "xls" | "numbers" | "tsv" => {
            let name = table_like(stem).map_or_else(|| quoted_choice(&YearFile::tables().collect::<Vec<_>>()), |table| format!("`{table}`"));
            Some(format!(
                "in Excel, save it as \"CSV UTF-8 (Comma delimited)\" in the year's folder `data/`, and name it {name}"
            ))
        }
        "csv" => Some(match table_like(stem) {
            Some(table) if folder == Some("data") => format!("rename it to `{table}`"),
            Some(table) => format!("move it to `data/{table}` in the year's folder"),
            None => {
                let paths: Vec<String> = YearFile::tables().map(|table| format!("data/{table}")).collect();
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                format!("rename it to one of a year's tables: {}", quoted_list(&paths))
            }
        }),
        "yml" => Some(format!("rename it to `{stem}.yaml`")),
        "yaml" => yaml_place(file.name(), below),
        "pdf" => Some(
            "annal does not read PDF: copy its text into a Markdown file (.md), or put `_` before its name to ignore it"
                .to_owned(),
        ),
        "ppt" | "pptx" | "msg" | "zip" => Some(
            "annal does not read files of this kind: copy the text into a Markdown file (.md), or put `_` before its \
             name to ignore it"
                .to_owned(),
        ),
        "md" if below.len() == 1 => Some(
            "move it to the folder `agencies/`, `boards/` or `pages/`, or put `_` before its name to ignore it"
                .to_owned(),
        ),
        _ if folder == Some("media") && is_other_picture(file) => Some(as_jpeg(file)),
        _ if folder == Some("media") => {
            Some("`media/` holds pictures: save it as .png, .jpg, .webp, .gif, .avif or .svg".to_owned())
        }
        _ => None,
    }
}

/// Advice about a file in `documents/` that readers cannot be given.
fn document_advice(stem: &str, ending: &str, depth: usize) -> String {
    let save_as =
        |program: &str, ending: &str| format!("open it in {program} and save it as `{stem}.{ending}`, or as PDF");
    match ending {
        _ if depth > 2 && DocumentFormat::of_ending(ending).is_some() => {
            "move it to `documents/` itself, which has no folders".to_owned()
        }
        "doc" | "docm" | "rtf" | "pages" => save_as("Word", "docx"),
        "xls" | "xlsm" | "numbers" => save_as("Excel", "xlsx"),
        "ppt" | "pptm" | "key" => save_as("PowerPoint", "pptx"),
        _ => "`documents/` holds files that readers can open: .pdf, .docx, .odt, .xlsx, .ods, .pptx, .odp or .csv"
            .to_owned(),
    }
}

/// The command that takes in a file of the site, ready to be pasted.
fn intake_command(file: &RelPath) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let quote = if file.as_str().chars().all(is_plain) { "" } else { "\"" };
    format!("annal intake {quote}{file}{quote}")
}

/// Whether a file is a picture in a format that browsers do not show.
#[must_use]
pub(crate) fn is_other_picture(file: &RelPath) -> bool {
    let ending = file.extension().to_ascii_lowercase();
    matches!(ending.as_str(), "heic" | "heif" | "tif" | "tiff" | "bmp" | "psd" | "raw" | "dng")
}

/// Advice about such a picture.
#[must_use]
pub(crate) fn as_jpeg(file: &RelPath) -> String {
    format!(
        "browsers cannot show pictures of this kind: open it in a photo program, save it as JPEG, and use \
         `{}.jpg` instead",
        file.stem()
    )
}

/// The table that a file's name, without its ending, most likely means.
fn table_like(stem: &str) -> Option<&'static str> {
    let stem = stem.to_lowercase();
    let named = |table: &&str| table.strip_suffix(".csv").is_some_and(|name| stem.contains(name));
    YearFile::tables().find(named).or_else(|| nearest(&format!("{stem}.csv"), YearFile::tables()))
}

/// Advice on where a YAML file belongs.
fn yaml_place(name: &str, below: &[&str]) -> Option<String> {
    if year_parts().any(|part| part == name) {
        let place = if below.len() > 1 {
            "directly in the year's folder"
        } else {
            "in the folder of its year, such as `content/2019-20/`"
        };
        return Some(format!("move it: `{name}` belongs {place}"));
    }
    if TOP_PARTS.contains(&name) {
        return Some(format!("move it: `{name}` belongs directly in `content/`"));
    }
    did_you_mean(name, year_parts().chain(TOP_PARTS.iter().copied()))
}

/// The advice for a folder directly in `content/` whose name means a year in another form: `2022-2023`, `22-23`,
/// `2022_23`, `2022-3`. `years` have a folder already.
pub(super) fn year_advice(name: &str, years: &BTreeSet<Year>) -> Option<String> {
    let meant = year_meant(name);
    let is_like_a_year = name.len() > 3 && name.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let form = || is_like_a_year.then(|| "rename the folder to a year, such as `2019-20` or `2019`".to_owned());
    let named = |year: Year| {
        if years.contains(&year) {
            format!(
                "`{year}` already exists: move any missing files there, then put `_` before the name of this folder to \
                 ignore it"
            )
        } else {
            format!("rename the folder to `{year}`")
        }
    };
    meant.map(named).or_else(form)
}

/// The year that a text means, if it is written in another form.
#[must_use]
pub(crate) fn year_meant(text: &str) -> Option<Year> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [first, second] = parts[..] else { return None };
    let number = |part: &str| part.parse::<u16>().ok();
    let begun = match first.len() {
        4 => number(first)?,
        2 => 2000 + number(first)?,
        _ => return None,
    };
    let next = begun + 1;
    let is_next = match second.len() {
        4 => number(second)? == next,
        1 | 2 => number(second)? == next % if second.len() == 1 { 10 } else { 100 },
        _ => false,
    };
    is_next.then(|| Year::parse(&format!("{begun:04}-{:02}", next % 100))).flatten()
}

#[cfg(test)]
mod tests {
    use super::year_meant;

    #[test]
    fn years_are_recognised_in_other_forms() {
        for text in ["2022-2023", "22-23", "2022_23", "2022/23", "2022–23", "Report 2022-2023", "2022-3"] {
            assert_eq!(year_meant(text).map(|year| year.to_string()).as_deref(), Some("2022-23"), "{text}");
        }
        for text in ["2022", "2022-24", "x", "9999999-23", "2022-2024", ""] {
            assert_eq!(year_meant(text), None, "{text}");
        }
    }
}
