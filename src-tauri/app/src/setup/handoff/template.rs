//! The set-up as a CloudFormation template.
//!
//! It is JSON and not YAML, which CloudFormation reads as well: `serde_json` writes it, and no value can
//! be read as another (in YAML a bare `no` is a truth value).
//!
//! CloudFormation keeps a bucket's policy whole or not at all, so a policy that is there would be
//! lost. Whoever makes the stack therefore says whether there is one; then the stack leaves it alone
//! and gives the statement that is to be added. A distribution that is there is not changed
//! either: CloudFormation changes only what it made.

use serde_json::{Value, json};

use signet_setup::bucket_policy::statement_for;
use signet_setup::{SetupSpec, new_distribution as new};

/// A CloudFormation template.
pub fn template(spec: &SetupSpec) -> String {
    let name = spec.name();
    let arn = format!(
        "arn:aws:cloudfront::${{AWS::AccountId}}:distribution/{}",
        spec.distribution.as_ref().map_or("${Distribution}", |id| id.as_str())
    );
    let mut statement = statement_for(&spec.bucket, "", "");
    statement["Condition"]["StringEquals"] = json!({
        "AWS:SourceArn": { "Fn::Sub": arn },
        "AWS:SourceAccount": { "Ref": "AWS::AccountId" }
    });
    let mut resources = json!({
        "AccessControl": {
            "Type": "AWS::CloudFront::OriginAccessControl",
            "Properties": { "OriginAccessControlConfig": new::origin_access_control(&name) }
        },
        "PublicKey": {
            "Type": "AWS::CloudFront::PublicKey",
            "Properties": { "PublicKeyConfig": {
                "CallerReference": name,
                "Name": name,
                "EncodedKey": spec.key.to_spki_pem()
            } }
        },
        "KeyGroup": {
            "Type": "AWS::CloudFront::KeyGroup",
            "Properties": { "KeyGroupConfig": {
                "Name": name,
                "Items": [{ "Ref": "PublicKey" }]
            } }
        },
        "BucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Condition": "BucketHasNoPolicy",
            "Properties": {
                "Bucket": spec.bucket.as_str(),
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [statement]
                }
            }
        }
    });
    let mut outputs = json!({
        "PublicKeyId": {
            "Description": "Send this back",
            "Value": { "Ref": "PublicKey" }
        },
        "StatementToAdd": {
            "Condition": "BucketHasPolicy",
            "Description": "Add this statement to the bucket policy",
            "Value": {
                "Fn::Sub": statement_for(&spec.bucket, &arn, "${AWS::AccountId}").to_string()
            }
        }
    });
    if spec.distribution.is_none() {
        resources["Distribution"] = json!({
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": distribution(&name, &spec.origin()),
                "Tags": [{ "Key": new::NAME_TAG, "Value": name }]
            }
        });
        outputs["DomainName"] = json!({
            "Description": "Send this back too",
            "Value": { "Fn::GetAtt": ["Distribution", "DomainName"] }
        });
    } else {
        outputs["AccessControlId"] = json!({
            "Description": "Choose this at the origin of the distribution",
            "Value": { "Fn::GetAtt": ["AccessControl", "Id"] }
        });
        outputs["KeyGroupId"] = json!({
            "Description": "Choose this at the behaviour of the distribution, under Restrict viewer access",
            "Value": { "Ref": "KeyGroup" }
        });
    }
    let template = json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!(
            "Signet: documents in the bucket {} open by signed links only. There is no secret in \
             it: the key is the public half.",
            spec.bucket.as_str()
        ),
        "Parameters": {
            "BucketPolicyExists": {
                "Type": "String",
                "AllowedValues": ["no", "yes"],
                "Description": format!(
                    "Did the bucket {} have a bucket policy before this stack (S3, Permissions)? With \
                     yes the stack leaves it as it is and gives the statement that is to be added.",
                    spec.bucket.as_str()
                )
            }
        },
        "Rules": {
            "Region": {
                "Assertions": [{
                    "Assert": { "Fn::Equals": [{ "Ref": "AWS::Region" }, spec.region.as_str()] },
                    "AssertDescription": format!(
                        "Make this stack in the region of the bucket, {}.",
                        spec.region.as_str()
                    )
                }]
            }
        },
        "Conditions": {
            "BucketHasPolicy": { "Fn::Equals": [{ "Ref": "BucketPolicyExists" }, "yes"] },
            "BucketHasNoPolicy": { "Fn::Equals": [{ "Ref": "BucketPolicyExists" }, "no"] }
        },
        "Resources": resources,
        "Outputs": outputs
    });
    format!("{template:#}\n")
}

