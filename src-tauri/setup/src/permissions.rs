//! What an AWS login has to be allowed for a set-up, as an IAM policy: that and no more.
//!
//! Which action can be narrowed to what is AWS's ("Actions, resources, and condition keys for Amazon
//! CloudFront", the same for Amazon S3); `cfn-lint`, which has these tables, reads the policies in a
//! test. `sts:GetCallerIdentity` is not here, for everybody may ask who he is.

use serde_json::{Value, json};

use super::{Bucket, DistributionId};

/// What the login is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Making what is missing, by Signet or by the script.
    SetUp,
    /// Looking whether everything is in force; this changes nothing.
    Check,
    /// Undoing what a set-up made.
    Undo,
}

/// What an action is allowed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    /// Where AWS knows only all or nothing.
    Everything,
    Distribution,
    AccessControl,
    Bucket,
}

const SET_UP: &[Purpose] = &[Purpose::SetUp];
const CHECK: &[Purpose] = &[Purpose::Check];
const UNDO: &[Purpose] = &[Purpose::Undo];
const CHANGE: &[Purpose] = &[Purpose::SetUp, Purpose::Undo];
const ALWAYS: &[Purpose] = &[Purpose::SetUp, Purpose::Check, Purpose::Undo];

const ACTIONS: [(&str, On, &[Purpose]); 25] = [
    ("cloudfront:CreateDistribution", On::Everything, SET_UP),
    ("cloudfront:CreateKeyGroup", On::Everything, SET_UP),
    ("cloudfront:CreateOriginAccessControl", On::Everything, SET_UP),
    ("cloudfront:CreatePublicKey", On::Everything, SET_UP),
    ("cloudfront:DeleteDistribution", On::Distribution, UNDO),
    ("cloudfront:DeleteKeyGroup", On::Everything, UNDO),
    ("cloudfront:DeleteOriginAccessControl", On::AccessControl, UNDO),
    ("cloudfront:DeletePublicKey", On::Everything, UNDO),
    ("cloudfront:GetDistribution", On::Distribution, ALWAYS),
    ("cloudfront:GetDistributionConfig", On::Distribution, ALWAYS),
    ("cloudfront:GetKeyGroup", On::Everything, ALWAYS),
    ("cloudfront:GetOriginAccessControl", On::AccessControl, ALWAYS),
    ("cloudfront:GetPublicKey", On::Everything, ALWAYS),
    ("cloudfront:ListDistributions", On::Everything, ALWAYS),
    ("cloudfront:ListKeyGroups", On::Everything, ALWAYS),
    ("cloudfront:ListOriginAccessControls", On::Everything, ALWAYS),
    ("cloudfront:ListPublicKeys", On::Everything, ALWAYS),
    ("cloudfront:UpdateDistribution", On::Distribution, CHANGE),
    ("s3:DeleteBucketPolicy", On::Bucket, UNDO),
    ("s3:GetBucketLocation", On::Bucket, ALWAYS),
    ("s3:GetBucketPolicy", On::Bucket, ALWAYS),
    ("s3:GetBucketPublicAccessBlock", On::Bucket, CHECK),
    ("s3:GetEncryptionConfiguration", On::Bucket, CHECK),
    // Only to choose the bucket from a list; a typed name does without.
    ("s3:ListAllMyBuckets", On::Everything, &[]),
    ("s3:PutBucketPolicy", On::Bucket, CHANGE),
];

/// The whole policy for a purpose. Without a distribution it holds for any, since a new one has no id
/// yet.
pub fn policy(purpose: Purpose, bucket: &Bucket, distribution: Option<&DistributionId>) -> Value {
    let statements = [On::Everything, On::Distribution, On::AccessControl, On::Bucket]
        .into_iter()
        .filter_map(|on| {
            let actions: Vec<_> = ACTIONS
                .iter()
                .filter(|(_, of, purposes)| *of == on && purposes.contains(&purpose))
                .map(|(action, ..)| *action)
                .collect();
            (!actions.is_empty()).then(|| statement(json!(actions), on, bucket, distribution))
        })
        .collect();
    document(statements)
}

/// The policy that allows one more action, as `cloudfront:CreateKeyGroup`; `None` where no set-up
/// needs it.
pub fn policy_for_action(
    action: &str,
    bucket: &Bucket,
    distribution: Option<&DistributionId>,
) -> Option<Value> {
    let (action, on, _) = ACTIONS.iter().find(|(name, ..)| *name == action)?;
    Some(document(vec![statement(json!(action), *on, bucket, distribution)]))
}

fn document(statements: Vec<Value>) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn statement(
    action: Value,
    on: On,
    bucket: &Bucket,
    distribution: Option<&DistributionId>,
) -> Value {
    let resource = match on {
        On::Everything => "*".to_owned(),
        // The account is the login's own.
        On::Distribution => format!(
            "arn:aws:cloudfront::*:distribution/{}",
            distribution.map_or("*", DistributionId::as_str)
        ),
        On::AccessControl => "arn:aws:cloudfront::*:origin-access-control/*".to_owned(),
        On::Bucket => bucket.arn(),
    };
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> Bucket {
        Bucket::parse("client-papers").unwrap()
    }

    fn actions(policy: &Value) -> Vec<String> {
        let statements = policy["Statement"].as_array().unwrap();
        let lists = statements.iter().flat_map(|one| one["Action"].as_array().unwrap());
        lists.map(|action| action.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_check_changes_nothing_and_a_set_up_removes_nothing() {
        let is_read = |action: &String| {
            let verb = action.split(':').nth(1).unwrap();
            verb.starts_with("Get") || verb.starts_with("List")
        };
        assert!(actions(&policy(Purpose::Check, &bucket(), None)).iter().all(is_read));
        let set_up = actions(&policy(Purpose::SetUp, &bucket(), None));
        assert!(!set_up.iter().all(is_read));
        assert!(!set_up.iter().any(|action| action.contains("Delete")));
        let undo = actions(&policy(Purpose::Undo, &bucket(), None));
        assert!(!undo.iter().any(|action| action.contains("Create")));
    }

    #[test]
    fn it_holds_for_one_bucket_and_one_distribution() {
        let id = DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
        for purpose in [Purpose::SetUp, Purpose::Check, Purpose::Undo] {
            for statement in policy(purpose, &bucket(), Some(&id))["Statement"].as_array().unwrap()
            {
                let actions = statement["Action"].to_string();
                if actions.contains("s3:") {
                    assert_eq!(statement["Resource"], "arn:aws:s3:::client-papers");
                }
                if actions.contains(":UpdateDistribution") {
                    let arn = "arn:aws:cloudfront::*:distribution/E2QWRUHAPOMQZL";
                    assert_eq!(statement["Resource"], arn);
                }
            }
        }
    }

    #[test]
    fn one_action_alone() {
        let of = |action| policy_for_action(action, &bucket(), None);
        let put = of("s3:PutBucketPolicy").unwrap();
        assert_eq!(put["Statement"][0]["Action"], "s3:PutBucketPolicy");
        assert_eq!(put["Statement"][0]["Resource"], "arn:aws:s3:::client-papers");
        assert_eq!(of("s3:DeleteBucket"), None);
    }
}
