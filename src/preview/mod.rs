//! `annal serve`: serves the site and the editor's desk from memory, and rebuilds them while people write.
//!
//! Two threads share one value. One (`build_loop`) waits for changes on disk, builds the site with warm caches, and
//! publishes a `Snapshot`: the pages, the problems, the desk. The other (`server`) answers requests from the latest
//! snapshot and notifies open tabs (`sse`) when there is a new one. Only the desk changes files (`actions`), through room
//! `edit`. Nothing from a request is executed, and addresses are looked up in a map, so no path can leave the site.

#![allow(clippy::disallowed_methods, reason = "this module watches the disk and measures time")]

mod access;
mod actions;
mod build_loop;
mod desk;
mod handler;
pub(crate) mod inject;
mod listener;
mod media_type;
mod page_urls;
mod problems;
mod server;
mod snapshot;
mod sse;
mod watch;
mod write_timeout;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;
use tokio::sync::watch as newest;

use self::access::AccessPolicy;
pub(crate) use self::desk::{Need, needs};
pub(crate) use self::listener::BindError;
use self::listener::BoundListener;
use self::server::Server;
use self::watch::{WatchSignal, Watcher};
use crate::pipeline::MemoryBuild;
use crate::platform::interrupted;
use crate::source::SourceTree;

/// Receives the preview's log, one line at a time.
pub(crate) type LogSink = Arc<dyn Fn(&str) + Send + Sync>;

/// The settings of a preview.
#[derive(Clone, Debug, Default)]
pub struct PreviewSettings {
    /// The site's folder.
    pub root: PathBuf,
    /// The name or address to listen on. The default is loopback.
    pub host: Option<String>,
    /// The port to listen on, or 0 for any port. The default is the first free one from 4000.
    pub port: Option<u16>,
    /// Whether to check for changes at short intervals instead of waiting for the system to report them.
    pub poll: bool,
    /// The date to use as today, for deadlines.
    pub today: Date,
    /// Whether the desk may change files even if other computers can reach the preview.
    pub allow_writes: bool,
    /// Whether interrupting the process stops the preview.
    pub stop_on_interrupt: bool,
}

/// A preview that is listening on its port but not running yet.
pub struct Preview {
    settings: PreviewSettings,
    bound: BoundListener,
    stop: Stopper,
    say: LogSink,
}

/// Stops a preview from another thread.
#[derive(Clone)]
pub struct Stopper(Arc<newest::Sender<bool>>);

impl Stopper {
    /// Stops the preview: closes all connections and frees the port.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Preview {
    /// Binds the port given in `settings`. `say` receives the log while the preview runs.
    ///
    /// # Errors
    ///
    /// If the port is in use, or the host is not an address of this computer.
    pub fn bind(settings: PreviewSettings, say: LogSink) -> Result<Self, BindError> {
        let bound = BoundListener::to(settings.host.as_deref(), settings.port)?;
        Ok(Self { settings, bound, stop: Stopper(Arc::new(newest::Sender::new(false))), say })
    }

    /// The address to open in a browser, without a `/` at the end. The site has to be built for this address.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.bound.base_url()
    }

    /// Whether other computers can reach the preview, because it does not listen on a loopback address only.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        !listener::is_loopback(self.bound.address.ip())
    }

    /// A handle that stops the preview.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        self.stop.clone()
    }

    /// Builds the site with `build`, now and after each change, and serves it until the preview is stopped.
    ///
    /// # Errors
    ///
    /// If the site's folder cannot be found, or the system cannot provide a thread or socket.
    pub fn run(self, build: impl FnMut(&SourceTree) -> MemoryBuild + Send + 'static) -> io::Result<()> {
        let Self { settings, bound, stop, say } = self;
        let root = settings.root.canonicalize()?;
        let (publish, newest) = newest::channel(None);
        let (watcher, signals) = Watcher::new(&root, settings.poll, &say);
        let worker_says = Arc::clone(&say);
        thread::Builder::new().name("preview".to_owned()).spawn(move || {
            build_loop::work(
                (&root, settings.today),
                watcher,
                build,
                |snapshot| _ = publish.send_replace(Some(snapshot)),
                &worker_says,
            );
        })?;
        let guard = AccessPolicy::new(&bound, settings.allow_writes);
        let server = Server { guard, newest, stop: stop.0.subscribe(), say, writing: Arc::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            if settings.stop_on_interrupt {
                tokio::spawn(async move {
                    interrupted().await;
                    stop.stop();
                });
            }
            let listener = tokio::net::TcpListener::from_std(bound.listener)?;
            server.run(listener).await;
            io::Result::Ok(())
        })?;
        // A running build writes nothing, so there is no need to wait for it.
        _ = signals.send(WatchSignal::Stop);
        Ok(())
    }
}
