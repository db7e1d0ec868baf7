//! Requests to a storage service, signed and repeated.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::{Request, Uri};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, AsSendBody};

use super::sign::{Header, Scope};
use crate::output::Sha256;
use crate::publish::environment::Credentials;
use crate::publish::error::PublishError;
use crate::publish::retry::{Fault, Patience};

/// How long a connection may take, or stay silent.
const SILENCE: Duration = Duration::from_secs(10);

/// The most that is read of an answer: manifests of large sites have some megabytes.
const ANSWER_LIMIT: u64 = 1 << 30;

/// What is percent-encoded in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as it is sent and signed.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

/// A request before it is signed.
pub(super) struct ServiceRequest<'a> {
    pub service: &'a Service,
    pub method: &'static str,
    /// The path below the service's own, not encoded. It begins with `/`.
    pub key: &'a str,
    pub headers: &'a [Header],
    pub payload: Payload<'a>,
}

/// A service that requests are sent to.
pub(super) struct Service {
    /// `https://host:port`.
    origin: String,
    host: String,
    /// What paths begin with: `/bucket`, or nothing.
    path: String,
    pub region: String,
    /// `s3` or `cloudfront`.
    pub name: &'static str,
}

impl Service {
    /// The service at an address, with an optional path.
    pub(super) fn new(address: &str, path: &str, region: String, name: &'static str) -> Result<Self, PublishError> {
        let uri: Option<Uri> = address.trim_end_matches('/').parse().ok();
        let parts = uri.and_then(|uri| {
            let (scheme, authority) = (uri.scheme_str()?.to_owned(), uri.authority()?.as_str().to_owned());
            // A name and a password before the host would be printed with it.
            let is_plain = matches!(scheme.as_str(), "http" | "https") && !authority.contains('@');
            is_plain.then(|| (scheme, authority, uri.path().trim_end_matches('/').to_owned()))
        });
        let Some((scheme, authority, base)) = parts else {
            return Err(PublishError::new("the address of the storage service must be a web address without keys")
                .help("write `endpoint` in site.yaml, or AWS_ENDPOINT_URL, as in `https://storage.example.org`"));
        };
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let host = authority.strip_suffix(default_port).unwrap_or(&authority).to_owned();
        Ok(Self { origin: format!("{scheme}://{host}"), host, path: format!("{base}{path}"), region, name })
    }
}

/// The body of a request.
#[derive(Clone, Copy)]
pub(super) enum Payload<'a> {
    /// None, as of GET and DELETE.
    None,
    Bytes(&'a [u8]),
    /// A file with its SHA-256.
    File(&'a Path, &'a str),
}

/// The answer to a request.
pub(super) struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    /// How many seconds ago the object was written, by the service's clock.
    pub age: Option<u64>,
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The code in an answer that is an error: `NoSuchBucket`.
    fn code(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.body).ok()?;
        let code = text.split_once("<Code>")?.1.split_once("</Code>")?.0;
        code.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(code)
    }
}

/// Sends requests. Threads share it.
pub(super) struct Client {
    agent: Agent,
    credentials: Credentials,
    pub patience: Patience,
}

