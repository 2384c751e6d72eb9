//! A long piece of work in a terminal: each step is said as it begins, and Ctrl-C stops before the
//! next one.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signet_app::setup::{Progress, Show};
use signet_cloudfront::foreign;

use super::words;
use crate::terminal::say;

/// What a shell gives to a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Shows progress on the error stream.
pub struct Terminal {
    stop: Arc<AtomicBool>,
    is_waiting: bool,
}

impl Terminal {
    /// Needs a running tokio, on which it waits for Ctrl-C.
    pub fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                // The second time nobody wants to wait; the journal has what is needed to go on.
                if pressed.swap(true, Ordering::Relaxed) {
                    process::exit(INTERRUPTED);
                }
                say("Stopping after this step; once more stops at once.");
            }
        });
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
        self.stop.load(Ordering::Relaxed)
    }
}
