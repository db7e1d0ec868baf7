//! Access control: only requests that a browser makes for the preview's own pages are answered.
//!
//! A page of another site must not be able to read or control the preview. Such a page could send requests here, which
//! their `Origin` and `Sec-Fetch-*` headers reveal. Or its own domain name could point to this computer (DNS
//! rebinding), which the `Host` header reveals.

use std::fmt;
use std::net::SocketAddr;

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::listener::{BoundListener, bare_ip, is_loopback};
use crate::source::digest::hash;

/// The header that brings along the token of the page that a request comes from.
const TOKEN: HeaderName = HeaderName::from_static("x-annal-token");

/// The addresses and names that the preview answers to.
#[derive(Clone, Debug)]
pub(crate) struct AccessPolicy {
    bound: SocketAddr,
    name: Option<String>,
    /// What requests that change something have to bring along. `None` if nothing may be changed.
    token: Option<String>,
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// The status of the response.
    pub status: StatusCode,
    /// The reason, in a few words.
    pub why: String,
}

impl Rejection {
    /// A rejection with a status and a reason.
    pub(crate) fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self { status, why: why.into() }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl AccessPolicy {
    /// The policy for a listening socket. If other computers can reach it, nothing may be changed unless `allows_writes`.
    #[must_use]
    pub(crate) fn new(bound: &BoundListener, allows_writes: bool) -> Self {
        let may_write = allows_writes || is_loopback(bound.address.ip());
        let token = may_write.then(new_token).flatten();
        Self { bound: bound.address, name: bound.name.clone(), token }
    }

    /// What requests that change something have to bring along; the desk's own pages have it. `None` if nothing may be
    /// changed.
    #[must_use]
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Checks whether a request may be answered.
    ///
    /// # Errors
    ///
    /// If the request does not come from the preview's own pages, or would change something and may not.
    pub(crate) fn check(&self, request: &Parts) -> Result<(), Rejection> {
        let host = self.check_host(request)?;
        check_origin(&request.headers, host)?;
        match request.method {
            Method::GET | Method::HEAD => Ok(()),
            Method::POST => self.check_write(&request.headers),
            _ => {
                let why = format!("the preview does not accept {}", request.method);
                Err(Rejection::new(StatusCode::METHOD_NOT_ALLOWED, why))
            }
        }
    }

    /// Checks whether a request may change something: only a script of the desk can know the token and send it in a
    /// header of its own, and browsers then say which page it is on.
    fn check_write(&self, headers: &HeaderMap) -> Result<(), Rejection> {
        let forbidden = |why: &str| Err(Rejection::new(StatusCode::FORBIDDEN, why));
        let Some(token) = &self.token else {
            return forbidden("this preview can be reached from other computers, so it does not change anything");
        };
        if headers.get_all(ORIGIN).iter().count() != 1 {
            return forbidden("the request does not say which page it comes from");
        }
        let mut sent = headers.get_all(TOKEN).iter();
        match (sent.next(), sent.next()) {
            (Some(sent), None) if hash(sent.as_bytes()) == hash(token.as_bytes()) => Ok(()),
            _ => forbidden("the page is out of date: load it again"),
        }
    }

    /// The `Host` header, if it names the preview.
    fn check_host<'a>(&self, request: &'a Parts) -> Result<&'a str, Rejection> {
        let mut hosts = request.headers.get_all(HOST).iter();
        let bad = |why: &str| Rejection::new(StatusCode::BAD_REQUEST, why);
        let host = hosts.next().ok_or_else(|| bad("the `Host` header is missing"))?;
        if hosts.next().is_some() {
            return Err(bad("there is more than one `Host` header"));
        }
        let host = host.to_str().map_err(|_| bad("the `Host` header is not text"))?;
        // A request may repeat its host in the request target. Then both must name the preview.
        let target = request.uri.authority().map(hyper::http::uri::Authority::as_str);
        for named in [Some(host), target].into_iter().flatten() {
            if !self.is_own(named) {
                return Err(Rejection::new(
                    StatusCode::FORBIDDEN,
                    format!("`{named}` is not an address of this preview"),
                ));
            }
        }
        Ok(host)
    }

    /// Whether `host`, a name or address with or without a port, belongs to the preview. The port may differ, since a
    /// tunnel can change it. Nobody else can make an IP address or a loopback name point here.
    fn is_own(&self, host: &str) -> bool {
        let name = without_port(host);
        match bare_ip(name) {
            Some(ip) if self.bound.ip().is_loopback() => is_loopback(ip),
            Some(_) => true,
            None => {
                let name = name.strip_suffix('.').unwrap_or(name);
                name.eq_ignore_ascii_case("localhost")
                    || self.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// A token that nobody can guess. `None` if the system has no random numbers.
fn new_token() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_le_bytes(bytes)))
}

