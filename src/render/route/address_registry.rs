//! The registry of addresses: which are taken, by what, and the earlier addresses of pages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::Address;
use crate::diagnostic::{Code, Diagnostic, Location, RelPath, SubjectKind, excerpt};
use crate::source::yaml::Text;

/// An earlier address of a page, as written by the author.
#[derive(Debug)]
pub(super) struct PageAlias {
    pub location: Location,
    pub written: String,
    pub target: Address,
}

impl PageAlias {
    /// The earlier addresses that a file gives for its page.
    pub(crate) fn from_file<'a>(
        file: &'a RelPath,
        written: &'a [Text],
        target: &'a Address,
    ) -> impl Iterator<Item = Self> {
        written.iter().map(move |written| Self {
            location: Location::new(file, written.span),
            written: written.value.clone(),
            target: target.clone(),
        })
    }

    /// The address, or why it is invalid.
    pub(crate) fn address(&self) -> Result<Address, Box<Diagnostic>> {
        old_address(&self.written).map_err(|why| {
            let message = format!("`{}` cannot be an earlier address: {why}", excerpt(&self.written));
            let help = "write only the part after the site's name, like `/2018/risk.html`";
            Box::new(Diagnostic::new(Code::BadValue, self.location.clone(), message).help(help))
        })
    }
}

/// The address that an alias names: a file if it ends in `.html`, otherwise a folder's page.
fn old_address(written: &str) -> Result<Address, &'static str> {
    let path = written.trim().trim_start_matches('/');
    if written.contains("//") {
        return Err("it contains `//`");
    }
    // The last two mean something else in the address of a page.
    if path.chars().any(|c| is_forbidden(c) || matches!(c, '#' | '%')) {
        return Err("it contains a character that is not allowed in file names");
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

/// The maximum bytes in a part of a path: the limit of file systems for a name.
const LONGEST_NAME: usize = 255;
/// The maximum bytes in a path below the site's folder, which leaves room for the folder's own path.
const LONGEST_PATH: usize = 800;
/// Names that Windows reserves for devices, with any extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
/// Names that Windows reserves when followed by a digit.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// Whether some file systems do not allow a character in names. Control characters are allowed in no address: a line break
/// would end a line of a script or of a list of files.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Why a path is not valid on every file system, if it is not.
fn unfit(path: &RelPath) -> Option<String> {
    if path.as_str().len() > LONGEST_PATH {
        return Some(format!("it is longer than {LONGEST_PATH} bytes"));
    }
    path.as_str().split('/').find_map(|part| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        let is_numbered =
            |device: &&&str| stem.strip_prefix(**device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
        let is_device = DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(|one| is_numbered(&one));
        match part {
            _ if part.len() > LONGEST_NAME => Some(format!("a part of it is longer than {LONGEST_NAME} bytes")),
            _ if is_device => Some(format!("Windows does not allow the name `{part}`")),
            _ if part.ends_with(['.', ' ']) => Some("a part of it ends with a dot or a space".to_owned()),
            _ => part.chars().find(|c| is_forbidden(*c)).map(|found| {
                if found.is_control() {
                    "it contains a line break or another character that nobody sees".to_owned()
                } else {
                    format!("Windows does not allow `{found}` in names")
                }
            }),
        }
    })
}

/// A path as seen by file systems that ignore case, or the encoding of accents.
fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return path.into();
    }
    // Upper case first: `ς` and `σ` share a capital, and `ß` has two.
    path.nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect::<String>().into()
}

/// The owner of an address.
#[derive(Clone, Debug)]
struct AddressOwner {
    address: Address,
    location: Location,
    /// What annal generates there; empty for an author's file.
    what: &'static str,
}

