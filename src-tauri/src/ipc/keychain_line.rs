//! The line before the keychain. Whoever stands in it costs no thread, so however many wait for a keychain
//! that is slow or does not answer at all, everything else goes on.

use std::time::Duration;

use signet_app::KeychainError;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::IpcError;

/// So many commands have a thread. The keychain answers them one after the other, and what else they do
/// keeps the cores busy meanwhile.
const MAX_AT_ONCE: usize = 16;

/// So many have a place in the line, those with a thread among them.
const MAX_WAITING: usize = 1_024;

/// As long as the keychain itself has to answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct KeychainLine {
    waiting: Semaphore,
    asking: Semaphore,
    patience: Duration,
}

impl Default for KeychainLine {
    fn default() -> Self {
        Self::with(MAX_WAITING, MAX_AT_ONCE, PATIENCE)
    }
}

/// The turn of one command, until it is dropped.
pub(super) struct Turn<'a> {
    _waiting: SemaphorePermit<'a>,
    _asking: SemaphorePermit<'a>,
}

impl KeychainLine {
    fn with(waiting: usize, asking: usize, patience: Duration) -> Self {
        Self { waiting: Semaphore::new(waiting), asking: Semaphore::new(asking), patience }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`IpcError::Keychain(KeychainError::Busy)`] where too many wait already, or none of them got on in time.
    pub(super) async fn turn(&self) -> Result<Turn<'_>, IpcError> {
        let waiting =
            self.waiting.try_acquire().map_err(|_| IpcError::Keychain(KeychainError::Busy))?;
        let asking = timeout(self.patience, self.asking.acquire()).await;
        let asking =
            asking.ok().and_then(Result::ok).ok_or(IpcError::Keychain(KeychainError::Busy))?;
        Ok(Turn { _waiting: waiting, _asking: asking })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn one_after_the_other_gets_its_turn() {
        let line = KeychainLine::with(8, 1, LONG);
        for _ in 0..20 {
            drop(line.turn().await.unwrap());
        }
        let first = line.turn().await.unwrap();
        let (second, ()) = tokio::join!(line.turn(), async { drop(first) });
        second.unwrap();
    }

    #[tokio::test]
    async fn who_waits_too_long_or_finds_too_many_waiting_is_told_that_it_is_busy() {
        let line = KeychainLine::with(2, 1, Duration::from_millis(20));
        let first = line.turn().await.unwrap();
        let (second, third) = tokio::join!(line.turn(), line.turn());
        assert_eq!(second.err(), Some(IpcError::Keychain(KeychainError::Busy)));
        assert_eq!(third.err(), Some(IpcError::Keychain(KeychainError::Busy)));
        drop(first);
        line.turn().await.unwrap();
    }
}
