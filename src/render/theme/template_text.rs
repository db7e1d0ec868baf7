//! The templates of a chain of themes, as their authors wrote them.

use std::collections::BTreeMap;

use super::budgeted_template::BudgetedTemplate;
use crate::diagnostic::{RelPath, SourceText};

/// A template.
pub(super) struct TemplateText {
    pub(super) file: RelPath,
    /// The text as written by its author.
    pub(super) text: SourceText,
    /// The text with the counting calls, if the engine uses that.
    pub(super) metered: Option<BudgetedTemplate>,
    /// The place of its theme in the chain. The site's own is 0.
    pub(super) rank: usize,
    /// Whether it is the built-in theme's, word for word.
    pub(super) is_carried: bool,
}

/// All templates, keyed by name in the engine.
pub(super) type Templates = BTreeMap<String, TemplateText>;
