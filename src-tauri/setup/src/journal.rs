//! What a set-up has made in an account, so that a stopped one goes on and *Undo* takes back exactly
//! that.
//!
//! Each thing is entered before it is asked for, when it is known not to be there, and once more with
//! its id. What is there after a stop under the name of an entry without an id is therefore Signet's
//! own. Nothing but names and ids is in it.

use serde::{Deserialize, Serialize};

use super::distribution_config::{Change, Replaced, Trust};
use super::existing_policy::{PolicyBefore, PolicyEdit};
use super::{
    AccessControlId, AccessKeyId, Bucket, DistributionArn, DistributionId, KeyGroupId, Names,
    Region, UserId, as_text,
};
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;

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
        #[serde(with = "as_text::optional")]
        id: Option<AccessControlId>,
    },
    /// The public key.
    PublicKey {
        /// Its id.
        #[serde(with = "as_text::optional")]
        id: Option<PublicKeyId>,
    },
    /// The key group.
    KeyGroup {
        /// Its id.
        #[serde(with = "as_text::optional")]
        id: Option<KeyGroupId>,
    },
    /// A new distribution.
    Distribution {
        /// Its id.
        #[serde(with = "as_text::optional")]
        id: Option<DistributionId>,
    },
    /// Statements in a bucket's policy.
    Policy {
        /// Whose policy.
        #[serde(with = "as_text")]
        bucket: Bucket,
        /// Where the bucket is.
        #[serde(with = "as_text")]
        region: Region,
        /// The distribution that is let in.
        #[serde(with = "as_text")]
        arn: DistributionArn,
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
        #[serde(with = "as_text")]
        id: DistributionId,
        /// Its origin.
        origin: String,
        /// The access control that the origin got.
        access_control: Option<Given>,
        /// The key group that the default behaviour got.
        #[serde(with = "as_text::optional")]
        key_group: Option<KeyGroupId>,
    },
    /// The IAM user for documents.
    DocumentUser {
        /// Its id.
        #[serde(with = "as_text::optional")]
        id: Option<UserId>,
    },
    /// The policy of that user, which had none of the name.
    DocumentPolicy,
    /// An access key of that user. Its secret is in the keychain and never here.
    AccessKey {
        /// Its id.
        #[serde(with = "as_text::optional")]
        id: Option<AccessKeyId>,
        /// Those that the user had before.
        #[serde(with = "as_text::list")]
        others: Vec<AccessKeyId>,
    },
}

/// An access control in the place of what was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The access control's id.
    #[serde(with = "as_text")]
    pub id: AccessControlId,
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
            Made::PublicKey { id } => id.clone(),
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
    pub fn remove(&mut self, made: &Made) {
        self.made.retain(|entry| entry != made);
    }
}

impl Made {
    /// The origin access control of this id, or one that is only begun; so with the next three. `None`
    /// where the text is no such id.
    pub fn access_control(id: Option<&str>) -> Option<Self> {
        Some(Self::AccessControl { id: as_text::known(id)? })
    }

    /// The public key.
    pub fn public_key(id: Option<&str>) -> Option<Self> {
        Some(Self::PublicKey { id: as_text::known(id)? })
    }

    /// The key group.
    pub fn key_group(id: Option<&str>) -> Option<Self> {
        Some(Self::KeyGroup { id: as_text::known(id)? })
    }

    /// The distribution.
    pub fn distribution(id: Option<&str>) -> Option<Self> {
        Some(Self::Distribution { id: as_text::known(id)? })
    }

    /// The IAM user for documents.
    pub fn document_user(id: Option<&str>) -> Option<Self> {
        Some(Self::DocumentUser { id: as_text::known(id)? })
    }

    /// What is added to a bucket's policy.
    pub fn policy(
        bucket: &Bucket,
        region: &Region,
        arn: &DistributionArn,
        edit: &PolicyEdit,
    ) -> Self {
        Self::Policy {
            bucket: bucket.clone(),
            region: region.clone(),
            arn: arn.clone(),
            before: edit.before,
            read: edit.adds_read,
            list: false,
        }
    }

    /// What is changed of a distribution.
    pub fn change(
        id: &DistributionId,
        change: &Change,
        access_control: &AccessControlId,
        key_group: &KeyGroupId,
    ) -> Self {
        Self::Change {
            id: id.clone(),
            origin: change.origin.clone(),
            access_control: change.access_control.as_ref().map(|replaced| Given {
                id: access_control.clone(),
                identity: replaced.identity.clone(),
            }),
            key_group: change.key_group.map(|_| key_group.clone()),
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
                | Self::DocumentUser { id: None }
                | Self::AccessKey { id: None, .. }
        )
    }

    /// Whether two entries are about one thing. A set-up makes one of each kind in an account, but may
    /// be for several buckets and distributions.
    fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::AccessControl { .. }, Self::AccessControl { .. })
            | (Self::PublicKey { .. }, Self::PublicKey { .. })
            | (Self::KeyGroup { .. }, Self::KeyGroup { .. })
            | (Self::Distribution { .. }, Self::Distribution { .. })
            | (Self::DocumentUser { .. }, Self::DocumentUser { .. })
            | (Self::AccessKey { .. }, Self::AccessKey { .. }) => true,
            _ => self == other,
        }
    }
}

