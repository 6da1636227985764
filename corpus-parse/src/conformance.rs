//! What every format promises, as tests: see [`conformance!`](crate::conformance!).

/// Tests that a format keeps the promises.
#[macro_export]
macro_rules! conformance {
    ($format:expr) => {};
}
