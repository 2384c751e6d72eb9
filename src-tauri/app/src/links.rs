//! One link: address and lifetime are parsed, the key is opened, signs, and is dropped at once.

use chrono::TimeZone;
use thiserror::Error;

use super::App;
use super::history::HistoryStoreError;
use super::history::{EntryId, MadeLink, Note};
use super::key::{KeyId, RegisteredKey};
use super::keys::OpenKeyError;
use super::recipe::{ChosenLimits, LimitsError, LinkRecipe};
use super::signing_parameters::SigningParameters;
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::clock::{self, ClockWrong};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};

/// Enough for a slow answer, and for a clock that is a little wrong.
const TRIAL_SECONDS: i64 = 300;

/// A link that was just made.
#[derive(Debug)]
pub struct NewLink {
    /// What is handed out.
    pub link: SignedUrl,
    /// What it opens.
    pub address: DocumentAddress,
    /// When it works and within which limits.
    pub terms: LinkConditions,
    /// Its entry in the history, where one is kept; or why there is none though one should be.
    pub entry: Result<Option<EntryId>, HistoryStoreError>,
}

/// Why no link was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateLinkError {
    /// The clock cannot be believed, so the link would not end when it says.
    #[error(transparent)]
    Clock(#[from] ClockWrong),
    /// The address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The lifetime cannot be used.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// The limits cannot be kept.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// The key could not be opened.
    #[error(transparent)]
    Key(#[from] OpenKeyError),
    /// Signing failed, or the link would be too long.
    #[error(transparent)]
    Sign(#[from] SignUrlError),
}

impl App {
    /// Makes a link with a key of the list, writes it down, and remembers with what it was made. It is
    /// made and handed out also where it could not be written down.
    ///
    /// # Errors
    /// [`CreateLinkError`]; the keychain is only asked once everything else is in order.
    pub fn create_link<Z: TimeZone>(
        &self,
        id: &KeyId,
        recipe: &LinkRecipe,
        note: &Note,
        now: i64,
        zone: &Z,
    ) -> Result<NewLink, CreateLinkError> {
        let record = self.registered_key(id).ok_or(OpenKeyError::Unknown)?;
        let open_key = || Ok(self.open_key(&record.id)?);
        let made = link_with(&record.signer(), recipe, now, self.day_end(id), zone, open_key)?;
        let entry = self.write_down(&made, &record, note, now);
        self.remember(id, recipe.lifetime);
        Ok(NewLink { entry, ..made })
    }

    /// The same for a document whose address is known and was typed by nobody: of that very document.
    ///
    /// # Errors
    /// [`CreateLinkError`], as above.
    #[expect(clippy::too_many_arguments, reason = "the parts of a recipe without what was typed")]
    pub(crate) fn create_link_to<Z: TimeZone>(
        &self,
        id: &KeyId,
        address: &DocumentAddress,
        lifetime: Lifetime,
        limits: &ChosenLimits,
        note: &Note,
        now: i64,
        zone: &Z,
    ) -> Result<NewLink, CreateLinkError> {
        let record = self.registered_key(id).ok_or(OpenKeyError::Unknown)?;
        let open_key = || Ok(self.open_key(&record.id)?);
        let day_end = self.day_end(id);
        let asked = Asked { address: address.clone(), lifetime, limits };
        let made = link_to(&record.signer(), asked, now, day_end, zone, open_key)?;
        let entry = self.write_down(&made, &record, note, now);
        self.remember(id, lifetime);
        Ok(NewLink { entry, ..made })
    }

    /// When a link would work that is made now, and within which limits. The keychain is not asked.
    ///
    /// # Errors
    /// [`CreateLinkError`], as [`App::create_link`] would give it before it asks the keychain.
    pub(crate) fn conditions_for<Z: TimeZone>(
        &self,
        id: &KeyId,
        address: &DocumentAddress,
        lifetime: Lifetime,
        limits: &ChosenLimits,
        now: i64,
        zone: &Z,
    ) -> Result<LinkConditions, CreateLinkError> {
        let site = self.registered_key(id).ok_or(OpenKeyError::Unknown)?.site;
        clock::believe(now)?;
        let expires_at = lifetime.expires_at(now, self.day_end(id), zone)?;
        Ok(limits.terms(address, &site, expires_at, zone)?)
    }

    /// A link for one trial of a document: it ends before it could be handed on, and is written down
    /// nowhere.
    ///
    /// # Errors
    /// [`CreateLinkError::Clock`], [`CreateLinkError::Key`] and [`CreateLinkError::Sign`].
    pub fn trial_link(
        &self,
        record: &RegisteredKey,
        address: &DocumentAddress,
        now: i64,
    ) -> Result<SignedUrl, CreateLinkError> {
        clock::believe(now)?;
        let key = self.open_key(&record.id)?;
        let (id, hash) = (&record.public_key_id, Some(record.hash));
        Ok(trial_link_with(&key, id, hash, address, now)?.0)
    }

    fn write_down(
        &self,
        link: &NewLink,
        record: &RegisteredKey,
        note: &Note,
        now: i64,
    ) -> Result<Option<EntryId>, HistoryStoreError> {
        let Some(store) = &self.history_store else {
            return Ok(None);
        };
        let made = MadeLink {
            address: link.address.clone(),
            signer: record.signer(),
            key: record.id.clone(),
            key_name: record.name.clone(),
            terms: link.terms.clone(),
            created_at: now,
        };
        store.append(&made, note).map(Some)
    }
}

/// A link for one trial, and when it ends; `hash` is the kind's where the list has none for the key.
pub(crate) fn trial_link_with(
    key: &SigningKey,
    id: &PublicKeyId,
    hash: Option<HashAlgorithm>,
    address: &DocumentAddress,
    now: i64,
) -> Result<(SignedUrl, i64), CreateLinkError> {
    let end = clock::end_after(now, TRIAL_SECONDS)?;
    let hash = hash.unwrap_or_else(|| key.default_hash());
    Ok((signed_url::sign(address, &LinkConditions::until(end), hash, key, id)?, end))
}

/// Makes a link with a key that `open_key` gives: the keychain's, or the practice key.
///
/// # Errors
/// [`CreateLinkError`]; `open_key` is only called once everything else is in order.
pub fn link_with<Z: TimeZone, K: std::borrow::Borrow<SigningKey>>(
    signer: &SigningParameters,
    recipe: &LinkRecipe,
    now: i64,
    day_end: DayEnd,
    zone: &Z,
    open_key: impl FnOnce() -> Result<K, CreateLinkError>,
) -> Result<NewLink, CreateLinkError> {
    clock::believe(now)?;
    let LinkRecipe { address, lifetime, limits } = recipe;
    let address = limits.document(address, &signer.site)?;
    link_to(signer, Asked { address, lifetime: *lifetime, limits }, now, day_end, zone, open_key)
}

/// A recipe whose address is read.
struct Asked<'a> {
    address: DocumentAddress,
    lifetime: Lifetime,
    limits: &'a ChosenLimits,
}

fn link_to<Z: TimeZone, K: std::borrow::Borrow<SigningKey>>(
    signer: &SigningParameters,
    asked: Asked<'_>,
    now: i64,
    day_end: DayEnd,
    zone: &Z,
    open_key: impl FnOnce() -> Result<K, CreateLinkError>,
) -> Result<NewLink, CreateLinkError> {
    let SigningParameters { site, public_key_id, hash } = signer;
    let Asked { address, lifetime, limits } = asked;
    clock::believe(now)?;
    let expires_at = lifetime.expires_at(now, day_end, zone)?;
    let terms = limits.terms(&address, site, expires_at, zone)?;
    let key = open_key()?;
    let link = signed_url::sign(&address, &terms, *hash, key.borrow(), public_key_id)?;
    Ok(NewLink { link, address, terms, entry: Ok(None) })
}