/// Refuses requests from the pages of other sites.
fn check_origin(headers: &HeaderMap, host: &str) -> Result<(), Rejection> {
    let foreign = |from: &str| Rejection::new(StatusCode::FORBIDDEN, format!("the request comes from {from}"));
    for origin in headers.get_all(ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        if !origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
            return Err(foreign(&format!("a page on `{origin}`")));
        }
    }
    // Browsers say in every request whether another site made it. Following a link from another site is allowed.
    let header = |name: &'static str| headers.get(HeaderName::from_static(name)).and_then(|value| value.to_str().ok());
    let is_foreign = matches!(header("sec-fetch-site"), Some("cross-site" | "same-site"));
    let is_followed = header("sec-fetch-mode") == Some("navigate") && header("sec-fetch-dest") == Some("document");
    if is_foreign && !is_followed { Err(foreign("a page on another site")) } else { Ok(()) }
}

/// A host without its port.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    /// The rejection of a GET request with these headers by a preview bound to `bound`, or `answered`.
    fn check(bound: &str, headers: &[(&str, &str)]) -> String {
        check_method(Method::GET, Some("secret"), bound, headers)
    }

    /// The same for any request to a preview with this token.
    fn check_method(method: Method, token: Option<&str>, bound: &str, headers: &[(&str, &str)]) -> String {
        let name = Some("desk.example".to_owned());
        let guard = AccessPolicy { bound: bound.parse().unwrap(), name, token: token.map(str::to_owned) };
        let mut request = Request::builder().method(method).uri("/_desk/x");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let refusal = guard.check(&request.body(()).unwrap().into_parts().0).err();
        refusal.map_or_else(|| "answered".to_owned(), |refusal| format!("{} {refusal}", refusal.status.as_u16()))
    }

    const LOOPBACK: &str = "127.0.0.1:4000";

    #[test]
    fn own_names_are_answered() {
        for host in
            ["127.0.0.1:4000", "localhost:4000", "LOCALHOST", "[::1]:4000", "127.1.2.3:8080", "desk.example:4000"]
        {
            assert_eq!(check(LOOPBACK, &[("host", host)]), "answered", "{host}");
        }
        assert_eq!(check("0.0.0.0:4000", &[("host", "192.168.1.5:4000")]), "answered");
        assert_eq!(check("[::]:4000", &[("host", "[fe80::1]:4000")]), "answered");
    }

    #[test]
    fn only_scripts_of_the_desk_change_anything() {
        let post = |token, headers: &[(&str, &str)]| {
            check_method(Method::POST, token, LOOPBACK, &[&[("host", "localhost:4000")], headers].concat())
        };
        let (origin, token) = (("origin", "http://localhost:4000"), ("x-annal-token", "secret"));
        assert_eq!(post(Some("secret"), &[origin, token]), "answered");
        for headers in [
            &[][..],
            &[origin],
            &[token],
            &[origin, ("x-annal-token", "guess")],
            &[origin, ("x-annal-token", "")],
            &[origin, token, token],
            &[origin, origin, token],
            &[("origin", "null"), token],
            &[("origin", "http://evil.example"), token],
            &[("origin", "http://localhost:3000"), token],
            &[origin, token, ("sec-fetch-site", "cross-site")],
            &[
                origin,
                token,
                ("sec-fetch-site", "same-site"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "empty"),
            ],
        ] {
            assert!(post(Some("secret"), headers).starts_with("403"), "{headers:?}");
        }
        assert!(post(None, &[origin, token]).starts_with("403 this preview can be reached"));
        assert!(
            check_method(Method::PUT, Some("secret"), LOOPBACK, &[("host", "localhost"), token]).starts_with("405")
        );
        assert_ne!(new_token(), new_token());
    }

    #[test]
    fn foreign_names_are_refused() {
        for host in [
            "evil.example",
            "evil.example:4000",
            "127.0.0.1.evil.example",
            "localhost.evil.example:4000",
            "127.0.0.1@evil.example",
            "192.168.1.5:4000",
            "0.0.0.0:4000",
            "",
            ":4000",
            "[::1",
            "localhost:4000:evil",
            "2130706433",
        ] {
            let answer = check(LOOPBACK, &[("host", host)]);
            assert!(answer.starts_with("403"), "{host:?}: {answer}");
        }
        assert_eq!(check(LOOPBACK, &[]), "400 the `Host` header is missing");
        let twice = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(check(LOOPBACK, &twice), "400 there is more than one `Host` header");
    }

    #[test]
    fn pages_from_elsewhere_are_refused() {
        let from = |origin| check(LOOPBACK, &[("host", "localhost:4000"), ("origin", origin)]);
        assert_eq!(from("http://localhost:4000"), "answered");
        for origin in ["null", "http://evil.example", "https://localhost:4000", "http://localhost:3000", "x"] {
            assert_eq!(from(origin), format!("403 the request comes from a page on `{origin}`"));
        }
        let fetched = |site, mode, dest| {
            let headers = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            check(LOOPBACK, &[&[("host", "localhost:4000")][..], &headers].concat())
        };
        assert_eq!(fetched("same-origin", "cors", "empty"), "answered");
        assert_eq!(fetched("cross-site", "navigate", "document"), "answered");
        assert_eq!(fetched("cross-site", "navigate", "iframe"), "403 the request comes from a page on another site");
        assert_eq!(fetched("cross-site", "no-cors", "script"), "403 the request comes from a page on another site");
    }
}
