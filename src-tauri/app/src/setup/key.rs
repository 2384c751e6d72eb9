//! The key that a set-up is for: the one that was named, and no other that is like it.

use signet_cloudfront::key::PublicKey;
use thiserror::Error;

use crate::{App, KeyId, Name, OpenKeyError};

/// A key, by its public half, and which one of the list it is. The same private key may be listed for two
/// sites, so its fingerprint does not say which one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpKey {
    /// What CloudFront is given.
    pub public_half: PublicKey,
    /// Which key of the list, finished or not; `None` where the list does not have it.
    pub listed: Option<KeyId>,
}

/// The list has a public half more than once, and none of them was named.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the list has this key more than once")]
pub struct SeveralKeys {
    /// What they are called.
    pub names: Vec<Name>,
}

impl App {
    /// A key of the list that somebody named.
    ///
    /// # Errors
    /// [`OpenKeyError`].
    pub fn set_up_key(&self, id: &KeyId) -> Result<SetUpKey, OpenKeyError> {
        let (_, public_half) = self.public_half(id)?;
        Ok(SetUpKey { public_half, listed: Some(id.clone()) })
    }

    /// A key of which somebody gave the public half. The keychain is not asked.
    ///
    /// # Errors
    /// [`SeveralKeys`].
    pub fn set_up_key_of(&self, public_half: PublicKey) -> Result<SetUpKey, SeveralKeys> {
        let fingerprint = public_half.fingerprint();
        let keys = self.keys().into_iter().filter(|key| key.fingerprint == fingerprint);
        let (mut ids, names): (Vec<_>, Vec<_>) = keys.map(|key| (key.id, key.name)).unzip();
        if ids.len() > 1 {
            return Err(SeveralKeys { names });
        }
        Ok(SetUpKey { public_half, listed: ids.pop() })
    }
}
