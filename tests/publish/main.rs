//! A site is published whole or not at all: to folders, zips and real servers, cut off at any moment.
//!
//! `moto` (S3 and `CloudFront`), `sshd` and, in `tests/soak publish`, `s3s-fs` run in processes of their own; `tests/run`
//! installs the first two.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "these tests are about the disk and the network")]

mod cuts;
mod folder;
mod proxy;
mod reader;
mod refusals;
mod s3;
mod servers;
mod sftp;
mod westshire;
