//! Ctrl-C in a long piece of work: the first time it stops in order, the second time at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::terminal::say;

/// What a shell gives to a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Whether Ctrl-C was pressed.
#[derive(Clone)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Says this the first time. Needs a running tokio, on which it waits.
    pub fn on_ctrl_c(words: &'static str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                // The second time nobody wants to wait; what is written down is enough to go on.
                if pressed.swap(true, Ordering::Relaxed) {
                    process::exit(INTERRUPTED);
                }
                say(words);
            }
        });
        Self(stop)
    }

    /// Whether to stop.
    pub fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
