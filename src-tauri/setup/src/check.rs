//! *Check my set-up*: what an account has, judged line by line.
//!
//! What AWS says comes from the crate `signet-aws`, and what the site answered from `signet-probe`; the
//! words are whoever shows them.

use super::distribution_config::Unfit;
use super::document_access::{DocumentAccess, DocumentAction, NoAccess, Seen};
use super::existing_policy::{self, PolicyBefore};
use super::listed_names::{ListedBy, listed_by};
use super::plan::{FoundDistribution, FoundKey};
use super::{DistributionId, SetupSpec};
use signet_cloudfront::public_key_id::PublicKeyId;

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

/// One line, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "CheckLine"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Line {
    /// CloudFront holds the key under this id.
    KeyHeld {
        /// Its id.
        id: PublicKeyId,
    },
    /// CloudFront does not have the key.
    KeyMissing,
    /// CloudFront has another key under this id.
    OtherKey {
        /// Its id.
        id: PublicKeyId,
    },
    /// There is no distribution.
    NoDistribution,
    /// It is switched off.
    SwitchedOff {
        /// Its id.
        id: DistributionId,
    },
    /// Its configuration is in force everywhere.
    Deployed {
        /// Its id.
        id: DistributionId,
    },
    /// Its configuration is on its way.
    Deploying {
        /// Its id.
        id: DistributionId,
    },
    /// It cannot be used for the bucket.
    Unfit {
        /// Its id.
        id: DistributionId,
        /// What is in the way.
        why: Unfit,
    },
    /// The key's links are taken.
    KeyActive,
    /// The key's links are not taken.
    KeyNotActive,
    /// Documents open by links alone.
    AsksForLinks,
    /// Documents open for everyone.
    OpenToEveryone,
    /// These paths open for everyone.
    PathsOpen {
        /// Which.
        paths: Vec<String>,
    },
    /// The distribution signs what it asks of the bucket.
    AccessControl,
    /// It does not, so the bucket does not know it.
    NoAccessControl,
    /// The bucket's policy lets the distribution in.
    LetIn,
    /// It does not.
    NotLetIn,
    /// It lets these in too; `*` is everybody.
    OthersLetIn {
        /// Whom.
        who: Vec<String>,
    },
    /// It lets the distribution list the names of all documents.
    NamesListed {
        /// Whose statement does.
        by: ListedBy,
        /// A document stands at the site's root, where the list would be shown.
        has_root_object: bool,
    },
    /// The policy cannot be read.
    PolicyUnreadable,
    /// *Block public access* is on.
    PublicBlocked,
    /// It is off for policies.
    PublicNotBlocked,
    /// S3's own encryption.
    EncryptedByS3,
    /// AWS's own key in KMS.
    EncryptedByAwsKey,
    /// A key of the account in KMS.
    EncryptedByKms {
        /// Which.
        key: String,
    },
    /// What is left of a stopped upload ends by a rule of the bucket's.
    UnfinishedEnds,
    /// It stays until somebody removes it, and is paid for.
    UnfinishedStays,
    /// Whether it does could not be seen.
    UnfinishedNotSeen,
    /// The login for the site's documents may do this, as far as that could be seen without doing it.
    DocumentsAllowed {
        /// What.
        action: DocumentAction,
    },
    /// It may not.
    DocumentsRefused {
        /// What.
        action: DocumentAction,
    },
    /// Only doing it would show it.
    DocumentsNotSeen {
        /// What.
        action: DocumentAction,
    },
    /// The site's documents are not reached.
    DocumentsNotReached {
        /// Why.
        #[serde(flatten)]
        no_access: NoAccess,
    },
    /// Readers may come over IPv6.
    Ipv6,
    /// The document is refused without a signature.
    UnsignedRefused,
    /// It opens without one.
    UnsignedOpens,
    /// Whether it does could not be seen.
    UnsignedUnknown,
    /// It opens with a link.
    SignedOpens,
    /// It does not.
    SignedRefused,
}

/// How it stands with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "CheckState"))]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// As it should be.
    Right,
    /// It will be, in some minutes.
    Waiting,
    /// Right, and somebody should know it.
    Note,
    /// Not as it should be.
    Wrong,
}

