//! What AWS may refuse, each with its sentence and what to do.

use crate::proxy::{Answer, Call};
use crate::stage::{SECRETS, Stage};

/// `apply` with one kind of call answered so.
fn refused(is_it: fn(&Call) -> bool, answer: fn() -> Answer) -> (String, String, Stage) {
    let stage = Stage::new();
    stage.proxy.rule(move |call| if is_it(call) { answer() } else { Answer::Real });
    let (what, do_now) = stage.failed(&stage.words("apply", &["--yes"]));
    stage.proxy.rule(|_| Answer::Real);
    (what, do_now, stage)
}

fn is_sts(call: &Call) -> bool {
    call.path == "/"
}

fn is_key_group(call: &Call) -> bool {
    call.is_write() && call.path.ends_with("/key-group")
}

fn is_policy(call: &Call) -> bool {
    call.is_write() && call.path.contains("?policy")
}

fn is_location(call: &Call) -> bool {
    call.path.contains("?location")
}

#[test]
fn each_refusal_has_its_sentence() {
    type Case = (fn(&Call) -> bool, fn() -> Answer, &'static str, &'static str);
    let cases: [Case; 18] = [
        (
            is_sts,
            || Answer::error(403, "ExpiredToken", "x"),
            "The AWS login is not valid any more.",
            "aws sso login",
        ),
        (
            is_sts,
            || Answer::error(403, "InvalidClientTokenId", "x"),
            "The AWS login is not valid any more.",
            "aws sso login",
        ),
        (
            is_sts,
            || Answer::error(403, "RequestTimeTooSkewed", "x"),
            "This computer's clock is too wrong for AWS.",
            "Set it right",
        ),
        (
            is_key_group,
            || {
                Answer::error(
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::1:user/a is not authorized to perform: cloudfront:CreateKeyGroup because no identity-based policy allows it",
                )
            },
            "This AWS login may not do what is needed: cloudfront:CreateKeyGroup.",
            "Ask whoever runs the AWS account for this permission and try again:",
        ),
        (
            is_key_group,
            || Answer::error(400, "TooManyKeyGroups", "x"),
            "This AWS account may not have more of these: TooManyKeyGroups.",
            "higher quota",
        ),
        (
            is_key_group,
            || Answer::error(400, "InvalidArgument", "The parameter is wrong."),
            "AWS refused cloudfront:CreateKeyGroup: InvalidArgument: The parameter is wrong.",
            "Mend that",
        ),
        (
            is_key_group,
            || {
                Answer::error(
                    403,
                    "AccessDenied",
                    "User: arn:aws:iam::1:user/a is not authorized to perform: cloudfront:CreateKeyGroup with an explicit deny in a service control policy",
                )
            },
            "a rule of another kind: cloudfront:CreateKeyGroup (service control policy).",
            "one more permission does not help",
        ),
        (
            is_key_group,
            || {
                Answer::error(
                    403,
                    "AccessDenied",
                    "Your account must be verified before you can add new CloudFront resources.",
                )
            },
            "AWS does not let this account do that yet: Your account must be verified",
            "AWS Support",
        ),
        (
            is_key_group,
            || {
                Answer::error(
                    400,
                    "InvalidArgument",
                    "Key groups are not supported by your pricing plan.",
                )
            },
            "The pricing plan of the distribution does not have that: Key groups are not supported by your pricing plan.",
            "Take a larger plan",
        ),
        (
            is_key_group,
            || {
                Answer::error(
                    412,
                    "PreconditionFailed",
                    "The account is being\u{202e} moved.\u{9b}2J",
                )
            },
            "AWS refused cloudfront:CreateKeyGroup: PreconditionFailed: The account is being[U+202E] moved.[U+009B]2J.",
            "Mend that",
        ),
        (
            is_policy,
            || {
                Answer::s3_error(
                    409,
                    "OperationAborted",
                    "A conflicting conditional operation is currently in progress against this resource. Try again.",
                )
            },
            "AWS has too much to do.",
            "Wait a minute",
        ),
        (
            is_policy,
            || Answer::s3_error(403, "AllAccessDisabled", ""),
            "AWS does not let this account do that yet: AllAccessDisabled.",
            "AWS Support",
        ),
        (
            is_location,
            || Answer::s3_error(404, "NoSuchBucket", "x"),
            "There is no bucket client-papers",
            "Give the name",
        ),
        (
            is_location,
            || Answer::s3_error(301, "PermanentRedirect", "x"),
            "is in the region eu-west-1.",
            "Give --region eu-west-1.",
        ),
        (
            is_location,
            || Answer::Other(200, "<LocationConstraint>EU</LocationConstraint>".to_owned()),
            "is in the region eu-west-1.",
            "Give --region eu-west-1.",
        ),
        (
            is_policy,
            || {
                Answer::s3_error(
                    403,
                    "AccessDenied",
                    "User: a is not authorized to perform: s3:PutBucketPolicy on resource: b because public policies are blocked by the BlockPublicPolicy block public access setting.",
                )
            },
            "Block public access refuses the bucket's policy",
            "leave Block public access on",
        ),
        (
            is_policy,
            || Answer::s3_error(403, "AccessDenied", "Access Denied"),
            "needed: s3:PutBucketPolicy.",
            "permission",
        ),
        (
            is_policy,
            || Answer::s3_error(400, "MalformedPolicy", "Invalid principal in policy"),
            "S3 does not take the bucket's policy: Invalid principal in policy.",
            "Mend the policy",
        ),
    ];
    for (is_it, answer, what, do_now) in cases {
        let (said, advised, stage) = refused(is_it, answer);
        assert!(said.contains(what), "{said}");
        assert!(advised.contains(do_now), "{said} {advised}");
        assert!(!(said + &advised).contains("arn:aws:iam"), "{what}");
        // What was refused can be asked for again.
        stage.apply(&[]);
    }
}

