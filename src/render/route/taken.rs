//! Which addresses are taken, by whom, and what stood where before.

use std::collections::{BTreeMap, HashMap};

use super::Address;
use crate::diagnostic::{Code, Diagnostic, Place, RelPath};
use crate::source::yaml::Text;

/// An earlier address of a page, as it was written.
#[derive(Debug)]
pub(super) struct Alias {
    pub place: Place,
    pub written: String,
    pub target: Address,
}

impl Alias {
    /// The earlier addresses that a file gives to its page.
    pub fn of<'a>(file: &'a RelPath, written: &'a [Text], target: &'a Address) -> impl Iterator<Item = Self> {
        written.iter().map(move |written| Self {
            place: Place::new(file, written.span),
            written: written.value.clone(),
            target: target.clone(),
        })
    }

    /// The address that it names, or why it cannot be one.
    pub fn address(&self) -> Result<Address, Box<Diagnostic>> {
        old_address(&self.written).map_err(|why| {
            let message = format!("`{}` cannot be an earlier address: {why}", self.written);
            let help = "write it as it stood below the site's address, as in `/2018/risk.html`";
            Box::new(Diagnostic::new(Code::BadValue, self.place.clone(), message).help(help))
        })
    }
}

/// The address that an alias names: a file where it ends in `.html`, else a folder's page.
fn old_address(written: &str) -> Result<Address, &'static str> {
    let path = written.trim().trim_start_matches('/');
    if written.contains("//") {
        return Err("it names a site, or has an empty part");
    }
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%')) {
        return Err("it holds a character that no file's name can have everywhere");
    }
    if path.split('/').any(|part| part.starts_with('.') || part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        return Err("a part of it begins or ends with a dot or a space");
    }
    let ends_as_page = [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    if ends_as_page {
        return Ok(path
            .strip_suffix("/index.html")
            .map_or_else(|| Address::new(path), |p| Address::new(&format!("{p}/"))));
    }
    Ok(Address::new(&format!("{}/", path.trim_end_matches('/'))))
}

/// Which addresses are taken, and by whom.
#[derive(Debug, Default)]
pub(super) struct Taken {
    by: HashMap<Address, (Place, &'static str)>,
    /// Files among them by which a folder's name is taken: `a.html` keeps anything from standing at `a.html/b/`.
    files: BTreeMap<RelPath, Address>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Taken {
    /// Takes an address for something that the tool makes itself.
    pub fn reserve(&mut self, address: Address, file: &RelPath, what: &'static str) {
        self.files.insert(address.file(), address.clone());
        self.by.insert(address, (Place::whole(file), what));
    }

    /// Takes an address for what stands at a place, unless it is taken already, which is reported.
    pub fn take(&mut self, address: Address, place: Place) -> bool {
        self.take_beside(None, address, place)
    }

    /// The same where `other` may have taken it as well.
    pub fn take_beside(&mut self, other: Option<&Self>, address: Address, place: Place) -> bool {
        let first = other.and_then(|other| other.in_the_way(&address));
        let Some(first) = first.or_else(|| self.in_the_way(&address)) else {
            self.files.insert(address.file(), address.clone());
            self.by.insert(address, (place, ""));
            return true;
        };
        let message = match first.1 {
            "" => format!("the address `/{address}` is taken"),
            what => format!("the address `/{address}` is taken by {what}"),
        };
        let mut diagnostic = Diagnostic::new(Code::DuplicateAddress, place, message);
        if first.1.is_empty() {
            diagnostic = diagnostic.also(first.0.clone(), "this stands there");
        }
        self.diagnostics.push(diagnostic.help("give one of the two another name"));
        false
    }

    /// What stands at an address, or in its way.
    fn in_the_way(&self, address: &Address) -> Option<&(Place, &'static str)> {
        if let Some(first) = self.by.get(address) {
            return Some(first);
        }
        let file = address.file();
        let mut folder = file.parent();
        while !folder.as_str().is_empty() {
            if let Some(first) = self.files.get(&folder) {
                return self.by.get(first);
            }
            folder = folder.parent();
        }
        let from_here =
            self.files.range(file.clone()..).take_while(|(path, _)| path.as_str().starts_with(file.as_str()));
        let mut inside = from_here.filter(|(path, _)| path.below(file.as_str()).is_some());
        inside.next().and_then(|(_, first)| self.by.get(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_safe_paths() {
        for (written, meant) in [
            ("/2018/risk.html", "2018/risk.html"),
            ("/2018/risk/", "2018/risk/"),
            ("old", "old/"),
            ("/report.pdf", "report.pdf/"),
            ("/2018/index.html", "2018/"),
        ] {
            assert_eq!(old_address(written).unwrap().as_str(), meant);
        }
        for bad in
            ["../../etc/passwd", "//evil.example/", "https://evil.example/", "/a/./b", "/a\\b", "/a?b", "/.git/config"]
        {
            assert!(old_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_taken_once() {
        let mut taken = Taken::default();
        let place = |name: &str| Place::whole(&RelPath::new(name));
        let mut take = |address: &str| taken.take(Address::new(address), place("a.md"));
        assert!(take("a.html"));
        assert!(!take("a.html"));
        assert!(!take("a.html/b/"), "a file cannot be a folder too");
        assert!(take("b/c/"));
        assert!(!take("b/c/index.html/"), "nor the other way round");
        assert!(take("b/"));
        assert_eq!(taken.diagnostics.len(), 3);
    }
}
