//! The practice edge over a real connection: the document, the refusals, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod crowd;
mod running;
mod verdicts;

use std::net::TcpStream;
use std::sync::atomic::{AtomicI64, Ordering};

use signet_practice::{DOCUMENT_ADDRESS, MAX_BYTES, NoRoom, PracticeDocument};

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

#[test]
fn a_document_that_was_put_there_opens_by_its_link_alone() {
    let running = Running::at(|| END - 1);
    let content = b"%PDF-1.7 the contract".to_vec();
    let address = running.address("clients/Vertrag für Ömer (2).pdf");
    assert_eq!(running.edge.look(&address), None);
    running.edge.put(&address, "application/pdf", content.clone()).unwrap();
    let there = PracticeDocument { size: content.len(), put_at: END - 1, version: 1 };
    assert_eq!(running.edge.look(&address), Some(there));

    let link = running.link("clients/Vertrag für Ömer (2).pdf");
    let whole = running.get(&link);
    assert_eq!((whole.status, &whole.body), (200, &content));
    assert!(whole.head.contains("content-type: application/pdf"));
    let part = ask(&running.edge.site(), "GET", &link, "Range: bytes=1-3\r\n");
    assert_eq!((part.status, part.body.as_slice()), (206, &b"PDF"[..]));
    assert_eq!(running.get(link.split('?').next().unwrap()).status, 403);
    assert_eq!(running.get(&running.link(DOCUMENT_ADDRESS)).status, 200);

    running.edge.put(&address, "text/plain\r\nX-More: 1", b"new".to_vec()).unwrap();
    let replaced = running.get(&link);
    assert_eq!(replaced.body, b"new");
    assert!(replaced.head.contains("content-type: application/octet-stream"));
    assert!(!replaced.head.contains("x-more"));
}

#[test]
fn documents_have_room_for_a_hundred_mebibytes() {
    let running = Running::at(|| END - 1);
    let put = |name: &str, size: usize| {
        running.edge.put(&running.address(name), "application/pdf", vec![0; size])
    };
    assert_eq!(put("a.pdf", MAX_BYTES + 1), Err(NoRoom));
    assert_eq!(put("a.pdf", MAX_BYTES / 2), Ok(()));
    assert_eq!(put("b.pdf", MAX_BYTES / 2), Err(NoRoom), "the letter has a place too");
    // What is replaced makes room for what replaces it.
    assert_eq!(put("a.pdf", MAX_BYTES / 2 + 1), Ok(()));
    assert_eq!(running.edge.look(&running.address("b.pdf")), None);
}
