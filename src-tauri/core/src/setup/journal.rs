//! What a set-up has made in an account, so that a stopped one goes on and *Undo* takes back exactly
//! that.
//!
//! Each thing is entered before it is asked for, when it is known not to be there, and once more with
//! its id. What is there after a stop under the name of an entry without an id is therefore Signet's
//! own. Nothing but names and ids is in it.

use serde::{Deserialize, Serialize};

use super::distribution_config::{Change, Replaced, Trust};
use super::existing_policy::{PolicyBefore, PolicyEdit};
use super::{Bucket, DistributionArn, DistributionId, Names, Region};
use crate::key::PublicKey;
use crate::public_key_id::PublicKeyId;

/// The set-up of one key in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    name: String,
    account: String,
    /// In the order in which they were begun.
    made: Vec<Made>,
}

/// A thing that was made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Made {
    /// The origin access control.
    AccessControl {
        /// `None` while it is only begun; so with the others.
        id: Option<String>,
    },
    /// The public key.
    PublicKey {
        /// Its id.
        id: Option<String>,
    },
    /// The key group.
    KeyGroup {
        /// Its id.
        id: Option<String>,
    },
    /// A new distribution.
    Distribution {
        /// Its id.
        id: Option<String>,
    },
    /// Statements in a bucket's policy.
    Policy {
        /// Whose policy.
        bucket: String,
        /// Where the bucket is.
        region: String,
        /// The distribution that is let in.
        arn: String,
        /// How the policy stood before.
        before: PolicyBefore,
        /// The statement for documents was added.
        read: bool,
        /// The one for the list of names was added, as Signet did once.
        list: bool,
    },
    /// A distribution that was there.
    Change {
        /// Which.
        id: String,
        /// Its origin.
        origin: String,
        /// The access control that the origin got.
        access_control: Option<Given>,
        /// The key group that the default behaviour got.
        key_group: Option<String>,
    },
}

/// An access control in the place of what was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The access control's id.
    pub id: String,
    /// The older origin access identity that it took the place of, or nothing.
    pub identity: String,
}

impl Journal {
    /// An empty one.
    pub fn new(key: &PublicKey, account: &str) -> Self {
        Self { name: Names::of(key).common(), account: account.to_owned(), made: Vec::new() }
    }

    /// Under which name things were made.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In which account.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What was made, in its order.
    pub fn made(&self) -> &[Made] {
        &self.made
    }

    /// Whether nothing was made, or all of it was taken back.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// The public key that was made.
    pub fn public_key(&self) -> Option<PublicKeyId> {
        self.made.iter().find_map(|made| match made {
            Made::PublicKey { id: Some(id) } => PublicKeyId::parse(id).ok(),
            _ => None,
        })
    }

    /// Enters what is about to be made or changed. Where it was begun before, that entry stands.
    pub fn begin(&mut self, made: Made) {
        if !self.made.iter().any(|other| other.is_same_as(&made)) {
            self.made.push(made);
        }
    }

    /// Enters the id of what was begun. What was not begun is not Signet's, and is not entered.
    pub fn finish(&mut self, made: &Made) {
        for entry in &mut self.made {
            if entry.is_begun() && entry.is_same_as(made) {
                *entry = made.clone();
            }
        }
    }

    /// Strikes out what was taken back.
    pub fn strike(&mut self, made: &Made) {
        self.made.retain(|entry| entry != made);
    }
}

impl Made {
    /// What is added to a bucket's policy.
    pub fn policy(
        bucket: &Bucket,
        region: &Region,
        arn: &DistributionArn,
        edit: &PolicyEdit,
    ) -> Self {
        Self::Policy {
            bucket: bucket.as_str().to_owned(),
            region: region.as_str().to_owned(),
            arn: arn.as_str().to_owned(),
            before: edit.before,
            read: edit.adds_read,
            list: false,
        }
    }

