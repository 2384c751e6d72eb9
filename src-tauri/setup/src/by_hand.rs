//! The set-up in the AWS console: the steps in their order, what is typed or pasted at each, and what
//! comes back from it.
//!
//! Where to click is said at each step as AWS's CloudFront developer guide has it, under "Specify
//! signers that can create signed URLs and signed cookies" (`private-content-trusted-signers`) and
//! "Restrict access to an Amazon S3 origin" (`private-content-restricting-access-to-s3`). The console
//! is at <https://console.aws.amazon.com/cloudfront/v4/home>; "menu" is its left column. Deliberately
//! not here: the sentences of the window.

use thiserror::Error;

use super::bucket_policy::statement;
use super::{Bucket, DistributionArn, DistributionId, DistributionIdError, SetupSpec};
use signet_cloudfront::host::is_cloudfront;
use signet_cloudfront::pasted;

/// One step, with the values that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Menu *Key management* > *Public keys* > *Create public key*: name and key, then *Create public
    /// key*. Back comes the *ID* in the list, which begins with K: [`PublicKeyId::pasted`](signet_cloudfront::public_key_id::PublicKeyId::pasted).
    PublicKey {
        /// For *Name*.
        name: String,
        /// For *Key*: the whole PEM.
        key: String,
    },
    /// Menu *Key management* > *Key groups* > *Create key group*: name, and under *Public keys* the
    /// one of the step before, then *Create key group*.
    KeyGroup {
        /// For *Name*, and what the public key is called.
        name: String,
    },
    /// Menu *Security* > *Origin access* > *Create control setting*: name, *Sign requests
    /// (recommended)*, origin type *S3*, then *Create*.
    AccessControl {
        /// For *Name*.
        name: String,
    },
    /// Menu *Distributions*. A new one: *Create distribution*, origin type *Amazon S3*; the console
    /// would make an access control of its own and edit the bucket policy (*Allow private S3 bucket
    /// access to CloudFront*), which does as well as steps three and five. An existing one: its tab
    /// *Origins*, the origin, *Edit*, *Origin access control settings (recommended)*. Back come, from
    /// the tab *General*, the *Distribution domain name* (as [`signet_cloudfront::site::SiteAddress`]) and the *ARN*:
    /// [`distribution_arn`].
    Distribution {
        /// The one that is there; a new one has none yet.
        existing: Option<DistributionId>,
        /// For *Origin domain* or *S3 origin*.
        origin: String,
        /// For *Origin access control*.
        access_control: String,
        /// For *Comment* or *Distribution name* of a new one.
        name: String,
    },
    /// S3 > the bucket > tab *Permissions* > *Bucket policy* > *Edit*. Where there is one, the
    /// statement goes into its list; where there is none, the whole policy is pasted. *Save changes*.
    BucketPolicy {
        /// Which bucket.
        bucket: Bucket,
        /// What is pasted, once the distribution's ARN is known.
        texts: Option<PolicyTexts>,
    },
    /// The distribution > tab *Behaviors* > *Default (*)* > *Edit* > *Restrict viewer access* > *Yes*,
    /// *Trusted key groups (recommended)*, the key group, *Save changes*. From then on documents open
    /// by links only.
    RestrictViewerAccess {
        /// What the key group is called.
        key_group: String,
    },
}

/// The bucket policy's text, for either case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTexts {
    /// A whole policy, for a bucket without one.
    pub whole: String,
    /// The statement, for the list of a policy that is there.
    pub statement: String,
}

/// The steps for this spec. The ARN is what came back from the fourth of them.
pub fn steps(spec: &SetupSpec, arn: Option<&DistributionArn>) -> [Step; 6] {
    let name = spec.name();
    [
        Step::PublicKey { name: name.clone(), key: spec.key.to_spki_pem() },
        Step::KeyGroup { name: name.clone() },
        Step::AccessControl { name: name.clone() },
        Step::Distribution {
            existing: spec.distribution.clone(),
            origin: spec.origin(),
            access_control: name.clone(),
            name: name.clone(),
        },
        Step::BucketPolicy {
            bucket: spec.bucket.clone(),
            texts: arn.map(|arn| PolicyTexts::new(&spec.bucket, arn)),
        },
        Step::RestrictViewerAccess { key_group: name },
    ]
}

impl PolicyTexts {
    fn new(bucket: &Bucket, arn: &DistributionArn) -> Self {
        let statement = statement(bucket, arn);
        let whole = serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] });
        Self { whole: format!("{whole:#}"), statement: format!("{statement:#}") }
    }
}

