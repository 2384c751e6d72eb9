//! What an AWS login has to be allowed for a set-up, and for putting documents on a site, as an IAM policy:
//! that and no more.
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
    DocumentUser,
}

const CREATE: &str = "cloudfront:CreateDistribution";
const TAG: &str = "cloudfront:TagResource";

const SET_UP: &[Purpose] = &[Purpose::SetUp];
const CHECK: &[Purpose] = &[Purpose::Check];
const UNDO: &[Purpose] = &[Purpose::Undo];
const CHANGE: &[Purpose] = &[Purpose::SetUp, Purpose::Undo];
const ALWAYS: &[Purpose] = &[Purpose::SetUp, Purpose::Check, Purpose::Undo];

const ACTIONS: [(&str, On, &[Purpose]); 27] = [
    (CREATE, On::Everything, SET_UP),
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
    // `CreateDistributionWithTags` asks for it beside `CreateDistribution`.
    (TAG, On::Distribution, SET_UP),
    ("cloudfront:UpdateDistribution", On::Distribution, CHANGE),
    ("s3:DeleteBucketPolicy", On::Bucket, UNDO),
    ("s3:GetBucketLocation", On::Bucket, ALWAYS),
    ("s3:GetBucketPolicy", On::Bucket, ALWAYS),
    ("s3:GetBucketPublicAccessBlock", On::Bucket, CHECK),
    ("s3:GetEncryptionConfiguration", On::Bucket, CHECK),
    ("s3:GetLifecycleConfiguration", On::Bucket, CHECK),
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

/// For an IAM user with an access key for documents, where one is wanted. A path would not narrow it further: IAM knows
/// none of a user that is not there yet.
const OF_LOGIN: [(&str, &[Purpose]); 10] = [
    ("iam:CreateAccessKey", SET_UP),
    ("iam:CreateUser", SET_UP),
    // A set-up that was stopped may have left one whose secret nobody has.
    ("iam:DeleteAccessKey", CHANGE),
    ("iam:DeleteUser", UNDO),
    ("iam:DeleteUserPolicy", UNDO),
    ("iam:GetUser", CHANGE),
    ("iam:GetUserPolicy", SET_UP),
    ("iam:ListAccessKeys", CHANGE),
    ("iam:PutUserPolicy", SET_UP),
    ("iam:TagUser", SET_UP),
];

/// The same with what a login for documents needs ([`super::document_login`]). Whoever may give such a user its policy
/// may give it any: this is for whoever runs the account, and for as long as the set-up takes.
pub fn policy_with_document_login(
    purpose: Purpose,
    bucket: &Bucket,
    distribution: Option<&DistributionId>,
) -> Value {
    let mut policy = policy(purpose, bucket, distribution);
    let actions = OF_LOGIN.iter().filter(|(_, purposes)| purposes.contains(&purpose));
    let actions: Vec<_> = actions.map(|(action, _)| *action).collect();
    if let (Some(statements), false) = (policy["Statement"].as_array_mut(), actions.is_empty()) {
        statements.push(statement(json!(actions), On::DocumentUser, bucket, None));
    }
    policy
}

/// The policy that allows one more action, as `cloudfront:CreateKeyGroup`; `None` where no set-up
/// needs it.
pub fn policy_for_action(
    action: &str,
    bucket: &Bucket,
    distribution: Option<&DistributionId>,
) -> Option<Value> {
    let of_login = OF_LOGIN.iter().map(|(name, _)| (*name, On::DocumentUser));
    let all: Vec<_> = ACTIONS.iter().map(|(name, on, _)| (*name, *on)).chain(of_login).collect();
    let of = |action: &str| {
        let (action, on) = all.iter().find(|(name, _)| *name == action)?;
        Some(statement(json!(action), *on, bucket, distribution))
    };
    // Neither is of use without the other.
    let actions: &[&str] = if matches!(action, CREATE | TAG) { &[CREATE, TAG] } else { &[action] };
    Some(document(actions.iter().map(|action| of(action)).collect::<Option<_>>()?))
}

/// The documents that a login may put there, and what for.
#[derive(Debug, Clone, Copy)]
pub struct DocumentsScope<'a> {
    /// The bucket.
    pub bucket: &'a Bucket,
    /// What the names of these documents begin with in the bucket, as `reports/`; empty for all of it.
    pub prefix: &'a str,
    /// Whose caches are told of a document that was replaced; any where it is not known.
    pub distribution: Option<&'a DistributionId>,
    /// Whether documents are also renamed and taken away.
    pub may_remove: bool,
}

