//! What a bucket's policy must say, so that one distribution may fetch its documents.

use serde_json::{Value, json};

use super::{Bucket, DistributionArn};

/// The statements that let this distribution in, and nobody else: it may fetch each document, and be
/// told that one is not there (AWS, "Restrict access to an Amazon S3 origin").
pub fn statements(bucket: &Bucket, distribution: &DistributionArn) -> [Value; 2] {
    statements_for(bucket, distribution.as_str())
}

/// The same with whatever stands for the ARN where it is known only when a script or a template runs.
pub(super) fn statements_for(bucket: &Bucket, arn: &str) -> [Value; 2] {
    let statement = |sid: &str, action: &str, resource: String| {
        json!({
            "Sid": sid,
            "Effect": "Allow",
            "Principal": { "Service": "cloudfront.amazonaws.com" },
            "Action": action,
            "Resource": resource,
            "Condition": { "StringEquals": { "AWS:SourceArn": arn } }
        })
    };
    [
        statement("SignetRead", "s3:GetObject", format!("{}/*", bucket.arn())),
        // Without it a document that is not there is answered with 403, as one that is forbidden.
        statement("SignetList", "s3:ListBucket", bucket.arn()),
    ]
}

#[cfg(test)]
mod tests {
    use super::statements;
    use crate::setup::{Bucket, DistributionArn};

    #[test]
    fn only_the_distribution_is_let_in() {
        let arn = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
        let [read, list] = statements(
            &Bucket::parse("client-papers").unwrap(),
            &DistributionArn::parse(arn).unwrap(),
        );
        for statement in [&read, &list] {
            assert_eq!(statement["Condition"]["StringEquals"]["AWS:SourceArn"], arn);
            assert_eq!(statement["Principal"]["Service"], "cloudfront.amazonaws.com");
        }
        assert_eq!(read["Resource"], "arn:aws:s3:::client-papers/*");
        assert_eq!(list["Resource"], "arn:aws:s3:::client-papers");
    }
}
