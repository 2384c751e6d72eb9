//! A login for a site's documents and for nothing else, as a set-up makes it where that is wanted: an IAM user, its
//! policy, which is [`permissions::documents`] to the letter, and one access key for this computer.
//!
//! Another computer may have made the user for the same key, and has an access key of its own on it then. Deliberately
//! not here: the secret of an access key, which goes from AWS's answer into the keychain.

use serde_json::Value;
use thiserror::Error;

use super::journal::{Journal, Made};
use super::permissions::{self, DocumentsScope};
use super::{AccessKeyId, Bucket, DistributionId, UserId};

/// What the policy is called on the user.
pub const POLICY_NAME: &str = "signet-documents";

/// The tag that says of a user for which set-up it was made.
pub const TAG: &str = "signet";

/// So many access keys AWS lets a user have.
const MAX_KEYS: usize = 2;

/// That such a login is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLoginSpec {
    /// Whether documents are also renamed and taken away with it.
    pub may_remove: bool,
}

/// The documents that a login is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentsPlace {
    /// The bucket.
    pub bucket: Bucket,
    /// What their names begin with there; empty for all of it.
    pub prefix: String,
    /// Whose caches are told of a document that was replaced; `None` of one that is made.
    pub distribution: Option<DistributionId>,
}

/// The user of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundUser {
    /// Its id.
    pub id: UserId,
    /// Whether its tag says that it was made for this set-up.
    pub is_own: bool,
    /// Its policy of [`POLICY_NAME`].
    pub policy: Option<String>,
    /// Its access keys.
    pub keys: Vec<AccessKeyId>,
}

/// Why no such login is made.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DocumentLoginObstacle {
    /// The key is in no site, and an access key is kept for one.
    #[error("the key is in no site of the list")]
    NoSite,
    /// It is not clear which part of the bucket the distribution fetches from.
    #[error("it is not clear which part of the bucket the distribution fetches from")]
    PlaceUnknown,
    /// The documents of the site lie elsewhere.
    #[error("the documents of the site lie elsewhere, in the bucket {bucket}")]
    Elsewhere {
        /// In which bucket, or in another part of the same one.
        bucket: String,
    },
    /// Somebody gave the site an access key.
    #[error("the site has an access key that no set-up made")]
    HasAccessKey,
    /// A user has the name that was not made for this set-up.
    #[error("the IAM user {user} is there, but no set-up of this key made it")]
    OtherUser {
        /// The name.
        user: String,
    },
    /// The user has as many access keys as AWS lets it have.
    #[error("the IAM user {user} has two access keys, and AWS gives no third")]
    NoMoreKeys {
        /// Its name.
        user: String,
    },
}

/// What will be done for the login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLoginPlan {
    /// What the user is called.
    pub user_name: String,
    /// The user, where it is there.
    pub user: Option<UserId>,
    /// Its policy as it is.
    pub policy_before: Option<String>,
    /// The access key that this computer has, where it has one.
    pub access_key: Option<AccessKeyId>,
    /// Access keys of a set-up that was stopped, whose secret nobody has. They are removed.
    pub lost: Vec<AccessKeyId>,
    spec: DocumentLoginSpec,
    place: DocumentsPlace,
}

impl DocumentLoginPlan {
    /// Works out what will be done for a login that is called so. `of_site` is the access key that the site has, and the
    /// journal says which ones were made from this computer.
    ///
    /// # Errors
    /// [`DocumentLoginObstacle`].
    pub fn of(
        spec: DocumentLoginSpec,
        user_name: String,
        place: DocumentsPlace,
        found: Option<FoundUser>,
        of_site: Option<&AccessKeyId>,
        journal: Option<&Journal>,
    ) -> Result<Self, DocumentLoginObstacle> {
        let entered = journal.and_then(Journal::access_key);
        let there = found.as_ref().map(|user| user.keys.as_slice()).unwrap_or_default();
        if found.as_ref().is_some_and(|user| !user.is_own) {
            return Err(DocumentLoginObstacle::OtherUser { user: user_name });
        }
        let access_key = match of_site {
            Some(id) if there.contains(id) => Some(id.clone()),
            // What was made here and removed at AWS is made anew.
            Some(id) if entered.is_none_or(|entered| entered.id != Some(id)) => {
                return Err(DocumentLoginObstacle::HasAccessKey);
            }
            _ => None,
        };
        let lost: Vec<_> = match (&access_key, entered) {
            (None, Some(entered)) => entered.of(there).into_iter().collect(),
            _ => Vec::new(),
        };
        if access_key.is_none() && there.len() - lost.len() >= MAX_KEYS {
            return Err(DocumentLoginObstacle::NoMoreKeys { user: user_name });
        }
        let (user, policy_before) = match found {
            Some(user) => (Some(user.id), user.policy),
            None => (None, None),
        };
        Ok(Self { user_name, user, policy_before, access_key, lost, spec, place })
    }

