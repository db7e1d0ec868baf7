//! What a part of a Word document refers to: pictures, addresses of links, and other parts.

use std::collections::HashMap;

use super::error::DocumentError;
use super::package::Package;
use super::xml::{XmlEvent, XmlPart};

/// The relationships of one part, by their ids.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    by_id: HashMap<String, Relationship>,
}

/// A relationship to another part or to an address.
#[derive(Debug)]
struct Relationship {
    /// The last part of its type, such as `hyperlink`.
    kind: String,
    target: String,
    is_external: bool,
}

impl Relationships {
    /// Reads the relationships of a part; those of the whole package if the name is empty.
    pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, DocumentError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(text) = package.text(&format!("{folder}{separator}_rels/{file}.rels"))? else {
            return Ok(Self::default());
        };
        let mut by_id = HashMap::new();
        let mut part = XmlPart::new("relationships", &text);
        while let Some(event) = part.next()? {
            let XmlEvent::Start(tag) = event else { continue };
            if tag.name() != "Relationship" {
                continue;
            }
            let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) else { continue };
            let kind = tag.attribute("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let is_external = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
            by_id.insert(id, Relationship { kind, target, is_external });
        }
        Ok(Self { by_id })
    }

    /// The target of the first relationship of a kind, such as `styles`.
    pub(super) fn first_of(&self, kind: &str) -> Option<&str> {
        let of_kind = self.by_id.values().filter(|relationship| relationship.kind == kind);
        of_kind.map(|relationship| relationship.target.as_str()).min()
    }

    /// The address of an external link.
    pub(super) fn address(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).filter(|relationship| relationship.is_external).map(|one| one.target.as_str())
    }

    /// The part inside the document that an id refers to.
    pub(super) fn part(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).filter(|relationship| !relationship.is_external).map(|one| one.target.as_str())
    }
}

/// The name of a part that `target` names as seen from `part`. A `..` that leads out of the package is dropped.
pub(super) fn part_beside(part: &str, target: &str) -> String {
    let base = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folders: Vec<&str> = if target.starts_with('/') { Vec::new() } else { base.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            _ => folders.push(step),
        }
    }
    folders.retain(|folder| !folder.is_empty());
    folders.join("/")
}
