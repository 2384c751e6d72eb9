//! The link that was just made: one request with it alone, three seconds at most, and no redirect.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use signet_probe::response::Classification;
use signet_probe::{Opening, Outcome};

use crate::certificate;
use crate::site::{Reply, Site};
use crate::stage::{
    PATH, SIGNED, answer, blocked, document, link, missing_key, question, refused, stored,
};

fn answering(bytes: String) -> Site {
    Site::open(move |_| Reply::Bytes(bytes.clone().into_bytes()))
}

#[tokio::test]
async fn the_site_is_asked_once_with_the_link_alone_and_for_one_byte() {
    let site = answering(document());
    let opening = question(&link(&site)).opens().await;
    assert_eq!(opening, Opening::Asked(Outcome::Answered(Classification::Opens)));
    assert_eq!((site.connections(), site.targets()), (1, vec![format!("{PATH}?{SIGNED}")]));
    let head = site.requests().concat().to_lowercase();
    assert!(head.starts_with("get "), "{head}");
    assert!(head.contains("\r\nrange: bytes=0-0\r\n"), "{head}");
    assert!(!head.contains("cookie") && !head.contains("referer"), "{head}");
}

#[tokio::test]
async fn each_answer_has_its_meaning_and_only_a_document_is_one() {
    for (given, meaning) in [
        (document(), Classification::Opens),
        (answer("200 OK", "", "the whole document"), Classification::Opens),
        (
            stored("404 Not Found", "NoSuchKey", "The specified key does not exist."),
            Classification::NotFound,
        ),
        (stored("403 Forbidden", "AccessDenied", "Access Denied"), Classification::StorageRefused),
        (refused("AccessDenied", "Access denied"), Classification::Refused),
        (refused("InvalidKey", "Unknown Key"), Classification::KeyUnknown),
        (missing_key(), Classification::KeyIdMissing),
        (blocked("403 Forbidden"), Classification::Blocked),
        (answer("204 No Content", "", ""), Classification::Unexpected { status: 204 }),
        (answer("503 Slow Down", "", ""), Classification::Unexpected { status: 503 }),
        // A page for whatever is not there.
        (
            answer("200 OK", "X-Cache: Error from cloudfront\r\n", "<html>"),
            Classification::ErrorPage { status: 200 },
        ),
    ] {
        let site = answering(given.clone());
        let opening = question(&link(&site)).opens().await;
        assert_eq!(opening, Opening::Asked(Outcome::Answered(meaning)), "{given}");
        assert_eq!(site.connections(), 1, "{given}");
    }
}

/// A page to which the same host sends readers on is not the document, and another host gets nothing.
#[tokio::test]
async fn no_redirect_is_followed_and_another_host_hears_nothing() {
    let login = Site::open(|target| {
        let on = answer("302 Found", "Location: /login\r\n", "");
        Reply::Bytes(if target == "/login" { document() } else { on }.into_bytes())
    });
    let opening = question(&link(&login)).opens().await;
    let unexpected = Classification::Unexpected { status: 302 };
    assert_eq!(opening, Opening::Asked(Outcome::Answered(unexpected)));
    assert_eq!(login.targets(), [format!("{PATH}?{SIGNED}")]);
    // The control: a click, which follows it, comes to the page.
    question(&link(&login)).ask().await;
    assert!(login.targets().contains(&"/login".to_owned()));

    let other = answering(document());
    let host = format!("127.0.0.1:{}", other.port());
    let to = format!("Location: http://{host}/a.pdf\r\n");
    let site = answering(answer("301 Moved Permanently", &to, ""));
    let opening = question(&link(&site)).opens().await;
    assert_eq!(opening, Opening::Asked(Outcome::Redirected { host }));
    assert_eq!(other.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_site_is_left_after_the_limit_and_after_three_seconds_at_most() {
    let site = Site::open(|_| Reply::Stall(b"HTTP/1.1 206 Par".to_vec()));
    let short = Duration::from_millis(300);
    let opening = question(&link(&site)).opens_within(short).await;
    assert_eq!(opening, Opening::Asked(Outcome::TimedOut));
    site.wait_until_closed();
    let before = Instant::now();
    assert_eq!(question(&link(&site)).opens().await, Opening::Asked(Outcome::TimedOut));
    // A click waits for ten.
    assert!((Duration::from_secs(3)..Duration::from_secs(9)).contains(&before.elapsed()));
}

#[tokio::test]
async fn a_site_that_is_not_trusted_gets_no_request_and_one_that_is_not_there_is_not_called_offline()
 {
    let site =
        Site::secure(certificate::self_signed().0, |_| Reply::Bytes(document().into_bytes()));
    let link = format!("https://localhost:{}/a.pdf?{SIGNED}", site.port());
    assert_eq!(question(&link).opens().await, Opening::Asked(Outcome::NotTrusted));
    assert!(site.connections() > 0 && site.requests().is_empty());
    let port = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let link = format!("http://127.0.0.1:{port}/a.pdf?{SIGNED}");
    assert_eq!(question(&link).opens().await, Opening::Asked(Outcome::NoConnection));
}

#[tokio::test(flavor = "multi_thread")]
async fn going_away_closes_the_connection() {
    let site = Site::open(|_| Reply::Stall(Vec::new()));
    let question = question(&link(&site));
    let asking = tokio::spawn(async move { question.opens().await });
    site.wait_for_requests(1);
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    site.wait_until_closed();
}
