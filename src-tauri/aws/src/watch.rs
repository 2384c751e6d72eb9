//! What whoever started a long piece of work does meanwhile: shows how far it is, keeps the journal,
//! and stops it.

use signet_app::SaveError;
use signet_core::setup::journal::{Journal, Made};
use signet_core::setup::plan::PlanStep;

/// Asked while a set-up is made or taken back.
pub trait Watch {
    /// Keeps the journal, so that it survives whatever comes next.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing more is done.
    fn keep(&mut self, journal: &Journal) -> Result<(), SaveError>;

    /// How far it is.
    fn progress(&mut self, progress: Progress);

    /// Whether to stop before the next step.
    fn is_stopped(&self) -> bool;
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A step is being done.
    Doing(PlanStep),
    /// This is being taken back.
    TakingBack(Made),
    /// CloudFront takes some minutes to switch a distribution off everywhere, before it can be removed.
    Waiting {
        /// Which.
        distribution: String,
    },
}

#[cfg(test)]
mod tests {
    use signet_core::setup::HandOver;
    use signet_core::setup::plan::Plan;

    use super::*;
    use crate::account::Account;

    /// A window runs them on threads of its own.
    #[allow(dead_code, reason = "that it compiles is the test")]
    fn all_can_run_on_any_thread(
        account: &Account,
        (wish, plan): (&HandOver, &Plan),
        journal: &mut Journal,
        watch: &mut (dyn Watch + Send),
    ) {
        fn is_send(_: impl Send) {}
        is_send(account.look(wish));
        is_send(account.inspect(wish, None));
        is_send(account.apply(wish, plan, journal, watch));
        is_send(account.take_back(journal, watch));
    }
}