/// What an entry says of a change, as [`super::distribution_config::DistributionConfig::without`] takes
/// it: the change, the access control and the key group.
pub fn changed(
    origin: &str,
    access_control: Option<&Given>,
    key_group: Option<&KeyGroupId>,
) -> (Change, String, String) {
    let change = Change {
        origin: origin.to_owned(),
        access_control: access_control.map(|given| Replaced { identity: given.identity.clone() }),
        // Which of the two it was makes no difference to taking it back.
        key_group: key_group.map(|_| Trust::Beside),
    };
    let id = access_control.map(|given| given.id.as_str().to_owned()).unwrap_or_default();
    let key_group = key_group.map(|id| id.as_str().to_owned()).unwrap_or_default();
    (change, id, key_group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_cloudfront::key::SigningKey;

    const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

    #[test]
    fn what_was_begun_is_finished_and_what_was_not_is_not_ours() {
        let mut journal = Journal::new(&SigningKey::generate_p256().public_key(), "123456789012");
        journal.finish(&Made::KeyGroup { id: KeyGroupId::parse("theirs") });
        assert!(journal.is_empty());
        journal.begin(Made::PublicKey { id: None });
        journal.begin(Made::PublicKey { id: None });
        assert_eq!(journal.public_key(), None);
        let made = Made::PublicKey { id: PublicKeyId::parse("K2JCJMDEHXQW5F").ok() };
        journal.finish(&made);
        journal.finish(&Made::PublicKey { id: PublicKeyId::parse("K3JCJMDEHXQW5F").ok() });
        assert_eq!(journal.made(), std::slice::from_ref(&made));
        assert_eq!(journal.public_key().unwrap().as_str(), "K2JCJMDEHXQW5F");
        journal.remove(&made);
        assert!(journal.is_empty());
    }

    /// What is written, to the letter: a newer Signet has to read it.
    #[test]
    fn it_is_written_and_read() {
        let key = include_str!("../tests/rsa-public.pem");
        let key = PublicKey::from_spki_pem(key).unwrap();
        let mut journal = Journal::new(&key, "123456789012");
        let name = journal.name().to_owned();
        journal.begin(Made::AccessControl { id: None });
        journal.begin(Made::Policy {
            bucket: Bucket::parse("papers").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            arn: DistributionArn::parse(ARN).unwrap(),
            before: PolicyBefore::Single,
            read: true,
            list: true,
        });
        journal.begin(Made::Change {
            id: DistributionId::parse("E2QWRUHAPOMQZL").unwrap(),
            origin: "o".into(),
            access_control: Some(Given {
                id: AccessControlId::parse("E327GJI25M56DG").unwrap(),
                identity: String::new(),
            }),
            key_group: None,
        });
        journal.begin(Made::DocumentUser { id: UserId::parse("AIDACKCEVSQ6C2EXAMPLE") });
        journal.begin(Made::DocumentPolicy);
        journal.begin(Made::AccessKey {
            id: None,
            others: vec![AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap()],
        });
        let written = serde_json::to_string(&journal).unwrap();
        let golden = format!(
            r#"{{"name":"{name}","account":"123456789012","made":[{{"what":"access-control","id":null}},{{"what":"policy","bucket":"papers","region":"eu-central-1","arn":"{ARN}","before":"single","read":true,"list":true}},{{"what":"change","id":"E2QWRUHAPOMQZL","origin":"o","access_control":{{"id":"E327GJI25M56DG","identity":""}},"key_group":null}},{{"what":"document-user","id":"AIDACKCEVSQ6C2EXAMPLE"}},{{"what":"document-policy"}},{{"what":"access-key","id":null,"others":["AKIAIOSFODNN7EXAMPLE"]}}]}}"#
        );
        assert_eq!(written, golden);
        assert_eq!(serde_json::from_str::<Journal>(&golden).unwrap(), journal);
        // What is not of this form is nothing that Signet wrote.
        for (right, wrong) in [
            ("single", "other"),
            ("E2QWRUHAPOMQZL\",\"o", "production\",\"o"),
            ("E2QWRUHAPOMQZL\",\"o", " E2QWRUHAPOMQZL\",\"o"),
            ("E327GJI25M56DG", "../E327GJI25M56DG"),
            ("papers", "Papers"),
            ("AIDACKCEVSQ6C2EXAMPLE", "AKIACKCEVSQ6C2EXAMPLE"),
            ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ("eu-central-1", "eu-central-1\\u001b[2J"),
            (ARN, "arn:aws:cloudfront::1:distribution/E2QWRUHAPOMQZL"),
            ("\"id\":null", "\"id\":\"a b\""),
        ] {
            assert!(golden.contains(right), "{right}");
            let wrong = golden.replace(right, wrong);
            assert!(serde_json::from_str::<Journal>(&wrong).is_err(), "{wrong}");
        }
    }
}
