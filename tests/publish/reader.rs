//! A reader who walks through a site from its front page, loading what each page names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::bytes::Regex;

use crate::westshire::Files;

static NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?:href="|src="|; url=|url\()([^")]+)"#).unwrap());

/// Walks through a site from `/`. Each file must be whole, as in one of `versions`, and everything that a page or a style
/// sheet names must be there. Returns how many files were seen.
pub(crate) fn walk(fetch: impl Fn(&str) -> Option<Vec<u8>>, versions: &[&Files]) -> Result<usize, String> {
    let mut waiting = vec![("/".to_owned(), "index.html".to_owned())];
    let mut seen = BTreeSet::new();
    while let Some((from, path)) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let bytes = fetch(&path).ok_or_else(|| format!("{from} names {path}, which is not there"))?;
        if !versions.iter().any(|files| files.get(&path) == Some(&bytes)) {
            return Err(format!("{path} is in no version like this ({} bytes)", bytes.len()));
        }
        if matches!(path.rsplit('.').next(), Some("html" | "css")) {
            let names = NAMES.captures_iter(&bytes).map(|name| String::from_utf8_lossy(&name[1]).into_owned());
            waiting.extend(names.filter_map(|name| Some((path.clone(), resolve(&path, &name)?))));
        }
    }
    Ok(seen.len())
}

/// The file that a reference in the file at `path` leads to, if it is of this site.
fn resolve(path: &str, reference: &str) -> Option<String> {
    let reference = reference.split(['#', '?']).next().unwrap_or_default();
    if reference.is_empty() || reference.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    Some(if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file })
}

#[test]
fn the_reader_sees_what_is_missing_or_torn() {
    let files = |list: &[(&str, &str)]| -> Files {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    };
    let one = files(&[
        ("index.html", "<a href=\"a/\"><link href=\"./x.css\">"),
        ("a/index.html", "<img src=\"../p.png\">"),
        ("x.css", "b{background:url(p.png)}"),
        ("p.png", "1"),
    ]);
    let look = |there: &Files| walk(|path| there.get(path).cloned(), &[&one]);
    assert_eq!(look(&one), Ok(4));
    let mut there = one.clone();
    there.remove("p.png");
    assert!(look(&there).unwrap_err().ends_with("names p.png, which is not there"));
    there.insert("p.png".to_owned(), b"2".to_vec());
    assert!(look(&there).unwrap_err().starts_with("p.png is in no version"));
}
