//! A proxy between annal and a server, which counts requests and cuts the line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// When the line is cut, in the course of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The server never sees the request.
    Before,
    /// It sees half of it.
    Within,
    /// It carries the request out, and the answer is lost.
    After,
}

/// A request that went through.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub method: String,
    /// With the query, as it was sent.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

#[derive(Default)]
struct State {
    requests: Vec<Request>,
    /// From the request with this number on, the line is dead.
    cut: Option<(usize, Moment)>,
    is_cut: bool,
    /// Every request whose number is divisible by this is lost once.
    lost: Option<usize>,
    /// The request with this number waits until it is set to `None`.
    held: Option<usize>,
}

/// A proxy that runs until the test ends.
#[derive(Clone)]
pub(crate) struct Proxy {
    pub port: u16,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Proxy {
    /// A proxy in front of a port of this machine.
    pub(crate) fn new(upstream: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), state: Arc::default() };
        let served = proxy.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let proxy = served.clone();
                std::thread::spawn(move || proxy.serve(&client, upstream));
            }
        });
        proxy
    }

    /// Forgets the requests so far, and cuts the line at a request.
    pub(crate) fn cut_at(&self, cut: Option<(usize, Moment)>) {
        *self.state.0.lock().unwrap() = State { cut, ..State::default() };
    }

    /// Forgets the requests so far, and loses every `count`th once.
    pub(crate) fn lose_every(&self, count: usize) {
        *self.state.0.lock().unwrap() = State { lost: Some(count), ..State::default() };
    }

    /// Forgets the requests so far, and lets the one with a number wait until `release`.
    pub(crate) fn hold(&self, number: usize) {
        *self.state.0.lock().unwrap() = State { held: Some(number), ..State::default() };
    }

    pub(crate) fn release(&self) {
        self.state.0.lock().unwrap().held = None;
        self.state.1.notify_all();
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.0.lock().unwrap().requests.clone()
    }

    /// Waits until so many requests have come, or the line was cut; `false` after a while.
    pub(crate) fn wait(&self, is_there: impl Fn(usize, bool) -> bool) -> bool {
        let state = self.state.0.lock().unwrap();
        let is_waiting = |state: &mut State| !is_there(state.requests.len(), state.is_cut);
        !self.state.1.wait_timeout_while(state, Duration::from_millis(100), is_waiting).unwrap().1.timed_out()
    }

    /// Serves one connection: one request, after which it is closed.
    fn serve(&self, client: &TcpStream, upstream: u16) -> Option<()> {
        let mut reader = BufReader::new(client.try_clone().ok()?);
        let (request, bytes) = read_request(&mut reader)?;
        let moment = {
            let mut state = self.state.0.lock().unwrap();
            state.requests.push(request);
            let number = state.requests.len() - 1;
            let moment = match (state.cut, state.lost) {
                (Some((cut, moment)), _) if number == cut => Some(moment),
                (Some((cut, _)), _) if number > cut => Some(Moment::Before),
                (_, Some(lost)) if number % lost == lost - 1 => {
                    Some([Moment::Before, Moment::Within, Moment::After][number / lost % 3])
                }
                _ => None,
            };
            self.state.1.notify_all();
            drop(self.state.1.wait_while(state, |state| state.held == Some(number)).unwrap());
            moment
        };
        let mut answer = Vec::new();
        if moment != Some(Moment::Before) {
            let mut server = TcpStream::connect(("127.0.0.1", upstream)).ok()?;
            let sent = if moment == Some(Moment::Within) { bytes.len() / 2 } else { bytes.len() };
            server.write_all(&bytes[..sent]).ok()?;
            if sent == bytes.len() {
                server.read_to_end(&mut answer).ok()?;
            }
        }
        if moment.is_none() {
            client.try_clone().ok()?.write_all(&answer).ok()?;
        } else {
            let mut state = self.state.0.lock().unwrap();
            state.is_cut = state.cut.is_some();
            self.state.1.notify_all();
        }
        client.shutdown(Shutdown::Both).ok()
    }
}

/// Reads a request, and how to send it on: with the connection closed after it.
fn read_request(reader: &mut BufReader<TcpStream>) -> Option<(Request, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut bytes = line.clone().into_bytes();
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.trim_end().split_once(':')?;
        let (name, value) = (name.to_ascii_lowercase(), value.trim().to_owned());
        if name == "content-length" {
            length = value.parse().ok()?;
        }
        if name != "connection" {
            bytes.extend_from_slice(line.as_bytes());
        }
        headers.push((name, value));
    }
    bytes.extend_from_slice(b"Connection: close\r\n\r\n");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    bytes.extend_from_slice(&body);
    Some((Request { method, path, headers, body }, bytes))
}
