//! What the edge answers: CloudFront's and S3's documented answers, and the document.
//!
//! Source: "Troubleshooting signed URLs", and captures of the service where the documentation is
//! silent (`Could not unencode Signature`, `Malformed Policy`, the lower-case `Access denied`).

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap};
use hyper::{Response, StatusCode};
use signet_cloudfront::verify::Denial;

use super::documents::Document;

/// What is sent back, whole.
pub(super) type Answer = Response<Full<Bytes>>;

/// CloudFront's refusals: always 403, always XML.
pub(super) fn refused(denial: Denial) -> Answer {
    let (code, message) = match denial {
        Denial::MissingKey => ("MissingKey", "Missing Key-Pair-Id query parameter or cookie value"),
        Denial::UnknownKey => ("InvalidKey", "Unknown Key"),
        Denial::MalformedSignature => ("MalformedSignature", "Could not unencode Signature"),
        Denial::MalformedPolicy => ("MalformedPolicy", "Malformed Policy"),
        // The reader is never told which of the reasons it was.
        Denial::AccessDenied(_) => ("AccessDenied", "Access denied"),
    };
    from_cloudfront(StatusCode::FORBIDDEN, "text/xml", error_xml(code, message, ""))
}

/// S3's answer to a well-signed link for a file that is not there.
pub(super) fn no_such_key() -> Answer {
    let ids = "<RequestId>PRACTICE00000000</RequestId><HostId>practice</HostId>";
    let body = error_xml("NoSuchKey", "The specified key does not exist.", ids);
    Response::builder()
        .status(StatusCode::NOT_FOUND)
        .header(header::CONTENT_TYPE, "application/xml")
        .header(header::SERVER, "AmazonS3")
        .header("X-Cache", "Error from cloudfront")
        .body(Full::from(body))
        .expect("these headers are valid")
}

/// CloudFront's answer to a host name that no distribution has.
pub(super) fn not_this_site() -> Answer {
    let body = "<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>403 ERROR</h1><h2>The request could not be satisfied.</h2></body></html>";
    from_cloudfront(StatusCode::FORBIDDEN, "text/html", body.to_owned())
}

/// A behaviour that allows GET and HEAD refuses everything else like this.
pub(super) fn method_not_allowed() -> Answer {
    let body = "<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>403 ERROR</h1><h2>This distribution is not configured to allow this HTTP request method.</h2></body></html>";
    from_cloudfront(StatusCode::FORBIDDEN, "text/html", body.to_owned())
}

/// A document, whole or the one range that was asked for.
pub(super) fn document(document: &Document, request: &HeaderMap) -> Answer {
    let Document { content, content_type, .. } = document;
    let range = request.get(header::RANGE).and_then(|range| range.to_str().ok());
    let response = Response::builder()
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CACHE_CONTROL, "no-store")
        .header("X-Cache", "Miss from cloudfront")
        .header(header::SERVER, "AmazonS3");
    let length = content.len();
    let response = match range.map(|range| asked_for(range, length)) {
        // A range in a unit or number that is not served is left aside, as RFC 9110 14.2 allows.
        None | Some(Asked::Everything) => response.body(Full::from(content.clone())),
        Some(Asked::Bytes(first, last)) => response
            .status(StatusCode::PARTIAL_CONTENT)
            .header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}"))
            .body(Full::from(content.slice(first..=last))),
        Some(Asked::Beyond) => response
            .status(StatusCode::RANGE_NOT_SATISFIABLE)
            .header(header::CONTENT_RANGE, format!("bytes */{length}"))
            .body(Full::default()),
    };
    response.expect("these headers are valid")
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Everything,
    Bytes(usize, usize),
    Beyond,
}

fn asked_for(range: &str, length: usize) -> Asked {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'))
    else {
        return Asked::Everything;
    };
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), _) if first >= length => Asked::Beyond,
        (Ok(first), Ok(last)) if last >= first => Asked::Bytes(first, last.min(length - 1)),
        (Ok(first), Err(_)) if last.is_empty() => Asked::Bytes(first, length - 1),
        (Err(_), Ok(0)) if first.is_empty() => Asked::Beyond,
        (Err(_), Ok(suffix)) if first.is_empty() => {
            Asked::Bytes(length.saturating_sub(suffix), length - 1)
        }
        _ => Asked::Everything,
    }
}

fn from_cloudfront(status: StatusCode, content_type: &str, body: String) -> Answer {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::SERVER, "CloudFront")
        .header("X-Cache", "Error from cloudfront")
        .body(Full::from(body))
        .expect("these headers are valid")
}

fn error_xml(code: &str, message: &str, ids: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message>{ids}</Error>"
    )
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked_for};

    #[test]
    fn one_range_is_served_and_others_are_left_aside() {
        for (range, expected) in [
            ("bytes=0-0", Asked::Bytes(0, 0)),
            ("bytes=2-", Asked::Bytes(2, 9)),
            ("bytes=-3", Asked::Bytes(7, 9)),
            ("bytes=-99", Asked::Bytes(0, 9)),
            ("bytes=2-99", Asked::Bytes(2, 9)),
            ("bytes=10-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=3-2", Asked::Everything),
            ("bytes=0-1,3-4", Asked::Everything),
            ("lines=0-1", Asked::Everything),
        ] {
            assert_eq!(asked_for(range, 10), expected, "{range}");
        }
    }
}
