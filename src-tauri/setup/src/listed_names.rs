//! Whether a bucket's policy lets a distribution list the names of the documents.
//!
//! With that, and without a default root object, a link (or cookies) for the site's root shows them
//! all: S3 takes the request for `/` as one for the list. What is not known for certain counts as
//! letting it.

use serde_json::Value;

use super::bucket_policy::{WITHDRAWN_SID, withdrawn};
use super::existing_policy::{ParsePolicyError, statements_of, texts, without_sid};
use super::{Bucket, DistributionArn};

/// The permission, as policies call it.
const LIST: &str = "s3:ListBucket";

/// The principal that every distribution is.
const CLOUDFRONT: &str = "cloudfront.amazonaws.com";

/// By whom a distribution may list the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ListedBy {
    /// By the statement that an older Signet added, which `apply` takes back.
    Signet,
    /// By somebody else's.
    Others,
}

/// Whether this distribution may list the names of the bucket's documents.
///
/// # Errors
/// [`ParsePolicyError`].
pub fn listed_by(
    policy: &str,
    bucket: &Bucket,
    arn: &DistributionArn,
) -> Result<Option<ListedBy>, ParsePolicyError> {
    let ours = withdrawn(bucket, arn.as_str());
    let statements = statements_of(policy)?;
    let letting = statements.iter().filter(|one| lets(one, bucket, arn));
    let by = letting.map(|one| {
        let is_ours = one["Sid"] == WITHDRAWN_SID && without_sid(one) == without_sid(&ours);
        if is_ours { ListedBy::Signet } else { ListedBy::Others }
    });
    // Once Signet's is taken back, somebody else's is still there.
    Ok(by.reduce(|one, other| if one == other { one } else { ListedBy::Others }))
}

fn lets(statement: &Value, bucket: &Bucket, arn: &DistributionArn) -> bool {
    let fields = |name: &str| statement.get(name).map(texts);
    let has =
        |name: &str, not: &str, is_it: &dyn Fn(&str) -> bool| match (fields(name), fields(not)) {
            (Some(texts), _) => texts.iter().any(|text| is_it(text)),
            (None, Some(texts)) => !texts.iter().any(|text| is_it(text)),
            (None, None) => true,
        };
    let conditions = conditions(&statement["Condition"]);
    let bucket = bucket.arn();
    statement["Effect"] == "Allow"
        && has("Action", "NotAction", &|action| {
            matches(&action.to_ascii_lowercase(), &LIST.to_ascii_lowercase())
        })
        && has("Resource", "NotResource", &|resource| matches(resource, &bucket))
        && match fields("Principal") {
            Some(who) if who.iter().any(|one| one == CLOUDFRONT) => true,
            // Whoever means everybody under a condition means somebody, who is seldom CloudFront.
            Some(who) => {
                let is_known = |(key, _): &(String, _)| CLOUDFRONTS.contains(&key.as_str());
                who.iter().any(|one| one == "*") && conditions.iter().all(is_known)
            }
            None => true,
        }
        && conditions.iter().all(|(key, values)| holds(key, values, arn))
}

/// What CloudFront's requests to a bucket are known to have.
const CLOUDFRONTS: [&str; 3] = ["aws:sourcearn", "aws:sourceaccount", "aws:securetransport"];

/// The keys of all conditions, in small letters, each with what it is compared with. What is compared
/// by exclusion (`StringNotEquals`) has nothing to compare with: it may hold.
fn conditions(value: &Value) -> Vec<(String, Vec<String>)> {
    let operators = value.as_object().into_iter().flatten();
    let keys = operators.flat_map(|(operator, keys)| {
        let operator = operator.to_ascii_lowercase();
        let is_positive = ["stringequals", "stringlike", "arnequals", "arnlike"]
            .iter()
            .any(|start| operator.starts_with(start));
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, values)| {
            let values = if is_positive { texts(values) } else { Vec::new() };
            (key.to_ascii_lowercase(), values)
        })
    });
    keys.collect()
}

/// Whether a condition may hold for a request of this distribution.
fn holds(key: &str, values: &[String], arn: &DistributionArn) -> bool {
    let actual = match key {
        "aws:sourcearn" => arn.as_str(),
        "aws:sourceaccount" => arn.account(),
        _ => return true,
    };
    values.is_empty() || values.iter().any(|value| matches(value, actual))
}

