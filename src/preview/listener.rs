//! The address and port that the preview listens on.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};

/// The port that is tried first if none is given.
const FIRST_PORT: u16 = 4000;
/// How many ports are tried, starting with that one.
const PORTS_TRIED: u16 = 100;

/// A listening socket with its address.
#[derive(Debug)]
pub(crate) struct BoundListener {
    pub listener: TcpListener,
    pub address: SocketAddr,
    /// The host as given, in lower case, if it is a name and not an address.
    pub name: Option<String>,
}

impl BoundListener {
    /// Binds `host` (by default loopback) at `port` (by default the first free port from 4000).
    ///
    /// # Errors
    ///
    /// If the host is not an address of this computer, or the port is in use.
    pub(crate) fn to(host: Option<&str>, port: Option<u16>) -> Result<Self, BindError> {
        let ip = match host {
            None => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Some(host) => resolve(host)?,
        };
        let listener = match port {
            Some(port) => listen(ip, port)?,
            None => first_free(ip)?,
        };
        let failed = |source| BindError::Refused { ip, port, source };
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let name = host.filter(|host| bare_ip(host).is_none()).map(str::to_lowercase);
        Ok(Self { listener, address, name })
    }

    /// The address to open in a browser, without a `/` at the end.
    #[must_use]
    pub(crate) fn base_url(&self) -> String {
        let port = self.address.port();
        match (&self.name, self.address.ip()) {
            (Some(name), _) => format!("http://{name}:{port}"),
            // `0.0.0.0` and `::` are not addresses that a browser can open.
            (None, ip) if ip.is_unspecified() => format!("http://localhost:{port}"),
            (None, IpAddr::V6(ip)) => format!("http://[{ip}]:{port}"),
            (None, IpAddr::V4(ip)) => format!("http://{ip}:{port}"),
        }
    }
}

/// Parses an IP address, with or without square brackets.
pub(crate) fn bare_ip(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host).parse().ok()
}

/// Whether an address is only reachable from this computer.
pub(crate) fn is_loopback(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback()),
    }
}

/// The IP address of a host on this computer, IPv4 if there is one.
fn resolve(host: &str) -> Result<IpAddr, BindError> {
    if let Some(ip) = bare_ip(host) {
        return Ok(ip);
    }
    let found = (host, 0).to_socket_addrs().ok().and_then(|addresses| {
        let addresses: Vec<_> = addresses.map(|address| address.ip()).collect();
        addresses.iter().copied().find(IpAddr::is_ipv4).or_else(|| addresses.first().copied())
    });
    found.ok_or_else(|| BindError::UnknownHost(host.to_owned()))
}

fn listen(ip: IpAddr, port: u16) -> Result<TcpListener, BindError> {
    TcpListener::bind((ip, port)).map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => BindError::Taken { port },
        _ => BindError::Refused { ip, port: Some(port), source },
    })
}

fn first_free(ip: IpAddr) -> Result<TcpListener, BindError> {
    for port in FIRST_PORT..FIRST_PORT + PORTS_TRIED {
        match listen(ip, port) {
            Err(BindError::Taken { .. }) => {}
            bound => return bound,
        }
    }
    Err(BindError::AllTaken)
}

/// Why the preview cannot listen.
#[derive(Debug)]
pub enum BindError {
    /// The given port is in use.
    Taken {
        /// The port.
        port: u16,
    },
    /// Every port that was tried is in use.
    AllTaken,
    /// No address was found for the host.
    UnknownHost(String),
    /// The system refused.
    Refused {
        /// The address.
        ip: IpAddr,
        /// The port, if one was given.
        port: Option<u16>,
        /// The error from the system.
        source: io::Error,
    },
}

impl BindError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Taken { .. } => {
                "stop that program, choose another port, or leave out `--port` to use the first free one"
            }
            Self::AllTaken => "choose a free port with `--port`",
            Self::UnknownHost(_) | Self::Refused { .. } => {
                "leave out `--host` to open the preview only on this computer, or use `--host 0.0.0.0` to share it"
            }
        }
    }
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken { port } => write!(f, "another program is using port {port}"),
            Self::AllTaken => {
                write!(f, "all ports from {FIRST_PORT} to {} are in use", FIRST_PORT + PORTS_TRIED - 1)
            }
            Self::UnknownHost(host) => write!(f, "cannot find the host `{host}`"),
            Self::Refused { ip, port: Some(port), source } => {
                write!(f, "cannot listen on {}: {source}", SocketAddr::new(*ip, *port))
            }
            Self::Refused { ip, port: None, source } => write!(f, "cannot listen on {ip}: {source}"),
        }
    }
}

impl std::error::Error for BindError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_port_is_the_only_one_tried() {
        let first = BoundListener::to(None, Some(0)).unwrap();
        let port = first.address.port();
        let error = BoundListener::to(None, Some(port)).unwrap_err();
        assert_eq!(error.to_string(), format!("another program is using port {port}"));
        drop(first);
        assert_eq!(BoundListener::to(None, Some(port)).unwrap().base_url(), format!("http://127.0.0.1:{port}"));
    }

    #[test]
    fn without_a_port_the_first_free_one_is_used() {
        let (first, second) = (BoundListener::to(None, None).unwrap(), BoundListener::to(None, None).unwrap());
        assert!(first.address.port() >= FIRST_PORT && second.address.port() > first.address.port());
    }

    #[test]
    fn addresses_can_be_opened_in_a_browser() {
        let port_of = |bound: &BoundListener| bound.address.port();
        let named = BoundListener::to(Some("LocalHost"), Some(0)).unwrap();
        assert_eq!(named.base_url(), format!("http://localhost:{}", port_of(&named)));
        let everywhere = BoundListener::to(Some("0.0.0.0"), Some(0)).unwrap();
        assert_eq!(everywhere.base_url(), format!("http://localhost:{}", port_of(&everywhere)));
        assert!(matches!(BoundListener::to(Some("192.0.2.1"), Some(0)), Err(BindError::Refused { .. })));
    }
}
