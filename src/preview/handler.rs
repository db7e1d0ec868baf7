//! Answers requests. Every address is looked up in maps in memory, so no path can lead to another file.

use std::sync::{Arc, PoisonError};

use hyper::body::Bytes;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, HeaderValue,
    IF_NONE_MATCH, LOCATION,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use percent_encoding::percent_decode_str;

use super::access::Rejection;
use super::actions::{ActionReply, ActionRequest, PlannedFix};
use super::desk::{self, CoverOutput, Desk};
use super::inject::inject;
use super::media_type::media_type;
use super::page_urls::{COVER, DESK, FIX, INSPECTIONS};
use super::snapshot::Snapshot;
use super::sse::ResponseBody;
use crate::diagnostic::{RelPath, percent_encoded};
use crate::edit::chase_log::ChaseLog;
use crate::output::{MANIFEST, OutputTree};
use crate::pipeline;
use crate::render::site_files::headers::PICTURE_POLICY;
use crate::source::digest::{Digest, hash, hash128};

/// The address of the event stream that tabs listen to.
pub(crate) const EVENTS: &str = "/_annal/events";
/// The preview's own files.
const ASSETS: [(&str, &str); 4] = [
    ("/_annal/live.js", include_str!("assets/live.js")),
    ("/_annal/live.css", include_str!("assets/live.css")),
    ("/_annal/desk.js", include_str!("assets/desk.js")),
    ("/_annal/desk.css", include_str!("assets/desk.css")),
];
/// The address where the overlay fetches the list of problems.
const PROBLEMS: &str = "/_annal/faults.json";
/// The address prefix of the pages that show source files.
const SOURCES: &str = "/_desk/file/";
/// The header that brings along the hash of what the user was shown.
const SHOWN: HeaderName = HeaderName::from_static("x-annal-shown");
/// The site's page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

/// Headers of every response: do not cache without asking again, do not guess the content type, do not send a referrer,
/// and do not let other sites embed it.
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (hyper::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (hyper::header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Limits on pages in addition to their own policy: nothing may change where links lead, and plug-ins are blocked.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static("base-uri 'none'; object-src 'none'");

/// The content security policy for a media type. Scripts get none, because it would apply to the worker they run in.
fn policy(media_type: &str) -> Option<HeaderValue> {
    match media_type {
        "image/svg+xml" => Some(HeaderValue::from_static(PICTURE_POLICY)),
        "text/javascript; charset=utf-8" | "" => None,
        _ => Some(PAGE_POLICY),
    }
}

/// Answers a request for anything except the event stream.
///
/// `token` is what the desk's requests to change something have to bring along, if they may.
pub(crate) fn answer(
    snapshot: &Snapshot,
    request: &Parts,
    address: &str,
    token: Option<&str>,
) -> Response<ResponseBody> {
    let known = request.headers.get(IF_NONE_MATCH).and_then(|mark| mark.to_str().ok());
    let mut response = if address == DESK {
        page(snapshot, &desk_page(snapshot, token), StatusCode::OK, known)
    } else if let Some((name, text)) = ASSETS.iter().find(|(name, _)| *name == address) {
        file(Bytes::from_static(text.as_bytes()), media_type(&RelPath::new(name)), known)
    } else if address == PROBLEMS {
        file(snapshot.problems_document().into(), "application/json", known)
    } else if let Some(source) = address.strip_prefix(SOURCES) {
        let found = (&*snapshot.diagnostics, &*snapshot.problems);
        match desk::source_page(snapshot.templates(), &snapshot.tree, found, source) {
            Some(shown) => page(snapshot, shown.as_bytes(), StatusCode::OK, known),
            None => missing(snapshot),
        }
    } else if let Some(inspected) = address.strip_prefix(INSPECTIONS) {
        inspection(snapshot, inspected, known)
    } else if let Some(file) = address.strip_prefix(FIX) {
        match PlannedFix::new(snapshot, file) {
            Some(planned) => {
                page(snapshot, fix_page(snapshot, file, &planned, token).as_bytes(), StatusCode::OK, known)
            }
            // It has been fixed meanwhile.
            None => redirect(DESK),
        }
    } else if let Some(cover) = address.strip_prefix(COVER) {
        let words = &snapshot.templates().words;
        match desk::cover_file(&snapshot.archive, &snapshot.diagnostics, words, cover) {
            Some(CoverOutput::Page(html)) => page(snapshot, html.as_bytes(), StatusCode::OK, known),
            Some(CoverOutput::Word(bytes)) => file(bytes.into(), media_type(&RelPath::new(cover)), known),
            None => missing(snapshot),
        }
    } else {
        of_site(snapshot, address, known)
    };
    if request.method == Method::HEAD {
        let length = hyper::body::Body::size_hint(response.body()).exact().unwrap_or(0);
        response.headers_mut().entry(CONTENT_LENGTH).or_insert_with(|| length.into());
        *response.body_mut() = ResponseBody::Whole(None);
    }
    response
}

/// The editor's desk. It is rendered again only if `desk.yaml` has changed, or the site.
fn desk_page(snapshot: &Snapshot, token: Option<&str>) -> Arc<[u8]> {
    let log = ChaseLog::read(&snapshot.root).ok();
    let key = hash128(&log.as_ref().map(|(_, known)| *known));
    let mut rendered = snapshot.desk.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, page)) = rendered.as_ref().filter(|(known, _)| *known == key) {
        return Arc::clone(page);
    }
    let desk = Desk {
        archive: &snapshot.archive,
        translations: snapshot.translations(),
        problems: &snapshot.problems,
        diagnostics: &snapshot.diagnostics,
        summary: snapshot.summary,
        files: &snapshot.files,
        tree: &snapshot.tree,
        log: log.as_ref().map(|(log, _)| log),
        today: snapshot.today,
        root: &snapshot.root,
        token,
    };
    let page: Arc<[u8]> = desk::page(snapshot.templates(), &desk).into_bytes().into();
    *rendered = Some((key, Arc::clone(&page)));
    page
}