/// What an action on documents is allowed on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnDocuments {
    /// The documents themselves.
    Each,
    /// The list of their names.
    Names,
    /// What AWS narrows to no folder.
    Bucket,
    Distribution,
}

/// The action, what it is allowed on, and whether it is for taking away alone.
const OF_DOCUMENTS: [(&str, OnDocuments, bool); 9] = [
    ("s3:ListBucket", OnDocuments::Names, false),
    ("s3:ListBucketMultipartUploads", OnDocuments::Bucket, false),
    ("s3:AbortMultipartUpload", OnDocuments::Each, false),
    ("s3:GetObject", OnDocuments::Each, false),
    ("s3:ListMultipartUploadParts", OnDocuments::Each, false),
    ("s3:PutObject", OnDocuments::Each, false),
    ("s3:DeleteObject", OnDocuments::Each, true),
    ("s3:DeleteObjectVersion", OnDocuments::Each, true),
    ("cloudfront:CreateInvalidation", OnDocuments::Distribution, false),
];

/// The whole policy for a site's documents.
pub fn documents(scope: &DocumentsScope<'_>) -> Value {
    use OnDocuments as On;
    let statements = [On::Names, On::Bucket, On::Each, On::Distribution].into_iter();
    let statements = statements.map(|on| {
        let actions = OF_DOCUMENTS.iter();
        let actions =
            actions.filter(|(_, of, is_removal)| *of == on && (scope.may_remove || !is_removal));
        let actions: Vec<_> = actions.map(|(action, ..)| *action).collect();
        on_documents(json!(actions), on, scope)
    });
    document(statements.collect())
}

/// The policy that allows one more action on a site's documents, as `s3:PutObject`; `None` where none of them
/// needs it.
pub fn documents_for_action(action: &str, scope: &DocumentsScope<'_>) -> Option<Value> {
    let (action, on, _) = OF_DOCUMENTS.iter().find(|(name, ..)| *name == action)?;
    Some(document(vec![on_documents(json!(action), *on, scope)]))
}

fn on_documents(action: Value, on: OnDocuments, scope: &DocumentsScope<'_>) -> Value {
    let names = format!("{}*", literally(scope.prefix));
    match on {
        OnDocuments::Each => json!({
            "Effect": "Allow",
            "Action": action,
            "Resource": format!("{}/{names}", scope.bucket.arn())
        }),
        OnDocuments::Names if !scope.prefix.is_empty() => json!({
            "Effect": "Allow",
            "Action": action,
            "Resource": scope.bucket.arn(),
            "Condition": { "StringLike": { "s3:prefix": names } }
        }),
        OnDocuments::Names | OnDocuments::Bucket => {
            statement(action, On::Bucket, scope.bucket, None)
        }
        OnDocuments::Distribution => {
            statement(action, On::Distribution, scope.bucket, scope.distribution)
        }
    }
}