    /// What is changed of a distribution.
    pub fn change(
        id: &DistributionId,
        change: &Change,
        access_control: &str,
        key_group: &str,
    ) -> Self {
        Self::Change {
            id: id.as_str().to_owned(),
            origin: change.origin.clone(),
            access_control: change.access_control.as_ref().map(|replaced| Given {
                id: access_control.to_owned(),
                identity: replaced.identity.clone(),
            }),
            key_group: change.key_group.map(|_| key_group.to_owned()),
        }
    }

    /// Whether its id is not known yet.
    fn is_begun(&self) -> bool {
        matches!(
            self,
            Self::AccessControl { id: None }
                | Self::PublicKey { id: None }
                | Self::KeyGroup { id: None }
                | Self::Distribution { id: None }
        )
    }

    /// Whether two entries are about one thing. A set-up makes one of each kind in an account, but may
    /// be for several buckets and distributions.
    fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::AccessControl { .. }, Self::AccessControl { .. })
            | (Self::PublicKey { .. }, Self::PublicKey { .. })
            | (Self::KeyGroup { .. }, Self::KeyGroup { .. })
            | (Self::Distribution { .. }, Self::Distribution { .. }) => true,
            _ => self == other,
        }
    }
}

/// What an entry says of a change, as [`super::distribution_config::DistributionConfig::without`] takes
/// it: the change, the access control and the key group.
pub fn changed(
    origin: &str,
    access_control: Option<&Given>,
    key_group: Option<&str>,
) -> (Change, String, String) {
    let change = Change {
        origin: origin.to_owned(),
        access_control: access_control.map(|given| Replaced { identity: given.identity.clone() }),
        // Which of the two it was makes no difference to taking it back.
        key_group: key_group.map(|_| Trust::Beside),
    };
    let id = access_control.map(|given| given.id.clone()).unwrap_or_default();
    (change, id, key_group.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::SigningKey;

    #[test]
    fn what_was_begun_is_finished_and_what_was_not_is_not_ours() {
        let mut journal = Journal::new(&SigningKey::generate_p256().public_key(), "123456789012");
        journal.finish(&Made::KeyGroup { id: Some("theirs".into()) });
        assert!(journal.is_empty());
        journal.begin(Made::PublicKey { id: None });
        journal.begin(Made::PublicKey { id: None });
        assert_eq!(journal.public_key(), None);
        let made = Made::PublicKey { id: Some("K2JCJMDEHXQW5F".into()) };
        journal.finish(&made);
        journal.finish(&Made::PublicKey { id: Some("K3JCJMDEHXQW5F".into()) });
        assert_eq!(journal.made(), std::slice::from_ref(&made));
        assert_eq!(journal.public_key().unwrap().as_str(), "K2JCJMDEHXQW5F");
        journal.strike(&made);
        assert!(journal.is_empty());
    }

    /// What is written, to the letter: a newer Signet has to read it.
    #[test]
    fn it_is_written_and_read() {
        let key = include_str!("../../tests/setup/rsa-public.pem");
        let key = PublicKey::from_spki_pem(key).unwrap();
        let mut journal = Journal::new(&key, "123456789012");
        let name = journal.name().to_owned();
        journal.begin(Made::AccessControl { id: None });
        journal.begin(Made::Policy {
            bucket: "b".into(),
            region: "r".into(),
            arn: "a".into(),
            before: PolicyBefore::Single,
            read: true,
            list: false,
        });
        journal.begin(Made::Change {
            id: "E".into(),
            origin: "o".into(),
            access_control: Some(Given { id: "c".into(), identity: String::new() }),
            key_group: None,
        });
        let written = serde_json::to_string(&journal).unwrap();
        let golden = format!(
            r#"{{"name":"{name}","account":"123456789012","made":[{{"what":"access-control","id":null}},{{"what":"policy","bucket":"b","region":"r","arn":"a","before":"single","read":true,"list":false}},{{"what":"change","id":"E","origin":"o","access_control":{{"id":"c","identity":""}},"key_group":null}}]}}"#
        );
        assert_eq!(written, golden);
        assert_eq!(serde_json::from_str::<Journal>(&golden).unwrap(), journal);
        assert!(serde_json::from_str::<Journal>(&golden.replace("single", "other")).is_err());
    }
}
