//! Rewrites `url(…)` in style sheets, because the addresses of assets are known only after fingerprinting.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::RelPath;

/// A style sheet whose `url(…)`s use the published addresses. `path` is the sheet's own path below `assets/`, and
/// `addresses` gives the published address of each asset. A URL that is not an asset of the theme is unchanged.
#[must_use]
pub(super) fn point(css: &Arc<[u8]>, path: &str, addresses: &BTreeMap<String, String>) -> Arc<[u8]> {
    let Some(text) = std::str::from_utf8(css).ok().filter(|text| text.contains("url(")) else { return css.clone() };
    let folder = RelPath::new(path).parent();
    // Both are published below `assets/`, so the relative path goes through that folder.
    let up = "../".repeat(path.matches('/').count());
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some((inside, tail)) = after.split_once(')') else {
            rest = after;
            break;
        };
        let named = inside.trim().trim_matches(['"', '\'']);
        let (file, fragment) = named.split_at(named.find(['#', '?']).unwrap_or(named.len()));
        match addresses.get(folder.join(file).as_str()).and_then(|address| address.strip_prefix("assets/")) {
            Some(address) => out.extend(["\"", &up, address, fragment, "\""]),
            None => out.push_str(inside),
        }
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    out.into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_use_published_addresses() {
        let addresses = [("icon.svg", "assets/icon.0a.svg"), ("fonts/a.woff2", "assets/fonts/a.1b.woff2")];
        let addresses = addresses.map(|(path, address)| (path.to_owned(), address.to_owned())).into();
        let point = |css: &str, path: &str| {
            String::from_utf8(point(&css.as_bytes().into(), path, &addresses).to_vec()).unwrap()
        };
        assert_eq!(point("a{background:url(icon.svg#x)}", "a.css"), "a{background:url(\"icon.0a.svg#x\")}");
        assert_eq!(point("src:url( './fonts/a.woff2' );b", "a.css"), "src:url(\"fonts/a.1b.woff2\");b");
        assert_eq!(
            point("url(a.woff2) url(../icon.svg)", "fonts/f.css"),
            "url(\"../fonts/a.1b.woff2\") url(\"../icon.0a.svg\")"
        );
        for same in ["url(data:image/png;base64,x)", "url(other.png)", "url(icon.svg", "a{}"] {
            assert_eq!(point(same, "a.css"), same);
        }
    }
}