/// The page that shows how a page of the site is made, or the list of all pages at the address of none.
///
/// The site's front page is at `index.html`, since an empty address is that of the list.
fn inspection(snapshot: &Snapshot, address: &str, known: Option<&str>) -> Response<ResponseBody> {
    let (templates, diagnostics) = (snapshot.templates(), &*snapshot.diagnostics);
    if address.is_empty() {
        let list = desk::inspect_list(templates, &snapshot.files, diagnostics);
        return page(snapshot, list.as_bytes(), StatusCode::OK, known);
    }
    let address = address.strip_suffix("index.html").unwrap_or(address);
    match pipeline::inspect(&snapshot.tree, &snapshot.options, address) {
        Some(inspection) => {
            let shown = desk::inspect_page(templates, &inspection, address, diagnostics);
            page(snapshot, shown.as_bytes(), StatusCode::OK, known)
        }
        None => missing(snapshot),
    }
}

/// The page that shows what would be corrected in a file.
fn fix_page(snapshot: &Snapshot, path: &str, planned: &PlannedFix, token: Option<&str>) -> String {
    let address = percent_encoded(&format!("{FIX}{path}"));
    let what = (planned.applied, planned.shown);
    desk::fix_page(snapshot.templates(), (path, &address), &planned.difference, what, token)
}

fn of_site(snapshot: &Snapshot, address: &str, known: Option<&str>) -> Response<ResponseBody> {
    let path = address.trim_start_matches('/');
    let files = &snapshot.files;
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let in_memory = files.files.get(path.as_str()).map(|bytes| Ok(Arc::clone(bytes)));
    match in_memory.or_else(|| Some(files.unread.get(path.as_str())?.bytes())) {
        Some(Ok(bytes)) if matches!(RelPath::new(&path).extension(), "html" | "htm") => {
            page(snapshot, &bytes, StatusCode::OK, known)
        }
        Some(Ok(bytes)) => file(Bytes::from_owner(bytes), media_type(&RelPath::new(&path)), known),
        None if path == MANIFEST => file(Bytes::from_owner(snapshot.manifest()), "application/json", known),
        None if is_there(files, &format!("{path}/index.html")) || format!("/{path}/") == DESK => {
            redirect(&format!("/{path}/"))
        }
        // What cannot be read has just been changed or removed, and the next build will say what is there now.
        Some(Err(_)) | None => missing(snapshot),
    }
}

fn is_there(files: &OutputTree, path: &str) -> bool {
    files.files.contains_key(path) || files.unread.contains_key(path)
}

/// A page with the live-reload script added.
fn page(snapshot: &Snapshot, bytes: &[u8], status: StatusCode, known: Option<&str>) -> Response<ResponseBody> {
    let mark = mark(bytes);
    if status == StatusCode::OK && is_known(&mark, known) {
        return unchanged(&mark);
    }
    let injected = inject(bytes, &mark, snapshot.live_texts(), status == StatusCode::NOT_FOUND).into_owned();
    with(status, "text/html; charset=utf-8", Some(&mark), injected.into())
}

/// A file without changes, such as a style sheet or picture.
fn file(bytes: Bytes, media_type: &'static str, known: Option<&str>) -> Response<ResponseBody> {
    let mark = mark(&bytes);
    if is_known(&mark, known) { unchanged(&mark) } else { with(StatusCode::OK, media_type, Some(&mark), bytes) }
}

/// The site's own 404 page, or the preview's.
fn missing(snapshot: &Snapshot) -> Response<ResponseBody> {
    match snapshot.files.files.get(NOT_FOUND) {
        Some(bytes) => page(snapshot, bytes, StatusCode::NOT_FOUND, None),
        None => page(
            snapshot,
            desk::not_found_page(snapshot.templates(), snapshot.summary).as_bytes(),
            StatusCode::NOT_FOUND,
            None,
        ),
    }
}

/// The entity tag of a file's content.
fn mark(bytes: &[u8]) -> String {
    format!("{:032x}", hash(bytes))
}

/// Whether an `If-None-Match` header lists `mark`.
fn is_known(mark: &str, known: Option<&str>) -> bool {
    known.is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/").trim_matches('"') == mark))
}

