//! A login for a site's documents and for nothing else, as a set-up makes it where that is wanted: an IAM user, its
//! policy, which is [`permissions::documents`] to the letter, and one access key for this computer.
//!
//! Another computer may have made the user for the same key, and has an access key of its own on it then. Deliberately
//! not here: the secret of an access key, which goes from AWS's answer into the keychain.

use serde_json::Value;
use thiserror::Error;

use super::journal::{Journal, Made};
use super::permissions::{self, DocumentsScope};
use super::plan::{Difference, Differing, NEW_ONE, Part, PlanStep, Shown};
use super::{AccessKeyId, Bucket, DistributionId, UserId};

/// What the policy is called on the user.
pub const POLICY_NAME: &str = "signet-documents";

/// The tag that says of a user for which set-up it was made.
pub const TAG: &str = "signet";

/// What the user is called of a set-up of that name.
#[must_use]
pub fn document_user_of(set_up: &str) -> String {
    format!("{set_up}-documents")
}

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
    #[error("the site has the access key {id}, which no set-up made")]
    HasAccessKey {
        /// What AWS calls it.
        id: String,
    },
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
    /// The user.
    pub user: Part<UserId>,
    /// Its policy as it is.
    pub policy_before: Option<String>,
    /// The access key that this computer has.
    pub access_key: Part<AccessKeyId>,
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
            Some(id) if there.contains(id) => Part::There(id.clone()),
            // What was made here and removed at AWS is made anew.
            Some(id) if entered.is_none_or(|entered| entered.id != Some(id)) => {
                return Err(DocumentLoginObstacle::HasAccessKey { id: id.as_str().to_owned() });
            }
            _ => Part::Missing,
        };
        let lost: Vec<_> = match (&access_key, entered) {
            (Part::Missing, Some(entered)) => entered.of(there).into_iter().collect(),
            _ => Vec::new(),
        };
        if access_key == Part::Missing && there.len() - lost.len() >= MAX_KEYS {
            return Err(DocumentLoginObstacle::NoMoreKeys { user: user_name });
        }
        let (user, policy_before) = match found {
            Some(user) => (Part::There(user.id), user.policy),
            None => (Part::Missing, None),
        };
        Ok(Self { user_name, user, policy_before, access_key, lost, spec, place })
    }

    /// The policy that the user gets: what is printed for a login that is made by hand.
    #[must_use]
    pub fn policy(&self, distribution: &DistributionId) -> Value {
        self.policy_for(Some(distribution))
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

    /// The steps as they are shown.
    pub(super) fn shown(&self) -> [Shown; 3] {
        let policy = self.policy_for(self.place.distribution.as_ref());
        let mut after = format!("{policy:#}");
        if self.place.distribution.is_none() {
            after = after.replace("distribution/*", &format!("distribution/{NEW_ONE}"));
        }
        let before = self.policy_before.clone();
        let has_policy = self.place.distribution.is_some() && self.has_policy(&policy);
        let changes = match has_policy {
            true => Vec::new(),
            false => vec![Difference { what: Differing::DocumentPolicy, before, after }],
        };
        let is_there = matches!(self.user, Part::There(_));
        let key = match &self.access_key {
            Part::There(id) => Some(id.as_str().to_owned()),
            Part::Missing => None,
        };
        let lost: Vec<_> = self.lost.iter().map(AccessKeyId::as_str).collect();
        let replaced = (!lost.is_empty()).then(|| Difference {
            what: Differing::AccessKey,
            before: Some(lost.join(", ")),
            after: "(a new one)".to_owned(),
        });
        [
            Shown {
                step: PlanStep::DocumentUser,
                is_done: is_there,
                id: Some(self.user_name.clone()),
                changes: Vec::new(),
            },
            Shown {
                step: PlanStep::DocumentPolicy,
                is_done: has_policy,
                id: has_policy.then(|| self.user_name.clone()),
                changes,
            },
            Shown {
                step: PlanStep::AccessKey,
                is_done: key.is_some(),
                id: key,
                changes: replaced.into_iter().collect(),
            },
        ]
    }

    /// Whether it gives no more than one that was seen. A key that a stop has left behind since is no more.
    pub(super) fn is_within(&self, seen: &Self) -> bool {
        let is_policy_left = !self.shown()[1].is_done;
        self.spec == seen.spec
            && self.place.bucket == seen.place.bucket
            && self.place.prefix == seen.place.prefix
            && (!is_policy_left || self.policy_before == seen.policy_before)
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
