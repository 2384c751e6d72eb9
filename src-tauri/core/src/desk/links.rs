//! One link: address and lifetime are parsed, the key is opened, signs, and is dropped at once.

use chrono::TimeZone;
use thiserror::Error;

use super::Desk;
use super::key_record::KeyId;
use super::keys::OpenKeyError;
use crate::address::{AddressError, DocumentAddress};
use crate::key::SigningKey;
use crate::lifetime::{Lifetime, LifetimeError};
use crate::public_key_id::PublicKeyId;
use crate::signed_url::{self, SignUrlError, SignedUrl};
use crate::site::Site;
use crate::terms::Terms;

/// A link that was just made.
#[derive(Debug)]
pub struct NewLink {
    /// What is handed out.
    pub link: SignedUrl,
    /// What it opens.
    pub address: DocumentAddress,
    /// The first second at which it no longer works, Unix time.
    pub expires_at: i64,
}

/// Why no link was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CreateLinkError {
    /// The address cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The lifetime cannot be used.
    #[error(transparent)]
    Lifetime(#[from] LifetimeError),
    /// The key could not be opened.
    #[error(transparent)]
    Key(#[from] OpenKeyError),
    /// Signing failed, or the link would be too long.
    #[error(transparent)]
    Sign(#[from] SignUrlError),
}

impl Desk {
    /// Makes a link with a key of the list.
    ///
    /// # Errors
    /// [`CreateLinkError`]; the keychain is only asked once everything else is in order.
    pub fn create_link<Z: TimeZone>(
        &self,
        id: &KeyId,
        address: &str,
        lifetime: &Lifetime,
        now: i64,
        zone: &Z,
    ) -> Result<NewLink, CreateLinkError> {
        let record = self.find(id).ok_or(OpenKeyError::Unknown)?;
        link_with(&record.site, &record.public_key_id, address, lifetime, now, zone, || {
            Ok(self.open_key(&record)?)
        })
    }
}

/// Makes a link with a key that `open_key` gives: the keychain's, or the practice key.
///
/// # Errors
/// [`CreateLinkError`]; `open_key` is only called once address and lifetime are in order.
pub fn link_with<Z: TimeZone, K: std::borrow::Borrow<SigningKey>>(
    site: &Site,
    public_key_id: &PublicKeyId,
    address: &str,
    lifetime: &Lifetime,
    now: i64,
    zone: &Z,
    open_key: impl FnOnce() -> Result<K, CreateLinkError>,
) -> Result<NewLink, CreateLinkError> {
    let address = DocumentAddress::parse(address, site)?;
    let expires_at = lifetime.expires_at(now, zone)?;
    let key = open_key()?;
    let link = signed_url::sign(
        &address,
        &Terms::until(expires_at),
        key.borrow().default_hash(),
        key.borrow(),
        public_key_id,
    )?;
    Ok(NewLink { link, address, expires_at })
}