/// Whether a pattern of a policy, `*` for any characters and `?` for one, is this text.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // The last `*`, and how much of the text it takes.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&byte) if byte == b'?' || Some(&byte) == text.get(t) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bucket_policy::statement;

    fn arn() -> DistributionArn {
        DistributionArn::parse("arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL")
            .unwrap()
    }

    fn bucket() -> Bucket {
        Bucket::parse("client-papers").unwrap()
    }

    fn by(statements: &Value) -> Option<ListedBy> {
        let policy = json!({ "Statement": statements }).to_string();
        listed_by(&policy, &bucket(), &arn()).unwrap()
    }

    /// Signet's old statement with one field in place of another; `null` takes it out.
    fn with(field: &str, value: Value) -> Value {
        let mut one = withdrawn(&bucket(), arn().as_str());
        one[field] = value;
        one["Sid"] = "Theirs".into();
        one.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        one
    }

    #[test]
    fn the_list_of_names_is_seen_however_it_is_given() {
        let ours = withdrawn(&bucket(), arn().as_str());
        assert_eq!(by(&json!([statement(&bucket(), &arn()), ours])), Some(ListedBy::Signet));
        assert_eq!(by(&json!([ours, with("Action", "s3:*".into())])), Some(ListedBy::Others));
        let equals = |key: &str, value: &str| json!({ "StringEquals": { key: value } });
        let like = |operator: &str, value: &str| json!({ operator: { "aws:SourceArn": value } });
        for statement in [
            with("Action", "s3:ListBucket".into()),
            with("Action", "S3:listbucket".into()),
            with("Action", "s3:*".into()),
            with("Action", "*".into()),
            with("Action", "s3:List*".into()),
            with("Action", "s3:ListBucke?".into()),
            with("Action", json!(["s3:GetObject", "s3:ListBucket"])),
            with("Resource", "*".into()),
            with("Resource", json!(["arn:aws:s3:::client-papers/*", "arn:aws:s3:::client-papers"])),
            with("Resource", "arn:aws:s3:::client-*".into()),
            with("Principal", "*".into()),
            with("Principal", json!({ "AWS": "*" })),
            with(
                "Principal",
                json!({ "Service": ["s3.amazonaws.com", "cloudfront.amazonaws.com"] }),
            ),
            with("Condition", Value::Null),
            with("Condition", equals("aws:sourceaccount", "123456789012")),
            with("Condition", like("ArnLike", "arn:aws:cloudfront::123456789012:distribution/*")),
            with("Condition", like("StringLike", "arn:aws:cloudfront::*")),
            with("Condition", like("StringNotEquals", "arn:aws:cloudfront::1:distribution/E3")),
            with("Condition", equals("s3:prefix", "public/")),
        ] {
            assert_eq!(by(&statement), Some(ListedBy::Others), "{statement}");
        }
        // `NotAction` and its like say what is left out.
        let mut not = with("Action", Value::Null);
        not["NotAction"] = "s3:DeleteObject".into();
        assert_eq!(by(&not), Some(ListedBy::Others));
    }

    #[test]
    fn what_lists_no_names_to_the_distribution_is_not_named() {
        let equals = |key: &str, value: &str| json!({ "StringEquals": { key: value } });
        let mut not = with("Action", Value::Null);
        not["NotAction"] = "s3:List*".into();
        let other = "arn:aws:cloudfront::123456789012:distribution/E3QWRUHAPOMQZL";
        for statement in [
            statement(&bucket(), &arn()),
            with("Effect", "Deny".into()),
            with("Action", "s3:GetObject".into()),
            with("Action", "s3:Get*".into()),
            with("Action", "s3:ListBucketVersions".into()),
            with("Resource", "arn:aws:s3:::client-papers/*".into()),
            with("Resource", "arn:aws:s3:::client-papers-2".into()),
            with("Principal", json!({ "AWS": "arn:aws:iam::123456789012:root" })),
            with("Condition", equals("AWS:SourceArn", other)),
            with("Condition", equals("AWS:SourceAccount", "210987654321")),
            not,
        ] {
            assert_eq!(by(&statement), None, "{statement}");
        }
        // Everybody of an organisation is not CloudFront.
        let mut everybody = with("Condition", equals("aws:PrincipalOrgID", "o-1"));
        everybody["Principal"] = "*".into();
        assert_eq!(by(&everybody), None);
        assert!(listed_by("{}", &bucket(), &arn()).is_err());
    }

    #[test]
    fn patterns_are_read_as_policies_mean_them() {
        for (pattern, text, is_it) in [
            ("", "", true),
            ("*", "", true),
            ("a*c", "abbc", true),
            ("a*c", "abbcd", false),
            ("*a*b*", "xaxbx", true),
            ("a?", "a", false),
            ("a?", "ab", true),
            ("ab", "a", false),
            ("**b", "ab", true),
        ] {
            assert_eq!(matches(pattern, text), is_it, "{pattern} {text}");
        }
        // No pattern makes it wait.
        assert!(!matches(&"*a".repeat(2_000), &"a".repeat(1_999)));
    }
}