impl Line {
    /// How it stands.
    pub fn state(&self) -> State {
        match self {
            Self::KeyHeld { .. }
            | Self::Deployed { .. }
            | Self::KeyActive
            | Self::AsksForLinks
            | Self::AccessControl
            | Self::LetIn
            | Self::PublicBlocked
            | Self::EncryptedByS3
            | Self::UnfinishedEnds
            | Self::DocumentsAllowed { .. }
            | Self::UnsignedRefused
            | Self::SignedOpens => State::Right,
            Self::Deploying { .. } => State::Waiting,
            Self::PathsOpen { .. }
            | Self::PublicNotBlocked
            | Self::EncryptedByKms { .. }
            | Self::Ipv6
            | Self::UnfinishedStays
            | Self::UnfinishedNotSeen
            | Self::DocumentsNotSeen { .. }
            | Self::UnsignedUnknown => State::Note,
            // A principal with a name is somebody's choice, and everybody is not.
            Self::NamesListed { has_root_object: true, .. } => State::Note,
            Self::OthersLetIn { who } if !who.iter().any(|one| one == "*") => State::Note,
            Self::OthersLetIn { .. }
            | Self::NamesListed { .. }
            | Self::KeyMissing
            | Self::OtherKey { .. }
            | Self::NoDistribution
            | Self::SwitchedOff { .. }
            | Self::Unfit { .. }
            | Self::KeyNotActive
            | Self::OpenToEveryone
            | Self::NoAccessControl
            | Self::NotLetIn
            | Self::PolicyUnreadable
            | Self::EncryptedByAwsKey
            | Self::DocumentsRefused { .. }
            | Self::DocumentsNotReached { .. }
            | Self::UnsignedOpens
            | Self::SignedRefused => State::Wrong,
        }
    }
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
        let is_active = |key: &FoundKey| {
            key.is(&spec.key) && there.active_keys.iter().any(|id| id == key.id.as_str())
        };
        lines.push(match &self.public_key {
            Some(key) if is_active(key) => Line::KeyActive,
            _ => Line::KeyNotActive,
        });
        lines.push(if config.asks_for_links() { Line::AsksForLinks } else { Line::OpenToEveryone });
        match config.change_for(spec, None) {
            Ok(change) => {
                lines.push(if change.access_control.is_none() {
                    Line::AccessControl
                } else {
                    Line::NoAccessControl
                });
                let open = config.open_paths(&change.origin);
                if !open.is_empty() {
                    lines.push(Line::PathsOpen { paths: open });
                }
            }
            Err(why) => lines.push(Line::Unfit { id, why }),
        }
        self.judge_policy(there, spec, lines);
        if config.has_ipv6 {
            lines.push(Line::Ipv6);
        }
    }

    fn judge_policy(&self, there: &FoundDistribution, spec: &SetupSpec, lines: &mut Vec<Line>) {
        let policy = self.policy.as_deref();
        match existing_policy::edit(policy, &spec.bucket, &there.arn) {
            Ok(edit) if edit.as_ref().is_none_or(|edit| !edit.adds_read) => {
                lines.push(Line::LetIn);
            }
            Ok(edit) => {
                lines.push(Line::NotLetIn);
                if edit.is_none_or(|edit| edit.before == PolicyBefore::None) {
                    return;
                }
            }
            Err(_) => {
                lines.push(Line::PolicyUnreadable);
                return;
            }
        }
        let listed = policy.map(|text| listed_by(text, &spec.bucket, &there.arn));
        if let Some(Ok(Some(by))) = listed {
            let has_root_object = there.config.has_root_object;
            lines.push(Line::NamesListed { by, has_root_object });
        }
        let others =
            policy.map(|text| existing_policy::others_let_in(text, &spec.bucket, &there.arn));
        if let Some(Ok(others)) = others
            && !others.is_empty()
        {
            lines.push(Line::OthersLetIn { who: others });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DistributionArn;
    use crate::bucket_policy::statement;
    use crate::bucket_policy::withdrawn;
    use crate::distribution_config::DistributionConfig;
    use crate::spec::examples;
    use signet_cloudfront::site::SiteAddress;

    const CONFIG: &str = "<DistributionConfig><Comment/><Enabled>true</Enabled><Origins><Items><Origin><Id>o</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><OriginAccessControlId>c</OriginAccessControlId><S3OriginConfig/></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled><Items><KeyGroup>g</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>";

    fn whole(spec: &SetupSpec) -> Facts {
        let key = PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
        let arn = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
        let arn = DistributionArn::parse(arn).unwrap();
        let policy = serde_json::json!({ "Statement": [statement(&spec.bucket, &arn)] });
        Facts {
            account: "123456789012".into(),
            public_key: Some(FoundKey { id: key, pem: spec.key.to_spki_pem() }),
            distribution: Some(FoundDistribution {
                id: DistributionId::parse("E2QWRUHAPOMQZL").unwrap(),
                arn,
                site: SiteAddress::parse("d111111abcdef8.cloudfront.net").unwrap(),
                is_deployed: true,
                etag: "1".into(),
                config: DistributionConfig::parse(CONFIG).unwrap(),
                active_keys: vec!["K2JCJMDEHXQW5F".into()],
            }),
            policy: Some(policy.to_string()),
            encryption: Encryption::OfS3,
            is_public_blocked: true,
            unfinished: Unfinished::Ends,
        }
    }

    #[test]
    fn a_whole_set_up_has_nothing_wrong() {
        let [spec, _] = examples();
        let lines = whole(&spec).lines(&spec);
        assert!(lines.iter().all(|line| line.state() == State::Right), "{lines:?}");
        assert_eq!(lines.len(), 9);
    }

    #[test]
    fn each_fault_is_its_own_line() {
        let [spec, other] = examples();
        let with = |change: &dyn Fn(&mut Facts)| {
            let mut facts = whole(&spec);
            change(&mut facts);
            let lines = facts.lines(&spec);
            lines.into_iter().filter(|line| line.state() != State::Right).collect::<Vec<_>>()
        };
        let config = |from: &'static str, to: &'static str| {
            move |facts: &mut Facts| {
                let there = facts.distribution.as_mut().unwrap();
                there.config = DistributionConfig::parse(&CONFIG.replace(from, to)).unwrap();
            }
        };
        let id = || DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
        let key = || PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
        let star = || vec!["*".to_owned()];
        let everybody = |facts: &mut Facts| {
            let policy = facts.policy.take().unwrap();
            let statement = r#"{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"x"},"#;
            facts.policy = Some(policy.replacen('[', &format!("[{statement}"), 1));
        };
        let cases: Vec<(Vec<Line>, Vec<Line>)> = vec![
            (with(&|facts| facts.public_key = None), vec![Line::KeyMissing, Line::KeyNotActive]),
            (
                with(&|facts| facts.public_key.as_mut().unwrap().pem = other.key.to_spki_pem()),
                vec![Line::OtherKey { id: key() }, Line::KeyNotActive],
            ),
            (with(&|facts| facts.distribution = None), vec![Line::NoDistribution]),
            (
                with(&|facts| facts.distribution.as_mut().unwrap().is_deployed = false),
                vec![Line::Deploying { id: id() }],
            ),
            (
                with(&|facts| facts.distribution.as_mut().unwrap().active_keys.clear()),
                vec![Line::KeyNotActive],
            ),
            (
                with(&config(
                    "<Enabled>true</Enabled><Origins>",
                    "<Enabled>false</Enabled><Origins>",
                )),
                vec![Line::SwitchedOff { id: id() }],
            ),
            (
                with(&config(
                    "<TrustedKeyGroups><Enabled>true",
                    "<TrustedKeyGroups><Enabled>false",
                )),
                vec![Line::OpenToEveryone],
            ),
            (with(&config(">c</Origin", "></Origin")), vec![Line::NoAccessControl]),
            (
                with(&config("client-papers.s3", "other.s3")),
                vec![Line::Unfit { id: id(), why: Unfit::OtherBucket }],
            ),
            (
                with(&config("<Comment/>", "<Comment/><IsIPV6Enabled>true</IsIPV6Enabled>")),
                vec![Line::Ipv6],
            ),
            (with(&|facts| facts.policy = None), vec![Line::NotLetIn]),
            (with(&|facts| facts.policy = Some("{}".into())), vec![Line::PolicyUnreadable]),
            (with(&everybody), vec![Line::OthersLetIn { who: star() }]),
            (with(&|facts| facts.is_public_blocked = false), vec![Line::PublicNotBlocked]),
            (
                with(&|facts| facts.encryption = Encryption::AwsManaged),
                vec![Line::EncryptedByAwsKey],
            ),
            (with(&|facts| facts.unfinished = Unfinished::Stays), vec![Line::UnfinishedStays]),
            (with(&|facts| facts.unfinished = Unfinished::NotSeen), vec![Line::UnfinishedNotSeen]),
        ];
        for (found, wanted) in cases {
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn of_documents_only_what_was_seen_is_right() {
        let [spec, _] = examples();
        let facts = whole(&spec);
        let lines = |account: Option<&str>, seen| {
            let account = account.map(str::to_owned);
            let seen = vec![(DocumentAction::List, seen)];
            facts.lines_of_documents(&Ok(DocumentAccess { account, seen }))
        };
        let action = DocumentAction::List;
        for (seen, line, state) in [
            (Seen::Allowed, Line::DocumentsAllowed { action }, State::Right),
            (Seen::NotSeen, Line::DocumentsNotSeen { action }, State::Note),
            (Seen::Refused, Line::DocumentsRefused { action }, State::Wrong),
        ] {
            assert_eq!(line.state(), state);
            assert_eq!(lines(None, seen), std::slice::from_ref(&line));
            assert_eq!(lines(Some(&facts.account), seen), [line]);
        }
        // Whatever an access key of another account may do, it is not with these documents.
        let account = "210987654321".to_owned();
        let other = Line::DocumentsNotReached { no_access: NoAccess::OtherAccount { account } };
        assert_eq!(lines(Some("210987654321"), Seen::Allowed), std::slice::from_ref(&other));
        assert_eq!(other.state(), State::Wrong);
        assert_eq!(facts.lines_of_documents(&Err(NoAccess::Login)).len(), 1);
    }

    #[test]
    fn who_may_list_the_names_is_told_what_that_means() {
        let [spec, _] = examples();
        let mut facts = whole(&spec);
        let there = facts.distribution.as_mut().unwrap();
        let list = withdrawn(&spec.bucket, there.arn.as_str());
        let read = statement(&spec.bucket, &there.arn);
        let policy = |statements: &[&serde_json::Value]| {
            Some(serde_json::json!({ "Statement": statements }).to_string())
        };
        let fault = |facts: &Facts| {
            let lines = facts.lines(&spec).into_iter();
            lines.filter(|line| line.state() != State::Right).collect::<Vec<_>>()
        };
        facts.policy = policy(&[&read, &list]);
        let shown = Line::NamesListed { by: ListedBy::Signet, has_root_object: false };
        assert_eq!(shown.state(), State::Wrong);
        assert_eq!(fault(&facts), std::slice::from_ref(&shown));
        // Also where documents are not let through.
        facts.policy = policy(&[&list]);
        assert_eq!(fault(&facts), [Line::NotLetIn, shown]);

        let mut theirs = list;
        theirs["Sid"] = "Theirs".into();
        facts.policy = policy(&[&theirs, &read]);
        let config =
            CONFIG.replace("<Comment/>", "<Comment/><DefaultRootObject>a.html</DefaultRootObject>");
        facts.distribution.as_mut().unwrap().config = DistributionConfig::parse(&config).unwrap();
        let shown = Line::NamesListed { by: ListedBy::Others, has_root_object: true };
        assert_eq!(shown.state(), State::Note);
        assert_eq!(fault(&facts), [shown]);
    }

    #[test]
    fn a_named_principal_is_a_note_and_everybody_is_wrong() {
        let of = |who: &[&str]| {
            Line::OthersLetIn { who: who.iter().map(|one| (*one).to_owned()).collect() }.state()
        };
        assert_eq!(of(&["arn:aws:iam::1:root"]), State::Note);
        assert_eq!(of(&["arn:aws:iam::1:root", "*"]), State::Wrong);
    }
}