fn unchanged(mark: &str) -> Response<ResponseBody> {
    with(StatusCode::NOT_MODIFIED, "", Some(mark), Bytes::new())
}

fn redirect(address: &str) -> Response<ResponseBody> {
    let mut response = with(StatusCode::TEMPORARY_REDIRECT, "", None, Bytes::new());
    if let Ok(location) = HeaderValue::from_str(&percent_encoded(address)) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// The response to a refused request.
pub(crate) fn refuse(refusal: &Rejection) -> Response<ResponseBody> {
    let mut response = with(refusal.status, "text/plain; charset=utf-8", None, format!("refused: {refusal}\n").into());
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// A request to change something, which has been found to come from the desk.
pub(crate) fn action_request(request: &Parts, address: String, body: Bytes) -> ActionRequest {
    let shown = request.headers.get(SHOWN).and_then(|shown| shown.to_str().ok());
    let shown = shown.and_then(|shown| Digest::from_str_radix(shown, 16).ok());
    let query = request.uri.query().unwrap_or_default().to_owned();
    ActionRequest { address, query, shown, body }
}

/// The response to a request to change something.
pub(crate) fn reply(reply: ActionReply) -> Response<ResponseBody> {
    let media_type = if reply.is_page { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" };
    with(reply.status, media_type, None, reply.text.into())
}

/// The response to a request that sends too much, or too slowly.
pub(crate) fn too_large() -> Response<ResponseBody> {
    let text = Bytes::from_static(b"refused: the file is larger than 32 MiB, or took too long to arrive\n");
    with(StatusCode::PAYLOAD_TOO_LARGE, "text/plain; charset=utf-8", None, text)
}

/// The response if annal failed.
pub(crate) fn failed() -> Response<ResponseBody> {
    let text = Bytes::from_static(b"annal failed, which is a bug in annal; nothing may have been written\n");
    with(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", None, text)
}

/// The response before the first build has finished.
pub(crate) fn not_ready() -> Response<ResponseBody> {
    let text = Bytes::from_static(b"the first build has not finished yet: try again in a moment\n");
    with(StatusCode::SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", None, text)
}

/// The response that streams events.
pub(crate) fn news(news: ResponseBody) -> Response<ResponseBody> {
    let mut response = with(StatusCode::OK, "text/event-stream", None, Bytes::new());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = news;
    response
}

fn with(status: StatusCode, media_type: &'static str, mark: Option<&str>, bytes: Bytes) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::Whole((!bytes.is_empty()).then_some(bytes)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.extend(ALWAYS);
    if !media_type.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    if let Some(policy) = policy(media_type) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(mark) = mark.and_then(|mark| HeaderValue::from_str(&format!("\"{mark}\"")).ok()) {
        headers.insert(ETAG, mark);
    }
    response
}

/// The address for a request's path, percent-decoded once.
///
/// # Errors
///
/// If the path is not valid text, or would leave the site.
pub(crate) fn address_of(path: &str) -> Result<String, Rejection> {
    let bad = |why: &str| Rejection::new(StatusCode::BAD_REQUEST, why);
    let is_code = |rest: &[u8]| rest.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if !path.as_bytes().split(|byte| *byte == b'%').skip(1).all(is_code) {
        return Err(bad("a `%` in its path is not followed by two hexadecimal digits"));
    }
    let address = percent_decode_str(path).decode_utf8().map_err(|_| bad("its path is not UTF-8"))?;
    if !address.starts_with('/') || address.contains(['\\', '\0']) || address.split('/').any(|part| part == "..") {
        return Err(bad("its path leaves the site"));
    }
    Ok(address.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_stay_in_the_site() {
        let check = |path| address_of(path).map_err(|refusal| refusal.why);
        assert_eq!(check("/2019-20/a%20b/"), Ok("/2019-20/a b/".to_owned()));
        assert_eq!(check("/%252e%252e/"), Ok("/%2e%2e/".to_owned()), "a name like any other");
        for path in ["/../etc/passwd", "/a/%2e%2e/%2E./x", "/..%2fetc", "/a\\..\\b", "/%00", "*", "", "/..%5cx"] {
            assert_eq!(check(path), Err("its path leaves the site".to_owned()), "{path}");
        }
        assert_eq!(check("/%ff"), Err("its path is not UTF-8".to_owned()));
        assert!(check("/%").is_err() && check("/%2").is_err() && check("/%zz").is_err());
    }

    #[test]
    fn svgs_are_sent_in_a_sandbox() {
        let policy = |name: &str| policy(media_type(&RelPath::new(name)));
        assert!(policy("a.svg").unwrap().to_str().unwrap().ends_with("; sandbox"));
        assert_eq!(policy("a.SVG"), policy("a.svg"));
        assert_eq!((policy("live.js"), policy("a.html")), (None, Some(PAGE_POLICY)));
    }

    #[test]
    fn entity_tags_are_compared() {
        assert!(is_known("ab", Some("\"x\", W/\"ab\"")));
        assert!(!is_known("ab", Some("\"abc\"")) && !is_known("ab", None));
    }
}