    /// The policy that the user gets: what is printed for a login that is made by hand. The distribution is the
    /// set-up's, of which nothing is said where the site has another one.
    #[must_use]
    pub fn policy(&self, distribution: &DistributionId) -> Value {
        self.policy_for(Some(self.place.distribution.as_ref().unwrap_or(distribution)))
    }

    fn policy_for(&self, distribution: Option<&DistributionId>) -> Value {
        let (bucket, prefix) = (&self.place.bucket, self.place.prefix.as_str());
        let may_remove = self.spec.may_remove;
        permissions::documents(&DocumentsScope { bucket, prefix, distribution, may_remove })
    }

    /// Whether the user has that policy, to whatever letter.
    #[must_use]
    pub fn has_policy(&self, policy: &Value) -> bool {
        let before = self.policy_before.as_deref();
        before.and_then(|text| serde_json::from_str::<Value>(text).ok()).as_ref() == Some(policy)
    }

    /// The policy as far as it can be told before the distribution is there, and whether the user has it.
    pub(super) fn planned_policy(&self) -> (Value, bool) {
        let policy = self.policy_for(self.place.distribution.as_ref());
        let is_there = self.place.distribution.is_some() && self.has_policy(&policy);
        (policy, is_there)
    }

    /// Whether it gives no more than one that was seen. A key that a stop has left behind since is no more.
    pub(super) fn is_within(&self, seen: &Self) -> bool {
        let (_, is_policy_there) = self.planned_policy();
        self.spec == seen.spec
            && self.place.bucket == seen.place.bucket
            && self.place.prefix == seen.place.prefix
            && (is_policy_there || self.policy_before == seen.policy_before)
    }
}

/// What the journal says of the access key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnteredAccessKey<'a> {
    /// Its id; `None` while it is only begun.
    pub id: Option<&'a AccessKeyId>,
    /// Those that the user had when it was begun.
    pub others: &'a [AccessKeyId],
}

impl EnteredAccessKey<'_> {
    /// Which of the user's keys it is. Of one that was only begun it is the one that came since, and where several came
    /// nobody knows which.
    #[must_use]
    pub fn of(&self, keys: &[AccessKeyId]) -> Option<AccessKeyId> {
        let is_it = |key: &&AccessKeyId| match self.id {
            Some(id) => *key == id,
            None => !self.others.contains(key),
        };
        let mut found = keys.iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => None,
        }
    }

    /// Whether it is surely none of the user's keys.
    #[must_use]
    pub fn is_gone_from(&self, keys: &[AccessKeyId]) -> bool {
        match self.id {
            Some(id) => !keys.contains(id),
            None => keys.iter().all(|key| self.others.contains(key)),
        }
    }
}

impl Journal {
    /// The access key that was made for documents.
    #[must_use]
    pub fn access_key(&self) -> Option<EnteredAccessKey<'_>> {
        Made::access_key_of(self.made())
    }
}

impl Made {
    /// The access key among what was made.
    #[must_use]
    pub fn access_key_of(made: &[Self]) -> Option<EnteredAccessKey<'_>> {
        made.iter().find_map(|made| match made {
            Self::AccessKey { id, others } => {
                Some(EnteredAccessKey { id: id.as_ref(), others: others.as_slice() })
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
