//! What a bucket's policy must say, so that one distribution may fetch its documents.

use serde_json::{Value, json};

use super::{Bucket, DistributionArn};

/// What [`statement`] is called in a policy.
pub(super) const SID: &str = "SignetRead";

/// What [`withdrawn`] was called.
pub(super) const WITHDRAWN_SID: &str = "SignetList";

/// What is needed to fetch a document.
const READ: &str = "s3:GetObject";

/// The statement that lets this distribution fetch each document, and nobody else (AWS, "Restrict
/// access to an Amazon S3 origin"). It names the account too, so that it holds for nobody once the ARN is
/// another one's.
///
/// Deliberately not here: `s3:ListBucket`. With it a missing document would be told from a forbidden
/// one, and a link for the site's root would show the names of all documents.
pub fn statement(bucket: &Bucket, distribution: &DistributionArn) -> Value {
    statement_for(bucket, distribution.as_str(), distribution.account())
}

/// The same with whatever stands for the ARN and the account where they are known only when a script or a
/// template runs.
pub fn statement_for(bucket: &Bucket, arn: &str, account: &str) -> Value {
    let mut statement = allow(SID, READ, &format!("{}/*", bucket.arn()), arn);
    statement["Condition"]["StringEquals"]["AWS:SourceAccount"] = account.into();
    statement
}

/// The one that Signet added before it named the account, which lets in as well and is taken back like it.
pub(super) fn statement_of_old(bucket: &Bucket, distribution: &DistributionArn) -> Value {
    allow(SID, READ, &format!("{}/*", bucket.arn()), distribution.as_str())
}

/// What Signet added besides until it knew better: the names of all documents. It is taken back
/// wherever it is met.
pub fn withdrawn(bucket: &Bucket, arn: &str) -> Value {
    allow(WITHDRAWN_SID, "s3:ListBucket", &bucket.arn(), arn)
}

fn allow(sid: &str, action: &str, resource: &str, arn: &str) -> Value {
    json!({
        "Sid": sid,
        "Effect": "Allow",
        "Principal": { "Service": "cloudfront.amazonaws.com" },
        "Action": action,
        "Resource": resource,
        "Condition": { "StringEquals": { "AWS:SourceArn": arn } }
    })
}

#[cfg(test)]
mod tests {
    use super::statement;
    use crate::{Bucket, DistributionArn};

    #[test]
    fn only_the_distribution_is_let_in_and_only_to_documents() {
        let arn = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
        let read = statement(
            &Bucket::parse("client-papers").unwrap(),
            &DistributionArn::parse(arn).unwrap(),
        );
        assert_eq!(read["Condition"]["StringEquals"]["AWS:SourceArn"], arn);
        assert_eq!(read["Condition"]["StringEquals"]["AWS:SourceAccount"], "123456789012");
        assert_eq!(read["Principal"]["Service"], "cloudfront.amazonaws.com");
        assert_eq!(read["Action"], "s3:GetObject");
        assert_eq!(read["Resource"], "arn:aws:s3:::client-papers/*");
    }
}
