//! The server-sent events that tabs listen to: one short event for each snapshot.

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

/// How often a comment is sent if there is no event, so that each side notices when the other has gone.
const BEAT: Duration = Duration::from_secs(15);
/// Sent first: how many milliseconds a tab waits before it reconnects.
const RETRY: &[u8] = b"retry: 400\n\n";

/// The latest snapshot. `None` before the first build.
pub(crate) type LatestSnapshot = watch::Receiver<Option<Arc<Snapshot>>>;

/// The body of a response.
pub(crate) enum ResponseBody {
    /// A complete file.
    Whole(Option<Bytes>),
    /// An endless stream of events.
    News(EventStream),
}

/// The event stream of one tab. Events are not queued: a tab that is slow gets only the latest snapshot when it is
/// ready, so it costs nothing.
pub(crate) struct EventStream {
    next: Pin<Box<dyn Future<Output = NextEvent> + Send>>,
}

/// The next event, with the cursor after it. `None` when the preview stops.
type NextEvent = Option<(EventCursor, Bytes)>;

/// How far a tab has followed the events.
struct EventCursor {
    newest: LatestSnapshot,
    stop: watch::Receiver<bool>,
    /// The number of the last snapshot that was sent.
    sent: Option<u64>,
}

impl EventStream {
    /// The events from the latest snapshot on, until `stop` becomes true.
    pub(crate) fn new(newest: LatestSnapshot, stop: watch::Receiver<bool>) -> Self {
        let cursor = EventCursor { newest, stop, sent: None };
        Self { next: Box::pin(async { Some((cursor, Bytes::from_static(RETRY))) }) }
    }
}

impl EventCursor {
    /// Waits for the next event. Returns `None` when the preview stops.
    async fn next(mut self) -> NextEvent {
        loop {
            let newest = self.newest.borrow_and_update().clone();
            if let Some(snapshot) = newest.filter(|snapshot| self.sent != Some(snapshot.number)) {
                let is_next = self.sent.is_some_and(|sent| sent + 1 == snapshot.number);
                self.sent = Some(snapshot.number);
                let news = if is_next { &snapshot.news } else { &snapshot.whole_news };
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
    // If the sender has gone, nothing else can stop the preview, so it stops as well.
    _ = stop.wait_for(|stop| *stop).await;
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::News(news) => news.next.as_mut().poll(cx).map(|next| {
                let (cursor, bytes) = next?;
                news.next = Box::pin(cursor.next());
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
