//! A progress bar for long work, on a terminal only.

use std::io::{self, Read};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::session::Session;

/// How long a run lasts before its bar shows; short runs stay quiet.
const REDRAWN_PER_SECOND: u8 = 8;

/// A bar for `total` bytes, or a counter where the size is not known; hidden unless somebody looks.
pub(crate) fn bar(session: &Session, total: u64) -> ProgressBar {
    if !session.shows_progress() {
        return ProgressBar::hidden();
    }
    let (bar, template) = if total > 0 {
        (
            ProgressBar::new(total),
            "{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {bytes_per_sec}  {eta} left",
        )
    } else {
        (ProgressBar::no_length(), "{spinner} {bytes}  {bytes_per_sec}")
    };
    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr_with_hz(REDRAWN_PER_SECOND));
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━━ "));
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// A reader that moves the bar.
pub(crate) struct Counted<R> {
    pub(crate) inner: R,
    pub(crate) bar: ProgressBar,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bar.inc(n as u64);
        Ok(n)
    }
}
