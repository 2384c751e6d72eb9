//! The lines of a check, and how it stands with each.

use crate::DistributionId;
use crate::bucket_access::{Denial, ListedBy};
use crate::distribution_config::Unfit;
use crate::document_access::{DocumentAction, NoAccess};
use signet_cloudfront::public_key_id::PublicKeyId;

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
    /// These paths reach the bucket too, and take links, but none of this key.
    PathsOtherKeys {
        /// Which; `*` is the default behaviour's.
        paths: Vec<String>,
    },
    /// Links by the old key pairs of AWS accounts open documents at these paths too.
    LegacySigners {
        /// Which; `*` is the default behaviour's.
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
    /// It lets it read some of the documents, and not all.
    LetInPartly,
    /// Whether it does is up to a condition that only a request meets or does not.
    LetInPerhaps,
    /// A statement refuses the distribution documents.
    Denied {
        /// Which.
        #[serde(flatten)]
        denial: Denial,
    },
    /// It lets in any distribution, whosever it is.
    AnyDistributionLetIn,
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
    /// Another configuration, which was not looked at, may answer a share of the readers.
    ContinuousDeployment,
    /// Other origins stand in for the bucket, and were not looked at.
    OriginGroup {
        /// Their hosts.
        hosts: Vec<String>,
        /// The bucket is asked first, and they where it fails.
        is_first: bool,
    },
    /// Documents are fetched from this folder of the bucket, which is not in their links.
    OriginPath {
        /// Which.
        path: String,
    },
    /// A web ACL stands in front, which may refuse whom a link lets in.
    WebAcl,
    /// In the place of these refusals readers see a page of the site's.
    ErrorPages {
        /// HTTP's codes: 403, 404 or both.
        codes: Vec<u16>,
    },
    /// AWS's own policy adds the headers that keep browsers from guessing and framing.
    SecurityHeaders,
    /// None is added.
    NoSecurityHeaders,
    /// A policy of the account adds some.
    SecurityHeadersNotSeen,
    /// Who asked for which link is written down, the whole link with it.
    LogsKept {
        /// In this bucket.
        bucket: String,
    },
    /// The same, in a stream at once.
    RealTimeLogs {
        /// Of requests for these paths; `*` is the default behaviour's.
        paths: Vec<String>,
    },
    /// Whether it is, by the newer kind of logs, is not in the distribution's configuration.
    LogsNotSeen,
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
    /// It cannot be seen from here.
    NotSeen,
}

/// What the lines of a check come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "CheckSum"))]
#[serde(rename_all = "camelCase")]
pub enum Sum {
    /// Something is not as it should be.
    Wrong,
    /// It will be in force in some minutes.
    Waiting,
    /// Something that decides whether links open could not be seen: whether the bucket lets the distribution in, in its
    /// policy or by a document that opened, or what another configuration does.
    NotSeen,
    /// Everything that could be seen is right.
    Right,
}

impl Sum {
    /// Of all lines of a check.
    pub fn of(lines: &[Line]) -> Self {
        let has = |state| lines.iter().any(|line| line.state() == state);
        let is_in_doubt = |line: &Line| {
            matches!(line, Line::LetInPerhaps)
                || matches!(line, Line::Denied { denial } if !denial.is_certain)
        };
        if has(State::Wrong) {
            Self::Wrong
        } else if has(State::Waiting) {
            Self::Waiting
        } else if lines.contains(&Line::ContinuousDeployment)
            || lines.iter().any(is_in_doubt) && !lines.contains(&Line::SignedOpens)
        {
            Self::NotSeen
        } else {
            Self::Right
        }
    }
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
            | Self::SecurityHeaders
            | Self::DocumentsAllowed { .. }
            | Self::UnsignedRefused
            | Self::SignedOpens => State::Right,
            Self::Deploying { .. } => State::Waiting,
            Self::LegacySigners { .. }
            | Self::OriginGroup { .. }
            | Self::OriginPath { .. }
            | Self::WebAcl
            | Self::ErrorPages { .. }
            | Self::NoSecurityHeaders
            | Self::LogsKept { .. }
            | Self::RealTimeLogs { .. }
            | Self::PublicNotBlocked
            | Self::EncryptedByKms { .. }
            | Self::Ipv6
            | Self::UnfinishedStays => State::Note,
            Self::UnfinishedNotSeen
            | Self::ContinuousDeployment
            | Self::SecurityHeadersNotSeen
            | Self::LogsNotSeen
            | Self::DocumentsNotSeen { .. }
            | Self::LetInPerhaps
            | Self::UnsignedUnknown => State::NotSeen,
            Self::Denied { denial: Denial { is_certain: false, .. } } => State::NotSeen,
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
            | Self::PathsOpen { .. }
            | Self::PathsOtherKeys { .. }
            | Self::NoAccessControl
            | Self::NotLetIn
            | Self::LetInPartly
            | Self::Denied { .. }
            | Self::AnyDistributionLetIn
            | Self::PolicyUnreadable
            | Self::EncryptedByAwsKey
            | Self::DocumentsRefused { .. }
            | Self::DocumentsNotReached { .. }
            | Self::UnsignedOpens
            | Self::SignedRefused => State::Wrong,
        }
    }
}