/// To go on as somebody else's change asks for would never help.
#[test]
fn what_has_a_pricing_plan_is_not_called_somebody_elses_change() {
    let stage = Stage::new();
    stage.apply(&[]);
    let is_deleted = |call: &Call| call.method == "DELETE" && call.path.contains("/distribution/");
    for (message, what, do_now) in [
        (
            "You can't delete this distribution while it's subscribed to a pricing plan.",
            "The distribution has a pricing plan, and AWS removes none that has one.",
            "Cancel the plan in CloudFront.",
        ),
        (
            "The distribution must have a web ACL resource.",
            "The pricing plan of the distribution asks for a web ACL, so none may be taken off.",
            "Leave the web ACL where it is",
        ),
    ] {
        stage.proxy.rule(move |call| {
            if is_deleted(call) {
                Answer::error(412, "PreconditionFailed", message)
            } else {
                Answer::Real
            }
        });
        let (said, advised) = stage.failed(&["undo", "--yes"]);
        assert!(said.contains(what), "{said}");
        assert!(advised.contains(do_now), "{advised}");
    }
    // Once the plan has ended, the rest goes.
    stage.proxy.rule(|_| Answer::Real);
    stage.undo();
    assert!(stage.account()["distributions"].as_object().unwrap().is_empty());
}

/// What a distribution needs and does not find is no distribution that is gone.
#[test]
fn a_refusal_that_names_something_missing_is_not_taken_for_done() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    stage.apply(&["--distribution", &id]);
    let before = stage.account();
    stage.proxy.rule(|call| {
        if call.method == "PUT" && call.path.ends_with("/config") {
            Answer::error(
                404,
                "NoSuchResponseHeadersPolicy",
                "The response headers policy does not exist.",
            )
        } else {
            Answer::Real
        }
    });
    let (said, _) = stage.failed(&["undo", "--yes"]);
    assert!(said.contains("The response headers policy does not exist."), "{said}");
    assert_eq!(stage.account(), before);
    stage.proxy.rule(|_| Answer::Real);
    stage.undo();
    assert_ne!(stage.account(), before);
}

#[test]
fn the_policy_to_copy_names_the_action() {
    let stage = Stage::new();
    stage.proxy.rule(|call| {
        if is_policy(call) {
            Answer::s3_error(403, "AccessDenied", "Access Denied")
        } else {
            Answer::Real
        }
    });
    let output = stage.run(&stage.words("apply", &["--yes"]));
    let error = String::from_utf8(output.stderr).unwrap();
    let policy = error.get(error.find("\n{").unwrap()..).unwrap();
    let policy: serde_json::Value = serde_json::from_str(policy).unwrap();
    let statement = &policy["Statement"][0];
    assert_eq!(statement["Action"], "s3:PutBucketPolicy");
    assert_eq!(statement["Resource"], format!("arn:aws:s3:::{}", stage.bucket));
}

#[test]
fn without_a_login_nothing_is_asked() {
    let stage = Stage::new();
    let words = stage.words("plan", &[]);
    for (more, what) in [
        (&[][..], "There is no AWS login on this computer."),
        (&["--profile", "nobody"], "The AWS settings of this computer cannot be used"),
    ] {
        let mut command = stage.command(&[&words, more].concat());
        command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        let output = command.output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(what), "{error}");
    }
    assert!(stage.proxy.calls().is_empty());
}

