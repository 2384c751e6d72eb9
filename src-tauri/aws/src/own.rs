//! Whether a thing in an account is the one that Signet made: by its name and by what is in it. Each
//! gives the version of it that was looked at, so that nothing else is removed in its place.

use signet_app::setup::AskError;
use signet_cloudfront::key::PublicKey;
use signet_setup::{Names, new_distribution as new};

use crate::account::Account;

/// The version of what is Signet's own, where AWS gave one; `None` of what is not.
pub(crate) type Own = Option<Option<String>>;

impl Account {
    /// The origin access control of this name, set as Signet sets it.
    pub(crate) async fn own_access_control(&self, name: &str, id: &str) -> Result<Own, AskError> {
        const ACTION: &str = "cloudfront:GetOriginAccessControl";
        let found = self.cloudfront.get_origin_access_control().id(id).send().await;
        let found = found.map_err(|error| self.login.refused(ACTION, error))?;
        let control = found.origin_access_control;
        let config = control.and_then(|control| control.origin_access_control_config);
        let is_own = config.is_some_and(|config| {
            config.name == name
                && config.signing_protocol.as_str() == new::SIGNING_PROTOCOL
                && config.signing_behavior.as_str() == new::SIGNING_BEHAVIOR
                && config.origin_access_control_origin_type.as_str() == new::ORIGIN_TYPE
        });
        Ok(is_own.then_some(found.e_tag))
    }

    /// The public key of this name, which is that key.
    pub(crate) async fn own_public_key(&self, name: &str, id: &str) -> Result<Own, AskError> {
        const ACTION: &str = "cloudfront:GetPublicKey";
        let found = self.cloudfront.get_public_key().id(id).send().await;
        let found = found.map_err(|error| self.login.refused(ACTION, error))?;
        let config = found.public_key.and_then(|key| key.public_key_config);
        let is_own = config.is_some_and(|config| {
            config.name == name
                && config.caller_reference == name
                && is_of(name, &config.encoded_key)
        });
        Ok(is_own.then_some(found.e_tag))
    }

    /// The key group of this name, in which no other key is.
    pub(crate) async fn own_key_group(&self, name: &str, id: &str) -> Result<Own, AskError> {
        const ACTION: &str = "cloudfront:GetKeyGroup";
        let found = self.cloudfront.get_key_group().id(id).send().await;
        let found = found.map_err(|error| self.login.refused(ACTION, error))?;
        let Some(config) = found.key_group.and_then(|group| group.key_group_config) else {
            return Ok(None);
        };
        if config.name != name {
            return Ok(None);
        }
        for key in &config.items {
            let is_own = match self.public_key(key).await {
                Ok(key) => is_of(name, &key.pem),
                Err(AskError::NotThere) => false,
                Err(error) => return Err(error),
            };
            if !is_own {
                return Ok(None);
            }
        }
        Ok(Some(found.e_tag))
    }

    /// Whether there is such a key group.
    pub(crate) async fn has_own_key_group(&self, name: &str, id: &str) -> Result<bool, AskError> {
        match self.own_key_group(name, id).await {
            Ok(own) => Ok(own.is_some()),
            Err(AskError::NotThere) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Whether a name is the one that a set-up of this key gives.
fn is_of(name: &str, pem: &str) -> bool {
    PublicKey::from_spki_pem(pem.trim()).is_some_and(|key| Names::of(&key).common() == name)
}
