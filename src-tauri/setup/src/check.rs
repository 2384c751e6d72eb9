//! *Check my set-up*: what an account has, judged line by line.
//!
//! What AWS says comes from the crate `signet-aws`, and what the site answered from `signet-probe`; the
//! words are whoever shows them.

mod line;
mod of_distribution;
mod of_policy;

pub use line::{Line, State, Sum};
pub(super) use of_distribution::remarks;

use super::SetupSpec;
use super::behaviours::BehaviourAccess;
use super::distribution_config::Unfit;
use super::document_access::{DocumentAccess, DocumentAction, NoAccess, Seen};
use super::found::{FoundDistribution, FoundKey};

/// What is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The AWS account that was looked at.
    pub account: String,
    /// The key under the id that Signet has, or under the set-up's name.
    pub public_key: Option<FoundKey>,
    /// The distribution that was asked for, or the one that a set-up made.
    pub distribution: Option<FoundDistribution>,
    /// The bucket's policy.
    pub policy: Option<String>,
    /// How the bucket encrypts what is put into it.
    pub encryption: Encryption,
    /// Whether *Block public access* keeps public policies out of the bucket.
    pub is_public_blocked: bool,
    /// Whether what is left of a stopped upload ends by itself.
    pub unfinished: Unfinished,
}

/// Whether a rule of the bucket's ends unfinished uploads, which are paid for and seen by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// One does, for all of the bucket.
    Ends,
    /// None does, or for a part of it alone.
    Stays,
    /// The login may not look.
    NotSeen,
}

/// How a bucket encrypts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encryption {
    /// With S3's own keys, which CloudFront needs no permission for.
    OfS3,
    /// With AWS's own key in KMS, whose policy nobody can change: CloudFront cannot read.
    AwsManaged,
    /// With a key of the account in KMS, whose policy has to let the distribution use it.
    Kms {
        /// The key's ARN or id.
        key: String,
    },
}

impl Facts {
    /// The lines, in the order of a set-up.
    pub fn lines(&self, spec: &SetupSpec) -> Vec<Line> {
        let mut lines = vec![match &self.public_key {
            None => Line::KeyMissing,
            Some(key) if key.is(&spec.key) => Line::KeyHeld { id: key.id.clone() },
            Some(key) => Line::OtherKey { id: key.id.clone() },
        }];
        match &self.distribution {
            None => lines.push(Line::NoDistribution),
            Some(there) => self.evaluate(there, spec, &mut lines),
        }
        lines.push(if self.is_public_blocked {
            Line::PublicBlocked
        } else {
            Line::PublicNotBlocked
        });
        lines.push(match &self.encryption {
            Encryption::OfS3 => Line::EncryptedByS3,
            Encryption::AwsManaged => Line::EncryptedByAwsKey,
            Encryption::Kms { key } => Line::EncryptedByKms { key: key.clone() },
        });
        lines.push(match self.unfinished {
            Unfinished::Ends => Line::UnfinishedEnds,
            Unfinished::Stays => Line::UnfinishedStays,
            Unfinished::NotSeen => Line::UnfinishedNotSeen,
        });
        lines
    }

    /// The lines of what was seen of the login for the site's documents.
    pub fn lines_of_documents(&self, access: &Result<DocumentAccess, NoAccess>) -> Vec<Line> {
        let not_reached = |no_access: NoAccess| vec![Line::DocumentsNotReached { no_access }];
        match access {
            Err(no_access) => not_reached(no_access.clone()),
            Ok(DocumentAccess { account: Some(account), .. }) if *account != self.account => {
                not_reached(NoAccess::OtherAccount { account: account.clone() })
            }
            Ok(DocumentAccess { seen, .. }) => {
                let line = |(action, seen): &(DocumentAction, Seen)| match seen {
                    Seen::Allowed => Line::DocumentsAllowed { action: *action },
                    Seen::Refused => Line::DocumentsRefused { action: *action },
                    Seen::NotSeen => Line::DocumentsNotSeen { action: *action },
                };
                seen.iter().map(line).collect()
            }
        }
    }

    fn evaluate(&self, there: &FoundDistribution, spec: &SetupSpec, lines: &mut Vec<Line>) {
        let (id, config) = (there.id.clone(), &there.config);
        lines.push(match (config.is_enabled, there.is_deployed) {
            (false, _) => Line::SwitchedOff { id: id.clone() },
            (true, true) => Line::Deployed { id: id.clone() },
            (true, false) => Line::Deploying { id: id.clone() },
        });
        let behaviours = self.behaviours(spec);
        lines.extend(of_distribution::links(&behaviours));
        match config.check_fit(&spec.bucket, &spec.region) {
            Ok(()) => {
                let takes_key = behaviours.iter().any(|one| one.path.is_none() && one.takes_key);
                if !takes_key && config.has_key_groups_full() {
                    lines.push(Line::Unfit { id, why: Unfit::KeyGroupsFull });
                }
                let control = config.access_control(&spec.bucket, &spec.region);
                lines.push(match control {
                    Some(_) => Line::AccessControl,
                    None => Line::NoAccessControl,
                });
            }
            Err(why) => lines.push(Line::Unfit { id, why }),
        }
        lines.extend(of_distribution::remarks(config, spec, &behaviours));
        lines.extend(of_policy::lines(self.policy.as_deref(), there, spec));
        if config.has_ipv6 {
            lines.push(Line::Ipv6);
        }
        lines.extend(of_distribution::notes(config, spec));
    }

    /// Who may open what of the bucket, behaviour by behaviour.
    pub fn behaviours(&self, spec: &SetupSpec) -> Vec<BehaviourAccess> {
        let Some(there) = &self.distribution else { return Vec::new() };
        let key = self.public_key.as_ref().filter(|key| key.is(&spec.key));
        BehaviourAccess::all(there, spec, key.map(|key| key.id.as_str()))
    }
}

#[cfg(test)]
mod tests;
