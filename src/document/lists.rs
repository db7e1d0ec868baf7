//! Builds nested lists from items that each know how deep they are.

use super::tree::{Block, BlockContent, List};

/// A block in the order of a document, before lists are put together.
pub(crate) enum FlatBlock {
    /// A block of its own. It ends every list before it.
    Block(Block),
    /// An item of a list.
    Item(FlatItem),
    /// More of the item before it, if there is one.
    Continuation(Block),
}

/// An item of a list.
pub(crate) struct FlatItem {
    /// How deep it is: 0 for a list that is in no other.
    pub level: usize,
    /// Its number, or nothing if it has a bullet.
    pub number: Option<u64>,
    pub block: Block,
}

/// A list that may get more items.
struct OpenList {
    level: usize,
    /// The paragraph of its first item.
    paragraph: u32,
    list: List,
}

impl OpenList {
    /// Whether an item of this number continues the list.
    fn is_continued_by(&self, number: Option<u64>) -> bool {
        match number {
            Some(number) => self.list.is_numbered && number == self.list.start + self.list.items.len() as u64,
            None => !self.list.is_numbered,
        }
    }
}

/// Puts items together into lists. A list ends where another block comes, where bullets change to numbers or back, and
/// where the numbering restarts.
pub(crate) fn assemble(flat: Vec<FlatBlock>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(flat.len());
    let mut open: Vec<OpenList> = Vec::new();
    for entry in flat {
        match entry {
            FlatBlock::Block(block) => {
                close_above(&mut open, &mut blocks, 0);
                blocks.push(block);
            }
            FlatBlock::Continuation(block) => match last_item(&mut open) {
                Some(item) => item.push(block),
                None => blocks.push(block),
            },
            FlatBlock::Item(FlatItem { level, number, block }) => {
                close_above(&mut open, &mut blocks, level + 1);
                if open.last().is_some_and(|last| last.level == level && !last.is_continued_by(number)) {
                    close_above(&mut open, &mut blocks, level);
                }
                match open.last_mut().filter(|last| last.level == level) {
                    Some(last) => last.list.items.push(vec![block]),
                    None => open.push(OpenList {
                        level,
                        paragraph: block.paragraph,
                        list: List {
                            is_numbered: number.is_some(),
                            start: number.unwrap_or(1),
                            items: vec![vec![block]],
                        },
                    }),
                }
            }
        }
    }
    close_above(&mut open, &mut blocks, 0);
    blocks
}

/// Closes the lists of `level` and deeper, each into the item that it is in.
fn close_above(open: &mut Vec<OpenList>, blocks: &mut Vec<Block>, level: usize) {
    while let Some(OpenList { paragraph, list, .. }) = open.pop_if(|last| last.level >= level) {
        let block = Block { paragraph, content: BlockContent::List(list) };
        match last_item(open) {
            Some(item) => item.push(block),
            None => blocks.push(block),
        }
    }
}

fn last_item(open: &mut [OpenList]) -> Option<&mut Vec<Block>> {
    open.last_mut()?.list.items.last_mut()
}
