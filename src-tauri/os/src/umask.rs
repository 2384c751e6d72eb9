//! Which rights a file gets that says nothing of them.
//!
//! What Signet and the libraries under it write by themselves (the window's state, the web engine's
//! folders) is nobody else's, whatever the person's umask; what a person saves keeps to it.

#[cfg(unix)]
use std::sync::{Mutex, OnceLock, PoisonError};

#[cfg(unix)]
use rustix::fs::Mode;
#[cfg(unix)]
use rustix::process::umask;

#[cfg(unix)]
const OWNER_ALONE: Mode = Mode::RWXG.union(Mode::RWXO);

/// The person's own.
#[cfg(unix)]
static OF_THE_PERSON: OnceLock<Mode> = OnceLock::new();

/// From here on the process makes files for their owner alone. For the beginning of a program, before
/// it has threads: what another thread makes in that moment may be made either way.
pub fn tighten() {
    #[cfg(unix)]
    OF_THE_PERSON.get_or_init(|| umask(OWNER_ALONE));
}

/// Does something with the person's own umask, for a program that is started and is not Signet. A file
/// that another thread makes meanwhile without saying its rights has the usual ones.
pub fn as_the_person_has_it<T>(what: impl FnOnce() -> T) -> T {
    #[cfg(unix)]
    if let Some(own) = OF_THE_PERSON.get() {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        umask(*own);
        let done = what();
        umask(OWNER_ALONE);
        return done;
    }
    what()
}

/// The rights of an ordinary new file as the person wants them; `None` where the umask is still theirs.
#[cfg(unix)]
pub(crate) fn of_a_new_file() -> Option<u32> {
    OF_THE_PERSON.get().map(|own| 0o666 & !own.as_raw_mode())
}