/// What was given in place of a distribution's ARN.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DistributionArnError {
    /// Nothing.
    #[error("the ARN is empty")]
    Empty,
    /// The distribution's id; the ARN has the account beside it.
    #[error("this is a distribution ID")]
    IsDistributionId {
        /// The id, pasted alone or in the address of a console's page.
        id: DistributionId,
    },
    /// A public key's id.
    #[error("this is a public key ID")]
    IsPublicKeyId,
    /// The distribution's domain name.
    #[error("this is a domain name")]
    IsDomain,
    /// The bucket's ARN.
    #[error("this is the ARN of a bucket")]
    IsBucketArn,
    /// Another distribution than the one that was chosen.
    #[error("this is another distribution")]
    IsOther,
    /// Anything else.
    #[error("this is not the ARN of a distribution")]
    Invalid,
}

/// Takes what came back from the distribution's page: its ARN, for the chosen distribution if one was
/// chosen.
///
/// # Errors
/// [`DistributionArnError`], named after what was pasted instead.
pub fn distribution_arn(
    text: &str,
    chosen: Option<&DistributionId>,
) -> Result<DistributionArn, DistributionArnError> {
    use DistributionArnError as E;
    let text = text.trim();
    let words = pasted::words(text);
    if let Some(arn) = pasted::only(words.iter().filter_map(|word| DistributionArn::parse(word))) {
        return if chosen.is_none_or(|id| arn.id() == *id) { Ok(arn) } else { Err(E::IsOther) };
    }
    if words.iter().any(|word| word.starts_with("arn:aws:s3:")) {
        return Err(E::IsBucketArn);
    }
    // One that is no ARN of AWS's holds no ID either.
    if words.iter().any(|word| word.starts_with("arn:")) {
        return Err(E::Invalid);
    }
    match DistributionId::pasted(text) {
        Ok(id) => Err(E::IsDistributionId { id }),
        Err(DistributionIdError::Empty) => Err(E::Empty),
        Err(DistributionIdError::IsPublicKeyId) => Err(E::IsPublicKeyId),
        Err(DistributionIdError::IsDomain) if is_cloudfront(text) => Err(E::IsDomain),
        Err(DistributionIdError::IsDomain | DistributionIdError::Invalid) => Err(E::Invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::examples;

    const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
    const CONSOLE: &str = "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home?region=\
                           eu-central-1#/";

    #[test]
    fn the_policy_waits_for_the_distribution() {
        let [spec, _] = examples();
        let policy = |arn| match steps(&spec, arn) {
            [.., Step::BucketPolicy { texts, .. }, _] => texts,
            other => panic!("{other:?}"),
        };
        assert_eq!(policy(None), None);
        let texts = policy(DistributionArn::parse(ARN).as_ref()).unwrap();
        let whole: serde_json::Value = serde_json::from_str(&texts.whole).unwrap();
        let statement: serde_json::Value = serde_json::from_str(&texts.statement).unwrap();
        assert_eq!(whole["Statement"], serde_json::json!([statement]));
        assert_eq!(statement["Condition"]["StringEquals"]["AWS:SourceArn"], ARN);
        assert_eq!(statement["Action"], "s3:GetObject");
    }

    #[test]
    fn what_is_no_arn_of_a_distribution_is_named() {
        use DistributionArnError as E;
        let id = |id| DistributionId::parse(id).unwrap();
        let is_id = || E::IsDistributionId { id: id("E2QWRUHAPOMQZL") };
        for (text, error) in [
            (" ".to_owned(), E::Empty),
            ("E2QWRUHAPOMQZL".to_owned(), is_id()),
            (format!("{CONSOLE}distributions/E2QWRUHAPOMQZL"), is_id()),
            (format!("{CONSOLE}distributions"), E::Invalid),
            ("K2JCJMDEHXQW5F".to_owned(), E::IsPublicKeyId),
            ("d111111abcdef8.cloudfront.net".to_owned(), E::IsDomain),
            ("docs.example.com".to_owned(), E::Invalid),
            ("arn:aws:s3:::client-papers".to_owned(), E::IsBucketArn),
            ("arn:aws:cloudfront::1:distribution/E2QWRUHAPOMQZL".to_owned(), E::Invalid),
        ] {
            assert_eq!(distribution_arn(&text, None), Err(error), "{text}");
        }
        let arn = DistributionArn::parse(ARN).unwrap();
        for text in [
            format!("\"{ARN}\","),
            format!("ARN: {ARN}"),
            format!("`{ARN}`"),
            format!("ARN\t{ARN}"),
        ] {
            assert_eq!(distribution_arn(&text, None), Ok(arn.clone()), "{text}");
        }
        assert_eq!(distribution_arn(&format!(" {ARN}\n"), None), Ok(arn.clone()));
        assert_eq!(distribution_arn(ARN, Some(&id("E2QWRUHAPOMQZL"))), Ok(arn));
        assert_eq!(distribution_arn(ARN, Some(&id("E3QWRUHAPOMQZL"))), Err(E::IsOther));
    }
}
