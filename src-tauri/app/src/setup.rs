//! CloudFront, set up for a key's links: what the account has to choose from, the plan, doing it with its
//! journal, taking it back, and whether it is in force. Each is one function here, for the window and the
//! terminal alike.
//!
//! Deliberately not here: what has to be there and what is judged ([`signet_setup`]), and how AWS,
//! the journals' files and the site are reached, which are ports: [`Accounts`], [`Journals`], [`Trials`].

mod account;
mod applying;
mod checking;
mod document_login;
pub mod handoff;
mod journals;
mod key;
mod planning;
mod trials;
mod undoing;

pub use super::reach::{NotReached, Reach};
pub use account::{
    Account, Accounts, ApplyError, FoundBucket, Kept, ListedDistribution, MadeSetUp, Progress,
    UndoError, Undone, Watch, WhyKept,
};
pub use applying::{AppliedSetUp, ApplySetUpError, Consent};
pub use checking::{CheckSetUpError, Checked, DocumentToTry, TrialKey, Tried};
pub use document_login::AccessKeyNotKept;
pub use journals::{Journals, Turn, TurnError};
pub use key::{SetUpKey, SeveralKeys};
pub use planning::{PlanSetUpError, PlannedSetUp, SetUpPlaces, SetUpRequest, SitePlace};
pub use trials::{Trial, Trials};
pub use undoing::{LostKey, UndoRequest, UndoSetUpError, UndoneSetUp};

pub use crate::ask_error::{AskError, DenyingRule, ErrorCode, PlanRule};
pub use crate::login::Login;
pub use crate::save_error::{NotKept, Unreadable};

use signet_setup::Region;
use signet_setup::journal::Journal;

/// What a set-up is done with. All that is asked of AWS is asked in here, and only while one of these
/// functions runs.
pub struct SettingUp<'a, A, J, R> {
    /// Where the AWS accounts are.
    pub accounts: &'a A,
    /// Where it is written down what was made.
    pub journals: &'a J,
    /// The keys.
    pub app: &'a R,
}

/// What whoever started a long piece of work does meanwhile: shows how far it is, and stops it.
pub trait Show {
    /// How far it is.
    fn progress(&mut self, progress: Progress);

    /// Whether to stop before the next step.
    fn is_stopped(&self) -> bool;
}

/// Where an account is asked whose it is while no region is known.
pub fn any_region() -> Region {
    Region::parse("us-east-1").expect("it is a region's code")
}

/// Keeps the journal for an account that is at work, and passes on how far it is.
struct Watching<'a, T> {
    turn: &'a T,
    show: &'a mut (dyn Show + Send),
}

impl<T: Turn> Watch for Watching<'_, T> {
    fn keep(&mut self, journal: &Journal) -> Result<(), NotKept> {
        self.turn.keep(journal)
    }

    fn progress(&mut self, progress: Progress) {
        self.show.progress(progress);
    }

    fn is_stopped(&self) -> bool {
        self.show.is_stopped()
    }
}