/// A name in a policy, where `*`, `?` and `$` stand for something else (AWS, "IAM policy variables").
fn literally(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '*' | '?' | '$' => text.push_str(&format!("${{{character}}}")),
            other => text.push(other),
        }
    }
    text
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
        On::DocumentUser => "arn:aws:iam::*:user/signet-*-documents".to_owned(),
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
    fn a_login_for_documents_is_allowed_where_it_is_wanted_and_on_its_user_alone() {
        let of = |purpose| actions(&policy_with_document_login(purpose, &bucket(), None));
        for purpose in [Purpose::SetUp, Purpose::Check, Purpose::Undo] {
            let without = policy(purpose, &bucket(), None);
            assert!(!without.to_string().contains("iam:"));
            let with = policy_with_document_login(purpose, &bucket(), None);
            let (with, without) = (&with["Statement"], without["Statement"].as_array().unwrap());
            let more = with.as_array().unwrap().get(without.len()..).unwrap();
            assert_eq!(more.len(), usize::from(purpose != Purpose::Check));
            for statement in more {
                assert_eq!(statement["Resource"], "arn:aws:iam::*:user/signet-*-documents");
                let actions = statement["Action"].as_array().unwrap().iter();
                assert!(
                    actions.map(|one| one.as_str().unwrap()).all(|one| one.starts_with("iam:"))
                );
            }
        }
        let removing = |actions: Vec<String>| -> Vec<String> {
            actions.into_iter().filter(|action| action.contains("iam:Delete")).collect()
        };
        assert_eq!(removing(of(Purpose::SetUp)), ["iam:DeleteAccessKey"]);
        assert!(!of(Purpose::Undo).iter().any(|action| action.contains("Create")));
        let one = policy_for_action("iam:CreateUser", &bucket(), None).unwrap();
        assert_eq!(one["Statement"][0]["Resource"], "arn:aws:iam::*:user/signet-*-documents");
    }

    #[test]
    fn one_action_alone() {
        let of = |action| policy_for_action(action, &bucket(), None);
        let put = of("s3:PutBucketPolicy").unwrap();
        assert_eq!(put["Statement"][0]["Action"], "s3:PutBucketPolicy");
        assert_eq!(put["Statement"][0]["Resource"], "arn:aws:s3:::client-papers");
        assert_eq!(of("s3:DeleteBucket"), None);
    }

    fn of_folder<'a>(bucket: &'a Bucket, prefix: &'a str) -> DocumentsScope<'a> {
        DocumentsScope { bucket, prefix, distribution: None, may_remove: false }
    }

    #[test]
    fn documents_are_those_of_one_folder() {
        let (bucket, id) = (bucket(), DistributionId::parse("E2QWRUHAPOMQZL").unwrap());
        let scope = DocumentsScope { distribution: Some(&id), ..of_folder(&bucket, "reports/") };
        let policy = documents(&scope);
        for statement in policy["Statement"].as_array().unwrap() {
            let actions = statement["Action"].to_string();
            let resource = statement["Resource"].as_str().unwrap();
            if actions.contains("PutObject") {
                assert_eq!(resource, "arn:aws:s3:::client-papers/reports/*");
            } else if actions.contains("Invalidation") {
                assert_eq!(resource, "arn:aws:cloudfront::*:distribution/E2QWRUHAPOMQZL");
            } else {
                assert_eq!(resource, "arn:aws:s3:::client-papers", "{actions}");
            }
            let is_narrowed = statement["Condition"]["StringLike"]["s3:prefix"] == "reports/*";
            assert_eq!(is_narrowed, actions.contains("\"s3:ListBucket\""), "{actions}");
        }
        let whole = documents(&of_folder(&bucket, ""));
        assert!(!whole.to_string().contains("Condition"));
        assert!(whole.to_string().contains("client-papers/*"));
    }

    #[test]
    fn documents_are_removed_only_where_that_is_wanted() {
        let bucket = bucket();
        let is_removal = |action: &String| action.contains("Delete");
        let scope = of_folder(&bucket, "reports/");
        assert!(!actions(&documents(&scope)).iter().any(is_removal));
        let wanted = actions(&documents(&DocumentsScope { may_remove: true, ..scope }));
        assert_eq!(wanted.iter().filter(|action| is_removal(action)).count(), 2);
        // Nothing that a set-up may, and nothing about the bucket as a whole but to list.
        for action in wanted {
            assert!(!ACTIONS.iter().any(|(other, ..)| *other == action), "{action}");
        }
    }

    #[test]
    fn a_folder_with_a_star_in_its_name_is_no_pattern() {
        let bucket = bucket();
        let policy = documents(&of_folder(&bucket, "a*b?$c/"));
        let each = policy["Statement"][2]["Resource"].as_str().unwrap();
        assert_eq!(each, "arn:aws:s3:::client-papers/a${*}b${?}${$}c/*");
        let names = &policy["Statement"][0]["Condition"]["StringLike"]["s3:prefix"];
        assert_eq!(names, "a${*}b${?}${$}c/*");
    }

    #[test]
    fn one_action_on_documents_alone() {
        let bucket = bucket();
        let scope = of_folder(&bucket, "reports/");
        let put = documents_for_action("s3:PutObject", &scope).unwrap();
        assert_eq!(put["Statement"][0]["Action"], "s3:PutObject");
        assert_eq!(put["Statement"][0]["Resource"], "arn:aws:s3:::client-papers/reports/*");
        // Also what the policy leaves out unless it is wanted: whoever asks for it wants it.
        assert!(documents_for_action("s3:DeleteObject", &scope).is_some());
        assert_eq!(documents_for_action("s3:DeleteBucket", &scope), None);
    }
}
