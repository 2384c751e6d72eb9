//! How a use case that waits for AWS comes to the keys, which are asked by calls that wait as well.

use thiserror::Error;

use crate::App;

/// The way to [`App`] from where nothing may wait: the window's is a thread of its own, when it is the
/// keychain's turn, and the terminal's is the call itself.
pub trait Reach: Sync {
    /// Does something that asks the keychain. It may have a key in its hands, so nothing of it is to stay
    /// on the stack.
    ///
    /// # Errors
    /// [`NotReached`]; then it was not done, or it is not known how far.
    fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T, NotReached>> + Send;

    /// Does something that may wait for the disk.
    ///
    /// # Errors
    /// [`NotReached`]; then it was not done, or it is not known how far.
    fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T, NotReached>> + Send;
}

/// Why [`App`] was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotReached {
    /// Too many wait for the keychain.
    #[error("too many wait for the keychain")]
    Busy,
    /// The work broke off.
    #[error("the work broke off")]
    Broken,
}
