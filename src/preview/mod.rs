//! `annal serve`: the site from memory, kept up to date while people write, and the editor's desk.
//!
//! Two threads share one value. One (`worker`) waits for changes on disk, builds the site with a warm memo, and hands
//! over an `SiteContext`: the pages, the faults, the desk. The other (`server`) answers requests from
//! the newest edition and tells the tabs that listen (`events`) when there is another. Nothing is written, nothing
//! from a request is executed, and addresses are looked up in a map, so that no path climbs out of it.

#![allow(clippy::disallowed_methods, reason = "this room watches the disk and counts the time")]

mod access;
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
pub(crate) use self::listener::BindError;
use self::listener::BoundListener;
use self::server::Server;
use self::watch::{WatchSignal, Watcher};
use crate::diagnostic::Diagnostic;
use crate::pipeline::BuildOutput;
use crate::source::SourceTree;

/// Takes what the preview has to say, one line at a time.
pub(crate) type LogSink = Arc<dyn Fn(&str) + Send + Sync>;

/// What a preview is asked for.
#[derive(Clone, Debug, Default)]
pub struct PreviewSettings {
    /// The site's folder.
    pub root: PathBuf,
    /// The name or address to listen on; loopback where there is none.
    pub host: Option<String>,
    /// The port to listen on, 0 for any; the first free one from 4000 where there is none.
    pub port: Option<u16>,
    /// Whether to look for changes again and again in place of being told of them by the system.
    pub poll: bool,
    /// The day to go by, for lateness.
    pub today: Date,
    /// Whether the process being interrupted stops the preview.
    pub stop_on_interrupt: bool,
}

/// A preview that has its port and is yet to run.
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
    /// Stops it: no more connections, those that there are end, and the port is free.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Preview {
    /// Takes the port that `settings` ask for. What is to be told while it runs goes to `say`.
    ///
    /// # Errors
    ///
    /// Where the port is taken or the host is not this machine's.
    pub fn bind(settings: PreviewSettings, say: LogSink) -> Result<Self, BindError> {
        let bound = BoundListener::to(settings.host.as_deref(), settings.port)?;
        Ok(Self { settings, bound, stop: Stopper(Arc::new(newest::Sender::new(false))), say })
    }

    /// The address to open in a browser, without a `/` at its end. The site is to be built for it.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.bound.base_url()
    }

    /// Whether other computers can reach it: it listens on more than this machine's own loopback address.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        !listener::is_loopback(self.bound.address.ip())
    }

    /// What stops the preview.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        self.stop.clone()
    }

    /// Shows what `build` makes of the site's files, now and after each change, until it is stopped.
    ///
    /// # Errors
    ///
    /// Where the site's folder cannot be found, or the system gives no thread or socket.
    pub fn run(
        self,
        build: impl FnMut(&SourceTree, Vec<Diagnostic>) -> BuildOutput + Send + 'static,
    ) -> io::Result<()> {
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
                |edition| _ = publish.send_replace(Some(edition)),
                &worker_says,
            );
        })?;
        let server = Server { guard: AccessPolicy::new(&bound), newest, stop: stop.0.subscribe(), say };
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
        // A build that is under way writes nothing, so nobody waits for it.
        _ = signals.send(WatchSignal::Stop);
        Ok(())
    }
}

/// Waits until the process is told to stop.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Where no signal can be waited for, the system's own way of stopping stays.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
