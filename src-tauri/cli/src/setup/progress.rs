//! A long piece of work in a terminal: each step is said as it begins, and Ctrl-C stops before the
//! next one.

use signet_app::setup::{Progress, Show};
use signet_cloudfront::foreign;

use super::words;
use crate::interrupt::Stop;
use crate::terminal::say;

/// Shows progress on the error stream.
pub struct Terminal {
    stop: Stop,
    is_waiting: bool,
}

impl Terminal {
    /// Needs a running tokio, on which it waits for Ctrl-C.
    pub fn new() -> Self {
        let stop = Stop::on_ctrl_c("Stopping after this step; once more stops at once.");
        Self { stop, is_waiting: false }
    }
}

impl Show for Terminal {
    fn progress(&mut self, progress: Progress) {
        let is_waiting = matches!(progress, Progress::Waiting { .. });
        // Once for a wait is enough.
        if !is_waiting || !self.is_waiting {
            say(&foreign::line(&words::progress(&progress)));
        }
        self.is_waiting = is_waiting;
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed()
    }
}
