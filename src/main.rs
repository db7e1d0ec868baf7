//! The `annal` program: a thin wrapper around the library.

use std::process::ExitCode;

/// A build allocates millions of small strings on every core. The system's allocator would take a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annal::run()
}
