//! TLS: only what this computer trusts is asked. That a trusted site opens is shown with the program
//! `signet`, to which a test can give another list of authorities.

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};

use signet_probe::Outcome;
use signet_probe::response::Classification;

use crate::certificate;
use crate::site::{Reply, Site};
use crate::stage::{SIGNED, answer, document, link, question};

fn secure() -> Site {
    Site::secure(certificate::self_signed().0, |_| Reply::Bytes(document().into_bytes()))
}

#[tokio::test]
async fn a_site_that_is_not_trusted_gets_no_request() {
    let site = secure();
    let link = format!("https://localhost:{}/a.pdf?{SIGNED}", site.port());
    let trial = question(&link).ask().await;
    assert_eq!((trial.signed, trial.is_public), (Outcome::NotTrusted, None));
    assert!(site.connections() > 0);
    assert!(site.requests().is_empty());
}

#[tokio::test]
async fn a_site_that_speaks_no_tls_is_no_connection() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let link = format!("https://{}/a.pdf?{SIGNED}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        }
    });
    let trial = question(&link).ask().await;
    assert_eq!(trial.signed, Outcome::NoConnection);
}

/// Whoever asks insecurely is sent to the secure address of the same host, and goes there.
#[tokio::test]
async fn a_redirect_from_http_to_https_of_the_same_host_is_followed_and_not_back() {
    let site = secure();
    let to = format!("https://127.0.0.1:{}/a.pdf", site.port());
    let open = Site::open(move |_| {
        Reply::Bytes(answer("301 Moved", &format!("Location: {to}\r\n"), "").into_bytes())
    });
    let trial = question(&link(&open)).ask().await;
    assert_eq!(trial.signed, Outcome::NotTrusted, "it went there");
    assert_eq!(site.connections(), 2);
    assert_ne!(trial.signed, Outcome::Answered(Classification::Opens));
}