impl Client {
    /// A client with a number of connections at most.
    pub(super) fn new(credentials: Credentials, connections: usize) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            // The machine's own certificates: an organisation may check its traffic with one of its own.
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(SILENCE))
            .timeout_connect(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .user_agent(concat!("annal/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), credentials, patience: Patience::new() }
    }

    /// Sends a request until it is answered. Answers with the status 404, 412 and 501 are for the caller to judge; all
    /// others that are no success are errors.
    pub(super) fn send(&self, request: &ServiceRequest<'_>) -> Result<Answer, PublishError> {
        self.patience.retry(|| {
            let answer = self.send_once(request)?;
            // A copy that fails after its answer has begun is a success with an error inside.
            let has_failed_late = answer.is_success() && request.method == "PUT" && answer.code().is_some();
            match answer.status {
                404 if answer.code() != Some("NoSuchBucket") => Ok(answer),
                412 | 501 => Ok(answer),
                _ if answer.is_success() && !has_failed_late => Ok(answer),
                _ => Err(fault(&answer, request.service)),
            }
        })
    }

    fn send_once(&self, request: &ServiceRequest<'_>) -> Result<Answer, Fault> {
        let ServiceRequest { service, method, key, headers, payload } = *request;
        let path = format!("{}{}", service.path, encoded(key));
        let hash = match payload {
            Payload::None => Sha256::new(b"").to_string(),
            Payload::Bytes(bytes) => Sha256::new(bytes).to_string(),
            Payload::File(_, hash) => hash.to_owned(),
        };
        let mut headers = headers.to_vec();
        let scope = Scope {
            credentials: &self.credentials,
            region: &service.region,
            service: service.name,
            now: Timestamp::now(),
        };
        scope.sign(method, &service.host, &path, &hash, &mut headers);
        let mut request = Request::builder().method(method).uri(format!("{}{path}", service.origin));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        match payload {
            Payload::None => self.run(service, request.body(())),
            Payload::Bytes(bytes) => self.run(service, request.body(bytes)),
            Payload::File(path, _) => {
                let file = File::open(path).map_err(|error| Fault::Final(PublishError::disk("read", path)(error)))?;
                self.run(service, request.body(file))
            }
        }
    }

    fn run<B: AsSendBody>(
        &self,
        service: &Service,
        request: Result<Request<B>, ureq::http::Error>,
    ) -> Result<Answer, Fault> {
        // Neither error is shown as it is: it may hold the address or a header.
        let request = request.map_err(|_| {
            Fault::Final(PublishError::new(
                "the keys or the address of the storage service hold a character that they cannot have",
            ))
        })?;
        let mut response = self.agent.run(request).map_err(|error| unreachable(&error, service))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (etag, date, modified) = (header("etag"), header("date"), header("last-modified"));
        let seconds =
            |date: Option<String>| jiff::fmt::rfc2822::parse(&date?).ok().map(|date| date.timestamp().as_second());
        let age = seconds(date).zip(seconds(modified)).map(|(now, then)| u64::try_from(now - then).unwrap_or(0));
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(ANSWER_LIMIT).read_to_vec();
        let body = body.map_err(|error| unreachable(&error, service))?;
        Ok(Answer { status, etag, age, body })
    }
}

/// The service did not answer.
fn unreachable(error: &ureq::Error, service: &Service) -> Fault {
    let host = &service.host;
    let why = match error {
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::Timeout(_) => "it does not answer in time".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::ConnectionFailed => "no connection could be made".to_owned(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            return Fault::Final(
                PublishError::new(format!("{host} does not prove who it is"))
                    .help("if your organisation checks encrypted traffic, install its certificate on this computer"),
            );
        }
        _ => "the connection broke off".to_owned(),
    };
    Fault::Passing(PublishError::new(format!("cannot reach {host}: {why}")))
}

/// The service answered with an error.
fn fault(answer: &Answer, service: &Service) -> Fault {
    let host = &service.host;
    let code = answer.code().unwrap_or("no reason given");
    let error = |help: &str| {
        PublishError::new(format!("{host} refused the request: {code} (status {})", answer.status)).help(help)
    };
    match (answer.status, code) {
        (200..=299 | 408 | 409 | 429 | 500.., _) | (400, "RequestTimeout") => {
            Fault::Passing(PublishError::new(format!("{host} failed: {code} (status {})", answer.status)))
        }
        (_, "NoSuchBucket") => Fault::Final(error("create the bucket first, or correct its name in site.yaml")),
        (_, "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken") => {
            Fault::Final(error("check the keys in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"))
        }
        (_, "ExpiredToken") => Fault::Final(error("sign in again, and set the new keys")),
        (_, "RequestTimeTooSkewed") => Fault::Final(error("set this computer's clock")),
        (301 | 307, _) | (_, "AuthorizationHeaderMalformed" | "PermanentRedirect") => {
            Fault::Final(error("the bucket is in another region: write it into site.yaml as `region`"))
        }
        (403, _) => Fault::Final(error(
            "these keys need s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket there, and \
             cloudfront:CreateInvalidation for `invalidate`",
        )),
        _ => Fault::Final(error("see docs/publishing.md for what a bucket needs")),
    }
}
