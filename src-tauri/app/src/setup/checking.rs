//! Whether a set-up is in force, as AWS says, and as the site answers where a document is named.

use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::clock::{self, ClockWrong};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url::SignedUrl;
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::stack;
use signet_setup::behaviours::BehaviourAccess;
use signet_setup::check::{Facts, Line};
use signet_setup::document_access::{DocumentAccess, NoAccess};
use signet_setup::plan::Obstacle;
use thiserror::Error;

use super::{
    Account, Accounts, AskError, Journals, Login, NotReached, Reach, SetUpRequest, SettingUp,
    Trial, Trials,
};
use crate::access_keys::document_login;
use crate::links::trial_link_with;
use crate::storage::Storage;
use crate::{CreateLinkError, KeyId, RegisteredKey, Site};

/// A document that is asked for one byte, with a link that is made for it and without.
pub struct DocumentToTry<'a> {
    /// Which.
    pub address: DocumentAddress,
    /// What the clock says, in seconds since the Unix epoch.
    pub now: i64,
    /// What signs the link.
    pub key: TrialKey<'a>,
}

/// What signs the link of a trial.
pub enum TrialKey<'a> {
    /// The key of the list, from the keychain.
    Listed,
    /// A private key that is fetched once it is known that the link can be made; `None` where there is
    /// none after all.
    Fetched(&'a mut (dyn FnMut() -> Option<SigningKey> + Send)),
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<T> {
    /// The account's number.
    pub account: String,
    /// The lines, in the order of a set-up; those of the trial come last.
    pub lines: Vec<Line>,
    /// Who may open what of the bucket, behaviour by behaviour.
    pub access: Vec<BehaviourAccess>,
    /// The trial, where there was one.
    pub tried: Option<Tried<T>>,
}

/// A trial, and the end of its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<T> {
    /// What asking brought.
    pub trial: T,
    /// When the link ends, in seconds since the Unix epoch.
    pub expires_at: i64,
}

