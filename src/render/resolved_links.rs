//! Hash of resolved link targets: a page is rendered again when a target changes.

use std::collections::BTreeSet;
use std::hash::Hash;

use crate::diagnostic::RelPath;
use crate::model::links::{LinkResolver, LinkTarget};
use crate::render::route::Routes;
use crate::source::digest::{Digest, DigestHasher, hash128};
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::markdown::{Link, LinkedText};

/// The resolved links of a year's texts, or of the site's own pages.
#[derive(Debug)]
pub(crate) struct ResolvedLinks {
    /// The hash of all targets.
    pub hash: Digest,
    /// The images that those of the texts show that are built.
    pub shown: BTreeSet<RelPath>,
}

impl ResolvedLinks {
    /// Resolves the links of some texts, and `others` that are values of keys, each with its file.
    #[must_use]
    pub(crate) fn new(
        texts: &[&LinkedText],
        others: &[(&RelPath, &str)],
        targets: &LinkResolver<'_>,
        routes: &Routes,
    ) -> Self {
        let mut hasher = DigestHasher::default();
        let resolve = |file: &RelPath, target: &str| {
            let (to, fragment) = match targets.link(file, target) {
                Ok(LinkTarget::Page(file, fragment)) => (routes.page_of(file).map(ToString::to_string), fragment),
                Ok(LinkTarget::File(file)) => {
                    // A link to a document says what kind of file it is.
                    return hash128(&(file, targets.document(file)));
                }
                Ok(LinkTarget::Address(address)) => (Some(address), None),
                Ok(LinkTarget::Here(_)) | Err(_) => (None, None),
            };
            hash128(&(to, fragment))
        };
        for text in texts {
            let is_inside = |link: &&Link| destination(&link.target) == LinkKind::Inside;
            for link in text.links.iter().filter(is_inside) {
                if link.is_image {
                    let image = targets.image(&text.file, &link.target).map_or("", RelPath::as_str);
                    image.hash(&mut hasher);
                    continue;
                }
                resolve(&text.file, &link.target).hash(&mut hasher);
            }
        }
        for (file, target) in others {
            resolve(file, target).hash(&mut hasher);
        }
        Self { hash: hasher.digest(), shown: targets.shown_in(texts.iter().copied()) }
    }
}