/// CloudFormation's words for [`new::distribution`], which have no counts. It gives the caller
/// reference itself.
fn distribution(name: &str, origin: &str) -> Value {
    json!({
        "Comment": name,
        "Enabled": true,
        "Origins": [{
            "Id": origin,
            "DomainName": origin,
            "OriginAccessControlId": { "Fn::GetAtt": ["AccessControl", "Id"] },
            "S3OriginConfig": { "OriginAccessIdentity": "" }
        }],
        "DefaultCacheBehavior": {
            "TargetOriginId": origin,
            "ViewerProtocolPolicy": new::VIEWER_PROTOCOL_POLICY,
            "AllowedMethods": new::METHODS,
            "CachedMethods": new::METHODS,
            "Compress": new::COMPRESS,
            "CachePolicyId": new::CACHE_POLICY_ID,
            "TrustedKeyGroups": [{ "Ref": "KeyGroup" }]
        },
        "HttpVersion": new::HTTP_VERSION,
        "IPV6Enabled": new::IPV6,
        "PriceClass": new::PRICE_CLASS
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use signet_setup::new_distribution;

    use crate::setup::handoff::examples;

    #[test]
    fn a_distribution_of_the_template_is_one_of_the_script() {
        let [spec, _] = examples();
        let template: Value = serde_json::from_str(&super::template(&spec)).unwrap();
        let config = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
        let name = spec.name();
        let mut scripts = new_distribution::distribution(&name, &spec.origin(), "OAC", "GROUP");
        let fields = scripts.as_object_mut().unwrap();
        // CloudFormation gives one itself.
        fields.remove("CallerReference");
        fields.insert("IPV6Enabled".into(), json!(new_distribution::IPV6));
        fields.remove("IsIPV6Enabled");
        assert_eq!(without_counts(&scripts), with_ids(config));
    }

    /// `{"Quantity": 1, "Items": [x], …}` becomes `[x]`, and what else stood there moves out.
    fn without_counts(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                if let Some(items) = fields.get("Items") {
                    return without_counts(items);
                }
                let mut plain: serde_json::Map<_, _> = fields
                    .iter()
                    .map(|(name, field)| (name.clone(), without_counts(field)))
                    .collect();
                if let Some(methods) = fields.get("AllowedMethods") {
                    plain.insert("CachedMethods".into(), without_counts(&methods["CachedMethods"]));
                }
                Value::Object(plain)
            }
            Value::Array(items) => items.iter().map(without_counts).collect(),
            other => other.clone(),
        }
    }

    fn with_ids(value: &Value) -> Value {
        let text = value.to_string();
        let text = text.replace(r#"{"Fn::GetAtt":["AccessControl","Id"]}"#, r#""OAC""#);
        serde_json::from_str(&text.replace(r#"{"Ref":"KeyGroup"}"#, r#""GROUP""#)).unwrap()
    }

    #[test]
    fn a_policy_that_is_there_is_not_touched() {
        for spec in examples() {
            let template: Value = serde_json::from_str(&super::template(&spec)).unwrap();
            assert_eq!(template["Resources"]["BucketPolicy"]["Condition"], "BucketHasNoPolicy");
            assert!(template["Parameters"]["BucketPolicyExists"]["Default"].is_null());
            let statement = &template["Outputs"]["StatementToAdd"]["Value"]["Fn::Sub"];
            let statement: Value = serde_json::from_str(statement.as_str().unwrap()).unwrap();
            assert_eq!(statement["Action"], "s3:GetObject");
            // The names of the documents are nobody's.
            assert!(!template.to_string().contains("ListBucket"));
        }
    }
}
