//! The program: what people type goes to the library.

use std::process::ExitCode;

/// A build makes millions of small texts on every core, which takes the system's allocator a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annal::run()
}
