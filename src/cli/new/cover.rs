//! The headings of reports to a committee, from those that another committee uses.

use super::NewFile;
use crate::cli::args::CoverSkeleton;

/// The headings of a committee.
pub(super) fn draft(skeleton: CoverSkeleton) -> NewFile {
    let (name, text) = match skeleton {
        CoverSkeleton::Merton => ("merton", include_str!("starter/covers/merton.yaml")),
        CoverSkeleton::Safermk => ("safermk", include_str!("starter/covers/safermk.yaml")),
    };
    NewFile::new(&format!("content/covers/{name}.yaml"), text.to_owned())
}
