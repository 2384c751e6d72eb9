//! The use cases: what a person does with sites, keys and links, over narrow ports.
//!
//! Here: sites ([`sites`]) and their keys, added, restored, changed and removed ([`keys`]), made here and registered
//! with CloudFront ([`registration`]), replaced one by another ([`replacement`]), found where a list has lost them ([`orphans`]);
//! setting CloudFront up for one ([`setup`]); making a link ([`links`]) from what a person asks for ([`recipe`]) and many
//! from a list ([`batch`]), whether one is tried ([`opening`]), the links that were made ([`history`]), the documents
//! themselves in their storage ([`documents`]), where that is ([`storage`], [`site_storage`]) and the access key to it
//! ([`access_key`], [`access_keys`]), and a document that is put
//! there with its link ([`sharing`]).
//! A port stands beside what is asked through it: [`keychain`], [`profile`], the history's store, and those of the set-up.
//! Deliberately not here: how a keychain or a folder is reached (the crate `signet-os` does that
//! behind [`Keychain`], [`Profile`] and [`HistoryStore`]), any window, and the practice edge, whose key is
//! never kept and whose links are not remembered.

mod access_key;
mod access_keys;
mod ask_error;
mod batch;
pub mod documents;
mod hex_id;
mod history;
mod key;
mod keychain;
mod keys;
mod links;
mod login;
mod opening;
mod orphans;
mod profile;
mod reach;
mod recipe;
mod registration;
mod replacement;
mod save_error;
mod settings;
pub mod setup;
pub mod sharing;
mod signing_parameters;
mod site;
mod site_storage;
mod sites;
mod storage;
mod zoom;

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use signet_cloudfront::lifetime::Lifetime;

pub use access_key::{AccessKey, AccessKeyTextError};
pub use access_keys::{ForgetAccessKeyError, OpenAccessKeyError, SetAccessKeyError};
pub use batch::{
    Busy, LinkBatch, ListReader, ListRow, MadePart, MadeRow, PlanError, Question, ReadRow,
    RowError, RowState, RowsFilter, Run, Stage, Tally, Trouble,
};
pub use history::{
    BatchId, BatchPlan, ENDING_SECONDS, EntryError, EntryId, ExportRow, GoOnError, HeldBatch,
    HistoryEntry, HistoryPage, HistoryQuery, HistorySort, HistoryStore, HistoryStoreError,
    LinkState, MadeLink, Note, NoteError, PlannedLink, SetNoteError, SignAgainError, StateCounts,
    StateFilter, UnfinishedBatch,
};
pub use key::{Key, KeyId, Name, NameError, RegisteredKey, Registration};
pub use keychain::{Keychain, KeychainError, ListKeychainError};
pub use keys::{
    AddKeyError, ChangeHashError, NewKey, NewKeyError, OpenKeyError, RemoveKeyError, RenameError,
    RestoreKeyError,
};
pub use links::{CreateLinkError, NewLink, link_with};
pub use opening::{FreshLink, NotTried};
pub use orphans::{Orphan, OrphanError, Orphans, RestoreOrphanError};
pub use profile::{Profile, SettingsError};
pub use recipe::{ChosenLimits, LimitsError, LinkRecipe};
pub use registration::{MakeKeyError, PlaceError, RegisterKeyError};
pub use replacement::{ReplaceKeyError, ReplacementState, SwitchKeyError};
pub use save_error::SaveError;
pub use settings::{Choices, Settings};
pub use signing_parameters::SigningParameters;
pub use site::{Site, SiteId, SiteState};
pub use site_storage::SetStorageError;
pub use sites::{AddSiteError, ChangeSiteError, RememberSetUpError, RemoveSiteError};
pub use storage::{Storage, StorageError, TypedStorage};
pub use zoom::{Zoom, ZoomChange};

/// The keys, last choices and links of one person on one computer.
///
/// Every method may wait for the keychain, the disk or another Signet: call it off the window's thread.
/// What only asks for keys and choices answers from memory.
pub struct App {
    keychain: Box<dyn Keychain>,
    profile: Box<dyn Profile>,
    known: Mutex<Known>,
    turn: Mutex<()>,
    history_store: Option<Box<dyn HistoryStore>>,
    removed: Mutex<Vec<HistoryEntry>>,
}

/// What is kept, as far as it is known.
struct Known {
    settings: Settings,
    /// Why it is not known what is kept now.
    trouble: Option<SettingsError>,
    /// How often it became something else, and how often by another program.
    edition: u64,
    elsewhere: u64,
}