/// A conflict between addresses.
enum AddressConflict<'t> {
    /// The same address is taken, or a file is where a folder would be needed.
    Same(&'t AddressOwner),
    /// A name is taken that some file systems cannot distinguish from this one.
    Alike(&'t AddressOwner),
}

/// Which addresses are taken, and by what.
#[derive(Debug, Default)]
pub(super) struct AddressRegistry {
    /// Keyed by the files that are served there, folded.
    files: BTreeMap<String, AddressOwner>,
    pub diagnostics: Vec<Diagnostic>,
}

impl AddressRegistry {
    /// Takes an address for something that annal generates.
    pub(crate) fn reserve(&mut self, address: Address, file: &RelPath, what: &'static str) {
        self.insert(AddressOwner { address, location: Location::whole(file), what });
    }

    /// Takes an address for the file at `location`. Reports an error and returns false if it is taken or not a valid
    /// path.
    pub(crate) fn take(&mut self, address: Address, location: Location) -> bool {
        self.take_beside(None, address, location)
    }

    /// Like [`Self::take`], but `other` may have taken the address too.
    pub(crate) fn take_beside(&mut self, other: Option<&Self>, address: Address, location: Location) -> bool {
        if let Some(why) = unfit(&address.file()) {
            let excerpt = excerpt(address.as_str());
            let message = format!("annal cannot create a file at the address `/{excerpt}`: {why}");
            let help = "choose a different name: short, and allowed on every computer";
            self.diagnostics.push(Diagnostic::new(Code::BadValue, location, message).help(help));
            return false;
        }
        let first = other.and_then(|other| other.in_the_way(&address));
        let Some(first) = first.or_else(|| self.in_the_way(&address)) else {
            self.insert(AddressOwner { address, location, what: "" });
            return true;
        };
        let (message, help, owner) = match first {
            AddressConflict::Same(owner) => {
                let message = match owner.what {
                    "" => format!("the address `/{address}` is taken"),
                    what => format!("the address `/{address}` is taken by {what}"),
                };
                let help = if owner.what.is_empty() { "rename one of the two" } else { "give this one another name" };
                (message, help, owner)
            }
            AddressConflict::Alike(owner) => {
                let message = format!(
                    "the address `/{address}` differs from `/{}` only in capital letters or in how an accent is stored",
                    owner.address
                );
                let help = "use the same spelling for both, or rename one: Windows and macOS cannot store both";
                (message, help, owner)
            }
        };
        let mut diagnostic =
            Diagnostic::new(Code::DuplicateAddress, location, message).about(SubjectKind::Address, address);
        if owner.what.is_empty() {
            diagnostic = diagnostic.related(owner.location.clone(), "the address is already used here");
        }
        self.diagnostics.push(diagnostic.help(help));
        false
    }

    /// Whether something is at an address.
    pub(crate) fn has(&self, address: &Address) -> bool {
        matches!(self.in_the_way(address), Some(AddressConflict::Same(_)))
    }

    /// The sources of the authors' files at addresses inside a folder.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &Location> {
        let below = format!("{}/", folded(folder));
        let inside = self.files.range(below.clone()..).take_while(move |(path, _)| path.starts_with(&below));
        inside.filter(|(_, owner)| owner.what.is_empty()).map(|(_, owner)| &owner.location)
    }

    fn insert(&mut self, owner: AddressOwner) {
        let key = folded(owner.address.file().as_str()).into_owned();
        self.files.insert(key, owner);
    }

    /// The conflict with an address, if there is one.
    fn in_the_way(&self, address: &Address) -> Option<AddressConflict<'_>> {
        let file = address.file();
        let key = folded(file.as_str());
        if let Some(owner) = self.files.get(&*key) {
            let is_same = owner.address.file() == file;
            return Some(if is_same { AddressConflict::Same(owner) } else { AddressConflict::Alike(owner) });
        }
        let mut folder = file.parent();
        while !folder.as_str().is_empty() {
            let known = folded(folder.as_str());
            if let Some(owner) = self.files.get(&*known) {
                return Some(AddressConflict::Same(owner));
            }
            // All files of a folder spell it as the first of them did.
            if let Some(owner) = self.first_below(&known)
                && !owner.address.file().is_at(&folder)
            {
                return Some(AddressConflict::Alike(owner));
            }
            folder = folder.parent();
        }
        self.first_below(&key).map(AddressConflict::Same)
    }

    /// The owner of a folder's own page, or of the first file in it. The folder's path is folded.
    fn first_below(&self, folder: &str) -> Option<&AddressOwner> {
        let below = [folder, "/"].concat();
        let first = || self.files.range(below.clone()..).next().filter(|(path, _)| path.starts_with(&below));
        self.files.get(&[&below, "index.html"].concat()).or_else(|| first().map(|(_, owner)| owner))
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
    fn an_address_can_be_taken_once() {
        let mut taken = AddressRegistry::default();
        let location = |name: &str| Location::whole(&RelPath::new(name));
        let mut take = |address: &str| taken.take(Address::new(address), location("a.md"));
        assert!(take("a.html"));
        assert!(!take("a.html"));
        assert!(!take("a.html/b/"), "a file cannot also be a folder");
        assert!(take("b/c/"));
        assert!(!take("b/c/index.html/"), "a folder cannot also be a file");
        assert!(take("b/"));
        assert_eq!(taken.diagnostics.len(), 3);
    }

    #[test]
    fn names_that_some_file_systems_confuse_are_reported() {
        let mut taken = AddressRegistry::default();
        let location = |name: &str| Location::whole(&RelPath::new(name));
        let mut take = |address: &str| taken.take(Address::new(address), location("a.md"));
        assert!(take("a/Photo.png") && take("a/other.png"));
        assert!(!take("a/photo.PNG"), "capitals");
        assert!(!take("A/third.png"), "capitals of a folder");
        assert!(take("ς.png") && !take("Σ.png") && take("straße.png") && !take("STRASSE.png"), "capitals of others");
        assert!(take("b/caf\u{e9}.png"));
        assert!(!take("b/cafe\u{301}.png"), "an accent of its own");
        assert!(!take("b/CAF\u{c9}.png"));
        assert!(!take("a/PHOTO.png/"), "a folder where a file is");
        assert!(take("a/photos/") && take("a/phot/"));
        let diagnostic = &taken.diagnostics[0];
        assert_eq!(
            diagnostic.message,
            "the address `/a/photo.PNG` differs from `/a/Photo.png` only in capital letters or in how an accent is stored"
        );
    }

    #[test]
    fn addresses_are_names_of_files_everywhere() {
        let mut taken = AddressRegistry::default();
        let mut take = |address: String| taken.take(Address::new(&address), Location::whole(&RelPath::new("a.md")));
        assert!(take(format!("{}/", "a".repeat(255))) && take("a/".repeat(395)));
        assert!(take("console/".into()) && take("lpt/".into()) && take("com10/".into()));
        for bad in [format!("{}/", "a".repeat(256)), "é".repeat(128), "a/".repeat(400)] {
            assert!(!take(bad.clone()), "{bad}");
        }
        for bad in ["con/", "a/NUL.png", "x/com1/", "lpt9.tar.gz", "a./", "b/c .png /"] {
            assert!(!take(bad.into()), "{bad}");
        }
        for bad in ["a\n!touch x\nb/c.txt", "a/b\r", "a\u{7f}", "why?.pdf", "10:30.pdf", "a*", "\"a\"", "<a>", "a|b"] {
            assert!(!take(bad.into()), "{bad}");
        }
        assert!(take("a [b] {c} (d) 'e' #1 100% & é, f;g!$`.txt".into()), "these are allowed everywhere");
        assert!(taken.diagnostics.iter().all(|diagnostic| diagnostic.code == Code::BadValue));
    }
}
