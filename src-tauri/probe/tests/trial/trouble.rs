//! Sites that answer late, never, without end, or are not there.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use signet_probe::Outcome;
use signet_probe::response::Classification;

use crate::site::{Reply, Site};
use crate::stage::{SIGNED, document, is_signed, link, missing_key, question, refused};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_never_answers_is_left_after_the_limit() {
    let site = Site::open(|_| Reply::Stall(Vec::new()));
    let before = Instant::now();
    let trial = question(&link(&site)).ask_within(SHORT).await;
    assert!(before.elapsed() >= SHORT);
    assert_eq!((trial.signed, trial.is_public, trial.clock), (Outcome::TimedOut, None, None));
    site.wait_until_closed();
}

#[tokio::test]
async fn one_silent_request_does_not_spoil_the_other() {
    let site = Site::open(|target| {
        if is_signed(target) {
            Reply::Stall(Vec::new())
        } else {
            Reply::Bytes(document().into_bytes())
        }
    });
    let trial = question(&link(&site)).ask_within(SHORT).await;
    assert_eq!((trial.signed, trial.is_public), (Outcome::TimedOut, Some(true)));
}

/// The status of a document says all; a refusal's reason is in its body.
#[tokio::test(flavor = "multi_thread")]
async fn headers_alone_are_enough_where_the_body_says_nothing() {
    let cut = |answer: String| answer.split_inclusive("\r\n\r\n").next().unwrap().to_owned();
    let (opens, refuses) = (cut(document()), cut(refused("InvalidKey", "Unknown Key")));
    let site = Site::open(move |target| {
        Reply::Stall(if is_signed(target) { &opens } else { &refuses }.clone().into_bytes())
    });
    let trial = question(&link(&site)).ask_within(SHORT).await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::Opens));
    assert_eq!(trial.is_public, None);
    site.wait_until_closed();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_end_is_read_to_64_kib() {
    let begin = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: identity\r\n\r\n<Error><Code>InvalidKey</Code><Message>x";
    let site = Site::open(move |_| Reply::Endless(begin.as_bytes().to_vec()));
    let trial = question(&link(&site)).ask().await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::KeyUnknown));
    site.wait_until_closed();
    // What lies between is the system's buffers.
    assert!(site.sent() > 64 << 10 && site.sent() < 64 << 20, "{}", site.sent());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_without_end_is_not_read_at_all() {
    let begin = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%".to_vec();
    let site = Site::open(move |_| Reply::Endless(begin.clone()));
    let trial = question(&link(&site)).ask().await;
    assert_eq!(trial.signed, Outcome::Answered(Classification::Opens));
    site.wait_until_closed();
}

#[tokio::test]
async fn what_is_no_answer_is_no_connection() {
    for given in ["", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nDate"] {
        let site = Site::open(move |_| Reply::Bytes(given.into()));
        let trial = question(&link(&site)).ask().await;
        assert_eq!((trial.signed, trial.is_public), (Outcome::NoConnection, None), "{given:?}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_no_connection() {
    let port = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let trial = question(&format!("http://127.0.0.1:{port}/a.pdf?{SIGNED}")).ask().await;
    assert_eq!((trial.signed, trial.is_public), (Outcome::NoConnection, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_question_closes_the_connections() {
    let site = Site::open(|_| Reply::Stall(Vec::new()));
    let question = question(&link(&site));
    let asking = tokio::spawn(async move { question.ask().await });
    site.wait_for_requests(2);
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    site.wait_until_closed();
}

#[tokio::test]
async fn the_same_link_can_be_tried_again() {
    let site = Site::open(|target| {
        Reply::Bytes(if is_signed(target) { document() } else { missing_key() }.into_bytes())
    });
    let question = question(&link(&site));
    let first = question.ask().await;
    assert_eq!(first, question.ask().await);
    assert_eq!(site.connections(), 4);
}
