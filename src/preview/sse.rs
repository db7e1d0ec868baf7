//! The stream of news that tabs listen to: one short message for each edition.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::watch;
use tokio::time::sleep;

use super::snapshot::Snapshot;

/// How often a comment is sent where there is no news, so that both ends learn when the other is gone.
const BEAT: Duration = Duration::from_secs(15);
/// Sent first: how many milliseconds a tab waits before it comes back.
const RETRY: &[u8] = b"retry: 400\n\n";

/// The newest edition, once there is one.
pub(crate) type LatestSnapshot = watch::Receiver<Option<Arc<Snapshot>>>;

/// What a response holds.
pub(crate) enum ResponseBody {
    /// A file as a whole.
    Whole(Option<Bytes>),
    /// News without an end.
    News(EventStream),
}

/// One listener's stream. What it has not yet taken is not kept for it: it is told of the newest edition when it is
/// ready, so that one that stalls costs nothing.
pub(crate) struct EventStream {
    next: Pin<Box<dyn Future<Output = NextEvent> + Send>>,
}

/// A message and who was told it; nothing once the preview stops.
type NextEvent = Option<(EventCursor, Bytes)>;

/// Where a listener stands.
struct EventCursor {
    newest: LatestSnapshot,
    stop: watch::Receiver<bool>,
    /// The number of the edition that it was told of last.
    told: Option<u64>,
}

impl EventStream {
    /// The news from the newest edition on, until `stop` says that the preview stops.
    pub(crate) fn new(newest: LatestSnapshot, stop: watch::Receiver<bool>) -> Self {
        let listener = EventCursor { newest, stop, told: None };
        Self { next: Box::pin(async { Some((listener, Bytes::from_static(RETRY))) }) }
    }
}

impl EventCursor {
    /// Waits for what is to be told next; nothing once the preview stops.
    async fn next(mut self) -> NextEvent {
        loop {
            let newest = self.newest.borrow_and_update().clone();
            if let Some(edition) = newest.filter(|edition| self.told != Some(edition.number)) {
                let is_next = self.told.is_some_and(|told| told + 1 == edition.number);
                self.told = Some(edition.number);
                let news = if is_next { &edition.news } else { &edition.whole_news };
                return Some((self, news.clone()));
            }
            tokio::select! {
                changed = self.newest.changed() => changed.ok()?,
                () = stopped(&mut self.stop) => return None,
                () = sleep(BEAT) => break,
            }
        }
        Some((self, Bytes::from_static(b": still here\n\n")))
    }
}

/// Waits until the preview stops.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Where nobody is left to stop it, it stops too.
    _ = stop.wait_for(|stop| *stop).await;
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::News(news) => news.next.as_mut().poll(cx).map(|told| {
                let (listener, bytes) = told?;
                news.next = Box::pin(listener.next());
                Some(Ok(Frame::data(bytes)))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::News(_) => SizeHint::default(),
        }
    }
}
