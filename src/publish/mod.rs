//! Puts a built site where the public reads it, in an order in which no reader ever meets half of it.
//!
//! ```text
//! built site ─► plan ─► refusals ─► claim ─► files, stage by stage ─► removals ─► manifest
//! ```
//!
//! Each target keeps a manifest ([`manifest::TargetManifest`]): the hash of every file that is live, and which releases
//! there were. It alone decides what is sent. Before the first file changes, the manifest says what is about to change
//! (a *claim*), so that a second publisher is refused and the run after one that was cut off knows what to finish.

#![allow(
    clippy::disallowed_methods,
    reason = "this room reads the built site, writes to targets, and measures how long they stay silent"
)]

mod content_type;
mod environment;
mod error;
mod folder;
mod local_lock;
mod manifest;
mod plan;
mod redirects;
mod refusal;
mod release;
#[cfg(feature = "network")]
mod retry;
mod run;
#[cfg(feature = "network")]
mod s3;
mod settings;
#[cfg(feature = "network")]
mod sftp;
mod site;
mod stage;
mod target;
mod titles;
mod zip;

pub(crate) use environment::{Credentials, NetworkEnvironment};

pub(crate) use error::PublishError;
pub(crate) use manifest::TargetManifest;
pub(crate) use plan::{Plan, pages};
pub(crate) use refusal::{PublishRefusal, check};
pub(crate) use release::{HistoryEntry, ReleaseId};
pub(crate) use run::{Occasion, Publisher, Turn};

pub(crate) use settings::{Settings, SiteSettings};
pub(crate) use site::BuiltSite;
pub(crate) use titles::PageTitles;

/// A claim without a sign of life for this long has expired.
const CLAIM_SECONDS: u64 = 60;

/// How often a run gives a sign of life.
const HEARTBEAT_SECONDS: u64 = 20;
