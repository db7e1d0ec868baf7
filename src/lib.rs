//! annal builds a safeguarding partnership's annual report as a static website, and checks it.
//!
//! One idea holds the house together: a build is a function from a tree of source files to a tree of output files,
//! and diagnostics come along as values. The data walks through the rooms in this order:
//!
//! 1. [`source`] reads the disk and says what stands in the files, every value with its place;
//! 2. [`model`] says what it means: the model;
//! 3. [`rules`] say what is wrong with it;
//! 4. [`render`] makes pages of it;
//! 5. [`output`] puts them where readers find them; [`cli`] is what people type.
//!
//! [`pipeline`] is the walk itself, [`cache`] what need not be done again, [`diagnostic`] what people are told.

pub mod cache;
pub mod chart;
pub mod cli;
pub mod diagnostic;
pub mod escape;
pub mod model;
pub mod options;
pub mod output;
pub mod pipeline;
pub mod preview;
pub mod quantity;
pub mod render;
pub mod rules;
pub mod source;
