//! The practice edge over a real connection: the document, the refusals, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod crowd;
mod running;
mod verdicts;

use std::net::TcpStream;
use std::sync::atomic::{AtomicI64, Ordering};

use signet_practice::DOCUMENT_ADDRESS;

use running::{END, Running, ask};

fn xml(code: &str, message: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
}

#[test]
fn a_link_opens_the_document_whole_or_in_part() {
    let running = Running::at(|| END - 1);
    let link = running.link(DOCUMENT_ADDRESS);
    let whole = running.get(&link);
    assert_eq!(whole.status, 200);
    assert!(whole.head.contains("content-type: text/html; charset=utf-8"));
    assert!(whole.head.contains("\r\ndate: "));
    assert!(
        String::from_utf8(whole.body.clone()).unwrap().contains("You opened a private document")
    );

    let head = ask(&running.edge.site(), "HEAD", &link, "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.head.contains(&format!("content-length: {}", whole.body.len())));

    let part = ask(&running.edge.site(), "GET", &link, "Range: bytes=0-14\r\n");
    assert_eq!((part.status, part.body.as_slice()), (206, &b"<!doctype html>"[..]));
    assert!(part.head.contains(&format!("content-range: bytes 0-14/{}", whole.body.len())));
    assert_eq!(ask(&running.edge.site(), "GET", &link, "Range: bytes=999999-\r\n").status, 416);
}

#[test]
fn every_refusal_is_cloudfronts_answer() {
    let running = Running::at(|| END - 1);
    let link = running.link(DOCUMENT_ADDRESS);
    let (base, _) = link.split_once('?').unwrap();
    for (url, code, message) in [
        (base.to_owned(), "MissingKey", "Missing Key-Pair-Id query parameter or cookie value"),
        (link.replace("KPRACTICEONLY1", "KPRACTICEONLY2"), "InvalidKey", "Unknown Key"),
        (
            link.replace("Signature=", "Signature=!"),
            "MalformedSignature",
            "Could not unencode Signature",
        ),
        (link.replace("Expires=", "Policy="), "MalformedPolicy", "Malformed Policy"),
        (format!("{link}&utm_source=mail"), "AccessDenied", "Access denied"),
    ] {
        let answer = running.get(&url);
        assert_eq!(answer.status, 403, "{url}");
        assert_eq!(String::from_utf8(answer.body).unwrap(), xml(code, message), "{url}");
        for header in [
            "server: cloudfront",
            "content-type: text/xml",
            "\r\ndate: ",
            "x-cache: error from cloudfront",
        ] {
            assert!(answer.head.contains(header), "{header} in {}", answer.head);
        }
    }
}

#[test]
fn a_link_ends_while_the_edge_runs() {
    static NOW: AtomicI64 = AtomicI64::new(END - 1);
    let running = Running::at(|| NOW.load(Ordering::SeqCst));
    let link = running.link(DOCUMENT_ADDRESS);
    assert_eq!(running.get(&link).status, 200);
    NOW.store(END, Ordering::SeqCst);
    let answer = running.get(&link);
    assert_eq!(answer.status, 403);
    assert_eq!(String::from_utf8(answer.body).unwrap(), xml("AccessDenied", "Access denied"));
}

#[test]
fn a_signed_file_that_is_not_there_is_s3s_answer() {
    let running = Running::at(|| END - 1);
    let answer = running.get(&running.link("another letter.html"));
    assert_eq!(answer.status, 404);
    assert!(answer.head.contains("server: amazons3"));
    let body = String::from_utf8(answer.body).unwrap();
    assert!(
        body.contains("<Code>NoSuchKey</Code>")
            && body.contains("<RequestId>")
            && body.contains("<HostId>")
    );
}

#[test]
fn another_host_name_or_method_gets_no_document() {
    let running = Running::at(|| END - 1);
    let link = running.link(DOCUMENT_ADDRESS);
    let site = running.edge.site();
    let other = ask(&site, "GET", &link, "Host: evil.example\r\n");
    assert_eq!(other.status, 403);
    assert!(String::from_utf8(other.body).unwrap().contains("The request could not be satisfied"));
    assert_eq!(ask(&site, "POST", &link, "Content-Length: 0\r\n").status, 403);
}

#[test]
fn two_edges_have_two_ports_and_a_dropped_one_is_gone() {
    let (first, second) = (Running::at(|| END - 1), Running::at(|| END - 1));
    assert_ne!(first.edge.site(), second.edge.site());
    let Running { edge, runtime, .. } = first;
    let site = edge.site();
    drop(edge);
    drop(runtime);
    assert!(TcpStream::connect(site.host()).is_err());
    assert_eq!(second.get(&second.link(DOCUMENT_ADDRESS)).status, 200);
}
