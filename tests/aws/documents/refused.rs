//! What S3 refuses for documents is told apart.

use super::stage::{MIB, Papers, bytes, put};
use super::worker::What;
use crate::proxy::{Answer, Call};

fn is_put(call: &Call) -> bool {
    call.method == "PUT" || call.method == "POST"
}

#[test]
fn each_refusal_of_a_file_is_told() {
    const KMS: &str = "User: arn:aws:iam::123456789012:user/a is not authorized to perform: \
        kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:123456789012:key/1234abcd \
        because no identity-based policy allows it";
    let kms =
        "KmsKey { key: Some(KmsKey(\"arn:aws:kms:eu-central-1:123456789012:key/1234abcd\")) }";
    let denied =
        "User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutObject on resource: b";
    let cases: [(u16, &str, &str, &str); 12] = [
        (
            403,
            "AccessDenied",
            denied,
            "Ask(NotAllowed { action: \"s3:PutObject\", denied_by: None })",
        ),
        (
            403,
            "AccessDenied",
            "Access Denied",
            "Ask(NotAllowed { action: \"s3:PutObject\", denied_by: None })",
        ),
        (403, "AccessDenied", KMS, kms),
        (
            400,
            "KMS.DisabledException",
            "arn:aws:kms:eu-central-1:123456789012:key/1234abcd is disabled.",
            kms,
        ),
        (400, "KMS.NotFoundException", "x", "KmsKey { key: None }"),
        (404, "NoSuchBucket", "x", "Ask(NoBucket)"),
        (301, "PermanentRedirect", "x", "Ask(WrongRegion { region: Some(Region(\"eu-west-1\")) })"),
        (403, "ExpiredToken", "x", "Ask(LoginExpired)"),
        (403, "InvalidAccessKeyId", "x", "Ask(LoginExpired)"),
        (403, "RequestTimeTooSkewed", "x", "Ask(WrongClock)"),
        (400, "EntityTooLarge", "x", "TooLarge { size: "),
        (400, "QuotaLimitExceeded", "x", "Ask(Quota { what: ErrorCode(\"QuotaLimitExceeded\") })"),
    ];
    let papers = Papers::new();
    let small = papers.file("small.bin", b"x");
    let large = papers.file("large.bin", &bytes(8 * MIB + 1));
    for (n, (status, code, message, told)) in cases.into_iter().enumerate() {
        papers.stage.proxy.rule(move |call| match is_put(call) {
            true => Answer::s3_error(status, code, message),
            false => Answer::Real,
        });
        let error = papers.error(put(small.clone(), &format!("small-{n}.bin")));
        assert!(error.starts_with(told), "{code}: {error}");
        // A large one is begun by another call; its size is not asked about then.
        if code != "EntityTooLarge" {
            let error = papers.error(put(large.clone(), &format!("large-{n}.bin")));
            assert!(error.starts_with(told), "{code}: {error}");
        }
    }
    assert_eq!(papers.there()["documents"], serde_json::json!({}));
}

#[test]
fn whoever_may_do_less_is_not_asked_for_more() {
    // A login that may list and put, and nothing else.
    let papers = Papers::new();
    papers.stage.proxy.rule(|call| {
        let is_allowed = match call.method.as_str() {
            "HEAD" | "DELETE" => false,
            "GET" => call.path.contains("list-type=2"),
            _ => true,
        };
        if is_allowed {
            Answer::Real
        } else {
            Answer::s3_error(403, "AccessDenied", "Access Denied")
        }
    });
    for (name, size) in [("small.bin", 1), ("large.bin", 9 * MIB)] {
        papers.ok(put(papers.file(name, &bytes(size)), name));
        assert_eq!(papers.there()["documents"][name]["size"], size);
        let error = papers.error(put(papers.stage.path(name), name));
        assert!(error.starts_with("AlreadyThere"), "{error}");
        papers.ok(What::List { folder: String::new(), after: None, most: 10 });
    }
}

#[test]
fn an_answer_that_repeats_the_login_is_not_shown() {
    let papers = Papers::new();
    let secret = crate::stage::SECRETS[1];
    papers.stage.proxy.rule(move |call| match is_put(call) {
        true => Answer::s3_error(400, secret, secret),
        false => Answer::Real,
    });
    // The stage looks for each secret in all that is said.
    let error = papers.error(put(papers.file("a.bin", b"x"), "a.bin"));
    assert!(error.starts_with("Ask(Refused { action: \"s3:PutObject\""), "{error}");
}

#[test]
fn what_is_no_file_is_not_uploaded() {
    let papers = Papers::new();
    std::fs::create_dir(papers.stage.path("folder")).unwrap();
    for (name, error) in [("none", "NotFound"), ("folder", "Folder")] {
        assert_eq!(papers.error(put(papers.stage.path(name), "a.bin")), error);
    }
    let giant = papers.stage.path("giant");
    let size = (5 << 40) + 1;
    // Not every file system has so large ones.
    if std::fs::File::create(&giant).unwrap().set_len(size).is_ok() {
        let error = papers.error(put(giant, "a.bin"));
        assert!(error.starts_with("TooLarge"), "{error}");
    }
    assert!(papers.stage.proxy.calls().is_empty());
}
