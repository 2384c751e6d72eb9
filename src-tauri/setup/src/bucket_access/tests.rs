use serde_json::json;

use super::*;
use crate::bucket_policy::statement;

fn arn() -> DistributionArn {
    DistributionArn::parse("arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL").unwrap()
}

fn bucket() -> Bucket {
    Bucket::parse("client-papers").unwrap()
}

fn by(statements: &Value) -> Option<ListedBy> {
    let policy = json!({ "Statement": statements }).to_string();
    BucketAccess::of(&policy, &bucket(), &arn(), "").unwrap().listed_by
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
        with("Principal", json!({ "Service": ["s3.amazonaws.com", "cloudfront.amazonaws.com"] })),
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
    assert!(BucketAccess::of("{}", &bucket(), &arn(), "").is_err());
}

const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

fn access(statements: &Value) -> BucketAccess {
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    BucketAccess::of(&policy, &bucket(), &arn(), "").unwrap()
}

/// The console's statement with one field in place of another; `null` takes it out.
fn allow(field: &str, value: Value) -> Value {
    let mut one = json!({
        "Sid": "AllowCloudFrontServicePrincipal",
        "Effect": "Allow",
        "Principal": { "Service": "cloudfront.amazonaws.com" },
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::client-papers/*",
        "Condition": { "StringEquals": { "AWS:SourceArn": ARN } }
    });
    one[field] = value;
    one.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    one
}

fn deny(condition: Value) -> Value {
    let mut one = allow("Effect", "Deny".into());
    one["Sid"] = "Guard".into();
    one["Principal"] = "*".into();
    one["Condition"] = condition;
    one.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    one
}

#[test]
fn a_distribution_is_let_in_however_the_policy_says_it() {
    let condition = |operator: &str, value: &str| json!({ operator: { "aws:SourceArn": value } });
    let both =
        json!({ "StringEquals": { "aws:sourceARN": ARN, "AWS:SOURCEACCOUNT": "123456789012" } });
    let mut lower = json!({});
    for (key, value) in allow("Sid", "x".into()).as_object().unwrap() {
        lower[key.to_ascii_lowercase()] = value.clone();
    }
    let mut not_action = allow("Action", Value::Null);
    not_action["NotAction"] = "s3:Put*".into();
    let mut not_resource = allow("Resource", Value::Null);
    not_resource["NotResource"] = "arn:aws:s3:::other/*".into();
    let mut not_principal = allow("Principal", Value::Null);
    not_principal["NotPrincipal"] = json!({ "AWS": "arn:aws:iam::123456789012:root" });
    for statement in [
        allow("Sid", Value::Null),
        allow("Condition", condition("ArnLike", ARN)),
        allow("Condition", condition("ArnEquals", ARN)),
        allow("Condition", condition("StringLike", ARN)),
        allow("Condition", condition("StringEqualsIfExists", ARN)),
        allow("Condition", condition("ForAnyValue:StringLike", ARN)),
        allow("Condition", condition("arnlikeifexists", "arn:aws:cloudfront::*:distribution/E2*")),
        allow("Condition", json!({ "StringEquals": { "AWS:SourceArn": ["x", ARN] } })),
        allow("Condition", both),
        allow("Condition", json!({ "StringEquals": { "aws:SourceAccount": "123456789012" } })),
        allow("Condition", json!({ "Bool": { "aws:SecureTransport": true } })),
        allow("Condition", json!({ "StringNotEquals": { "aws:SourceArn": "arn:aws:s3:::x" } })),
        allow("Action", json!(["s3:GetObject"])),
        allow("Action", json!(["s3:ListBucket", "S3:getobject"])),
        allow("Action", "s3:*".into()),
        allow("Action", "s3:GetObjec?".into()),
        allow("Resource", json!(["arn:aws:s3:::client-papers", "arn:aws:s3:::client-papers/*"])),
        allow("Resource", "*".into()),
        allow("Principal", json!({ "Service": ["s3.amazonaws.com", "cloudfront.amazonaws.com"] })),
        allow("Principal", "*".into()),
        lower,
        not_action,
        not_resource,
        not_principal,
    ] {
        let found = access(&json!([statement]));
        assert_eq!((found.reads, &found.denials[..]), (Readable::All, &[][..]), "{statement}");
    }
}

#[test]
fn what_does_not_let_it_in_is_seen_too() {
    let condition = |operator: &str, value: &str| json!({ operator: { "aws:SourceArn": value } });
    let other = "arn:aws:cloudfront::123456789012:distribution/E3QWRUHAPOMQZL";
    let identity = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1";
    use Readable as R;
    for (statement, reads) in [
        (allow("Action", "s3:PutObject".into()), R::None),
        (allow("Action", "s3:GetObjectVersion".into()), R::None),
        (allow("Resource", "arn:aws:s3:::client-papers".into()), R::None),
        (allow("Resource", "arn:aws:s3:::other/*".into()), R::None),
        (allow("Principal", json!({ "AWS": identity })), R::None),
        (allow("Condition", condition("StringEquals", other)), R::None),
        (allow("Condition", condition("StringEquals", &ARN.replace("E2QW", "*"))), R::None),
        (allow("Condition", condition("ArnLike", "arn:aws:cloudfront::*")), R::None),
        (allow("Condition", json!({ "StringEquals": { "aws:SourceVpce": "vpce-1" } })), R::None),
        (allow("Condition", json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } })), R::None),
        (allow("Condition", json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } })), R::None),
        (allow("Resource", "arn:aws:s3:::client-papers/reports/*".into()), R::Some),
        (allow("Resource", "arn:aws:s3:::client-papers/*.pdf".into()), R::Some),
        (
            allow("Condition", json!({ "StringEquals": { "s3:ExistingObjectTag/open": "yes" } })),
            R::Perhaps,
        ),
        (
            allow(
                "Condition",
                json!({ "DateLessThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }),
            ),
            R::Perhaps,
        ),
    ] {
        assert_eq!(access(&json!([statement])).reads, reads, "{statement}");
    }
    let reports = allow("Resource", "arn:aws:s3:::client-papers/reports/*".into());
    let policy = json!({ "Statement": [reports] }).to_string();
    let below = |folder| BucketAccess::of(&policy, &bucket(), &arn(), folder).unwrap().reads;
    assert_eq!((below("reports/"), below("board/")), (R::All, R::None));
}

#[test]
fn a_statement_that_refuses_the_distribution_is_named() {
    let not = |key: &str, value: &str| json!({ "StringNotEquals": { key: value } });
    let hits = [
        Value::Null,
        not("aws:SourceVpce", "vpce-1a2b3c4d"),
        not("aws:SourceVpc", "vpc-1"),
        not("aws:PrincipalOrgID", "o-1"),
        not("AWS:SourceAccount", "210987654321"),
        json!({ "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/office" } }),
        json!({ "NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.7/32"] } }),
        json!({ "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }),
        json!({ "Null": { "aws:SourceVpce": "true" } }),
        json!({ "StringNotEqualsIfExists": { "aws:SourceVpce": "vpce-1" } }),
        json!({ "StringNotLike": { "aws:userId": ["AROA1:*"] } }),
        json!({ "Bool": { "aws:PrincipalIsAWSService": "true" } }),
        json!({ "StringEquals": { "aws:SourceArn": ARN } }),
        json!({ "NumericGreaterThanEquals": { "s3:TlsVersion": 1.2 } }),
        json!({ "ForAllValues:StringNotEquals": { "aws:CalledVia": "athena.amazonaws.com" } }),
    ];
    for condition in hits {
        let found = access(&json!([allow("Sid", "x".into()), deny(condition.clone())]));
        let denial =
            Denial { sid: Some("Guard".into()), number: 2, is_certain: true, is_of_all: true };
        assert_eq!(found.denials, [denial], "{condition}");
    }
    let misses = [
        json!({ "Bool": { "aws:SecureTransport": "false" } }),
        json!({ "NumericLessThan": { "s3:TlsVersion": "1.2" } }),
        json!({ "ForAnyValue:StringNotEquals": { "aws:CalledVia": "athena.amazonaws.com" } }),
        json!({ "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" } }),
        json!({ "StringNotEquals": { "aws:SourceArn": ARN } }),
        json!({ "StringEquals": { "aws:SourceVpce": "vpce-1" } }),
        json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }),
        json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" }, "Bool": { "aws:PrincipalIsAWSService": "false" } }),
        json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" }, "Null": { "aws:SourceVpce": "false" } }),
    ];
    for condition in misses {
        assert_eq!(access(&json!([deny(condition.clone())])).denials, [], "{condition}");
    }
    let with = |field: &str, value: Value| {
        let mut one = deny(Value::Null);
        one[field] = value;
        one.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        one
    };
    for missing in [
        with("Principal", json!({ "AWS": "arn:aws:iam::123456789012:root" })),
        with("Action", "s3:PutObject".into()),
        with("Action", json!(["s3:Delete*", "s3:PutBucketPolicy"])),
        with("Resource", "arn:aws:s3:::client-papers".into()),
        with("Resource", "arn:aws:s3:::other/*".into()),
    ] {
        assert_eq!(access(&json!([missing])).denials, [], "{missing}");
    }
    let mut others = with("Principal", Value::Null);
    others["NotPrincipal"] = json!({ "AWS": "arn:aws:iam::123456789012:root" });
    assert_eq!(access(&json!([others])).denials.len(), 1);
    others["NotPrincipal"] = json!({ "Service": "cloudfront.amazonaws.com" });
    assert_eq!(access(&json!([others])).denials, []);
    let mut not_action = with("Action", Value::Null);
    not_action["NotAction"] = "s3:Put*".into();
    assert_eq!(access(&json!([not_action])).denials.len(), 1);
    let mut not_resource = with("Resource", Value::Null);
    not_resource["NotResource"] = "arn:aws:s3:::client-papers/open/*".into();
    let part = Denial { sid: Some("Guard".into()), number: 1, is_certain: true, is_of_all: false };
    assert_eq!(access(&json!([not_resource])).denials, std::slice::from_ref(&part));
    let one = with("Resource", "arn:aws:s3:::client-papers/internal/*".into());
    assert_eq!(access(&json!([one])).denials, [part]);
    let tagged = deny(json!({ "StringEquals": { "s3:ExistingObjectTag/secret": "yes" } }));
    let perhaps =
        Denial { sid: Some("Guard".into()), number: 1, is_certain: false, is_of_all: true };
    assert_eq!(access(&json!([tagged])).denials, std::slice::from_ref(&perhaps));
    let newest = deny(json!({ "NumericLessThan": { "s3:TlsVersion": 1.3 } }));
    assert_eq!(access(&json!([newest])).denials, [perhaps]);
    // Without a name it has its place.
    let nameless = with("Sid", Value::Null);
    assert_eq!(access(&json!([nameless])).denials[0].sid, None);
    // Whoever may not list shows nobody the names.
    let list = with_list_denied();
    assert_eq!(access(&list).listed_by, None);
}

fn with_list_denied() -> Value {
    let mut deny = with("Effect", "Deny".into());
    deny["Principal"] = "*".into();
    deny["Condition"] = json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" } });
    json!([with("Action", "s3:*".into()), deny])
}

#[test]
fn who_else_may_read_is_named() {
    let others = |statement: &Value| access(&json!([statement])).others;
    let none: [&str; 0] = [];
    assert_eq!(others(&allow("Sid", "x".into())), none);
    assert_eq!(others(&allow("Principal", "*".into())), ["* (aws:sourcearn)"]);
    let mut public = allow("Principal", json!({ "AWS": "*" }));
    public["Condition"] = json!({ "Bool": { "aws:SecureTransport": "true" } });
    assert_eq!(others(&public), ["*"]);
    public["Condition"] = json!({ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } });
    assert_eq!(others(&public), ["*"]);
    public["Condition"] = json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } });
    assert_eq!(others(&public), ["* (aws:sourceip)"]);
    public["Condition"] = json!({ "StringLike": { "aws:Referer": "https://example.com/*" } });
    assert_eq!(others(&public), ["*"]);
    let root = "arn:aws:iam::123456789012:root";
    let mut account = allow("Principal", json!({ "AWS": [root] }));
    account["Condition"] = Value::Null;
    assert_eq!(others(&account), [root]);
    account["Action"] = "s3:PutObject".into();
    assert_eq!(others(&account), none);
    let second = ARN.replace("E2QW", "E3QW");
    let two = json!({ "StringEquals": { "AWS:SourceArn": [ARN, second] } });
    assert_eq!(others(&allow("Condition", two)), [second]);
    let account = json!({ "StringEquals": { "AWS:SourceAccount": "123456789012" } });
    let all = "arn:aws:cloudfront::123456789012:distribution/*";
    assert_eq!(others(&allow("Condition", account)), [all]);
    let theirs = json!({ "StringEquals": { "AWS:SourceAccount": "210987654321" } });
    let all = "arn:aws:cloudfront::210987654321:distribution/*";
    assert_eq!(others(&allow("Condition", theirs)), [all]);
    // A person who is called so is no distribution.
    let person = "arn:aws:iam::123456789012:user/cloudfront.amazonaws.com";
    let service = "cloudfront.amazonaws.com";
    assert_eq!(others(&allow("Principal", json!({ "AWS": person, "Service": service }))), [person]);
}

#[test]
fn a_statement_for_any_distribution_is_seen() {
    let is_any =
        |condition| access(&json!([allow("Condition", condition)])).is_for_any_distribution;
    assert!(is_any(Value::Null));
    assert!(is_any(
        json!({ "StringLike": { "AWS:SourceArn": "arn:aws:cloudfront::*:distribution/*" } })
    ));
    assert!(is_any(json!({ "Bool": { "aws:SecureTransport": "true" } })));
    for open in [
        "*",
        "arn:aws:*",
        "arn:aws:cloudfront:*:*:distribution/*",
        "arn:*:cloudfront::????????????:*",
    ] {
        assert!(is_any(json!({ "StringLike": { "AWS:SourceArn": open } })), "{open}");
    }
    assert!(is_any(
        json!({ "ArnLike": { "AWS:SourceArn": "arn:aws:cloudfront:*:*:distribution/*" } })
    ));
    assert!(is_any(json!({ "StringNotEquals": { "AWS:SourceAccount": "210987654321" } })));
    assert!(is_any(json!({ "StringEqualsIfExists": { "s3:ExistingObjectTag/open": "yes" } })));
    assert!(!is_any(json!({ "StringEquals": { "aws:SourceOrgID": "o-1" } })));
    assert!(!is_any(json!({ "StringEqualsIfExists": { "AWS:SourceAccount": "123456789012" } })));
    assert!(!is_any(json!({ "StringEquals": { "AWS:SourceArn": ARN } })));
    assert!(!is_any(json!({ "StringEquals": { "AWS:SourceAccount": "123456789012" } })));
    assert!(!is_any(
        json!({ "ArnLike": { "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*" } })
    ));
}
