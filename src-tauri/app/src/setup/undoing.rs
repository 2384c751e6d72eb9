//! A set-up, taken back: what the journal holds, and the key waits to be connected again.

use signet_cloudfront::public_key_id::PublicKeyId;
use signet_setup::journal::Journal;
use signet_setup::{Names, Region};
use thiserror::Error;

use super::document_login::AccessKeyStays;
use super::{
    Account, Accounts, AskError, Journals, Kept, Login, NotReached, Reach, SetUpKey, SettingUp,
    Show, Turn, TurnError, UndoError, Undone, Unreadable, Watching,
};
use crate::{ForgetAccessKeyError, Key, Name, RegisteredKey, SettingsError};

/// What is to be taken back.
#[derive(Debug, Clone)]
pub struct UndoRequest {
    /// Of which key.
    pub key: SetUpKey,
    /// With which login.
    pub login: Login,
    /// Where the account is asked whose it is.
    pub region: Region,
}

/// What became of it.
#[derive(Debug)]
pub struct UndoneSetUp {
    /// What was left as it is. It is still in the journal,
    pub kept: Vec<Kept>,
    /// whose file is called so.
    pub file_name: String,
    /// Whether it came to its end.
    pub end: Result<(), UndoError>,
    /// What became of the key, where CloudFront does not have it any more.
    pub key: Option<LostKey>,
}

/// A key that CloudFront does not have any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostKey {
    /// The key that was named: it waits to be connected again, unless it had another id or is in no list.
    pub waiting: Result<Option<Key>, SettingsError>,
    /// Other keys of the list under the same id, whose links open nothing either.
    pub others: Vec<Name>,
}

/// Why nothing was taken back, or it is not known what.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UndoSetUpError {
    /// It was not begun.
    #[error(transparent)]
    NotBegun(#[from] TurnError),
    /// Nothing was made for this key from this computer.
    #[error("nothing was made for this key from this computer")]
    NothingMade,
    /// AWS did not say whose the account is.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// What was made cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It was made in other accounts than the login's.
    #[error("it was made in other accounts")]
    OtherAccount {
        /// In which.
        accounts: Vec<String>,
    },
    /// Whoever was asked does not want it.
    #[error("it is not wanted")]
    NotWanted,
    /// The access key for documents is removed at AWS, and the keychain or the list did not let it go. Nothing else was
    /// taken back.
    #[error(transparent)]
    AccessKey(#[from] ForgetAccessKeyError),
    /// CloudFront does not have the key any more, and the list of keys was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

impl<A: Accounts, J: Journals, R: Reach> SettingUp<'_, A, J, R> {
    /// Takes back what was made for a key from this computer, once `asked` wants what the journal says.
    ///
    /// # Errors
    /// [`UndoSetUpError`]. What AWS did not do is in [`UndoneSetUp::end`]: by then some of it is gone.
    pub async fn undo(
        &self,
        request: &UndoRequest,
        asked: &mut (dyn FnMut(&Journal) -> bool + Send),
        show: &mut (dyn Show + Send),
    ) -> Result<UndoneSetUp, UndoSetUpError> {
        let UndoRequest { key, login, region } = request;
        let name = Names::of(&key.public_half).common();
        let turn = self.journals.begin(&key.public_half)?;
        let accounts = self.journals.accounts(&name);
        if accounts.is_empty() {
            return Err(UndoSetUpError::NothingMade);
        }
        let account = self.accounts.open(login, region).await?;
        let journal = turn.journal(account.id())?;
        let mut journal = journal.ok_or(UndoSetUpError::OtherAccount { accounts })?;
        if !asked(&journal) {
            return Err(UndoSetUpError::NotWanted);
        }
        let made = journal.public_key();
        let mut watching = Watching { turn: &turn, show };
        let undone = self.undo_access_key(&account, &mut journal, &mut watching).await;
        let Undone { kept, end } = match undone {
            Ok(()) => account.undo(&mut journal, &mut watching).await,
            Err(AccessKeyStays::Undo(error)) => Undone { kept: Vec::new(), end: Err(error) },
            Err(AccessKeyStays::InKeychain(error)) => return Err(error.into()),
            Err(AccessKeyStays::NotReached(error)) => return Err(error.into()),
        };
        // It may have been stopped after the key was removed, or before.
        let key = match made.filter(|_| journal.public_key().is_none()) {
            Some(id) => Some(self.lost(key.clone(), id).await?),
            None => None,
        };
        let file_name = self.journals.file_name(&name, account.id());
        Ok(UndoneSetUp { kept, file_name, end, key })
    }

    async fn lost(&self, key: SetUpKey, id: PublicKeyId) -> Result<LostKey, NotReached> {
        let lost = move |app: &crate::App| {
            let SetUpKey { public_half, listed } = key;
            let waiting = match &listed {
                Some(listed) => app.unregister_key(listed, &id),
                None => Ok(None),
            };
            let fingerprint = public_half.fingerprint();
            let is_other = |other: &RegisteredKey| {
                other.fingerprint == fingerprint
                    && other.public_key_id == id
                    && listed.as_ref() != Some(&other.id)
            };
            let others = app
                .registered_keys()
                .into_iter()
                .filter(is_other)
                .map(|other| other.name)
                .collect();
            LostKey { waiting, others }
        };
        self.app.disk(lost).await
    }
}
