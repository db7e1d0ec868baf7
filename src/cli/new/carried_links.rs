//! Links in a file that is copied from the year before: what the new year does not have is still where it was.

use crate::diagnostic::RelPath;
use crate::edit::front_matter::set_in_file;
use crate::edit::yaml_content::{YamlContent, YamlStep};
use crate::model::links::{linked_file, relative_path};
use crate::source::SourceTree;
use crate::source::markdown::link_target::{LinkKind, destination};
use crate::source::yaml::YamlValue;
use crate::source::yaml::node::parse;

/// Where a copied file comes from, and where it goes.
pub(super) struct CopiedFile<'a> {
    pub tree: &'a SourceTree,
    pub from: &'a RelPath,
    pub to: &'a RelPath,
}

impl CopiedFile<'_> {
    /// The target of a link, if it has to be another one in the copy: the file is there for the year before only.
    fn target(&self, link: &str) -> Option<String> {
        if destination(link) != LinkKind::Inside || link.starts_with(['/', '@', '#']) {
            return None;
        }
        let has = |file: &RelPath| self.tree.files.contains_key(file);
        let file = linked_file(self.from, link);
        let is_left_behind = has(&file) && !has(&linked_file(self.to, link));
        let rest = link.find(['#', '?']).map_or("", |at| &link[at..]);
        is_left_behind.then(|| format!("{}{rest}", relative_path(self.to, file.as_str())))
    }

    /// The file's text with such links in the places where it says where something is.
    pub(super) fn with_links(&self, text: &str, list: &str, key: &str) -> String {
        let mut new = self.with_links_in_prose(text);
        let Some(YamlValue::Map(entries)) = parse(self.from, text, 0).value.map(|node| node.value) else { return new };
        let lists = entries.iter().filter(|(name, _)| name.text == list).map(|(_, node)| &node.value);
        for value in lists {
            let YamlValue::List(items) = value else { continue };
            for (at, item) in items.iter().enumerate() {
                let YamlValue::Map(keys) = &item.value else { continue };
                let Some((_, node)) = keys.iter().find(|(name, _)| name.text == key) else { continue };
                let YamlValue::Text(link) = &node.value else { continue };
                let path = [YamlStep::Key(list), YamlStep::Item(at), YamlStep::Key(key)];
                let target = self.target(link).map(YamlContent::Text);
                new = target.and_then(|target| set_in_file(&new, &path, &target)).unwrap_or(new);
            }
        }
        new
    }

    /// The same in the round brackets of links in prose.
    fn with_links_in_prose(&self, text: &str) -> String {
        let mut pieces = text.split("](");
        let mut new = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (link, rest) = piece.split_at(piece.find([')', ' ', '\n']).unwrap_or(0));
            new.push_str("](");
            new.push_str(&self.target(link).unwrap_or_else(|| link.to_owned()));
            new.push_str(rest);
        }
        new
    }
}
