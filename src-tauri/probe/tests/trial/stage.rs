//! A link to a site of the tests, and the answers that the services were seen to give.

use std::time::{SystemTime, UNIX_EPOCH};

use signet_cloudfront::inspection;
use signet_probe::{Question, Trial};

use crate::site::{Reply, Site};

pub const PATH: &str = "/Q3%20notes,%20(v+2).pdf";

/// What signs a link. The order is another than Signet's own, and one parameter is the address's.
pub const SIGNED: &str = "Expires=4102444800&Signature=AbC-d~e_Fg12__&v=2&Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256";

/// A link to the site.
pub fn link(site: &Site) -> String {
    format!("http://127.0.0.1:{}{PATH}?{SIGNED}", site.port())
}

pub fn is_signed(target: &str) -> bool {
    target.contains("Signature=")
}

pub fn question(link: &str) -> Question {
    Question::about(&inspection::find(link).unwrap()).unwrap_or_else(|error| panic!("{error}"))
}

/// Tries a link to a site that gives this to the signed request, and that to the other.
pub async fn tried(signed: String, unsigned: String) -> Trial {
    let site = Site::open(move |target| {
        Reply::Bytes(if is_signed(target) { &signed } else { &unsigned }.clone().into_bytes())
    });
    question(&link(&site)).ask().await
}

/// An answer with a body.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// CloudFront's refusal.
pub fn refused(code: &str, message: &str) -> String {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let headers =
        "Server: CloudFront\r\nContent-Type: text/xml\r\nX-Cache: Error from cloudfront\r\n";
    answer("403 Forbidden", headers, &body)
}

pub fn missing_key() -> String {
    refused("MissingKey", "Missing Key-Pair-Id query parameter or cookie value")
}

/// The storage's refusal, through CloudFront.
pub fn stored(status: &str, code: &str, message: &str) -> String {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message><RequestId>8J3CTQ7S5KKGZ1QF</RequestId><HostId>v8lB/aQ=</HostId></Error>"
    );
    let headers = "Server: AmazonS3\r\nx-amz-request-id: 8J3CTQ7S5KKGZ1QF\r\nContent-Type: application/xml\r\nX-Cache: Error from cloudfront\r\n";
    answer(status, headers, &body)
}

/// The page of CloudFront where a firewall is before it.
pub fn blocked(status: &str) -> String {
    let body = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">\n<HTML><HEAD><META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=iso-8859-1\">\n<TITLE>ERROR: The request could not be satisfied</TITLE>\n</HEAD><BODY>\n<H1>403 ERROR</H1>\n<H2>The request could not be satisfied.</H2>\n<HR noshade size=\"1px\">\nRequest blocked.\n<BR clear=\"all\">\n</BODY></HTML>";
    answer(status, "Server: CloudFront\r\nContent-Type: text/html\r\n", body)
}

/// The first byte of the document.
pub fn document() -> String {
    let headers =
        "Server: AmazonS3\r\nContent-Range: bytes 0-0/9000\r\nX-Cache: Hit from cloudfront\r\n";
    answer("206 Partial Content", headers, "%")
}

pub fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}
