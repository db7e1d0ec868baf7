//! The one door through which `content/` is written: the smallest change, and everything else byte for byte.
//!
//! [`replace`] changes a text at places, [`front_matter`] sets a key or replaces the body of a submission, [`remove_key`](mod@remove_key) removes a key, [`sign_off`] sets
//! those of a sign-off, and [`write`](mod@write) puts the result on disk. The first three work on texts alone, so that a change can be shown before
//! anything is written ([`difference`]).

pub(crate) mod chase_log;
pub(crate) mod difference;
pub(crate) mod fix;
pub(crate) mod front_matter;
pub(crate) mod remove_key;
pub(crate) mod replace;
pub(crate) mod sign_off;
pub(crate) mod taken_in;
pub(crate) mod write;
pub(crate) mod yaml_content;
