//! A progress bar for long work, on a terminal only.

use std::io::{self, Read};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::session::Session;

/// So often a bar is drawn.
const DRAWN_PER_SECOND: u8 = 8;
/// A run shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar for `total` bytes, or a counter where the size is not known; hidden unless somebody looks.
pub(crate) fn bar(session: &Session, total: u64) -> ProgressBar {
    if !session.shows_progress() {
        return ProgressBar::hidden();
    }
    let (bar, template) = if total > 0 {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        (bar, "{bar:30} {percent:>3} %  {bytes} of {total_bytes}  {bytes_per_sec}  {eta} left")
    } else {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        (bar, "{spinner} {bytes}  {bytes_per_sec}")
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━━ "));
    }
    bar
}

/// A reader that moves the bar, and shows it once the work proves long.
pub(crate) struct Counted<R> {
    inner: R,
    bar: ProgressBar,
    /// Whether the bar is wanted and not yet shown.
    waiting: bool,
}

impl<R> Counted<R> {
    pub(crate) fn new(inner: R, bar: &ProgressBar, session: &Session) -> Counted<R> {
        Counted { inner, bar: bar.clone(), waiting: session.shows_progress() }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if self.waiting && self.bar.elapsed() >= PATIENCE {
            self.waiting = false;
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN_PER_SECOND));
            }
        }
        self.bar.inc(n as u64);
        Ok(n)
    }
}