/// Why nothing was checked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckSetUpError {
    /// The clock cannot be believed, so a link for the trial would not end when it says. Nobody was asked.
    #[error(transparent)]
    Clock(#[from] ClockWrong),
    /// AWS did not say what is there.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The bucket is where nothing is known of.
    #[error(transparent)]
    Obstacle(#[from] Obstacle),
    /// CloudFront does not have the key, so no link opens anything.
    #[error("CloudFront does not have the key")]
    NoPublicKey,
    /// There is no private key to sign the link with.
    #[error("there is no private key")]
    NoPrivateKey,
    /// The private key is another key's.
    #[error("the private key does not belong to the public key")]
    OtherHalf,
    /// The link could not be made.
    #[error(transparent)]
    Link(#[from] CreateLinkError),
    /// The link is no address of the web.
    #[error("the document is at no address of the web")]
    NotOfTheWeb,
    /// The keychain was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

/// Where the documents lie of a key that makes links, as its distribution says: it fetches from there.
fn storage_in(
    facts: &Facts,
    record: Option<&RegisteredKey>,
    SetUpRequest { spec, login, .. }: &SetUpRequest,
) -> Option<Storage> {
    let there = facts.distribution.as_ref()?;
    let serves = |site: &SiteAddress| there.site == *site || there.config.has_alias(site.host());
    record.filter(|record| serves(&record.site))?;
    let origin_path = there.config.origin_path(&spec.bucket, &spec.region)?;
    Storage::of_set_up(spec, login, origin_path, there.id.clone())
}

/// Why documents are not reached, as a line of a check says it.
fn no_access(error: &AskError) -> NoAccess {
    match error {
        AskError::AccessKeyUnknown => NoAccess::AccessKeyUnknown,
        AskError::AccessKeyMismatch => NoAccess::AccessKeyMismatch,
        AskError::NoLogin
        | AskError::LoginUnusable
        | AskError::LoginOfTools { .. }
        | AskError::LoginExpired => NoAccess::Login,
        AskError::NoBucket | AskError::WrongRegion { .. } => NoAccess::Bucket,
        _ => NoAccess::NoAnswer,
    }
}

impl<A: Accounts, J: Journals, R: Reach> SettingUp<'_, A, J, R> {
    /// Looks whether everything is in force for the key that was named. Nothing is changed.
    ///
    /// # Errors
    /// [`CheckSetUpError`].
    pub async fn check<T: Trials>(
        &self,
        request: &SetUpRequest,
        document: Option<DocumentToTry<'_>>,
        trials: &T,
    ) -> Result<Checked<T::Trial>, CheckSetUpError> {
        if let Some(DocumentToTry { now, .. }) = &document {
            clock::believe(*now)?;
        }
        let SetUpRequest { key, spec, login, .. } = request;
        spec.check_place()?;
        let record = match key.clone() {
            Some(id) => self.app.disk(move |app| app.registered_key(&id)).await?,
            None => None,
        };
        let connected = record.as_ref().map(|record| (&record.public_key_id, &record.site));
        let account = self.accounts.open(login, &spec.region).await?;
        let facts = account.inspect(spec, connected).await?;
        let (account, mut lines) = (facts.account.clone(), facts.lines(spec));
        let access = facts.behaviours(spec);
        if let (Some(id), Some(storage)) =
            (key.clone(), storage_in(&facts, record.as_ref(), request))
        {
            self.app.disk(move |app| app.learn_storage(&id, &storage)).await?;
        }
        if let Some(id) = key.clone()
            && let Some(site) = self.app.disk(move |app| app.site_with(&id)).await?
            && let Some(access) = self.document_access(&site, login).await
        {
            lines.extend(facts.lines_of_documents(&access));
        }
        if let Some(DocumentToTry { address, .. }) = &document {
            lines.extend(facts.line_of_query(address));
        }
        let Some(document) = document else {
            return Ok(Checked { account, lines, access, tried: None });
        };
        let held = facts.public_key.filter(|held| held.is(&spec.key)).map(|held| held.id);
        let (link, expires_at) = self.link_to_try(request, record, held, document).await?;
        let trial = trials.ask(&link).await.ok_or(CheckSetUpError::NotOfTheWeb)?;
        lines.push(match trial.is_public() {
            Some(false) => Line::UnsignedRefused,
            Some(true) => Line::UnsignedOpens,
            None => Line::UnsignedUnknown,
        });
        lines.push(if trial.opens() { Line::SignedOpens } else { Line::SignedRefused });
        Ok(Checked { account, lines, access, tried: Some(Tried { trial, expires_at }) })
    }

    /// What the login of a site's documents may do where new ones are put; `None` where nobody knows where that is.
    async fn document_access(
        &self,
        site: &Site,
        login: &Login,
    ) -> Option<Result<DocumentAccess, NoAccess>> {
        let storage = site.storage.as_ref()?;
        let place = storage.place();
        let root = place.root();
        let folder = root.within(storage.folder.as_str()).unwrap_or(root);
        // Whoever checks may have another login than whoever puts documents there.
        let asked = Login { profile: None, endpoint_url: login.endpoint_url.clone() };
        let own = match document_login(self.app, &site.id, storage, asked).await {
            Ok(own) => own,
            Err(_) => return Some(Err(NoAccess::AccessKeyMissing)),
        };
        let access = self.accounts.document_access(&own, &place, &folder).await;
        Some(access.map_err(|error| no_access(&error)))
    }

    /// The link of a trial, with the id and the hash that the list has for the key, and where it has none
    /// with those that CloudFront and the kind of the key have.
    async fn link_to_try(
        &self,
        request: &SetUpRequest,
        record: Option<RegisteredKey>,
        held: Option<PublicKeyId>,
        document: DocumentToTry<'_>,
    ) -> Result<(SignedUrl, i64), CheckSetUpError> {
        let DocumentToTry { address, now, key } = document;
        let id = record.as_ref().map(|record| record.public_key_id.clone()).or(held);
        let id = id.ok_or(CheckSetUpError::NoPublicKey)?;
        let hash = record.map(|record| record.hash);
        match key {
            TrialKey::Listed => {
                let listed: KeyId = request.key.clone().ok_or(CheckSetUpError::NoPrivateKey)?;
                let made = self.app.keychain(move |app| {
                    let key = app.open_key(&listed).map_err(CreateLinkError::from)?;
                    trial_link_with(&key, &id, hash, &address, now)
                });
                Ok(made.await??)
            }
            TrialKey::Fetched(fetch) => stack::wiped_after(|| {
                let key = fetch().ok_or(CheckSetUpError::NoPrivateKey)?;
                if key.public_key().fingerprint() != request.spec.key.fingerprint() {
                    return Err(CheckSetUpError::OtherHalf);
                }
                Ok(trial_link_with(&key, &id, hash, &address, now)?)
            }),
        }
    }
}