impl App {
    /// Begins with what is kept.
    pub fn new(keychain: Box<dyn Keychain>, profile: Box<dyn Profile>) -> Self {
        let known = match profile.read() {
            Ok(settings) => Known { settings, trouble: None, edition: 0, elsewhere: 0 },
            Err(error) => {
                let (settings, trouble) = (Settings::default(), Some(error));
                Known { settings, trouble, edition: 0, elsewhere: 0 }
            }
        };
        let (known, turn, removed) = (Mutex::new(known), Mutex::default(), Mutex::default());
        Self { keychain, profile, known, turn, history_store: None, removed }
    }

    /// Remembers from now on which links are made.
    #[must_use]
    pub fn with_history(self, store: Box<dyn HistoryStore>) -> Self {
        Self { history_store: Some(store), ..self }
    }

    /// Why it is not known which keys there are, if so: those that are given then are those that were
    /// known before. Nothing can be changed until [`App::look_again`] finds it readable.
    pub fn trouble(&self) -> Option<SettingsError> {
        self.known().trouble
    }

    /// Takes over what another program changed. Cheap where none did.
    pub fn look_again(&self) {
        if self.trouble().is_none() && !self.profile.is_changed() {
            return;
        }
        // A change that is under way takes over what it finds.
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        self.take_over(self.profile.read(), true);
    }

    /// Another number whenever what is known became something else, by whomever.
    pub fn edition(&self) -> u64 {
        self.known().edition
    }

    /// Another number whenever another program was seen to have changed what is kept.
    pub fn changes_elsewhere(&self) -> u64 {
        self.known().elsewhere
    }

    /// What was chosen last.
    pub fn choices(&self) -> Choices {
        self.known().settings.choices.clone()
    }

    /// Changes the size, for the next start too. Where that cannot be written down it holds until the
    /// program ends, for a person who cannot read must not be kept from reading by a full disk.
    pub fn zoom(&self, from: Zoom, change: ZoomChange) -> Zoom {
        let zoom = from.changed(change);
        if zoom != self.choices().zoom {
            let _: Result<(), SettingsError> = self.rewrite(|settings| {
                settings.choices.zoom = zoom;
                Ok(())
            });
        }
        zoom
    }

    /// Remembers with what links are made, for the next start; whoever makes a link last is right. A fixed
    /// date is not chosen again: the lifetime before it stays. A key that was removed elsewhere is not
    /// chosen. Where it cannot be written down, the old choice stands, for that must not cost a link.
    fn remember(&self, key: &KeyId, lifetime: Lifetime) {
        let is_fixed =
            matches!(lifetime, Lifetime::OnDay(_) | Lifetime::Until(_) | Lifetime::Written(_));
        let again = (!is_fixed).then_some(lifetime);
        let chosen = |settings: &Settings| {
            let site = settings.site_with(key)?.id.clone();
            let lifetime = again.or(settings.choices.lifetime);
            Some(Choices { site: Some(site), lifetime, ..settings.choices })
        };
        let is_known = {
            let known = self.known();
            chosen(&known.settings).is_none_or(|chosen| chosen == known.settings.choices)
        };
        if is_known {
            return;
        }
        let _: Result<(), SettingsError> = self.rewrite(|settings| {
            if let Some(chosen) = chosen(settings) {
                settings.choices = chosen;
            }
            Ok(())
        });
    }

    /// Changes what is kept, as it is and not as it was when this program read it; where the change is
    /// refused or cannot be saved, nothing. What another program changed before is taken over either way.
    fn rewrite<T, E: From<SettingsError>>(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<T, E>,
    ) -> Result<T, E> {
        // Until it is known here, so that an older settings never takes the place of a newer one.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.known().settings.clone();
        let (mut change, mut outcome, mut was_changed) = (Some(change), None, false);
        let kept = self.profile.update(&mut |settings| {
            let Some(change) = change.take() else { return };
            was_changed = *settings != before;
            let mut next = settings.clone();
            let changed = change(&mut next);
            if changed.is_ok() {
                *settings = next;
            }
            outcome = Some(changed);
        });
        let failed = kept.as_ref().err().copied();
        self.take_over(kept, was_changed);
        match (failed, outcome) {
            (Some(error), _) => Err(error.into()),
            (None, outcome) => outcome.expect("what is kept was given to be changed"),
        }
    }

    /// Knows from now on what was read or kept.
    fn take_over(&self, kept: Result<Settings, SettingsError>, was_changed_elsewhere: bool) {
        let mut known = self.known();
        match kept {
            Ok(settings) if known.trouble.is_some() || known.settings != settings => {
                (known.settings, known.trouble) = (settings, None);
            }
            Err(
                error @ (SettingsError::Newer | SettingsError::Unreadable | SettingsError::Damaged),
            ) if known.trouble != Some(error) => known.trouble = Some(error),
            // Nothing else, or it was not read, or read and not written.
            _ => return,
        }
        known.edition += 1;
        known.elsewhere += u64::from(was_changed_elsewhere);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // A panic while it was held cannot have left it half changed: it is replaced whole.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
