//! Every answer that was captured, given to the link.

use signet_cloudfront::clock::Comparison;
use signet_probe::Outcome;
use signet_probe::response::Classification;

use crate::stage::{answer, blocked, document, missing_key, now, refused, stored, tried};

#[tokio::test]
async fn every_answer_is_told_apart() {
    let answered = Outcome::Answered;
    for (given, expected, is_likely) in [
        (document(), answered(Classification::Opens), false),
        (answer("200 OK", "Server: nginx\r\n", "%PDF-1.7"), answered(Classification::Opens), false),
        (
            stored("416 Requested Range Not Satisfiable", "InvalidRange", "Not satisfiable"),
            answered(Classification::Opens),
            false,
        ),
        (missing_key(), answered(Classification::KeyIdMissing), false),
        (refused("InvalidKey", "Unknown Key"), answered(Classification::KeyUnknown), false),
        (
            refused("MalformedSignature", "Could not unencode Signature"),
            answered(Classification::SignatureMalformed),
            true,
        ),
        (
            refused("MalformedPolicy", "Malformed Policy"),
            answered(Classification::PolicyMalformed),
            true,
        ),
        (refused("AccessDenied", "Access denied"), answered(Classification::Refused), true),
        (
            stored("403 Forbidden", "AccessDenied", "Access Denied"),
            answered(Classification::StorageRefused),
            true,
        ),
        (
            stored(
                "403 Forbidden",
                "AccessDenied",
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
            ),
            answered(Classification::LinksNotAsked),
            true,
        ),
        (
            stored(
                "403 Forbidden",
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            ),
            answered(Classification::LinksNotAsked),
            true,
        ),
        (
            stored(
                "400 Bad Request",
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
            ),
            answered(Classification::LinksNotAsked),
            true,
        ),
        (
            stored("404 Not Found", "NoSuchKey", "The specified key does not exist."),
            answered(Classification::NotFound),
            false,
        ),
        (blocked("403 Forbidden"), answered(Classification::Blocked), true),
        (blocked("502 Bad Gateway"), answered(Classification::Unexpected { status: 502 }), false),
        (
            answer("304 Not Modified", "", ""),
            answered(Classification::Unexpected { status: 304 }),
            false,
        ),
        (
            answer("200 OK", "X-Cache: Error from cloudfront\r\n", "<html>Our app</html>"),
            answered(Classification::ErrorPage { status: 200 }),
            true,
        ),
        (
            answer("404 Not Found", "X-Cache: Error from cloudfront\r\n", "<html>Our app</html>"),
            answered(Classification::ErrorPage { status: 404 }),
            true,
        ),
        (
            answer(
                "403 Forbidden",
                "Server: AmazonS3\r\n",
                "<Error><Code>AccessDenied</Code><Message>Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters</Message><RequestId>1</RequestId><HostId>2</HostId></Error>",
            ),
            answered(Classification::StorageAddressSigned),
            true,
        ),
        (
            stored("403 Forbidden", "InvalidObjectState", "The object is archived."),
            answered(Classification::Archived),
            false,
        ),
        (
            stored("403 Forbidden", "AllAccessDisabled", "All access has been disabled."),
            answered(Classification::AllAccessDisabled),
            false,
        ),
        (
            stored("403 Forbidden", "AccessDenied", "not authorized to perform: kms:Decrypt"),
            answered(Classification::EncryptionKeyRefused),
            true,
        ),
        (
            stored("404 Not Found", "NoSuchBucket", "The specified bucket does not exist"),
            answered(Classification::NoSuchBucket),
            false,
        ),
        (
            answer(
                "307 Temporary Redirect",
                "Location: https://papers.s3.eu-west-1.amazonaws.com/a.pdf\r\n",
                "",
            ),
            Outcome::NewBucket,
            false,
        ),
        (
            answer(
                "307 Temporary Redirect",
                "Location: https://papers.s3-eu-west-1.amazonaws.com/a.pdf\r\n",
                "",
            ),
            Outcome::NewBucket,
            false,
        ),
        (
            answer(
                "301 Moved Permanently",
                "Location: https://s3.eu-west-1.amazonaws.com/papers/a.pdf\r\n",
                "",
            ),
            Outcome::PointsToStorage,
            true,
        ),
        (
            answer("307 Temporary Redirect", "Location: https://other.example/a.pdf\r\n", ""),
            Outcome::Redirected { host: "other.example".to_owned() },
            false,
        ),
    ] {
        let trial = tried(given.clone(), missing_key()).await;
        assert_eq!(trial.signed, expected, "{given}");
        assert_eq!(trial.signed.is_likely(), is_likely, "{given}");
        assert_eq!(trial.is_public, Some(false), "{given}");
        assert!(!trial.is_rewritten);
    }
}

#[tokio::test]
async fn whether_anyone_can_open_it_is_what_the_request_without_a_signature_says() {
    for (given, expected) in [
        (document(), Some(true)),
        (answer("200 OK", "", "%PDF-1.7"), Some(true)),
        (missing_key(), Some(false)),
        (stored("403 Forbidden", "AccessDenied", "Access Denied"), Some(false)),
        (stored("404 Not Found", "NoSuchKey", "The specified key does not exist."), Some(false)),
        (blocked("403 Forbidden"), None),
        (answer("503 Service Unavailable", "", ""), None),
        (answer("302 Found", "Location: https://login.example/\r\n", ""), None),
        // The page that a site shows for every refusal.
        (answer("200 OK", "X-Cache: Error from cloudfront\r\n", "<html></html>"), None),
    ] {
        for signed in [document(), refused("AccessDenied", "Access denied")] {
            let trial = tried(signed, given.clone()).await;
            assert_eq!(trial.is_public, expected, "{given}");
        }
    }
}

#[tokio::test]
async fn the_clock_is_compared_with_the_date_of_whatever_answer() {
    let date = |second: i64| {
        let date = http_date(second);
        format!("Date: {date}\r\n")
    };
    let with = |headers: &str| answer("403 Forbidden", headers, "");
    let off = |clock| match clock {
        Some(Comparison::Right) => 0,
        Some(Comparison::Ahead { seconds }) => i64::try_from(seconds).unwrap(),
        Some(Comparison::Behind { seconds }) => -i64::try_from(seconds).unwrap(),
        None => panic!("no clock"),
    };
    for (wrong, age) in [(0, 0), (420, 0), (-420, 0), (0, 86_400), (-86_400, 86_400)] {
        let date = date(now() - wrong - age);
        let headers = if age == 0 { date } else { format!("{date}Age: {age}\r\n") };
        let trial = tried(with(&headers), answer("404 Not Found", "", "")).await;
        // The test may be slow between the two looks at the clock.
        assert!((off(trial.clock) - wrong).abs() < 30, "{wrong}: {:?}", trial.clock);
        assert_eq!(trial.clock == Some(Comparison::Right), wrong == 0);
    }
    let trial = tried(with(""), with(&date(now() + 420))).await;
    assert!(matches!(trial.clock, Some(Comparison::Behind { .. })), "{:?}", trial.clock);
    let trial = tried(with(""), with("Date: today\r\n")).await;
    assert_eq!(trial.clock, None);
}

fn http_date(second: i64) -> String {
    chrono::DateTime::from_timestamp(second, 0)
        .unwrap()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}
