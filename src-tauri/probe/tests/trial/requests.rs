//! What is sent, and to whom.

use signet_cloudfront::inspection;
use signet_probe::response::Classification;
use signet_probe::{NotPossible, Outcome, Question};

use crate::site::{Reply, Site, target};
use crate::stage::{PATH, SIGNED, answer, document, is_signed, link, missing_key, question};

const SIGNING: [&str; 5] = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];

fn opening() -> Site {
    Site::open(|_| Reply::Bytes(document().into_bytes()))
}

fn headers(head: &str) -> Vec<(String, &str)> {
    let lines = head.trim_end().lines().skip(1);
    let parts = lines.map(|line| line.split_once(": ").unwrap());
    parts.map(|(name, value)| (name.to_ascii_lowercase(), value)).collect()
}

#[tokio::test]
async fn the_link_goes_out_byte_for_byte_and_once_without_what_signs_it() {
    let site = opening();
    let trial = question(&link(&site)).ask().await;
    assert_eq!(trial.host, format!("127.0.0.1:{}", site.port()));
    assert_eq!(site.targets(), [format!("{PATH}?{SIGNED}"), format!("{PATH}?v=2")]);
    let requests = site.requests();
    let unsigned = requests.iter().find(|head| !is_signed(head)).unwrap();
    assert!(SIGNING.iter().all(|name| !unsigned.contains(name)), "{unsigned}");
    for head in &requests {
        assert!(head.starts_with("GET "), "{head}");
        let mut headers = headers(head);
        headers.sort();
        let host = trial.host.as_str();
        let agent = concat!("Signet/", env!("CARGO_PKG_VERSION"));
        // Nothing else: no cookie, no address of another page, nothing about this computer.
        let expected =
            [("accept", "*/*"), ("host", host), ("range", "bytes=0-0"), ("user-agent", agent)];
        assert_eq!(headers, expected.map(|(name, value)| (name.to_owned(), value)));
    }
}

#[tokio::test]
async fn a_custom_policy_and_the_storages_own_signature_are_left_out_too() {
    for query in [
        "Policy=eyJTIjoxfQ__&Signature=AbCd&Key-Pair-Id=K2JCJMDEHXQW5F",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&x-amz-signature=b",
        "AWSAccessKeyId=AKIA&Expires=4102444800&Signature=AbCd",
    ] {
        let site = opening();
        question(&format!("http://127.0.0.1:{}/a.pdf?{query}", site.port())).ask().await;
        assert_eq!(site.targets(), ["/a.pdf".to_owned(), format!("/a.pdf?{query}")]);
    }
}

#[tokio::test]
async fn an_address_without_a_signature_is_asked_for_once() {
    let site = opening();
    let trial = question(&format!("http://127.0.0.1:{}/a.pdf?v=2", site.port())).ask().await;
    assert_eq!(site.targets(), ["/a.pdf?v=2"]);
    assert_eq!(trial.signed, Outcome::Answered(Classification::Opens));
    assert_eq!(trial.is_public, Some(true));
}

#[tokio::test]
async fn what_browsers_write_otherwise_is_asked_for_as_they_do_and_said() {
    for (path, sent) in
        [("/a/../b.pdf?", "/b.pdf?"), ("/a/%2e%2e/b.pdf?", "/b.pdf?"), ("/a/./b.pdf?", "/a/b.pdf?")]
    {
        let site = opening();
        let link = format!("http://127.0.0.1:{}{path}{SIGNED}", site.port());
        let trial = question(&link).ask().await;
        assert!(trial.is_rewritten, "{path}");
        assert!(site.targets().contains(&format!("{sent}{SIGNED}")), "{path}");
    }
    let site = opening();
    for path in ["/a//b.pdf?", "/a%2Fb+c.pdf?", "/a.pdf?x=[1]&y=%zz&", "/~a(b)*!$.pdf?"] {
        let trial =
            question(&format!("http://127.0.0.1:{}{path}{SIGNED}", site.port())).ask().await;
        assert!(!trial.is_rewritten, "{path}");
        assert!(site.targets().contains(&format!("{path}{SIGNED}")), "{path}");
    }
}

#[test]
fn what_is_no_address_of_the_web_cannot_be_tried() {
    for (text, expected) in [
        ("s3://bucket/a.pdf", NotPossible::NotOfTheWeb),
        ("https://:443/a?Signature=AbCd", NotPossible::NotOfTheWeb),
        (
            "CloudFront-Expires=4102444800; CloudFront-Signature=AbCd; CloudFront-Key-Pair-Id=K2JCJMDEHXQW5F",
            NotPossible::NoAddress,
        ),
    ] {
        let found = inspection::find(text).unwrap();
        assert_eq!(Question::about(&found).err(), Some(expected), "{text}");
    }
    let found = inspection::find("https://docs.example.com/a?Signature=AbCd").unwrap();
    let question = Question::about(&found);
    assert_eq!(question.as_ref().map(Question::host), Ok("docs.example.com"));
}

#[tokio::test]
async fn a_redirect_to_the_same_site_is_followed() {
    let site = Site::open(|target| {
        Reply::Bytes(match target {
            "/new.pdf" => document().into_bytes(),
            _ if is_signed(target) => redirect("/new.pdf").into_bytes(),
            _ => missing_key().into_bytes(),
        })
    });
    let trial = question(&link(&site)).ask().await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::Opens));
    assert!(site.targets().contains(&"/new.pdf".to_owned()));
    let requests = site.requests();
    let followed = requests.iter().find(|head| target(head) == "/new.pdf").unwrap();
    let headers = headers(followed);
    assert!(headers.contains(&("range".to_owned(), "bytes=0-0")), "{followed}");
    assert!(!headers.iter().any(|(name, _)| name == "referer"), "{followed}");
}

#[tokio::test]
async fn a_redirect_to_another_site_is_said_and_not_followed() {
    let other = opening();
    let port = other.port();
    for target in [
        format!("http://localhost:{port}/a.pdf"),
        format!("//localhost:{port}/a.pdf"),
        // Another server on the same computer.
        format!("http://127.0.0.1:{port}/a.pdf"),
    ] {
        let host = target.split('/').nth(2).unwrap().to_owned();
        let site = Site::open(move |_| Reply::Bytes(redirect(&target).into_bytes()));
        let trial = question(&link(&site)).ask().await;
        assert_eq!(trial.signed, Outcome::Redirected { host });
        assert_eq!(trial.is_public, None);
        assert_eq!(site.requests().len(), 2);
    }
    assert_eq!(other.connections(), 0);
    // The other site would have been seen.
    question(&link(&other)).ask().await;
    assert_eq!(other.connections(), 2);
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let site = Site::open(|_| Reply::Bytes(redirect("/again").into_bytes()));
    let trial = question(&link(&site)).ask().await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::Unexpected { status: 302 }));
    assert_eq!(site.requests().len(), 2 * 6);
    let nowhere = Site::open(|_| Reply::Bytes(answer("302 Found", "", "").into_bytes()));
    let trial = question(&link(&nowhere)).ask().await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::Unexpected { status: 302 }));
}

fn redirect(to: &str) -> String {
    answer("302 Found", &format!("Location: {to}\r\n"), "")
}
