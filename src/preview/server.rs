//! The HTTP server, with limits on how many connections there are, how long they last and what they send.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::{Body, Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::LogSink;
use super::access::{AccessPolicy, Rejection};
use super::actions;
use super::handler::{self, EVENTS};
use super::page_urls::INSPECTIONS;
use super::snapshot::Snapshot;
use super::sse::{EventStream, LatestSnapshot, ResponseBody, stopped};
use super::write_timeout::WriteTimeoutStream;
use crate::document::package::MOST_BYTES;

/// How many connections may be open at once. A tab needs one or two.
const MOST_CONNECTIONS: usize = 600;
/// How many bytes the first line and the headers of a request may have.
const MOST_HEADER_BYTES: usize = 16 * 1024;
/// How many headers a request may have.
const MOST_HEADERS: usize = 64;
/// How long a client may take to send the headers, or to send another request on the same connection.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);
/// How many bytes a request may send along: as many as a document may have.
const MOST_BODY_BYTES: usize = MOST_BYTES;
/// How long a client may take to send them.
const BODY_WITHIN: Duration = Duration::from_mins(1);
/// How long a request waits for the first build.
const FIRST_BUILD_WITHIN: Duration = Duration::from_mins(1);
/// How long to wait for responses to be sent when the preview stops.
const FAREWELL: Duration = Duration::from_millis(300);
/// How long to wait if the system cannot accept a connection.
const BREATH: Duration = Duration::from_millis(50);
/// How many characters of a client's request are written to a log line.
const MOST_LOGGED: usize = 200;

/// The state that all connections share.
pub(crate) struct Server {
    /// Decides which requests are answered.
    pub guard: AccessPolicy,
    /// The snapshot that is served.
    pub newest: LatestSnapshot,
    /// Becomes true when the preview has to stop.
    pub stop: watch::Receiver<bool>,
    /// Receives log lines.
    pub say: LogSink,
    /// Held while the desk changes a file, so that one change is whole before the next begins.
    pub writing: Arc<Mutex<()>>,
}

impl Server {
    /// Accepts connections on `listener` until the preview stops.
    pub(crate) async fn run(self, listener: TcpListener) {
        let server = Arc::new(self);
        let mut stop = server.stop.clone();
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = stopped(&mut stop) => break,
            };
            let Ok((stream, peer)) = accepted else {
                // Probably there are too many open files. Some will be closed soon.
                sleep(BREATH).await;
                continue;
            };
            match Arc::clone(&places).try_acquire_owned() {
                Ok(location) => {
                    let server = Arc::clone(&server);
                    tokio::spawn(async move {
                        server.connection(stream, peer).await;
                        drop(location);
                    });
                }
                Err(_) => (server.say)(&format!("refused a connection from {}: too many are open", peer.ip())),
            }
        }
        drop(listener);
        let all = u32::try_from(MOST_CONNECTIONS).unwrap_or(u32::MAX);
        _ = timeout(FAREWELL, places.acquire_many(all)).await;
    }

    /// Answers the requests of one connection until it is closed or the preview stops.
    async fn connection(self: Arc<Self>, stream: TcpStream, peer: SocketAddr) {
        _ = stream.set_nodelay(true);
        let has_asked = Arc::new(AtomicBool::new(false));
        let service = service_fn(|request| {
            has_asked.store(true, Ordering::Relaxed);
            let server = Arc::clone(&self);
            async move { Ok::<_, Infallible>(server.answer(request).await) }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADERS_WITHIN)
            .max_header_size(MOST_HEADER_BYTES)
            .max_headers(MOST_HEADERS)
            .max_buf_size(2 * MOST_HEADER_BYTES);
        let mut connection =
            std::pin::pin!(http.serve_connection(TokioIo::new(WriteTimeoutStream::new(stream)), service));
        let mut stop = self.stop.clone();
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = stopped(&mut stop) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            let why = if error.is_parse_too_large() {
                "its headers are too large"
            } else if error.is_parse() {
                "it is not HTTP"
            } else if error.is_timeout() && !has_asked.load(Ordering::Relaxed) {
                "it did not send a request in time"
            } else {
                // The client closed the connection, which is normal.
                return;
            };
            (self.say)(&format!("refused a request from {}: {why}", peer.ip()));
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<ResponseBody> {
        let (request, body) = request.into_parts();
        let checked = self.guard.check(&request).and_then(|()| handler::address_of(request.uri.path()));
        let address = match checked {
            Ok(address) => address,
            Err(refusal) => {
                let (method, target) = (&request.method, request.uri.to_string());
                (self.say)(&loggable(&format!("refused {method} {target}: {refusal}")));
                return handler::refuse(&refusal);
            }
        };
        if address == EVENTS && request.method != Method::POST {
            return handler::news(ResponseBody::News(EventStream::new(self.newest.clone(), self.stop.clone())));
        }
        let Some(snapshot) = self.snapshot().await else { return handler::not_ready() };
        if request.method == Method::POST {
            return self.change(snapshot, &request, address, body).await;
        }
        if address.starts_with(INSPECTIONS) {
            // This checks the whole site again, which must not hold up other tabs.
            let token = self.guard.token().map(str::to_owned);
            let done = spawn_blocking(move || handler::answer(&snapshot, &request, &address, token.as_deref()));
            return done.await.unwrap_or_else(|_| handler::failed());
        }
        handler::answer(&snapshot, &request, &address, self.guard.token())
    }

    /// Does what a request of the desk asks for, on a thread of its own, since it reads documents and writes files.
    async fn change(
        &self,
        snapshot: Arc<Snapshot>,
        request: &Parts,
        address: String,
        body: Incoming,
    ) -> Response<ResponseBody> {
        let Ok(Some(body)) = timeout(BODY_WITHIN, whole(body)).await else { return handler::too_large() };
        let request = handler::action_request(request, address, body);
        let writing = Arc::clone(&self.writing);
        let done = spawn_blocking(move || {
            let _writing = writing.lock().unwrap_or_else(PoisonError::into_inner);
            actions::perform(&snapshot, &request)
        });
        match done.await {
            Ok(Some(reply)) => handler::reply(reply),
            Ok(None) => handler::refuse(&Rejection::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "nothing can be changed at this address",
            )),
            Err(_) => handler::failed(),
        }
    }

    /// The latest snapshot. Waits for the first build.
    async fn snapshot(&self) -> Option<Arc<Snapshot>> {
        let mut newest = self.newest.clone();
        let ready = timeout(FIRST_BUILD_WITHIN, newest.wait_for(Option::is_some)).await;
        ready.ok()?.ok()?.clone()
    }
}

/// All of a request's body. `None` if it is too large or breaks off.
async fn whole(mut body: Incoming) -> Option<Bytes> {
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame.ok()?.into_data() {
            all.extend_from_slice(&data);
        }
        if all.len() > MOST_BODY_BYTES {
            return None;
        }
    }
    Some(all.into())
}

/// Makes a text that may come from a client safe to log: one line of limited length, without control characters.
fn loggable(text: &str) -> String {
    let is_plain = |c: char| {
        !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut line: String = text.chars().take(MOST_LOGGED).map(|c| if is_plain(c) { c } else { '\u{fffd}' }).collect();
    if text.chars().nth(MOST_LOGGED).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_lines_are_single_and_plain() {
        assert_eq!(loggable("a\r\nb\u{1b}[31m\u{202e}"), "a\u{fffd}\u{fffd}b\u{fffd}[31m\u{fffd}");
        assert_eq!(loggable(&"é".repeat(300)).chars().count(), 201);
    }
}
