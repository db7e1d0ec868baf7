//! Pages that only lead to another address.

/// Where the page at `path` leads, as a path from the site's root, if it does nothing else. Such pages say so with
/// `<meta http-equiv="refresh" content="0; url=…">`, which works on every server; a target that can redirect by itself
/// does that as well.
pub(super) fn redirect(path: &str, html: &[u8]) -> Option<String> {
    let head = std::str::from_utf8(&html[..html.len().min(4096)]).ok()?;
    let tag = head.split_once("http-equiv=\"refresh\"")?.1.split_once('>')?.0;
    let to = tag.split_once("url=")?.1.split_once('"')?.0;
    if to.contains(':') || to.starts_with('/') {
        return None;
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let (to, fragment) = to.split_once('#').map_or((to, None), |(to, fragment)| (to, Some(fragment)));
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => _ = folders.pop(),
            part => folders.push(part),
        }
    }
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    Some(format!("{}{fragment}", folders.join("/")))
}

#[cfg(test)]
mod tests {
    use super::redirect;

    #[test]
    fn pages_that_lead_elsewhere_are_known() {
        let check = |path: &str, to: &str| {
            redirect(path, format!("<head><meta http-equiv=\"refresh\" content=\"0; url={to}\">").as_bytes())
        };
        assert_eq!(check("old/index.html", "../2024-25/new/"), Some("2024-25/new/".to_owned()));
        assert_eq!(check("a/b/index.html", "../../c/#d"), Some("c/#d".to_owned()));
        assert_eq!(check("a/index.html", "https://elsewhere.example/"), None);
        assert_eq!(redirect("a.html", b"<head><title>refresh</title>"), None);
    }
}
