//! The documents in `documents/`, and the titles that `documents:` gives them.

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind, WithDiagnostics};
use crate::model::documents::PublishedDocument;
use crate::source::SourceTree;
use crate::source::files::DocumentEntry;
use crate::source::published_document::{DOCUMENTS_DIR, read_facts};
use crate::source::spelling::StoredSpellings;

/// The documents in `files`: first those that `written` lists, in that order, then the others by name. One that is not
/// what its name says is left out.
///
/// `yaml` is the file with the list, whose folder has the folder `documents/`.
#[must_use]
pub(super) fn assemble(
    tree: &SourceTree,
    yaml: &RelPath,
    files: &[RelPath],
    written: Option<Vec<DocumentEntry>>,
) -> WithDiagnostics<Vec<PublishedDocument>> {
    let mut diagnostics = Vec::new();
    let mut documents = Vec::new();
    for file in files {
        match tree.files.get(file).map(|read| read_facts(file, read)) {
            Some(Ok(Some(facts))) => documents.push(PublishedDocument { file: file.clone(), title: None, facts }),
            Some(Err(diagnostic)) => diagnostics.push(*diagnostic),
            Some(Ok(None)) | None => {}
        }
    }
    let folder = yaml.parent().join(DOCUMENTS_DIR);
    let spellings = StoredSpellings::new(files);
    let mut placed = 0;
    for entry in written.into_iter().flatten() {
        let Some(name) = entry.file else { continue };
        let file = spellings.as_stored(folder.join(&name.value));
        let found = documents.iter().position(|document| document.file == file);
        match found {
            Some(at) if at >= placed => {
                let mut document = documents.remove(at);
                document.title = entry.title.map(|title| title.value);
                documents.insert(placed, document);
                placed += 1;
            }
            Some(_) => {
                let message = format!("the document `{}` is listed twice", name.value);
                let twice = Diagnostic::new(Code::DuplicateId, Location::new(yaml, name.span), message);
                diagnostics.push(twice.help("remove one of the two entries"));
            }
            None => diagnostics.extend(missing(tree, &file, files, &name.value, Location::new(yaml, name.span))),
        }
    }
    WithDiagnostics::new(documents, diagnostics)
}

/// The diagnostic for an entry without its document. None if the file is there, and reported itself.
fn missing(tree: &SourceTree, file: &RelPath, files: &[RelPath], name: &str, location: Location) -> Option<Diagnostic> {
    if tree.files.contains_key(file) || tree.unreadable.contains(file) {
        return None;
    }
    let message = format!("there is no document `{DOCUMENTS_DIR}/{name}`");
    let help = did_you_mean(name, files.iter().map(RelPath::name))
        .unwrap_or_else(|| format!("put the file into `{}/`, or remove this entry", file.parent()));
    let missing = Diagnostic::new(Code::MissingFile, location, message);
    Some(missing.help(help).about(SubjectKind::File, file))
}