/// To read such a login is to write it anew, which is left to the AWS tools.
#[test]
fn a_login_of_the_tools_is_handed_on_by_them() {
    let stage = Stage::new();
    let session = "login_session = arn:aws:iam::123456789012:user/Admin";
    let handed_on = "credential_process = cat handed-on.json";
    let config = format!(
        "[default]\n{session}\n[profile papers]\n{session}\n[profile signet]\n{handed_on}\n"
    );
    std::fs::create_dir(stage.path(".aws")).unwrap();
    std::fs::write(stage.path(".aws/config"), config).unwrap();
    let [id, secret, token] = SECRETS;
    let credentials = serde_json::json!({
        "Version": 1, "AccessKeyId": id, "SecretAccessKey": secret, "SessionToken": token
    });
    std::fs::write(stage.path("handed-on.json"), credentials.to_string()).unwrap();
    let words = stage.words("plan", &[]);
    let plan = |more: &[&str]| {
        let mut command = stage.command(&[&words, more].concat());
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            command.env_remove(name);
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (more, command) in [
        (&[][..], "\"aws configure export-credentials\" --profile signet"),
        (
            &["--profile", "papers"],
            "\"aws configure export-credentials --profile papers\" --profile signet",
        ),
    ] {
        let (code, error) = plan(more);
        assert_eq!(code, Some(1), "{error}");
        assert!(error.starts_with("The AWS login was made with aws login"), "{error}");
        assert!(error.contains(command), "{error}");
    }
    assert!(stage.proxy.calls().is_empty());
    let (code, error) = plan(&["--profile", "signet"]);
    assert_eq!(code, Some(0), "{error}");
}

#[test]
fn a_change_by_somebody_else_is_not_overwritten() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let (other, options) = (id.clone(), ["--distribution", id.as_str()]);
    // Between the plan and the change.
    let (account, mut is_changed) = (stage.account.clone(), false);
    stage.proxy.rule(move |call| {
        if call.method == "PUT" && call.path.ends_with("/config") && !is_changed {
            is_changed = true;
            let (start, rest) = call.body.split_once("<TrustedKeyGroups>").unwrap();
            let (_, end) = rest.split_once("</TrustedKeyGroups>").unwrap();
            let body = format!("{start}{end}").replace(">Papers<", ">New papers<");
            let length = |body: &str| format!("content-length: {}\r\n", body.len());
            assert!(call.head.contains(&length(&call.body)), "{}", call.head);
            let head = call.head.replace(&length(&call.body), &length(&body));
            let changed = Call { head, body, ..call.clone() };
            crate::proxy::forward(&changed, &account).unwrap();
        }
        Answer::Real
    });
    let words = stage.words("apply", &[&options[..], &["--yes"]].concat());
    let (what, do_now) = stage.failed(&words);
    assert!(what.starts_with("Somebody else has just changed"), "{what}");
    assert!(do_now.contains("plan once more"), "{do_now}");
    let config = &stage.account()["distributions"][&other];
    assert_eq!(config["Comment"], "New papers");
}

#[test]
fn a_policy_that_changed_since_the_plan_is_not_overwritten() {
    let stage = Stage::new();
    let theirs = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{}/*"}}]}}"#,
        stage.bucket
    );
    let (policy, place, account) =
        (theirs.clone(), format!("/{}?policy", stage.bucket), stage.account.clone());
    stage.proxy.rule(move |call| {
        if is_key_group(call) {
            let head = format!(
                "PUT {place} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\nAuthorization: AWS4-HMAC-SHA256 \
                 Credential=test/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n",
                policy.len()
            );
            let put = Call { method: "PUT".into(), path: place.clone(), head, body: policy.clone(), content: None };
            crate::proxy::forward(&put, &account).unwrap();
        }
        Answer::Real
    });
    let (what, _) = stage.failed(&stage.words("apply", &["--yes"]));
    assert!(what.starts_with("Somebody else has just changed"), "{what}");
    assert_eq!(stage.account()["policy"], theirs);
    // The next time it goes on from what is there now.
    stage.proxy.rule(|_| Answer::Real);
    stage.apply(&[]);
    stage.undo();
    assert_eq!(stage.account()["policy"], theirs);
}

#[test]
fn a_distribution_that_does_not_fit_is_named_before_anything_is_done() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let elsewhere = Stage::new();
    let words = elsewhere.words("apply", &["--yes", "--distribution", &id]);
    let (what, _) = elsewhere.failed(&words);
    assert_eq!(what, "There is no such distribution in this AWS account.");
    let theirs = elsewhere.distribution(
        "<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><CallerReference>a\
         </CallerReference><Comment/><Enabled>true</Enabled><Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id>\
         <DomainName>other.s3.eu-central-1.amazonaws.com</DomainName><S3OriginConfig><OriginAccessIdentity/>\
         </S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>o</TargetOriginId>\
         <ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy></DefaultCacheBehavior></DistributionConfig>"
    );
    let before = elsewhere.account();
    let words = elsewhere.words("apply", &["--yes", "--distribution", &theirs]);
    let (what, _) = elsewhere.failed(&words);
    assert!(what.contains("does not fetch from the bucket"), "{what}");
    assert_eq!(elsewhere.account(), before);
}
